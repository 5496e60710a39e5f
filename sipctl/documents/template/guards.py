"""Places where an empty loop could leave what Word does not open: marked now, mended after rendering.

A mark is a control character, which no XML may hold; the mending is a few searches for single bytes in the finished
part, never a reparse.
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
    SDT_PR,
    SECT_PR,
    TBL,
    TC,
    TCPR,
    TEXT_BOX,
    TR,
    W15_NS,
    Element,
    P,
    child_like,
)

LAST_PARAGRAPH, ANY_CONTENT = "\x01", "\x08"
_MARKS = {"paragraph": LAST_PARAGRAPH, "content": ANY_CONTENT}
_BOXED = {TR: ("row", "\x02", "\x03", "\x04"), TBL: ("table", "\x05", "\x06", "\x07")}
for _word, *_three in _BOXED.values():
    _MARKS |= dict(zip((f"{_word}Start", f"{_word}Head", f"{_word}End"), _three, strict=True))

_HOLDERS = frozenset({BODY, HDR, FTR, TC, TEXT_BOX, FOOTNOTE, ENDNOTE})
_REPEATING = f"{{{W15_NS}}}repeatingSection"  # has its own condition around it
_OPENING, _CLOSING = ("if", "for"), ("endif", "endfor")


def mark_character(name: str) -> str:
    """The character that stands for a named mark in the rendered text."""
    return _MARKS[name]


def guard(draft: Draft) -> bool:
    """Mark what could come out empty; tells whether anything was marked."""
    marked = False
    for element in list(draft.root.iter(*_HOLDERS)):
        marked |= _guard_holder(element)
    _loosen(draft, TC, set())
    rows = _guard_boxes(draft, TR, frozenset({TC, SDT}), set())
    _loosen(draft, TR, rows)
    tables = _guard_boxes(draft, TBL, frozenset({TR, SDT}), rows)
    for element in list(draft.root.iter(SDT_CONTENT)):
        marked |= _guard_content(draft, element, tables)
    return marked or bool(rows or tables)


def _loosen(draft: Draft, inner: str, unsure: set[Element]) -> None:
    """Let go of content controls around rows or cells that may all be gone: no shell of one may stay in a table."""
    for control in reversed(list(draft.root.iter(SDT))):
        content = control.find(SDT_CONTENT)
        if content is None or content.find(inner) is None or _is_repeating(control):
            continue
        if not _always_has(draft, content, frozenset({inner, SDT}), unsure):
            parent, place = control.getparent(), control.getparent().index(control)
            parent[place : place + 1] = list(content)


def _is_repeating(control: Element) -> bool:
    return control.find(f"{SDT_PR}/{_REPEATING}") is not None


def _guard_content(draft: Draft, content: Element, tables: set[Element]) -> bool:
    """A content control between paragraphs must not come out empty either."""
    above = next(each for each in content.iterancestors() if each.tag not in (SDT, SDT_CONTENT))
    if (
        above.tag not in _HOLDERS
        or _is_repeating(content.getparent())
        or _always_has(draft, content, frozenset({P, TBL, SDT}), tables)
    ):
        return False
    content.append(_mark("content"))
    return True


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
    content = [c for c in holder if c.tag not in RANGE_MARKS and c.tag not in (SECT_PR, TCPR)]
    if holder.tag == TC and (not content or content[-1].tag == TBL):
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


def mend(content: bytes) -> bytes:
    """Drop rows without cells and tables without rows; give every cell its paragraph, every control some content."""
    for element, (_name, *marks) in ((b"w:tr", _BOXED[TR]), (b"w:tbl", _BOXED[TBL])):
        start, head, end = (mark.encode() for mark in marks)
        content = _drop_empty(content, start, head + end, b"</%b>" % element)
        for mark in (start, head, end):
            content = content.replace(mark, b"")
    empty = b"<w:sdtContent>"
    content = content.replace(empty + ANY_CONTENT.encode(), empty + b"<w:p/>").replace(ANY_CONTENT.encode(), b"")
    return _close_holders(content)


def _drop_empty(content: bytes, start: bytes, empty: bytes, close: bytes) -> bytes:
    while (found := content.find(empty)) >= 0:
        content = content[: content.rfind(start, 0, found)] + content[content.index(close, found) + len(close) :]
    return content


def _close_holders(content: bytes) -> bytes:
    pieces = content.split(LAST_PARAGRAPH.encode())
    return b"".join(_ended(pieces))


def _ended(pieces: list[bytes]) -> Iterator[bytes]:
    for piece in pieces[:-1]:
        yield piece if piece.endswith(b"</w:p>") else piece + b"<w:p/>"
    yield pieces[-1]
