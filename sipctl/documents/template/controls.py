"""Word's content controls that are filled by their name: a control called ``person.name`` is a field.

The name is the control's tag, or its title when the tag is empty. A control is a field when

- the names are known and it has one of them, in full or by the variable of the loop it stands in;
- no names are known and the data has a plain value by that name when the document is made.

All others are left as they are; a dotted name that is not known gives an advice. So do controls that would be fields
but have more than text in them. One with tags or controls in it is filled by those. A filled control is no
placeholder any more, and is bound to no other data.
"""

import re
import unicodedata
from dataclasses import dataclass, field

from jinja2 import nodes

from sipctl.language import _

from .blocks import forget_unique
from .filling import Filling, release
from .findings import Spot
from .hoist import INSTRUCTION, instruction
from .leaves import OPAQUE, Leaf, leaves
from .names import Names, Reached
from .pairs import Block
from .places import Located, paragraphs
from .syntax import parse
from .tags import OPENERS, TOKEN_START, Draft, Tag, spot_of
from .wordxml import (
    DOC_PR,
    PPR,
    SDT,
    SDT_CONTENT,
    SDT_PR,
    SECT_PR,
    TBL,
    TC,
    TR,
    W15_NS,
    Element,
    P,
    T,
    drop,
    w,
)

_NAME = re.compile(r"[^\W\d_]\w*(\.[^\W\d_]\w*)*\Z")
_BRACES = re.compile(r"\{\{(.*)\}\}\Z", re.DOTALL)
_REPEATING, _ITEM = f"{{{W15_NS}}}repeatingSection", f"{{{W15_NS}}}repeatingSectionItem"


@dataclass(slots=True)
class Controls:
    """The content controls of one part, met in document order together with its tags."""

    draft: Draft
    names: Names
    _places: dict[Element, Located] = field(default_factory=dict)
    _loops: set[Element] = field(default_factory=set)

    def __post_init__(self) -> None:
        if self.draft.root.find(f".//{SDT}") is None:
            return
        # Now, before any paragraph is taken away: the places are to be those the author sees.
        self._places = {each.element: each for each in paragraphs(self.draft.root, self.draft.path)}
        for control in self.draft.root.iter(SDT):
            self._name_picture(control)

    def _name_picture(self, control: Element) -> None:
        """A picture control with the name of a picture is a frame."""
        drawings = list(control.iter(DOC_PR))
        if control.find(f"{SDT_PR}/{w('picture')}") is None or len(drawings) != 1:
            return
        reached = self.names.reach(name_of(control))
        if reached.kind == "picture" and not OPENERS.search(" ".join(drawings[0].values())):
            drawings[0].set("descr", f"{{{{ {reached.expression} }}}}")
            release(control)

    def open(self, control: Element) -> None:
        """Fill a control if its name is a field; say what is left although it looks like one."""
        name = name_of(control)
        if not name or control.getroottree().getroot() is not self.draft.root:
            return
        reached = self.names.reach(name)
        if reached.kind == "unknown":
            if "." in name:
                message = _("Innehållskontrollen ”{name}” motsvarar inget fält och lämnas som den är.")
                self._advise(control, message, reached.remedy)
        elif control.find(f"{SDT_PR}/{_REPEATING}") is not None:
            self._repeat(control, reached)
        elif not _is_filled_inside(control):
            self._fill(control, reached)

    def close(self, control: Element) -> None:
        """The end of a control: what it repeats has ended."""
        if control in self._loops:
            self.names.leave()

    def _fill(self, control: Element, reached: Reached) -> None:
        holder = _holder(control)
        if reached.kind in ("group", "picture"):
            self._advise(control, _("Fältet ”{name}” är ingen text, så innehållskontrollen lämnas som den är."))
        elif holder is not None and _is_text(control, holder):
            self.names.use(reached, self._spot(control))
            condition = f"if {reached.expression}|_fits" if reached.kind == "perhaps" else ""
            Filling(self.draft, self._lead(control), reached.expression, condition).fill(control, holder)
        elif reached.kind == "value":
            self._advise(control, _("Innehållskontrollen ”{name}” har annat än text i sig och lämnas som den är."))

    def _repeat(self, control: Element, reached: Reached) -> None:
        """Write the first item of a repeating section once for each row of a list."""
        content = control.find(SDT_CONTENT)
        items = [] if content is None else list(content)
        if reached.kind != "group" or not items or any(item.find(f"{SDT_PR}/{_ITEM}") is None for item in items):
            if reached.kind != "perhaps":
                self._advise(control, _("Den upprepade innehållskontrollen ”{name}” lämnas som den är."))
            return
        self.names.use(reached, self._spot(control))
        for item in items[1:]:
            drop(item)
        release(control)
        release(items[0])
        lead = self._lead(control)
        row = self._around(items[0], lead, f"for {lead.variable} in {reached.expression}", "endfor")
        self._around(control, lead, f"if {reached.expression}", "endif")
        forget_unique(self.draft, row)
        self.names.enter(lead.variable, reached)
        self._loops.add(control)

    def _around(self, element: Element, lead: Tag, first: str, last: str) -> Block:
        tags = [self.draft.add_own("block", source, lead) for source in (first, last)]
        before, after = map(instruction, tags)
        parent = element.getparent()
        parent.insert(parent.index(element), before)
        parent.insert(parent.index(element) + 1, after)
        return Block(tags, closed=True)

    def _lead(self, control: Element) -> Tag:
        """A tag that gives its place, and stands nowhere itself."""
        return self.draft.add("comment", "", "", self._spot(control), control)

    def _spot(self, control: Element) -> Spot:
        around = [*control.iterancestors(P), *control.iter(P)]
        located = self._places.get(around[0]) if around else None
        if located is None:
            return Spot(self.draft.part, ", ".join(self.draft.path), name_of(control))
        return spot_of(self.draft, located, name_of(control))

    def _advise(self, control: Element, message: str, remedy: str = "") -> None:
        remedy = remedy or _("Skriv i så fall fältet i vanlig text, eller ge innehållskontrollen ett annat namn.")
        self.draft.report.add("advice", self._spot(control), message.format(name=name_of(control)), remedy)


