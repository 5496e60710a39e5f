"""Step 5, följ upp: outcome per goal and insats; often several times; may revise the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sipctl.language import _
from sipctl.process.context import Context
from sipctl.process.form import Answers, Choice, Form, Kind, Prefer, Q
from sipctl.process.questions.parts import always, choices, filled, is_, not_after, text, today_of
from sipctl.process.questions.plan_parts import copy_plan
from sipctl.vocabulary.meetings import MeetingKind, MeetingState
from sipctl.vocabulary.plans import ActionResult, FollowupDecision, GoalResult, Next
from sipctl.vocabulary.steps import Step

if TYPE_CHECKING:
    from sipctl.model.casefile import CaseFile
    from sipctl.model.followup import Followup

VERSION = 1


def form(case: CaseFile, context: Context) -> Form:
    """The goals one by one, then the insatser, then what follows."""
    going_on = is_("decision", FollowupDecision.CONTINUE, FollowupDecision.REVISE)
    people = tuple(Choice(p.key, p.unit_name or p.name) for p in case.active_participants)
    questions = (
        Q("held_on", _("När gjordes uppföljningen?"), Kind.DATE, required=True, prefer=Prefer.PAST,
          default=today_of(context), check=not_after(context.today)),
        Q("present", _("Vilka var med?"), Kind.MANY, people),
        Q("own_words", _("Hur tycker den enskilde att det har gått? (egna ord)"), Kind.LONG),
        _goals(), _actions(),
        Q("consent_valid", _("Gäller samtycket fortfarande?"), Kind.YESNO, required=True,
          why=_("Är svaret nej: gå till sipctl consent innan något mer lämnas ut."),
          source=context.guidance.citation("secrecy_consent", context.today)),
        Q("decision", _("Hur går ni vidare?"), Kind.CHOICE, choices(FollowupDecision), required=True,
          default=always(FollowupDecision.CONTINUE.value)),
        Q("next_on", _("När är nästa uppföljning?"), Kind.DATE, prefer=Prefer.FUTURE, when=going_on),
        *context.guidance.extras.get(Step.FOLLOWUP, ()),
    )  # fmt: skip
    return Form(Step.FOLLOWUP, context.guidance.steps[Step.FOLLOWUP], VERSION, questions)


def _goals() -> Q:
    return Q(
        "goals", _("Målen"), Kind.GROUP, fixed=True, item_name=_("mål"),
        item_title=lambda item: str(item.get("what") or ""),
        fields=(
            Q("what", _("Mål"), when=lambda item, top: False),
            Q("result", _("Hur har det gått med målet?"), Kind.CHOICE, choices(GoalResult), required=True),
            Q("next", _("Vad händer med målet?"), Kind.CHOICE, choices(Next), offered=True),
            Q("note", _("Kommentar"), Kind.LONG, offered=True),
        ),
    )  # fmt: skip


def _actions() -> Q:
    return Q(
        "actions", _("Insatserna"), Kind.GROUP, fixed=True, item_name=_("insats"),
        item_title=lambda item: str(item.get("what") or ""),
        fields=(
            Q("what", _("Insats"), when=lambda item, top: False),
            Q("result", _("Är insatsen gjord?"), Kind.CHOICE, choices(ActionResult), required=True,
              default=always(ActionResult.ONGOING.value)),
            Q("note", _("Kommentar"), Kind.LONG, offered=True),
        ),
    )  # fmt: skip


def present(case: CaseFile, context: Context) -> Answers:
    """A new follow-up: the goals and insatser of the plan in force, unanswered."""
    plan = case.plan
    if plan is None:
        return {}
    goals = [{"key": g.key, "what": g.own_words or g.text} for g in case.goals_of(plan)]
    actions = [{"key": a.key, "what": a.text} for a in case.actions_of(plan)]
    return filled({"goals": goals, "actions": actions})


def apply(case: CaseFile, answers: Answers, context: Context) -> None:
    """Write the follow-up as a held meeting with its outcomes; a revision opens the next draft."""
    plan = case.plan
    if plan is None:
        return
    meeting = case.add("meetings", kind=MeetingKind.FOLLOWUP, starts_at=f"{answers['held_on']}T00:00",
                       state=MeetingState.HELD)  # fmt: skip
    came = [person for key in answers.get("present") or [] if (person := case.by_key(key))]
    for person in came:
        case.add("attendances", meeting_id=meeting.id, participant_id=person.id, presence="came")
    followup = case.add(
        "followups",
        plan_id=plan.id,
        meeting_id=meeting.id,
        held_on=answers["held_on"],
        first_agreed=first_agreed(case),
        present=", ".join(person.unit_name or person.name for person in came),
        consent_valid=answers.get("consent_valid"),
        own_words=text(answers.get("own_words")),
        decision=answers["decision"],
        next_on=answers.get("next_on"),
    )
    _apply_outcomes(case, followup, answers)
    if followup.decision == FollowupDecision.REVISE and case.draft_plan is None:
        case.change(copy_plan(case, plan), followup_on=followup.next_on)


def first_agreed(case: CaseFile) -> str | None:
    """The date this follow-up was first agreed for: rebooking moves nothing."""
    if case.followups:
        agreed = case.followups[-1].next_on
    else:
        first = next((plan for plan in case.plans if plan.established_on), None)
        agreed = first.followup_on if first else None
    return agreed.isoformat() if agreed else None


def _apply_outcomes(case: CaseFile, followup: Followup, answers: Answers) -> None:
    for item in answers.get("goals") or []:
        case.add("outcomes", followup_id=followup.id, goal_key=item["key"], goal_result=item.get("result"),
                 next=item.get("next"), note=text(item.get("note")))  # fmt: skip
    for item in answers.get("actions") or []:
        case.add("outcomes", followup_id=followup.id, action_key=item["key"], action_result=item.get("result"),
                 note=text(item.get("note")))  # fmt: skip
