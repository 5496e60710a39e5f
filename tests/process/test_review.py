"""The four contents that the law demands, and the advice beside them."""

from datetime import date, datetime
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sipctl import region
from sipctl.model.case import Case
from sipctl.model.casefile import CaseFile
from sipctl.model.person import Person
from sipctl.model.plan import Action, Plan
from sipctl.process.review import Advice, missing_contents, warnings
from sipctl.vocabulary.plans import Performer
from sipctl.vocabulary.units import Huvudman

PACK = region.load("standard")
TODAY = date(2026, 4, 13)
NEW_LAW = "10 kap. 8–9 §§ socialtjänstlagen (2025:400)"


def new_plan(born: date | None = None, **values: Any) -> tuple[CaseFile, Plan]:
    """A case with an empty draft plan."""
    person = Person.model_validate({"name": "Prov Person", "id_kind": "unknown", "birth_date": born})
    fields = {"ref": "2026-0001", "person_id": person.id, "route": "opencare", "opened_on": date(2026, 3, 2)}
    case = CaseFile(Case.model_validate({**fields, **values}), person)
    return case, case.add("plans", number=1, kind="draft")


def add_action(case: CaseFile, plan: Plan, performer: str, **values: Any) -> Action:
    number = len(case.actions) + 1
    fields = {"text": "Samtal", "goal_key": "M1", "start": "nu", "due": date(2026, 6, 1), "responsible": "Enheten"}
    row: Action = case.add(
        "actions",
        **{**fields, "plan_id": plan.id, "key": f"I{number}", "position": number, "performer": performer, **values},
    )
    return row


def good_plan(born: date | None = None, **values: Any) -> tuple[CaseFile, Plan]:
    """A plan that nobody has anything to say about."""
    case, plan = new_plan(born, **values)
    case.add("needs", plan_id=plan.id, key="B1", position=1, text="sömn")
    case.add("goals", plan_id=plan.id, need_key="B1", key="M1", position=1, own_words="Jag vill sova hela natten")
    for performer in ("kommun", "region", "individual"):
        add_action(case, plan, performer)
    meeting = case.add("meetings", starts_at=datetime(2026, 4, 13, 13, 0), state="held")
    person = case.add("participants", key="D0", kind="person")
    case.add("attendances", meeting_id=meeting.id, participant_id=person.id, presence="came")
    for kind in ("sip", "information"):
        case.add("consents", kind=kind, giver="individual", given_on=date(2026, 3, 3), told_withdrawal=True)
    case.change(
        plan,
        meeting_id=meeting.id,
        responsible_huvudman="kommun",
        responsible_person="Prov Handläggare",
        matters="att få sova",
        followup_on=date(2026, 7, 1),
        followup_by="Prov Handläggare",
    )
    return case, plan


def advice(case: CaseFile, plan: Plan) -> list[str]:
    return [item.text for item in warnings(case, plan, TODAY, PACK)]


# --- the four contents ---


def test_an_empty_plan_lacks_all_four_each_with_its_place() -> None:
    found = missing_contents(*new_plan())
    assert [(item.number, item.where) for item in found] == [
        (1, "needs"),
        (2, "needs"),
        (3, "others_none"),
        (4, "responsible_huvudman"),
    ]
    assert all(item.what.endswith(".") for item in found)


def test_a_whole_plan_lacks_nothing() -> None:
    assert missing_contents(*good_plan()) == []


PARTS = ("kommun", "other", "none", "responsible")


@pytest.mark.parametrize("parts", [c for n in range(5) for c in combinations(PARTS, n)])
def test_each_content_is_missed_exactly_when_it_is_not_there(parts: tuple[str, ...]) -> None:
    case, plan = new_plan()
    if "kommun" in parts:
        add_action(case, plan, "kommun")
    if "other" in parts:
        add_action(case, plan, "school")
    plan.others_none = "none" in parts
    plan.responsible_huvudman = Huvudman.REGION if "responsible" in parts else None
    expected = {
        1: "kommun" not in parts and "other" not in parts,
        2: "kommun" not in parts,
        3: "other" not in parts and "none" not in parts,
        4: "responsible" not in parts,
    }
    assert {item.number for item in missing_contents(case, plan)} == {
        n for n, is_missing in expected.items() if is_missing
    }


@given(st.lists(st.sampled_from(list(Performer)), max_size=6), st.booleans())
def test_kommun_and_region_are_huvudmen_and_all_else_is_somebody_other(performers: list[Performer], none: bool) -> None:
    case, plan = new_plan()
    for performer in performers:
        add_action(case, plan, performer)
    plan.others_none = none
    plan.responsible_huvudman = Huvudman.KOMMUN
    own = [p for p in performers if p in ("kommun", "region")]
    expected = [1] * (not performers) + [2] * (not own) + [3] * (not none and len(own) == len(performers))
    assert [item.number for item in missing_contents(case, plan)] == expected


