"""A copy of the template with a Word comment at each finding's place."""

import io
import json
import subprocess
import zipfile
from datetime import date
from pathlib import Path

import docx as python_docx
import pytest
from checked_docs import core, said, sound
from docx.document import Document
from engine_docs import cell, para, row, table, unzipped, zipped
from engine_docs import run as words
from lxml import etree

from sipctl.documents.template import Finding, annotate, compile, inspect
from sipctl.errors import SipctlError, TemplateFault, UsageFault
from sipctl.paths import shipped
from sipctl.tasks import templates

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def flawed() -> bytes:
    """Faults in text, table, box, header and properties; two in one paragraph; a comment of somebody's own."""
    box = (
        f"<w:p>{words('Låda')}<w:r><w:pict><v:textbox><w:txbxContent>{para('{{ i_lådan')}</w:txbxContent>"
        "</v:textbox></w:pict></w:r></w:p>"
    )
    remark = f'<w:p>{words("Kvar")}<w:r><w:commentReference w:id="7"/></w:r></w:p>'
    return sound(
        para("{% iff a %} och {{ b"),
        table(row("Tid", "{{ person.nmae }}")),
        box,
        remark,
        parts={
            "header1": para("{{ c"),
            "comments": f'<w:comment w:id="7" w:author="Kim Påhittsson">{para("Stämmer?")}</w:comment>',
        },
        extra={"docProps/core.xml": core("<dc:title/>")},
    )


def opened(document: bytes) -> Document:
    return python_docx.Document(io.BytesIO(document))


def commented(document: bytes) -> list[tuple[str, list[str]]]:
    """Each of our comments by the text of the paragraph it is about."""
    body = etree.fromstring(unzipped(document).encode())
    comments = etree.fromstring(unzipped(document, "word/comments.xml").encode())
    texts = {
        comment.get(f"{W}id"): ["".join(p.itertext()) for p in comment]
        for comment in comments
        if comment.get(f"{W}author") == "sipctl"
    }
    found = []
    for mark in body.iter(f"{W}commentRangeStart"):
        number = mark.get(f"{W}id")
        paragraph = mark.getparent()
        assert [e.get(f"{W}id") for e in paragraph.iter(f"{W}commentRangeEnd")].count(number) == 1
        assert [e.get(f"{W}id") for e in paragraph.iter(f"{W}commentReference")].count(number) == 1
        found.append(("".join(t.text for t in paragraph.iter(f"{W}t")), texts.pop(number)))
    assert texts == {}
    return found


def test_every_finding_stands_at_its_place():
    source = flawed()
    findings = inspect(source, "kallelse.docx", {"person": {"name": None}, "a": None}).findings
    copy = annotate(source, findings)
    assert commented(copy) == [
        (
            "Rubrik",
            [
                "kallelse.docx, sidhuvud, stycke 1 (”{{ c”):",
                "Fel: {{ saknar sitt slut i samma stycke.",
                "Skriv hela fältet i ett stycke, till exempel {{ person.name }}.",
                "kallelse.docx, dokumentegenskaper:",
                "Varning: Mallen har ingen titel. Titeln är det som läses upp först, och det som syns i fönstret.",
                "Skriv en titel under Arkiv > Info > Egenskaper, till exempel Kallelse till SIP.",
            ],
        ),
        (
            "{% iff a %} och {{ b",
            [
                "Fel: {{ saknar sitt slut i samma stycke.",
                "Skriv hela fältet i ett stycke, till exempel {{ person.name }}.",
            ],
        ),
        ("{% iff a %} och {{ b", ["Fel: Ordet ”iff” är inte tillåtet efter {%.", "Menade du ”if”?"]),
        ("{{ person.nmae }}", ["Fel: Fältet ”person.nmae” finns inte.", "Menade du ”name”?"]),
        (
            "Låda{{ i_lådan",
            [
                "Fel: {{ saknar sitt slut i samma stycke.",
                "Skriv hela fältet i ett stycke, till exempel {{ person.name }}.",
            ],
        ),
        (
            "Låda{{ i_lådan",
            [
                "Råd: Texten står i en flytande textruta. Den kan läsas upp i fel ordning eller inte alls.",
                "Lägg texten i brödtexten eller i en tabell i stället.",
            ],
        ),
        (
            "Kvar",
            [
                "Varning: En kommentar av Kim Påhittsson följer med till mottagaren.",
                "Välj Granska > Ta bort > Ta bort alla kommentarer i dokumentet.",
            ],
        ),
    ]
    assert sum(len(told) > 2 for _text, told in commented(copy)) == 1
    assert len(commented(copy)) + 1 == len(findings)


