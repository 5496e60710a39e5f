"""Where in a document something stands, in the words of the one who looks at it in Word."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice

from sipctl.language import _

from .wordxml import ENDNOTE, FALLBACK, FOOTNOTE, SDT_PR, TBL, TC, TEXT_BOX, TR, Element, P, w

Path = tuple[str, ...]
_PROPERTIES = frozenset({w("pPr"), w("tblPr"), w("trPr"), w("tcPr"), w("tblGrid"), w("sectPr"), SDT_PR})


class Step(str):
    """A step of the way with a number: ``kind`` is table, row, column, paragraph, or empty for the inner ones."""

    __slots__ = ("kind", "number")
    kind: str
    number: int


def _step(kind: str, text: str, number: int) -> Step:
    step = Step(text.format(n=number))
    step.kind, step.number = kind, number
    return step


@dataclass(frozen=True, slots=True)
class Located:
    """A paragraph and the way to it; ``numbered`` when the way ends with its own number.

    ``anchor`` is its number among all paragraphs of the part, in document order.
    """

    element: Element
    path: Path
    numbered: bool
    anchor: int = -1


def anchors(root: Element) -> dict[Element, int]:
    """The number of each paragraph among all of the part, in document order."""
    return {element: number for number, element in enumerate(root.iter(P))}


def anchor_near(element: Element, numbers: Mapping[Element, int]) -> int | None:
    """The number of the paragraph an element stands in, else of the first one inside it."""
    near = (element, *element.iterancestors(P), *islice(element.iter(P), 1))
    return next((numbers[each] for each in near if each in numbers), None)


@dataclass(slots=True)
class _Count:
    paragraphs: int = 0
    tables: int = 0
    boxes: int = 0


def paragraphs(root: Element, path: Path) -> Iterator[Located]:
    """Every paragraph of a part, text boxes and notes included."""
    numbers = anchors(root)
    for located in _blocks(root, path, _Count(), number=True):
        yield replace(located, anchor=numbers[located.element])


def _blocks(parent: Element, path: Path, count: _Count, number: bool) -> Iterator[Located]:
    for child in parent:
        if child.tag == P:
            count.paragraphs += 1
            own = (*path, _step("paragraph", _("stycke {n}"), count.paragraphs)) if number else path
            yield Located(child, own, number)
            yield from _boxes(child, path, count)
        elif child.tag == TBL:
            count.tables += 1
            step = _step("table", _("tabell {n}"), count.tables)
            if not number:
                step = _step("", _("inre tabell {n}"), count.tables)
            yield from _rows(child, (*path, step), [0])
        elif child.tag in (FOOTNOTE, ENDNOTE):
            word = _("fotnot {n}") if child.tag == FOOTNOTE else _("slutnot {n}")
            yield from _blocks(child, (*path, word.format(n=child.get(w("id")))), _Count(), number=False)
        elif child.tag not in _PROPERTIES:
            yield from _blocks(child, path, count, number)


def _rows(parent: Element, path: Path, row: list[int]) -> Iterator[Located]:
    for child in parent:
        if child.tag == TR:
            row[0] += 1
            yield from _cells(child, (*path, _step("row", _("rad {n}"), row[0])), [0])
        elif child.tag not in _PROPERTIES:
            yield from _rows(child, path, row)


def _cells(parent: Element, path: Path, cell: list[int]) -> Iterator[Located]:
    for child in parent:
        if child.tag == TC:
            cell[0] += 1
            way = (*path, _step("column", _("kolumn {n}"), cell[0]))
            yield from _blocks(child, way, _Count(), number=False)
        elif child.tag not in _PROPERTIES:
            yield from _cells(child, path, cell)


def _boxes(paragraph: Element, path: Path, count: _Count) -> Iterator[Located]:
    for box in _outermost_boxes(paragraph):
        # Word writes a box twice, the second time for old programs: one box to the reader.
        is_copy = any(above.tag == FALLBACK for above in box.iterancestors())
        count.boxes += 0 if is_copy else 1
        yield from _blocks(box, (*path, _("textruta {n}").format(n=count.boxes)), _Count(), number=False)


def _outermost_boxes(element: Element) -> Iterator[Element]:
    for child in element:
        if child.tag == TEXT_BOX:
            yield child
        else:
            yield from _outermost_boxes(child)
