"""What the convener has to do, step by step and at discharge; and the age bands of the statistics."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from due_cases import MET, PACK, assessed, booked, day, established, held, kinds, new_case, prepared, the
from hypothesis import given
from hypothesis import strategies as st

from sipctl.model.casefile import CaseFile
from sipctl.process.deadlines import Due, age_band, age_on, due
from sipctl.vocabulary.facts import FactKind

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
def test_a_no_leaves_only_closing_to_do_until_the_case_is_reopened(values: dict[str, Any]) -> None:
    case = new_case()
    case.add("assessments", on_date=day(1), **values)
    assert [(item.kind, item.on) for item in due(case, PACK)] == [(FactKind.DUE_CLOSE, day(1))]
    case.add("statuses", on_date=day(30), kind="reopened")
    assert the(case, FactKind.DUE_ASSESS).on == day(37)
    case.add("assessments", on_date=day(30), **values)  # answered anew, the same day
    assert [(item.kind, item.on) for item in due(case, PACK)] == [(FactKind.DUE_CLOSE, day(30))]


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


def test_the_day_of_admission_belongs_to_the_stay() -> None:
    case = discharged(admitted_on=day(2))
    meeting = case.add("meetings", starts_at=datetime(2026, 3, 4, 9, 0))
    unit = case.add("participants", key="D1", kind="unit")
    row = case.add("invitations", meeting_id=meeting.id, participant_id=unit.id, kind="kallelse", sent_on=day(2))
    assert FactKind.DUE_DISCHARGE_CALL not in kinds(case)
    case.drop("invitations", row)
    case.change(meeting, state="held", kind="reconcile")
    assert FactKind.DUE_DISCHARGE_CALL not in kinds(case)


def test_no_kallelse_is_due_when_no_sip_is_needed() -> None:
    case = discharged()
    case.add("assessments", on_date=day(2), decision=False)
    assert [item.kind for item in due(case, PACK)] == [FactKind.DUE_CLOSE]


def test_at_discharge_the_preparation_may_follow_the_kallelse() -> None:
    case = discharged(ready_at=None)
    case.add("participants", key="D1", kind="unit")
    assert set(kinds(case)) == {FactKind.DUE_PLAN, FactKind.DUE_INVITE}
    case.discharges[0].ready_at = datetime(2026, 3, 5, 9, 0)
    assert set(kinds(case)) == {FactKind.DUE_PLAN, FactKind.DUE_DISCHARGE_CALL}  # one reminder to call, not two


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
