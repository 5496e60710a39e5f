"""Word's content controls are filled by their name, wherever they stand and whatever kind they are."""

import io
import subprocess
from datetime import date

import pytest
from docx import Document
from engine_docs import cell, docx, para, row, run, table, unzipped
from lxml import etree
from openxml_audit import OpenXmlValidator
from test_engine_pictures import WIDE, drawing, framed, shown, value

from sipctl.documents.template import check, compile
from sipctl.documents.template.picture import PICTURE_SHAPE
from sipctl.documents.template.text import docx_text
from sipctl.errors import TemplateFault

W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
W15 = 'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'
KNOWN = {
    "person": {"name": None, "born": None},
    "plan": {"goals": {"text": None, "actions": {"what": None}}},
    "sender": {"logo": PICTURE_SHAPE},
    "title": None,
}
DATA = {
    "person": {"name": "Test & <Testsson>", "born": "1950-03-01"},
    "plan": {
        "goals": [
            {"text": "Sova", "actions": [{"what": "Samtal"}, {"what": "Promenad"}]},
            {"text": "Arbeta", "actions": [{"what": "Praktik"}]},
        ]
    },
    "title": "Kallelse",
}
PLACEHOLDER = "<w:showingPlcHdr/>"
BOUND = '<w:dataBinding w:xpath="/x" w:storeItemID="{1}"/>' + f'<w15:dataBinding {W15} w:xpath="/x"/>'
GREY = '<w:rStyle w:val="PlaceholderText"/>'


def control(name, *content, more="", alias=""):
    title = alias and f'<w:alias w:val="{alias}"/>'
    return (
        f'<w:sdt><w:sdtPr>{title}<w:tag w:val="{name}"/><w:id w:val="7"/>{more}</w:sdtPr>'
        f"<w:sdtContent>{''.join(content)}</w:sdtContent></w:sdt>"
    )


def made(*body, data=None, known=KNOWN, **more):
    return compile(docx(*body, **more), "mall.docx", known).render(DATA if data is None else data)


def both(*body, **more):
    """The text, which is the same whether the names are known beforehand or not."""
    texts = {docx_text(made(*body, known=known, **more)) for known in (KNOWN, None)}
    assert len(texts) == 1, texts
    return texts.pop()


def paragraph_with(*content):
    return f"<w:p>{''.join(content)}</w:p>"


INLINE = paragraph_with(run("Namn: "), control("person.name", run("Klicka"), run(" här")), run("."))
BLOCK = control("person.name", para("Klicka"), para("här"))
CELLS = table(f"<w:tr>{control('person.name', cell('Klicka'))}{cell('b')}</w:tr>")
ROWS = table(control("person.name", row("Klicka")), row("b"))


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (INLINE, "Namn: Test & <Testsson>."),
        (BLOCK, "Test & <Testsson>"),
        (CELLS, "Test & <Testsson>\tb"),
        (ROWS, "Test & <Testsson>\nb"),
        (table(row(cell(BLOCK), "b")), "Test & <Testsson>\tb"),
        (paragraph_with(control("", run("x"), alias="person.name")), "Test & <Testsson>"),
        (paragraph_with(control("{{ person.name }}", run("x"))), "Test & <Testsson>"),
        (paragraph_with(control("title", run("x"))), "Kallelse"),
        (paragraph_with(control("person.name", "<w:r/>")), "Test & <Testsson>"),
    ],
)
def test_controls_on_every_level(body, text):
    assert both(body, para("slut")) == f"{text}\nslut"


def test_values_of_every_kind():
    body = paragraph_with(control("title", run("Klicka", GREY), more=PLACEHOLDER))
    for given, text in ((None, "Ej angivet"), ("", ""), (7, "7"), (True, "ja"), (date(2026, 12, 1), "2026-12-01")):
        assert both(body, data={"title": given}) == text
    assert both(body, data={"title": "a\nb\tc"}) == "a\nb\tc"


