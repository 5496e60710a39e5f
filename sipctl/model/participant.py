"""Everybody around the individual in one case."""

from datetime import date

from sqlmodel import SQLModel

from sipctl.model.columns import case_link, key_field, link, term
from sipctl.vocabulary.people import ParticipantKind, Protection, RepresentativeKind
from sipctl.vocabulary.units import Huvudman, SendBy


class Participant(SQLModel, table=True):
    """A participant. A stand-in for the individual (god man …) is a participant too.

    Contact details and protection stand here, once per human: redaction has one place to look.
    ``key`` ("D3") is stable through drafts and answers files.
    """

    id: int = key_field()
    case_id: int = case_link()
    key: str
    position: int = 0
    kind: ParticipantKind = term(ParticipantKind)
    unit_id: int | None = link("unit.id", nullable=True)
    name: str = ""
    role: str = ""
    unit_name: str = ""
    huvudman: Huvudman | None = term(Huvudman, nullable=True)
    phone: str = ""
    address: str = ""
    send_by: SendBy = term(SendBy, default=SendBy.LETTER)
    protection: Protection = term(Protection, default=Protection.NONE)
    representative: RepresentativeKind | None = term(RepresentativeKind, nullable=True)
    document_scope: str = ""
    valid_to: date | None = None
    brings: str = ""
    left_on: date | None = None
