"""``case new``: make the person, the case, its SIP number and, when called, the kallelse received."""

from __future__ import annotations

from sipctl.codes import new_sip_number
from sipctl.model.case import Case
from sipctl.model.casefile import CaseFile
from sipctl.model.person import Person
from sipctl.process import facts, identity
from sipctl.process.context import Context
from sipctl.process.form import Answers
from sipctl.process.questions.parts import text
from sipctl.store import cases
from sipctl.tasks.desk import Desk
from sipctl.vocabulary.case import CaseState, OurRole
from sipctl.vocabulary.meetings import MeetingKind
from sipctl.vocabulary.people import IdKind, ParticipantKind


def register(desk: Desk, answers: Answers, context: Context, *, called: bool) -> CaseFile:
    """Save the new case and return it."""
    number = identity.parse_number(answers["id_number"], context.today) if answers.get("id_number") else None
    person = (cases.find_person(desk.store, number) if number else None) or Person.model_validate(
        {"name": answers["name"], "id_kind": IdKind.UNKNOWN}
    )
    _fill_person(person, answers, number, context)

    def build(ref: str) -> CaseFile:
        case = CaseFile(_case(ref, person, answers, context, called=called), person)
        case.add("statuses", on_date=context.today, kind=CaseState.OPENED)
        case.add("participants", key="D0", kind=ParticipantKind.PERSON, name=person.name, position=-1)
        if called:
            _received(case, answers)
        facts.refresh(case, context.guidance)
        return case

    return cases.create(desk.store, build, context.today, "called" if called else "new")


def _fill_person(person: Person, answers: Answers, number: str | None, context: Context) -> None:
    person.name = answers["name"]
    values: Answers = {"protection": answers.get("protection") or person.protection, **_identity(answers, number)}
    values |= {key: answers[key] for key in ("address", "phone", "language", "adaptations") if answers.get(key)}
    if kommun := answers.get("kommun"):
        values["kommun"] = context.find_kommun(kommun) or ""
    checked = Person.model_validate({**person.model_dump(), **values})
    for key in values:
        setattr(person, key, getattr(checked, key))


def _identity(answers: Answers, number: str | None) -> Answers:
    """Number, kind, birth date and legal sex; from the number when there is one."""
    if number:
        born = identity.birth_date(number)
        kind = identity.kind_of(number)
        return {"id_number": number, "id_kind": kind, "birth_date": born, "legal_sex": identity.legal_sex(number)}
    other = text(answers.get("other_id"))
    return {
        "id_number": other or None,
        "id_kind": IdKind.RESERVE if other else IdKind.UNKNOWN,
        "birth_date": answers.get("birth_date"),
        "legal_sex": answers.get("legal_sex"),
    }


def _case(ref: str, person: Person, answers: Answers, context: Context, *, called: bool) -> Case:
    return Case.model_validate(
        {
            "ref": ref,
            "person_id": person.id,
            "our_role": OurRole.CALLED if called else OurRole.CONVENING,
            "sip_number": text(answers.get("sip_number")) if called else new_sip_number(),
            "route": answers["route"],
            "target_group": answers.get("target_group"),
            "convener_unit": text(answers.get("sender_unit")) if called else context.unit,
            "coordinator": context.coordinator,
            "kommun": person.kommun or context.kommun,
            "pack": context.guidance.pack,
            "pack_version": context.guidance.version,
            "opened_on": context.today,
        }
    )


def _received(case: CaseFile, answers: Answers) -> None:
    """The kallelse that came, and the meeting it calls to."""
    texts = ("sender_unit", "sender_contact", "substitute", "passed_to", "note")
    case.add(
        "calls_received",
        received_on=answers["received_on"],
        reply_by=answers.get("reply_by"),
        answer=answers["answer"],
        answered_on=answers.get("answered_on"),
        **{key: text(answers.get(key)) for key in texts},
    )
    if starts_at := answers.get("meeting_at"):
        case.add("meetings", kind=MeetingKind.SIP, starts_at=starts_at, place=text(answers.get("place")))
