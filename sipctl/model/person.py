"""The individual. One person may have several cases over the years."""

from datetime import date

from sqlalchemy import Index, text
from sqlmodel import SQLModel

from sipctl.model.columns import key_field, long_text, term
from sipctl.vocabulary.people import IdKind, LegalSex, Protection


class Person(SQLModel, table=True):
    """The individual whose plan it is. ``id_number`` has twelve digits, or is a reserve number."""

    __table_args__ = (
        Index("ix_person_id_number", "id_number", unique=True, sqlite_where=text("id_number IS NOT NULL")),
    )

    id: int = key_field()
    name: str
    id_kind: IdKind = term(IdKind)
    id_number: str | None = None
    birth_date: date | None = None
    protection: Protection = term(Protection, default=Protection.NONE)
    kommun: str = ""
    language: str = ""
    adaptations: str = long_text()
    legal_sex: LegalSex | None = term(LegalSex, nullable=True)
    address: str = ""
    phone: str = ""
