"""The same mistake in every place a document has: each is found by what is said of where it is."""

from engine_docs import cell, para, row, run, table

from .boxes import box
from .notes import note
from .sample import refused

WRONG, MESSAGE = "{{ a|fel }}", "Filtret ”fel” finns inte."


def at(name: str, where: str, *body: str, **more):
    return refused(name, *body, findings=(("error", f"mall.docx, {where}", MESSAGE),), **more)


_QUOTED = f" (”{WRONG}”)"
SAMPLES = [
    at("in the third paragraph", f"stycke 3{_QUOTED}", para("a"), para(""), para(WRONG)),
    at("in a paragraph after a table", f"stycke 2{_QUOTED}", para("a"), table(row("b")), para(WRONG)),
    at(
        "in a long paragraph",
        "stycke 1 (”En lång inledning som inte ta…”)",
        para(f"En lång inledning som inte tar slut {WRONG}"),
    ),
    at(
        "in the second table", "tabell 2, rad 2, kolumn 1", table(row("a")), para("b"), table(row("c"), row(WRONG, "d"))
    ),
    at(
        "in a table in a cell",
        "tabell 1, rad 1, kolumn 2, inre tabell 1, rad 1, kolumn 1",
        table(row("a", cell(table(row(WRONG)), para("b")))),
    ),
    at("in the only header", f"sidhuvud, stycke 1{_QUOTED}", para("x"), parts={"header1": para(WRONG)}),
    at(
        "in the second header",
        f"sidhuvud 2, stycke 1{_QUOTED}",
        para("x"),
        parts={"header1": para("a"), "header2": para(WRONG)},
    ),
    at(
        "in a table in the footer", "sidfot, tabell 1, rad 1, kolumn 1", para("x"), parts={"footer1": table(row(WRONG))}
    ),
    at("in a footnote", "fotnot 3", para("x"), parts={"footnotes": note("footnote", para(WRONG), number=3)}),
    at("in an endnote", "slutnot 1", para("x"), parts={"endnotes": note("endnote", para(WRONG))}),
    at("in the second text box", "textruta 2", para(box(para("a"))), para(box(para(WRONG)))),
    at(
        "in a content control",
        f"stycke 2{_QUOTED}",
        para("a"),
        f"<w:sdt><w:sdtPr/><w:sdtContent>{para(WRONG)}</w:sdtContent></w:sdt>",
    ),
    at("in a link", f"stycke 1{_QUOTED}", f'<w:p><w:hyperlink w:anchor="b">{run(WRONG)}</w:hyperlink></w:p>'),
]
