"""Places where an empty loop could leave what Word does not open: marked now, mended after rendering.

A mark is a noncharacter in the text; the mending is a few searches in the finished text, never a reparse.
"""

from collections.abc import Iterator

from lxml import etree

from .hoist import INSTRUCTION
from .tags import Draft
from .wordxml import (
    BODY,
    ENDNOTE,
    FOOTNOTE,
    FTR,
    HDR,
    RANGE_MARKS,
    SDT,
    SDT_CONTENT,
    SECT_PR,
    TBL,
    TC,
    TCPR,
    TEXT_BOX,
    TR,
    Element,
    P,
    child_like,
)

LAST_PARAGRAPH = "\ufdd6"
_MARKS = {"paragraph": LAST_PARAGRAPH}
_BOXED = {TR: ("row", "\ufdd7", "\ufdd8", "\ufdd9"), TBL: ("table", "\ufdda", "\ufddb", "\ufddc")}
for _word, *_three in _BOXED.values():
    _MARKS |= dict(zip((f"{_word}Start", f"{_word}Head", f"{_word}End"), _three, strict=True))

_HOLDERS = frozenset({BODY, HDR, FTR, TC, TEXT_BOX, FOOTNOTE, ENDNOTE})
_OPENING, _CLOSING = ("if", "for"), ("endif", "endfor")


def mark_character(name: str) -> str:
    """The character that stands for a named mark in the rendered text."""
    return _MARKS[name]


def guard(draft: Draft) -> bool:
    """Mark what could come out empty; tells whether anything was marked."""
    marked = False
    for element in list(draft.root.iter(*_HOLDERS, SDT_CONTENT)):
        marked |= _guard_holder(element)
    rows = _guard_boxes(draft, TR, frozenset({TC, SDT}), set())
    tables = _guard_boxes(draft, TBL, frozenset({TR, SDT}), rows)
    return marked or bool(rows or tables)


def _guard_boxes(draft: Draft, name: str, inner: frozenset[str], unsure: set[Element]) -> set[Element]:
    """Mark the rows, or tables, that may come out empty; ``unsure`` are those inside that may go."""
    empty = {box for box in draft.root.iter(name) if not _always_has(draft, box, inner, unsure)}
    for box in list(draft.root.iter(name)):
        if box in empty:
            _mark_box(box, inner)
    return empty


def _mark(name: str) -> Element:
    return etree.ProcessingInstruction(INSTRUCTION, name)


def _is_tag(node: Element) -> bool:
    return getattr(node, "target", None) == INSTRUCTION


def _guard_holder(holder: Element) -> bool:
    if holder.tag == SDT_CONTENT and holder.getparent().getparent().tag not in _HOLDERS:
        return False
    content = [c for c in holder if c.tag not in RANGE_MARKS and c.tag not in (SECT_PR, TCPR)]
    if not content and holder.tag == TC:
        child_like(holder, P)
        return False
    if not content or not _is_tag(content[-1]):
        return False
    for paragraph in holder.iterchildren(P):
        # An empty element must end in an end tag too: that is what the mending looks for.
        paragraph.text = paragraph.text or ""
    place = holder.index(content[-1]) + 1
    holder.insert(place, _mark("paragraph"))
    return True


def _mark_box(box: Element, inner: frozenset[str]) -> None:
    word = _BOXED[box.tag][0]
    head = next((n for n, c in enumerate(box) if c.tag in inner or _is_tag(c)), len(box))
    box.insert(head, _mark(f"{word}Head"))
    box.append(_mark(f"{word}End"))
    parent = box.getparent()
    parent.insert(parent.index(box), _mark(f"{word}Start"))


def _always_has(draft: Draft, box: Element, inner: frozenset[str], unsure: set[Element]) -> bool:
    """Whether something stands directly in the box, outside every block."""
    depth = 0
    for node in box:
        if _is_tag(node) and node.text.isdigit():
            keyword = draft.tags[int(node.text)].keyword
            depth += (keyword in _OPENING) - (keyword in _CLOSING)
        elif node.tag in inner and depth == 0 and node not in unsure:
            return True
    return False


def mend(text: str) -> str:
    """Drop rows without cells and tables without rows, and give every cell its paragraph."""
    for element, (_name, start, head, end) in (("w:tr", _BOXED[TR]), ("w:tbl", _BOXED[TBL])):
        text = _drop_empty(text, start, head + end, f"</{element}>")
        for mark in (start, head, end):
            text = text.replace(mark, "")
    return _close_holders(text)


def _drop_empty(text: str, start: str, empty: str, close: str) -> str:
    while (found := text.find(empty)) >= 0:
        text = text[: text.rfind(start, 0, found)] + text[text.index(close, found) + len(close) :]
    return text


def _close_holders(text: str) -> str:
    pieces = text.split(LAST_PARAGRAPH)
    return "".join(_ended(pieces))


def _ended(pieces: list[str]) -> Iterator[str]:
    for piece in pieces[:-1]:
        yield piece if piece.endswith("</w:p>") else piece + "<w:p/>"
    yield pieces[-1]
