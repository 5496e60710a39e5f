"""The note per step to paste into the unit's own journal or personakt: short, dated, factual.

It is the record that counts (the case here is a working copy), so it says what was done and decided,
by whom and when, and leaves the details to the documents that are filed with it. The wording is the
region pack's (``journal_…`` among its texts), the KVÅ codes too (edition 2020: to be confirmed).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from sipctl.documents.content_people import role, words
from sipctl.documents.fields import TEXTS
from sipctl.process.consent import consent_in_force
from sipctl.vocabulary.case import CaseState, CloseReason, Offer, OurRole, Route
from sipctl.vocabulary.consent import Category, ConsentKind
from sipctl.vocabulary.meetings import MeetingState, Presence
from sipctl.vocabulary.people import ParticipantKind
from sipctl.vocabulary.plans import PlanKind
from sipctl.vocabulary.steps import Step

if TYPE_CHECKING:
    from sipctl.documents.content import Issue
    from sipctl.model.casefile import CaseFile
    from sipctl.model.consent import Consent
    from sipctl.model.participant import Participant
    from sipctl.model.plan import Plan

_NOT_STATED = "ej angivet"


def note(step: Step, case: CaseFile, issue: Issue) -> str:
    """Plain text for one step, its lines ended by ``\\n``; what is not known yet is left out.

    ``issue`` gives the day, the pack, and the meeting, plan or follow-up meant (else the latest).
    The note stays in the unit's own record: nothing is redacted, and the person is not named.
    """
    said = _Wording(issue)
    body = _STEPS[step](case, issue, said)
    is_called = case.case.our_role == OurRole.CALLED and step == Step.ASSESS
    what = "kallelse mottagen" if is_called else issue.guidance.steps.get(step) or step._label
    heading = f"{issue.today.isoformat()} SIP: {what}"
    lines = [heading, *(line for line in body if line), _signature(case, issue)]
    return "\n".join(lines) + "\n"


class _Wording:
    """The pack's texts, with the standard ones behind them."""

    def __init__(self, issue: Issue):
        self._texts = {**TEXTS, **issue.guidance.texts}
        self._codes = issue.guidance.codes

    def __call__(self, key: str) -> str:
        return self._texts[f"journal_{key}"]

    def code(self, key: str) -> str:
        """``Åtgärdskod: AU124``, or nothing where the pack has no such code."""
        code = self._codes.get(key, "")
        return f"{self('code')}: {code}." if code else ""

    def followed_by(self, key: str, what: str) -> str:
        """A text that leads up to something, or nothing when there is nothing."""
        return f"{self(key)} {what.rstrip('.')}." if what else ""


def _assess(case: CaseFile, issue: Issue, said: _Wording) -> list[str]:
    if case.case.our_role == OurRole.CALLED and case.calls_received:
        return _called(case, said)
    if not case.assessments:
        return []
    latest = case.assessments[-1]
    decided = {True: said("assess_yes"), False: said.followed_by("assess_no", latest.reason or _NOT_STATED), None: ""}
    offered = {Offer.ACCEPTED: "offer_accepted", Offer.DECLINED: "offer_declined"}.get(latest.offer)
    consent = consent_in_force(case, ConsentKind.SIP, issue.today)
    return [
        f"{decided[latest.decision]}{_of(latest.on_date)}" if latest.decision is not None else "",
        f"{said(offered)}{_of(latest.offered_on)}" if offered else "",
        _consent_line(consent) if consent and latest.offer == Offer.ACCEPTED else "",
    ]


def _called(case: CaseFile, said: _Wording) -> list[str]:
    call = case.calls_received[-1]
    handed = call.substitute or call.passed_to
    answer = f"{words(call.answer)}{f' ({handed})' if handed else ''}"
    return [
        f"{said.followed_by('called', answer)}{_of(call.received_on)}",
        f"Sammankallande: {call.sender_unit}." if call.sender_unit else "",
    ]


def _plan(case: CaseFile, issue: Issue, said: _Wording) -> list[str]:
    prepared = case.preparations[-1] if case.preparations else None
    consent = consent_in_force(case, ConsentKind.INFORMATION, issue.today)
    withdrawn = any(each.withdrawn_on for each in case.consents)
    return [
        f"{said('plan')}{_of(prepared.on_date)}" if prepared else "",
        said.followed_by("consent", _scope(case, consent, issue)) if consent else "",
        _consent_line(consent) if consent else "",
        f"Samtycket omfattar inte: {consent.limits.rstrip('.')}." if consent and consent.limits else "",
        said("withdrawal") if withdrawn else "",
    ]


def _scope(case: CaseFile, consent: Consent, issue: Issue) -> str:
    """Whom the consent covers and what: ``Påhittets vårdcentral (hälsa, vård och behandling)``."""
    listed = {choice.value: choice.text for choice in issue.guidance.categories}
    named = []
    for scope in case.scopes:
        if scope.consent_id == consent.id and scope.categories:
            texts = [listed.get(str(value)) or Category(value)._label for value in scope.categories]
            to = case.participant(scope.participant_id)
            named.append(f"{_name(to) if to else 'alla kallade'} ({', '.join(texts)})")
    return "; ".join(named)