def test_in_headers_and_boxes():
    box = (
        f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{BLOCK}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )
    text = both(paragraph_with(box), parts={"header1": INLINE + para("")})
    assert text == "\nTest & <Testsson>\nNamn: Test & <Testsson>.\n"


@pytest.mark.parametrize("known", [KNOWN, None])
def test_a_filled_control_is_no_placeholder_and_bound_to_nothing(known):
    meant = "<w:rPr><w:b/></w:rPr>"
    body = paragraph_with(control("person.name", run("Klicka", GREY), more=meant + PLACEHOLDER + BOUND))
    xml = unzipped(made(body, known=known))
    assert "<w:rPr><w:b/></w:rPr><w:t" in xml
    for gone in ("showingPlcHdr", "dataBinding", "PlaceholderText", "Klicka"):
        assert gone not in xml
    plain = paragraph_with(control("person.name", run("Klicka", GREY + "<w:i/>"), more=PLACEHOLDER))
    assert "<w:rPr><w:i/></w:rPr><w:t" in unzipped(made(plain, known=known))


def test_the_format_of_text_that_is_no_placeholder_is_kept():
    body = control("person.name", f'<w:p><w:pPr><w:pStyle w:val="Citat"/></w:pPr>{run("Anna", GREY)}</w:p>', para("x"))
    xml = unzipped(made(body))
    assert f'<w:pStyle w:val="Citat"/></w:pPr><w:r><w:rPr>{GREY}</w:rPr><w:t' in xml
    assert xml.count("<w:p>") == 1


def test_what_no_data_is_given_for_is_left_as_it_is():
    body = paragraph_with(control("document.title", run("Klicka", GREY), more=PLACEHOLDER + BOUND))
    source = docx(body, para("{{ person.name }}"))
    xml = unzipped(compile(source).render({"person": {"name": "x"}, "document": {"title": ["lista"]}}))
    assert xml == unzipped(compile(source).render({"person": {"name": "x"}}))
    assert body.replace("<w:sdtPr>", "").split("<w:tag")[1][:60] in xml
    for kept in ("<w:showingPlcHdr/>", "<w:dataBinding", "w15:dataBinding", GREY, "Klicka"):
        assert kept in xml


def test_unknown_names_are_left_with_an_advice_and_a_suggestion():
    body = paragraph_with(run("Hej "), control("person.nmae", run("kvar")), control("goog_rdk_1", run(" med")))
    source = docx(body, para("{{ title }}"))
    findings = [(f.severity, f.place, f.message, f.remedy) for f in check(source, "k.docx", KNOWN)]
    message = "Innehållskontrollen ”person.nmae” motsvarar inget fält och lämnas som den är."
    assert findings == [("advice", "k.docx, stycke 1 (”Hej kvar med”)", message, "Menade du ”name”?")]
    assert docx_text(compile(source, known=KNOWN).render(DATA)) == "Hej kvar med\nKallelse"


def test_a_template_with_only_foreign_controls_is_not_touched():
    source = docx(paragraph_with(control("bolag", run("kvar"), more=BOUND)))
    assert compile(source, known=KNOWN).parts == ()
    assert check(source, "k.docx", KNOWN) == []


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (control("person.name", table(row("x")), para("y")), "har annat än text"),
        (control("person.name", para("a"), f"<w:p><w:pPr><w:sectPr/></w:pPr>{run('b')}</w:p>"), "har annat än text"),
        (paragraph_with(control("person.name", "<w:r><w:drawing/></w:r>")), "har annat än text"),
        (table(control("person.name", row("x", "y"))), "har annat än text"),
        (paragraph_with(control("plan.goals", run("x"))), "är ingen text"),
        (paragraph_with(control("sender.logo", run("x"))), "är ingen text"),
    ],
)
def test_what_would_lose_more_than_text_is_left_with_an_advice(content, words):
    source = docx(content, para("{{ title }}"))
    found = check(source, "k.docx", KNOWN)
    assert [f.severity for f in found] == ["advice"]
    assert words in found[0].message
    before = etree.fromstring(unzipped(source).encode())
    after = etree.fromstring(unzipped(compile(source, known=KNOWN).render(DATA)).encode())
    assert etree.tostring(after.find(".//{*}sdt")) == etree.tostring(before.find(".//{*}sdt"))


