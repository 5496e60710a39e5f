"""Needs → goals → insatser: asked as a draft when planning, completed at the meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sipctl.language import _
from sipctl.process.context import Context
from sipctl.process.form import Answers, Choice, Kind, Prefer, Q
from sipctl.process.questions.parts import choices, filled, text
from sipctl.vocabulary.plans import Performer

if TYPE_CHECKING:
    from sipctl.model.casefile import CaseFile
    from sipctl.model.plan import Plan


def needs(case: CaseFile, context: Context, *, offered: bool) -> Q:
    """The nested group."""
    return Q(
        "needs",
        _("Behov"),
        Kind.GROUP,
        prefix="B",
        item_name=_("behov"),
        item_title=lambda item: str(item.get("text") or ""),
        fields=(
            Q("text", _("Vad behöver den enskilde stöd med?"), Kind.LONG, required=True),
            _goals(case, context),
        ),
        offered=offered,
        why=_("Ett behov i taget. Under varje behov: mål, och under varje mål: vad som ska göras."),
        source=context.guidance.citation("contents", context.today),
    )


def _goals(case: CaseFile, context: Context) -> Q:
    return Q(
        "goals",
        _("Mål"),
        Kind.GROUP,
        prefix="M",
        item_name=_("mål"),
        item_title=lambda item: str(item.get("own_words") or item.get("text") or ""),
        fields=(
            Q("own_words", _("Målet med den enskildes egna ord"), Kind.LONG, required=True,
              why=_("”Jag vill kunna …” är bättre än facktermer: planen är den enskildes.")),
            Q("text", _("Målet med yrkesord (om det behövs)"), Kind.LONG, offered=True),
            _actions(case, context),
        ),
    )  # fmt: skip


def _actions(case: CaseFile, context: Context) -> Q:
    people = tuple(Choice(p.key, p.unit_name or p.name) for p in case.others)
    return Q(
        "actions",
        _("Insatser"),
        Kind.GROUP,
        prefix="I",
        item_name=_("insats"),
        item_title=lambda item: str(item.get("text") or ""),
        fields=(
            Q("text", _("Vad ska göras?"), Kind.LONG, required=True,
              source=context.guidance.citation("contents", context.today)),
            Q("performer", _("Vem svarar för insatsen?"), Kind.CHOICE, choices(Performer), required=True,
              why=_("Planen måste visa vad kommunen, regionen och andra svarar för.")),
            *((Q("by", _("Vilken enhet eller person?"), Kind.CHOICE, people),) if people else ()),
            Q("responsible", _("Ansvarig (namn eller roll)"), offered=bool(people)),
            Q("start", _("När börjar insatsen?"), offered=True),
            Q("frequency", _("Hur ofta?"), offered=True),
            Q("due", _("När ska det vara klart?"), Kind.DATE, prefer=Prefer.FUTURE),
        ),
    )  # fmt: skip


def present_needs(case: CaseFile, plan: Plan) -> list[Answers]:
    """The plan's needs with goals and insatser as nested items."""
    return [
        filled({"key": need.key, "text": need.text, "goals": _present_goals(case, plan, need.key)})
        for need in case.needs_of(plan)
    ]


def _present_goals(case: CaseFile, plan: Plan, need_key: str) -> list[Answers]:
    return [
        filled(
            {
                "key": goal.key,
                "own_words": goal.own_words,
                "text": goal.text,
                "actions": [_present_action(case, row) for row in case.actions_of(plan, goal.key)],
            }
        )
        for goal in case.goals_of(plan, need_key)
    ]


def _present_action(case: CaseFile, row: Any) -> Answers:
    by = case.participant(row.participant_id)
    columns = ("key", "text", "performer", "responsible", "start", "frequency", "due")
    return filled({**{key: getattr(row, key) for key in columns}, "by": by.key if by else None})


def apply_needs(case: CaseFile, plan: Plan, items: list[Answers]) -> None:
    """Replace the draft plan's needs, goals and insatser; keys stay, they are identity."""
    for table in ("actions", "goals", "needs"):
        for row in [row for row in getattr(case, table) if row.plan_id == plan.id]:
            case.drop(table, row)
    for position, need in enumerate(items):
        case.add("needs", plan_id=plan.id, key=need["key"], position=position, text=text(need.get("text")))
        for goal in need.get("goals") or []:
            _add_goal(case, plan, need["key"], goal)


def _add_goal(case: CaseFile, plan: Plan, need_key: str, goal: Answers) -> None:
    case.add(
        "goals",
        plan_id=plan.id,
        need_key=need_key,
        key=goal["key"],
        position=len(case.goals),
        own_words=text(goal.get("own_words")),
        text=text(goal.get("text")),
    )
    for action in goal.get("actions") or []:
        by = case.by_key(action.get("by"))
        case.add(
            "actions",
            plan_id=plan.id,
            goal_key=goal["key"],
            key=action["key"],
            position=len(case.actions),
            text=text(action.get("text")),
            performer=action["performer"],
            participant_id=by.id if by else None,
            responsible=text(action.get("responsible")),
            start=text(action.get("start")),
            frequency=text(action.get("frequency")),
            due=action.get("due"),
        )


def copy_plan(case: CaseFile, source: Plan) -> Plan:
    """A draft of the next version: needs, goals and insatser copied with their keys."""
    columns = source.model_dump(exclude={"id", "case_id", "number", "kind", "based_on", "meeting_id",
                                         "established_on", "changed_why", "followup_on"})  # fmt: skip
    number = max(plan.number for plan in case.plans) + 1
    draft: Plan = case.add("plans", number=number, kind="draft", based_on=source.id, **columns)
    apply_needs(case, draft, present_needs(case, source))
    return draft


def draft_of(case: CaseFile) -> Plan:
    """The draft plan, made when there is none: a copy of the plan in force, else an empty first one."""
    if case.draft_plan:
        return case.draft_plan
    if case.plan:
        return copy_plan(case, case.plan)
    first: Plan = case.add("plans", number=1, kind="draft")
    return first
