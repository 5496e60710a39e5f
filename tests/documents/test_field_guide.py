"""The list of fields as a Word document: whole, true to the engine, and accessible."""

import io
import re
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from engine_docs import docx as document_of
from engine_docs import para, row, table
from openxml_audit import OpenXmlValidator
from sip_samples import guidance

from sipctl.documents import fields, template
from sipctl.documents.field_guide import field_guide, guide_data
from sipctl.documents.guide_texts import GROUPS, ITEMS, TAGS
from sipctl.documents.template.filters import filters
from sipctl.vocabulary.consent import Category
from sipctl.vocabulary.documents import DocumentKind

KINDS = pytest.mark.parametrize("kind", [None, *DocumentKind], ids=str)


COPIED = re.compile(r"\{\{ (.+?) \}\}|\{% if (\S+) %\} … \{% endif %\}")


OTHER_NAMES = {"d", "count", "e", "escape"}
"""Filters that are another name for one that is shown, or do what is done anyway."""


def data(kind: DocumentKind | None) -> dict[str, Any]:
    return guide_data(kind, guidance().texts, "Standard")


def known(kind: DocumentKind | None) -> Any:
    return fields.known_for(kind, guidance().texts)


def tables(found: dict[str, Any]) -> list[dict[str, Any]]:
    """Every row of fields, of groups and of lists."""
    return [
        field
        for group in found["groups"]
        for field in (*group["fields"], *(each for listed in group["lists"] for each in listed["fields"]))
    ]


@KINDS
def test_every_field_of_the_kind_is_told_once(kind: DocumentKind | None) -> None:
    carried = [field for field in fields.FIELDS if kind is None or fields.carries(kind, field.name)]
    found = data(kind)
    plain = [listed["title"].removeprefix("Lista: ") for group in found["groups"] for listed in group["lists"]]
    told = [row["meaning"] for row in tables(found)]
    lists = [field for field in carried if isinstance(field.example, list)]
    assert sorted(told) == sorted(field.meaning for field in carried if field not in lists)
    assert {field.name for field in lists} <= set(plain)
    assert len(plain) == len(set(plain))


def test_without_a_kind_every_list_is_told() -> None:
    told = {listed["title"] for group in data(None)["groups"] for listed in group["lists"]}
    assert told >= {f"Lista: {path}" for path in fields.LISTS}
    assert {group["title"] for group in data(None)["groups"]} == set(GROUPS.values())
    assert set(ITEMS) == {*fields.LISTS, *(f.name for f in fields.FIELDS if isinstance(f.example, list))}


@KINDS
def test_whatever_is_copied_is_right_in_a_template(kind: DocumentKind | None) -> None:
    """Each tag of a table by itself, each loop with every field of its table, the table, and the how-to."""
    found = data(kind)
    body = [para(line) for tag in found["tags"] for line in tag["tag"].split("\n")]
    body += [para(line) for each in found["texts"] for line in [each["tag"]]]
    for group in found["groups"]:
        body += [para(tag) for field in group["fields"] for tag in field["tag"].split("\n")]
        for listed in group["lists"]:
            middle = next(n for n, line in enumerate(listed["loop"]) if line.startswith("{{"))
            inside = [tag for field in listed["fields"] for tag in field["tag"].split("\n")]
            lines = [*listed["loop"][:middle], listed["loop"][middle], *inside, *listed["loop"][middle + 1 :]]
            body += [para(line) for line in lines]
    if found["example"]:
        body.append(table(*(row(line["left"], line["right"]) for line in found["example"]["lines"])))
    assert [each for each in template.check(document_of(*body), known=known(kind)) if each.severity == "error"] == []


def test_what_each_tag_becomes_is_what_the_engine_makes_of_it() -> None:
    examples = fields.example_data(DocumentKind.CALL, guidance().texts)
    for wish, tag, becomes in TAGS:
        made = template.compile(document_of(para(tag)), known=known(DocumentKind.CALL)).render(examples)
        assert template.docx_text(made).strip() == becomes, wish


def test_every_filter_is_shown() -> None:
    shown = {name for _wish, tag, _becomes in TAGS for name in re.findall(r"\|(\w+)", tag)}
    assert shown == {name for name in filters("") if not name.startswith("_")} - OTHER_NAMES


@KINDS
def test_examples_stand_as_the_tag_writes_them(kind: DocumentKind | None) -> None:
    by_meaning = {row["tag"]: row["example"] for row in tables(data(kind))}
    assert by_meaning["{{ document.date|datum }}"] == "31 augusti 2026"
    assert all(COPIED.fullmatch(tag) for tags in by_meaning for tag in tags.split("\n"))


def test_consent_is_told_and_nothing_is_said_of_what_needs_none() -> None:
    told = {row["tag"]: row["consent"] for row in tables(data(DocumentKind.CALL))}
    assert told["{{ person.name }}"] == "–"
    assert told["{{ person.phone }}"] == Category.CONTACT.text
    assert told["{{ meeting.purpose }}"] == f"{Category.SOCIAL.text}, {Category.HEALTH.text}"


def test_the_texts_are_the_packs_and_of_the_kind() -> None:
    texts = {**guidance().texts, "x_eget": "Vårt eget"}
    found = [row["tag"] for row in guide_data(DocumentKind.CALL, texts, "Eget")["texts"]]
    assert {"{{ text.x_eget }}", "{{ text.call_heading }}", "{{ text.label_date }}"} <= set(found)
    assert not [tag for tag in found if "plan_" in tag]
    assert len(guide_data(None, texts, "Eget")["texts"]) == len(texts)


# --- the document ---


@KINDS
def test_the_document_is_accessible(kind: DocumentKind | None) -> None:
    made = docx.Document(io.BytesIO(field_guide(kind, guidance().texts, "Standard")))
    levels = [
        int(found[1]) for p in made.paragraphs if p.style and (found := re.fullmatch(r"Heading (\d)", p.style.name))
    ]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert made.core_properties.title == "Fält till Word-mallar"
    assert made.core_properties.language == "sv-SE"
    for found in made.tables:
        assert found.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert len(found.rows) > 1
    assert not [p for p in made.paragraphs if not p.text.strip()]


def test_it_says_where_the_texts_come_from_and_what_to_run() -> None:
    text = template.docx_text(field_guide(DocumentKind.PLAN, guidance().texts, "Vårt eget"))
    assert "regionpaketet Vårt eget" in text
    assert "sipctl template install mall.docx --kind plan" in text


def test_its_xml_is_valid(tmp_path: Path) -> None:
    path = tmp_path / "falt.docx"
    path.write_bytes(field_guide(None, guidance().texts, "Standard"))
    assert list(OpenXmlValidator().validate(path).errors) == []


@pytest.mark.slow
def test_libreoffice_opens_it(tmp_path: Path, needs: Any) -> None:
    needs("soffice")
    path = tmp_path / "falt.docx"
    path.write_bytes(field_guide(None, guidance().texts, "Standard"))
    command = [shutil.which("soffice") or "", f"-env:UserInstallation={(tmp_path / 'profil').as_uri()}", "--headless"]
    subprocess.run([*command, "--convert-to", "pdf", "--outdir", tmp_path, path], check=True, capture_output=True)
    pages = re.findall(rb"/Type\s*/Page[^s]", path.with_suffix(".pdf").read_bytes())
    assert 12 <= len(pages) <= 24
