"""``verify``: a finished document is read once more, and an unsound part is named."""

from dataclasses import replace

import pytest
from engine_docs import docx, para, row, table

from sipctl.documents.template import compile
from sipctl.documents.template.dialect import dialect
from sipctl.documents.template.render import Part
from sipctl.errors import Fault, TemplateFault

DATA = {"a": "B & <C>", "rows": [{"b": "1"}, {"b": "2"}]}
SOURCE = docx(
    para("{{ a }}"),
    table(row("{%tr for r in rows %}"), row("{{ r.b }}"), row("{%tr endfor %}")),
    parts={"header1": para("{{ a }}")},
)


def broken(template, name, xml):
    """The template with another text for one of its parts."""
    instead = Part(name, dialect("Ej angivet").from_string(xml), False, {})
    return replace(template, parts=tuple(instead if part.name == name else part for part in template.parts))


@pytest.mark.parametrize("rows", [DATA["rows"], []])
def test_a_sound_document_is_the_same_with_verify(rows):
    template = compile(SOURCE)
    data = {**DATA, "rows": rows}
    assert template.render(data, verify=True) == template.render(data)


@pytest.mark.parametrize(
    "xml",
    ["<w:p></w:document>", "<p>\x01</p>", "", '<!DOCTYPE p [<!ENTITY e "x">]><p>&e;</p>', "<p>&e;</p>", "<p/><p/>"],
)
@pytest.mark.parametrize("name", ["word/document.xml", "word/header1.xml"])
def test_an_unsound_part_is_named(name, xml):
    template = broken(compile(SOURCE, name="brev.docx"), name, xml)
    template.render(DATA)
    with pytest.raises(TemplateFault) as caught:
        template.render(DATA, verify=True)
    what = f"Dokumentet från mallen brev.docx blev inte riktig XML (i {name})."
    assert (caught.value.what, caught.value.faults) == (what, (Fault(name, what),))


def test_every_unsound_part_is_named():
    template = compile(SOURCE, name="brev.docx")
    for name in ("word/document.xml", "word/header1.xml"):
        template = broken(template, name, "<")
    with pytest.raises(TemplateFault) as caught:
        template.render(DATA, verify=True)
    assert [fault.where for fault in caught.value.faults] == ["word/document.xml", "word/header1.xml"]
