"""Content controls: filled by tags in them, or by their own name."""

from engine_docs import cell, para, row, run, table

from .sample import filled

DATA = {"name": "Test Testsson", "words": ["a", "b"], "person": {"born": "1950"}, "no": False}
BOUND = '<w:dataBinding w:xpath="/x" w:storeItemID="{00000000-0000-0000-0000-000000000001}"/>'


def control(*content: str, properties: str = "") -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{''.join(content)}</w:sdtContent></w:sdt>"


def tagged(name: str, *content: str, more: str = "") -> str:
    return control(*content, properties=f'<w:tag w:val="{name}"/>{more}')


_BY_NAME = "Content controls are not filled by their name."

SAMPLES = [
    filled("a tag in a control", control(para("Hej {{ name }}")), para("x"), text="Hej Test Testsson\nx", data=DATA),
    filled(
        "a tag in a control in the line",
        para("Hej ", control(run("{{ name }}")), "!"),
        text="Hej Test Testsson!",
        data=DATA,
    ),
    filled(
        "a bound control",
        para("Hej ", control(run("{{ name }}"), properties=BOUND)),
        text="Hej Test Testsson",
        data=DATA,
        parts_of_result={"word/document.xml": "<w:sdt><w:sdtPr/><w:sdtContent><w:r>"},
        differs="The binding stays, and Word writes the bound text over the value.",
    ),
    filled(
        "a control around rows",
        table(row("Nr"), control(row("{%tr for w in words %}"), row("{{ w }}"), row("{%tr endfor %}"))),
        para("slut"),
        text="Nr\na\nb\nslut",
        data=DATA,
    ),
    filled(
        "a control around paragraphs that come and go",
        control(para("{%p if no %}"), para("bort"), para("{%p endif %}"), para("kvar")),
        para("slut"),
        text="kvar\nslut",
        data=DATA,
    ),
    filled(
        "a control by its name",
        para("Född ", tagged("person.born", run("Klicka här"), more="<w:showingPlcHdr/>"), "."),
        text="Född 1950.",
        data=DATA,
        differs=_BY_NAME,
    ),
    filled(
        "a control of whole paragraphs by its name",
        tagged("name", para("Klicka här")),
        para("slut"),
        text="Test Testsson\nslut",
        data=DATA,
        differs=_BY_NAME,
    ),
    filled(
        "a control in a cell by its name",
        table(row(cell(tagged("name", para("Klicka här"))), "x")),
        para("slut"),
        text="Test Testsson\tx\nslut",
        data=DATA,
        differs=_BY_NAME,
    ),
]
