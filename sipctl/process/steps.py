"""Where a case stands: its state, and the step that comes next. The process is not strictly linear."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sipctl.vocabulary.case import CaseState, Offer, OurRole, Route
from sipctl.vocabulary.consent import ConsentKind
from sipctl.vocabulary.meetings import MeetingKind, MeetingState
from sipctl.vocabulary.plans import FollowupDecision
from sipctl.vocabulary.steps import CALLED, DONE, Step

if TYPE_CHECKING:
    from sipctl.model.casefile import CaseFile
    from sipctl.model.meeting import Meeting


def state(case: CaseFile) -> CaseState:
    """The kind of the latest status event."""
    return case.statuses[-1].kind if case.statuses else CaseState.OPENED


def next_step(case: CaseFile) -> str:
    """The step to go on with: one of ``Step``, ``"called"`` for another's SIP, ``"done"`` when closed."""
    if state(case) == CaseState.CLOSED:
        return DONE
    if case.case.our_role == OurRole.CALLED:
        return CALLED
    return _convening_step(case).value


def is_withdrawn(case: CaseFile) -> bool:
    """The individual has taken back the consent to a SIP, and given none since."""
    given = [consent for consent in case.consents if consent.kind == ConsentKind.SIP]
    return bool(given) and given[-1].withdrawn_on is not None


def _convening_step(case: CaseFile) -> Step:
    assessment = case.assessments[-1] if case.assessments else None
    reopened = max((s.on_date for s in case.statuses if s.kind == CaseState.REOPENED), default=date.min)
    if is_withdrawn(case):
        return Step.CLOSE
    if case.plan is not None:
        last = case.followups[-1] if case.followups else None
        if last and last.decision == FollowupDecision.CLOSE and last.held_on >= reopened:
            return Step.CLOSE
        if case.draft_plan is not None or planned_meeting(case, MeetingKind.SIP):
            return Step.MEETING
        return Step.FOLLOWUP
    if assessment is None or assessment.on_date < reopened:
        return Step.ASSESS  # what was answered before the case was reopened is asked anew
    if assessment.decision is False or assessment.offer == Offer.DECLINED:
        return Step.CLOSE
    is_discharge = case.case.route == Route.DISCHARGE
    if assessment.offer != Offer.ACCEPTED and not is_discharge:
        return Step.ASSESS  # the offer still waits for its answer
    if not case.preparations and not is_discharge:
        return Step.PLAN
    if not _everyone_called(case):
        return Step.INVITE
    # At discharge the kallelse comes first, and the preparation follows.
    return Step.MEETING if case.preparations else Step.PLAN


def planned_meeting(case: CaseFile, kind: MeetingKind | None = None) -> Meeting | None:
    """The nearest meeting that is planned and not yet held."""
    planned = [
        meeting for meeting in case.meetings if meeting.state == MeetingState.PLANNED and kind in (None, meeting.kind)
    ]
    return min(planned, key=lambda meeting: meeting.starts_at) if planned else None


def last_held(case: CaseFile, kind: MeetingKind | None = None) -> Meeting | None:
    """The latest held meeting."""
    held = [m for m in case.meetings if m.state == MeetingState.HELD and kind in (None, m.kind)]
    return max(held, key=lambda meeting: meeting.starts_at) if held else None


def _everyone_called(case: CaseFile) -> bool:
    """Is there a meeting, planned with letters sent or held already?"""
    meeting = planned_meeting(case, MeetingKind.SIP)
    if meeting is None:
        return last_held(case, MeetingKind.SIP) is not None
    return any(i.meeting_id == meeting.id and i.sent_on is not None for i in case.invitations)
