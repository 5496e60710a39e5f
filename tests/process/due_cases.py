"""Cases at each stage, for the tests of what is due."""

from datetime import date, datetime, timedelta
from typing import Any

from sipctl import region
from sipctl.model.case import Case
from sipctl.model.casefile import CaseFile
from sipctl.model.person import Person
from sipctl.process.deadlines import Due, due
from sipctl.vocabulary.facts import FactKind

PACK = region.load("standard")
OPENED = date(2026, 3, 2)
MET = datetime(2026, 4, 13, 13, 0)


def day(number: int) -> date:
    """So many days after the case was opened."""
    return OPENED + timedelta(days=number)


def new_case(born: date | None = None, **values: Any) -> CaseFile:
    """A case as it is just opened."""
    person = Person.model_validate({"name": "Prov Person", "id_kind": "unknown", "birth_date": born})
    fields = {"ref": "2026-0001", "person_id": person.id, "route": "opencare", "opened_on": OPENED, **values}
    case = CaseFile(Case.model_validate(fields), person)
    case.add("statuses", on_date=OPENED, kind="opened")
    case.add("participants", key="D0", kind="person", position=-1)
    return case


def assessed(born: date | None = None, **values: Any) -> CaseFile:
    """Need seen and the offer accepted on day 1."""
    case = new_case(born, **values)
    case.add("assessments", on_date=day(1), decision=True, offer="accepted", offered_on=day(1))
    case.add("consents", kind="sip", giver="individual", given_on=day(1))
    return case


def prepared(born: date | None = None, **values: Any) -> CaseFile:
    """Prepared on day 4, with one unit to be called."""
    case = assessed(born, **values)
    case.add("preparations", on_date=day(4), matters="att få sova")
    case.add("participants", key="D1", kind="unit", huvudman="region", unit_name="Vårdcentralen")
    return case


def booked(**values: Any) -> CaseFile:
    """A meeting on 13 April, the unit called on day 6."""
    case = prepared(**values)
    meeting = case.add("meetings", starts_at=MET)
    unit = case.participants[-1]
    case.add("invitations", meeting_id=meeting.id, participant_id=unit.id, kind="kallelse", sent_on=day(6))
    return case


def held() -> CaseFile:
    """The meeting was held."""
    case = booked()
    case.change(case.meetings[0], state="held")
    case.change(case.invitations[0], answer="yes")
    return case


def established(**values: Any) -> CaseFile:
    """A plan from the day of the meeting, with a follow-up agreed for 1 July."""
    case = held()
    case.add(
        "plans",
        **{"number": 1, "kind": "plan", "established_on": MET.date(), "followup_on": date(2026, 7, 1), **values},
    )
    return case


def established_child(born: date) -> CaseFile:
    """The same for somebody born that day."""
    case = established()
    case.person.birth_date = born
    return case


def kinds(case: CaseFile, pack: Any = PACK, today: date | None = None) -> list[FactKind]:
    """What is due, by kind."""
    return [item.kind for item in due(case, pack, today)]


def the(case: CaseFile, kind: FactKind, pack: Any = PACK) -> Due:
    """The only one of its kind."""
    found = [item for item in due(case, pack) if item.kind == kind]
    assert len(found) == 1, due(case, pack)
    return found[0]