def test_tags_and_controls_inside_win():
    body = control("person.name", para("{{ title }}"), control("person.born", para("x")))
    assert both(body) == "Kallelse\n1950-03-01"
    assert check(docx(body), "k.docx", KNOWN) == []


def test_controls_in_loops_by_the_full_name_or_the_loops_variable():
    rows = table(
        row("{%tr for m in plan.goals %}", ""),
        row(
            cell(paragraph_with(control("plan.goals.text", run("x")))),
            cell(paragraph_with(control("m.text", run("y")))),
        ),
        row("{%tr endfor %}", ""),
    )
    assert both(rows, para("slut")) == "Sova\tSova\nArbeta\tArbeta\nslut"
    assert compile(docx(rows), known=KNOWN).names == {"plan.goals", "plan.goals.text"}
    assert '<w:id w:val="7"/>' not in unzipped(made(rows))


def test_words_of_the_language_are_no_names():
    for word in ("not", "none", "in", "self", "for"):
        assert both(paragraph_with(control(word, run("kvar"))), para("{{ title }}")) == "kvar\nKallelse"


def box(name, content="☐", on=("2612", "MS Gothic"), off=("2610", "MS Gothic")):
    state = "".join(
        f'<w14:{tag} w14:val="{code}" w14:font="{font}"/>'
        for tag, (code, font) in {"checkedState": on, "uncheckedState": off}.items()
    )
    return paragraph_with(
        control(name, run(content), more=f'<w14:checkbox {W14}><w14:checked w14:val="0"/>{state}</w14:checkbox>')
    )


@pytest.mark.parametrize("known", [KNOWN, None])
@pytest.mark.parametrize(
    ("given", "mark", "state"),
    [(True, "☒", "1"), ("ja", "☒", "1"), (False, "☐", "0"), (None, "☐", "0"), ("nej", "☐", "0"), ("", "☐", "0")],
)
def test_boxes_to_tick(given, mark, state, known):
    document = made(box("title", "☐"), data={"title": given}, known=known)
    assert docx_text(document) == mark
    assert f'w14:checked w14:val="{state}"' in unzipped(document)
    assert 'w:ascii="MS Gothic"' in unzipped(document)


def test_boxes_with_symbols_and_wrong_values():
    body = box("title", on=("00FE", "Wingdings"))
    assert '<w:sym w:font="Wingdings" w:char="F0FE"/>' in unzipped(made(body, data={"title": True}))
    assert docx_text(made(body, data={"title": False})) == "☐"
    with pytest.raises(TemplateFault, match="kryssruta"):
        made(body, data={"title": "hemligt"})


def test_lists_show_the_text_of_a_value():
    items = "".join(
        f'<w:listItem w:displayText="{t}" w:value="{v}"/>' for v, t in (("k", "It's"), ("r", "Region &amp;"))
    )
    for kind in ("dropDownList", "comboBox"):
        body = paragraph_with(control("title", run("Välj"), more=f'<w:{kind} w:lastValue="k">{items}</w:{kind}>'))
        for given, text in (("r", "Region &"), ("k", "It's"), ("annat", "annat"), (None, "Ej angivet")):
            assert both(body, data={"title": given}) == text
        assert "lastValue" not in unzipped(made(body))


@pytest.mark.parametrize(
    ("pattern", "given", "text"),
    [
        ("yyyy-MM-dd", "2026-12-01T13:00", "2026-12-01"),
        ("d MMMM yyyy", "2026-12-01", "1 december 2026"),
        ("d MMMM yyyy", "i vår", "i vår"),
        ("yyyy-MM-dd HH:mm", "2026-12-01 13.00", "2026-12-01 13.00"),
    ],
)
def test_dates_are_written_as_the_control_writes_them(pattern, given, text):
    more = f'<w:date w:fullDate="1999-01-01T00:00:00Z"><w:dateFormat w:val="{pattern}"/></w:date>'
    body = paragraph_with(control("title", run("Välj"), more=more))
    assert both(body, data={"title": given}) == text
    assert "fullDate" not in unzipped(made(body, data={"title": given}))


