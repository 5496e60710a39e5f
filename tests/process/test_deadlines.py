"""What is due in a case, and by when; and the age bands of the statistics."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sipctl import region
from sipctl.model.case import Case
from sipctl.model.casefile import CaseFile
from sipctl.model.person import Person
from sipctl.process.deadlines import Due, age_band, age_on, due
from sipctl.vocabulary import CaseState, FactKind

PACK = region.load("standard")
SORMLAND = region.load("sormland")
VGR = region.load("vastra-gotaland")
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


def kinds(case: CaseFile, pack: Any = PACK, today: date | None = None) -> list[FactKind]:
    return [item.kind for item in due(case, pack, today)]


def the(case: CaseFile, kind: FactKind, pack: Any = PACK) -> Due:
    """The only one of its kind."""
    found = [item for item in due(case, pack) if item.kind == kind]
    assert len(found) == 1, due(case, pack)
    return found[0]


# --- the convener's steps ---


def test_a_new_case_waits_for_the_assessment() -> None:
    case = new_case()
    assert due(case, PACK) == [Due(FactKind.DUE_ASSESS, day(7), "case", "Bedöm om en SIP behövs.")]


@pytest.mark.parametrize("offer", ["not_yet", "thinking"])
def test_a_need_without_an_answer_to_the_offer_is_not_finished(offer: str) -> None:
    case = new_case()
    case.add("assessments", on_date=day(1), decision=True, offer=offer)
    assert the(case, FactKind.DUE_ASSESS).note == "Erbjud en SIP och anteckna svaret."


@pytest.mark.parametrize("values", [{"decision": False}, {"decision": True, "offer": "declined"}])
def test_a_no_leaves_nothing_to_do_until_the_case_is_reopened(values: dict[str, Any]) -> None:
    case = new_case()
    case.add("assessments", on_date=day(1), **values)
    assert due(case, PACK) == []
    case.add("statuses", on_date=day(30), kind="reopened")
    assert the(case, FactKind.DUE_ASSESS).on == day(37)


def test_after_a_yes_the_meeting_is_to_be_prepared() -> None:
    case = assessed()
    source = f"assessment:{case.assessments[0].id}"
    assert [(d.kind, d.on, d.source) for d in due(case, PACK)] == [(FactKind.DUE_PLAN, day(8), source)]


@pytest.mark.parametrize("missing", ["preparations", "participants"])
def test_preparation_needs_the_talk_and_somebody_to_call(missing: str) -> None:
    case = prepared()
    case.drop(missing, getattr(case, missing)[-1])
    assert kinds(case) == [FactKind.DUE_PLAN]


def test_prepared_waits_for_a_booked_meeting() -> None:
    assert the(prepared(), FactKind.DUE_INVITE).on == day(11)
    assert kinds(prepared()) == [FactKind.DUE_INVITE]


def test_a_cancelled_meeting_is_booked_anew() -> None:
    case = booked()
    case.change(case.meetings[0], state="cancelled")
    assert kinds(case) == [FactKind.DUE_INVITE]


def test_a_booked_meeting_waits_for_letters_until_all_are_sent() -> None:
    case = booked()
    case.change(case.invitations[0], answer="yes")
    assert kinds(case) == [FactKind.DUE_MEETING]
    late = case.add("participants", key="D2", kind="other", name="Skolan")
    case.add("invitations", meeting_id=case.meetings[0].id, participant_id=late.id, kind="inbjudan")
    letters = the(case, FactKind.DUE_INVITE)
    assert (letters.on, letters.source) == (date(2026, 3, 30), f"meeting:{case.meetings[0].id}")


def test_replies_are_awaited_until_they_come() -> None:
    case = booked()
    meeting, unit = case.meetings[0], case.participants[-1]
    case.add("invitations", meeting_id=meeting.id, participant_id=unit.id, kind="inbjudan", sent_on=day(9))
    case.add("invitations", meeting_id=meeting.id, participant_id=unit.id, kind="letter", sent_on=day(2))
    reply = the(case, FactKind.DUE_REPLY)
    assert (reply.on, reply.note) == (day(13), "Svar på kallelse eller inbjudan saknas: 2.")
    meeting.reply_by = day(20)
    assert the(case, FactKind.DUE_REPLY).on == day(20)
    meeting.reply_by = day(300)  # a slip: an answer after the meeting helps nobody
    assert the(case, FactKind.DUE_REPLY).on == MET.date()
    for row in case.invitations[:2]:
        case.change(row, answer="no")
    assert FactKind.DUE_REPLY not in kinds(case)


def test_the_meeting_stays_due_on_its_day_until_registered() -> None:
    case = booked()
    meeting = the(case, FactKind.DUE_MEETING)
    assert (meeting.on, meeting.note) == (MET.date(), "SIP-möte: registrera det efteråt.")
    case.change(case.meetings[0], kind="followup")
    notes = [d.note for d in due(case, PACK) if d.kind == FactKind.DUE_MEETING]
    assert notes == ["Uppföljningsmöte: registrera det efteråt."]


def test_a_held_meeting_waits_for_its_plan() -> None:
    case = held()
    assert [(d.kind, d.on) for d in due(case, PACK)] == [(FactKind.DUE_ESTABLISH, date(2026, 4, 20))]
    case.add("plans", number=1, kind="draft", meeting_id=case.meetings[0].id)
    assert kinds(case) == [FactKind.DUE_ESTABLISH]


def test_a_new_version_still_in_draft_waits_too() -> None:
    case = established()
    assert kinds(case) == [FactKind.DUE_FOLLOWUP]
    draft = case.add("plans", number=2, kind="draft", based_on=case.plans[0].id)
    assert kinds(case) == [FactKind.DUE_FOLLOWUP]
    draft.meeting_id = case.meetings[0].id
    assert kinds(case) == [FactKind.DUE_ESTABLISH, FactKind.DUE_FOLLOWUP]


# --- discharge ---


def discharged(**values: Any) -> CaseFile:
    case = assessed(route="discharge")
    case.add("discharges", **{"ready_at": datetime(2026, 3, 5, 23, 30), "admitted_on": day(0), **values})
    return case


def test_the_kallelse_at_discharge_is_due_within_three_calendar_days() -> None:
    case = discharged()
    call = the(case, FactKind.DUE_DISCHARGE_CALL)
    assert (call.on, call.source) == (date(2026, 3, 8), f"discharge:{case.discharges[0].id}")


def test_it_is_a_duty_even_when_consent_is_withdrawn() -> None:
    case = discharged()
    case.consents[0].withdrawn_on = day(3)
    assert kinds(case) == [FactKind.DUE_CONSENT_END, FactKind.DUE_DISCHARGE_CALL]


def test_a_withdrawn_notice_stops_the_clock_and_the_latest_row_counts() -> None:
    case = discharged(ready_withdrawn_at=datetime(2026, 3, 6, 8, 0))
    assert FactKind.DUE_DISCHARGE_CALL not in kinds(case)
    case.add("discharges", ready_at=datetime(2026, 3, 20, 9, 0), admitted_on=day(0))
    assert the(case, FactKind.DUE_DISCHARGE_CALL).on == date(2026, 3, 23)


@pytest.mark.parametrize("values", [{"ready_at": None}, {"ready_at": None, "expected_on": day(9)}])
def test_without_a_notice_there_is_no_clock(values: dict[str, Any]) -> None:
    assert FactKind.DUE_DISCHARGE_CALL not in kinds(discharged(**values))


def test_a_sent_kallelse_or_a_held_meeting_ends_it() -> None:
    case = discharged()
    meeting = case.add("meetings", starts_at=MET)
    unit = case.add("participants", key="D1", kind="unit")
    row = case.add("invitations", meeting_id=meeting.id, participant_id=unit.id, kind="kallelse")
    assert FactKind.DUE_DISCHARGE_CALL in kinds(case)
    row.sent_on = day(4)
    assert FactKind.DUE_DISCHARGE_CALL not in kinds(case)
    row.sent_on = None
    case.change(meeting, state="held")
    assert FactKind.DUE_DISCHARGE_CALL not in kinds(case)


def test_a_kallelse_from_an_earlier_stay_does_not_count() -> None:
    case = discharged(admitted_on=day(2))
    meeting = case.add("meetings", starts_at=MET)
    unit = case.add("participants", key="D1", kind="unit")
    case.add("invitations", meeting_id=meeting.id, participant_id=unit.id, kind="kallelse", sent_on=day(1))
    assert FactKind.DUE_DISCHARGE_CALL in kinds(case)


def test_no_kallelse_is_due_when_no_sip_is_needed() -> None:
    case = discharged()
    case.add("assessments", on_date=day(2), decision=False)
    assert due(case, PACK) == []


def test_at_discharge_the_preparation_may_follow_the_kallelse() -> None:
    case = discharged(ready_at=None)
    case.add("participants", key="D1", kind="unit")
    assert set(kinds(case)) == {FactKind.DUE_PLAN, FactKind.DUE_INVITE}
    case.discharges[0].ready_at = datetime(2026, 3, 5, 9, 0)
    assert set(kinds(case)) == {FactKind.DUE_PLAN, FactKind.DUE_DISCHARGE_CALL}  # one reminder to call, not two


# --- follow-up ---


def test_the_follow_up_agreed_in_the_plan_is_due() -> None:
    case = established()
    followup = the(case, FactKind.DUE_FOLLOWUP)
    assert (followup.on, followup.source) == (date(2026, 7, 1), f"plan:{case.plans[0].id}")


def test_without_a_date_the_packs_months_remind() -> None:
    case = established(followup_on=None)
    assert the(case, FactKind.DUE_FOLLOWUP).on == date(2026, 7, 13)
    case.plans[0].established_on = date(2026, 11, 30)
    assert the(case, FactKind.DUE_FOLLOWUP).on == date(2027, 2, 28)


def test_a_held_follow_up_hands_over_to_the_next_date() -> None:
    case = established()
    plan = case.plans[0]
    first = case.add(
        "followups", plan_id=plan.id, held_on=date(2026, 6, 20), decision="continue", next_on=date(2026, 10, 1)
    )
    assert the(case, FactKind.DUE_FOLLOWUP) == Due(
        FactKind.DUE_FOLLOWUP, date(2026, 10, 1), f"followup:{first.id}", "Följ upp planen."
    )
    case.add("followups", plan_id=plan.id, held_on=date(2026, 10, 1), decision="close")
    assert due(case, PACK) == []


def test_a_revision_brings_its_own_date_but_not_the_copied_old_one() -> None:
    case = established()
    held_on = date(2026, 7, 2)
    case.add("followups", plan_id=case.plans[0].id, held_on=held_on, decision="revise")
    new = case.add("plans", number=2, kind="revision", established_on=held_on, followup_on=date(2026, 7, 1))
    assert the(case, FactKind.DUE_FOLLOWUP).on == date(2026, 10, 2)  # three months, not the date gone by
    new.followup_on = date(2026, 9, 1)
    assert the(case, FactKind.DUE_FOLLOWUP).on == date(2026, 9, 1)
    new.established_on = date(2026, 7, 9)
    assert the(case, FactKind.DUE_FOLLOWUP).source == f"plan:{new.id}"


# --- consent and birthdays ---


def test_a_consent_that_runs_out_is_due_that_day() -> None:
    case = established()
    case.consents[0].valid_to = date(2026, 12, 31)
    assert the(case, FactKind.DUE_CONSENT_END).on == date(2026, 12, 31)
    case.add("consents", kind="sip", giver="individual", given_on=day(100), supersedes=case.consents[0].id)
    assert FactKind.DUE_CONSENT_END not in kinds(case)


def test_after_a_withdrawal_nothing_goes_on_but_the_answer_to_it() -> None:
    for case in (assessed(), prepared(), held()):
        case.consents[0].withdrawn_on = day(50)
        assert [(d.kind, d.on) for d in due(case, PACK)] == [(FactKind.DUE_CONSENT_END, day(50))]


@pytest.mark.parametrize(("born", "on"), [(date(2014, 5, 9), date(2026, 5, 9)), (date(2011, 5, 9), date(2026, 5, 9)),
                                          (date(2008, 5, 9), date(2026, 5, 9)), (date(2012, 2, 29), date(2027, 3, 1)),
                                          (date(2020, 5, 9), date(2032, 5, 9))])  # fmt: skip
def test_the_next_of_the_three_ages_is_due(born: date, on: date) -> None:
    age = the(established_child(born), FactKind.DUE_AGE)
    assert age.on == on
    assert f"fyller {on.year - born.year} år" in age.note


def established_child(born: date) -> CaseFile:
    case = established()
    case.person.birth_date = born
    return case


def test_a_birthday_is_settled_by_looking_at_the_consent_again() -> None:
    case = established_child(date(2014, 5, 9))
    case.add("followups", plan_id=case.plans[0].id, held_on=date(2026, 5, 10), decision="continue")
    assert the(case, FactKind.DUE_AGE).on == date(2026, 5, 9)
    case.followups[0].consent_valid = True
    assert the(case, FactKind.DUE_AGE).on == date(2029, 5, 9)
    case.add("consents", kind="sip", giver="individual", given_on=date(2029, 5, 9))
    assert the(case, FactKind.DUE_AGE).on == date(2032, 5, 9)


@pytest.mark.parametrize("born", [None, date(1960, 1, 1), date(2008, 3, 2)])
def test_an_adult_has_no_such_birthday(born: date | None) -> None:
    case = established()
    case.person.birth_date = born
    assert FactKind.DUE_AGE not in kinds(case)


def test_with_today_a_birthday_more_than_a_year_off_is_left_out() -> None:
    case = established_child(date(2014, 5, 9))
    assert FactKind.DUE_AGE not in kinds(case, today=date(2025, 5, 8))
    assert FactKind.DUE_AGE in kinds(case, today=date(2025, 5, 9))
    assert FactKind.DUE_AGE in kinds(case, today=date(2027, 1, 1))  # gone by, and still to be done


# --- roles and states ---


def test_a_closed_case_has_nothing_due_and_reopened_it_has_again() -> None:
    for case in (new_case(), booked(), established_child(date(2014, 5, 9))):
        before = due(case, PACK)
        case.add("statuses", on_date=day(90), kind=CaseState.CLOSED)
        assert before
        assert due(case, PACK) == []
        case.add("statuses", on_date=day(91), kind=CaseState.REOPENED)
        assert due(case, PACK)


def test_a_resting_case_has_follow_up_and_birthdays_only() -> None:
    case = established_child(date(2014, 5, 9))
    case.consents[0].valid_to = day(200)
    case.add("meetings", starts_at=datetime(2026, 7, 1, 9, 0), kind="followup")
    case.add("statuses", on_date=day(90), kind="resting")
    assert kinds(case) == [FactKind.DUE_AGE, FactKind.DUE_FOLLOWUP]


def test_a_called_case_waits_for_our_answer_and_nothing_of_the_conveners() -> None:
    case = new_case(our_role="called")
    row = case.add("calls_received", received_on=day(2), sender_unit="Socialtjänsten")
    assert due(case, PACK) == [Due(FactKind.DUE_OWN_REPLY, day(9), f"call_received:{row.id}", "Svara på kallelsen.")]
    row.reply_by = day(5)
    assert the(case, FactKind.DUE_OWN_REPLY).on == day(5)
    case.change(row, answer="substitute")
    case.add("meetings", starts_at=MET)
    assert kinds(case) == [FactKind.DUE_MEETING]


# --- the child's meeting is the pack's ---


def test_the_three_weeks_of_a_childs_meeting_are_the_packs_to_set() -> None:
    child = date(2015, 1, 1)
    wanted = [d.on for d in due(prepared(child), PACK) if d.kind == FactKind.DUE_MEETING]
    assert wanted == [day(21)]  # from the opening
    wanted = [d.on for d in due(prepared(child), VGR) if d.kind == FactKind.DUE_MEETING]
    assert wanted == [day(22)]  # from the yes
    assert FactKind.DUE_MEETING not in kinds(prepared(child), SORMLAND)
    assert FactKind.DUE_MEETING not in kinds(prepared(date(1990, 1, 1)))
    assert FactKind.DUE_MEETING not in kinds(prepared())


# --- properties ---


@given(st.integers(0, 400), st.integers(0, 400))
def test_a_later_start_is_never_due_earlier(one: int, other: int) -> None:
    def dues(shift: int) -> list[date]:
        case = new_case(opened_on=day(shift))
        step = [due(case, PACK)[0].on]
        case.add("assessments", on_date=day(shift), decision=True, offer="accepted")
        step.append(due(case, PACK)[0].on)
        case.add("discharges", ready_at=datetime.combine(day(shift), MET.time()))
        return [*step, *(d.on for d in due(case, PACK) if d.kind == FactKind.DUE_DISCHARGE_CALL)]

    early, late = dues(min(one, other)), dues(max(one, other))
    assert len(early) == len(late) == 3
    assert all(a <= b for a, b in zip(early, late, strict=True))


@given(st.permutations([new_case, assessed, prepared, booked, held, established]))
def test_dues_are_in_order_and_named_once(builders: list[Any]) -> None:
    for builder in builders:
        found = due(builder(), PACK)
        assert [d.on for d in found] == sorted(d.on for d in found)
        assert len({(d.kind, d.source) for d in found}) == len(found)
        assert all(d.kind.is_due and d.note.endswith(".") and len(d.note) <= 90 for d in found)


# --- ages ---


@pytest.mark.parametrize(
    ("age", "band"),
    [(0, "0–6"), (6, "0–6"), (7, "7–12"), (12, "7–12"), (13, "13–17"), (17, "13–17"), (18, "18–24"), (24, "18–24"),
     (25, "25–64"), (64, "25–64"), (65, "65–79"), (79, "65–79"), (80, "80+"), (115, "80+"), (None, "saknas"),
     (-1, "saknas")],
)  # fmt: skip
def test_age_bands_as_the_statistics_define_them(age: int | None, band: str) -> None:
    assert age_band(age) == band


@given(st.integers(0, 120), st.integers(0, 120))
def test_an_older_person_is_never_in_a_younger_band(one: int, other: int) -> None:
    order = ["0–6", "7–12", "13–17", "18–24", "25–64", "65–79", "80+"]
    low, high = sorted((one, other))
    assert order.index(age_band(low)) <= order.index(age_band(high))


@given(st.dates(date(1900, 1, 1), date(2030, 1, 1)), st.integers(0, 40_000))
def test_age_rises_by_one_on_the_birthday_and_at_no_other_time(birth: date, days: int) -> None:
    today = birth + timedelta(days=days)
    before, after = age_on(birth, today - timedelta(days=1)), age_on(birth, today)
    is_birthday = (today.month, today.day) == (birth.month, birth.day)
    is_first_march = (birth.month, birth.day) == (2, 29) and (today.month, today.day) == (3, 1)
    leap_day_passed = (today - timedelta(days=1)).day == 29
    assert after - before == (is_birthday or (is_first_march and not leap_day_passed))
    assert after == 0 if days < 365 else after >= 0
