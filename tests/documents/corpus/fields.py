"""Word's own fields and links beside tags."""

from engine_docs import RELS, para, run

from .sample import filled

DATA = {"name": "Test Testsson", "n": 7, "words": ["a", "b"]}


def mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def field(code: str, result: str) -> str:
    instruction = f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
    return mark("begin") + instruction + mark("separate") + run(result) + mark("end")


_LINK = f'<Relationship Id="out" Type="{RELS}hyperlink" Target="https://example.se/" TargetMode="External"/>'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'

SAMPLES = [
    filled("a page number", para("Ärende {{ n }}, sida ", field("PAGE", "1")), text="Ärende 7, sida 1", data=DATA),
    filled(
        "a tag in a field's result",
        para(field("REF x", "{{ name }}"), "!"),
        text="Test Testsson!",
        data=DATA,
    ),
    filled(
        "a simple field",
        f'<w:p>{run("{{ n }} ")}<w:fldSimple w:instr=" NUMPAGES ">{run("3")}</w:fldSimple></w:p>',
        text="7 3",
        data=DATA,
    ),
    filled(
        "a link to a heading",
        f'<w:p><w:hyperlink w:anchor="mal">{run("Se {{ name }}", "<w:u/>")}</w:hyperlink>{run(".")}</w:p>',
        text="Se Test Testsson.",
        data=DATA,
    ),
    filled(
        "a link to the web",
        f'<w:p><w:hyperlink {_R} r:id="out">{run("{{ na")}{run("me }}")}</w:hyperlink></w:p>',
        relations=_LINK,
        text="Test Testsson",
        data=DATA,
    ),
    filled(
        "links in a loop",
        para("{%p for w in words %}"),
        f'<w:p><w:hyperlink w:anchor="b">{run("{{ w }}")}</w:hyperlink></w:p>',
        para("{%p endfor %}"),
        text="a\nb",
        data=DATA,
    ),
    filled(
        "a table of contents",
        para(
            mark("begin"),
            '<w:r><w:instrText xml:space="preserve"> TOC \\o "1-3" </w:instrText></w:r>',
            mark("separate"),
            "Mål {{ n }}",
            field("PAGEREF _Toc1 \\h", "1"),
            mark("end"),
        ),
        para("slut"),
        text="Mål 71\nslut",
        data=DATA,
    ),
]
