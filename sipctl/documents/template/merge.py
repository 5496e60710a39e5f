"""Cells merged over rows, where the rows are repeated or left out."""

from sipctl.language import _

from .findings import Spot
from .hoist import INSTRUCTION, instruction
from .tags import Draft, Tag, shorten
from .wordxml import PPR, RPR, TBL, TC, TCPR, TR, Element, R, T, ancestor, child_like, drop, w

_V_MERGE, _GRID_SPAN = w("vMerge"), w("gridSpan")
_BEFORE_MERGE = frozenset({w("cnfStyle"), w("tcW"), _GRID_SPAN, w("hMerge")})
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
        if cell.find(f"{TCPR}/{_V_MERGE}") is None:
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
    first, later = child_like(properties, _V_MERGE), child_like(properties, _V_MERGE)
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
            elif node.tag == TR and not _row_is_sound(node, starts, way):
                text = "".join(piece.text or "" for piece in node.iter(T))
                draft.report.add(
                    "warning",
                    Spot(draft.part, ", ".join((*draft.path, _("tabell {n}").format(n=outermost))), shorten(text, 60)),
                    _("En sammanslagen cell börjar på en rad som kan upprepas eller falla bort."),
                    _("Låt hela den sammanslagna cellen ligga inom blocket, eller använd {% vm %}."),
                )


def _next_way(way: _Way, keyword: str, number: int) -> _Way:
    if keyword in ("if", "for"):
        return (*way, number)
    if keyword in ("else", "elif"):
        return (*way[:-1], number)
    return way[:-1] if keyword in ("endif", "endfor") else way


def _row_is_sound(row: Element, starts: dict[int, _Way], way: _Way) -> bool:
    column, sound = 0, True
    for cell in row.iterchildren(TC):
        span, merge = cell.find(f"{TCPR}/{_GRID_SPAN}"), cell.find(f"{TCPR}/{_V_MERGE}")
        if merge is not None and merge.get(w("val")) == "restart":
            starts[column] = way
        elif merge is not None and column in starts:
            sound &= way[: len(starts[column])] == starts[column]
        width = span.get(w("val"), "1") if span is not None else "1"
        column += int(width) if width.isdigit() else 1
    return sound
