"""Cells merged over rows, where the rows are repeated or left out."""

import re
from itertools import takewhile

from sipctl.language import _

from .findings import Spot
from .hoist import GRID_SPAN, INSTRUCTION, V_MERGE, instruction, width_of
from .places import anchor_near
from .tags import TOKEN, Draft, Tag, shorten
from .wordxml import PPR, RPR, TBL, TC, TCPR, TR, Element, R, T, ancestor, child_like, drop, w

_BEFORE_MERGE = frozenset({w("cnfStyle"), w("tcW"), GRID_SPAN, w("hMerge")})
_SERIES = re.compile(r"for\s+\w+\s+in\b(.*)", re.DOTALL)
_Way = tuple[int, ...]


def merge_marked(draft: Draft) -> None:
    """``{% vm %}``: the cell and its copies in a loop become one, with the first one's content."""
    for tag in [tag for tag in draft.tags if tag.keyword == "vm"]:
        cell = ancestor(tag.at, TC)
        if cell is None:
            draft.report.error(
                tag.spot, _("{% vm %} står inte i en tabellcell."), _("Flytta det till cellen som slås ihop.")
            )
            continue
        _erase(tag)
        if cell.find(f"{TCPR}/{V_MERGE}") is None:
            _merge(draft, cell, tag.spot)


def _erase(tag: Tag) -> None:
    text = tag.at
    run = text.getparent()
    text.text = (text.text or "").replace(tag.token, "")
    if not text.text:
        drop(text)
    if run.tag == R and all(child.tag == RPR for child in run):
        drop(run)


def _merge(draft: Draft, cell: Element, spot: Spot) -> None:
    properties = cell.find(TCPR)
    if properties is None:
        properties = child_like(cell, TCPR)
        cell.insert(0, properties)
    place = sum(1 for child in properties if child.tag in _BEFORE_MERGE)
    first, later = child_like(properties, V_MERGE), child_like(properties, V_MERGE)
    first.set(w("val"), "restart")
    _either(draft, properties, place, [first], [later], spot)
    content = [child for child in cell if child.tag != TCPR]
    _either(draft, cell, 1, content, [_empty_like(cell)], spot)


def _empty_like(cell: Element) -> Element:
    empty = child_like(cell, w("p"))
    properties = cell.find(f"{w('p')}/{PPR}")
    if properties is not None:
        style = properties.find(w("pStyle"))
        if style is not None:
            child_like(child_like(empty, PPR), w("pStyle")).set(w("val"), style.get(w("val")))
    return empty


def _either(draft: Draft, parent: Element, place: int, first: list[Element], later: list[Element], spot: Spot) -> None:
    tags = [draft.add("block", "tc", source, spot, parent) for source in ("if loop.first", "else", "endif")]
    opening, middle, closing = (instruction(tag) for tag in tags)
    for offset, node in enumerate([opening, *first, middle, *later, closing]):
        parent.insert(place + offset, node)


def check_merges(draft: Draft) -> None:
    """Warn of a merged cell that goes on after the row it begins in may be gone."""
    outermost = 0
    for table in draft.root.iter(TBL):
        outermost += ancestor(table, TBL) is None
        starts: dict[int, _Way] = {}
        way: _Way = ()
        for number, node in enumerate(table):
            if getattr(node, "target", None) == INSTRUCTION and node.text.isdigit():
                way = _next_way(way, draft.tags[int(node.text)].keyword, number)
            elif node.tag == TR and (loose := _loose_merges(node, starts, way)):
                for merge, begun in loose:
                    _begin_anew(draft, table, merge, begun[len(_common(begun, way)) :])
                place = ", ".join((*draft.path, _("tabell {n}").format(n=outermost)))
                draft.report.add(
                    "warning",
                    Spot(draft.part, place, shorten(_shown(draft, node), 60), anchor_near(node, draft.anchors)),
                    _("En sammanslagen cell börjar på en rad som kan upprepas eller falla bort."),
                    _("Låt hela den sammanslagna cellen ligga inom blocket, eller använd {% vm %}."),
                )


def _shown(draft: Draft, row: Element) -> str:
    text = "".join(piece.text or "" for piece in row.iter(T))
    return TOKEN.sub(lambda token: draft.tags[int(token[1])].shown, text)


def _next_way(way: _Way, keyword: str, number: int) -> _Way:
    if keyword in ("if", "for"):
        return (*way, number)
    if keyword in ("else", "elif"):
        return (*way[:-1], number)
    return way[:-1] if keyword in ("endif", "endfor") else way


def _loose_merges(row: Element, starts: dict[int, _Way], way: _Way) -> list[tuple[Element, _Way]]:
    """The cells of a row that go on with what may not have begun, and where that begins."""
    column, loose = 0, []
    for cell in row.iterchildren(TC):
        merge = cell.find(f"{TCPR}/{V_MERGE}")
        if merge is not None and merge.get(w("val")) == "restart":
            starts[column] = way
        elif merge is not None and column in starts and way[: len(starts[column])] != starts[column]:
            loose.append((merge, starts[column]))
        column += width_of(cell)
    return loose


def _common(one: _Way, other: _Way) -> _Way:
    return tuple(a for a, b in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _begin_anew(draft: Draft, table: Element, merge: Element, into: _Way) -> None:
    """Begin the merged cell here when the one block that holds its beginning came out empty."""
    tag = draft.tags[int(table[into[0]].text)]
    series = _SERIES.match(tag.source)
    if len(into) != 1 or tag.keyword not in ("if", "for") or tag.faulty:
        return
    start = child_like(merge.getparent(), V_MERGE)
    start.set(w("val"), "restart")
    place = merge.getparent().index(merge)
    sources = (f"if {series[1].strip()}" if series else tag.source, "else", "endif")
    opening, middle, closing = (instruction(draft.add_own("block", source, tag)) for source in sources)
    for offset, node in enumerate((opening, merge, middle, start, closing)):
        merge.getparent().insert(place + offset, node)
