"""Tracked changes."""

from engine_docs import para, run

from .sample import filled, refused

DATA = {"name": "Test Testsson", "n": 7}


def inserted(*content: str) -> str:
    return f'<w:ins w:id="1" w:author="Test">{"".join(content)}</w:ins>'


def deleted(text: str) -> str:
    return f'<w:del w:id="2" w:author="Test"><w:r><w:delText xml:space="preserve">{text}</w:delText></w:r></w:del>'


_UNFILLED = "Ett fält står i spårad borttagen text, där det inte fylls i."

SAMPLES = [
    filled("a tag that was inserted", para("Hej ", inserted(run("{{ name }}"))), text="Hej Test Testsson", data=DATA),
    filled(
        "a tag half inserted",
        para("Hej {{ na", inserted(run("me }}")), "!"),
        text="Hej Test Testsson!",
        data=DATA,
        differs="The end of the paragraph falls out of it, and the section's properties are lost.",
    ),
    filled(
        "deleted text beside a tag",
        para("{{ n }}", deleted(" bort"), " kvar"),
        text="7 kvar",
        data=DATA,
    ),
    filled(
        "deleted text inside a tag",
        para("{{ na", deleted("xyz"), "me }}"),
        text="Test Testsson",
        data=DATA,
        parts_of_result={"word/document.xml": ">xyz</w:delText>"},
        differs="The deleted text is thrown away, and nobody can take it back.",
    ),
    filled(
        "changed formatting of a tag",
        para(run("{{ n }}", '<w:b/><w:rPrChange w:id="3" w:author="Test"><w:rPr/></w:rPrChange>')),
        text="7",
        data=DATA,
    ),
    refused("a tag that was deleted", para("x", deleted("{{ name }}")), findings=(("error", "mall.docx", _UNFILLED),)),
    refused(
        "a tag that was moved away",
        para("x", f'<w:moveFrom w:id="4" w:author="Test">{run("{{ name }}")}</w:moveFrom>'),
        findings=(("error", "mall.docx", _UNFILLED),),
    ),
]
