"""What letters from one template have in common: how their styles and lists are called in the merged file."""

from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import NamedTuple

from sipctl.documents.template.wordxml import PPR, Element, w

from .markup import TYPE, VAL, child, properties, put
from .numbering import Lists
from .styles import BASED_ON, DEFAULT, STYLE, STYLE_ID
from .themes import write_out

_NUM_PR, _NUM_ID, _ILVL, _IND = w("numPr"), w("numId"), w("ilvl"), w("ind")
_P_STYLE, _TBL_PR, _TBL_STYLE = w("pStyle"), w("tblPr"), w("tblStyle")


class Counted(NamedTuple):
    """A style that numbers its paragraphs: the list, the level, and the indent that wins over the list's."""

    number: str
    level: str
    indent: Element | None


class Look(NamedTuple):
    """One template's common parts as they are in the merged file."""

    key: int
    renamed: dict[str, str]
    """Only the styles with another name here."""
    standard: dict[str, str]
    """The style of a paragraph or table that names none, where that is not the merged file's."""
    base: str
    """The letter's own name for its standard paragraph style."""
    lists: Lists
    counted: dict[str, Counted]
    faces: dict[str, str] | None
    """Typefaces to write out, when the theme is not the merged file's."""
    even_odd: bool

    def shared_list(self, number: str) -> str:
        """What a list is called in the merged file, where it need not begin anew."""
        return self.lists.shared.get(number, number)

    def style(self, element: Element) -> None:
        """Rename the style that ``w:rStyle``, ``w:pStyle`` or ``w:tblStyle`` names."""
        if new := self.renamed.get(element.get(VAL)):
            element.set(VAL, new)

    def table(self, table: Element) -> None:
        """Name the style of a table that names none."""
        style, own = self.standard.get("table"), table.find(_TBL_PR)
        if style and own is not None and own.find(_TBL_STYLE) is None:
            own.insert(0, own.makeelement(_TBL_STYLE, {VAL: style}))

    def paragraph(self, paragraph: Element, number: Callable[[str], str]) -> None:
        """Name the style of a paragraph, and give it the letter's own list: ``number`` tells what that is called."""
        own = paragraph.find(PPR)
        style = None if own is None else own.find(_P_STYLE)
        name = self.base if style is None else style.get(VAL)
        if style is not None:
            self.style(style)
        elif standard := self.standard.get("paragraph"):
            holder = properties(paragraph)
            holder.insert(0, holder.makeelement(_P_STYLE, {VAL: standard}))
        listed = None if own is None else own.find(_NUM_PR)
        if listed is not None:
            for each in listed.iterchildren(_NUM_ID):
                each.set(VAL, number(each.get(VAL)))
            if listed.find(_NUM_ID) is not None:
                return
        if counted := self.counted.get(name):
            self._count(paragraph, counted, listed, number)

    def _count(self, paragraph: Element, by: Counted, listed: Element | None, number: Callable[[str], str]) -> None:
        own = properties(paragraph)
        if listed is None:
            listed = put(own, own.makeelement(_NUM_PR))
        if listed.find(_ILVL) is None:
            child(listed, "ilvl", val=by.level)
        child(listed, "numId", val=number(by.number))
        if by.indent is not None and own.find(_IND) is None:
            put(own, deepcopy(by.indent))

    def theme(self, root: Element) -> None:
        """Write out what the theme would have said, if it is another's."""
        if self.faces is not None:
            write_out(root, self.faces)


def standard_styles(root: Element) -> dict[str, str]:
    """The letter's own name for the style of a paragraph, table and so on that names none."""
    return {
        style.get(TYPE): style.get(STYLE_ID)
        for style in root.iterchildren(STYLE)
        if style.get(DEFAULT) in ("1", "true", "on")
    }


def counted_styles(root: Element, lists: Lists) -> dict[str, Counted]:
    """The paragraph styles whose paragraphs count in a list."""
    styles = {style.get(STYLE_ID): style for style in root.iterchildren(STYLE) if style.get(TYPE) == "paragraph"}
    found = {name: _counted(name, styles, lists) for name in styles}
    return {name: counted for name, counted in found.items() if counted is not None}


def _counted(name: str, styles: Mapping[str, Element], lists: Lists) -> Counted | None:
    start, level, indent = name, None, None
    for _step in range(len(styles)):
        style = styles.get(name)
        if style is None:
            return None
        if indent is None:
            indent = style.find(f"{PPR}/{_IND}")
        numbered = style.find(f"{PPR}/{_NUM_PR}")
        if numbered is not None:
            own_level, number = numbered.find(_ILVL), numbered.find(_NUM_ID)
            level = level if own_level is None or level is not None else own_level.get(VAL)
            if number is not None:
                if number.get(VAL) not in lists.counted:
                    return None
                linked = lists.levels.get((number.get(VAL), start)) or lists.levels.get((number.get(VAL), name))
                return Counted(number.get(VAL), level or linked or "0", indent)
        parent = style.find(BASED_ON)
        name = "" if parent is None else parent.get(VAL, "")
    return None
