"""Put a field into one content control: text, a date, a choice from a list, or a tick in a box."""

import copy
import re
from dataclasses import dataclass

from lxml import etree

from .hoist import forget_ranges, instruction, loose_marks
from .tags import Draft, Tag
from .wordxml import PPR, RPR, SDT_PR, TCPR, W14_NS, W15_NS, XML_SPACE, Element, P, R, T, child_like, drop, w

_SHOWS_PLACEHOLDER = w("showingPlcHdr")
_RELEASED = frozenset({_SHOWS_PLACEHOLDER, w("dataBinding"), f"{{{W15_NS}}}dataBinding"})
_DATE, _LISTS, _BOX = w("date"), (w("dropDownList"), w("comboBox")), f"{{{W14_NS}}}checkbox"
_CHECKED = f"{{{W14_NS}}}checked"
_VAL, _FONT = f"{{{W14_NS}}}val", f"{{{W14_NS}}}font"
# What Word last chose, which is no longer what the control shows.
_CHOSEN = {_DATE: w("fullDate"), **dict.fromkeys(_LISTS, w("lastValue"))}
_STATES = {True: ("checkedState", "2612"), False: ("uncheckedState", "2610")}
_SYMBOLS = ("Wingdings", "Webdings", "Symbol")  # fonts with characters of their own


def release(control: Element) -> None:
    """Let go of what would show other text than the control's own when Word opens the document."""
    for each in [each for each in control.iterfind(f"{SDT_PR}/*") if each.tag in _RELEASED]:
        drop(each)


@dataclass(slots=True)
class Filling:
    """The field that goes into a control. With a condition, what the control held stays as the other case."""

    draft: Draft
    lead: Tag
    expression: str
    condition: str

    def fill(self, control: Element, holder: Element) -> None:
        """``holder`` is the element with the control's text: its content, or the one cell it is about."""
        properties = control.find(SDT_PR)
        look = _look(properties, holder)
        for each in [each for each in properties if each.tag in _RELEASED]:
            self._swap([each], [])
        box = properties.find(_BOX)
        runs = [_run(look, self._token(self._written(properties)))] if box is None else self._tick(box, look)
        for each in [each for each in properties if each.tag in _CHOSEN and each.get(_CHOSEN[each.tag])]:
            new = copy.deepcopy(each)
            del new.attrib[_CHOSEN[each.tag]]
            self._swap([each], [new])
        forget_ranges(self.draft, loose_marks(holder))
        paragraph = holder.find(P)
        self._swap([c for c in holder if c.tag != TCPR], runs if paragraph is None else [_like(paragraph, runs)])

    def _token(self, source: str) -> str:
        return self.draft.add_own("output", source, self.lead).token

    def _written(self, properties: Element) -> str:
        """The field as the kind of control shows it."""
        date = properties.find(_DATE)
        if date is not None:
            pattern = date.find(w("dateFormat"))
            shown = "" if pattern is None else pattern.get(w("val"), "")
            return self.expression if "h" in shown.lower() else _as_date(self.expression, shown)
        items = {item.get(w("value"), ""): item.get(w("displayText"), "") for item in properties.iterfind("*/*")
                 if item.tag == w("listItem")}  # fmt: skip
        renamed = {value: text for value, text in items.items() if text and text != value}
        return f"{self.expression}|_choice({renamed!r})" if renamed else self.expression

    def _tick(self, box: Element, look: Element | None) -> list[Element]:
        new = copy.deepcopy(box)
        checked = new.find(_CHECKED)
        if checked is None:
            checked = etree.Element(_CHECKED)
            new.insert(0, checked)
        checked.set(_VAL, self._token(f"'1' if {self.expression}|_ticked else '0'"))
        self._swap([box], [new])
        yes, no = (_state(box, state, look) for state in (True, False))
        sources = (f"if {self.expression}|_ticked", "else", "endif")
        opening, middle, closing = (instruction(self.draft.add_own("block", each, self.lead)) for each in sources)
        return [opening, yes, middle, no, closing]

    def _swap(self, old: list[Element], new: list[Element]) -> None:
        """Put the new in the place of the old, or let the condition choose between them."""
        parent, place = old[0].getparent(), old[0].getparent().index(old[0])
        if self.condition:
            sources = (self.condition, "else", "endif")
            opening, middle, closing = (instruction(self.draft.add_own("block", each, self.lead)) for each in sources)
            nodes = [opening, *new, middle, *old, closing]
        else:
            nodes = new
            for each in old:
                drop(each)
        for offset, node in enumerate(nodes):
            parent.insert(place + offset, node)


def _look(properties: Element, holder: Element) -> Element | None:
    """The formatting of what is filled in: that of the text now there, but not the grey of a placeholder."""
    run = next(holder.iter(R), None)
    look = run.find(RPR) if run is not None else None
    if properties.find(_SHOWS_PLACEHOLDER) is not None:
        meant = properties.find(RPR)
        look = copy.deepcopy(look if meant is None else meant)
        for style in [] if look is None or meant is not None else look.findall(w("rStyle")):
            drop(style)
    return look


def _run(look: Element | None, text: str) -> Element:
    run = etree.Element(R)
    if look is not None and len(look):
        run.append(copy.deepcopy(look))
    piece = child_like(run, T)
    piece.text = text
    piece.set(XML_SPACE, "preserve")
    return run


def _like(paragraph: Element, runs: list[Element]) -> Element:
    new = etree.Element(P)
    properties = paragraph.find(PPR)
    if properties is not None:
        new.append(copy.deepcopy(properties))
    new.extend(runs)
    return new


def _as_date(expression: str, pattern: str) -> str:
    return f"{expression}|{'datum' if 'MMMM' in pattern else 'kortdatum'}"


def _state(box: Element, state: bool, look: Element | None) -> Element:
    """The mark of a box, in the font that has it."""
    name, usual = _STATES[state]
    found = box.find(f"{{{W14_NS}}}{name}")
    code, font = (usual, "MS Gothic") if found is None else (found.get(_VAL, usual), found.get(_FONT, ""))
    code = code if re.fullmatch("[0-9A-Fa-f]{4}", code) else usual
    run = _run(look, chr(int(code, 16)))
    if font.startswith(_SYMBOLS):
        symbol = etree.Element(w("sym"))
        symbol.set(w("font"), font)
        symbol.set(w("char"), f"{int(code, 16) | 0xF000:04X}")
        run.replace(run.find(T), symbol)
    elif font:
        _set_font(run, font)
    return run


def _set_font(run: Element, font: str) -> None:
    look = run.find(RPR)
    if look is None:
        look = etree.Element(RPR)
        run.insert(0, look)
    for old in look.findall(w("rFonts")):
        drop(old)
    fonts = etree.Element(w("rFonts"))
    for script in ("ascii", "eastAsia", "hAnsi", "cs"):
        fonts.set(w(script), font)
    # A style, if any, comes before the font.
    look.insert(len(look.findall(w("rStyle"))), fonts)
