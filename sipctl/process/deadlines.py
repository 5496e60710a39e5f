"""What remains to be done in a case, and by which day. Pure: days come from the pack, today from nobody.

Only the discharge call (2017:612, 4 kap.) has its days in law; the others are a region's own and
remind, they never stop anybody. What is due does not depend on the clock, so that it can be stored
with the case's facts, and checked against them later.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from sipctl.language import N_, _
from sipctl.process.steps import last_held, state
from sipctl.vocabulary.case import CaseState, Offer, OurRole, Route
from sipctl.vocabulary.consent import ConsentKind
from sipctl.vocabulary.facts import FactKind
from sipctl.vocabulary.meetings import Answer, InvitationKind, MeetingKind, MeetingState
from sipctl.vocabulary.people import ParticipantKind
from sipctl.vocabulary.plans import FollowupDecision

if TYPE_CHECKING:
    from sipctl.model.assessment import Assessment
    from sipctl.model.casefile import CaseFile
    from sipctl.model.consent import Consent
    from sipctl.model.meeting import Meeting
    from sipctl.process.guidance import Guidance

ADULT = 18
_AGES = {
    12: N_("Den unge fyller 12 år: se över samtycket."),
    15: N_("Den unge fyller 15 år: se över samtycket."),
    ADULT: N_("Den unge fyller 18 år: se över samtycket."),
}
LAW_AGES = tuple(_AGES)
"""The ages at which the child's own standing changes (SoL 21:1; of age): look at the consent again."""

_REGISTER = {
    MeetingKind.SIP: N_("SIP-möte: registrera det efteråt."),
    MeetingKind.FOLLOWUP: N_("Uppföljningsmöte: registrera det efteråt."),
    MeetingKind.RECONCILE: N_("Avstämning: registrera den efteråt."),
    MeetingKind.PRE: N_("Förmöte: registrera det efteråt."),
}
_CLOSE = N_("Avsluta ärendet och meddela dem som berörs.")
_SILENT = N_("Svar på kallelse eller inbjudan saknas: {n}.")

MISSING = "saknas"
_BANDS = (
    (6, "0–6"),
    (12, "7–12"),
    (17, "13–17"),
    (24, "18–24"),
    (64, "25–64"),
    (79, "65–79"),
)


@dataclass(frozen=True, slots=True)
class Due:
    """One thing to do: ``kind`` is a ``due_…``, ``source`` the row behind it (``"meeting:17"``, ``"case"``).

    ``note`` is a short sentence without personal data. It is stored, so it is Swedish; ``note_words``
    says it in the language of the run.
    """

    kind: FactKind
    on: date
    source: str
    note: str


def note_words(note: str) -> str:
    """A stored note in the language of the run."""
    number = re.search(r"[0-9]+(?=\.$)", note)
    if number and note == _SILENT.format(n=number[0]):
        return _(_SILENT).format(n=number[0])
    return _(note)


def due(case: CaseFile, guidance: Guidance, today: date | None = None) -> list[Due]:
    """What remains to be done, the earliest first; nothing in a closed case.

    A resting case has follow-up and birthdays only, a case we are called to nothing that is the
    convener's. With ``today``, birthdays further off than the pack's ``birthday_ahead`` are left out.
    """
    now = state(case)
    if now == CaseState.CLOSED:
        return []
    found = [*_followup(case, guidance), *_birthday(case, guidance, today)]
    if now != CaseState.RESTING:
        found += [*_own_replies(case, guidance), *_meetings(case), *_consent_end(case)]
        if case.case.our_role == OurRole.CONVENING:
            found += _convening(case, guidance)
    return sorted(found, key=lambda item: (item.on, list(FactKind).index(item.kind), item.source))


