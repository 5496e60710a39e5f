"""Step 4, SIP-möte: who came, what was agreed; the plan is completed and established.

The only hard rule is the four contents (SoL 10 kap. 9 §, HSL 16 kap. 4 §): which insatser, which of
them each huvudman answers for, what others do, and who has overall responsibility.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from sipctl.errors import Fault, RuleNotMet
from sipctl.language import _
from sipctl.process.context import Context
from sipctl.process.form import Answers, Choice, Form, Kind, Prefer, Q
from sipctl.process.questions.consent_parts import free_key
from sipctl.process.questions.parts import always, both, choices, filled, is_, not_after, text
from sipctl.process.questions.plan_parts import apply_needs, draft_of, needs, present_needs
from sipctl.process.review import missing_contents
from sipctl.process.steps import last_held, planned_meeting
from sipctl.vocabulary.meetings import DeviationKind, MeetingForm, MeetingKind, MeetingState, Presence
from sipctl.vocabulary.people import ParticipantKind
from sipctl.vocabulary.plans import PlanKind
from sipctl.vocabulary.steps import Step
from sipctl.vocabulary.units import Huvudman

if TYPE_CHECKING:
    from sipctl.model.casefile import CaseFile
    from sipctl.model.meeting import Meeting
    from sipctl.model.participant import Participant
    from sipctl.model.plan import Plan

VERSION = 1
_TEXTS = ("matters", "purpose", "situation", "long_goal", "crisis", "oral_health", "comment", "copies_to",
          "followup_by", "responsible_person")  # fmt: skip
_CHANGES = (PlanKind.REVISION, PlanKind.CORRECTION)


def form(case: CaseFile, context: Context) -> Form:
    """The meeting, then the plan, then whether it is established."""
    again = (_change(),) if case.plan and not planned_meeting(case, MeetingKind.SIP) else ()
    questions = (*again, *_meeting(case, context, bool(again)), *_plan(case, context), *_establish(context))
    extras = context.guidance.extras.get(Step.MEETING, ())
    return Form(
        Step.MEETING,
        context.guidance.steps[Step.MEETING],
        VERSION,
        (*questions, *extras),
        revisit=frozenset({"needs", "establish"}),
    )


def _change() -> Q:
    revision, correction = _CHANGES
    return Q(
        "change",
        _("Vad gäller det?"),
        Kind.CHOICE,
        (
            Choice(revision, _("en reviderad plan (något nytt har bestämts)")),
            Choice(correction, _("en rättelse (något blev fel när planen skrevs)")),
        ),
        required=True,
        default=always(revision.value),
        why=_("En upprättad plan ändras aldrig; det blir en ny version."),
    )


def _meeting(case: CaseFile, context: Context, again: bool) -> tuple[Q, ...]:
    held = is_("held", True)
    question = _("Hölls ett nytt SIP-möte?") if again else _("Blev mötet av?")
    asked = is_("change", PlanKind.REVISION) if again else lambda item, top: True
    planned = planned_meeting(case, MeetingKind.SIP)
    start = planned.starts_at.isoformat(timespec="minutes") if planned else ""
    return (
        *((Q("changed_why", _("Varför ändras planen?"), Kind.LONG, required=True),) if again else ()),
        Q("held", question, Kind.YESNO, required=True, default=always(not again), when=asked),
        Q("held_at", _("När hölls mötet?"), Kind.DATETIME, required=True, prefer=Prefer.PAST, when=held,
          default=(lambda item, top: start) if start and start[:10] <= context.today.isoformat() else None,
          check=not_after(context.today)),
        Q("form", _("Hur träffades ni?"), Kind.CHOICE, choices(MeetingForm), offered=True, when=held,
          default=always(planned.form.value if planned else "room")),
        Q("attendance", _("Vilka kom?"), Kind.GROUP, fixed=True, item_name=_("deltagare"), when=held,
          item_title=lambda item: str(item.get("who") or ""),
          why=_("När någon uteblir drabbar det den enskilde. Anteckna det, så syns det i uppföljningen."),
          fields=(
              Q("who", _("Deltagare"), when=lambda item, top: False),
              Q("presence", _("Kom deltagaren?"), Kind.CHOICE, choices(Presence), required=True,
                default=always("came")),
              Q("substitute", _("Vem kom i stället?"), when=is_("presence", Presence.SUBSTITUTE)),
          )),
        Q("others_came", _("Vilka fler kom? (en per rad)"), Kind.LONG, offered=True, when=held),
        Q("chair", _("Vem ledde mötet?"), offered=True, when=held, default=always(context.coordinator)),
        Q("note_taker", _("Vem antecknade?"), offered=True, when=held),
        Q("deviation", _("Finns en avvikelse i samverkan att rapportera?"), Kind.CHOICE, choices(DeviationKind),
          offered=True),
        Q("deviation_what", _("Vad hände, och vad har gjorts?"), Kind.LONG, required=True,
          when=lambda item, top: bool(item.get("deviation"))),
    )  # fmt: skip


def _plan(case: CaseFile, context: Context) -> tuple[Q, ...]:
    law = context.guidance.citation("contents", context.today)
    going = _going_on
    huvudmen = choices([Huvudman.KOMMUN, Huvudman.REGION])
    return (
        Q("matters", _("Vad är viktigt för den enskilde? (egna ord)"), Kind.LONG, when=going),
        Q("purpose", _("Planens syfte"), Kind.LONG, when=going, offered=True),
        Q("situation", _("Nuläge"), Kind.LONG, when=going, offered=True),
        Q("long_goal", _("Långsiktigt mål"), Kind.LONG, when=going, offered=True),
        replace(needs(case, context, offered=False), when=going),
        Q("others_none", _("Planen har inga insatser som någon annan än kommun och region gör. Stämmer det?"),
          Kind.YESNO, when=both(going, _nobody_else), source=law,
          why=_("Lagen kräver att det framgår. Ett uttryckligt ”ingen” räcker.")),
        Q("responsible_huvudman", _("Vilken huvudman har det övergripande ansvaret?"), Kind.CHOICE, huvudmen,
          when=going, source=law),
        Q("responsible_person", _("Huvudansvarig person, enhet och telefon"), when=going),
        Q("followup_on", _("När följs planen upp?"), Kind.DATE, prefer=Prefer.FUTURE, when=going,
          why=_("En uppföljning utan datum blir lätt glömd.")),
        Q("followup_by", _("Vem kallar till uppföljningen?"), when=going,
          default=always(context.coordinator)),
        Q("crisis", _("Krisplan och tidiga tecken"), Kind.LONG, when=going, offered=True),
        Q("oral_health", _("Munhälsa"), Kind.LONG, when=going, offered=True),
        Q("comment", _("Den enskildes egen kommentar"), Kind.LONG, when=going, offered=True),
        Q("copies_to", _("Vilka ska få planen?"), Kind.LONG, when=going, offered=True),
    )  # fmt: skip


def _establish(context: Context) -> tuple[Q, ...]:
    return (
        Q("establish", _("Är planen klar att upprätta?"), Kind.YESNO, required=True, when=_going_on,
          default=always(True), source=context.guidance.citation("contents", context.today),
          why=_("Då kontrolleras de fyra delar som lagen kräver. Underskrifter behövs inte.")),
        Q("established_on", _("Vilken dag upprättas planen?"), Kind.DATE, prefer=Prefer.PAST, offered=True,
          when=both(_going_on, is_("establish", True)), check=not_after(context.today)),
    )  # fmt: skip


def _going_on(item: Answers, top: Answers) -> bool:
    """The plan is asked about unless its meeting did not take place; a new version needs no meeting."""
    return item.get("held") is not False or bool(item.get("change"))


def _nobody_else(item: Answers, top: Answers) -> bool:
    """No insats so far by somebody other than kommun and region."""
    performers = [
        action.get("performer")
        for need in top.get("needs") or []
        for goal in need.get("goals") or []
        for action in goal.get("actions") or []
    ]
    return not any(p and p not in (Huvudman.KOMMUN, Huvudman.REGION) for p in performers)


def present(case: CaseFile, context: Context) -> Answers:
    """The draft plan and the people, ready to be completed."""
    answers: Answers = {"attendance": [_attendance(case, p) for p in case.active_participants]}
    meeting = None if planned_meeting(case, MeetingKind.SIP) else last_held(case, MeetingKind.SIP)
    if meeting and case.draft_plan and case.draft_plan.meeting_id == meeting.id:
        answers |= {"held": True, "held_at": meeting.starts_at.isoformat(timespec="minutes")}
        answers |= filled({"form": meeting.form, "chair": meeting.chair, "note_taker": meeting.note_taker})
        answers |= {"establish": False}
    plan = case.draft_plan or case.plan
    if plan:
        answers |= filled({key: getattr(plan, key) for key in (*_TEXTS, "responsible_huvudman", "followup_on")})
        answers |= filled({"needs": present_needs(case, plan), "others_none": plan.others_none or None})
    return answers


def _attendance(case: CaseFile, person: Participant) -> Answers:
    held = last_held(case, MeetingKind.SIP)
    row = next((a for a in case.attendances if held and (a.meeting_id, a.participant_id) == (held.id, person.id)), None)
    item = {"key": person.key, "who": person.unit_name or person.name}
    return filled(item | ({"presence": row.presence, "substitute": row.substitute} if row else {}))


def apply(case: CaseFile, answers: Answers, context: Context) -> None:
    """Write the meeting and the plan, and establish it.

    Raises ``RuleNotMet`` naming each of the four contents that is missing and where to fill it in.
    """
    is_new_version = bool(answers.get("change"))
    if answers.get("held") is False and not is_new_version:
        _not_held(case)
        _apply_deviation(case, answers, None, context)
        return
    meeting = _held(case, answers) if answers.get("held") else _meeting_behind(case, is_new_version)
    if answers.get("held") and meeting:
        _apply_attendance(case, meeting, answers)
    _apply_deviation(case, answers, meeting, context)
    plan = draft_of(case)
    _write_plan(case, plan, meeting, answers)
    if answers.get("establish"):
        establish(case, plan, answers, context)


def _meeting_behind(case: CaseFile, is_new_version: bool) -> Meeting | None:
    """What was decided where: a new version without a meeting of its own comes from the latest one held."""
    return last_held(case) if is_new_version else last_held(case, MeetingKind.SIP)


def establish(case: CaseFile, plan: Plan, answers: Answers, context: Context) -> None:
    """Turn the draft into a plan in force, if the law's four contents are there."""
    if missing := missing_contents(case, plan):
        raise RuleNotMet(
            _("Planen kan inte upprättas än: lagen kräver fyra delar, och det saknas {n}.").format(n=len(missing)),
            _("Fyll i det som saknas, eller svara nej på ”Är planen klar att upprätta?” så sparas ett utkast."),
            [Fault(item.where, item.what) for item in missing],
        )
    kind = PlanKind(answers.get("change") or PlanKind.REVISION) if plan.based_on else PlanKind.PLAN
    meeting = next((m for m in case.meetings if m.id == plan.meeting_id), None)
    default = meeting.starts_at.date() if meeting else context.today
    case.change(plan, kind=kind, established_on=answers.get("established_on") or default)


