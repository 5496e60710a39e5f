"""Footnotes and endnotes."""

from engine_docs import para, row, run, table

from .sample import filled

DATA = {"name": "Test Testsson", "words": ["a", "b"], "no": False}


def note(kind: str, *content: str, number: int = 1) -> str:
    return f'<w:{kind} w:id="{number}">{"".join(content)}</w:{kind}>'


def reference(kind: str, number: int = 1) -> str:
    return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'


SAMPLES = [
    filled(
        "a footnote",
        para("Se not", reference("footnote"), " för {{ name }}."),
        parts={"footnotes": note("footnote", para("Om {{ name }}."))},
        text="Se not för Test Testsson.\nOm Test Testsson.",
        data=DATA,
    ),
    filled(
        "an endnote",
        para("Se not", reference("endnote"), " om detta."),
        parts={"endnotes": note("endnote", para("Om {{ name }}."))},
        text="Se not om detta.\nOm Test Testsson.",
        data=DATA,
        differs="Endnotes are not filled in.",
    ),
    filled(
        "loops and splits in footnotes",
        para("x", reference("footnote"), reference("footnote", 2)),
        parts={
            "footnotes": note("footnote", para("{%p for w in words %}"), para("{{ w }}"), para("{%p endfor %}"))
            + note("footnote", para(run("{{ na", "<w:i/>"), "me }}"), number=2),
        },
        text="x\na\nb\nTest Testsson",
        data=DATA,
    ),
    filled(
        "a footnote that would come out empty",
        para("x"),
        parts={"footnotes": note("footnote", para("{%p if no %}"), para("bort"), para("{%p endif %}"))},
        text="x\n",
        data=DATA,
        differs="A footnote is left without a paragraph, which Word does not open.",
    ),
    filled(
        "a table in a footnote",
        para("x", reference("footnote")),
        parts={"footnotes": note("footnote", table(row("{{ name }}", "y")), para("slut"))},
        text="x\nTest Testsson\ty\nslut",
        data=DATA,
    ),
]
