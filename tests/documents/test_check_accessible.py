"""Whether everybody can read what a template gives: told where it is sure, silent where it is not."""

import pytest
from checked_docs import STYLES, core, heading, lines, said, sound, styled
from engine_docs import cell, docx, para, row, run, table

from sipctl.documents.template import inspect

HEADER = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"


def first(document: bytes) -> tuple[str, str, str]:
    """Severity, place and message of the only finding."""
    (found,) = said(document)
    assert found.remedy
    return found.severity, found.place, found.message


def header_row(*cells: str, properties: str = HEADER) -> str:
    return row(*cells).replace("<w:tr>", f"<w:tr>{properties}")


def lined(*rows: str, style: str = "MinaRutor") -> str:
    return table(*rows).replace("<w:tblPr>", f'<w:tblPr><w:tblStyle w:val="{style}"/>')


def picture(properties: str, kind: str = "inline", inner: str = "") -> str:
    return f"<w:p><w:r><w:drawing><wp:{kind}>{properties}{inner}</wp:{kind}></w:drawing></w:r></w:p>"


# --- the document ---


def test_language():
    english = STYLES.replace("sv-SE", "en-US")
    assert first(sound(styles=english)) == (
        "warning",
        "kallelse.docx, språk",
        "Mallens språk är en-US och inte svenska. Uppläsning blir fel.",
    )
    silent = STYLES.replace('<w:lang w:val="sv-SE"/>', "")
    assert first(sound(styles=silent)) == (
        "warning",
        "kallelse.docx, språk",
        "Mallen säger inte vilket språk den är på. Uppläsning blir fel.",
    )
    assert said(sound(styles=silent, parts={"settings": '<w:themeFontLang w:val="sv-SE"/>'})) == []
    assert said(sound(styles=STYLES.replace("sv-SE", "sv-FI"))) == []
    normal = english.replace('"Normal"/></w:style>', '"Normal"/><w:rPr><w:lang w:val="sv-SE"/></w:rPr></w:style>', 1)
    assert said(sound(styles=normal)) == []


def test_title():
    untitled = sound(extra={"docProps/core.xml": core("<dc:title> </dc:title>")})
    message = "Mallen har ingen titel. Titeln är det som läses upp först, och det som syns i fönstret."
    assert first(untitled) == ("warning", "kallelse.docx, dokumentegenskaper", message)
    assert said(sound(extra={"docProps/core.xml": core("<dc:title>Plan {{ sip.number }}</dc:title>")})) == []


def test_a_bare_document_lacks_language_and_title():
    assert [f.message[:20] for f in inspect(docx(para("x")), "k.docx").findings] == [
        "Mallen säger inte vi",
        "Mallen har ingen tit",
    ]


# --- headings ---


def test_headings_in_order():
    assert said(sound(styled("Titel", "T"), heading(1), heading(2), heading(3), heading(1), styled("Egen", "E"))) == []
    assert lines(sound(heading(3, "Tid"), heading(3, "Plats"), heading(2), heading(1), styled("Egen", ""))) == [
        "warning | kallelse.docx, stycke 2 (”Tid”) | Tid | Rubrik 3 följer på Rubrik 1: en nivå är överhoppad.",
        "warning | kallelse.docx, stycke 6 |  | En rubrik är tom.",
    ]


def test_the_first_heading():
    body = docx(heading(2, "Tid"), parts={"styles": STYLES})
    found = [f for f in said(body) if "rubrik" in f.message]
    assert [(f.severity, f.message) for f in found] == [("warning", "Den första rubriken är Rubrik 2.")]


def test_no_headings_at_all():
    long = docx(*(para(f"stycke {n}") for n in range(6)), parts={"styles": STYLES})
    assert "Mallen har inga rubriker. Den som lyssnar kan inte hoppa i texten." in [f.message for f in said(long)]
    short = docx(*(para(f"stycke {n}") for n in range(5)), parts={"styles": STYLES})
    assert [f.message[:20] for f in said(short)] == ["Mallen har ingen tit"]


# --- tables ---


