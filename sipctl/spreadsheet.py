"""CSV as a Swedish Excel opens it: semicolons, a byte order mark, and no cell that is read as a formula."""

import csv
import io
from collections.abc import Iterable

_FORMULA = ("=", "+", "-", "@", "\t", "＝", "＋", "－", "＠")  # full-width signs count too


def csv_text(headings: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """The whole file as text, to be written as UTF-8 without changing its line ends."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return "\ufeff" + out.getvalue()


def guarded(cell: str) -> str:
    """The cell with an apostrophe before what a spreadsheet would calculate."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
