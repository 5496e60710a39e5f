"""Files that are not what they say: zip bombs, listings that lie, other formats under a new name."""

import struct
import zipfile
from collections.abc import Callable

from engine_docs import docx, para, zipped

from .making import Attack, contents, noise, packed, stored

SOUND = docx(para("{{ x }}"))
_BROKEN, _NAMED, _RATIO = "avklippt eller skadad", "otillåtet namn", "orimligt hårt packad"
_ENTRY, _END = struct.Struct("<4s6H3I5H2I"), struct.Struct("<4s4H2IH")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def with_files(**files: bytes) -> bytes:
    return zipped(contents(SOUND) | files)


def named(name: str) -> Attack:
    return Attack(lambda: zipped(contents(SOUND) | {name: b"x"}), _NAMED)


def listing(count: int) -> bytes:
    """A file that is nothing but a list of entries."""
    entry = _ENTRY.pack(b"PK\x01\x02", 20, 20, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"a"
    start = b"PK\x03\x04"
    count_shown = min(count, 0xFFFF)
    end = _END.pack(b"PK\x05\x06", 0, 0, count_shown, count_shown, len(entry) * count, len(start), 0)
    return start + entry * count + end


def quine() -> bytes:
    """Every entry but the first is the first one's data once more: a hundred kilobytes that become a gigabyte."""
    data = noise(1000) + b"\0" * 100_000
    body = bytearray(zipped(contents(SOUND) | {"word/media/a.bin": data}))
    at = body.index(b"PK\x01\x02")
    old = bytes(body[at : body.rindex(b"PK\x05\x06")])
    last = old[old.rindex(b"PK\x01\x02") :]
    copies = [last.replace(b"word/media/a.bin", f"word/media/{n:05}".encode()) for n in range(300)]
    listed = old + b"".join(copies)
    end = _END.pack(b"PK\x05\x06", 0, 0, 304, 304, len(listed), at, 0)
    return bytes(body[:at]) + listed + end


def patched(offset: int, value: bytes, entry: str = "word/document.xml") -> Callable[[], bytes]:
    """The sound document with other bytes in the listing of one entry."""

    def make() -> bytes:
        data = bytearray(SOUND)
        at = data.index(entry.encode(), data.index(b"PK\x01\x02")) - 46 + offset
        data[at : at + len(value)] = value
        return bytes(data)

    return make


def in_local_header(offset: int, value: bytes) -> Callable[[], bytes]:
    def make() -> bytes:
        data = bytearray(SOUND)
        data[offset : offset + len(value)] = value
        return bytes(data)

    return make


def without(name: str) -> bytes:
    return zipped({each: content for each, content in contents(SOUND).items() if each != name})


_BIG = struct.pack("<I", 0xFFFFFFF0)
_FULL = struct.pack("<I", 0xFFFFFFFF)
PACKAGES = {
    "packed a thousand times": Attack(lambda: with_files(a=b"\0" * 10_000_000), _RATIO),
    "500 parts packed a thousand times": Attack(
        lambda: zipped(contents(SOUND) | {f"a{n}": b"\0" * 90_000 for n in range(490)}), _RATIO
    ),
    "ten megabytes six times": Attack(
        lambda: zipped(contents(SOUND) | {f"a{n}": noise(100_000) * 90 for n in range(6)}), "större än 50 MB"
    ),
    "sixty megabytes": Attack(lambda: noise(60_000_000), "större än 50 MB"),
    "a zip in a zip in a zip": Attack(
        lambda: with_files(a=zipped({"b": zipped({"c": b"\0" * 10_000_000})})), text="x", data={"x": "x"}
    ),
    "a bomb in a zip in the file": Attack(
        lambda: zipped(contents(SOUND) | {"a.zip": zipped({"b": b"\0" * 40_000_000})}), text="x", data={"x": "x"}
    ),
    "501 parts": Attack(lambda: zipped(contents(SOUND) | {f"a{n}": b"x" for n in range(497)}), "fler än 500"),
    "500 parts": Attack(
        lambda: zipped(contents(SOUND) | {f"a{n}": b"x" for n in range(496)}), text="x", data={"x": "x"}
    ),
    "a million entries": Attack(lambda: listing(1_000_000), "fler än 500"),
    "600 entries without data": Attack(lambda: listing(600), "fler än 500"),
    "300 entries with one's data": Attack(quine, "ligger i varandra"),
    "a size that lies upwards": Attack(patched(24, _BIG), "större än 50 MB"),
    "a size that lies a little": Attack(patched(24, struct.pack("<I", 10_000)), _BROKEN),
    "a size that lies downwards": Attack(patched(24, struct.pack("<I", 1)), _BROKEN),
    "a packed size that lies upwards": Attack(patched(20, _BIG), _BROKEN),
    "a packed size that lies downwards": Attack(patched(20, struct.pack("<I", 10)), _BROKEN),
    "sizes that stand elsewhere": Attack(patched(20, _FULL + _FULL), "större än 50 MB"),
    "a start far away": Attack(patched(42, _BIG), _BROKEN),
    "a start elsewhere": Attack(patched(42, struct.pack("<I", 7)), "ligger i varandra"),
    "a wrong checksum": Attack(patched(16, b"\1\2\3\4"), _BROKEN),
    "encrypted": Attack(patched(8, b"\1"), "krypterade delar"),
    "strongly encrypted": Attack(patched(8, b"\x41"), "krypterade delar"),
    "packed as bzip2": Attack(patched(10, b"\x0c"), "Word inte använder"),
    "packed as lzma": Attack(patched(10, b"\x0e"), "Word inte använder"),
    "packed as said nowhere": Attack(patched(10, b"\x63"), "Word inte använder"),
    "really packed as bzip2": Attack(lambda: packed(contents(SOUND), zipfile.ZIP_BZIP2), "Word inte använder"),
    "really packed as lzma": Attack(lambda: packed(contents(SOUND), zipfile.ZIP_LZMA), "Word inte använder"),
    "a local name as long as the file": Attack(in_local_header(26, b"\xff\xff"), _BROKEN),
    "stored, it says": Attack(patched(10, b"\0"), _BROKEN),
    "a comment with a listing in it": Attack(lambda: SOUND + listing(3), "två delar med samma namn"),
    "something before it": Attack(lambda: b"MZ" + noise(2000) + SOUND, "är inte ett Word-dokument"),
    "a whole document before it": Attack(lambda: docx(para("{{ x.__class__ }}")) + SOUND, text="x", data={"x": "x"}),
    "a name that goes up": named("word/../../../etc/passwd"),
    "a name that goes up, with backslashes": named("word\\..\\..\\etc"),
    "a name from the root": named("/word/x.xml"),
    "a name with a drive": named("C:/x"),
    "a name with nothing before the slash": named("//host/share"),
    "a name with a zero": Attack(
        lambda: zipped(contents(SOUND) | {"word/aXb": b"x"}).replace(b"word/aXb", b"word/a\0b"), _NAMED
    ),
    "a name that is not text": Attack(
        lambda: zipped(contents(SOUND) | {"word/ö": b"x"}).replace("ö".encode(), b"\xff\xff"), _BROKEN
    ),
    "a directory": Attack(lambda: with_files(**{"word/media/": b""}), text="x", data={"x": "x"}),
    "no types": Attack(lambda: without("[Content_Types].xml"), "inte ett Word-dokument"),
    "no relations": Attack(lambda: without("_rels/.rels"), _BROKEN),
    "no document": Attack(lambda: without("word/document.xml"), "inte ett Word-dokument"),
    "nothing": Attack(lambda: b"", "är tom"),
    "an empty zip": Attack(lambda: zipped({}), "inte ett Word-dokument"),
    "spaces": Attack(lambda: b" " * 1000, "inte ett Word-dokument"),
    "a picture": Attack(lambda: b"\x89PNG\r\n\x1a\n" + noise(500), "inte ett Word-dokument"),
    "plain text": Attack(lambda: "Kära Test Testsson".encode(), "inte ett Word-dokument"),
    "a web page": Attack(lambda: b"<html><body>x</body></html>", "inte ett Word-dokument"),
    "flat Word XML": Attack(lambda: b"<?xml version='1.0'?><pkg:package/>", "inte ett Word-dokument"),
    "a program": Attack(lambda: b"MZ" + noise(5000), "inte ett Word-dokument"),
    "RTF after spaces": Attack(lambda: b"\r\n {\\rtf1 {\\object\\objdata 01}}", "RTF-fil"),
    "a pdf": Attack(lambda: b"%PDF-1.7" + noise(500), "är en pdf"),
    "the old format": Attack(lambda: _OLE + noise(5000), ".doc"),
    "encrypted by Word": Attack(lambda: _OLE + "EncryptedPackage".encode("utf-16-le") + noise(5000), "lösenord"),
    "a spreadsheet": Attack(
        lambda: docx(para("x"), kind="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"),
        "inte ett Word-dokument",
    ),
    "OpenDocument": Attack(
        lambda: zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"}), ".odt"
    ),
    "OpenDocument and Word at once": Attack(
        lambda: with_files(mimetype=b"application/vnd.oasis.opendocument.text"), ".odt"
    ),
    "18 megabytes of pictures": Attack(
        lambda: stored(para("{{ x }}"), files={f"word/media/{n}.png": noise(4_500_000) for n in range(4)}),
        text="x",
        data={"x": "x"},
    ),
}
for _at in range(0, len(SOUND), 97):
    PACKAGES[f"cut off after {_at} bytes"] = Attack(lambda at=_at: SOUND[:at], "är")
for _byte in (1, 22, 100):
    PACKAGES[f"without its last {_byte} bytes"] = Attack(lambda cut=_byte: SOUND[:-cut], _BROKEN)