def _write_plan(case: CaseFile, plan: Plan, meeting: Meeting | None, answers: Answers) -> None:
    case.change(
        plan,
        **{key: text(answers.get(key)) for key in _TEXTS},
        meeting_id=meeting.id if meeting else None,
        responsible_huvudman=answers.get("responsible_huvudman"),
        others_none=bool(answers.get("others_none")),
        followup_on=answers.get("followup_on"),
        changed_why=text(answers.get("changed_why")),
    )
    apply_needs(case, plan, answers.get("needs") or [])


def _held(case: CaseFile, answers: Answers) -> Meeting:
    """The planned meeting as held, or one entered afterwards."""
    starts_at = datetime.fromisoformat(answers["held_at"])
    planned = planned_meeting(case, MeetingKind.SIP)
    draft = case.draft_plan
    again = next((m for m in case.meetings if draft and m.id == draft.meeting_id), None)
    meeting: Meeting = planned or again or case.add("meetings", kind=MeetingKind.SIP, starts_at=starts_at)
    case.change(
        meeting,
        starts_at=starts_at,
        state=MeetingState.HELD,
        chair=text(answers.get("chair")),
        note_taker=text(answers.get("note_taker")),
        form=answers.get("form") or meeting.form,
    )
    return meeting


def _not_held(case: CaseFile) -> None:
    """A planned meeting that did not take place is called off; a new one can be called."""
    if meeting := planned_meeting(case, MeetingKind.SIP):
        case.change(meeting, state=MeetingState.CANCELLED, sequence=meeting.sequence + 1)


