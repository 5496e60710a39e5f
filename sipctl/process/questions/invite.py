"""Step 3, bjud in: set the meeting, date the letters, keep track of the answers.

Kallelse goes to huvudmän, inbjudan to everybody else, a letter of their own to the individual.
At discharge a kallelse must be possible at once: participants are asked for here when the
preparation has not been done yet.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from sipctl.errors import RuleNotMet
from sipctl.language import _
from sipctl.process.consent import may_call
from sipctl.process.context import Context
from sipctl.process.form import Answers, Choice, Form, Kind, Prefer, Q
from sipctl.process.questions.consent_parts import free_key
from sipctl.process.questions.parts import always, both, choices, filled, given, is_, not_before, text
from sipctl.process.questions.people import (
    WRITTEN,
    apply_participants,
    participants,
    present_participants,
    unit_choices,
)
from sipctl.process.questions.plan_parts import draft_of
from sipctl.process.steps import planned_meeting
from sipctl.vocabulary.case import Route
from sipctl.vocabulary.meetings import Answer, InvitationKind, MeetingForm, MeetingKind, MeetingState
from sipctl.vocabulary.people import ParticipantKind
from sipctl.vocabulary.steps import Step

if TYPE_CHECKING:
    from sipctl.model.casefile import CaseFile
    from sipctl.model.meeting import Invitation, Meeting
    from sipctl.model.participant import Participant

VERSION = 1
KEEP, REBOOK, CANCEL = "keep", "rebook", "cancel"


def form(case: CaseFile, context: Context) -> Form:
    """First the meeting and its letters; when they are sent, the answers."""
    meeting = planned_meeting(case, MeetingKind.SIP)
    sent = meeting is not None and any(i.sent_on for i in _invitations(case, meeting))
    questions = _tracking(case, context) if sent else _booking(case, context)
    extras = context.guidance.extras.get(Step.INVITE, ())
    hurried = not sent and _hurried(case)
    return Form(
        Step.INVITE,
        context.guidance.steps[Step.INVITE],
        VERSION,
        (*questions, *extras),
        hurried=lambda answers: hurried,
    )


def _hurried(case: CaseFile) -> bool:
    """At discharge the kallelse goes out before anything is prepared, within days: only what it must say is asked."""
    return case.case.route == Route.DISCHARGE and not case.preparations


def _booking(case: CaseFile, context: Context) -> tuple[Q, ...]:
    planned = bool(case.preparations)
    first = () if planned else _discharge_first(case, context)
    return (*first, *_when_and_where(context), *_letters(context, reply_offered=_hurried(case)))


def _discharge_first(case: CaseFile, context: Context) -> tuple[Q, ...]:
    """Without a preparation: who is called and why, in two questions."""
    units = tuple(c for c in unit_choices(context) if c.value != WRITTEN)
    group = participants(context, required=not units)
    quick = Q("call_units", _("Vilka enheter kallas?"), Kind.MANY, units, required=True,
              why=_("Välj ur adressboken. Fler deltagare lägger du till senare, när planen förbereds."))  # fmt: skip
    purpose = Q("purpose", _("Vad ska mötet leda till?"), Kind.LONG, required=True)
    return (quick, purpose) if units and not case.others else (group, purpose)


def _when_and_where(context: Context) -> tuple[Q, ...]:
    return (
        Q("starts_at", _("När är mötet? (datum och tid)"), Kind.DATETIME, required=True, prefer=Prefer.FUTURE,
          check=not_before(context.today),
          why=_("Det går inte att kalla till ett möte som har varit; ett genomfört möte skrivs in i nästa steg.")),
        Q("form", _("Hur träffas ni?"), Kind.CHOICE, choices(MeetingForm), required=True, default=always("room"),
          why=_("Har någon skyddade uppgifter: välj en trygg plats eller video.")),
        Q("place", _("Var? (lokal och adress, eller länk)"), required=True, when=is_("form", "room", "video")),
        Q("minutes", _("Hur många minuter?"), Kind.NUMBER, offered=True, default=always(60), check=_minutes),
        Q("contact", _("Vem kan man ringa på mötesdagen?"), offered=True,
          default=always(", ".join(p for p in (context.coordinator, context.phone) if p))),
    )  # fmt: skip


def _letters(context: Context, *, reply_offered: bool = False) -> tuple[Q, ...]:
    return (
        Q("reply_by", _("Senaste svarsdag"), Kind.DATE, required=True, prefer=Prefer.FUTURE, offered=reply_offered,
          default=lambda item, top: _reply_default(item, context), check=_before_meeting(context.today)),
        Q("sent_on", _("När skickas breven?"), Kind.DATE, required=True, default=always(context.today.isoformat()),
          check=_reasonable(context.today),
          why=_("sipctl gör breven. Du skickar dem, på det sätt som varje mottagare kräver.")),
    )  # fmt: skip


def _reply_default(item: Answers, context: Context) -> str:
    """``reply_by`` days from today, but before the meeting."""
    on = context.today + timedelta(days=context.guidance.days.get("reply_by", 7))
    starts = str(item.get("starts_at") or "")[:10]
    if starts and on.isoformat() >= starts:
        on = max(context.today, date.fromisoformat(starts) - timedelta(days=1))
    return on.isoformat()


def _before_meeting(today: date) -> Any:
    def check(value: Any, item: Answers) -> str | None:
        if str(value) < today.isoformat():
            return _("Datumet har redan passerat; ange en dag som kommer.")
        if item.get("starts_at") and str(value) > str(item["starts_at"])[:10]:
            return _("Svarsdagen ligger efter mötet.")
        return None

    return check


def _reasonable(today: date) -> Any:
    def check(value: Any, item: Answers) -> str | None:
        too_far = abs((date.fromisoformat(str(value)) - today).days) > 366
        return _("Datumet ligger mer än ett år bort.") if too_far else None

    return check


def _minutes(value: Any, item: Answers) -> str | None:
    return None if 5 <= int(value) <= 480 else _("Ange mellan 5 och 480 minuter.")


def _tracking(case: CaseFile, context: Context) -> tuple[Q, ...]:
    rebook = is_("change", REBOOK)
    meeting = planned_meeting(case, MeetingKind.SIP)
    # What was agreed for the meeting that is moved is proposed again; its day is asked for anew.
    kept = filled({key: getattr(meeting, key) for key in ("form", "place", "minutes", "contact")}) if meeting else {}
    moved = tuple(
        replace(
            q,
            when=both(rebook, q.when or always(True)),
            default=always(kept[q.key]) if q.key in kept else q.default,
        )
        for q in (*_when_and_where(context), *_letters(context))
    )
    return (
        Q("replies", _("Svar på kallelsen"), Kind.GROUP, fixed=True, item_name=_("svar"),
          item_title=lambda item: str(item.get("who") or ""), fields=_reply_fields(context)),
        Q("change", _("Ska mötet ändras?"), Kind.CHOICE, required=True, default=always(KEEP),
          choices=(Choice(KEEP, _("nej, det blir som planerat")), Choice(REBOOK, _("ja, boka om")),
                   Choice(CANCEL, _("ja, ställ in")))),
        *moved,
    )  # fmt: skip


def _reply_fields(context: Context) -> tuple[Q, ...]:
    passed = is_("answer", Answer.PASSED_ON)
    return (
        Q("who", _("Mottagare"), when=lambda item, top: False),
        Q("answer", _("Vad svarar de?"), Kind.CHOICE, choices(Answer), default=always("none")),
        Q("substitute", _("Vem ersätter?"), when=is_("answer", Answer.SUBSTITUTE)),
        Q("passed_unit", _("Vilken enhet är rätt?"), Kind.CHOICE, unit_choices(context), when=passed, required=True,
          why=_("Den rätta enheten kallas, och samtycket ses över för en ny mottagare.")),
        Q("passed_name", _("Enhetens namn"), when=both(passed, is_("passed_unit", WRITTEN)), required=True),
        Q("note", _("Varför kommer de inte?"), Kind.LONG, when=is_("answer", Answer.NO)),
    )  # fmt: skip


def present(case: CaseFile, context: Context) -> Answers:
    """The planned meeting, or the answers so far."""
    meeting = planned_meeting(case, MeetingKind.SIP)
    if meeting is None:
        people = present_participants(case, context)
        known: Answers = {"participants": people} if people and not case.preparations else {}
        if _hurried(case):
            known |= {"form": MeetingForm.ROOM.value, "sent_on": context.today.isoformat()}
        return known
    rows = [row for row in _invitations(case, meeting) if row.sent_on]
    if rows:
        return {"replies": [_present_reply(case, row, context) for row in rows]}
    columns = {key: getattr(meeting, key) for key in ("starts_at", "form", "place", "minutes", "contact", "reply_by")}
    return filled(columns)


def _present_reply(case: CaseFile, row: Invitation, context: Context) -> Answers:
    person = case.participant(row.participant_id)
    passed = case.participant(row.passed_to)
    who = (person.unit_name or person.name) if person else ""
    # Who has not answered yet is asked about again, each time.
    answer = None if row.answer == Answer.NONE else row.answer
    item = {"key": person.key if person else "", "who": who, "answer": answer, "note": row.note}
    item |= {"substitute": row.substitute if row.answer == Answer.SUBSTITUTE else ""}
    if passed:
        card = context.unit_by_id(passed.unit_id)
        item |= {"passed_unit": card.name if card else WRITTEN}
        item |= {} if card else {"passed_name": passed.unit_name}
    return filled(item)


def apply(case: CaseFile, answers: Answers, context: Context) -> None:
    """Book the meeting and date the letters, or write the answers and a change of the meeting."""
    meeting = planned_meeting(case, MeetingKind.SIP)
    if "replies" in answers or "change" in answers:
        if meeting is None:
            return
        for item in answers.get("replies") or []:
            _apply_reply(case, meeting, item, context)
        _apply_change(case, meeting, answers, context)
    else:
        _refuse_without_consent(case, context)
        _apply_people(case, answers, context)
        booked = _book(case, meeting, {"reply_by": _reply_default(answers, context)} | given(answers))
        _call(case, booked, answers["sent_on"])


def _apply_people(case: CaseFile, answers: Answers, context: Context) -> None:
    """What the discharge route asks for here instead of in the plan step."""
    if "participants" in answers:
        apply_participants(case, answers["participants"] or [], context)
    picked = answers.get("call_units") or []
    if picked and not case.others:
        items = [{"key": f"D{n}", "kind": ParticipantKind.UNIT.value, "unit": unit} for n, unit in enumerate(picked, 1)]
        apply_participants(case, items, context)
    if purpose := answers.get("purpose"):
        case.change(draft_of(case), purpose=purpose)


def _book(case: CaseFile, meeting: Meeting | None, answers: Answers) -> Meeting:
    values: Answers = {
        "starts_at": answers["starts_at"],
        "form": answers["form"],
        "place": text(answers.get("place")),
        "minutes": answers.get("minutes") or 60,
        "contact": text(answers.get("contact")),
        "reply_by": answers.get("reply_by"),
    }
    if meeting is None:
        booked: Meeting = case.add("meetings", kind=MeetingKind.SIP, **values)
        return booked
    case.change(meeting, **values)
    return meeting


def _call(case: CaseFile, meeting: Meeting, sent_on: str) -> None:
    """One invitation per active participant, and the individual's letter."""
    for person in case.active_participants:
        row = next((i for i in _invitations(case, meeting) if i.participant_id == person.id), None)
        if row:
            case.change(row, sent_on=sent_on)
        else:
            case.add("invitations", meeting_id=meeting.id, participant_id=person.id, kind=letter_kind(person),
                     sent_on=sent_on)  # fmt: skip