def test_a_list_without_a_header_row():
    rows = (row("Insats", "Vem"), row("{%tr for a in b %}", ""), row("{{ a }}", "x"), row("{%tr endfor %}", ""))
    assert first(sound(table(*rows))) == (
        "warning",
        "kallelse.docx, tabell 1",
        "Tabellen har ingen rubrikrad. Den som lyssnar får inte veta vad kolumnerna betyder.",
    )
    assert said(sound(table(header_row("Insats", "Vem"), *rows[1:]))) == []
    before = (row("{%tr if b %}", ""), header_row("Insats", "Vem"), row("{%tr endif %}", ""))
    assert said(sound(table(*before, *rows[1:]))) == []


def test_a_form_with_lines_gets_advice_and_a_layout_table_nothing():
    rows = (row("Tid", "{{ a }}"), row("Plats", "{{ b }}"))
    assert first(sound(lined(*rows)))[:2] == ("advice", "kallelse.docx, tabell 1")
    assert said(sound(table(*rows), lined(rows[0]), lined(*rows, style="Ingen"))) == []
    assert said(sound(lined(row("en kolumn"), row("en kolumn")))) == []
    own = table(*rows).replace("</w:tblPr>", '<w:tblBorders><w:top w:val="single"/></w:tblBorders></w:tblPr>')
    assert len(said(sound(own))) == 1


def test_a_header_row_must_come_first_and_stay_whole():
    late = table(row("x", "y"), header_row("Insats", "Vem"))
    assert first(sound(late))[::2] == (
        "warning",
        "Rubrikraden är inte tabellens första rad, och räknas därför inte.",
    )
    splits = table(header_row("Insats", "Vem", properties="<w:trPr><w:tblHeader/></w:trPr>"), row("x", "y"))
    assert first(sound(splits))[::2] == ("advice", "Rubrikraden kan delas mellan två sidor.")


def test_merged_cells_in_a_table_with_columns():
    merged = table(header_row("a", "b"), row(cell("x", properties='<w:gridSpan w:val="2"/>')))
    assert first(sound(merged))[::2] == (
        "advice",
        "Tabellen har sammanslagna celler. Uppläsning kan knyta dem till fel kolumn.",
    )
    assert said(sound(table(row("a", "b"), row(cell("x", properties='<w:gridSpan w:val="2"/>'))))) == []


def test_an_inner_table_is_named():
    inner = table(row("a", "b"), row("{%tr for a in b %}", ""), row("x", "y"), row("{%tr endfor %}", ""))
    place = "kallelse.docx, tabell 1, rad 1, kolumn 1, inre tabell 1"
    assert first(sound(table(row(cell(inner, para("x"))))))[:2] == ("warning", place)


# --- pictures and boxes ---

DECORATIVE = (
    '<wp:docPr id="1" name="x"><a:extLst><a:ext><adec:decorative val="1" '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative"/></a:ext></a:extLst></wp:docPr>'
)


def test_pictures_need_an_alternative_text():
    message = "En bild saknar alternativtext. Den som inte ser bilden får inte veta vad den visar."
    assert first(sound(para("x"), picture('<wp:docPr id="1" name="x"/>'))) == (
        "warning",
        "kallelse.docx, stycke 3",
        message,
    )
    vml = "<w:p><w:r><w:pict><v:shape{}><v:imagedata/></v:shape></w:pict></w:r></w:p>"
    assert first(sound(vml.format("")))[2] == message
    fine = (picture('<wp:docPr id="1" name="x" descr="Logotyp"/>'), picture(DECORATIVE), vml.format(' alt="Logotyp"'))
    assert said(sound(*fine)) == []
    named = picture('<wp:docPr id="1" name="x" descr="logga_ny.png"/>')
    assert first(sound(named))[::2] == ("advice", "En bilds alternativtext är ett filnamn.")


def test_a_logo_in_the_header():
    document = sound(para("x"), parts={"header1": picture('<wp:docPr id="1" name="x"/>')})
    assert first(document)[:2] == ("warning", "kallelse.docx, sidhuvud, stycke 1")