def age_on(birth: date, day: date) -> int:
    """Whole years on that day. Born on 29 February, one gets older on 1 March in a common year."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def age_band(age: int | None) -> str:
    """The band of the statistics: 0–6, 7–12, 13–17, 18–24, 25–64, 65–79, 80+, or "saknas"."""
    if age is None or age < 0:
        return MISSING
    return next((name for last, name in _BANDS if age <= last), "80+")


# --- the convener's steps, in order ---


def _convening(case: CaseFile, guidance: Guidance) -> Iterator[Due]:
    calls = list(_discharge_call(case, guidance))
    yield from calls  # a kallelse at discharge is a duty: no consent or lack of it takes it away
    if _is_withdrawn(case):
        return
    yield from _close(case)
    yield from _assess(case, guidance)
    assessment = case.assessments[-1] if case.assessments else None
    if assessment and assessment.decision and assessment.offer == Offer.ACCEPTED:
        yield from _plan(case, guidance, assessment)
        yield from _childs_meeting(case, guidance, assessment)
        if not calls:
            yield from _invite(case, guidance, assessment)
    yield from _letters(case, guidance)
    yield from _replies(case, guidance)
    yield from _establish(case, guidance)


def _assess(case: CaseFile, guidance: Guidance) -> Iterator[Due]:
    """Until need and offer are answered; a no given before a reopening is asked about again."""
    started = _started(case)
    last = case.assessments[-1] if case.assessments else None
    is_no = last is not None and (last.decision is False or last.offer == Offer.DECLINED)
    is_yes = last is not None and last.decision is True and last.offer == Offer.ACCEPTED
    if last is not None and (is_yes or (is_no and last.on_date >= started)):
        return
    note = N_("Erbjud en SIP och anteckna svaret.") if last and last.decision else N_("Bedöm om en SIP behövs.")
    yield Due(FactKind.DUE_ASSESS, started + _days(guidance, "assess_within"), "case", note)


def _plan(case: CaseFile, guidance: Guidance, assessment: Assessment) -> Iterator[Due]:
    if _is_booked(case) or (case.preparations and _has_others(case)):
        return
    on = _accepted_on(assessment) + _days(guidance, "plan_within")
    yield Due(FactKind.DUE_PLAN, on, f"assessment:{assessment.id}", N_("Förbered mötet med den enskilde."))


def _invite(case: CaseFile, guidance: Guidance, assessment: Assessment) -> Iterator[Due]:
    """Prepared, but no meeting yet. At discharge the preparation may follow the kallelse."""
    prepared = case.preparations[-1].on_date if case.preparations else None
    is_discharge = case.case.route == Route.DISCHARGE
    if _is_booked(case) or not _has_others(case) or not (case.preparations or is_discharge):
        return
    on = (prepared or _accepted_on(assessment)) + _days(guidance, "invite_within")
    yield Due(FactKind.DUE_INVITE, on, f"assessment:{assessment.id}", N_("Boka mötet och kalla deltagarna."))


def _childs_meeting(case: CaseFile, guidance: Guidance, assessment: Assessment) -> Iterator[Due]:
    """A pack may set days for a child's first meeting, and what starts them (mark ?: no law)."""
    accepted = guidance.codes.get("child_meeting_from") == "accepted"
    start = _accepted_on(assessment) if accepted else _started(case)
    born, days = case.person.birth_date, _days(guidance, "child_meeting")
    if days and born and age_on(born, start) < ADULT and not _is_booked(case):
        note = N_("Mötet för ett barn ska ha hållits, enligt regionpaketet.")
        yield Due(FactKind.DUE_MEETING, start + days, f"assessment:{assessment.id}", note)


def _discharge_call(case: CaseFile, guidance: Guidance) -> Iterator[Due]:
    """2017:612, 4 kap.: within three calendar days of the latest notice, unless that is withdrawn."""
    last = case.discharges[-1] if case.discharges else None
    if last is None or last.ready_at is None or last.ready_withdrawn_at or case.plan:
        return
    if case.assessments and case.assessments[-1].decision is False:
        return
    since = last.admitted_on or date.min
    met = any(m.state == MeetingState.HELD and m.starts_at.date() >= since for m in case.meetings)
    if met or any(on >= since for on in _calls_sent(case)):
        return
    on = last.ready_at.date() + _days(guidance, "discharge_call")
    yield Due(FactKind.DUE_DISCHARGE_CALL, on, f"discharge:{last.id}", N_("Skicka kallelsen efter utskrivningsklar."))