def test_an_insats_that_says_nothing_does_not_count() -> None:
    case, plan = good_plan()
    for action in case.actions:
        action.text = "  "
    assert [item.number for item in missing_contents(case, plan)] == [1, 2, 3]


def test_insatser_of_another_version_do_not_count() -> None:
    case, _old = good_plan()
    case.change(_old, kind="plan", established_on=TODAY)
    new = case.add("plans", number=2, kind="draft", others_none=True, responsible_huvudman="kommun")
    assert [item.number for item in missing_contents(case, new)] == [1, 2]


def test_another_cannot_have_the_overall_responsibility() -> None:
    case, plan = good_plan()
    plan.responsible_huvudman = Huvudman.OTHER
    assert [item.number for item in missing_contents(case, plan)] == [4]


# --- advice ---


def test_a_good_plan_gets_no_advice() -> None:
    assert advice(*good_plan()) == []


@pytest.mark.parametrize(
    ("table", "values", "text"),  # the advice begins so
    [
        ("plans", {"matters": " "}, "Det framgår inte vad som är viktigt för den enskilde."),
        ("plans", {"followup_on": None}, "Planen har inget datum för uppföljning."),
        ("plans", {"followup_on": date(2026, 4, 12)}, "Datumet för uppföljning ligger före planens datum."),
        ("plans", {"followup_by": ""}, "Det framgår inte vem som kallar till uppföljningen."),
        ("plans", {"responsible_person": ""}, "Ingen person är utsedd att hålla i planen"),
        ("plans", {"others_none": True}, "Planen säger att ingen annan gör något, men"),
        ("goals", {"own_words": ""}, "Inget mål är skrivet med den enskildes egna ord."),
        ("needs", {"key": "B2"}, "Behov utan mål: B2."),
        ("goals", {"key": "M2"}, "Mål utan insats: M2."),
        ("actions", {"responsible": ""}, "Insatser utan ansvarig verksamhet eller person: I1."),
        ("actions", {"start": ""}, "Insatser utan uppgift om när de börjar: I1."),
        ("actions", {"due": None}, "Insatser utan datum"),
        ("attendances", {"presence": "absent"}, "Den enskilde var inte med på mötet. Skriv hur"),
        ("attendances", {"presence": "substitute"}, "Den enskilde var inte med på mötet. Skriv hur"),
        ("participants", {"kind": "other"}, "Det är inte antecknat om den enskilde var med på mötet."),
        ("consents", {"withdrawn_on": date(2026, 4, 1)}, "Det finns inget gällande samtycke till att en SIP görs."),
        ("consents", {"kind": "sip", "given": False}, "Det finns inget gällande samtycke till att en SIP görs."),
        ("consents", {"valid_to": date(2026, 6, 30)}, "Ett samtycke går ut före uppföljningen."),
        ("consents", {"giver": "cannot"}, "Den enskilde kan inte ta ställning, men det saknas"),
    ],
)  # fmt: skip
def test_one_thing_wrong_gives_that_advice_and_no_other(table: str, values: dict[str, Any], text: str) -> None:
    case, plan = good_plan()
    case.change(getattr(case, table)[0], **values)
    [only] = advice(case, plan)
    assert only.startswith(text)


@pytest.mark.parametrize(
    ("table", "values"),
    [
        ("plans", {"followup_on": TODAY}),
        ("consents", {"valid_to": date(2026, 7, 1)}),
        ("consents", {"giver": "cannot", "cannot_judged_by": "läkare", "cannot_ground": "OSL 25:13"}),
    ],
)
def test_the_last_day_and_the_whole_record_are_enough(table: str, values: dict[str, Any]) -> None:
    case, plan = good_plan()
    case.change(getattr(case, table)[0], **values)
    assert advice(case, plan) == []


def test_it_is_enough_to_have_told_once_that_consent_can_be_withdrawn() -> None:
    case, plan = good_plan()
    case.change(case.consents[0], told_withdrawal=None)
    assert advice(case, plan) == []
    for consent in case.consents:
        case.change(consent, told_withdrawal=None)
    [only] = advice(case, plan)
    assert only.startswith("Det är inte antecknat att den enskilde vet")


def test_half_a_record_of_who_cannot_decide_is_not_enough() -> None:
    case, plan = good_plan()
    case.change(case.consents[0], giver="cannot", cannot_judged_by="läkare")
    assert len(advice(case, plan)) == 1


def test_presence_is_that_of_the_plans_own_meeting() -> None:
    case, plan = good_plan()
    later = case.add("meetings", starts_at=datetime(2026, 5, 4, 9, 0), state="held")
    person = case.participants[0]
    row = case.add("attendances", meeting_id=later.id, participant_id=person.id, presence="absent")
    assert advice(case, plan) == []
    case.change(plan, meeting_id=None)  # no meeting of its own: the latest one held
    assert len(advice(case, plan)) == 1
    case.change(row, presence="came")
    assert advice(case, plan) == []


def test_the_two_consents_are_told_apart() -> None:
    case, plan = good_plan()
    case.drop("consents", case.consents[1])
    assert advice(case, plan) == ["Det finns inget gällande samtycke till att uppgifter lämnas ut."]