def test_a_floating_box_is_told_once():
    content = f"<w:txbxContent>{para('Svar {{ a }}')}</w:txbxContent>"
    drawing = f'<w:drawing><wp:anchor><wp:docPr id="1" name="x"/>{content}</wp:anchor></w:drawing>'
    twice = f'<mc:Choice Requires="wps">{drawing}</mc:Choice><mc:Fallback><w:pict>{content}</w:pict></mc:Fallback>'
    box = f"<w:p><w:r><mc:AlternateContent>{twice}</mc:AlternateContent></w:r></w:p>"
    assert first(sound(box)) == (
        "advice",
        "kallelse.docx, textruta 1",
        "Texten står i en flytande textruta. Den kan läsas upp i fel ordning eller inte alls.",
    )
    assert said(sound(box.replace("wp:anchor", "wp:inline"))) == []


# --- spacing, lists, letters ---


def test_blank_paragraphs_for_space():
    blank = "<w:p/>"
    assert first(sound(para("x"), blank, blank, blank, para("y"), blank, blank)) == (
        "advice",
        "kallelse.docx, stycke 3",
        "3 tomma stycken i rad ger luft. De läses upp som tomma rader.",
    )
    section = "<w:p><w:pPr><w:sectPr/></w:pPr></w:p>"
    page = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
    assert said(sound(blank, section, blank, page, blank, para("x"))) == []


@pytest.mark.parametrize("mark", ["- ", "• ", "1. ", "2) ", "a) ", "–\u00a0"])
def test_lists_written_by_hand(mark):
    message = "Punkter eller nummer är skrivna för hand. De läses inte upp som en lista."
    assert first(sound(para(f"{mark}ett"), para(f"{mark}två")))[::2] == ("advice", message)
    loop = (para("{%p for a in b %}"), para(f"{mark}{{{{ a }}}}"), para("{%p endfor %}"))
    assert first(sound(*loop))[1:] == (f"kallelse.docx, stycke 3 (”{' '.join(mark.split())} {{{{ a }}}}”)", message)


def test_what_looks_like_a_list_but_may_be_none():
    real = "<w:p><w:pPr><w:numPr/></w:pPr><w:r><w:t>- x</w:t></w:r></w:p>"
    assert said(sound(para("- ensam"), para("x"), heading(2, "1. Tid"), heading(2, "2. Plats"), real, real)) == []
    assert said(sound(para("2026-09-14 mötet"), para("2026-10-01 uppföljning"), para("☐ Ja"), para("☐ Nej"))) == []


def test_small_letters():
    assert first(sound(para(run("finstilt", '<w:sz w:val="15"/>')))) == (
        "advice",
        "kallelse.docx, stycke 2 (”finstilt”)",
        "Texten är 7,5 punkter stor, vilket är svårt att läsa för många.",
    )
    small = STYLES.replace('<w:sz w:val="22"/>', '<w:sz w:val="16"/>')
    assert len(said(sound(para("x"), styles=small))) == 1
    assert said(sound(parts={"footer1": para(run("sida", '<w:sz w:val="16"/>'))})) == []
    assert len(said(sound(parts={"footer1": para(run("sida", '<w:sz w:val="14"/>'))}))) == 1


def test_capitals():
    message = "Texten är skriven med bara versaler. Den är svår att läsa, och kan läsas upp bokstav för bokstav."
    assert first(sound(para("VIKTIGT ATT VETA OM DITT MÖTE")))[::2] == ("advice", message)
    assert first(sound(para(run("Viktigt att veta inför ditt möte", "<w:caps/>"))))[::2] == ("advice", message)
    assert said(sound(para("SIP enligt SoL, HSL och OSL"), para("{{ VIKTIGT_ATT_VETA_OM_DITT_MÖTE }}"))) == []


def test_pale_letters_on_white():
    pale = run("ljusgrått", '<w:color w:val="AAAAAA"/>')
    assert first(sound(para(pale))) == (
        "warning",
        "kallelse.docx, stycke 2 (”ljusgrått”)",
        "Textens färg är för blek mot vitt (2,3:1, minst 4,5:1 behövs).",
    )
    dark = run("mörkgrått", '<w:color w:val="595959"/>')
    shaded = run("på svart", '<w:shd w:fill="000000"/><w:color w:val="FFFFFF"/>')
    assert said(sound(para(dark, shaded), table(row(cell(para(pale)))))) == []
