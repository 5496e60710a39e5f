"""The pictures of one document while it is being filled, and how they come into its file."""

import posixpath
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from jinja2 import Undefined, pass_context
from jinja2.runtime import Context
from lxml import etree

from .archive import Archive, deflate
from .package import CONTENT_TYPES, Entry
from .picture import Image, Picture, is_picture, read_picture
from .wordxml import parse

ALBUM = "_album"
_FIRST_NUMBER = 100_000  # above the numbers Word gives to the pictures of a template
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
_TYPES = {"png": "image/png", "jpeg": "image/jpeg"}

_INLINE = (
    '</w:t><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{cx}" cy="{cy}"/><wp:docPr id="{id}" name="Bild {id}" '
    'descr="{alt}"/><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
    '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr>'
    '<pic:cNvPr id="{id}" name="Bild {id}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:embed="{rid}"/>'
    '<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>'
    '<a:ext cx="{cx}" cy="{cy}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
    '</a:graphicData></a:graphic></wp:inline></w:drawing><w:t xml:space="preserve">'
)


class Ready(NamedTuple):
    """Markup the engine has made itself. No value can be one: data is plain."""

    xml: str


@dataclass(slots=True)
class Album:
    """What has been placed so far, over all parts of a document."""

    images: list[Image] = field(default_factory=list)
    count: int = _FIRST_NUMBER

    def number(self) -> int:
        """A number no other drawing of the document has."""
        self.count += 1
        return self.count


def markup(context: Context, value: Any) -> str | None:
    """What is written without being escaped: a picture in running text, or a piece of a frame."""
    if value.__class__ is Ready:
        return str(value.xml)
    if not is_picture(value):
        return None
    picture = read_picture(value)
    cx, cy = picture.natural()
    return _INLINE.format(cx=cx, cy=cy, **_place(context, picture))


@pass_context
def _frame(context: Context, value: Any, width: int, height: int) -> dict[str, Any] | None:
    """The pieces of a frame with the picture in it; None when there is no picture to show."""
    if isinstance(value, Undefined):
        bool(value)  # raises with the name of what is missing
    if value is None or value == "":
        return None
    picture = read_picture(value)
    cx, cy = picture.inside(width, height)
    return {key: Ready(str(each)) for key, each in {"cx": cx, "cy": cy, **_place(context, picture)}.items()}


@pass_context
def _number(context: Context, _value: Any) -> int:
    number: int = context[ALBUM].number()
    return number


def _place(context: Context, picture: Picture) -> dict[str, Any]:
    album: Album = context[ALBUM]
    album.images.append(picture.image)
    alt = picture.alt.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    return {"id": album.number(), "rid": picture.image.rid, "alt": alt}


FILTERS: dict[str, Callable[..., Any]] = {"_frame": _frame, "_number": _number}
"""Put in by the compiler, out of reach for the author of a template."""


@dataclass(slots=True)
class Gallery:
    """Writes the documents that got pictures: the media parts, their types and their relationships.

    Made once for a template; what a set of parts needs is prepared when it is first met.
    """

    entries: Mapping[str, Entry]
    parts: Sequence[str]
    _archives: dict[tuple[str, ...], Archive] = field(default_factory=dict)
    _relations: dict[str, str] = field(default_factory=dict)

    def pack(self, contents: Sequence[bytes], placed: Mapping[str, Iterable[Image]]) -> bytes:
        """The document; ``placed`` are the pictures that each part shows. One shown often is one part."""
        related = [self._related(part, images) for part, images in placed.items()]
        media = {image.entry.name: image.entry for images in placed.values() for image in images}
        return self._archive(tuple(placed)).pack([*contents, *related], list(media.values()))

    def _archive(self, placed: tuple[str, ...]) -> Archive:
        if placed not in self._archives:
            related = [relations_of(part) for part in placed]
            changing = [*self.parts, *related]
            kept = {name: entry for name, entry in self.entries.items() if name not in changing}
            kept[CONTENT_TYPES] = _with_types(self.entries[CONTENT_TYPES])
            self._archives[placed] = Archive(kept.values(), changing)
        return self._archives[placed]

    def _related(self, part: str, images: Iterable[Image]) -> bytes:
        if part not in self._relations:
            self._relations[part] = _open_relations(self.entries.get(relations_of(part)))
        folder = posixpath.dirname(part) or "."
        added = {
            image.rid: f'<Relationship xmlns="{_RELATIONS}" Id="{image.rid}" Type="{_IMAGE}" '
            f'Target="{posixpath.relpath(image.entry.name, folder)}"/>'
            for image in images
        }
        before, close, after = self._relations[part].rpartition("</")
        return "".join((before, *added.values(), close, after)).encode()


def relations_of(part: str) -> str:
    """The part with the relationships of another."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _open_relations(entry: Entry | None) -> str:
    root = parse(entry.content if entry else f'<Relationships xmlns="{_RELATIONS}"/>'.encode())
    root.text = root.text or ""  # so that there is an end tag to put new ones before
    content: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return content.decode()


def _with_types(entry: Entry) -> Entry:
    root = parse(entry.content)
    there = {element.get("Extension", "").lower() for element in root}
    for extension, kind in _TYPES.items():
        if extension not in there:
            default = etree.Element(root.tag.replace("}Types", "}Default"), Extension=extension, ContentType=kind)
            root.insert(0, default)
            there.add(extension)
    content = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return deflate(entry.name, content)