def _letters(case: CaseFile, guidance: Guidance) -> Iterator[Due]:
    """A booked meeting that nobody, or not everybody, has been called to."""
    for meeting in _planned(case, MeetingKind.SIP, MeetingKind.FOLLOWUP):
        sent = [row.sent_on for row in case.invitations if row.meeting_id == meeting.id]
        if not sent or None in sent:
            on = meeting.starts_at.date() - _days(guidance, "call_before_meeting")
            yield Due(FactKind.DUE_INVITE, on, f"meeting:{meeting.id}", N_("Skicka kallelserna till mötet."))


def _replies(case: CaseFile, guidance: Guidance) -> Iterator[Due]:
    """One line a meeting, however many are silent. The individual's letter asks for no answer."""
    for meeting in _planned(case, *MeetingKind):
        silent = [
            row.sent_on
            for row in case.invitations
            if row.meeting_id == meeting.id
            and row.sent_on
            and row.answer == Answer.NONE
            and row.kind != InvitationKind.LETTER
        ]
        if silent:
            on = meeting.reply_by or min(silent) + _days(guidance, "reply_by")
            note = _SILENT.format(n=len(silent))
            yield Due(FactKind.DUE_REPLY, min(on, meeting.starts_at.date()), f"meeting:{meeting.id}", note)


def _establish(case: CaseFile, guidance: Guidance) -> Iterator[Due]:
    """A SIP meeting was held, but its plan is not established (or its new version still a draft)."""
    meeting, draft = last_held(case, MeetingKind.SIP), case.draft_plan
    if meeting and (case.plan is None or (draft and draft.meeting_id == meeting.id)):
        on = meeting.starts_at.date() + _days(guidance, "establish_within")
        yield Due(FactKind.DUE_ESTABLISH, on, f"meeting:{meeting.id}", N_("Gör klart planen från mötet."))


# --- for the convener and the called alike ---


def _own_replies(case: CaseFile, guidance: Guidance) -> Iterator[Due]:
    for row in case.calls_received:
        if row.answer == Answer.NONE:
            on = row.reply_by or row.received_on + _days(guidance, "reply_by")
            yield Due(FactKind.DUE_OWN_REPLY, on, f"call_received:{row.id}", N_("Svara på kallelsen."))


def _meetings(case: CaseFile) -> Iterator[Due]:
    """The day of the meeting; it stays, overdue, until the meeting is registered."""
    for meeting in _planned(case, *MeetingKind):
        yield Due(FactKind.DUE_MEETING, meeting.starts_at.date(), f"meeting:{meeting.id}", _REGISTER[meeting.kind])


def _close(case: CaseFile) -> Iterator[Due]:
    """What ended without being closed: no need, a no to the offer, or a follow-up that decided so."""
    last = case.assessments[-1] if case.assessments else None
    held = max(case.followups, key=lambda row: (row.held_on, row.id), default=None)
    since = _started(case)
    if held and held.decision == FollowupDecision.CLOSE and held.held_on >= since:
        yield Due(FactKind.DUE_CLOSE, held.held_on, f"followup:{held.id}", _CLOSE)
    elif case.plan is None and last and last.on_date >= since and _is_no(last):
        yield Due(FactKind.DUE_CLOSE, last.on_date, f"assessment:{last.id}", _CLOSE)


def _is_no(assessment: Assessment) -> bool:
    return assessment.decision is False or assessment.offer == Offer.DECLINED


def _followup(case: CaseFile, guidance: Guidance) -> Iterator[Due]:
    """The date agreed last that is not yet held; without any, the pack's months after the plan."""
    plan = case.plan
    if plan is None or plan.established_on is None:
        return
    last = max(case.followups, key=lambda row: (row.held_on, row.id), default=None)
    agreed = plan.followup_on
    source, since = f"plan:{plan.id}", plan.established_on
    if last is not None and not (plan.established_on > last.held_on and agreed and agreed > last.held_on):
        if last.decision == FollowupDecision.CLOSE:
            return
        is_renewed = plan.established_on == last.held_on and agreed is not None and agreed > last.held_on
        agreed = last.next_on or (agreed if is_renewed else None)
        source, since = f"followup:{last.id}", last.held_on
    if agreed:
        yield Due(FactKind.DUE_FOLLOWUP, agreed, source, N_("Följ upp planen."))
    else:
        on = _months_after(since, guidance.days.get("followup_months", 0))
        yield Due(FactKind.DUE_FOLLOWUP, on, source, N_("Ingen uppföljning är bestämd: boka en."))


