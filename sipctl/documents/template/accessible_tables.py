"""Tables as they are read aloud: a header row that is marked, stays whole, and columns that stay columns."""

import re

from sipctl.language import _

from .findings import Report
from .reading import Reading, Sheet, apart
from .styles import is_on
from .wordxml import TBL, TC, TCPR, TR, Element, ancestor, w

_ROW_TAG = re.compile(r"\{%-?\s*tr\b")
_ROW_LOOP = re.compile(r"\{%-?\s*tr\s+for\b")


def check_tables(reading: Reading, sheet: Sheet, report: Report) -> None:
    """Note tables without a header row, or with one that does not work."""
    texts: dict[Element, list[str]] = {}
    for paragraph in sheet.paragraphs:
        texts.setdefault(ancestor(paragraph.element, TR), []).append(paragraph.text)
    tables: dict[Element, list[Element]] = {}
    for row in sheet.root.iter(TR):
        tables.setdefault(ancestor(row, TBL), []).append(row)
    for table, every in tables.items():
        written = {row: "".join(texts.get(row, ())) for row in every}
        rows = [row for row, text in written.items() if not _is_only_tags(text)]
        repeated = any(_ROW_LOOP.search(text) for text in written.values())
        if table is not None and rows and _has_data(reading, table, rows, repeated):
            _check_header(sheet, table, rows, repeated, report)
            _check_merged(sheet, table, rows, report)


def _is_only_tags(text: str) -> bool:
    """Whether a row is gone when the document is filled in."""
    tags, rest = apart(text)
    return not rest.strip() and bool(tags) and all(map(_ROW_TAG.match, tags))


def _has_data(reading: Reading, table: Element, rows: list[Element], repeated: bool) -> bool:
    """A table of one row or column, or without lines, is there for the layout."""
    wide = max(len(_cells(row)) for row in rows) > 1
    headed = any(_marked(row, "tblHeader") for row in rows)
    return repeated or headed or (wide and len(rows) > 1 and reading.styles.has_borders(table))


def _cells(row: Element) -> list[Element]:
    return [cell for cell in row.iter(TC) if ancestor(cell, TR) is row]


def _marked(row: Element, name: str) -> bool:
    return is_on(row.find(f"{w('trPr')}/{w(name)}"))


def _check_header(sheet: Sheet, table: Element, rows: list[Element], repeated: bool, report: Report) -> None:
    spot = sheet.table_spot(table)
    if not _marked(rows[0], "tblHeader"):
        later = any(_marked(row, "tblHeader") for row in rows)
        message = _("Tabellen har ingen rubrikrad. Den som lyssnar får inte veta vad kolumnerna betyder.")
        if later:
            message = _("Rubrikraden är inte tabellens första rad, och räknas därför inte.")
        # Rows that are repeated make a list with columns for sure; a form with lines may do without.
        report.add(
            "warning" if repeated or later else "advice",
            spot,
            message,
            _("Ställ dig i första raden, välj Tabellayout > Upprepa rubrikrader, och ge kolumnerna rubriker."),
        )
    elif not _marked(rows[0], "cantSplit"):
        report.add(
            "advice",
            spot,
            _("Rubrikraden kan delas mellan två sidor."),
            _("Välj Tabellayout > Egenskaper > Rad och ta bort krysset för Tillåt att rader bryts över sidor."),
        )


def _check_merged(sheet: Sheet, table: Element, rows: list[Element], report: Report) -> None:
    cells = [cell for row in rows for cell in _cells(row)]
    merged = any(cell.find(f"{TCPR}/{w(name)}") is not None for cell in cells for name in ("gridSpan", "vMerge"))
    if merged and _marked(rows[0], "tblHeader"):
        report.add(
            "advice",
            sheet.table_spot(table),
            _("Tabellen har sammanslagna celler. Uppläsning kan knyta dem till fel kolumn."),
            _("Dela cellerna, eller gör två tabeller."),
        )
