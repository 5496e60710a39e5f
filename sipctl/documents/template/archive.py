"""Write the zip of a document: what never changes is laid out once, the rest is appended."""

import struct
import zlib
from collections.abc import Iterable, Sequence

from .package import CONTENT_TYPES, Entry

# Measured on plans and invitations: level 1 takes a sixth less time and makes a document one per cent larger; from 4
# on zlib weighs its matches, which takes two to three times as long and makes it one per cent smaller. To keep the
# packer's state after the unchanging start of a part gains nothing: a copy of the state is a quarter of a megabyte.
LEVEL = 3
STORED, _DEFLATED = 0, 8
_UTF8 = 0x800
# 1 January 1980: a document's zip says nothing about when it was made, and is the same every time.
_TIME, _DATE = 0, 0x21

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")


class Archive:
    """The unchanged entries of a template as ready bytes, and the names of those to come."""

    def __init__(self, unchanged: Iterable[Entry], changing: Iterable[str]):
        self._changing = tuple(changing)
        body, listing = bytearray(), bytearray()
        self._count = len(self._changing)
        for entry in sorted(unchanged, key=lambda each: (each.name != CONTENT_TYPES, each.name)):
            local, central = _headers(entry, len(body))
            body += local + entry.compressed
            listing += central
            self._count += 1
        self._body, self._listing = bytes(body), bytes(listing)

    def pack(self, contents: Iterable[bytes], media: Sequence[Entry] = ()) -> bytes:
        """The whole document; ``contents`` in the order of the changing names, ``media`` are parts more."""
        pieces, listing, at = [self._body], [self._listing], len(self._body)
        changed = [deflate(*each) for each in zip(self._changing, contents, strict=True)]
        for entry in (*changed, *media):
            local, central = _headers(entry, at)
            pieces += (local, entry.compressed)
            listing.append(central)
            at += len(local) + len(entry.compressed)
        directory = b"".join(listing)
        count = self._count + len(media)
        end = _END.pack(b"PK\x05\x06", 0, 0, count, count, len(directory), at, 0)
        return b"".join((*pieces, directory, end))


def deflate(name: str, content: bytes) -> Entry:
    """An entry for new content."""
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, -15)
    compressed = packer.compress(content) + packer.flush()
    return Entry(name, _DEFLATED, zlib.crc32(content), compressed, content)


def _headers(entry: Entry, at: int) -> tuple[bytes, bytes]:
    name = entry.name.encode()
    flags = 0 if entry.name.isascii() else _UTF8
    sizes = (entry.crc, len(entry.compressed), len(entry.content))
    common = (20, flags, entry.method, _TIME, _DATE, *sizes, len(name), 0)
    local = _LOCAL.pack(b"PK\x03\x04", *common)
    central = _CENTRAL.pack(b"PK\x01\x02", 20, *common, 0, 0, 0, 0, at)
    return local + name, central + name
