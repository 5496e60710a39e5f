"""Lists: each definition once, and in each letter the numbers begin anew."""

from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import NamedTuple

from lxml import etree

from sipctl.documents.template.wordxml import W_NS, Element, drop, w

from .markup import VAL, child, fill

_ABSTRACT, _NUM, _LVL, _PICTURE = w("abstractNum"), w("num"), w("lvl"), w("numPicBullet")
_ABSTRACT_ID, _NUM_ID, _ILVL, _PICTURE_ID = w("abstractNumId"), w("numId"), w("ilvl"), w("numPicBulletId")
_OVERRIDE, _START = w("lvlOverride"), w("startOverride")
_STYLES = (w("pStyle"), w("styleLink"), w("numStyleLink"))
_PICTURE_OF_LEVEL = w("lvlPicBulletId")
# Marks of the program that wrote the list; the same on two definitions they make Word take them for one.
_ORIGIN = (w("nsid"), w("tmpl"))
_WITHOUT_NUMBERS = frozenset({"bullet", "none"})


class Lists(NamedTuple):
    """A letter's lists as they are called in the merged file."""

    shared: dict[str, str]
    """The number in the merged file by that in the letter."""
    counted: frozenset[str]
    """Those in the letter that count, and so begin anew in each letter."""
    levels: dict[tuple[str, str], str]
    """The level that a style has in a list, by the letter's list and style."""
    abstracts: tuple[Element, ...]
    """New definitions, that name styles of the letter."""


class Numbering:
    """Takes in one ``numbering.xml`` after the other."""

    def __init__(self) -> None:
        self._pictures: list[Element] = []
        self._abstracts: list[Element] = []
        self._nums: list[Element] = []
        self._known_abstracts: dict[object, str] = {}
        self._known_nums: dict[object, str] = {}

    def __bool__(self) -> bool:
        return bool(self._nums)

    def take(self, root: Element | None, letter: object, remap: Callable[[Element], None]) -> Lists:
        """Take in the lists of a template that ``letter`` stands for; ``remap`` brings pictures along."""
        if root is None:
            return Lists({}, frozenset(), {}, ())
        pictures = {each.get(_PICTURE_ID): self._take_picture(each, remap) for each in root.iterchildren(_PICTURE)}
        before = len(self._abstracts)
        found = {each.get(_ABSTRACT_ID): each for each in root.iterchildren(_ABSTRACT)}
        abstracts = {key: self._take_abstract(each, letter, pictures) for key, each in found.items()}
        shared, counted, levels = {}, set(), {}
        for num in root.iterchildren(_NUM):
            old, abstract = num.get(_NUM_ID), num.find(_ABSTRACT_ID)
            if abstract is None or abstract.get(VAL) not in abstracts:
                continue
            shared[old] = self._take_num(num, abstracts[abstract.get(VAL)])
            formats = {each.get(VAL) for each in found[abstract.get(VAL)].iter(w("numFmt"))}
            if not formats or formats - _WITHOUT_NUMBERS:
                counted.add(old)
            for level in found[abstract.get(VAL)].iterchildren(_LVL):
                for style in level.iterchildren(w("pStyle")):
                    levels[old, style.get(VAL)] = level.get(_ILVL)
        return Lists(shared, frozenset(counted), levels, tuple(self._abstracts[before:]))

    def anew(self, number: str) -> str:
        """A list like that one in the merged file, whose numbers begin again."""
        num = deepcopy(self._nums[int(number) - 1])
        abstract = self._abstracts[int(num.find(_ABSTRACT_ID).get(VAL))]
        overrides = {each.get(_ILVL): each for each in num.iterchildren(_OVERRIDE)}
        for level in abstract.iterchildren(_LVL):
            override = overrides.get(level.get(_ILVL))
            if override is None:
                override = child(num, "lvlOverride", ilvl=level.get(_ILVL))
            if override.find(_START) is None:
                start = level.find(w("start"))
                value = "0" if start is None else start.get(VAL, "0")
                override.insert(0, fill(override.makeelement(_START), val=value))
        return self._append_num(num)

    def written(self) -> bytes:
        """The merged ``numbering.xml``."""
        root = etree.Element(f"{{{W_NS}}}numbering", nsmap={"w": W_NS})
        root.extend([*self._pictures, *self._abstracts, *self._nums])
        content: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        return content

    def _take_picture(self, picture: Element, remap: Callable[[Element], None]) -> str:
        copy = deepcopy(picture)
        remap(copy)
        number = str(len(self._pictures))
        copy.set(_PICTURE_ID, number)
        self._pictures.append(copy)
        return number

    def _take_abstract(self, abstract: Element, letter: object, pictures: Mapping[str, str]) -> str:
        copy = deepcopy(abstract)
        for each in [each for each in copy if each.tag in _ORIGIN]:
            drop(each)
        for each in copy.iter(_PICTURE_OF_LEVEL):
            each.set(VAL, pictures.get(each.get(VAL), each.get(VAL)))
        copy.attrib.pop(_ABSTRACT_ID)
        # A definition that names styles belongs to the letters whose styles they are.
        owner = letter if next(copy.iter(*_STYLES, _PICTURE_OF_LEVEL), None) is not None else None
        key = (etree.tostring(copy, method="c14n", exclusive=True), owner)
        if key not in self._known_abstracts:
            number = self._known_abstracts[key] = str(len(self._abstracts))
            copy.set(_ABSTRACT_ID, number)
            self._abstracts.append(copy)
        return self._known_abstracts[key]

    def _take_num(self, num: Element, abstract: str) -> str:
        copy = deepcopy(num)
        copy.find(_ABSTRACT_ID).set(VAL, abstract)
        copy.attrib.pop(_NUM_ID)
        key = etree.tostring(copy, method="c14n", exclusive=True)
        if key not in self._known_nums:
            self._known_nums[key] = self._append_num(copy)
        return self._known_nums[key]

    def _append_num(self, num: Element) -> str:
        number = str(len(self._nums) + 1)
        num.set(_NUM_ID, number)
        self._nums.append(num)
        return number


def rename_styles(abstracts: tuple[Element, ...], styles: Mapping[str, str]) -> None:
    """Let new definitions name the styles as they are called in the merged file."""
    for abstract in abstracts:
        for each in abstract.iter(*_STYLES):
            each.set(VAL, styles.get(each.get(VAL), each.get(VAL)))
