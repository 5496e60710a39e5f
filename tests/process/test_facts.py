"""A case's facts: recomputed at every save, written once, voided and never edited, whatever the order of entry."""

import random
from datetime import date, datetime
from typing import Any

import pytest
import walkthrough
from hypothesis import given, settings
from hypothesis import strategies as st

from sipctl import region
from sipctl.model.case import Case
from sipctl.model.casefile import CaseFile
from sipctl.model.person import Person
from sipctl.process.facts import dimensions, dues, events, refresh
from sipctl.tasks.desk import Desk
from sipctl.tasks.step import begin, finish
from sipctl.vocabulary.facts import FactKind
from sipctl.vocabulary.people import Protection

PACK = region.load("standard")
OPENED = date(2026, 3, 2)


def day(number: int) -> date:
    return date.fromordinal(OPENED.toordinal() + number)


def noon(number: int) -> datetime:
    return datetime.combine(day(number), datetime.min.time().replace(hour=12))


def new_case(born: date | None = date(1980, 1, 5), **values: Any) -> CaseFile:
    person = Person.model_validate(
        {"name": "Prov Provsson", "id_kind": "unknown", "birth_date": born, "legal_sex": "woman"}
    )
    fields = {"ref": "2026-0001", "person_id": person.id, "route": "opencare", "opened_on": OPENED,
              "kommun": "0480", "convener_unit": "Vuxenenheten", "target_group": "mental_illness"}  # fmt: skip
    case = CaseFile(Case.model_validate(fields | values), person)
    case.add("statuses", on_date=OPENED, kind="opened")
    case.add("participants", key="D0", kind="person", position=-1)
    return case


def kinds(case: CaseFile) -> list[tuple[str, str]]:
    """What happened, with its day, in the order of the days."""
    return sorted(((event.kind.value, event.on_date.isoformat()) for event in events(case)), key=lambda e: (e[1], e[0]))


def live(case: CaseFile) -> set[tuple[str, str, date, str]]:
    return {(f.kind.value, f.source, f.on_date, f.note) for f in case.facts if f.voided_by is None}


def computed(case: CaseFile) -> set[tuple[str, str, date, str]]:
    return {(e.kind.value, e.source, e.on_date, e.note) for e in [*events(case), *dues(case, PACK)]}


def planned(case: CaseFile) -> CaseFile:
    """An established plan on day 20, after a kallelse on day 5."""
    case.add("assessments", on_date=day(1), decision=True, offer="accepted", offered_on=day(2))
    case.add("consents", kind="sip", giver="individual", given_on=day(3))
    unit = case.add("participants", key="D1", kind="unit", huvudman="region", unit_name="Vårdcentralen")
    meeting = case.add("meetings", starts_at=noon(20), state="held")
    case.add("invitations", meeting_id=meeting.id, participant_id=unit.id, kind="kallelse", sent_on=day(5))
    case.add("attendances", meeting_id=meeting.id, participant_id=unit.id, presence="absent")
    case.add("plans", number=1, kind="plan", meeting_id=meeting.id, established_on=day(20),
             responsible_huvudman="region", followup_on=day(80))  # fmt: skip
    return case


# --- what counts as what ---


def test_an_adult_case_gives_each_event_once_on_its_day() -> None:
    assert kinds(planned(new_case())) == [
        ("opened", "2026-03-02"),
        ("need_yes", "2026-03-03"),
        ("offered", "2026-03-04"),
        ("created", "2026-03-05"),
        ("called", "2026-03-07"),
        ("absent", "2026-03-22"),
        ("established", "2026-03-22"),
        ("meeting_held", "2026-03-22"),
        ("followup_agreed", "2026-05-21"),
    ]


@pytest.mark.parametrize(("consent", "call", "created"), [(3, 5, 3), (9, 5, 5), (None, 5, 5), (3, None, 3)])
def test_a_sip_is_created_by_the_consent_or_the_kallelse_whichever_came_first(
    consent: int | None, call: int | None, created: int
) -> None:
    case = new_case()
    if consent is not None:
        case.add("consents", kind="sip", giver="individual", given_on=day(consent))
    if call is not None:
        meeting = case.add("meetings", starts_at=noon(30))
        case.add("invitations", meeting_id=meeting.id, participant_id=case.participants[0].id, kind="kallelse",
                 sent_on=day(call))  # fmt: skip
    assert [(e.on_date, e.source) for e in events(case) if e.kind == FactKind.CREATED] == [(day(created), "case")]


