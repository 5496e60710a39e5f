"""The styles of all letters in one list: the same style once, different styles of one name under two names."""

from collections.abc import Iterator, Mapping
from copy import deepcopy

from lxml import etree

from sipctl.documents.template.wordxml import PPR, RPR, W_NS, Element, drop, w

from .markup import TYPE, VAL, child, put

STYLE, STYLE_ID, NAME, BASED_ON = w("style"), w("styleId"), w("name"), w("basedOn")
DEFAULT, _NUM_ID, _CUSTOM = w("default"), w("numId"), w("customStyle")
_DOCDEFAULTS, _LATENT = w("docDefaults"), w("latentStyles")
_FOR_THE_EDITOR = (w("link"), w("next"), w("aliases"))
# Properties that are put together of attributes: a style that sets one leaves the others as they were.
_OF_ATTRIBUTES = frozenset({w("spacing"), w("ind"), w("rFonts"), w("lang")})
_Defaults = dict[str, dict[str, Element]]


class Styles:
    """Takes in one ``styles.xml`` after the other."""

    def __init__(self) -> None:
        self._styles: list[Element] = []
        self._latent: list[Element] = []
        self._known: dict[tuple[str, bytes], str] = {}
        self._ids: set[str] = set()
        self._names: set[str] = set()
        self._defaults: list[_Defaults] = []
        self._rootless: list[tuple[Element, int]] = []
        self.standard: dict[str, str] = {}
        """The id of the default style of each type in the merged file."""

    def take(self, root: Element, numbers: Mapping[str, str]) -> dict[str, str]:
        """Take in the styles of a letter; the id of each in the merged file by its id in the letter.

        ``numbers`` are the list numbers in the merged file by those in the letter. ``root`` is changed.
        """
        first = not self._styles
        if first:
            self._latent = list(root.iterchildren(_LATENT))
        defaults = self._place_of(_defaults_in(root))
        taken: dict[str, str] = {}
        for style in _parents_first(root):
            old = style.get(STYLE_ID, "")
            for number in style.iter(_NUM_ID):
                number.set(VAL, numbers.get(number.get(VAL), number.get(VAL)))
            parent = style.find(BASED_ON)
            if parent is not None:
                parent.set(VAL, taken.get(parent.get(VAL), parent.get(VAL)))
            if not first:
                for each in [each for each in style if each.tag in _FOR_THE_EDITOR]:
                    drop(each)
            taken[old] = self._take(style, defaults)
        return taken

    def _take(self, style: Element, defaults: int) -> str:
        old, rootless = style.get(STYLE_ID, ""), style.get(TYPE) == "paragraph" and style.find(BASED_ON) is None
        key = (old, _signature(style) + (b"%d" % defaults if rootless else b""))
        if key in self._known:
            return self._known[key]
        new = self._known[key] = _unused(old, self._ids)
        self._ids.add(new)
        style.set(STYLE_ID, new)
        self._rename(style, new != old)
        if rootless:
            self._rootless.append((style, defaults))
        self._styles.append(style)
        return new

    def _rename(self, style: Element, copy: bool) -> None:
        name = style.find(NAME)
        if name is not None:
            shown = _unused(name.get(VAL, ""), self._names, " ")
            copy |= shown != name.get(VAL)
            name.set(VAL, shown)
            self._names.add(shown.casefold())
        if copy:
            style.set(_CUSTOM, "1")
        if style.get(DEFAULT) in ("1", "true", "on"):
            if style.get(TYPE) in self.standard:
                del style.attrib[DEFAULT]
            else:
                self.standard[style.get(TYPE)] = style.get(STYLE_ID)

    def _place_of(self, defaults: _Defaults) -> int:
        """The number of a set of document defaults; equal ones have the same."""
        canonical = _canonical(defaults)
        for number, known in enumerate(self._defaults):
            if _canonical(known) == canonical:
                return number
        self._defaults.append(defaults)
        return len(self._defaults) - 1

    def written(self) -> bytes:
        """The merged ``styles.xml``.

        A file has one set of document defaults. What all letters agree on stays there, and each letter's own goes
        into the styles that are based on no other.
        """
        root = etree.Element(f"{{{W_NS}}}styles", nsmap={"w": W_NS})
        common = _common([_canonical(each) for each in self._defaults])
        _write_defaults(root, self._defaults[0], common)
        for style, number in self._rootless:
            _bake(style, self._defaults[number], common)
        root.extend([*self._latent, *self._styles])
        content: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        return content