def test_the_text_and_the_other_parts_are_untouched():
    source = flawed()
    copy = annotate(source, said(source))
    assert opened(copy).paragraphs[1].text == opened(source).paragraphs[1].text
    with zipfile.ZipFile(io.BytesIO(source)) as before, zipfile.ZipFile(io.BytesIO(copy)) as after:
        assert sorted(before.namelist()) == sorted(after.namelist())
        changed = {name for name in before.namelist() if before.read(name) != after.read(name)}
    assert changed <= {"word/document.xml", "word/comments.xml", "[Content_Types].xml"}
    assert "Stämmer?" in unzipped(copy, "word/comments.xml")


def test_word_libraries_read_the_comments():
    source = sound(para("{{ a"), extra={"docProps/core.xml": core("<dc:title/>")})
    (placed, gathered) = sorted(opened(annotate(source, said(source))).comments, key=lambda c: len(c.paragraphs))
    assert (placed.author, placed.initials, placed.timestamp) == ("sipctl", "sip", None)
    assert placed.text.startswith("Fel: {{ saknar sitt slut")
    assert gathered.text.startswith("kallelse.docx, dokumentegenskaper:\nVarning: Mallen har ingen titel.")


def test_the_same_findings_give_the_same_bytes():
    source = flawed()
    assert annotate(source, said(source)) == annotate(source, said(source))


def test_nothing_found_gives_a_document_without_comments():
    copy = annotate(sound(para("x")), [])
    assert list(opened(copy).comments) == []


def test_a_document_without_a_paragraph(tmp_path):
    contents = dict(zip_of(sound()))
    contents["word/document.xml"] = contents["word/document.xml"].replace(
        contents["word/document.xml"].partition(b"<w:body>")[2].partition(b"<w:sectPr>")[0], b""
    )
    source = zipped(contents)
    findings = inspect(source, "k.docx", {}).findings or said(sound(parts={"header1": para("{{ a")}))
    copy = annotate(source, findings)
    body = etree.fromstring(unzipped(copy).encode())[0]
    assert [child.tag for child in body] == [f"{W}p", f"{W}sectPr"]


def zip_of(document: bytes) -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        return [(name, archive.read(name)) for name in archive.namelist()]


def test_a_word_template_becomes_a_document():
    source = sound(para("{{ a"))
    contents = dict(zip_of(source))
    types = contents["[Content_Types].xml"].replace(b"document.main+xml", b"template.main+xml")
    copy = annotate(zipped({**contents, "[Content_Types].xml": types}), said(source))
    assert b"document.main+xml" in dict(zip_of(copy))["[Content_Types].xml"]


def test_what_cannot_be_read_is_refused():
    with pytest.raises(TemplateFault):
        annotate(b"PK\x03\x04", [])


def test_the_copy_can_be_checked_and_says_that_comments_are_left():
    source = sound(para("{{ a"))
    again = said(annotate(source, said(source)))
    assert [f.message for f in again] == [
        "{{ saknar sitt slut i samma stycke.",
        "En kommentar från en tidigare kontroll är kvar och följer med till mottagaren.",
    ]
    assert compile(annotate(sound(para("{{ a }}")), [])).names == {"a"}


def everywhere() -> tuple[bytes, list[Finding]]:
    """A shipped template, which is as Word would have it, and a finding at every paragraph and in the footer."""
    source = shipped("standard", "plan.docx").read_bytes()
    number = len(list(etree.fromstring(unzipped(source).encode()).iter(f"{W}p")))
    spread = [
        Finding("advice", "word/document.xml", f"stycke {n}", "", f"Råd {n}.", "Gör så.", n) for n in range(number)
    ]
    return source, [*spread, Finding("error", "word/footer1.xml", "plan.docx, sidfot", "", "Fel i foten.", "", 0)]


