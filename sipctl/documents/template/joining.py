"""A minus sign in a control tag joins its paragraph with the one beside it: ``{%-`` the one before, ``-%}`` the next.

So a long sentence with choices can be written on many lines and still come out as one. The sign works at the edge of
a paragraph and beside a line break; elsewhere it has nothing to take away.
"""

from collections.abc import Iterator

from sipctl.language import _

from .hoist import breaks_section
from .leaves import Leaf, leaves
from .tags import TOKEN, Draft, Tag
from .wordxml import PPR, RANGE_MARKS, Element, P, T, ancestor, drop, w

_BREAK, _TYPE = w("br"), w("type")


def join_paragraphs(draft: Draft) -> None:
    """Take away what lies between minus signs and the nearest text; a sign with nothing to take gets an advice."""
    signed = [tag for tag in draft.tags if tag.kind != "comment" and any(tag.joins)]
    working: set[int] = set()
    taken: dict[Element, None] = {}
    for home in dict.fromkeys(ancestor(tag.at, P) for tag in signed):
        pieces = _pieces(home)
        for tag, place, step in _signs(draft, pieces):
            if between := _between(home, pieces, place, step):
                taken |= dict.fromkeys(between)
                working.add(tag.number)
    for each in taken:
        if each.tag == _BREAK:
            drop(each)
    for later in sorted((each for each in taken if each.tag == P), key=draft.anchors.__getitem__):
        _join(later)
    for tag in signed:
        if tag.number not in working:
            message = _("Minustecken har ingen verkan här.")
            remedy = _("De slår ihop stycken när tecknet står först eller sist i ett stycke.")
            draft.report.add("advice", tag.spot, message, remedy)


def _pieces(paragraph: Element) -> list[Leaf]:
    return [leaf for leaf in leaves(paragraph) if leaf.text]


def _signs(draft: Draft, pieces: list[Leaf]) -> Iterator[tuple[Tag, int, int]]:
    """The tags that join at the edges of texts, the piece each is in, and -1 or 1 for the side."""
    for place, leaf in enumerate(pieces):
        tokens = list(TOKEN.finditer(leaf.text)) if leaf.element.tag == T else []
        first, last = (draft.tags[int(token[1])] for token in (tokens[0], tokens[-1])) if tokens else (None, None)
        if first and first.joins[0] and _is_plain(first) and tokens[0].start() == 0:
            yield first, place, -1
        if last and last.joins[1] and _is_plain(last) and tokens[-1].end() == len(leaf.text):
            yield last, place, 1


def _between(home: Element, pieces: list[Leaf], place: int, step: int) -> list[Element]:
    """Line breaks, and paragraphs to join with the one before each, up to the nearest text; none if there is none."""
    between: list[Element] = []
    while True:
        while 0 <= (place := place + step) < len(pieces):
            if not _is_line_break(pieces[place]):
                return between
            between.append(pieces[place].element)
        other = _beside(home, step)
        if other is None or breaks_section(home) or breaks_section(other):
            return []
        between.append(home if step < 0 else other)
        home, pieces = other, _pieces(other)
        place = -1 if step > 0 else len(pieces)


def _is_plain(tag: Tag) -> bool:
    return tag.kind == "block" and not tag.level


def _is_line_break(leaf: Leaf) -> bool:
    return bool(leaf.element.tag == _BREAK and leaf.element.get(_TYPE, "textWrapping") == "textWrapping")


def _beside(paragraph: Element, step: int) -> Element | None:
    siblings = paragraph.itersiblings(preceding=step < 0)
    other = next((each for each in siblings if each.tag not in RANGE_MARKS), None)
    return other if other is not None and other.tag == P else None


def _join(later: Element) -> None:
    first = _beside(later, -1)
    assert first is not None, "a seam is between two paragraphs"
    first.extend([each for each in later if each.tag != PPR])
    drop(later)