def _birthday(case: CaseFile, guidance: Guidance, today: date | None) -> Iterator[Due]:
    """The first of the ages reached while the case goes on, until the consent is looked at again."""
    born = case.person.birth_date
    if born is None:
        return
    looked_at = [row.given_on for row in case.consents if row.given]
    looked_at += [row.held_on for row in case.followups if row.consent_valid]
    for age in LAW_AGES:
        on = _birthday_at(born, age)
        if on <= case.case.opened_on or any(day >= on for day in looked_at):
            continue
        if today is None or on <= today + _days(guidance, "birthday_ahead"):
            yield Due(FactKind.DUE_AGE, on, f"person:{case.person.id}", _AGES[age])
        return


def _consent_end(case: CaseFile) -> Iterator[Due]:
    """A consent that runs out, or is withdrawn and not yet answered by closing or by a new one."""
    for kind in ConsentKind:
        row = _latest_consent(case, kind)
        if row is None or not row.given:
            continue
        if row.withdrawn_on:
            note = N_("Samtycket är återkallat: ställ in det som väntar, avsluta eller inhämta ett nytt.")
            yield Due(FactKind.DUE_CONSENT_END, row.withdrawn_on, f"consent:{row.id}", note)
        elif row.valid_to:
            note = N_("Samtycket går ut: fråga om det ska förlängas.")
            yield Due(FactKind.DUE_CONSENT_END, row.valid_to, f"consent:{row.id}", note)


# --- small facts about a case ---


def _days(guidance: Guidance, key: str) -> timedelta:
    return timedelta(days=guidance.days.get(key, 0))


def _started(case: CaseFile) -> date:
    """When the case was opened, or last reopened."""
    again = [row.on_date for row in case.statuses if row.kind == CaseState.REOPENED]
    return again[-1] if again else case.case.opened_on


def _accepted_on(assessment: Assessment) -> date:
    return assessment.offered_on or assessment.on_date


def _has_others(case: CaseFile) -> bool:
    return any(p.kind != ParticipantKind.PERSON for p in case.active_participants)


def _planned(case: CaseFile, *kinds: MeetingKind) -> list[Meeting]:
    return [m for m in case.meetings if m.state == MeetingState.PLANNED and m.kind in kinds]


def _is_booked(case: CaseFile) -> bool:
    """A SIP meeting is planned or held, or there is a plan already."""
    meetings = (m for m in case.meetings if m.kind == MeetingKind.SIP and m.state != MeetingState.CANCELLED)
    return case.plan is not None or any(meetings)


def _calls_sent(case: CaseFile) -> list[date]:
    return [row.sent_on for row in case.invitations if row.sent_on and row.kind == InvitationKind.KALLELSE]


def _latest_consent(case: CaseFile, kind: ConsentKind) -> Consent | None:
    superseded = {row.supersedes for row in case.consents}
    rows = [row for row in case.consents if row.kind == kind and row.id not in superseded]
    return max(rows, key=lambda row: (row.given_on, row.id), default=None)


def _is_withdrawn(case: CaseFile) -> bool:
    """Without consent to a SIP neither plan nor kallelse goes on; what remains is to close."""
    consent = _latest_consent(case, ConsentKind.SIP)
    return consent is not None and consent.given and consent.withdrawn_on is not None


def _birthday_at(born: date, age: int) -> date:
    year = born.year + age
    if (born.month, born.day) == (2, 29) and not calendar.isleap(year):
        return date(year, 3, 1)
    return born.replace(year=year)


def _months_after(day: date, months: int) -> date:
    """The same day of the month, or the last one of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