def test_schema(tmp_path):
    audit = pytest.importorskip("openxml_audit")
    source, findings = everywhere()
    for made, name in ((source, "utan.docx"), (annotate(source, findings, date(2026, 3, 2)), "med.docx")):
        (tmp_path / name).write_bytes(made)
        result = audit.OpenXmlValidator().validate(str(tmp_path / name))
        assert result.is_valid, (name, result.errors)


@pytest.mark.slow
def test_libreoffice_opens_the_comments(tmp_path, needs):
    needs("soffice")
    source, findings = everywhere()
    path = tmp_path / "kommenterad.docx"
    path.write_bytes(annotate(source, findings, date(2026, 3, 2)))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "fodt", "--outdir", str(tmp_path), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    root = etree.parse(str(path.with_suffix(".fodt"))).getroot()
    notes = [
        (note.findtext("{*}creator"), note.findtext("{*}date"), ["".join(p.itertext()) for p in note.iterfind("{*}p")])
        for note in root.iter("{*}annotation")
    ]
    gathered = ("sipctl", "2026-03-02T00:00:00", ["plan.docx, sidfot:", "Fel: Fel i foten."])
    told = [("sipctl", "2026-03-02T00:00:00", [f"Råd: {each.message}", "Gör så."]) for each in findings[:-1]]
    assert sorted(notes) == sorted([gathered, *told])


# --- the command ---


def test_annotate_writes_beside_and_never_over(tmp_path: Path):
    source, out = tmp_path / "kallelse.docx", tmp_path / "fel.docx"
    source.write_bytes(sound(para("{{ a")))
    found = templates.check(source, None, "standard", out)
    assert len(commented(out.read_bytes())) == 2
    assert source.read_bytes() == sound(para("{{ a"))
    before = out.read_bytes()
    with pytest.raises(SipctlError):
        templates.check(source, None, "standard", out)
    assert out.read_bytes() == before
    with pytest.raises(SipctlError):
        templates.check(source, None, "standard", source)
    with pytest.raises(UsageFault):
        templates.check(source, None, "standard", tmp_path / "fel.pdf")
    assert {path.name for path in tmp_path.iterdir()} == {"kallelse.docx", "fel.docx"}
    assert found


def test_the_command_line(tmp_path, run):
    source = tmp_path / "kallelse.docx"
    source.write_bytes(sound(para("{{ meeting.plce }}"), table(row("Tid", cell("{{ a", "b")))))
    done = run("template", "check", "kallelse.docx", "--kind", "call", "--annotate", "fel.docx", "--json")
    assert done.code == 6
    assert "fel.docx" in done.err
    assert (tmp_path / "fel.docx").exists()
    second, first = json.loads(done.out)["data"][:2]
    assert second["message"] == "Fältet ”meeting.plce” finns inte."
    assert (second["part"], second["paragraph"], second["table"]) == ("word/document.xml", 2, None)
    assert {key: first[key] for key in ("place", "table", "row", "column", "text_around", "remedy")} == {
        "place": "kallelse.docx, tabell 1, rad 1, kolumn 2",
        "table": 1,
        "row": 1,
        "column": 2,
        "text_around": "{{ a",
        "remedy": "Skriv hela fältet i ett stycke, till exempel {{ person.name }}.",
    }


def test_faults_outside_running_text_have_their_place_too():
    code = '<w:p><w:r><w:instrText> DDEAUTO "c:\\\\x" </w:instrText></w:r></w:p>'
    deleted = '<w:p><w:del w:id="1" w:author=""><w:r><w:delText>{{ a</w:delText></w:r></w:del></w:p>'
    source = sound(para("x"), table(row("a", cell(code))), table(row(cell(deleted))))
    errors = [(f.place, f.message[:38]) for f in said(source) if f.severity == "error"]
    assert errors == [
        ("kallelse.docx, tabell 1, rad 1, kolumn 2", "Mallen har fältkoden DDEAUTO, som hämta"[:38]),
        ("kallelse.docx, tabell 2, rad 1, kolumn 1", "Ett fält står i spårad borttagen text,"[:38]),
    ]