def _apply_attendance(case: CaseFile, meeting: Meeting, answers: Answers) -> None:
    for row in [a for a in case.attendances if a.meeting_id == meeting.id]:
        case.drop("attendances", row)
    for item in answers.get("attendance") or []:
        if person := case.by_key(item["key"]):
            _came(case, meeting, person.id, item.get("presence") or Presence.CAME, text(item.get("substitute")))
    for name in text(answers.get("others_came")).splitlines():
        if name.strip():
            _came_uncalled(case, meeting, name.strip())


def _came_uncalled(case: CaseFile, meeting: Meeting, name: str) -> None:
    person = next((p for p in case.participants if p.name == name), None) or case.add(
        "participants", key=free_key(case, "D1"), kind=ParticipantKind.OTHER, name=name,
        position=len(case.participants),
    )  # fmt: skip
    _came(case, meeting, person.id, Presence.CAME, "")


def _came(case: CaseFile, meeting: Meeting, participant_id: int, presence: str, substitute: str) -> None:
    case.add("attendances", meeting_id=meeting.id, participant_id=participant_id, presence=presence,
             substitute=substitute)  # fmt: skip


def _apply_deviation(case: CaseFile, answers: Answers, meeting: Meeting | None, context: Context) -> None:
    if answers.get("deviation"):
        case.add(
            "deviations",
            kind=answers["deviation"],
            meeting_id=meeting.id if meeting else None,
            found_on=context.today,
            what=text(answers.get("deviation_what")),
        )