@pytest.mark.parametrize(
    "row",
    [
        {"kind": "information", "given_on": day(3)},
        {"kind": "sip", "given_on": day(3), "given": False},
    ],
)
def test_neither_consent_to_information_nor_a_no_creates_a_sip(row: dict[str, Any]) -> None:
    case = new_case()
    case.add("consents", giver="individual", **row)
    assert FactKind.CREATED not in {event.kind for event in events(case)}


def test_an_invitation_or_a_letter_is_no_kallelse() -> None:
    case = new_case()
    meeting = case.add("meetings", starts_at=noon(30))
    for kind in ("inbjudan", "letter"):
        case.add("invitations", meeting_id=meeting.id, participant_id=case.participants[0].id, kind=kind,
                 sent_on=day(2))  # fmt: skip
    case.add("invitations", meeting_id=meeting.id, participant_id=case.participants[0].id, kind="kallelse")
    assert kinds(case) == [("opened", "2026-03-02")]


def test_a_no_counts_as_declined_only_before_any_kallelse() -> None:
    case = new_case()
    case.add("assessments", on_date=day(1), decision=True, offer="declined", offered_on=day(4))
    assert ("declined", day(4).isoformat()) in kinds(case)
    meeting = case.add("meetings", starts_at=noon(30))
    case.add("invitations", meeting_id=meeting.id, participant_id=case.participants[0].id, kind="kallelse",
             sent_on=day(4))  # fmt: skip
    assert "declined" not in {kind for kind, _on in kinds(case)}


@pytest.mark.parametrize(("call", "in_time"), [(2, True), (5, True), (6, False)])
def test_the_three_days_after_the_notice_are_counted_in_calendar_days(call: int, in_time: bool) -> None:
    case = new_case(route="discharge")
    case.add("discharges", ready_at=noon(2), ward="Avdelning 1")
    meeting = case.add("meetings", starts_at=noon(30))
    case.add("invitations", meeting_id=meeting.id, participant_id=case.participants[0].id, kind="kallelse",
             sent_on=day(call))  # fmt: skip
    found = {kind for kind, _on in kinds(case)}
    assert "ready" in found
    assert ("called_in_time" in found) is in_time


def test_a_notice_that_was_withdrawn_never_happened() -> None:
    case = new_case(route="discharge")
    case.add("discharges", ready_at=noon(2), ready_withdrawn_at=noon(3), ward="Avdelning 1")
    assert "ready" not in {kind for kind, _on in kinds(case)}


@pytest.mark.parametrize(
    ("state", "before", "after"), [("closed", "aborted", "closed"), ("reopened", None, "reopened")]
)
def test_what_ends_before_a_plan_is_broken_off_not_closed(state: str, before: str | None, after: str) -> None:
    without, having = new_case(), planned(new_case())
    for case in (without, having):
        case.add("statuses", on_date=day(40), kind=state)
    on = day(40).isoformat()
    assert [kind for kind, when in kinds(without) if when == on] == ([before] if before else [])
    assert [kind for kind, when in kinds(having) if when == on] == [after]


def test_a_plan_established_after_the_closing_does_not_make_it_a_closing() -> None:
    case = planned(new_case())
    case.add("statuses", on_date=day(10), kind="closed")
    assert ("aborted", day(10).isoformat()) in kinds(case)


def test_a_revision_counts_as_one_and_a_correction_as_nothing() -> None:
    case = planned(new_case())
    before = kinds(case)
    case.add("plans", number=2, kind="correction", established_on=day(21), followup_on=day(80))
    assert kinds(case) == before
    case.add("plans", number=3, kind="revision", established_on=day(50), followup_on=day(110))
    assert kinds(case) == sorted([*before, ("revised", day(50).isoformat())], key=lambda e: (e[1], e[0]))


