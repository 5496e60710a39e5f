"""Pictures in a template that give their place to a picture in the data.

The author puts any picture where the real one shall be, gives it the size and position it may take, and writes a
field as its alternative text: ``{{ sender.logo }}``. The picture in the value is fitted into that frame with its own
proportions and its own alternative text. Without a value the frame goes, and its paragraph when nothing else is there.
"""

import posixpath
import re
from collections.abc import Iterator, Mapping

from lxml import etree

from .album import relations_of
from .archive import deflate
from .hoist import instruction, loose_marks
from .leaves import OPAQUE, leaves
from .package import CONTENT_TYPES, Entry
from .places import Located, paragraphs
from .tags import Draft, Tag, find_tags, make_tag, spot_of
from .wordxml import DOC_PR, PIC_PR, PPR, RPR, SECT_PR, TEXT_BOX, WP_NS, Element, P, R, drop, parse, w

_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DRAWING = w("drawing")
_EXTENT, _BLIP, _PICTURE = f"{{{WP_NS}}}extent", f"{{{_A}}}blip", f"{{{_PIC}}}pic"
_EMBED = f"{{{_R}}}embed"
_CROPPED, _SIZE = f"{{{_A}}}srcRect", f"{{{_PIC}}}spPr/{{{_A}}}xfrm/{{{_A}}}ext"
# Sizes relative to the page, which Word prefers to the extent.
_RELATIVE = tuple(
    f"{{http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing}}sizeRel{side}" for side in "HV"
)
_TEXTS, _SIDES = ("descr", "title"), ("cx", "cy")
_LENGTH = re.compile(r"[1-9][0-9]{0,9}\Z")


def read_frames(draft: Draft) -> None:
    """Turn the pictures whose alternative text is a field into frames."""
    for located in list(paragraphs(draft.root, draft.path)):
        for drawing in list(_drawings(located.element)):
            written = _field(drawing)
            if written and _is_picture(drawing):
                _make_frame(draft, located, drawing, written)


def _drawings(element: Element) -> Iterator[Element]:
    for child in element:
        if child.tag == _DRAWING and element.tag == R:
            yield child
        elif child.tag not in (P, TEXT_BOX):
            yield from _drawings(child)


def _field(drawing: Element) -> str:
    """The field in the alternative text; empty when there is none or something else besides."""
    named = drawing.find(f"*/{DOC_PR}")
    for name in _TEXTS if named is not None else ():
        text: str = named.get(name, "").strip()
        if text.startswith("{{") and find_tags(text) == [(0, len(text))]:
            return text
    return ""


def _is_picture(drawing: Element) -> bool:
    pictures, extent = list(drawing.iter(_PICTURE)), drawing.find(f"*/{_EXTENT}")
    if len(pictures) != 1 or pictures[0].find(f"*/{_BLIP}") is None or extent is None:
        return False
    return all(_LENGTH.match(extent.get(side, "")) for side in _SIDES)


def _make_frame(draft: Draft, located: Located, drawing: Element, written: str) -> None:
    spot = spot_of(draft, located, written)
    tag = make_tag(draft, written, spot, drawing)
    tag.kind = "frame"
    extent = drawing.find(f"*/{_EXTENT}")
    tag.frame = int(extent.get("cx")), int(extent.get("cy"))
    _name(draft, drawing, tag)
    _embed(draft, drawing, tag)
    _surround(draft, _home(drawing, located.element), tag)


def _name(draft: Draft, drawing: Element, tag: Tag) -> None:
    """The number and the alternative text of the new picture."""
    named = drawing.find(f"*/{DOC_PR}")
    for element in (named, *drawing.iter(PIC_PR)):
        for name in _TEXTS:
            if "{{" in element.get(name, ""):
                del element.attrib[name]
    for more in list(named.iterchildren(f"{{{_A}}}extLst")):
        drop(more)  # may say that the picture is mere decoration
    named.set("id", _piece(draft, tag, "id"))
    named.set("descr", _piece(draft, tag, "alt"))


def _embed(draft: Draft, drawing: Element, tag: Tag) -> None:
    """The file and the size of the new picture, without what belonged to the old one."""
    picture = next(drawing.iter(_PICTURE))
    blip = picture.find(f"*/{_BLIP}")
    for effect in list(blip):
        drop(effect)  # among them an SVG that Word would show instead
    blip.set(_EMBED, _piece(draft, tag, "rid"))
    for old in list(drawing.iter(_CROPPED, *_RELATIVE)):
        drop(old)
    for size in (drawing.find(f"*/{_EXTENT}"), picture.find(_SIZE)):
        for side in _SIDES if size is not None else ():
            size.set(side, _piece(draft, tag, side))


def _piece(draft: Draft, tag: Tag, name: str) -> str:
    return draft.add_own("output", f"{tag.variable}.{name}", tag).token


def _home(drawing: Element, paragraph: Element) -> Element:
    """What goes with the picture: its paragraph or its run, if they hold nothing else."""
    run = drawing.getparent()
    if any(child is not drawing and child.tag != RPR for child in run):
        return drawing
    text = "".join(leaf.text for leaf in leaves(paragraph))
    alone = text.strip() == OPAQUE and not loose_marks(paragraph)
    ends_section = paragraph.find(f"{PPR}/{SECT_PR}") is not None
    return paragraph if alone and not ends_section else run


def _surround(draft: Draft, home: Element, tag: Tag) -> None:
    before = [instruction(tag), instruction(draft.add_own("block", f"if {tag.variable}", tag))]
    after = instruction(draft.add_own("block", "endif", tag))
    parent = home.getparent()
    place = parent.index(home)
    for offset, node in enumerate((*before, home, after)):
        parent.insert(place + offset, node)


def without_placeholders(entries: Mapping[str, Entry], drafts: list[Draft]) -> dict[str, Entry]:
    """The parts of a template without the pictures that only stood in frames."""
    kept = dict(entries)
    for draft in drafts:
        name = relations_of(draft.part)
        if name in kept and any(tag.kind == "frame" for tag in draft.tags):
            kept[name] = _without_unused(kept[name], draft.root)
    if dict(entries) == kept:
        return kept
    targets = {target for name, entry in kept.items() if name.endswith(".rels") for target in _targets(entry)}
    gone = {target for name, entry in entries.items() if name.endswith(".rels") for target in _targets(entry)} - targets
    listed = entries[CONTENT_TYPES].content
    return {name: entry for name, entry in kept.items() if name not in gone or f'"/{name}"'.encode() in listed}


def _without_unused(entry: Entry, root: Element) -> Entry:
    used = {value for element in root.iter() for key, value in element.items() if key.startswith(f"{{{_R}}}")}
    relations = parse(entry.content)
    unused = [each for each in relations if _is_image(each) and each.get("Id") not in used]
    for relation in unused:
        drop(relation)
    content = etree.tostring(relations, xml_declaration=True, encoding="UTF-8", standalone=True)
    return deflate(entry.name, content) if unused else entry


def _targets(entry: Entry) -> Iterator[str]:
    """The pictures a part points to, by their names in the zip."""
    folder = posixpath.dirname(posixpath.dirname(entry.name))
    for relation in parse(entry.content):
        if _is_image(relation):
            yield posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/")


def _is_image(relation: Element) -> bool:
    return bool(relation.get("Type", "").endswith("/image"))
