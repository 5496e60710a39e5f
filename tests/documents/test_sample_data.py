"""The invented data of ``template preview``: shaped as a real document's, complete or bare, and marked."""

import json
from typing import Any

import pytest
from sip_samples import adult, guidance, issue

from sipctl.documents import fields, template
from sipctl.documents.content import build
from sipctl.documents.sample import NOTICE, sample
from sipctl.documents.template import docx_text
from sipctl.places import is_test_number
from sipctl.vocabulary.documents import DocumentKind

EMPTY = pytest.mark.parametrize("empty", [False, True], ids=["full", "empty"])
KINDS = pytest.mark.parametrize("kind", DocumentKind)


def names(data: Any, before: str = "") -> set[str]:
    """The dotted names of nested data; rows of a list together."""
    if isinstance(data, list):
        return {name for row in data for name in names(row, before)} if data and isinstance(data[0], dict) else {before}
    if not isinstance(data, dict):
        return {before}
    return {name for key, value in data.items() for name in names(value, f"{before}.{key}" if before else key)}


@KINDS
@EMPTY
def test_it_has_the_names_of_a_real_document(kind: DocumentKind, empty: bool) -> None:
    case = adult()
    found = sample(kind, guidance(), empty=empty)
    real = build(kind, case, issue(case.participants[0], case))
    assert found.keys() == real.keys()
    assert json.loads(json.dumps(found)) == found
    lists = tuple(f"{name}." for name in fields.LISTS)
    single = {name for name in names(real) if not name.startswith(lists) and name not in fields.LISTS}
    assert {name for name in names(found) if not name.startswith(lists) and name not in fields.LISTS} == single
    known = {"text", *(field.name for field in fields.FIELDS)}
    assert {name for name in names(found) if name.split(".")[0] != "text"} - known <= set(fields.LISTS)


@KINDS
@EMPTY
def test_every_shipped_template_renders_it(kind: DocumentKind, empty: bool) -> None:
    compiled = template.compile(guidance().templates[kind.value], known=fields.known_for(kind, guidance().texts))
    text = docx_text(compiled.render(sample(kind, guidance(), empty=empty)))
    assert NOTICE in text
    assert "{{" not in text


@KINDS
def test_the_full_sample_gives_everything_that_the_kind_carries(kind: DocumentKind) -> None:
    found = sample(kind, guidance())
    missing = [
        field.name
        for field in fields.FIELDS
        if fields.carries(kind, field.name)
        and field.example is not None
        and not isinstance(field.example, bool)
        and not any(_values(found, field.name))
    ]
    optional = {"recipient.role", "recipient.unit", "recipient.huvudman", "recipient.send_by", "recipient.brings"}
    assert set(missing) <= optional


@KINDS
def test_lists_have_several_rows(kind: DocumentKind) -> None:
    found = sample(kind, guidance())
    for path in fields.LISTS:
        if any(fields.carries(kind, field.name) for field in fields.FIELDS if field.name.startswith(f"{path}.")):
            rows = [row for value in _values(found, path) for row in value]
            assert len(rows) >= (1 if path == "plan.absent" else 2), path


@KINDS
def test_the_bare_sample_has_what_is_always_there_and_no_more(kind: DocumentKind) -> None:
    found = sample(kind, guidance(), empty=True)
    assert found["person"]["label"] == "T.T., ärende 2026-0000"
    assert (found["person"]["name"], found["sender"]["phone"], found["recipient"]["address"]) == (None, None, None)
    assert (found["others"], found["plan"]["needs"], found["extras"]) == ([], [], [])
    assert bool(found["meeting"]["starts_at"]) == fields.carries(kind, "meeting.starts_at")


def test_it_is_marked_as_invented_and_names_nobody() -> None:
    found = sample(DocumentKind.CALL, guidance())
    assert (found["sip"]["number"], found["sip"]["ref"]) == ("PROV-0000", "2026-0000")
    assert found["document"]["notice"] == NOTICE
    assert is_test_number(found["person"]["id_number"])
    surnames = {name.split()[-1] for name in _values(found, "others.name")} | {found["person"]["name"].split()[-1]}
    assert surnames <= {"Testsson", "Exempelsson", "Provsson"}


def test_what_is_composed_is_composed_of_the_sample() -> None:
    plan = sample(DocumentKind.PLAN, guidance())["plan"]
    assert [need["number"] for need in plan["needs"]] == ["1", "2"]
    assert [goal["number"] for need in plan["needs"] for goal in need["goals"]] == ["1.1", "1.2", "2.1"]
    assert plan["responsible"]["line"] == "Kim Provsson, Socialpsykiatrin Påhittstad, kommunen"
    assert plan["present"][0]["line"] == "Test Testsson, den enskilde"


def _values(data: Any, path: str) -> list[Any]:
    """Everything at a dotted name, through lists."""
    found = [data]
    for part in path.split("."):
        rows = [row for each in found for row in (each if isinstance(each, list) else [each])]
        found = [row[part] for row in rows]
    return found