def test_a_draft_is_no_plan() -> None:
    case = new_case()
    case.add("plans", number=1, kind="draft", followup_on=day(80))
    assert kinds(case) == [("opened", "2026-03-02")]


def test_anothers_sip_counts_as_taking_part_and_nothing_else() -> None:
    case = new_case(our_role="called")
    case.add("calls_received", received_on=day(1), sender_unit="Psykosmottagningen", answer="yes", answered_on=day(2))
    case.add("consents", kind="sip", giver="individual", given_on=day(3))
    case.add("assessments", on_date=day(1), decision=True, offer="accepted")
    assert kinds(case) == [("opened", "2026-03-02"), ("participated", "2026-03-04")]
    case.calls_received[0].answer = "no"
    assert kinds(case) == [("opened", "2026-03-02")]


def test_each_call_that_was_answered_with_yes_is_a_fact_of_its_own() -> None:
    case = new_case(our_role="called")
    for sent in (1, 40):
        case.add("calls_received", received_on=day(sent), sender_unit="BUP", answer="yes", answered_on=day(sent))
    found = [event for event in events(case) if event.kind == "participated"]
    assert len({event.source for event in found}) == 2


def test_what_happened_first_counts_though_it_was_entered_last() -> None:
    case = new_case()
    case.add("assessments", on_date=day(9), decision=True, offer="accepted")
    case.add("assessments", on_date=day(1), decision=False, offer="declined")
    assert kinds(case)[1:] == [(kind, day(1).isoformat()) for kind in ("declined", "need_no", "offered")]


# --- dimensions ---


def test_a_fact_carries_the_case_as_it_was_on_its_day() -> None:
    case = planned(new_case(born=date(2008, 3, 15)))
    refresh(case, PACK)
    by_kind = {fact.kind.value: fact for fact in case.facts}
    assert by_kind["opened"].age_band == "13–17"
    assert by_kind["established"].age_band == "18–24", "eighteen between the opening and the plan"
    established = by_kind["established"]
    assert (established.kommun, established.unit, established.huvudman, established.route, established.sex) == (
        "0480", "Vuxenenheten", "region", "opencare", "woman",
    )  # fmt: skip
    assert established.target_group == "mental_illness"


@pytest.mark.parametrize("protection", [Protection.MARKED, Protection.REGISTERED])
def test_where_a_protected_person_lives_is_never_in_the_facts(protection: Protection) -> None:
    case = planned(new_case())
    case.person.protection = protection
    refresh(case, PACK)
    assert {fact.kommun for fact in case.facts} == {""}
    assert dimensions(case, OPENED)["unit"] == "Vuxenenheten"


def test_what_is_not_known_is_empty() -> None:
    case = new_case(born=None, target_group=None, kommun="")
    case.person.legal_sex = None
    found = dimensions(case, OPENED)
    assert (found["kommun"], found["sex"], found["target_group"], found["huvudman"]) == ("", "", "", "")
    assert found["age_band"] == "saknas"


def test_dimensions_are_frozen_when_the_fact_is_written() -> None:
    case = planned(new_case())
    refresh(case, PACK)
    before = {fact.id: (fact.kommun, fact.target_group) for fact in case.facts}
    case.case.kommun, case.case.target_group = "0484", None
    refresh(case, PACK)
    assert {fact.id: (fact.kommun, fact.target_group) for fact in case.facts} == before


# --- voided, never edited ---


def test_a_date_put_right_voids_the_fact_and_writes_a_new_one_beside_it() -> None:
    case = planned(new_case())
    refresh(case, PACK)
    old = next(f for f in case.facts if f.kind == FactKind.MEETING_HELD)
    as_written = old.model_dump(exclude={"voided_by"})
    case.meetings[0].starts_at = noon(19)
    refresh(case, PACK)
    new = next(f for f in case.facts if f.kind == FactKind.MEETING_HELD and f.voided_by is None)
    assert old.voided_by == new.id
    assert old.model_dump(exclude={"voided_by"}) == as_written
    assert (new.on_date, new.source) == (day(19), old.source)
    assert live(case) == computed(case)


