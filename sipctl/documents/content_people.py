"""People in a document: one shape for everybody called, present or absent, and the words for terms."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sipctl.documents.redaction import Needs
from sipctl.vocabulary.consent import Category
from sipctl.vocabulary.people import ParticipantKind, RepresentativeKind
from sipctl.vocabulary.term import Term
from sipctl.vocabulary.units import Huvudman

if TYPE_CHECKING:
    from sipctl.model.casefile import CaseFile
    from sipctl.model.participant import Participant

OF_HUVUDMAN = {
    Huvudman.KOMMUN: frozenset({Category.SOCIAL}),
    Huvudman.REGION: frozenset({Category.HEALTH}),
    Huvudman.OTHER: frozenset({Category.SCHOOL}),
}
"""What a unit's own field of work is called among the categories of information."""


def words(term: Term | None) -> str | None:
    """The Swedish words of a term: documents are Swedish whatever language the run has."""
    return term._label if term is not None else None


def iso(moment: date | datetime | None) -> str | None:
    """A date as ``2026-12-01``, a date with time as ``2026-12-01T13:00``."""
    if isinstance(moment, datetime):
        return moment.isoformat(timespec="minutes")
    return moment.isoformat() if moment else None


def huvudman_words(participant: Participant) -> str | None:
    """``kommunen`` or ``regionen``, for units of theirs only."""
    principal = participant.huvudman in (Huvudman.KOMMUN, Huvudman.REGION)
    return words(participant.huvudman) if principal else None


def row(case: CaseFile, participant: Participant, *, open_units: bool, named: bool) -> dict[str, Any]:
    """One participant in a list. Never an address or a phone: those are each recipient's own.

    ``open_units``: the reader is called in its duty, or is the individual. To others the unit and the
    role of staff tell what the matter is about, and need that category. ``named``: the individual's
    own name may be written.
    """
    if participant.kind == ParticipantKind.PERSON:
        return {"name": case.person.name if named else None, "role": words(ParticipantKind.PERSON)}
    shielded = participant.kind in (ParticipantKind.UNIT, ParticipantKind.OTHER) and not open_units
    categories = OF_HUVUDMAN[participant.huvudman or Huvudman.OTHER] if shielded else frozenset[Category]()
    return {
        "name": participant.name,
        "role": Needs(role(participant), categories),
        "unit": Needs(participant.unit_name, categories),
        "huvudman": huvudman_words(participant),
    }


def role(participant: Participant) -> str | None:
    """The role as given, else what the kind of participant says."""
    if participant.role:
        return participant.role
    if participant.kind == ParticipantKind.REPRESENTATIVE and participant.representative:
        return words(RepresentativeKind(participant.representative))
    family = (ParticipantKind.GUARDIAN, ParticipantKind.RELATIVE, ParticipantKind.REPRESENTATIVE)
    return words(participant.kind) if participant.kind in family else None
