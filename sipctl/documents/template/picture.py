"""A picture as a value: plain data that is checked before any of it comes into a document.

The value is a dict: ``{"picture": <PNG or JPEG as base64>, "alt": <text>, "width_mm": <number>}``. The first two
are required, since no picture goes out without a text for those who do not see it (EN 301 549, 9.1.1.1). The
width is for a picture written in running text; a picture in a frame has the frame's size.
"""

import base64
import binascii
import hashlib
import struct
import zlib
from functools import lru_cache
from typing import Any, NamedTuple

from sipctl.language import _

from .archive import STORED
from .filters import UnfitError, visible
from .package import Entry

PICTURE = "picture"
PICTURE_SHAPE: dict[str, Any] = {PICTURE: None, "alt": None, "width_mm": None}
"""A picture among the names that a template may use (``Known``)."""

MAX_PICTURE = 5_000_000
MAX_SIDE, MAX_PIXELS = 10_000, 40_000_000
_MIN_MM, _MAX_MM = 5, 250
EMU_PER_MM, _EMU_PER_PIXEL = 36_000, 9_525
_NATURAL_MM = 160  # what fits between the margins of A4

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
_CHUNK = struct.Struct(">I4s")
# Start of frame, the segment with the size: C0–CF but for tables (C4), a reserved code (C8) and arithmetic (CC).
_SIZES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


class Image(NamedTuple):
    """The file of a picture, as a part of a document; ``rid`` is its name in relationships."""

    entry: Entry
    rid: str
    width: int
    height: int


class Picture(NamedTuple):
    """A picture to be placed: its file, the text for those who do not see it, the width in EMU or 0."""

    image: Image
    alt: str
    wide: int

    def inside(self, width: int, height: int) -> tuple[int, int]:
        """The largest size with the picture's own proportions in a frame of this size."""
        share = min(width / self.image.width, height / self.image.height)
        return max(1, round(self.image.width * share)), max(1, round(self.image.height * share))

    def natural(self) -> tuple[int, int]:
        """The size in running text: the width asked for, else that of the pixels, within a page."""
        width = self.wide or min(self.image.width * _EMU_PER_PIXEL, _NATURAL_MM * EMU_PER_MM)
        return self.inside(width, _MAX_MM * EMU_PER_MM)


def is_picture(value: Any) -> bool:
    """Whether the value means to be a picture."""
    return value.__class__ is dict and PICTURE in value


def read_picture(value: Any) -> Picture:
    """The picture of a value; raises ``UnfitError`` with what is wrong, and nothing of the value."""
    if not is_picture(value):
        raise UnfitError(_("Fältet är ingen bild."))
    alt, wide, odd = value.get("alt"), value.get("width_mm"), value.keys() - PICTURE_SHAPE.keys()
    if odd:
        raise UnfitError(_("En bild har uppgifter som inte hör till en bild."))
    alt = " ".join(visible(alt).split()) if alt.__class__ is str else ""
    if not alt:
        raise UnfitError(_("En bild saknar alternativtext (alt)."))
    if wide is not None and (wide.__class__ is not int or not _MIN_MM <= wide <= _MAX_MM):
        raise UnfitError(_("En bilds bredd (width_mm) ska vara ett heltal mellan 5 och 250."))
    if value[PICTURE].__class__ is not str:
        raise UnfitError(_("En bilds innehåll ska vara text i base64."))
    return Picture(_image(value[PICTURE]), alt, (wide or 0) * EMU_PER_MM)


# One logo goes into a thousand letters: it is read and checked once. Few are kept, since they may be large.
@lru_cache(maxsize=4)
def _image(written: str) -> Image:
    if len(written) > MAX_PICTURE * 4 // 3 + 4:
        raise UnfitError(_("En bild är större än 5 MB."))
    try:
        content = base64.b64decode(written, validate=True)
    except (binascii.Error, ValueError):
        raise UnfitError(_("En bilds innehåll ska vara text i base64.")) from None
    ending, width, height = _measure(content)
    if not (0 < width <= MAX_SIDE and 0 < height <= MAX_SIDE and width * height <= MAX_PIXELS):
        raise UnfitError(_("En bild har orimligt många bildpunkter."))
    mark = hashlib.sha256(content).hexdigest()[:24]
    name = f"word/media/sip-{mark}.{ending}"
    return Image(Entry(name, STORED, zlib.crc32(content), content, content), f"sip-{mark}", width, height)


def _measure(content: bytes) -> tuple[str, int, int]:
    try:
        if content.startswith(_PNG):
            return "png", *_size_of_png(content)
        if content.startswith(_JPEG):
            return "jpeg", *_size_of_jpeg(content)
    except (struct.error, IndexError):
        raise UnfitError(_("En bild är avklippt eller skadad.")) from None
    raise UnfitError(_("En bild är varken PNG eller JPEG."))


def _size_of_png(content: bytes) -> tuple[int, int]:
    """Width and height from the first chunk; every chunk is walked, so that half a file is found out."""
    at, size = len(_PNG), (0, 0)
    while True:
        length, kind = _CHUNK.unpack_from(content, at)
        if kind == b"IHDR":
            size = struct.unpack_from(">II", content, at + 8)
        at += 12 + length
        if kind == b"IEND":
            break
    if at != len(content):
        raise IndexError("end")
    return size[0], size[1]


def _size_of_jpeg(content: bytes) -> tuple[int, int]:
    """Width and height from the start of frame; the file must have its end mark, with padding at most after it."""
    if not content.rstrip(b"\0").endswith(b"\xff\xd9"):
        raise IndexError("end")
    at = 2
    while content[at + 1] not in _SIZES:
        if content[at] != 0xFF:
            raise IndexError("segment")
        # Fill bytes may stand before a mark; a mark without a length is not met before the frame.
        at += 1 if content[at + 1] == 0xFF else 2 + struct.unpack_from(">H", content, at + 2)[0]
    height, width = struct.unpack_from(">HH", content, at + 5)
    return width, height
