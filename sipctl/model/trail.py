"""The access log and the store's own notes. Written with the driver directly (store/trail.py)."""

from sqlalchemy import Column, Integer
from sqlmodel import Field, SQLModel


class Trail(SQLModel, table=True):
    """Who read or changed what, when and why. References only: no names, no free text of a case."""

    seq: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    at: str
    actor: str
    action: str
    cases: str
    purpose: str
    mac: str


class Meta(SQLModel, table=True):
    """Key and value: store id, trail key and head, made by which version, demo or not."""

    key: str = Field(primary_key=True)
    value: str