def test_the_individuals_own_insats_needs_no_other_name() -> None:
    case, plan = good_plan()
    case.change(case.actions[2], responsible="")
    assert advice(case, plan) == []
    case.change(case.actions[1], responsible="", participant_id=case.participants[0].id)
    assert advice(case, plan) == []


def test_only_one_huvudman_is_worth_a_question_but_not_on_gotland() -> None:
    case, plan = good_plan()
    case.drop("actions", case.actions[0])
    asked = Advice("Bara regionen har insatser. Saknas något, eller räcker det med en huvudman?", NEW_LAW)
    assert warnings(case, plan, TODAY, PACK) == [asked]
    case.case.kommun = "0980"
    assert warnings(case, plan, TODAY, PACK) == []


def test_a_plan_without_goals_is_told_so_once() -> None:
    case, plan = good_plan()
    case.drop("goals", case.goals[0])
    assert "Planen har inget mål." in advice(case, plan)
    assert "Inget mål är skrivet med den enskildes egna ord." not in advice(case, plan)


def test_consent_is_judged_as_it_stood_when_the_plan_was_established() -> None:
    case, plan = good_plan()
    case.change(case.consents[0], withdrawn_on=date(2026, 4, 13))
    assert advice(case, plan) == ["Det finns inget gällande samtycke till att en SIP görs."]
    case.change(plan, kind="plan", established_on=date(2026, 4, 12))
    assert advice(case, plan) == []


# --- children and other plans ---


def child_plan(giver: str) -> tuple[CaseFile, Plan]:
    case, plan = good_plan(date(2015, 1, 1))
    for consent in case.consents:
        case.change(consent, giver=giver, child_view="vill gå i skolan")
    return case, plan


def test_the_child_is_heard() -> None:
    case, plan = child_plan("guardians")
    assert advice(case, plan) == []
    for consent in case.consents:
        case.change(consent, child_view="")
    found = warnings(case, plan, TODAY, PACK)
    assert found == [
        Advice("Det framgår inte vad barnet eller den unge själv säger.", "21 kap. 1 § socialtjänstlagen (2025:400)")
    ]
    case.person.birth_date = date(2008, 4, 13)
    assert advice(case, plan) == []  # eighteen that very day


@pytest.mark.parametrize(
    ("second", "is_open"),
    [("consents", False), ("prevented", False), ("board", False), ("refuses", True), ("not_asked", True), (None, True)],
)
def test_two_guardians_decide_together(second: str | None, is_open: bool) -> None:
    case, plan = child_plan("guardians")
    parents = [case.add("participants", key=f"D{n}", kind="guardian") for n in (1, 2)]
    for consent in case.consents:
        for parent, answer in zip(parents, ("consents", second), strict=True):
            if answer:
                case.add("guardians", consent_id=consent.id, participant_id=parent.id, answer=answer)
    withdrawn = case.add("consents", kind="sip", giver="guardians", given_on=date(2026, 3, 1), given=False)
    for parent in parents:  # what was said about another consent is another matter
        case.add("guardians", consent_id=withdrawn.id, participant_id=parent.id, answer="refuses")
    text = "En vårdnadshavare har sagt nej eller inte tillfrågats. Två vårdnadshavare bestämmer tillsammans."
    assert advice(case, plan) == [text] * is_open


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Individuell plan enligt LSS", ["lss_plan"]),
        ("lss-plan från 2024", ["lss_plan"]),
        ("öppen vård enligt LPT", ["coercive_care"]),
        ("LRV; LSS", ["lss_plan", "coercive_care"]),
        ("genomförandeplan i HÄLSSA", []),
    ],
)
def test_other_plans_are_linked_and_never_merged(written: str, expected: list[str]) -> None:
    case, plan = good_plan()
    case.add("assessments", on_date=date(2026, 3, 2), decision=True, existing_plans=written)
    assert [item.source for item in warnings(case, plan, TODAY, PACK)] == [
        PACK.citation(key, TODAY) for key in expected
    ]


def test_a_disability_brings_lss_to_mind() -> None:
    for group, count in (("disability_adult", 1), ("disability_child", 1), ("elderly", 0)):
        case, plan = good_plan(target_group=group)
        assert len(warnings(case, plan, TODAY, PACK)) == count


def test_every_advice_names_a_source_and_never_the_person() -> None:
    case, plan = new_plan(date(2015, 1, 1), target_group="disability_child")
    found = warnings(case, plan, TODAY, PACK)
    assert len(found) > 6
    assert all(item.source and item.text.endswith((".", "?")) and "Prov" not in item.text for item in found)


def test_before_the_law_of_2025_the_older_one_is_cited() -> None:
    case, plan = new_plan()
    add_action(case, plan, "kommun")
    sources = {item.source for item in warnings(case, plan, date(2025, 6, 30), PACK)}
    assert "2 kap. 7 § socialtjänstlagen (2001:453)" in sources
    assert NEW_LAW not in sources
