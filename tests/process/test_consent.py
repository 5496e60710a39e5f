"""What may be given to whom: which consent is in force, what each recipient may know, which papers may be made."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sipctl import region
from sipctl.model.case import Case
from sipctl.model.casefile import CaseFile
from sipctl.model.person import Person
from sipctl.process.consent import allowed_categories, consent_in_force, guardian_advice, may_issue
from sipctl.process.context import Context
from sipctl.process.questions import module_of
from sipctl.vocabulary.case import Route
from sipctl.vocabulary.consent import Category, ConsentKind
from sipctl.vocabulary.documents import DocumentKind
from sipctl.vocabulary.units import Huvudman

DAY = date(2026, 4, 13)
SIP, INFORMATION = ConsentKind.SIP, ConsentKind.INFORMATION
EVERYTHING = frozenset(Category)
BASIC = frozenset({Category.BASIC})
CONTEXT = Context(
    today=DAY,
    guidance=region.load("standard"),
    unit="Vuxenenheten",
    huvudman=Huvudman.KOMMUN,
    coordinator="Test Testsson",
    phone="",
    kommun="0480",
)


def day(number: int) -> date:
    return DAY + timedelta(days=number)


def new_case(route: str = "opencare") -> CaseFile:
    """The individual, two units, a relative."""
    person = Person.model_validate({"name": "Prov Provsson", "id_kind": "unknown"})
    case = CaseFile(
        Case.model_validate({"ref": "2026-0001", "person_id": person.id, "route": route, "opened_on": day(-60)}), person
    )
    case.add("participants", key="D0", kind="person", name="Prov Provsson", position=-1)
    case.add("participants", key="D1", kind="unit", huvudman="region", unit_name="Psykosmottagningen")
    case.add("participants", key="D2", kind="unit", huvudman="kommun", unit_name="Hemtjänsten")
    case.add("participants", key="D3", kind="relative", name="Siv Påhittsson")
    return case


def consent(case: CaseFile, kind: ConsentKind, on: int = -30, **values: Any) -> Any:
    return case.add("consents", kind=kind, giver="individual", given_on=day(on), **values)


def scope(case: CaseFile, given: Any, *categories: str, to: str = "") -> None:
    person = case.by_key(to)
    case.add("scopes", consent_id=given.id, participant_id=person.id if person else None, categories=list(categories))


def may_know(case: CaseFile, key: str, on: int = 0) -> frozenset[Category]:
    return allowed_categories(case, case.by_key(key), day(on))


# --- which consent is in force ---


def test_without_a_consent_none_is_in_force() -> None:
    assert consent_in_force(new_case(), SIP, DAY) is None


def test_a_no_is_not_a_consent() -> None:
    case = new_case()
    consent(case, SIP, given=False)
    assert consent_in_force(case, SIP, DAY) is None


@pytest.mark.parametrize(("on", "holds"), [(-31, False), (-30, True), (0, True), (4000, True)])
def test_a_consent_holds_from_the_day_it_was_given(on: int, holds: bool) -> None:
    case = new_case()
    consent(case, SIP, -30)
    assert (consent_in_force(case, SIP, day(on)) is not None) is holds


@pytest.mark.parametrize(("on", "holds"), [(4, True), (5, True), (6, False)])
def test_a_consent_with_a_last_day_holds_through_that_day(on: int, holds: bool) -> None:
    case = new_case()
    consent(case, SIP, valid_to=day(5))
    assert (consent_in_force(case, SIP, day(on)) is not None) is holds


@pytest.mark.parametrize(("on", "holds"), [(4, True), (5, False), (6, False)])
def test_a_withdrawn_consent_ends_on_the_very_day(on: int, holds: bool) -> None:
    case = new_case()
    consent(case, SIP, withdrawn_on=day(5))
    assert (consent_in_force(case, SIP, day(on)) is not None) is holds


def test_the_two_consents_are_apart() -> None:
    case = new_case()
    consent(case, SIP)
    assert consent_in_force(case, SIP, DAY)
    assert consent_in_force(case, INFORMATION, DAY) is None


def test_the_latest_of_several_counts_and_of_one_day_the_one_entered_last() -> None:
    case = new_case()
    first, second = consent(case, SIP, -30), consent(case, SIP, -10)
    assert consent_in_force(case, SIP, DAY) is second
    third = consent(case, SIP, -10)
    assert consent_in_force(case, SIP, DAY) is third
    assert consent_in_force(case, SIP, day(-20)) is first


def test_a_consent_in_the_place_of_another_ends_it_for_good() -> None:
    """A withdrawn or run-out narrower consent must not bring the wider one back to life."""
    case = new_case()
    wide = consent(case, INFORMATION, -30)
    narrow = consent(case, INFORMATION, -20, supersedes=wide.id)
    assert consent_in_force(case, INFORMATION, DAY) is narrow
    narrow.valid_to = day(-1)
    assert consent_in_force(case, INFORMATION, DAY) is None
    narrow.valid_to, narrow.withdrawn_on = None, day(-1)
    assert consent_in_force(case, INFORMATION, DAY) is None


def test_a_consent_given_anew_after_a_withdrawal_holds() -> None:
    case = new_case()
    consent(case, SIP, -30, withdrawn_on=day(-20))
    again = consent(case, SIP, -10)
    assert consent_in_force(case, SIP, DAY) is again
    assert consent_in_force(case, SIP, day(-15)) is None


# --- what each may know ---


def test_the_individual_may_know_everything_always() -> None:
    case = new_case()
    assert allowed_categories(case, None, DAY) == EVERYTHING
    assert may_know(case, "D0") == EVERYTHING


def test_without_consent_others_know_the_bare_minimum() -> None:
    case = new_case()
    consent(case, SIP)
    assert {may_know(case, key) for key in ("D1", "D2", "D3")} == {BASIC}


def test_a_consent_without_a_scope_gives_the_bare_minimum() -> None:
    case = new_case()
    consent(case, INFORMATION)
    assert may_know(case, "D1") == BASIC


def test_everybody_may_know_what_the_consent_says() -> None:
    case = new_case()
    scope(case, consent(case, INFORMATION), "social", "health")
    assert may_know(case, "D1") == may_know(case, "D3") == {Category.BASIC, Category.SOCIAL, Category.HEALTH}


def test_what_is_said_of_one_recipient_wins_over_what_is_said_of_all() -> None:
    case = new_case()
    given = consent(case, INFORMATION)
    scope(case, given, "social", "health")
    scope(case, given, "family", to="D3")
    scope(case, given, to="D2")
    assert may_know(case, "D1") == {Category.BASIC, Category.SOCIAL, Category.HEALTH}
    assert may_know(case, "D3") == {Category.BASIC, Category.FAMILY}
    assert may_know(case, "D2") == BASIC, "named with nothing: kept out"


def test_a_scope_belongs_to_its_own_consent() -> None:
    case = new_case()
    wide = consent(case, INFORMATION, -30)
    scope(case, wide, "social", "health")
    scope(case, wide, "addiction", to="D1")
    narrow = consent(case, INFORMATION, -10, supersedes=wide.id)
    scope(case, narrow, "social")
    assert may_know(case, "D1") == {Category.BASIC, Category.SOCIAL}
    assert may_know(case, "D1", -20) == BASIC, "the wider consent is not brought back for an earlier day"


@pytest.mark.parametrize("ended", [{"withdrawn_on": day(-1)}, {"valid_to": day(-1)}])
def test_what_has_ended_leaves_the_bare_minimum(ended: dict[str, date]) -> None:
    case = new_case()
    scope(case, consent(case, INFORMATION, **ended), "social", "health")
    assert may_know(case, "D1") == BASIC
    assert may_know(case, "D0") == EVERYTHING


CATEGORIES = st.sets(st.sampled_from([category.value for category in Category]))


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.tuples(st.integers(-40, 5), CATEGORIES, st.none() | CATEGORIES, st.booleans(), st.booleans()),
             max_size=4)
)  # fmt: skip
def test_nobody_ever_knows_more_than_some_consent_in_force_grants(
    given_ones: list[tuple[int, set[str], set[str] | None, bool, bool]],
) -> None:
    case = new_case()
    granted: set[str] = set()
    for on, general, own, withdrawn, yes in given_ones:
        row = consent(case, INFORMATION, on, given=yes, withdrawn_on=day(0) if withdrawn else None)
        scope(case, row, *general)
        if own is not None:
            scope(case, row, *own, to="D1")
        if on <= 0 and yes and not withdrawn:
            granted |= general if own is None else own
    known = may_know(case, "D1")
    assert Category.BASIC in known
    assert {category.value for category in known} - {"basic"} <= granted


# --- which papers may be made ---

TO_OTHERS = (
    DocumentKind.CALL, DocumentKind.INVITATION, DocumentKind.LETTER, DocumentKind.AGENDA, DocumentKind.PLAN,
    DocumentKind.FOLLOWUP,
)  # fmt: skip
ALWAYS = (DocumentKind.CONSENT, DocumentKind.PREPARATION, DocumentKind.CLOSURE)


def possible(case: CaseFile, kind: DocumentKind, key: str = "D1", on: int = 0) -> bool:
    return may_issue(case, kind, case.by_key(key), day(on)).possible


@pytest.mark.parametrize("route", Route)
@pytest.mark.parametrize("kind", DocumentKind)
def test_with_consent_every_paper_may_be_made(route: Route, kind: DocumentKind) -> None:
    case = new_case(route)
    consent(case, SIP)
    assert all(possible(case, kind, key) for key in ("D0", "D1", "D3"))


@pytest.mark.parametrize("route", Route)
@pytest.mark.parametrize("kind", DocumentKind)
def test_without_consent_only_what_needs_none(route: Route, kind: DocumentKind) -> None:
    case = new_case(route)
    duty = route == Route.DISCHARGE and kind == DocumentKind.CALL
    assert possible(case, kind) is (kind in ALWAYS or duty)
    assert possible(case, kind, "D3") is (kind in ALWAYS or duty)


@pytest.mark.parametrize("route", Route)
@pytest.mark.parametrize("kind", DocumentKind)
def test_the_individuals_own_copy_is_never_refused(route: Route, kind: DocumentKind) -> None:
    case = new_case(route)
    consent(case, SIP, withdrawn_on=day(-1))
    assert possible(case, kind, "D0")
    assert may_issue(case, kind, None, DAY).possible


@pytest.mark.parametrize("kind", TO_OTHERS)
def test_a_withdrawal_of_the_whole_stops_sharing_from_that_day(kind: DocumentKind) -> None:
    case = new_case()
    consent(case, SIP, withdrawn_on=day(0))
    assert possible(case, kind, on=-1)
    verdict = may_issue(case, kind, case.by_key("D1"), DAY)
    assert not verdict.possible
    assert "tillbakataget" in verdict.reason


def test_a_consent_that_was_never_given_is_told_apart_from_one_withdrawn() -> None:
    case = new_case()
    assert "inte samtyckt" in may_issue(case, DocumentKind.PLAN, case.by_key("D1"), DAY).reason
    consent(case, SIP, withdrawn_on=day(3))
    assert possible(case, DocumentKind.PLAN)


@pytest.mark.parametrize("kind", TO_OTHERS)
def test_a_withdrawal_of_the_information_alone_leaves_bare_papers(kind: DocumentKind) -> None:
    """The SIP goes on; the papers are cut to what needs no consent."""
    case = new_case()
    consent(case, SIP)
    scope(case, consent(case, INFORMATION, withdrawn_on=day(-1)), "social", "health")
    assert possible(case, kind)
    assert may_know(case, "D1") == BASIC


def test_the_duty_to_call_at_discharge_is_told_as_advice() -> None:
    case = new_case("discharge")
    verdict = may_issue(case, DocumentKind.CALL, case.by_key("D1"), DAY)
    assert verdict.possible
    assert "Samtycke saknas" in verdict.advice
    consent(case, SIP)
    assert may_issue(case, DocumentKind.CALL, case.by_key("D1"), DAY).advice == ""


@pytest.mark.parametrize("kind", TO_OTHERS)
def test_who_has_left_gets_the_plan_and_nothing_more(kind: DocumentKind) -> None:
    case = new_case()
    consent(case, SIP)
    person = case.by_key("D1")
    assert person
    person.left_on = day(-1)
    assert possible(case, kind) is (kind == DocumentKind.PLAN)


def test_every_refusal_says_why_and_no_permission_does() -> None:
    for route in Route:
        for with_consent in (False, True):
            case = new_case(route)
            if with_consent:
                consent(case, SIP)
            for kind in DocumentKind:
                verdict = may_issue(case, kind, case.by_key("D1"), DAY)
                assert verdict.possible is (verdict.reason == "")


# --- by the form, as a person does it ---


def by_form(case: CaseFile, **answers: Any) -> None:
    module = module_of("consent")
    module.apply(case, module.present(case, CONTEXT) | answers, CONTEXT)


def agreed() -> CaseFile:
    """Consent to a SIP, and to information with one exception."""
    case = new_case()
    by_form(case, what="give_sip", sip_giver="individual", sip_form="spoken", sip_on=day(-30).isoformat())
    by_form(case, what="give_information", info_giver="individual", info_form="spoken",
            info_on=day(-30).isoformat(), know=["social", "health"], limits="Inget om syskonen.")  # fmt: skip
    return case


def test_a_narrowing_takes_the_place_of_the_wider_consent_which_stays_as_it_was_given() -> None:
    case = agreed()
    wide = consent_in_force(case, INFORMATION, DAY)
    assert wide
    before = wide.model_dump()
    by_form(case, what="narrow", narrow_on=day(-5).isoformat(), narrow_form="written", know=["social"], limits="")
    narrow = consent_in_force(case, INFORMATION, DAY)
    assert narrow
    assert narrow.supersedes == wide.id
    assert wide.model_dump() == before
    assert may_know(case, "D1") == {Category.BASIC, Category.SOCIAL}


def test_a_recipient_named_in_the_narrowing_wins() -> None:
    case = agreed()
    people = [{"key": "D1", "know": ["health"]}, {"key": "D2"}, {"key": "D3", "know": []}]
    by_form(case, what="narrow", narrow_on=day(-5).isoformat(), narrow_form="spoken", know=["social"],
            recipients=people)  # fmt: skip
    assert may_know(case, "D1") == {Category.BASIC, Category.HEALTH}
    assert may_know(case, "D2") == {Category.BASIC, Category.SOCIAL}
    assert may_know(case, "D3") == BASIC


@pytest.mark.parametrize(
    ("kinds", "sip", "information"),
    [(["sip", "information"], False, False), (["information"], True, False), (["sip"], False, True)],
)
def test_a_withdrawal_ends_what_it_names(kinds: list[str], sip: bool, information: bool) -> None:
    case = agreed()
    by_form(case, what="withdraw", withdrawn_kinds=kinds, withdrawn_on=DAY.isoformat(), withdrawn_by="den enskilde")
    assert (consent_in_force(case, SIP, DAY) is not None) is sip
    assert (consent_in_force(case, INFORMATION, DAY) is not None) is information
    assert possible(case, DocumentKind.PLAN) is sip


def test_a_withdrawal_after_a_narrowing_ends_both() -> None:
    case = agreed()
    by_form(case, what="narrow", narrow_on=day(-5).isoformat(), narrow_form="spoken", know=["social"])
    by_form(case, what="withdraw", withdrawn_kinds=["information"], withdrawn_on=DAY.isoformat(), withdrawn_by="Prov")
    assert may_know(case, "D1") == BASIC
    assert all(row.withdrawn_on for row in case.consents if row.kind == INFORMATION)


# --- guardians ---


@pytest.mark.parametrize(
    ("answer", "words"),
    [("refuses", "säger nej"), ("not_asked", "inte tillfrågad"), ("consents", ""), ("prevented", ""), ("board", "")],
)
def test_a_guardian_who_does_not_agree_is_advice_never_a_stop(answer: str, words: str) -> None:
    case = new_case()
    given_one = consent(case, SIP)
    case.add("guardians", consent_id=given_one.id, participant_id=case.participants[3].id, answer=answer)
    advice = guardian_advice(case, DAY)
    assert [words in line for line in advice] == ([True] if words else [])
    assert possible(case, DocumentKind.PLAN)


def test_guardians_of_an_earlier_consent_are_not_brought_up_again() -> None:
    case = new_case()
    before = consent(case, SIP, -30)
    case.add("guardians", consent_id=before.id, participant_id=case.participants[3].id, answer="refuses")
    consent(case, SIP, -10, supersedes=before.id)
    assert guardian_advice(case, DAY) == []
