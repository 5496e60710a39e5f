"""Tables as people keep them, in CSV or Excel: Swedish headings, any separator, whatever encoding Excel chose."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import ZipFile

from sipctl.errors import NotFound, UsageFault
from sipctl.language import _

MOST_BYTES = 5_000_000
_MOST_ROWS, _MOST_COLUMNS, _MOST_UNPACKED = 20_000, 50, 100_000_000
_SEPARATOR_LINE = re.compile(r"sep=.\r?\n")
"""What Excel is told by, in files from other systems."""
Headings = Mapping[str, Sequence[str]]
"""Key of a column → how its heading may be written, the first being what a message calls it."""


class Line(NamedTuple):
    """One row with something in it: its number in the file (the headings are row 1), and its cells by key."""

    number: int
    cells: dict[str, str]


def read_table(path: Path, headings: Headings, required: Sequence[str]) -> list[Line]:
    """The rows of a CSV or Excel file, cells as text, columns told by their headings.

    Raises ``NotFound`` and ``UsageFault``: one sentence for a file that cannot be understood.
    """
    rows = _rows(path)
    first = next(rows, None)
    if first is None:
        raise UsageFault(_("Filen {file} har inga rader.").format(file=path.name), _("Kontrollera innehållet."))
    columns = _columns(first, path, headings, required)
    filled = ((number, row) for number, row in enumerate(rows, 2) if any(cell.strip() for cell in row))
    lines = [
        Line(number, {key: row[at] if at < len(row) else "" for key, at in columns.items()})
        for number, row in islice(filled, _MOST_ROWS)
    ]
    if next(filled, None):
        raise UsageFault(
            _("Filen {file} har fler än {n} rader.").format(file=path.name, n=_MOST_ROWS), _("Dela den i flera.")
        )
    return lines


def _rows(path: Path) -> Iterator[list[str]]:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise UsageFault(_("Filen {file} är för stor.").format(file=path.name), _("Högst fem megabyte."))
        content = path.read_bytes()
    except OSError:
        raise NotFound(_("Filen {file} går inte att läsa.").format(file=path.name), _("Kontrollera namnet.")) from None
    return _excel_rows(content, path) if content.startswith(b"PK") else _csv_rows(content, path)


def _excel_rows(content: bytes, path: Path) -> Iterator[list[str]]:
    from openpyxl import load_workbook

    try:
        _refuse_bomb(content)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet: Any = next(sheet for sheet in book.worksheets if sheet.sheet_state == "visible")
        for row in sheet.iter_rows(values_only=True, max_col=_MOST_COLUMNS):
            yield [_as_typed(value) for value in row]
    except Exception:  # openpyxl raises what its parsers raise, and reads the rows only when they are asked for
        raise UsageFault(
            _("{file} går inte att läsa som Excelfil.").format(file=path.name), _("Spara om den i Excel.")
        ) from None


def _refuse_bomb(content: bytes) -> None:
    """The sizes that an archive tells of are kept to when it is unpacked."""
    with ZipFile(io.BytesIO(content)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > _MOST_UNPACKED:
            raise ValueError("unpacks to more than a table of this size can hold")


def _as_typed(value: Any) -> str:
    """A cell as a person would type it: Excel keeps 13.00 as a time, and a day as midnight."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, timedelta):
        return _as_typed((datetime.min + value).time())
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _csv_rows(content: bytes, path: Path) -> Iterator[list[str]]:
    text = _decoded(content, path)
    if found := _SEPARATOR_LINE.match(text):
        text = text[found.end() :]
    first = text.split("\n", 1)[0]
    delimiter = max(";,\t", key=first.count)
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            yield row[:_MOST_COLUMNS]
    except csv.Error:
        raise UsageFault(
            _("{file} går inte att läsa som CSV: ett citattecken är inte avslutat.").format(file=path.name),
            _("Spara om filen, helst som Excelfil."),
        ) from None


def _decoded(content: bytes, path: Path) -> str:
    encodings = ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UsageFault(_("{file} är ingen textfil.").format(file=path.name), _("Spara den som CSV UTF-8 eller Excel."))


def _columns(first: list[str], path: Path, headings: Headings, required: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    meant = {_plain(name): key for key, names in headings.items() for name in names}
    for position, heading in enumerate(first):
        key = meant.get(_plain(heading))
        if key in found:
            raise UsageFault(_("{file} har två kolumner för samma sak.").format(file=path.name), _("Ta bort den ena."))
        if key:
            found[key] = position
    if missing := [headings[key][0] for key in required if key not in found]:
        raise UsageFault(
            _("{file} saknar kolumner: {missing}.").format(file=path.name, missing=", ".join(missing)),
            _("Första raden ska ha rubriker."),
        )
    return found


def _plain(heading: str) -> str:
    """Headings are compared without regard to capitals, dots over letters and the sign between words."""
    text = heading.casefold().translate(str.maketrans("åäö_-", "aao  "))
    return " ".join(text.split()).rstrip(".:* ")
