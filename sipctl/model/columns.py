"""Column helpers shared by the tables: ids, terms, long texts and JSON."""

from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Column, Enum, ForeignKey, Integer, Text
from sqlmodel import Field

from sipctl.model.ids import new_id


def key_field() -> Any:
    """The primary key."""
    return Field(default_factory=new_id, sa_column=Column(Integer, primary_key=True, autoincrement=False))


def link(target: str, *, nullable: bool = False, index: bool = False) -> Any:
    """A foreign key to ``target`` (``"case.id"``)."""
    column: Column[Any] = Column(Integer, ForeignKey(target), nullable=nullable, index=index)
    return Field(default=None, sa_column=column) if nullable else Field(sa_column=column)


def case_link() -> Any:
    """Every case-owned table has one: loading a case is one WHERE per table."""
    return link("case.id", index=True)


def term(kind: type[StrEnum], *, nullable: bool = False, default: Any = ...) -> Any:
    """A code-owned enum stored by value, kept in range by a CHECK."""
    column: Column[Any] = Column(
        Enum(
            kind,
            values_callable=lambda members: [member.value for member in members],
            native_enum=False,
            create_constraint=True,
            length=32,
        ),
        nullable=nullable,
    )
    if nullable and default is ...:
        default = None
    return Field(sa_column=column) if default is ... else Field(default=default, sa_column=column)


def long_text() -> Any:
    """Free text; empty when not given."""
    return Field(default="", sa_column=Column(Text, nullable=False))


def json_list() -> Any:
    """A short list kept as JSON."""
    return Field(default_factory=list, sa_column=Column(JSON, nullable=False))


def json_dict() -> Any:
    """A dict kept as JSON."""
    return Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
