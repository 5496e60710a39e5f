"""Headers and footers."""

from engine_docs import para, row, run, table

from .sample import filled

DATA = {"name": "Test & Co", "n": 7, "words": ["a", "b"], "no": False, "nothing": []}
_PAGE = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
)

SAMPLES = [
    filled(
        "a header and a footer",
        para("Nr {{ n }}"),
        parts={"header1": para("Ärende {{ n }}"), "footer1": para("Sida ", _PAGE, " av ärende {{ n }}")},
        text="Nr 7\nÄrende 7\nSida 1 av ärende 7",
        data=DATA,
    ),
    filled(
        "three headers, one without tags",
        para("x"),
        parts={"header1": para("{{ n }}"), "header2": para("fast"), "header3": para("{{ n }}!")},
        text="x\n7\nfast\n7!",
        data=DATA,
    ),
    filled(
        "an ampersand in a header",
        para("x"),
        parts={"header1": para("{{ name }}")},
        text="x\nTest & Co",
        data=DATA,
        differs="An ampersand in a value is written as it is, and the text after it is lost.",
    ),
    filled(
        "a table with a loop in a header",
        para("x"),
        parts={
            "header1": table(row("{%tr for w in words %}"), row("{{ w }}"), row("{%tr endfor %}")) + para("{{ n }}"),
        },
        text="x\na\nb\n7",
        data=DATA,
    ),
    filled(
        "a header that would come out empty",
        para("x"),
        parts={"header1": para("{%p if no %}") + para("bort") + para("{%p endif %}")},
        text="x\n",
        data=DATA,
        differs="A header is left without a paragraph, which Word does not open.",
    ),
    filled(
        "a split tag in a footer",
        para("x"),
        parts={"footer1": para("a ", run("{{", "<w:b/>"), " n ", run("}}"))},
        text="x\na 7",
        data=DATA,
    ),
]