def test_what_never_happened_is_voided_with_nothing_in_its_place() -> None:
    case = planned(new_case())
    refresh(case, PACK)
    case.drop("attendances", case.attendances[0])
    refresh(case, PACK)
    (fact,) = [f for f in case.facts if f.kind == FactKind.ABSENT]
    assert fact.voided_by == fact.id
    assert live(case) == computed(case)


def test_what_happened_after_all_is_written_anew() -> None:
    case = planned(new_case())
    refresh(case, PACK)
    row = case.attendances[0]
    for presence in ("came", "absent", "came", "absent"):
        case.change(row, presence=presence)
        refresh(case, PACK)
    facts = [f for f in case.facts if f.kind == FactKind.ABSENT]
    assert [f.voided_by is None for f in facts] == [False, False, True]
    assert live(case) == computed(case)


def test_a_due_date_moves_and_goes_without_leaving_a_trace() -> None:
    case = new_case()
    refresh(case, PACK)
    (due,) = [f for f in case.facts if f.kind.is_due]
    case.case.opened_on = day(3)
    refresh(case, PACK)
    assert [f.id for f in case.facts if f.kind.is_due] == [due.id]
    case.add("assessments", on_date=day(1), decision=True, offer="accepted")
    refresh(case, PACK)
    assert due not in case.facts
    assert due in case.removed


def test_refreshing_again_changes_nothing() -> None:
    case = planned(new_case())
    refresh(case, PACK)
    before = [fact.model_dump() for fact in case.facts]
    for _again in range(3):
        refresh(case, PACK)
    assert [fact.model_dump() for fact in case.facts] == before


def test_the_next_step_is_written_with_the_facts() -> None:
    case = new_case()
    case.case.step = "something"
    refresh(case, PACK)
    assert case.case.step == "assess"


# --- after every step of a whole case ---


def test_written_facts_are_what_a_recomputation_gives_after_every_step(desk: Desk) -> None:
    for _section, case in walkthrough.walk(desk):
        found = {(kind, source, on) for kind, source, on, _note in live(case)}
        assert found == {(e.kind.value, e.source, e.on_date) for e in [*events(case), *dues(case, desk.guidance)]}


def test_the_adult_case_counts_as_its_story_tells(desk: Desk) -> None:
    *_before, (_section, case) = walkthrough.walk(desk)
    written = sorted((f.on_date.isoformat(), f.kind.value) for f in case.facts if f.voided_by is None)
    assert written == [
        ("2026-03-02", "created"),
        ("2026-03-02", "need_yes"),
        ("2026-03-02", "offered"),
        ("2026-03-02", "opened"),
        ("2026-03-10", "called"),
        ("2026-03-30", "absent"),
        ("2026-03-30", "established"),
        ("2026-03-30", "meeting_held"),
        ("2026-06-08", "followup_agreed"),
        ("2026-06-09", "followed_up"),
        ("2026-06-09", "meeting_held"),
        ("2026-09-15", "closed"),
        ("2026-09-15", "followed_up"),
        ("2026-09-15", "followup_agreed"),
        ("2026-09-15", "meeting_held"),
    ]


def test_a_slip_put_right_in_the_store_is_voided_there(desk: Desk) -> None:
    for section in ("new", "assess"):
        walkthrough.do(desk, section)
    work = begin(desk, walkthrough.REF, "assess")
    case = finish(work, work.answers | {"consent_on": "2026-03-01", "offered_on": "2026-03-01"})
    rows = desk.store.rows(
        "SELECT kind, on_date, voided_by IS NULL FROM fact WHERE kind IN ('created', 'offered') ORDER BY id"
    )
    assert sorted(rows) == [
        ("created", "2026-03-01", 1),
        ("created", "2026-03-02", 0),
        ("offered", "2026-03-01", 1),
        ("offered", "2026-03-02", 0),
    ]
    assert live(case) == computed(case)


# --- whatever the order of entry ---

ROWS = ("assessments", "consents", "invitations", "meetings", "attendances", "plans", "followups", "participants")


