"""What documents say: complete data for each kind, in every shipped template."""

import io
import json
from datetime import date, datetime
from typing import Any

import docx
import pytest
from sip_samples import SETTINGS, adult, child, close, discharge, guidance, issue

from sipctl.documents import fields, template
from sipctl.documents.content import build, required_categories
from sipctl.documents.fields import TREE, Branch
from sipctl.model.casefile import CaseFile
from sipctl.vocabulary.case import TargetGroup
from sipctl.vocabulary.consent import Category
from sipctl.vocabulary.documents import DocumentKind
from sipctl.vocabulary.plans import Performer
from sipctl.vocabulary.units import Huvudman

K = DocumentKind
PACKS = ("standard", "vastra-gotaland", "sormland")


def text_of(document: bytes) -> str:
    """Everything a reader sees: body in order, tables, headers and footers."""
    found = docx.Document(io.BytesIO(document))
    section = found.sections[0]
    parts = [found.element.body, section.header._element, section.footer._element]
    lines = []
    for part in parts:
        for paragraph in part.iter(docx.oxml.ns.qn("w:p")):
            lines.append("".join(piece.text or "\n" for piece in paragraph.iter() if piece.tag.endswith(("}t", "}br"))))
    return "\n".join(lines)


def rendered(kind: DocumentKind, case: CaseFile, changes: dict[str, Any] | None = None, pack: str = "standard") -> str:
    """The text of a document to ``changes["recipient"]``, everything allowed unless said otherwise."""
    changes = dict(changes or {})
    found = guidance(pack)
    data = build(kind, case, issue(changes.pop("recipient", None), case, guidance=found, **changes))
    path = found.templates[kind.value]
    return text_of(template.compile(path, known=dict(fields.KNOWN)).render(data))


def shape(node: Branch) -> set[str]:
    return set(node.children)


def assert_shaped(data: Any, node: Branch, where: str = "") -> None:
    for row in data if node.repeated else [data]:
        assert set(row) == shape(node), where
        for name, child_node in node.children.items():
            if isinstance(child_node, Branch):
                assert_shaped(row[name], child_node, f"{where}.{name}")


@pytest.mark.parametrize("kind", DocumentKind)
@pytest.mark.parametrize("make", [adult, child, discharge])
def test_data_is_plain_json_with_every_name(kind: DocumentKind, make: Any) -> None:
    case = make()
    for recipient in (None, *case.participants):
        data = build(kind, case, issue(recipient, case))
        assert json.loads(json.dumps(data)) == data
        assert_shaped({name: data[name] for name in TREE.children}, TREE)


@pytest.mark.parametrize("pack", PACKS)
@pytest.mark.parametrize("kind", DocumentKind)
def test_every_kind_renders_in_every_pack(kind: DocumentKind, pack: str) -> None:
    case = adult()
    close(case)
    text = rendered(kind, case, {"recipient": case.participants[0]}, pack)
    assert "7K3M-9QXT" in text
    assert "Ej angivet" not in text
    assert "None" not in text


@pytest.mark.parametrize("kind", DocumentKind)
def test_an_empty_case_renders_too(kind: DocumentKind) -> None:
    full = adult()
    assert rendered(kind, CaseFile(case=full.case, person=full.person))


@pytest.mark.parametrize("kind", DocumentKind)
def test_examples_fill_the_template(kind: DocumentKind) -> None:
    found = template.compile(guidance().templates[kind.value], known=dict(fields.known_for(kind)))
    example = fields.example_data(kind, guidance().texts)
    assert_shaped({name: example[name] for name in TREE.children}, TREE)
    assert "{{" not in text_of(found.render(example))


def test_names_are_unique_and_lists_are_branches() -> None:
    names = [field.name for field in fields.FIELDS]
    assert len(names) == len(set(names))
    for name in fields.LISTS:
        node: Any = TREE
        for part in name.split("."):
            node = node.children[part]
        assert node.repeated, name


@pytest.mark.parametrize("pack", PACKS)
def test_the_four_contents_stand_in_the_plan(pack: str) -> None:
    text = rendered(K.PLAN, adult(), pack=pack)
    assert "Läkarbesök: se över medicinen och tiderna för den" in text  # which insatser
    assert "regionen" in text  # which insatser each huvudman answers for
    assert "kommunen" in text
    assert "Ringer på söndagar (närstående: Anna Testsson)" in text  # what somebody other does
    assert "Övergripande ansvar för planen" in text  # who has overall responsibility
    assert "kommunen, Boendestödet Påhittstad" in text


def test_nobody_other_is_said_out_loud() -> None:
    case = adult()
    for action in case.actions:
        action.performer = Performer.KOMMUN
    case.plans[-1].others_none = True
    assert guidance().texts["plan_others_none"] in rendered(K.PLAN, case)


def test_a_draft_is_marked_and_a_plan_is_not() -> None:
    assert "UTKAST" in rendered(K.PLAN, child())
    assert "UTKAST" not in rendered(K.PLAN, adult())


def test_own_words_come_before_the_situation() -> None:
    text = rendered(K.PLAN, adult())
    assert text.index("Jag vill sova om nätterna") < text.index("Test bor i egen lägenhet")