def letter_kind(person: Participant) -> InvitationKind:
    """Kallelse to units of kommun and region, inbjudan to others, a letter to the individual."""
    if person.kind == ParticipantKind.PERSON:
        return InvitationKind.LETTER
    is_duty = person.kind == ParticipantKind.UNIT and person.huvudman in ("kommun", "region")
    return InvitationKind.KALLELSE if is_duty else InvitationKind.INBJUDAN


def _apply_reply(case: CaseFile, meeting: Meeting, item: Answers, context: Context) -> None:
    person = case.by_key(item["key"])
    row = next((i for i in _invitations(case, meeting) if person and i.participant_id == person.id), None)
    if row is None:
        return
    answer = item.get("answer") or Answer.NONE
    answered = None if answer == Answer.NONE else (row.answered_on or context.today)
    passed = _passed_to(case, item, context) if answer == Answer.PASSED_ON else None
    case.change(
        row,
        answer=answer,
        answered_on=answered,
        substitute=text(item.get("substitute")),
        note=text(item.get("note")),
        passed_to=passed.id if passed else None,
    )
    if passed and person:
        # The wrong unit is out of it; the right one is called once consent has been looked at.
        case.change(person, left_on=context.today)
        _call_one(case, meeting, passed)


def _passed_to(case: CaseFile, item: Answers, context: Context) -> Participant:
    """The right unit as a participant: known, or new at the end of the list."""
    card = context.unit_card(item.get("passed_unit"))
    name = card.name if card else text(item.get("passed_name"))
    known = next((p for p in case.active_participants if p.unit_name == name), None)
    if known:
        return known
    sender = case.by_key(item["key"])
    added: Participant = case.add(
        "participants",
        key=free_key(case, "D1"),
        kind=ParticipantKind.UNIT,
        unit_id=card.id if card else None,
        unit_name=name,
        huvudman=card.huvudman if card else (sender.huvudman if sender else None),
        phone=card.phone if card else "",
        address=card.address if card else "",
        position=len(case.participants),
        **({"send_by": card.send_by} if card else {}),
    )
    return added


