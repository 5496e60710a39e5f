"""Rewrite one letter so that nothing in it is mistaken for another letter's."""

import re
from collections.abc import Callable
from itertools import count
from typing import NamedTuple

from sipctl.documents.template.wordxml import TBL, TR, Element, P, R, ancestor, drop, w

from .looks import Look
from .markup import ID, child

_DRAWING_ID = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_W15_BINDING = "{http://schemas.microsoft.com/office/word/2012/wordml}dataBinding"
_W14_IDS = tuple(f"{{http://schemas.microsoft.com/office/word/2010/wordml}}{name}" for name in ("paraId", "textId"))
_NAME, _ANCHOR, _INSTR, _FLD_TYPE = w("name"), w("anchor"), w("instr"), w("fldCharType")
_BOOKMARK, _BOOKMARK_END, _HYPERLINK = w("bookmarkStart"), w("bookmarkEnd"), w("hyperlink")
_FLD_CHAR, _FLD_SIMPLE, _CODE = w("fldChar"), w("fldSimple"), w("instrText")
_NOTES = {w("footnoteReference"): "footnotes", w("endnoteReference"): "endnotes"}
_STYLED = (w("rStyle"), w("tblStyle"))
# Changes tracked, which are numbered across the file as bookmarks are.
_NUMBERED = tuple(
    w(name)
    for name in (
        *("bookmarkStart", "bookmarkEnd", "ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "sectPrChange"),
        *("tblPrChange", "trPrChange", "tcPrChange", "tblGridChange", "tblPrExChange", "numberingChange", "cellIns"),
        *("cellDel", "cellMerge", "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd"),
    )
)
# Belongs to one letter's properties, reviewers or protection, and is not printed.
_LEFT_OUT = tuple(w(n) for n in ("dataBinding", "commentRangeStart", "commentRangeEnd", "permStart", "permEnd"))
_COMMENT, _CONTROL_ID = w("commentReference"), w("sdtPr")
_PAGES = re.compile(r"\bNUMPAGES\b", re.IGNORECASE)
_WORD = re.compile(r"[^\s\"\\]+")
# Fields that would be filled from the merged file's properties.
_OF_PROPERTIES = re.compile(
    r"\s*(TITLE|SUBJECT|AUTHOR|KEYWORDS|COMMENTS|DOCPROPERTY|INFO|FILENAME|LASTSAVEDBY|CREATEDATE|SAVEDATE|EDITTIME)\b",
    re.IGNORECASE,
)


class Names:
    """What must be unlike anything else in the merged file."""

    def __init__(self) -> None:
        self.ids = count(1)
        self.drawings = count(1)
        self._bookmarks: set[str] = set()

    def bookmark(self, wanted: str) -> str:
        """A name that no bookmark has. Word takes 40 characters, and knows no case."""
        name, number = wanted, 2
        while name.casefold() in self._bookmarks:
            name, number = f"{wanted[: 39 - len(str(number))]}_{number}", number + 1
        self._bookmarks.add(name.casefold())
        return name


class Letter(NamedTuple):
    """One letter on its way into the merged file."""

    number: int
    look: Look
    names: Names
    bookmarks: dict[str, str]
    ids: dict[tuple[bool, str], str]

    @property
    def end(self) -> str:
        """The bookmark on the letter's last page: ``NUMPAGES`` would count every letter's pages."""
        return f"_sista_sidan_{self.number}"

    def rewrite(self, root: Element, number: Callable[[str], str], note: Callable[[str, str], str]) -> bool:
        """Rewrite all below ``root``; whether it tells the number of pages.

        ``number`` and ``note`` tell what lists and notes (by kind and id) are called in the merged file.
        """
        self.look.theme(root)
        self._name_bookmarks(root)
        self._leave_out(root)
        for element in root.iter(_DRAWING_ID):
            element.set("id", str(next(self.names.drawings)))
        for element in root.iter(*_NUMBERED):
            element.set(ID, self._id(element.tag in (_BOOKMARK, _BOOKMARK_END), element.get(ID)))
        for element in root.iter(*_NOTES):
            element.set(ID, note(_NOTES[element.tag], element.get(ID)))
        for element in root.iter(*_STYLED):
            self.look.style(element)
        for element in root.iter(TBL):
            self.look.table(element)
        for element in root.iter(P):
            self.look.paragraph(element, number)
        return self._follow_fields(root)

    def mark_end(self, paragraph: Element) -> None:
        """Put the bookmark that ``end`` names into the last paragraph."""
        number = str(next(self.names.ids))
        child(paragraph, "bookmarkStart", id=number, name=self.end)
        child(paragraph, "bookmarkEnd", id=number)

    def _name_bookmarks(self, root: Element) -> None:
        for element in root.iter(_BOOKMARK):
            old = element.get(_NAME, "")
            if old not in self.bookmarks:
                self.bookmarks[old] = self.names.bookmark(old)
            element.set(_NAME, self.bookmarks[old])
        for element in root.iter(_HYPERLINK):
            if element.get(_ANCHOR) in self.bookmarks:
                element.set(_ANCHOR, self.bookmarks[element.get(_ANCHOR)])

    def _leave_out(self, root: Element) -> None:
        for element in list(root.iter(*_LEFT_OUT, _W15_BINDING)):
            _drop_with_tail(element)
        for element in list(root.iter(_COMMENT)):
            run = ancestor(element, R)
            _drop_with_tail(element if run is None else run)
        for control in root.iter(_CONTROL_ID):
            for number in control.findall(ID):
                drop(number)
        for element in root.iter(P, TR):
            for name in _W14_IDS:
                element.attrib.pop(name, None)

    def _id(self, bookmark: bool, old: str) -> str:
        key = (bookmark, old)
        if key not in self.ids:
            self.ids[key] = str(next(self.names.ids))
        return self.ids[key]

    def _follow_fields(self, root: Element) -> bool:
        counts, begin = False, None
        for element in root.iter(_FLD_CHAR, _CODE, _FLD_SIMPLE):
            if element.tag == _FLD_CHAR:
                begin = element if element.get(_FLD_TYPE) == "begin" else begin
                continue
            code = element.get(_INSTR, "") if element.tag == _FLD_SIMPLE else element.text or ""
            if _OF_PROPERTIES.match(code):
                field = element if element.tag == _FLD_SIMPLE else begin
                if field is not None:
                    field.set(w("fldLock"), "true")
            new, pages = _PAGES.subn(f"PAGEREF {self.end}", code)
            counts |= pages > 0
            new = _WORD.sub(lambda found: self.bookmarks.get(found[0], found[0]), new) if self.bookmarks else new
            if element.tag == _FLD_SIMPLE:
                element.set(_INSTR, new)
            else:
                element.text = new
        return counts


def _drop_with_tail(element: Element) -> None:
    element.tail = None
    drop(element)