def test_present_absent_and_substitute() -> None:
    plan = build(K.PLAN, adult(), issue(None, adult()))["plan"]
    assert plan["present"] == []  # another case's plan: nothing is mixed up
    case = adult()
    plan = build(K.PLAN, case, issue(None, case))["plan"]
    assert plan["present"][0]["line"] == "Test Testsson, den enskilde"
    assert plan["present"][2]["line"].endswith("(kommunen), ersattes av Jo Vikariesson")
    assert [row["line"] for row in plan["absent"]] == [
        "Distriktsläkare, Påhittets vårdcentral (regionen)",
        "Sam Handläggsson, handläggare, Försäkringskassan",
    ]


def test_goals_and_insatser_of_a_followup_come_in_the_plans_order() -> None:
    case = adult()
    found = build(K.FOLLOWUP, case, issue(None, case))["followup"]
    assert [goal["text"] for goal in found["goals"]] == [
        "Sova hela natten utan att vara rädd",
        "Veta vem jag ringer när rösterna blir starka",
        "Spela gitarr med andra igen",
    ]
    assert found["goals"][0]["result"] == "delvis uppnått"
    assert [action["result"] for action in found["actions"]][:2] == ["genomförd", "pågår"]


def test_a_followup_names_the_plan_it_followed_though_a_draft_lies_on_the_desk() -> None:
    case = adult()
    case.add("plans", number=2, kind="draft")
    assert build(K.FOLLOWUP, case, issue(None, case))["plan"]["number"] == 1
    assert build(K.CLOSURE, case, issue(None, case))["plan"]["number"] == 1
    assert build(K.PLAN, case, issue(None, case))["plan"]["draft"] is True


def test_citations_follow_the_documents_day() -> None:
    case = adult()
    old = build(K.CALL, case, issue(None, case, today=date(2025, 6, 30)))["sip"]["law"]
    new = build(K.CALL, case, issue(None, case, today=date(2025, 7, 1)))["sip"]["law"]
    assert "2001:453" in old
    assert "2025:400" in new
    assert "2017:30" in new
    assert "2017:612" in build(K.CALL, discharge(), issue(None))["sip"]["law"]


def test_call_and_invitation_differ_in_tone() -> None:
    case = adult()
    duty = guidance().texts["call_duty"]
    assert duty in rendered(K.CALL, case, {"recipient": case.participants[0]})
    invited = rendered(K.INVITATION, case, {"recipient": case.participants[3]})
    assert duty not in invited
    assert "Skyldigheten" not in invited
    assert guidance().texts["invitation_voluntary"] in invited


def test_call_for_discharge_has_its_clock() -> None:
    case = discharge()
    data = build(K.CALL, case, issue(case.participants[0], case))
    assert data["discharge"]["ready_at"] == "2026-08-31T14:30"
    assert data["discharge"]["call_by"] == "2026-09-03"
    case.discharges[-1].ready_withdrawn_at = datetime(2026, 9, 1, 9, 0)
    data = build(K.CALL, case, issue(case.participants[0], case))
    assert data["discharge"]["call_by"] is None


def test_the_letter_to_the_individual_says_their_rights() -> None:
    text = rendered(K.LETTER, adult())
    for key in ("letter_right_no", "letter_right_bring", "letter_right_topics", "letter_change"):
        assert guidance().texts[key] in text
    assert "Hej Test!" in text


def test_numbers_stay_out_of_letters_that_have_no_use_for_them() -> None:
    case = adult()
    for kind in (K.INVITATION, K.LETTER, K.AGENDA):
        assert "19800105" not in rendered(kind, case, {"recipient": case.participants[3]})
    assert "19800105-2383" in rendered(K.CALL, case, {"recipient": case.participants[0]})


def test_required_categories_follow_what_the_plan_holds() -> None:
    case = adult()
    plan = case.plans[-1]
    assert required_categories(K.PLAN, case, plan) == {
        *(Category.BASIC, Category.SOCIAL, Category.HEALTH, Category.FAMILY)
    }
    case.case.target_group = TargetGroup.ADDICTION
    assert Category.ADDICTION in required_categories(K.PLAN, case, plan)
    young = child()
    assert Category.SCHOOL in required_categories(K.PLAN, young, young.plans[-1])
    assert required_categories(K.PLAN, CaseFile(case=case.case, person=case.person), None) == {Category.BASIC}
    assert required_categories(K.INVITATION, discharge(), None) == {Category.BASIC, Category.SOCIAL, Category.HEALTH}


def test_the_sender_is_the_cases_coordinator_or_ours() -> None:
    case = adult()
    case.case.coordinator = ""
    data = build(K.CALL, case, issue(None, case, settings=SETTINGS._replace(coordinator="Eli Provsson")))
    assert data["sender"]["name"] == "Eli Provsson"
    assert data["sender"]["huvudman"] == Huvudman.KOMMUN._label


def test_consent_form_shows_what_is_already_agreed() -> None:
    case = adult()
    found = build(K.CONSENT, case, issue(None, case))["consent"]
    first, *_, last = found["recipients"]
    assert [c["letter"] for c in first["choices"]] == list("ABCDEFG")
    assert [c["label"] for c in first["choices"] if c["box"] == "☒"] == [
        "stöd från socialtjänsten och hur vardagen fungerar",
        "hälsa, vård och behandling",
    ]
    assert all(c["box"] == "☐" for c in last["choices"])
