"""What is due later on: follow-up, consent, birthdays; and what roles, states and packs change."""

from datetime import date, datetime

import pytest
from due_cases import (
    MET,
    PACK,
    assessed,
    booked,
    day,
    established,
    established_child,
    held,
    kinds,
    new_case,
    prepared,
    the,
)

from sipctl import region
from sipctl.process.deadlines import Due, due
from sipctl.vocabulary.case import CaseState
from sipctl.vocabulary.facts import FactKind

SORMLAND = region.load("sormland")
VGR = region.load("vastra-gotaland")

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
    assert [(item.kind, item.on) for item in due(case, PACK)] == [(FactKind.DUE_CLOSE, date(2026, 10, 1))]


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
    assert FactKind.DUE_AGE not in kinds(new_case(born))


def test_who_turns_eighteen_the_day_after_the_opening_has_one() -> None:
    assert the(new_case(date(2008, 3, 3)), FactKind.DUE_AGE).on == day(1)


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
    assert FactKind.DUE_MEETING in kinds(prepared(date(2008, 3, 3)))
    assert FactKind.DUE_MEETING not in kinds(prepared(date(2008, 3, 2)))  # eighteen that day
    assert FactKind.DUE_MEETING not in kinds(prepared())
