"""What a template's styles say of language, size, hiding, headings and borders."""

from collections.abc import Iterator

from .wordxml import PPR, RPR, Element, w

_HEADING_NAMES = {f"heading {level}": level for level in range(1, 10)} | {"title": 0}
_BODY_TEXT = 9  # the outline level that means "not a heading"
WORD_SIZE = 20  # half points: what Word takes when nothing is said


class Styles:
    """The style sheet: a property is that of the style, else of the one it is based on."""

    def __init__(self, root: Element | None):
        styles = [] if root is None else list(root.iterchildren(w("style")))
        self._by_id = {style.get(w("styleId"), ""): style for style in styles}
        self._defaults = None if root is None else root.find(w("docDefaults"))
        self._normal = next((s.get(w("styleId"), "") for s in styles if _is_default(s, "paragraph")), "")
        self._normal_table = next((s.get(w("styleId"), "") for s in styles if _is_default(s, "table")), "")

    def language(self) -> str:
        """The language of text that says nothing else; empty when none is given."""
        found = self._of_style(self._normal, f"{RPR}/{w('lang')}") if self._normal else None
        if found is None and self._defaults is not None:
            found = self._defaults.find(f"{w('rPrDefault')}/{RPR}/{w('lang')}")
        return "" if found is None else str(found.get(w("val"), ""))

    def heading(self, paragraph: Element) -> int | None:
        """1–9 for a heading, 0 for the document's title, None for other text."""
        own = paragraph.find(f"{PPR}/{w('outlineLvl')}")
        style = self._style_of(paragraph)
        for each in self._chain(style):
            name = each.find(w("name"))
            level = _HEADING_NAMES.get((name.get(w("val"), "") if name is not None else "").lower())
            if level is not None:
                return level
        outline = own if own is not None else self._of_style(style, f"{PPR}/{w('outlineLvl')}")
        level = _number(outline, _BODY_TEXT)
        return level + 1 if 0 <= level < _BODY_TEXT else None

    def size(self, run: Element, paragraph: Element) -> int:
        """The size of a run in half points."""
        found = self._of_run(run, paragraph, "sz")
        if found is None and self._defaults is not None:
            found = self._defaults.find(f"{w('rPrDefault')}/{RPR}/{w('sz')}")
        return _number(found, WORD_SIZE)

    def is_hidden(self, run: Element, paragraph: Element) -> bool:
        """Whether Word leaves the run out on screen and paper."""
        return is_on(self._of_run(run, paragraph, "vanish"))

    def has_borders(self, table: Element) -> bool:
        """Whether the table shows lines, by itself, by its style or in any cell."""
        own = table.find(f"{w('tblPr')}/{w('tblBorders')}")
        chosen = table.find(f"{w('tblPr')}/{w('tblStyle')}")
        name = self._normal_table if chosen is None else chosen.get(w("val"), "")
        borders = own if own is not None else self._of_style(name, f"{w('tblPr')}/{w('tblBorders')}")
        return _draws(borders) or any(map(_draws, table.iter(w("tcBorders"))))

    def _of_run(self, run: Element, paragraph: Element, name: str) -> Element | None:
        found = run.find(f"{RPR}/{w(name)}")
        chosen = run.find(f"{RPR}/{w('rStyle')}")
        if found is None and chosen is not None:
            found = self._of_style(chosen.get(w("val"), ""), f"{RPR}/{w(name)}")
        return found if found is not None else self._of_style(self._style_of(paragraph), f"{RPR}/{w(name)}")

    def _style_of(self, paragraph: Element) -> str:
        chosen = paragraph.find(f"{PPR}/{w('pStyle')}")
        return self._normal if chosen is None else str(chosen.get(w("val"), ""))

    def _of_style(self, name: str, path: str) -> Element | None:
        return next((found for style in self._chain(name) if (found := style.find(path)) is not None), None)

    def _chain(self, name: str) -> Iterator[Element]:
        seen: set[str] = set()
        while name in self._by_id and name not in seen:
            seen.add(name)
            style = self._by_id[name]
            yield style
            based = style.find(w("basedOn"))
            name = "" if based is None else based.get(w("val"), "")


def is_on(switch: Element | None) -> bool:
    """A property that is on or off: given without a value it is on."""
    return switch is not None and switch.get(w("val"), "true") not in ("0", "false", "off")


def _is_default(style: Element, kind: str) -> bool:
    return style.get(w("type")) == kind and style.get(w("default")) in ("1", "true", "on")


def _number(element: Element | None, otherwise: int) -> int:
    value = "" if element is None else element.get(w("val"), "")
    return int(value) if value.isdecimal() else otherwise


def _draws(borders: Element | None) -> bool:
    return borders is not None and any(line.get(w("val"), "none") not in ("none", "nil") for line in borders)
