"""``case edit``: what may change at any time — the person, the case, rest, our answer to a kallelse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sipctl.language import _
from sipctl.process.context import Context
from sipctl.process.form import Answers, Choice, Form, Kind, Prefer, Q
from sipctl.process.questions.new import check_kommun, reply_questions
from sipctl.process.questions.parts import always, choices, filled, is_, not_after, text, today_of
from sipctl.process.steps import planned_meeting, state
from sipctl.vocabulary.case import CaseState, OurRole, TargetGroup
from sipctl.vocabulary.meetings import MeetingState
from sipctl.vocabulary.people import Protection

if TYPE_CHECKING:
    from sipctl.model.casefile import CaseFile

VERSION = 1
_PERSON = ("name", "protection", "language", "adaptations", "address", "phone")
KEEP, REST, RESUME, READY_WITHDRAWN = "keep", "rest", "resume", "ready_withdrawn"


def form(case: CaseFile, context: Context) -> Form:
    """Everything is filled in already; change what has changed."""
    questions = (
        Q("name", _("Namn"), required=True),
        Q("protection", _("Skyddade personuppgifter"), Kind.CHOICE, choices(Protection), required=True),
        Q("target_group", _("Målgrupp"), Kind.CHOICE, choices(TargetGroup)),
        Q("kommun", _("Kommun som ansvarar för stödet"), check=lambda value, item: check_kommun(value, context)),
        Q("address", _("Adress (för brev)"), Kind.LONG),
        Q("phone", _("Telefon")),
        Q("language", _("Behövs tolk? Vilket språk?")),
        Q("adaptations", _("Annat som personen behöver för att delta"), Kind.LONG),
        Q("coordinator", _("Samordnare"), required=True),
        *(reply_questions(context) if case.calls_received else ()),
        *(_attended(case, context)),
        Q("status", _("Ska ärendets läge ändras?"), Kind.CHOICE, _states(case), default=always(KEEP)),
        Q("status_on", _("Från vilken dag?"), Kind.DATE, required=True, prefer=Prefer.PAST,
          when=is_("status", REST, RESUME, READY_WITHDRAWN), default=today_of(context),
          check=not_after(context.today)),
        Q("status_reason", _("Varför?"), Kind.LONG, required=True, when=is_("status", REST)),
        *_filed(context),
    )  # fmt: skip
    return Form("edit", _("Ändra ärende {ref}").format(ref=case.case.ref), VERSION, questions)


def _states(case: CaseFile) -> tuple[Choice, ...]:
    options = [Choice(KEEP, _("nej"))]
    if state(case) == CaseState.CLOSED:
        return tuple(options)
    if state(case) == CaseState.RESTING:
        options.append(Choice(RESUME, _("ja, ärendet tas upp igen")))
    else:
        options.append(Choice(REST, _("ja, ärendet vilar (till exempel under tvångsvård)")))
    if case.discharges and case.discharges[-1].ready_at and case.discharges[-1].ready_withdrawn_at is None:
        options.append(Choice(READY_WITHDRAWN, _("meddelandet om utskrivningsklar är återtaget")))
    return tuple(options)


def _attended(case: CaseFile, context: Context) -> tuple[Q, ...]:
    """A meeting that others called us to: it stays due until we say what became of it."""
    meeting = planned_meeting(case)
    if case.case.our_role != OurRole.CALLED or meeting is None or meeting.starts_at.date() > context.today:
        return ()
    states = (MeetingState.HELD, MeetingState.CANCELLED)
    return (Q("meeting", _("Vad blev det av mötet?"), Kind.CHOICE, choices(states)),)


def _filed(context: Context) -> tuple[Q, ...]:
    named = lambda item, top: bool(item.get("filed_what"))  # noqa: E731 - a condition, not a function
    return (
        Q("filed_what", _("Vad har förts in i journalen eller personakten?"), offered=True,
          why=_("Till exempel plan, samtycke eller uppföljning.")),
        Q("filed_system", _("I vilket system?"), when=named, required=True, offered=True,
          default=always(context.journal)),
        Q("filed_on", _("När?"), Kind.DATE, when=named, required=True, offered=True, prefer=Prefer.PAST,
          default=today_of(context), check=not_after(context.today)),
    )  # fmt: skip


def present(case: CaseFile, context: Context) -> Answers:
    """The person and the case as they stand."""
    answers = {key: getattr(case.person, key) for key in _PERSON}
    answers |= {key: getattr(case.case, key) for key in ("target_group", "kommun", "coordinator")}
    if case.calls_received:
        row = case.calls_received[-1]
        answers |= {key: getattr(row, key) for key in ("answer", "answered_on", "substitute", "passed_to", "note")}
    return filled(answers)


def apply(case: CaseFile, answers: Answers, context: Context) -> None:
    """Write what changed."""
    person = {key: text(answers.get(key)) for key in _PERSON}
    case.change(case.person, **person)
    case.change(
        case.case,
        target_group=answers.get("target_group"),
        kommun=context.find_kommun(answers["kommun"]) or "" if answers.get("kommun") else "",
        coordinator=answers["coordinator"],
    )
    if case.case.our_role == OurRole.CALLED and case.calls_received:
        _apply_reply(case, answers)
    meeting = planned_meeting(case)
    if meeting and answers.get("meeting"):
        case.change(meeting, state=answers["meeting"])
    _apply_status(case, answers)
    if answers.get("filed_what"):
        case.add("filed", what=answers["filed_what"], system=answers["filed_system"],
                 on_date=answers.get("filed_on") or context.today, by=context.coordinator)  # fmt: skip


def _apply_reply(case: CaseFile, answers: Answers) -> None:
    case.change(
        case.calls_received[-1],
        answer=answers.get("answer") or "none",
        answered_on=answers.get("answered_on"),
        **{key: text(answers.get(key)) for key in ("substitute", "passed_to", "note")},
    )


def _apply_status(case: CaseFile, answers: Answers) -> None:
    on = answers.get("status_on")
    if answers.get("status") == REST:
        case.add("statuses", on_date=on, kind=CaseState.RESTING, reason=text(answers.get("status_reason")))
    elif answers.get("status") == RESUME:
        case.add("statuses", on_date=on, kind=CaseState.OPENED)
    elif answers.get("status") == READY_WITHDRAWN:
        case.change(case.discharges[-1], ready_withdrawn_at=f"{on}T00:00")
