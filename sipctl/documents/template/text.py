"""The plain text of a Word document, to read it in tests and to compare one made again."""

from collections.abc import Iterator

from .package import WORD_TYPE, open_package
from .wordxml import DELETED, FALLBACK, RPR, TC, TR, Element, P, R, T, parse, w

_BREAKS = {w("br"): "\n", w("cr"): "\n", w("tab"): "\t", w("noBreakHyphen"): "-"}
_SKIPPED = DELETED | {FALLBACK, RPR, w("pPr"), w("sdtPr"), w("tcPr"), w("trPr"), w("tblPr"), w("tblGrid")}
_PARTS = ("header+xml", "footer+xml", "footnotes+xml", "endnotes+xml")


def docx_text(data: bytes) -> str:
    """The text of the body in order, then of headers, footers and notes: a line for each paragraph.

    The cells of a table row are on one line with tabs between them. Raises ``TemplateFault`` for what
    is not a sound Word document.
    """
    package = open_package(data, "dokument.docx")
    names = [package.main]
    for kind in _PARTS:
        names += package.of_type(WORD_TYPE + kind)
    lines = [line for name in names for line in _lines(parse(package.entries[name].content))]
    return "\n".join(lines)


def _lines(element: Element) -> Iterator[str]:
    for child in element:
        if child.tag == P:
            yield _paragraph(child)
        elif child.tag == TR:
            cells = ["\n".join(_lines(cell)) for cell in child.iter(TC) if _row_of(cell) is child]
            yield "\t".join(cells)
        elif child.tag not in _SKIPPED:
            yield from _lines(child)


def _row_of(cell: Element) -> Element:
    return next(cell.iterancestors(TR))


def _paragraph(element: Element) -> str:
    pieces: list[str] = []
    boxes: list[str] = []
    _collect(element, pieces, boxes)
    return "\n".join(["".join(pieces), *boxes])


def _collect(element: Element, pieces: list[str], boxes: list[str]) -> None:
    for child in element:
        if child.tag == P:
            boxes.append(_paragraph(child))
        elif child.tag == T and element.tag == R:
            pieces.append(child.text or "")
        elif child.tag in _BREAKS and element.tag == R:
            pieces.append(_BREAKS[child.tag])
        elif child.tag not in _SKIPPED:
            _collect(child, pieces, boxes)