def _call_one(case: CaseFile, meeting: Meeting, person: Participant) -> None:
    """A new recipient gets an invitation that is not sent yet: consent is looked at first."""
    if not any(i.participant_id == person.id for i in _invitations(case, meeting)):
        case.add("invitations", meeting_id=meeting.id, participant_id=person.id, kind=letter_kind(person))


def _refuse_without_consent(case: CaseFile, context: Context) -> None:
    """Nobody is called to a SIP that the individual has not agreed to; at discharge it is a duty."""
    verdict = may_call(case, context.today)
    if not verdict.possible:
        raise RuleNotMet(
            _("Det går inte att kalla till mötet: {reason}").format(reason=verdict.reason),
            _("Skriv in samtycket med sipctl consent {ref}, eller avsluta med sipctl close {ref}.").format(
                ref=case.case.ref
            ),
        )


def _apply_change(case: CaseFile, meeting: Meeting, answers: Answers, context: Context) -> None:
    if answers.get("change") == CANCEL:
        case.change(meeting, state=MeetingState.CANCELLED, sequence=meeting.sequence + 1)
    elif answers.get("change") == REBOOK:
        _refuse_without_consent(case, context)
        # What was agreed and is not asked about again stands.
        _book(case, meeting, {"minutes": meeting.minutes, "contact": meeting.contact} | answers)
        case.change(meeting, sequence=meeting.sequence + 1)
        for row in _invitations(case, meeting):
            case.change(row, sent_on=answers["sent_on"], answer=Answer.NONE, answered_on=None)


def unsent(case: CaseFile) -> list[Invitation]:
    """Invitations to the planned meeting whose letter is not dated yet."""
    meeting = planned_meeting(case, MeetingKind.SIP)
    return [i for i in _invitations(case, meeting) if i.sent_on is None] if meeting else []


def _invitations(case: CaseFile, meeting: Meeting) -> list[Invitation]:
    return [row for row in case.invitations if row.meeting_id == meeting.id]