def _invite(case: CaseFile, issue: Issue, said: _Wording) -> list[str]:
    meeting = issue.meeting or (case.meetings[-1] if case.meetings else None)
    if meeting is None:
        return []
    sent = [each for each in case.invitations if each.meeting_id == meeting.id and each.sent_on]
    to = _names(case.participant(each.participant_id) for each in sent)
    days = sorted({each.sent_on.isoformat() for each in sent if each.sent_on})
    return [
        f"{said.followed_by('invite', to)} {f'Skickat {_and(days)}.' if days else ''}".strip(),
        f"{words(meeting.kind)} {meeting.starts_at:%Y-%m-%d klockan %H.%M}, {words(meeting.form)}.",
        f"Svar senast {meeting.reply_by.isoformat()}." if meeting.reply_by else "",
    ]


def _meeting(case: CaseFile, issue: Issue, said: _Wording) -> list[str]:
    held = [each for each in case.meetings if each.state == MeetingState.HELD]
    meeting = issue.meeting or (held[-1] if held else None)
    plan = issue.plan or case.plan
    came: Iterable[Participant | None] = ()
    if meeting is not None:
        present = (Presence.CAME, Presence.SUBSTITUTE)
        came = [
            case.participant(each.participant_id)
            for each in case.attendances
            if each.meeting_id == meeting.id and each.presence in present
        ]
    there = said.followed_by("meeting", _names(came))
    return [f"{there}{_of(meeting.starts_at.date())}" if meeting and there else "", *_established(case, plan, said)]


def _established(case: CaseFile, plan: Plan | None, said: _Wording) -> list[str]:
    if plan is None or plan.kind == PlanKind.DRAFT or plan.established_on is None:
        return []
    first = plan.kind == PlanKind.PLAN
    code = "kva_established_discharge" if case.case.route == Route.DISCHARGE else "kva_established"
    huvudman = words(plan.responsible_huvudman)
    return [
        f"{said('established' if first else 'revised')} Version {plan.number}, {plan.established_on.isoformat()}.",
        f"Övergripande ansvar: {huvudman}." if huvudman else "",
        f"Uppföljning {plan.followup_on.isoformat()}." if plan.followup_on else "",
        said.code(code) if first else "",
    ]


def _followup(case: CaseFile, issue: Issue, said: _Wording) -> list[str]:
    held = issue.followup or (case.followups[-1] if case.followups else None)
    if held is None:
        return []
    valid = {True: "Samtycket gäller fortfarande.", False: "Samtycket gäller inte längre.", None: ""}
    return [
        f"{said('followup')}{_of(held.held_on)}",
        f"Beslut: {words(held.decision)}.",
        valid[held.consent_valid],
        f"Nästa uppföljning {held.next_on.isoformat()}." if held.next_on else "",
        said.code("kva_followup"),
    ]


def _close(case: CaseFile, issue: Issue, said: _Wording) -> list[str]:
    closed = [status for status in case.statuses if status.kind == CaseState.CLOSED]
    if not closed:
        return []
    latest = closed[-1]
    plain = latest.close_reason if latest.close_reason != CloseReason.OTHER else None
    return [
        f"{said.followed_by('close', words(plain) or latest.reason or _NOT_STATED)}{_of(latest.on_date)}",
        f"Beslutat av: {latest.decided_by}." if latest.decided_by else "",
        f"Har fått veta: {latest.told.rstrip('.')}." if latest.told else "",
    ]


_STEPS = {
    Step.ASSESS: _assess,
    Step.PLAN: _plan,
    Step.INVITE: _invite,
    Step.MEETING: _meeting,
    Step.FOLLOWUP: _followup,
    Step.CLOSE: _close,
}


def _consent_line(consent: Consent) -> str:
    taken = f", mottaget av {consent.taken_by}" if consent.taken_by else ""
    given = f"{words(consent.form)}, {words(consent.giver)}"
    return f"Samtycke {consent.given_on.isoformat()}: {given}{taken}."


def _of(day: date | None) -> str:
    return f" Datum: {day.isoformat()}." if day else ""


def _names(people: Iterable[Participant | None]) -> str:
    return ", ".join(_name(person) for person in people if person is not None)


def _name(person: Participant) -> str:
    """A unit by its name, family and others by name and role, the individual as such."""
    if person.kind == ParticipantKind.PERSON:
        return words(person.kind) or ""
    if person.unit_name:
        return person.unit_name
    known_as = role(person)
    return f"{person.name} ({known_as})" if person.name and known_as else person.name or known_as or ""


def _and(days: list[str]) -> str:
    return " och ".join(filter(None, (", ".join(days[:-1]), days[-1])))


def _signature(case: CaseFile, issue: Issue) -> str:
    by = ", ".join(filter(None, (case.case.coordinator or issue.settings.coordinator, issue.settings.unit)))
    number = f"SIP-nummer: {case.case.sip_number}. " if case.case.sip_number else ""
    return f"{number}Ärende: {case.case.ref}.{f' {by}.' if by else ''}"