def shuffled(case: CaseFile, seed: int) -> None:
    """The same rows, loaded or entered in another order. Status events and notices have an order of their own."""
    chance = random.Random(seed)
    for name in ROWS:
        chance.shuffle(getattr(case, name))


@pytest.mark.parametrize("seed", range(5))
def test_events_do_not_depend_on_the_order_of_entry(desk: Desk, seed: int) -> None:
    *_before, (_section, case) = walkthrough.walk(desk, "followup2")
    before = set(events(case))
    shuffled(case, seed)
    assert set(events(case)) == before


DAYS = st.integers(0, 120)
OPTIONAL = st.none() | DAYS


@st.composite
def cases(draw: Any) -> CaseFile:
    """Any case: rows in any number, on any days, in any order."""
    case = new_case(route=draw(st.sampled_from(["opencare", "discharge"])))
    unit = case.add("participants", key="D1", kind="unit", huvudman="region", unit_name="Vårdcentralen")
    on = lambda number: None if number is None else day(number)  # noqa: E731
    for offset, decision, offer in draw(
        st.lists(st.tuples(DAYS, st.sampled_from([True, False, None]),
                           st.sampled_from(["accepted", "declined", "thinking", "not_yet"])), max_size=3)
    ):  # fmt: skip
        case.add("assessments", on_date=day(offset), decision=decision, offer=offer)
    for offset, given_yes, withdrawn in draw(st.lists(st.tuples(DAYS, st.booleans(), OPTIONAL), max_size=3)):
        case.add("consents", kind="sip", giver="individual", given=given_yes, given_on=day(offset),
                 withdrawn_on=on(withdrawn))  # fmt: skip
    for offset, state, sent in draw(
        st.lists(st.tuples(DAYS, st.sampled_from(["planned", "held", "cancelled"]), OPTIONAL), max_size=3)
    ):
        meeting = case.add("meetings", starts_at=noon(offset), state=state)
        case.add("invitations", meeting_id=meeting.id, participant_id=unit.id, kind="kallelse", sent_on=on(sent))
        case.add("attendances", meeting_id=meeting.id, participant_id=unit.id,
                 presence=draw(st.sampled_from(["came", "absent"])))  # fmt: skip
    for number, offset in enumerate(sorted(draw(st.lists(DAYS, max_size=3))), 1):
        kind = "plan" if number == 1 else draw(st.sampled_from(["revision", "correction"]))
        case.add("plans", number=number, kind=kind, established_on=day(offset), followup_on=on(draw(OPTIONAL)))
    states = st.sampled_from(["resting", "closed", "reopened"])
    for offset, state in draw(st.lists(st.tuples(DAYS, states), max_size=3)):
        case.add("statuses", on_date=day(offset), kind=state)
    return case


@settings(max_examples=150, deadline=None)
@given(cases(), st.integers(0, 1000))
def test_facts_of_any_case_are_whole_whatever_the_order(case: CaseFile, seed: int) -> None:
    refresh(case, PACK)
    assert live(case) == computed(case)
    identities = [(f.kind, f.source) for f in case.facts if f.voided_by is None]
    assert len(identities) == len(set(identities)), "two live facts of one kind and source: the store refuses that"
    before = set(events(case))
    shuffled(case, seed)
    assert set(events(case)) == before


@settings(max_examples=100, deadline=None)
@given(cases(), cases())
def test_any_change_of_a_case_leaves_its_facts_whole_and_its_history_untouched(one: CaseFile, other: CaseFile) -> None:
    """All rows of a case exchanged for those of another: as far as any correction can go."""
    refresh(one, PACK)
    written = {f.id: f.model_dump(exclude={"voided_by"}) for f in one.facts if not f.kind.is_due}
    for name in (*ROWS, "statuses"):
        setattr(one, name, getattr(other, name))
    refresh(one, PACK)
    assert live(one) == computed(one)
    assert {f.id: f.model_dump(exclude={"voided_by"}) for f in one.facts if f.id in written} == written
    identities = [(f.kind, f.source) for f in one.facts if f.voided_by is None]
    assert len(identities) == len(set(identities))
