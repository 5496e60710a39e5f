"""The parts that grow out of the meeting: own words, plan, follow-up, closing, the pack's extras."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from sipctl.documents.content_letters import opens_units
from sipctl.documents.content_people import iso, row, words
from sipctl.documents.redaction import Needs
from sipctl.vocabulary.case import CaseState
from sipctl.vocabulary.consent import Category
from sipctl.vocabulary.documents import DocumentKind
from sipctl.vocabulary.meetings import Presence
from sipctl.vocabulary.people import ParticipantKind
from sipctl.vocabulary.plans import Performer, PlanKind
from sipctl.vocabulary.steps import Step

if TYPE_CHECKING:
    from sipctl.documents.content import Issue
    from sipctl.model.casefile import CaseFile
    from sipctl.model.followup import Outcome
    from sipctl.model.meeting import Attendance
    from sipctl.model.plan import Action, Goal, Plan

_BOTH = frozenset({Category.SOCIAL, Category.HEALTH})
_OF_PERFORMER = {
    Performer.KOMMUN: frozenset({Category.SOCIAL}),
    Performer.REGION: frozenset({Category.HEALTH}),
    Performer.SCHOOL: frozenset({Category.SCHOOL}),
    Performer.RELATIVE: frozenset({Category.FAMILY}),
    Performer.INDIVIDUAL: _BOTH,
    Performer.OTHER: _BOTH,
}
_EXTRA_STEPS = {
    DocumentKind.PLAN: (Step.PLAN, Step.MEETING),
    DocumentKind.FOLLOWUP: (Step.FOLLOWUP,),
    DocumentKind.CLOSURE: (Step.CLOSE,),
}
_PREPARATION = (
    *("works_well", "hard", "matters", "wishes", "shall_come", "shall_not_come"),
    *("not_talk_about", "where_when", "support", "who_begins"),
)
_PLAN_TEXTS = (
    *("matters", "situation", "purpose", "long_goal", "crisis", "oral_health"),
    *("copies_to", "comment", "changed_why", "followup_by", "others_none"),
)


def preparation(case: CaseFile) -> dict[str, Any]:
    """The individual's own words before the meeting."""
    if not case.preparations:
        return {}
    latest = case.preparations[-1]
    return {name: getattr(latest, name) for name in _PREPARATION}


def plan(kind: DocumentKind, case: CaseFile, issue: Issue) -> dict[str, Any]:
    """One version of the plan, whole: the one meant, the one followed up, or the one that ended."""
    found = _version(kind, case, issue)
    if found is None:
        return {}
    held = next((each for each in case.meetings if each.id == found.meeting_id), None)
    return {name: getattr(found, name) for name in _PLAN_TEXTS} | {
        "number": found.number,
        "kind": words(found.kind),
        "draft": found.kind == PlanKind.DRAFT,
        "revision": found.kind == PlanKind.REVISION,
        "established_on": iso(found.established_on),
        "meeting_on": iso(held.starts_at.date()) if held else None,
        "chair": held.chair if held else None,
        "note_taker": held.note_taker if held else None,
        "responsible": _responsible(case, found),
        "present": _people(case, issue, found, (Presence.CAME, Presence.SUBSTITUTE)),
        "absent": _people(case, issue, found, (Presence.ABSENT, Presence.EXCUSED)),
        "needs": [{"text": need.text, "goals": _goals(case, found, need.key)} for need in case.needs_of(found)],
        "others": _by_others(case, found),
        "followup_on": iso(found.followup_on),
    }


def _version(kind: DocumentKind, case: CaseFile, issue: Issue) -> Plan | None:
    if kind is DocumentKind.FOLLOWUP and issue.followup:
        return _followed(case, issue.followup.plan_id) or issue.plan
    if kind is DocumentKind.CLOSURE:
        return case.plan
    return issue.plan


def _followed(case: CaseFile, plan_id: int) -> Plan | None:
    return next((each for each in case.plans if each.id == plan_id), None)


def _responsible(case: CaseFile, found: Plan) -> dict[str, Any]:
    unit = case.participant(found.responsible_participant)
    public = unit is not None and unit.kind == ParticipantKind.UNIT
    return {
        "huvudman": words(found.responsible_huvudman),
        "unit": unit.unit_name if unit else None,
        "person": found.responsible_person or (unit.name if unit else None),
        "phone": unit.phone if unit and public else None,
    }


def _people(case: CaseFile, issue: Issue, found: Plan, states: tuple[Presence, ...]) -> list[dict[str, Any]]:
    who = [
        each
        for each in case.attendances
        if found.meeting_id and each.meeting_id == found.meeting_id and each.presence in states
    ]
    return [person for each in who if (person := _attended(case, issue, each))]


