"""A case's dated facts: what happened and what is due. Pure, recomputed on every save.

Events are what the counts are made of (definitions: ``docs/ordlista.md``; all are proposals, since
no official definitions exist). What is written stays: when a recomputation no longer agrees with a
written event, the event is voided and the new one stands beside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from sipctl.process.deadlines import age_band, age_on, due
from sipctl.process.steps import next_step
from sipctl.vocabulary.case import CaseState, CloseReason, Offer, OurRole
from sipctl.vocabulary.consent import ConsentKind
from sipctl.vocabulary.facts import FactKind
from sipctl.vocabulary.meetings import Answer, InvitationKind, MeetingState, Presence
from sipctl.vocabulary.people import Protection
from sipctl.vocabulary.plans import PlanKind

if TYPE_CHECKING:
    from sipctl.model.assessment import Assessment
    from sipctl.model.casefile import CaseFile
    from sipctl.model.fact import Fact
    from sipctl.model.plan import Plan
    from sipctl.process.guidance import Guidance

DISCHARGE_CALL_DAYS = 3  # calendar days after the notice that the person is ready (2017:612, 4 kap.)


@dataclass(frozen=True, slots=True)
class Event:
    """One fact as computed: ``source`` names the row behind it and is identity with ``kind``."""

    kind: FactKind
    on_date: date
    source: str
    note: str = ""


def refresh(case: CaseFile, guidance: Guidance) -> None:
    """Bring ``case.facts`` and ``case.case.step`` in line with the rest of the case."""
    case.case.step = next_step(case)
    wanted = {(e.kind, e.source): e for e in [*events(case), *dues(case, guidance)]}
    live = {(fact.kind, fact.source): fact for fact in case.facts if fact.voided_by is None}
    for identity, fact in live.items():
        event = wanted.get(identity)
        if event is None or event.on_date != fact.on_date:
            _replace(case, fact, event)
        elif event.note != fact.note:
            fact.note = event.note  # the note is wording, not a dimension
    for identity, event in wanted.items():
        if identity not in live:
            _write(case, event)


def events(case: CaseFile) -> list[Event]:
    """What happened, from the rows of the case."""
    return [*_from_assessment(case), *_from_meetings(case), *_from_plans(case), *_from_status(case)]


def dues(case: CaseFile, guidance: Guidance) -> list[Event]:
    """What remains to be done, by which date."""
    return [Event(item.kind, item.on, item.source, item.note) for item in due(case, guidance)]


def dimensions(case: CaseFile, on: date) -> dict[str, str]:
    """The dimensions frozen with an event of that date; an empty one is "uppgift saknas".

    Geography of a protected person is not recorded with facts: counts show it as "ej redovisad".
    """
    row, person = case.case, case.person
    shielded = person.protection != Protection.NONE
    plan = case.plan or case.draft_plan
    return {
        "kommun": "" if shielded else row.kommun,
        "unit": row.convener_unit,
        "huvudman": plan.responsible_huvudman or "" if plan else "",
        "route": row.route,
        "age_band": age_band(age_on(person.birth_date, on) if person.birth_date else None),
        "sex": person.legal_sex or "",
        "target_group": row.target_group or "",
    }


def _from_assessment(case: CaseFile) -> Iterator[Event]:
    yield Event(FactKind.OPENED, case.case.opened_on, "case")
    if case.case.our_role == OurRole.CALLED:
        for received in case.calls_received:
            if received.answer in (Answer.YES, Answer.SUBSTITUTE):
                yield Event(FactKind.PARTICIPATED, received.answered_on or received.received_on, f"call:{received.id}")
        return
    # By their days: what happened first may have been entered last.
    assessments = _by_day(case.assessments)
    decided = [a for a in assessments if a.decision is not None]
    if decided:
        first = decided[0]
        kind = FactKind.NEED_YES if first.decision else FactKind.NEED_NO
        yield Event(kind, first.on_date, f"assessment:{first.id}")
    offered = [a for a in assessments if a.offer != Offer.NOT_YET]
    if offered:
        yield Event(FactKind.OFFERED, offered[0].offered_on or offered[0].on_date, f"assessment:{offered[0].id}")
    yield from _declined(case)
    yield from _created(case)
    for row in case.discharges:
        if row.ready_at and row.ready_withdrawn_at is None:
            yield Event(FactKind.READY, row.ready_at.date(), f"discharge:{row.id}")


def _by_day(assessments: list[Assessment]) -> list[Assessment]:
    return sorted(assessments, key=lambda row: (row.on_date, row.id))


def _declined(case: CaseFile) -> Iterator[Event]:
    """Refused before any kallelse."""
    calls = _calls(case)
    for row in _by_day(case.assessments):
        if row.offer == Offer.DECLINED:
            on = row.offered_on or row.on_date
            if not calls or on < calls[0]:
                yield Event(FactKind.DECLINED, on, f"assessment:{row.id}")
                return


def _created(case: CaseFile) -> Iterator[Event]:
    """Once per case: the earlier of the consent to a SIP and the first kallelse."""
    given = [c.given_on for c in case.consents if c.kind == ConsentKind.SIP and c.given]
    dates = given + _calls(case)
    if dates:
        yield Event(FactKind.CREATED, min(dates), "case")


def _calls(case: CaseFile) -> list[date]:
    """Dates on which a kallelse was sent, in order."""
    return sorted(i.sent_on for i in case.invitations if i.sent_on is not None and i.kind == InvitationKind.KALLELSE)


def _from_meetings(case: CaseFile) -> Iterator[Event]:
    calls = _calls(case)
    if calls:
        yield Event(FactKind.CALLED, calls[0], "case")
        yield from _called_in_time(case, calls[0])
    for meeting in case.meetings:
        if meeting.state == MeetingState.HELD:
            yield Event(FactKind.MEETING_HELD, meeting.starts_at.date(), f"meeting:{meeting.id}")
    held = {m.id: m for m in case.meetings if m.state == MeetingState.HELD}
    for row in case.attendances:
        if row.meeting_id in held and row.presence == Presence.ABSENT:
            yield Event(FactKind.ABSENT, held[row.meeting_id].starts_at.date(), f"attendance:{row.id}")


def _called_in_time(case: CaseFile, first_call: date) -> Iterator[Event]:
    ready = [d for d in case.discharges if d.ready_at and d.ready_withdrawn_at is None]
    if ready and ready[-1].ready_at and (first_call - ready[-1].ready_at.date()).days <= DISCHARGE_CALL_DAYS:
        yield Event(FactKind.CALLED_IN_TIME, first_call, f"discharge:{ready[-1].id}")


def _from_plans(case: CaseFile) -> Iterator[Event]:
    settled = sorted((plan for plan in case.plans if plan.established_on), key=lambda plan: plan.number)
    for plan in settled:
        yield from _plan_events(plan, is_first=plan is settled[0])
    for row in case.followups:
        yield Event(FactKind.FOLLOWED_UP, row.held_on, f"followup:{row.id}")
        if row.next_on:
            yield Event(FactKind.FOLLOWUP_AGREED, row.next_on, f"followup:{row.id}")


def _plan_events(plan: Plan, *, is_first: bool) -> Iterator[Event]:
    on = plan.established_on
    assert on is not None
    if plan.kind == PlanKind.PLAN:
        yield Event(FactKind.ESTABLISHED, on, f"plan:{plan.id}")
    elif plan.kind == PlanKind.REVISION:
        yield Event(FactKind.REVISED, on, f"plan:{plan.id}")
    if plan.followup_on and is_first:
        yield Event(FactKind.FOLLOWUP_AGREED, plan.followup_on, f"plan:{plan.id}")


_STATUS_FACTS = {
    CaseState.RESTING: FactKind.RESTING,
    CaseState.CLOSED: FactKind.CLOSED,
    CaseState.REOPENED: FactKind.REOPENED,
}


def _from_status(case: CaseFile) -> Iterator[Event]:
    """Closings and reopenings count on cases with a plan at that time; else the case was broken off."""
    established = [plan.established_on for plan in case.plans if plan.established_on]
    for row in case.statuses:
        kind = _STATUS_FACTS.get(row.kind)
        has_plan = any(on <= row.on_date for on in established) or case.case.our_role == OurRole.CALLED
        if kind == FactKind.CLOSED and not has_plan:
            kind = FactKind.ABORTED
        if kind and not (kind == FactKind.REOPENED and not has_plan):
            yield Event(kind, row.on_date, f"status:{row.id}")
        if row.close_reason == CloseReason.REFUSED:
            yield Event(FactKind.REFUSED, row.on_date, f"status:{row.id}")


def _write(case: CaseFile, event: Event) -> Any:
    return case.add(
        "facts",
        kind=event.kind,
        on_date=event.on_date,
        source=event.source,
        note=event.note,
        **dimensions(case, event.on_date),
    )


def _replace(case: CaseFile, fact: Fact, event: Event | None) -> None:
    """A due date is moved or dropped; a written event is voided, with the new one beside it."""
    if fact.kind.is_due and event:
        fact.on_date, fact.note = event.on_date, event.note
    elif fact.kind.is_due:
        case.drop("facts", fact)
    else:
        fact.voided_by = fact.id  # before the new one is written: only one may be live
        if event:
            fact.voided_by = _write(case, event).id
