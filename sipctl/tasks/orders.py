"""Which documents are wanted, and for whom: the letters of a meeting, or one kind to named recipients."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sipctl.errors import NotFound, RuleNotMet
from sipctl.language import _
from sipctl.model.casefile import CaseFile
from sipctl.model.participant import Participant
from sipctl.process.steps import planned_meeting
from sipctl.vocabulary.documents import DocumentKind
from sipctl.vocabulary.meetings import InvitationKind
from sipctl.vocabulary.people import ParticipantKind
from sipctl.vocabulary.units import SendBy

LETTERS = {
    InvitationKind.KALLELSE: DocumentKind.CALL,
    InvitationKind.INBJUDAN: DocumentKind.INVITATION,
    InvitationKind.LETTER: DocumentKind.LETTER,
}


@dataclass(frozen=True, slots=True)
class Order:
    """One document to make: its kind and for whom (None: the individual or the file)."""

    kind: DocumentKind
    recipient: Participant | None

    @property
    def to_individual(self) -> bool:
        """Is it for the person whose plan it is?"""
        return self.recipient is None or self.recipient.kind == ParticipantKind.PERSON

    @property
    def send_by(self) -> SendBy:
        """How it reaches its recipient."""
        return SendBy.LETTER if self.recipient is None or self.to_individual else self.recipient.send_by

    @property
    def to(self) -> str:
        """How the recipient is named on screen: a unit by name, people by what they are."""
        if self.recipient is None or self.to_individual:
            return _("den enskilde")
        return self.recipient.unit_name or self.recipient.kind.text


def letters(case: CaseFile) -> list[Order]:
    """The letters to the planned meeting: kallelse, inbjudan and the individual's own."""
    meeting = planned_meeting(case)
    if meeting is None:
        raise RuleNotMet(
            _("Det finns inget planerat möte att kalla till i ärende {ref}.").format(ref=case.case.ref),
            _("Boka mötet med sipctl invite."),
        )
    rows = [row for row in case.invitations if row.meeting_id == meeting.id]
    orders = [Order(LETTERS[row.kind], case.participant(row.participant_id)) for row in rows]
    return [order for order in orders if order.recipient is not None and order.recipient.left_on is None]


def orders(case: CaseFile, kind: DocumentKind, recipient_keys: Sequence[str] = ()) -> list[Order]:
    """What ``document CASE KIND`` makes: the letters of that kind, or one copy for each named recipient.

    Without recipients a plan, follow-up or closure is made whole, for the individual and the file.
    """
    if recipient_keys:
        return [Order(kind, _recipient(case, key)) for key in recipient_keys]
    if kind in LETTERS.values():
        return [order for order in letters(case) if order.kind == kind]
    return [Order(kind, None)]


def _recipient(case: CaseFile, key: str) -> Participant:
    found = case.by_key(key)
    if found is None:
        raise NotFound(
            _("Det finns ingen deltagare {key} i ärende {ref}.").format(key=key, ref=case.case.ref),
            _("Se deltagarna med sipctl case show."),
        )
    return found