def repeating(name, *items):
    inner = "".join(control("", item, more=f"<w15:repeatingSectionItem {W15}/>") for item in items)
    return control(name, inner, more=f"<w15:repeatingSection {W15}/>")


def test_repeating_sections_go_through_a_list():
    actions = repeating(
        "plan.goals.actions", paragraph_with(control("plan.goals.actions.what", run("x"))), para("gammal")
    )
    goals = repeating("plan.goals", paragraph_with(control("plan.goals.text", run("x"))) + actions, para("gammal"))
    document = made(para("före"), goals, para("efter"))
    assert docx_text(document) == "före\nSova\nSamtal\nPromenad\nArbeta\nPraktik\nefter"
    assert docx_text(made(para("före"), goals, para("efter"), data={"plan": {"goals": []}})) == "före\nefter"
    assert compile(docx(goals), known=KNOWN).names == {
        *("plan.goals", "plan.goals.text", "plan.goals.actions", "plan.goals.actions.what"),
    }


@pytest.mark.parametrize("goals", [DATA["plan"]["goals"], []])
def test_repeating_rows(goals):
    rows = repeating("plan.goals", row(cell(paragraph_with(control("plan.goals.text", run("x")))), "{{ title }}"))
    text = docx_text(
        made(table(row("Mål", ""), rows), table(rows), para("slut"), data=DATA | {"plan": {"goals": goals}})
    )
    filled = "".join(f"{goal['text']}\tKallelse\n" for goal in goals)
    assert text == f"Mål\t\n{filled}{filled}slut"


def test_repeating_sections_that_are_no_lists_are_left():
    body = repeating("person.name", para("kvar"))
    assert [f.severity for f in check(docx(body), "k.docx", KNOWN)] == ["advice"]
    assert both(body, para("{{ title }}")) == "kvar\nKallelse"
    assert docx_text(made(repeating("plan.goals", para("kvar")), para("{{ title }}"), known=None)) == "kvar\nKallelse"


def test_picture_controls():
    body = paragraph_with(control("sender.logo", drawing("Klicka"), more=f"{PLACEHOLDER}<w:picture/>"))
    document = compile(framed(body), known=KNOWN).render({"sender": {"logo": value(WIDE)}})
    assert [(alt, picture) for _size, alt, picture in shown(document)] == [("Region Påhitts logotyp", WIDE)]
    assert "showingPlcHdr" not in unzipped(document)
    empty = compile(framed(body), known=KNOWN).render({"sender": {"logo": None}})
    assert "<w:drawing>" not in unzipped(empty)


def test_a_filled_document_is_valid_and_opens(tmp_path, needs):
    needs("soffice", "pdftotext")
    template = Document()
    body = template.element.body
    names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    blocks = [INLINE, BLOCK, CELLS, ROWS, box("title")]
    for each in blocks:
        body.insert(len(body) - 1, etree.fromstring(f"<x {names}>{each}</x>")[0])
    template.save(tmp_path / "mall.docx")
    document = compile(tmp_path / "mall.docx", known=KNOWN).render(DATA | {"title": True})
    (tmp_path / "ut.docx").write_bytes(document)
    before, after = (
        {error.description for error in OpenXmlValidator().validate(str(tmp_path / name)).errors}
        for name in ("mall.docx", "ut.docx")
    )
    assert after <= before
    assert Document(io.BytesIO(document)).tables
    profile = f"-env:UserInstallation=file://{tmp_path}/profil"
    convert = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, tmp_path / "ut.docx"]
    subprocess.run(convert, check=True, capture_output=True, timeout=120)
    text = subprocess.run(["pdftotext", tmp_path / "ut.pdf", "-"], check=True, capture_output=True, text=True).stdout
    assert text.count("Test & <Testsson>") == 4
    assert "☒" in text
    assert "Klicka" not in text
