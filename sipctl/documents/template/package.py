"""Open a Word document safely: say what it is before reading it, and bound what reading may cost."""

import io
import posixpath
import struct
import zipfile
import zlib
from dataclasses import dataclass

from sipctl.errors import Fault, TemplateFault
from sipctl.language import _

from .bounds import MAX_BYTES, MAX_ENTRIES, MAX_RATIO, too_intricate, too_many_entries
from .wordxml import STRICT_NS, UnsafeXmlError, parse

CONTENT_TYPES = "[Content_Types].xml"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
DOCX_TYPE, DOTX_TYPE = WORD_TYPE + "document.main+xml", WORD_TYPE + "template.main+xml"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCAL_HEADER = struct.Struct("<4s5H3I2H")


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of the zip, both as it lies there and unpacked."""

    name: str
    method: int
    crc: int
    compressed: bytes
    content: bytes


@dataclass(frozen=True, slots=True)
class Package:
    """A Word document or template, unpacked within bounds."""

    name: str
    entries: dict[str, Entry]
    types: dict[str, str]
    main: str

    def is_xml(self, name: str) -> bool:
        """Whether a part is XML by its name or its content type; names are equal without regard to case."""
        return _is_xml(name, self.types)

    def of_type(self, *types: str) -> list[str]:
        """Names of the parts with these content types, in a steady order."""
        return [name for name in sorted(self.entries) if self.types.get(name) in types]


def open_package(data: bytes, name: str) -> Package:
    """Unpack a .docx or .dotx; raises ``TemplateFault`` with a sentence of its own for all else."""
    _check_magic(data, name)
    entries = _unpack(data, name)
    types = _content_types(entries, name)
    return Package(name, entries, types, _main_part(entries, types, name))


def refuse_intricate(package: Package) -> None:
    """Raise ``TemplateFault`` for more than a template can need; a document that was made may hold it."""
    if too_intricate(entry.content for name, entry in package.entries.items() if package.is_xml(name)):
        sentence = _("Filen {name} är för stor eller invecklad för en mall.")
        raise _refuse(package.name, sentence, _("Dela upp mallen i mindre delar."))


def _is_xml(name: str, types: dict[str, str]) -> bool:
    return name.lower().endswith((".xml", ".rels")) or types.get(name, "").lower().endswith(("+xml", "/xml"))


def _refuse(name: str, sentence: str, remedy: str) -> TemplateFault:
    what = sentence.format(name=name)
    return TemplateFault(what, remedy, [Fault(name, what)])


def _save_as_docx() -> str:
    return _("Öppna filen i Word och spara den som .docx.")


def _check_magic(data: bytes, name: str) -> None:
    if not data:
        raise _refuse(name, _("Filen {name} är tom."), _("Hämta mallen på nytt."))
    if len(data) > MAX_BYTES:
        raise _refuse(name, _("Filen {name} är större än 50 MB."), _("Ta bort stora bilder ur mallen."))
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise _refuse(
                name,
                _("Filen {name} är skyddad med lösenord."),
                _("Öppna den i Word, ta bort lösenordet och spara igen."),
            )
        raise _refuse(name, _("Filen {name} är i det gamla Word-formatet .doc."), _save_as_docx())
    if data.lstrip()[:5] == b"{\\rtf":
        raise _refuse(name, _("Filen {name} är en RTF-fil."), _save_as_docx())
    if data.startswith(b"%PDF"):
        raise _refuse(name, _("Filen {name} är en pdf."), _("Ange Word-filen som pdf-filen gjordes av."))
    if not data.startswith(b"PK\x03\x04"):
        raise _refuse(name, _("Filen {name} är inte ett Word-dokument."), _save_as_docx())
    if too_many_entries(data):
        raise _unfit(name, _("Filen {name} har fler än 500 delar."))


def _unpack(data: bytes, name: str) -> dict[str, Entry]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            listed = archive.infolist()
            if len(listed) > MAX_ENTRIES:
                raise _unfit(name, _("Filen {name} har fler än 500 delar."))
            return _entries(data, listed, name)
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, ValueError, NotImplementedError) as error:
        raise _truncated(name) from error


def _truncated(name: str) -> TemplateFault:
    return _refuse(name, _("Filen {name} är avklippt eller skadad."), _("Hämta eller kopiera mallen på nytt."))


def _unfit(name: str, sentence: str) -> TemplateFault:
    remedy = _("Filen är inte gjord som Word gör sina filer. Öppna den i Word och spara den på nytt.")
    return _refuse(name, sentence, remedy)


def _entries(data: bytes, listed: list[zipfile.ZipInfo], name: str) -> dict[str, Entry]:
    _check_listing(listed, name)
    entries: dict[str, Entry] = {}
    end_of_last = 0
    for info in sorted(listed, key=lambda each: each.header_offset):
        if info.header_offset < end_of_last:
            raise _unfit(name, _("Filen {name} har delar som ligger i varandra."))
        start = _start_of_data(data, info, name)
        end_of_last = start + info.compress_size
        if not info.is_dir():
            entries[info.filename] = _entry(data[start:end_of_last], info, name)
    return entries


def _check_listing(listed: list[zipfile.ZipInfo], name: str) -> None:
    # OPC part names are equal without regard to case.
    if len({info.filename.lower() for info in listed}) < len(listed):
        raise _unfit(name, _("Filen {name} har två delar med samma namn."))
    if sum(info.file_size for info in listed) > MAX_BYTES:
        raise _unfit(name, _("Filen {name} blir större än 50 MB när den packas upp."))
    for info in listed:
        written = info.orig_filename
        steps = written.split("/")
        if "\\" in written or "\0" in written or ".." in steps or not steps[0] or ":" in steps[0]:
            raise _unfit(name, _("Filen {name} har en del med otillåtet namn."))
        if info.flag_bits & 0x41:
            raise _unfit(name, _("Filen {name} har krypterade delar."))
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise _unfit(name, _("Filen {name} är packad på ett sätt som Word inte använder."))
        if info.file_size > MAX_RATIO * max(info.compress_size, 1):
            raise _unfit(name, _("Filen {name} är orimligt hårt packad."))


def _start_of_data(data: bytes, info: zipfile.ZipInfo, name: str) -> int:
    header = _LOCAL_HEADER.unpack_from(data, info.header_offset)
    start = info.header_offset + _LOCAL_HEADER.size
    if header[0] != b"PK\x03\x04" or start + header[9] + header[10] + info.compress_size > len(data):
        raise _truncated(name)
    own_name = data[start : start + header[9]]
    if own_name.decode("utf-8" if header[2] & 0x800 else "cp437") != info.orig_filename:
        raise _unfit(name, _("Filen {name} har en del som heter olika på två ställen."))
    return int(start + header[9] + header[10])


def _entry(compressed: bytes, info: zipfile.ZipInfo, name: str) -> Entry:
    content = compressed
    if info.compress_type == zipfile.ZIP_DEFLATED:
        # One byte more than declared is asked for, so that a lying header shows itself and costs nothing.
        content = zlib.decompressobj(-15).decompress(compressed, info.file_size + 1)
    if len(content) != info.file_size or zlib.crc32(content) != info.CRC:
        raise _truncated(name)
    return Entry(info.filename, info.compress_type, info.CRC, compressed, content)


def _content_types(entries: dict[str, Entry], name: str) -> dict[str, str]:
    mimetype = entries.get("mimetype")
    if mimetype and mimetype.content.startswith(b"application/vnd.oasis.opendocument"):
        raise _refuse(
            name,
            _("Filen {name} är ett OpenDocument-dokument (.odt)."),
            _("Spara den som .docx i LibreOffice eller Word."),
        )
    if CONTENT_TYPES not in entries:
        raise _refuse(name, _("Filen {name} är en zip-fil men inte ett Word-dokument."), _save_as_docx())
    try:
        root = parse(entries[CONTENT_TYPES].content)
    except UnsafeXmlError as error:
        raise _truncated(name) from error
    by_ending = {e.get("Extension", "").lower(): e.get("ContentType", "") for e in root if e.get("Extension")}
    by_name = {e.get("PartName", "").lstrip("/").lower(): e.get("ContentType", "") for e in root}
    return {part: by_name.get(part.lower(), by_ending.get(part.rpartition(".")[2].lower(), "")) for part in entries}


def _main_part(entries: dict[str, Entry], types: dict[str, str], name: str) -> str:
    target, strict = _office_document(entries, name)
    kind = types.get(target, "")
    macros = any(part.lower().endswith("vbaproject.bin") for part in entries)
    if "macroEnabled" in kind or macros:
        raise _refuse(
            name,
            _("Filen {name} kan innehålla makron (.docm)."),
            _("Spara den utan makron som .docx."),
        )
    if strict:
        raise _refuse(
            name,
            _("Filen {name} är sparad som ”Strict Open XML”."),
            _("Spara den i Word som vanligt Word-dokument (.docx)."),
        )
    if kind not in (DOCX_TYPE, DOTX_TYPE):
        raise _refuse(name, _("Filen {name} är inte ett Word-dokument."), _save_as_docx())
    return target


def _office_document(entries: dict[str, Entry], name: str) -> tuple[str, bool]:
    try:
        relations = parse(entries["_rels/.rels"].content)
    except (KeyError, UnsafeXmlError) as error:
        raise _truncated(name) from error
    for relation in relations:
        kind = relation.get("Type", "")
        if kind.endswith("/officeDocument"):
            target = posixpath.normpath(relation.get("Target", "").lstrip("/"))
            return _same_name(target, entries), kind.startswith(STRICT_NS)
    raise _truncated(name)


def _same_name(target: str, entries: dict[str, Entry]) -> str:
    """The part as the zip spells it: names are equal without regard to case."""
    return next((name for name in entries if name.lower() == target.lower()), target)
