"""Reading the address book from CSV or Excel, as people keep it: Swedish headings, Swedish words."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sipctl.errors import Fault, NotFound, UsageFault
from sipctl.language import _
from sipctl.process.text import neat, unsafe
from sipctl.vocabulary.term import Term
from sipctl.vocabulary.units import Huvudman, SendBy, UnitType

_HEADINGS = {
    "name": ("name", "namn", "enhet", "verksamhet"),
    "huvudman": ("huvudman",),
    "body": ("body", "kod", "kommunkod", "kommun", "region"),
    "type": ("type", "slag", "typ"),
    "entrance": ("entrance", "ingang", "mottagning"),
    "send_by": ("send_by", "skickas med", "skicka", "satt"),
    "hsa_id": ("hsa_id", "hsa-id", "hsaid", "hsa"),
    "phone": ("phone", "telefon", "tel"),
    "address": ("address", "adress", "postadress"),
}
_HSA = re.compile(r"SE\d{10}-[A-Za-z0-9]{1,18}")
_MOST_BYTES = 5_000_000


def read_units(path: Path) -> list[dict[str, Any]]:
    """Every row as a unit; raises ``UsageFault`` with each faulty row. Nothing is changed then."""
    rows = list(_rows(path))
    if not rows:
        raise UsageFault(_("Filen {file} har inga rader.").format(file=path.name), _("Kontrollera innehållet."))
    columns = _columns(rows[0], path)
    units, faults = [], []
    for number, row in enumerate(rows[1:], 2):
        if not any(cell.strip() for cell in row):
            continue
        try:
            units.append(check_unit({key: row[i] if i < len(row) else "" for key, i in columns.items()}))
        except UsageFault as fault:
            faults.append(Fault(_("rad {n}").format(n=number), fault.what))
    if faults:
        raise UsageFault(
            _("{file} går inte att läsa in. Felaktiga rader: {n}.").format(n=len(faults), file=path.name),
            _("Rätta dem och läs in filen igen. Inget är ändrat."),
            faults,
        )
    return units


def check_unit(raw: dict[str, Any]) -> dict[str, Any]:
    """A unit with every column, words turned into keys; raises ``UsageFault``."""
    unit = {key: neat(str(raw.get(key) or "")) for key in _HEADINGS}
    for key, value in unit.items():
        if unsafe(value, lines=key == "address"):
            raise UsageFault(_("{key} innehåller styrtecken.").format(key=key), _("Skriv om värdet."))
    if not unit["name"] or len(unit["name"]) > 200:
        raise UsageFault(_("Enheten saknar namn, eller namnet är för långt."), _("Högst 200 tecken."))
    if unit["hsa_id"] and not _HSA.fullmatch(unit["hsa_id"]):
        raise UsageFault(_("HSA-id ska se ut som SE1234567890-ABC."), _("Rätta det eller lämna tomt."))
    return unit | {
        "huvudman": _term(Huvudman, unit["huvudman"], None),
        "type": _term(UnitType, unit["type"], UnitType.OTHER),
        "send_by": _term(SendBy, unit["send_by"], SendBy.LETTER),
        "entrance": unit["entrance"].lower() in ("1", "true", "ja", "j", "x", "yes"),
    }


def _term(kind: type[Term], text: str, default: Term | None) -> str:
    """The key for a key, a label, or the beginning of a label."""
    if not text and default is not None:
        return default.value
    wanted = text.casefold()
    matches = [t for t in kind if wanted in (t.value, t.text.casefold())]
    matches = matches or [t for t in kind if wanted and t.text.casefold().startswith(wanted)]
    if len(matches) != 1:
        allowed = ", ".join(t.value for t in kind)
        raise UsageFault(_("Ett värde går inte att tolka; möjliga är {allowed}.").format(allowed=allowed))
    return matches[0].value


def _rows(path: Path) -> Iterator[list[str]]:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise UsageFault(_("Filen är för stor för en adressbok."), _("Högst fem megabyte."))
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
    for row in sheet.iter_rows(values_only=True, max_row=20_000, max_col=50):
        yield ["" if value is None else str(value) for value in row]


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


def _columns(headings: list[str], path: Path) -> dict[str, int]:
    found: dict[str, int] = {}
    for position, heading in enumerate(headings):
        plain = heading.strip().casefold().replace("å", "a").replace("ä", "a").replace("ö", "o")
        key = next((key for key, names in _HEADINGS.items() if plain in names), None)
        if key in found:
            raise UsageFault(_("{file} har två kolumner för samma sak.").format(file=path.name), _("Ta bort den ena."))
        if key:
            found[key] = position
    if missing := [key for key in ("name", "huvudman") if key not in found]:
        raise UsageFault(
            _("{file} saknar kolumner: {missing}.").format(file=path.name, missing=", ".join(missing)),
            _("Första raden ska ha rubriker: namn, huvudman …"),
        )
    return found
