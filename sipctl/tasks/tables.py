"""Tables as people keep them, in CSV or Excel: Swedish headings, any separator, whatever encoding Excel chose."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, time
from pathlib import Path
from typing import Any, NamedTuple

from sipctl.errors import NotFound, UsageFault
from sipctl.language import _

MOST_BYTES = 5_000_000
_MOST_ROWS, _MOST_COLUMNS = 20_000, 50
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
    return [
        Line(number, {key: row[at] if at < len(row) else "" for key, at in columns.items()})
        for number, row in enumerate(rows, 2)
        if any(cell.strip() for cell in row)
    ]


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
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except Exception:  # openpyxl raises what its parsers raise
        raise UsageFault(
            _("{file} går inte att läsa som Excelfil.").format(file=path.name), _("Spara om den i Excel.")
        ) from None
    sheet: Any = book.worksheets[0]
    for row in sheet.iter_rows(values_only=True, max_row=_MOST_ROWS, max_col=_MOST_COLUMNS):
        yield [_as_typed(value) for value in row]


def _as_typed(value: Any) -> str:
    """A cell as a person would type it: Excel keeps 13.00 as a time, and a day as midnight."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _csv_rows(content: bytes, path: Path) -> Iterator[list[str]]:
    text = _decoded(content, path)
    first = text.split("\n", 1)[0]
    delimiter = max(";,\t", key=first.count)
    try:
        return iter(list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)))
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
    for position, heading in enumerate(first):
        key = next((key for key, names in headings.items() if _plain(heading) in map(_plain, names)), None)
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
    text = heading.strip().casefold().translate(str.maketrans("åäö_-", "aao  "))
    return " ".join(text.split())
