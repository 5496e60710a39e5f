"""A template as it lies in the file, for what is judged without filling anything in."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from .findings import Spot
from .leaves import OPAQUE, leaves
from .package import Package
from .places import Located, Path, paragraphs
from .styles import Styles
from .tags import find_tags, place_of, shorten
from .wordxml import FALLBACK, TBL, Element, P, UnsafeXmlError, ancestor, parse

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
REL_ID = f"{{{RELATIONS}}}id"
_AROUND = 60


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph and its text; pictures, fields and notes are ``OPAQUE`` in it."""

    element: Element
    located: Located
    text: str

    @property
    def prose(self) -> str:
        """The text without the tags and without what is not text."""
        return apart(self.text)[1].replace(OPAQUE, "")


class Sheet:
    """One part of Word text. A box that Word has written twice is read once."""

    def __init__(self, part: str, root: Element, path: Path):
        self.part, self.root, self.path = part, root, path
        found = (Paragraph(each.element, each, _text(each.element)) for each in paragraphs(root, path))
        self.paragraphs = [each for each in found if not is_copy(each.element)]
        self._by_element = {each.element: each for each in self.paragraphs}
        self._by_anchor: dict[int | None, Paragraph] = {each.located.anchor: each for each in self.paragraphs}

    def spot(self, element: Element, around: str | None = None) -> Spot:
        """The place of a paragraph, or of the paragraph nearest to the element; by default with its text."""
        near = next(self._near(element), None)
        if near is None:
            return Spot(self.part, ", ".join(self.path), around or "")
        flat = " ".join((near.text if around is None else around).replace(OPAQUE, " ").split())
        return Spot(self.part, place_of(near.located, near.text), shorten(flat, _AROUND), near.located.anchor)

    def anchored(self, anchor: int | None) -> Paragraph | None:
        """The paragraph with this number."""
        return self._by_anchor.get(anchor)

    def table_spot(self, table: Element) -> Spot:
        """The place of a whole table, with the text it begins with."""
        direct = (each for each in table.iter(P) if ancestor(each, TBL) is table and each in self._by_element)
        first = next(direct, None)
        if first is None:
            return self.spot(table)
        paragraph = self._by_element[first]
        texts = (self._by_element[each].text for each in table.iter(P) if each in self._by_element)
        around = " ".join(" ".join(texts).replace(OPAQUE, " ").split())
        # The way to a paragraph in a cell ends with the row and the column.
        place = ", ".join(paragraph.located.path[:-2])
        return Spot(self.part, place, shorten(around, _AROUND), paragraph.located.anchor)

    def holder(self, element: Element) -> Paragraph | None:
        """The paragraph an element stands in."""
        for above in (element, *element.iterancestors(P)):
            if above in self._by_element:
                return self._by_element[above]
        return None

    def _near(self, element: Element) -> Iterator[Paragraph]:
        if held := self.holder(element):
            yield held
        for above in (element, *element.iterancestors()):
            yield from (self._by_element[each] for each in above.iter(P) if each in self._by_element)


@dataclass
class Reading:
    """A template's parts: the Word text as sheets, the body first, and the rest by name."""

    package: Package
    parts: Iterable[tuple[str, str, bool]]
    sheets: list[Sheet] = field(init=False)

    def __post_init__(self) -> None:
        self.sheets = []
        for part, label, of_word in self.parts:
            root = self.xml(part) if of_word else None
            if root is not None:
                self.sheets.append(Sheet(part, root, (self.package.name, label) if label else (self.package.name,)))

    @property
    def body(self) -> Sheet | None:
        """The document itself; None when it cannot be read."""
        return next((sheet for sheet in self.sheets if sheet.part == self.package.main), None)

    @cached_property
    def styles(self) -> Styles:
        """How the styles look."""
        return Styles(self.xml(self.part("styles")))

    def part(self, kind: str) -> str:
        """The name of the part whose content type ends so (``styles``); empty when there is none."""
        found = [name for name, of in self.package.types.items() if of.endswith(f".{kind}+xml")]
        # Deeper down lie those of the building blocks, which are no part of the text.
        return min(found, key=lambda name: (name.count("/"), name), default="")

    def xml(self, part: str) -> Element | None:
        """The root of a part; None when there is none, or it cannot be read (which is said elsewhere)."""
        entry = self.package.entries.get(part)
        try:
            return parse(entry.content) if entry else None
        except UnsafeXmlError:
            return None

    def relations(self, part: str) -> list[Element]:
        """The relationships of a part."""
        folder, _slash, file = part.rpartition("/")
        root = self.xml(f"{folder}/_rels/{file}.rels")
        return [] if root is None else list(root)

    def whole(self, part: str, label: str = "", around: str = "") -> Spot:
        """A place that is no place in the text: the properties, the settings."""
        return Spot(part, ", ".join(filter(None, (self.package.name, label))), shorten(around, _AROUND))


def apart(text: str) -> tuple[list[str], str]:
    """The tags of a text as they are written, and the text without them."""
    tags, rest, at = [], [], 0
    for start, end in find_tags(text):
        tags.append(text[start:end])
        rest.append(text[at:start])
        at = end
    return tags, "".join((*rest, text[at:]))


def is_copy(element: Element) -> bool:
    """Whether this is what Word writes a second time for old programs."""
    return any(above.tag == FALLBACK for above in element.iterancestors(FALLBACK))


def _text(element: Element) -> str:
    return "".join(leaf.text for leaf in leaves(element))