def _parents_first(root: Element) -> Iterator[Element]:
    """Copies of the styles, each after the one that it is based on, with a default paragraph style."""
    styles = {style.get(STYLE_ID, ""): style for style in root.iterchildren(STYLE)}
    if not any(s.get(TYPE) == "paragraph" and s.get(DEFAULT) in ("1", "true", "on") for s in styles.values()):
        normal = child(root, "style", type="paragraph", default="1", styleId="Normal")
        child(normal, "name", val="Normal")
        styles.setdefault("Normal", normal)
    done: set[str] = set()
    for start in styles:
        chain = []
        while start in styles and start not in done:
            done.add(start)
            chain.append(start)
            parent = styles[start].find(BASED_ON)
            start = "" if parent is None else parent.get(VAL, "")
        yield from (deepcopy(styles[each]) for each in reversed(chain))


def _signature(style: Element) -> bytes:
    bare = deepcopy(style)
    for each in [each for each in bare if each.tag in _FOR_THE_EDITOR or each.tag == w("rsid")]:
        drop(each)
    return _c14n(bare)


def _unused(wanted: str, used: set[str], between: str = "") -> str:
    """The name, with a number if it is taken; names are equal without regard to case, ids are not."""
    name, number = wanted, 2
    while (name.casefold() if between else name) in used:
        name, number = f"{wanted}{between}{number}", number + 1
    return name


# --- document defaults ---


def _defaults_in(root: Element) -> _Defaults:
    found: _Defaults = {PPR: {}, RPR: {}}
    for holder, own in found.items():
        for properties in root.iterfind(f"{_DOCDEFAULTS}/*/{holder}"):
            own |= {each.tag: each for each in properties}
    return found


def _canonical(defaults: _Defaults) -> dict[tuple[str, str], bytes]:
    return {(holder, tag): _c14n(each) for holder, own in defaults.items() for tag, each in own.items()}


def _common(all_defaults: list[dict[tuple[str, str], bytes]]) -> set[tuple[str, str]]:
    first, *others = all_defaults
    return {key for key, value in first.items() if all(each.get(key) == value for each in others)}


def _write_defaults(root: Element, defaults: _Defaults, common: set[tuple[str, str]]) -> None:
    written = child(root, "docDefaults")
    for holder, outer in ((RPR, "rPrDefault"), (PPR, "pPrDefault")):
        inner = child(written, outer).makeelement(holder)
        written[-1].append(inner)
        inner.extend(deepcopy(each) for tag, each in defaults[holder].items() if (holder, tag) in common)


def _bake(style: Element, defaults: _Defaults, common: set[tuple[str, str]]) -> None:
    for holder in (PPR, RPR):
        wanted = [each for tag, each in defaults[holder].items() if (holder, tag) not in common]
        properties = style.find(holder)
        if wanted and properties is None:
            properties = style.makeelement(holder)
            after = style.find(RPR) if holder == PPR else None
            style.append(properties) if after is None else after.addprevious(properties)
        for each in wanted:
            _add(properties, each)


def _add(properties: Element, default: Element) -> None:
    own = properties.find(default.tag)
    if own is None:
        put(properties, deepcopy(default))
    elif own.tag in _OF_ATTRIBUTES:
        set_already = {_slot(name) for name in own.keys()}  # noqa: SIM118 - iterating an element gives its children
        for name, value in default.items():
            if _slot(name) not in set_already:
                own.set(name, value)


def _slot(attribute: str) -> str:
    """``ascii`` and ``asciiTheme`` say the same thing."""
    return attribute.rpartition("}")[2].lower().removesuffix("theme")


def _c14n(element: Element) -> bytes:
    content: bytes = etree.tostring(element, method="c14n", exclusive=True, with_tail=False)
    return content
