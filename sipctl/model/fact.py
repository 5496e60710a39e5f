"""Dated facts: the one source of counts, lists and due dates."""

from datetime import date

from sqlalchemy import Index, text
from sqlmodel import SQLModel

from sipctl.model.columns import case_link, key_field, link, term
from sipctl.vocabulary.facts import FactKind


class Fact(SQLModel, table=True):
    """What happened or is due, with its dimensions as they were when it was written.

    ``source`` names the row behind it ("plan:17") and is identity together with ``kind``.
    Dimensions are frozen: a wrong fact is voided (``voided_by`` = the fact in its place, or its
    own id when nothing takes its place), never edited. Due dates are no events: they are replaced.
    """

    __table_args__ = (
        Index("ix_fact_live", "kind", "on_date", "case_id", "voided_by", sqlite_where=text("voided_by IS NULL")),
        Index("ix_fact_once", "case_id", "kind", "source", unique=True, sqlite_where=text("voided_by IS NULL")),
    )

    id: int = key_field()
    case_id: int = case_link()
    kind: FactKind = term(FactKind)
    on_date: date
    source: str
    note: str = ""
    kommun: str = ""
    unit: str = ""
    huvudman: str = ""
    route: str = ""
    age_band: str = ""
    sex: str = ""
    target_group: str = ""
    voided_by: int | None = link("fact.id", nullable=True)