def name_of(control: Element) -> str:
    """The dotted name in a control's tag or title; empty when it is no such name."""
    for source in ("tag", "alias"):
        element = control.find(f"{SDT_PR}/{w(source)}")
        written = "" if element is None else element.get(w("val"), "").strip()
        if written:
            inside = _BRACES.match(written)
            return _dotted(unicodedata.normalize("NFC", inside[1].strip() if inside else written))
    return ""


def _dotted(name: str) -> str:
    # What has the form of a name may still be a word of the language, such as "not".
    node, faults = parse("output", name) if _NAME.match(name) else (None, [])
    return name if isinstance(node, nodes.Name | nodes.Getattr) and not faults else ""


def _is_filled_inside(control: Element) -> bool:
    """Whether the author has put tags or controls into the control."""
    content = control.find(SDT_CONTENT)
    if content is None or next(content.iter(SDT), None) is not None:
        return True
    if any(getattr(node, "target", None) == INSTRUCTION for node in content.iter()):
        return True
    return any(TOKEN_START in (text.text or "") for text in content.iter(T))


def _holder(control: Element) -> Element | None:
    """The element that holds the text: the content, or the cell when the control is around a single one."""
    content = control.find(SDT_CONTENT)
    if content.find(TR) is None and content.find(TC) is None:
        return content
    cells = list(content.iter(TC))
    return cells[0] if len(cells) == 1 else None


def _is_text(control: Element, holder: Element) -> bool:
    """Whether nothing but text would be replaced. A box to tick may hold its mark as a symbol."""
    if next(holder.iter(TBL), None) is not None or not len(holder):
        return False
    blocks = list(holder.iterchildren(P))
    if any(block.find(f"{PPR}/{SECT_PR}") is not None for block in blocks[1:]):
        return False
    text = "".join(leaf.text for block in blocks or [holder] for leaf in leaves(block))
    return OPAQUE not in text or all(leaf.element.tag == w("sym") for leaf in _opaque(blocks or [holder]))


def _opaque(blocks: list[Element]) -> list[Leaf]:
    return [leaf for block in blocks for leaf in leaves(block) if leaf.text == OPAQUE]
