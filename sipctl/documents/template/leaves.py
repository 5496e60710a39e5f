"""The text of a paragraph as pieces that can be read as one and changed each in its place."""

from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate, takewhile
from typing import NamedTuple

from .wordxml import DELETED, MC_NS, RANGE_MARKS, RPR, TEXT_BOX, W_NS, XML_SPACE, Element, P, R, T, drop, w

OPAQUE = "\ufffc"  # a picture, a field, a note: something that is not text

LITERALS = (("{_{", "{{"), ("}_}", "}}"), ("{_%", "{%"), ("%_}", "%}"))
_WORD, _EITHER_OR = f"{{{W_NS}}}", f"{{{MC_NS}}}"
_SILENT = RANGE_MARKS | {w("proofErr"), w("pPr"), w("rPr"), w("sdtPr"), w("sdtEndPr"), w("smartTagPr")}
_BREAKS = {w("tab"): "\t", w("ptab"): "\t", w("br"): "\n", w("cr"): "\n", w("noBreakHyphen"): "-"}
DELETED_TEXT = w("delText")
_RUBY = w("ruby")  # a word with its reading above it
_NO_TEXT = frozenset({RPR, w("softHyphen"), w("lastRenderedPageBreak"), DELETED_TEXT, w("annotationRef")})


class Leaf(NamedTuple):
    """A piece of a paragraph's text."""

    element: Element
    text: str


class Span(NamedTuple):
    """A stretch of a paragraph's text, and what shall stand for it."""

    start: int
    end: int
    token: str


def leaves(paragraph: Element) -> Iterator[Leaf]:
    """The text of one paragraph in order, without that of text boxes and deleted text."""
    for child in paragraph:
        if child.tag == R:
            yield from _run_leaves(child)
        elif child.tag in _SILENT or child.tag in DELETED or child.tag in (P, TEXT_BOX):
            continue
        elif isinstance(child.tag, str) and child.tag.startswith((_WORD, _EITHER_OR)):
            yield from leaves(child)
        else:
            yield Leaf(child, OPAQUE)


def _run_leaves(run: Element) -> Iterator[Leaf]:
    for child in run:
        if child.tag == T:
            yield Leaf(child, child.text or "")
        elif child.tag in _BREAKS:
            yield Leaf(child, _BREAKS[child.tag])
        elif child.tag == _RUBY:
            yield from leaves(child)
        elif child.tag not in _NO_TEXT:
            yield Leaf(child, OPAQUE)


def holders(pieces: list[Leaf], positions: list[int]) -> Iterator[Element]:
    """The elements that have the characters at these positions."""
    ends = list(accumulate(len(piece.text) for piece in pieces))
    for position in positions:
        yield pieces[bisect_right(ends, position)].element


def replace(pieces: list[Leaf], spans: list[Span]) -> None:
    """Put a token for each span where it starts, and take away the rest of it; the spans are in order."""
    begins = first = 0
    for element, text in pieces:
        ends = begins + len(text)
        while first < len(spans) and spans[first].end <= begins:
            first += 1
        inside = list(takewhile(lambda span: span.start < ends, spans[first:]))  # noqa: B023 - used at once
        if element.tag == T:
            _set_text(element, _with_tokens(text, begins, inside))
        elif inside:
            _drop_leaf(element)
        begins = ends


def _with_tokens(text: str, begins: int, spans: list[Span]) -> str:
    kept, at = [], 0
    for span in spans:
        kept.append(_unescape(text[at : max(span.start - begins, at)]))
        if span.start >= begins:
            kept.append(span.token)
        at = span.end - begins
    return "".join(kept) + _unescape(text[at:])


def _unescape(text: str) -> str:
    for written, meant in LITERALS:
        text = text.replace(written, meant)
    return text


def _set_text(element: Element, text: str) -> None:
    if text == element.text:
        return
    if text:
        element.text = text
        element.set(XML_SPACE, "preserve")
    else:
        _drop_leaf(element)


def _drop_leaf(element: Element) -> None:
    run = element.getparent()
    drop(element)
    if run is not None and all(child.tag == RPR for child in run):
        drop(run)
