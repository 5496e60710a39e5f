"""What a template carries besides its text is told before it goes to a recipient."""

import pytest
from checked_docs import OFFICE, TITLE, core, lines, said, sound
from engine_docs import RELS, cell, para, row, run, table

WORD = f"{OFFICE}wordprocessingml."


def change(kind: str, inner: str, author: str = "Kim Påhittsson") -> str:
    return f'<w:{kind} w:id="9" w:author="{author}">{inner}</w:{kind}>'


def deleted(text: str) -> str:
    return change("del", f"<w:r><w:delText>{text}</w:delText></w:r>", "Alex Provsson")


def link(target: str, external: bool = True) -> str:
    mode = ' TargetMode="External"' if external else ""
    return f'<Relationship Id="l1" Type="{RELS}hyperlink" Target="{target}"{mode}/>'


FILE = "En länk går till en fil eller en plats i det egna nätet, som mottagaren inte kommer åt."
INSIDE = "En länk går till en adress som bara fungerar inne i organisationen."
LINKED = (
    '<w:p><w:hyperlink xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="l1">'
    f"{run('rutinen')}</w:hyperlink></w:p>"
)


def test_a_clean_template_carries_nothing():
    assert said(sound(para("{{ a }}"))) == []


def test_comments_are_told_where_they_stand():
    marked = f'<w:p>{run("Tid")}<w:r><w:commentReference w:id="4"/></w:r></w:p>'
    own = '<w:p><w:r><w:commentReference w:id="5"/></w:r></w:p>'
    comments = (
        f'<w:comment w:id="4" w:author="Kim Påhittsson">{para("Är det", " rätt?")}</w:comment>'
        f'<w:comment w:id="5" w:author="sipctl">{para("Fel: …")}</w:comment>'
        f'<w:comment w:id="6" w:author="Ingen">{para("utan plats")}</w:comment>'
    )
    document = sound(table(row(cell("x"), cell(marked))), own, parts={"comments": comments})
    assert lines(document) == [
        "warning | kallelse.docx, tabell 1, rad 1, kolumn 2 | Är det rätt? | "
        "En kommentar av Kim Påhittsson följer med till mottagaren.",
        "warning | kallelse.docx, stycke 2 | Fel: … | "
        "En kommentar från en tidigare kontroll är kvar och följer med till mottagaren.",
    ]
    first = said(document)[0]
    assert (first.part, first.table, first.row, first.column, first.paragraph) == ("word/document.xml", 1, 1, 2, None)
    assert first.remedy == "Välj Granska > Ta bort > Ta bort alla kommentarer i dokumentet."


def test_tracked_changes_are_told_once_for_each_paragraph():
    text = f"<w:p>{run('Tid')}{change('ins', run(' och plats'))}{deleted('hemligt')}</w:p>"
    look = f"<w:p><w:pPr>{change('pPrChange', '<w:pPr/>')}</w:pPr>{run('Hej')}</w:p>"
    inserted_row = f"<w:tr><w:trPr>{change('ins', '')}</w:trPr>{cell('ny rad')}</w:tr>"
    assert lines(sound(text, look, table(inserted_row))) == [
        "warning | kallelse.docx, stycke 2 (”Tid och plats”) | Tid och plats | "
        "Här finns spårade ändringar av Kim Påhittsson, Alex Provsson. "
        "Mottagaren kan läsa både det nya och det borttagna.",
        "warning | kallelse.docx, stycke 3 (”Hej”) | Hej | "
        "Här finns spårade ändringar av formatet, av Kim Påhittsson. De följer med till mottagaren.",
        "warning | kallelse.docx, tabell 1, rad 1, kolumn 1 | ny rad | "
        "Här finns spårade ändringar av Kim Påhittsson. Mottagaren kan läsa både det nya och det borttagna.",
    ]


def test_hidden_text_is_told_but_not_hidden_control_tags():
    hidden = f"<w:p>{run('syns')}{run('bara för oss', '<w:vanish/>')}</w:p>"
    by_style = para(run("också dolt", '<w:rStyle w:val="Dold"/>'))
    control = para(run("{% if a %}", "<w:vanish/>"), "x", run("{% endif %}", "<w:vanish/>"))
    shown = para(run("syns", '<w:vanish w:val="0"/>'))
    assert lines(sound(hidden, by_style, control, shown)) == [
        "warning | kallelse.docx, stycke 2 (”synsbara för oss”) | bara för oss | "
        "Här finns dold text. Mottagaren kan visa den i Word.",
        "warning | kallelse.docx, stycke 3 (”också dolt”) | också dolt | "
        "Här finns dold text. Mottagaren kan visa den i Word.",
    ]


