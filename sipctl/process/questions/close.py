"""Step 6, avsluta: why, when, what became of the goals, and who has been told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sipctl.language import _
from sipctl.process.context import Context
from sipctl.process.form import Answers, Form, Kind, Prefer, Q
from sipctl.process.questions.parts import always, choices, is_, not_after, text, today_of
from sipctl.process.steps import planned_meeting
from sipctl.vocabulary.case import AskedBy, CaseState, CloseReason, Offer
from sipctl.vocabulary.consent import ConsentKind
from sipctl.vocabulary.meetings import MeetingState
from sipctl.vocabulary.steps import Step

if TYPE_CHECKING:
    from sipctl.model.casefile import CaseFile

VERSION = 1


def form(case: CaseFile, context: Context) -> Form:
    """The same for every route."""
    questions = (
        Q("on_date", _("Vilken dag avslutas ärendet?"), Kind.DATE, required=True, prefer=Prefer.PAST,
          default=today_of(context), check=not_after(context.today)),
        Q("close_reason", _("Varför avslutas det?"), Kind.CHOICE, choices(CloseReason), required=True,
          default=always(_likely(case))),
        Q("replaced_by", _("Vilken SIP ersätter den här? (SIP-nummer eller ärende)"),
          when=is_("close_reason", CloseReason.REPLACED)),
        Q("reason", _("Beskriv orsaken"), Kind.LONG, required=True,
          when=is_("close_reason", CloseReason.OTHER, CloseReason.REFUSED)),
        Q("decided_by", _("Vem har beslutat?"), required=True, default=always(context.coordinator)),
        Q("goal_outcome", _("Hur gick det med målen?"), Kind.LONG, when=lambda item, top: case.plan is not None),
        Q("told", _("Vilka har fått veta att det är avslutat?"), Kind.LONG,
          why=_("Alla som kallats ska få veta. Insatserna går vidare enligt sina egna beslut.")),
        Q("filed_system", _("I vilket system är allt av vikt infört?"), default=always(context.journal),
          why=_("sipctl är en arbetskopia. Brev, samtycke, plan och uppföljning hör hemma i journalen eller "
                "personakten. Hoppa över om det återstår.")),
        *context.guidance.extras.get(Step.CLOSE, ()),
    )  # fmt: skip
    return Form(Step.CLOSE, context.guidance.steps[Step.CLOSE], VERSION, questions)


def _likely(case: CaseFile) -> str:
    """The reason that the case itself suggests."""
    last = case.assessments[-1] if case.assessments else None
    if last and last.decision is False:
        asked_by_others = last.asked_by != AskedBy.OWN_UNIT
        return CloseReason.REFUSED.value if asked_by_others else CloseReason.NO_NEED.value
    if last and last.offer == Offer.DECLINED:
        return CloseReason.DECLINED.value
    withdrawn = [c for c in case.consents if c.kind == ConsentKind.SIP and c.withdrawn_on]
    if withdrawn:
        return CloseReason.CONSENT_WITHDRAWN.value
    return CloseReason.GOALS_REACHED.value if case.followups else CloseReason.OTHER.value


def present(case: CaseFile, context: Context) -> Answers:
    """Closing always starts afresh: it is an event."""
    return {}


def apply(case: CaseFile, answers: Answers, context: Context) -> None:
    """Write the closing event; a planned meeting is called off with it."""
    if meeting := planned_meeting(case):
        case.change(meeting, state=MeetingState.CANCELLED, sequence=meeting.sequence + 1)
    case.add(
        "statuses",
        on_date=answers["on_date"],
        kind=CaseState.CLOSED,
        close_reason=answers["close_reason"],
        reason=text(answers.get("reason")),
        decided_by=text(answers.get("decided_by")),
        goal_outcome=text(answers.get("goal_outcome")),
        told=text(answers.get("told")),
        replaced_by=text(answers.get("replaced_by")),
    )
    if answers.get("filed_system"):
        case.add("filed", what="hela ärendet", system=answers["filed_system"], on_date=answers["on_date"],
                 by=context.coordinator)  # fmt: skip
