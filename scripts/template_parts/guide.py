"""The list of fields for whoever edits a template. The engine fills it in too: see ``documents/field_guide.py``."""

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from template_parts import markup as m
from template_parts import page
from template_parts.look import Look
from template_parts.writer import Writer

_TYPEFACE = "Courier New"  # on every Windows and Mac, and elsewhere one of the same widths
_FIELDS = (6.6, 4.2, 2.3, 3.3)
_TAGS = (5.0, 7.0, 4.4)


def guide(look: Look) -> Document:
    """How tags are written, then a table for each group of names and a loop to copy for each list."""
    w = page.new("Fält till Word-mallar", look)
    _dress(w)
    _footer(w)
    w.h1("{{ title }}")
    w.p("{{ lead }}", "Lead")
    _how_to(w)
    with w.each("group in groups"):
        w.h2("{{ group.title }}")
        with w.when("group.fields"):
            _fields(w, "field in group.fields")
        with w.each("list in group.lists"):
            w.h3("{{ list.title }}")
            w.p("{{ list.meaning }}. Kopiera raderna:", "Keep")
            with w.each("line in list.loop"):
                w.p("{{ line }}", "Code")
            with w.when("list.fields"):
                w.p("Inuti upprepningen går de här fälten att använda:", "Afterfacts")
                _fields(w, "field in list.fields")
    with w.when("texts"):
        w.h2("Regionpaketets texter")
        w.p("Texterna kommer från regionpaketet {{ pack }}. Ändras de där ändras de i alla mallar.", "Keep")
        w.table(["Skriv så här", "Texten"], (6.4, 10.0), "text in texts", ["{{ text.tag }}", "{{ text.wording }}"])
        _tagged(w, 0)
    w.p("Saknar du något? En mall kan inte ha egna fält. Egna texter och frågor läggs till i regionpaketet.", "Boxed")
    return w.document


def _how_to(w: Writer) -> None:
    w.h2("Så gör du")
    for step in (
        "Öppna mallen i Word. Det som ska fyllas i står inom klamrar, till exempel ett namn eller en dag.",
        "Kopiera det du behöver ur tabellerna här, och klistra in det där uppgiften ska stå. Välj **Behåll endast "
        "text** när du klistrar in: då får uppgiften mallens utseende.",
        "Spara mallen som Word-dokument (.docx).",
        "Kontrollera mallen, prova den med påhittade uppgifter och ta den i bruk med kommandona sist i avsnittet.",
    ):
        w.p(step, "ListNumber")
    w.h3("Så skrivs det")
    w.table(["Du vill", "Skriv så här", "Så blir det"], _TAGS, "tag in tags",
            ["{{ tag.wish }}", "{{ tag.tag }}", "{{ tag.becomes }}"])  # fmt: skip
    _tagged(w, 1)
    with w.when("example"):
        w.h3("Upprepa en tabellrad")
        w.p("Kopiera hela tabellen till mallen, och byt rubriker och fält mot dem du vill ha.", "Keep")
        w.table(["{{ example.heads.left }}", "{{ example.heads.right }}"], (8.2, 8.2), "row in example.lines",
                ["{{ row.left }}", "{{ row.right }}"])  # fmt: skip
        _tagged(w, 0)
        _tagged(w, 1)
    w.h3("Bra att veta")
    with w.each("rule in rules"):
        w.p("{{ rule }}", "ListBullet")
    w.h3("Kommandon")
    with w.each("command in commands"):
        w.p("{{ command.what }}", "Keep")
        w.p("{{ command.line }}", "Code")


def _fields(w: Writer, loop: str) -> None:
    cells = ["{{ field.tag }}", "{{ field.meaning }}", "{{ field.consent }}", "{{ field.example }}"]
    w.table(["Skriv så här", "Betyder", "Samtycke om", "Exempel"], _FIELDS, loop, cells)
    _tagged(w, 0)


def _tagged(w: Writer, column: int) -> None:
    """Set what is to be copied, in the table just written, in a typeface where every bracket shows."""
    row = w.element.findall(qn("w:tbl"))[-1].findall(qn("w:tr"))[2]
    for style in row.findall(qn("w:tc"))[column].iter(qn("w:pStyle")):
        style.set(qn("w:val"), "Codecell")


def _dress(w: Writer) -> None:
    look = w.look
    face = m.in_order(f"{m.font(_TYPEFACE)}{m.size(8.5)}{m.color(look.accent)}")
    keep = '<w:keepNext/><w:spacing w:before="80" w:after="40" w:line="252" w:lineRule="auto"/>'
    code = (
        f'<w:pBdr>{m.edges(look.tint)}</w:pBdr><w:shd w:val="clear" w:color="auto" w:fill="{look.tint}"/>'
        f'{m.spacing(line=264)}<w:ind w:left="140" w:right="140"/>'
    )
    styles = (
        '<w:style w:type="paragraph" w:customStyle="1" w:styleId="Codecell"><w:name w:val="Att kopiera"/>'
        f'<w:basedOn w:val="Cell"/><w:qFormat/><w:rPr>{face}</w:rPr></w:style>',
        '<w:style w:type="paragraph" w:customStyle="1" w:styleId="Code"><w:name w:val="Rad att kopiera"/>'
        f'<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr><w:keepNext/><w:keepLines/>{code}</w:pPr>'
        f"<w:rPr>{face}</w:rPr></w:style>",
        '<w:style w:type="paragraph" w:customStyle="1" w:styleId="Keep"><w:name w:val="Ihop med nästa"/>'
        f'<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{keep}</w:pPr></w:style>',
    )
    for style in parse_xml(f"<w:styles {nsdecls('w')}>{''.join(styles)}</w:styles>"):
        w.document.styles.element.append(style)


def _footer(w: Writer) -> None:
    footer = w.document.sections[0].footer
    footer.is_linked_to_previous = False
    for paragraph in list(footer.paragraphs):
        footer._element.remove(paragraph._element)
    writer = Writer(w.document, footer._element, w.look)
    line = writer.p("{{ title }}. Alla exempel är påhittade.\tSida ", "Footer")
    writer.number(line, "PAGE")
    writer.run(line, " av ")
    writer.number(line, "NUMPAGES")
