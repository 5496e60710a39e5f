"""What the invented cases of the documents' tests are built with."""

from dataclasses import replace
from datetime import date, datetime
from functools import cache
from typing import Any

from sipctl import region
from sipctl.documents.content import Issue
from sipctl.model.case import Case
from sipctl.model.casefile import CaseFile
from sipctl.model.meeting import Meeting
from sipctl.model.participant import Participant
from sipctl.model.person import Person
from sipctl.model.plan import Plan
from sipctl.process.guidance import Guidance
from sipctl.settings import Settings
from sipctl.vocabulary.consent import Category

TODAY = date(2026, 8, 31)
EVERYTHING = frozenset(Category)
SETTINGS = Settings(
    unit="Socialpsykiatrin Påhittstad",
    huvudman="kommun",
    body="0000",
    coordinator="Kim Provsson",
    phone="010-000 00 10",
    address="Provgatan 1, 000 00 Påhittstad",
)


@cache
def guidance(pack: str = "standard") -> Guidance:
    """A shipped pack."""
    return region.load(pack)


def issue(recipient: Participant | None, case: CaseFile | None = None, **changes: Any) -> Issue:
    """An issue with everything allowed; meeting, plan and follow-up are the case's latest."""
    found = Issue(recipient, TODAY, SETTINGS, guidance(), EVERYTHING)
    if case is not None:
        found = replace(found, meeting=_last(case.meetings), plan=_last(case.plans), followup=_last(case.followups))
    return replace(found, **changes)


def _last(rows: list[Any]) -> Any:
    return rows[-1] if rows else None


def new_case(person: Person, ref: str, number: str, **values: Any) -> CaseFile:
    """A case with its person and nothing else."""
    case = Case.model_validate(
        {"ref": ref, "person_id": person.id, "sip_number": number, "opened_on": date(2026, 8, 3)}
        | {"convener_unit": SETTINGS.unit, "coordinator": SETTINGS.coordinator}
        | values
    )
    return CaseFile(case=case, person=person)


def prepare(case: CaseFile) -> None:
    """What the individual said before the meeting."""
    case.add(
        "preparations",
        on_date=date(2026, 8, 20),
        matters="Jag vill sova om nätterna och slippa vara rädd. Jag vill spela gitarr med andra igen.",
        works_well="Boendestödet på tisdagar. Min syster ringer varje söndag.",
        hard="Nätterna. Att komma ihåg medicinen. Att många olika ringer.",
        wishes="Att det är samma personer som kommer, och att ni pratar med varandra.",
        shall_come="Min syster Anna och Alex från boendestödet",
        shall_not_come="Min granne",
        not_talk_about="Min skilsmässa",
        where_when="På förmiddagen, helst inte på sjukhuset",
        support="Pauser. Att någon skriver upp vad vi säger.",
        who_begins="Alex får börja, sedan jag",
        purpose="Att Test ska få sova och känna sig trygg hemma, och att vi vet vem som gör vad när det blir svårt.",
        questions=[
            "Vad behövs för att jag ska sova bättre?",
            "Vem ringer jag när rösterna blir starka?",
            "Hur kan jag börja spela i musikcaféet igen?",
        ],
    )


def consent(case: CaseFile, scopes: list[list[str]]) -> None:
    """Both consents, the second with one scope a participant."""
    shared = {"giver": "individual", "form": "spoken", "taken_by": "Kim Provsson", "adapted": True}
    case.add("consents", kind="sip", given_on=date(2026, 8, 10), **shared)
    consent = case.add(
        "consents", kind="information", given_on=date(2026, 8, 20), limits="Inget om min skilsmässa", **shared
    )
    for participant, categories in zip(case.participants, scopes, strict=True):
        case.add("scopes", consent_id=consent.id, participant_id=participant.id, categories=categories)


def meeting(case: CaseFile, **values: Any) -> Meeting:
    """A planned meeting."""
    found: Meeting = case.add(
        "meetings",
        **{
            "starts_at": datetime(2026, 9, 14, 10, 0),
            "minutes": 75,
            "place": "Träffpunkten Linden, rum Björken, Provgatan 1, Påhittstad",
            "contact": "Receptionen, 010-000 00 11",
            "reply_by": date(2026, 9, 7),
            "chair": "Kim Provsson",
            "note_taker": "Alex Exempelsson",
        }
        | values,
    )
    return found


def attend(case: CaseFile, meeting: Meeting, states: tuple[str, ...]) -> None:
    """Who came: the individual always, then the participants in their order."""
    myself = case.add("participants", key="D0", position=0, kind="person")
    case.add("attendances", meeting_id=meeting.id, participant_id=myself.id, presence="came")
    for participant, presence in zip(case.participants, states, strict=False):
        substitute = "Jo Vikariesson" if presence == "substitute" else ""
        values = {"meeting_id": meeting.id, "participant_id": participant.id, "presence": presence}
        case.add("attendances", substitute=substitute, **values)


def rows(case: CaseFile, plan: Plan, needs: tuple[Any, ...]) -> None:
    """Needs with goals with insatser: (text, ((own, text, ((what, who, participant, start, often, due),)),))."""
    for n, (text, goals) in enumerate(needs, 1):
        case.add("needs", plan_id=plan.id, key=f"B{n}", position=n, text=text)
        for m, (own, professional, actions) in enumerate(goals, 1):
            goal = case.add(
                "goals", plan_id=plan.id, need_key=f"B{n}", key=f"M{n}{m}", position=m, own_words=own, text=professional
            )
            for i, (what, performer, who, start, often, due) in enumerate(actions, 1):
                case.add(
                    "actions",
                    plan_id=plan.id,
                    goal_key=goal.key,
                    key=f"I{n}{m}{i}",
                    position=i,
                    text=what,
                    performer=performer,
                    participant_id=None if who is None else case.participants[who].id,
                    start=start,
                    frequency=often,
                    due=due,
                )