def _attended(case: CaseFile, issue: Issue, each: Attendance) -> dict[str, Any] | None:
    participant = case.participant(each.participant_id)
    if participant is None:
        return None
    shown = row(case, participant, open_units=opens_units(issue), named=issue.name_person)
    return shown | {"substitute": each.substitute}


def _goals(case: CaseFile, found: Plan, need_key: str) -> list[dict[str, Any]]:
    return [
        {
            "own_words": goal.own_words,
            "text": goal.text,
            "actions": [_action(case, action) for action in case.actions_of(found, goal.key)],
        }
        for goal in case.goals_of(found, need_key)
    ]


def _goals_in_order(case: CaseFile, found: Plan) -> list[Goal]:
    """All goals of the plan as they are read, need by need: a position is one within its need."""
    return [goal for need in case.needs_of(found) for goal in case.goals_of(found, need.key)]


def _actions_in_order(case: CaseFile, found: Plan) -> list[Action]:
    return [action for goal in _goals_in_order(case, found) for action in case.actions_of(found, goal.key)]


def _action(case: CaseFile, action: Action) -> Needs:
    shown = {
        "text": action.text,
        "performer": words(action.performer),
        "responsible": _answers_for(case, action),
        "start": action.start,
        "frequency": action.frequency,
        "due": iso(action.due),
    }
    return Needs(shown, _OF_PERFORMER[action.performer])


def _answers_for(case: CaseFile, action: Action) -> str | None:
    by = case.participant(action.participant_id)
    names = (by.unit_name or by.name if by else "", action.responsible)
    return ", ".join(dict.fromkeys(name for name in names if name)) or None


def _by_others(case: CaseFile, found: Plan) -> list[Needs]:
    return [_action(case, action) for action in _actions_in_order(case, found) if not action.performer.is_huvudman]


def followup(case: CaseFile, issue: Issue) -> dict[str, Any]:
    """One held follow-up with the outcome of every goal and insats of its plan."""
    held = issue.followup
    if held is None:
        return {}
    followed = _followed(case, held.plan_id) or issue.plan
    found = [outcome for outcome in case.outcomes if outcome.followup_id == held.id]
    return {
        "held_on": iso(held.held_on),
        "present": held.present,
        "consent_valid": {True: "ja", False: "nej", None: None}[held.consent_valid],
        "own_words": held.own_words,
        "decision": words(held.decision),
        "next_on": iso(held.next_on),
        "goals": _goal_outcomes(case, followed, found) if followed else [],
        "actions": _action_outcomes(case, followed, found) if followed else [],
    }


def _goal_outcomes(case: CaseFile, followed: Plan, found: Iterable[Outcome]) -> list[dict[str, Any]]:
    by_key = {outcome.goal_key: outcome for outcome in found if outcome.goal_key}
    return [
        {"text": goal.own_words or goal.text} | _outcome(by_key.get(goal.key), "goal_result")
        for goal in _goals_in_order(case, followed)
    ]


def _action_outcomes(case: CaseFile, followed: Plan, found: Iterable[Outcome]) -> list[Needs]:
    by_key = {outcome.action_key: outcome for outcome in found if outcome.action_key}
    return [
        Needs(
            {
                "text": action.text,
                "performer": words(action.performer),
                "responsible": _answers_for(case, action),
                **_outcome(by_key.get(action.key), "action_result"),
            },
            _OF_PERFORMER[action.performer],
        )
        for action in _actions_in_order(case, followed)
    ]


def _outcome(outcome: Outcome | None, result: str) -> dict[str, Any]:
    if outcome is None:
        return {}
    return {"result": words(getattr(outcome, result)), "next": words(outcome.next), "note": outcome.note}


def closure(case: CaseFile) -> dict[str, Any]:
    """The latest closing."""
    closed = [status for status in case.statuses if status.kind == CaseState.CLOSED]
    if not closed:
        return {}
    latest = closed[-1]
    return {
        "on_date": iso(latest.on_date),
        "decided_by": latest.decided_by,
        "reason": words(latest.close_reason),
        "note": latest.reason,
        "goal_outcome": latest.goal_outcome,
        "told": latest.told,
    }


def extras(kind: DocumentKind, case: CaseFile) -> list[dict[str, Any]]:
    """The pack's own questions that belong to this kind of document."""
    steps = _EXTRA_STEPS.get(kind, ())
    return [{"label": each.label_as_asked, "value": each.value} for each in case.extras if each.step in steps]