def test_names_in_the_properties():
    properties = core(
        TITLE,
        "<dc:creator>Kim Påhittsson</dc:creator>",
        "<cp:lastModifiedBy>Alex Provsson</cp:lastModifiedBy>",
        "<dc:description>utkast till Siv</dc:description>",
    )
    app = (
        f"{OFFICE}extended-properties+xml",
        '<Properties xmlns="x"><Company>Påhittstads kommun</Company><Manager>Robin Provsson</Manager></Properties>',
    )
    own = (
        f"{OFFICE}custom-properties+xml",
        '<Properties xmlns="x"><property name="MSIP_Owner"><v>kim@example.se</v></property>'
        '<property name="Diarienummer"><v>2026/1</v></property><property name="Tom"><v/></property></Properties>',
    )
    people = (f"{WORD}people+xml", '<p xmlns:w15="y"><w15:person w15:author="Kim Påhittsson"/></p>')
    extra = {"docProps/core.xml": properties, "docProps/app.xml": app, "docProps/custom.xml": own}
    assert lines(sound(extra={**extra, "word/people.xml": people})) == [
        "warning | kallelse.docx, listan över granskare | Kim Påhittsson | "
        "Namnen på dem som har kommenterat eller ändrat följer med till mottagaren.",
        *(
            f"warning | kallelse.docx, dokumentegenskaper | {value} | {what} (”{value}”) följer med till mottagaren."
            for what, value in (
                ("Författarens namn", "Kim Påhittsson"),
                ("Namnet på den som sparade mallen sist", "Alex Provsson"),
                ("En kommentar i egenskaperna", "utkast till Siv"),
                ("Chefens namn", "Robin Provsson"),
                ("Egenskapen ”MSIP_Owner”", "kim@example.se"),
            )
        ),
        *(
            f"advice | kallelse.docx, dokumentegenskaper | {value} | {what} (”{value}”) följer med till mottagaren."
            for what, value in (("Organisationens namn", "Påhittstads kommun"), ("Egenskapen ”Diarienummer”", "2026/1"))
        ),
    ]


@pytest.mark.parametrize("name", ["", "sipctl", "python-docx", "{{ sender.name }}"])
def test_programs_and_fields_are_nobodys_name(name):
    assert said(sound(extra={"docProps/core.xml": core(TITLE, f"<dc:creator>{name}</dc:creator>")})) == []


def test_settings():
    variables = '<w:docVars><w:docVar w:name="Diarie" w:val="1"/></w:docVars>'
    settings = f"<w:trackRevisions/><w:attachedTemplate/>{variables}"
    assert lines(sound(parts={"settings": settings})) == [
        "warning | kallelse.docx, inställningar |  | "
        "Dolda variabler från ett makro eller tillägg följer med till mottagaren: Diarie.",
        "advice | kallelse.docx, inställningar |  | "
        "Spårning av ändringar är påslagen, så att nästa ändring i mallen följer med till mottagaren.",
        "advice | kallelse.docx, inställningar |  | "
        "Mallen är kopplad till en annan mall. Kopplingen följer inte med till mottagaren.",
    ]


def test_what_is_enclosed():
    extra = {
        "word/embeddings/Bok1.xlsx": ("application/x", "x"),
        "docProps/thumbnail.jpeg": ("image/jpeg", "x"),
        "customXml/item1.xml": ("application/xml", "<a><b>Kim</b> <c/></a>"),
        "customXml/item2.xml": ("application/xml", "<a/>"),
    }
    assert lines(sound(extra=extra)) == [
        "warning | kallelse.docx, inbäddad fil |  | "
        "En hel fil ligger inbäddad i mallen (Bok1.xlsx), med allt den innehåller.",
        "advice | kallelse.docx, inbäddade data | Kim | "
        "Data som inte syns i texten följer med till mottagaren, till exempel från SharePoint.",
        "advice | kallelse.docx, miniatyrbild |  | En miniatyrbild av mallens första sida följer med till mottagaren.",
    ]


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("file:///G:/rutin.docx", FILE),
        ("\\\\server\\rutin", FILE),
        ("http://insidan/rutin", INSIDE),
        ("https://wiki.kommunen.local/", INSIDE),
        ("http://10.0.0.7/", INSIDE),
    ],
)
def test_links_inside_the_organisation(target, message):
    document = sound(para("x"), LINKED, relations=link(target))
    assert lines(document) == [f"warning | kallelse.docx, stycke 3 (”rutinen”) | {target} | {message}"]
    code = f'<w:p><w:r><w:instrText> HYPERLINK "{target}" </w:instrText></w:r></w:p>'
    assert lines(sound(code)) == [f"warning | kallelse.docx, stycke 2 | {target} | {message}"]


@pytest.mark.parametrize(
    "target", ["https://www.1177.se/", "mailto:kim@example.se", "tel:0100000000", "http://8.8.8.8/"]
)
def test_open_links_are_fine(target):
    assert said(sound(LINKED, relations=link(target))) == []
