"""The only printing: results on stdout, all else on stderr; table, text, CSV or JSON.

User text is filtered of everything a terminal could obey, and never read as markup.
"""

import contextlib
import io
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any

from sipctl.errors import SipctlError
from sipctl.files import write_private
from sipctl.language import _
from sipctl.process.text import printable

ENVELOPE = 1
"""Version of the JSON envelope; a change that breaks readers raises it."""

Columns = Mapping[str, str]
"""Key in the row → heading."""

Rows = Sequence[Mapping[str, Any]]


class Format(StrEnum):
    """How a listing is written."""

    TABLE = "table"
    TEXT = "text"
    CSV = "csv"
    JSON = "json"


def say(text: str = "") -> None:
    """A result, on stdout."""
    print(_fitted(printable(text, lines=True), sys.stdout))


def exact(text: str) -> None:
    """A result to be copied or read by a machine: never folded, however narrow the window."""
    print(printable(text, lines=True))


def note(text: str = "") -> None:
    """Anything that is not the result, on stderr."""
    print(_fitted(printable(text, lines=True), sys.stderr), file=sys.stderr)


def envelope(kind: str, data: Any) -> None:
    """A result as versioned JSON."""
    exact(json.dumps({"sipctl": ENVELOPE, "kind": kind, "data": data}, ensure_ascii=False, indent=1, default=str))


def listing(kind: str, rows: Rows, columns: Columns, fmt: Format, empty: str = "") -> None:
    """A listing in the chosen format."""
    if fmt == Format.JSON:
        text = json.dumps(
            {"sipctl": ENVELOPE, "kind": kind, "data": [dict(row) for row in rows]}, ensure_ascii=False, indent=1
        )
    elif fmt == Format.CSV:
        _write_raw(_csv(rows, columns))
        return
    elif not rows:
        text = ""
        note(empty or _("Inget att visa."))
    else:
        text = _text(rows, columns) if fmt == Format.TEXT else _table(rows, columns)
    if text:
        sys.stdout.write(printable(text, lines=True).rstrip("\n") + "\n")


def error(problem: SipctlError, *, as_json: bool = False) -> None:
    """What is wrong, where, and what to do; on stderr."""
    if as_json:
        faults = [{"where": fault.where, "what": fault.what} for fault in problem.faults]
        body = {"code": problem.code, "exit": problem.exit_code, "what": problem.what, "remedy": problem.remedy}
        whole = {"sipctl": ENVELOPE, "kind": "error", "data": body | {"faults": faults}}
        print(printable(json.dumps(whole, ensure_ascii=False)), file=sys.stderr)
        return
    note(f"{problem.what} {problem.remedy}".strip())
    for fault in problem.faults:
        note(f"  {fault.where}: {fault.what}")


def to_clipboard(text: str) -> None:
    """Put a text where the next paste finds it; raises ``SipctlError`` where there is no clipboard."""
    import pyperclip

    try:
        pyperclip.copy(text)
    except pyperclip.PyperclipException:
        raise SipctlError(
            _("Här finns inget urklipp att lägga texten i."), _("Kör utan --clipboard och kopiera från skärmen.")
        ) from None


def sentence(text: str) -> str:
    """The text ending as a sentence does."""
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _fitted(text: str, stream: Any) -> str:
    """Lines wider than the window folded at spaces: a terminal breaks them in the middle of words."""
    columns = _screen_width()
    lines = text.split("\n")
    if not stream.isatty() or all(len(line) <= columns for line in lines):
        return text
    from sipctl.ui.asker import folded

    return "\n".join(folded(line) if len(line) > columns else line for line in lines)


@contextlib.contextmanager
def to_file(path: Path | None) -> Iterator[None]:
    """What is shown within goes into a private file instead, whole or not at all; nowhere else when None."""
    if path is None:
        yield
        return
    with contextlib.redirect_stdout(io.StringIO(newline="")) as out:
        yield
    write_private(path.absolute(), out.getvalue().encode())
    note(_("Skrev {file}.").format(file=path.name))


def _write_raw(text: str) -> None:
    """As it is: the BOM and the line ends belong to the format, and the cells are filtered already."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(newline="")
    sys.stdout.write(text)


def _csv(rows: Rows, columns: Columns) -> str:
    from sipctl.spreadsheet import csv_text

    return csv_text(columns.values(), ([_cell(row.get(key)) for key in columns] for row in rows))


def _text(rows: Rows, columns: Columns) -> str:
    """One line a field, a blank line between rows: for narrow screens and screen readers."""
    blocks = [
        "\n".join(
            f"{heading}: {cell}" if heading else cell
            for key, heading in columns.items()
            if (cell := _cell(row.get(key)))
        )
        for row in rows
    ]
    return "\n\n".join(blocks) + "\n"


def _table(rows: Rows, columns: Columns) -> str:
    """Aligned columns; as text when they don't fit the screen. Plain, since a table library takes
    seconds for ten thousand rows."""
    cells = [[_cell(row.get(key)) for key in columns] for row in rows]
    headings = list(columns.values())
    widths = [max(len(line[i]) for line in [headings, *cells]) for i in range(len(headings))]
    if sys.stdout.isatty() and sum(widths) + 2 * len(widths) > _screen_width():
        return _text(rows, columns)
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in cells]
    head = "  ".join(cell.ljust(width) for cell, width in zip(headings, widths, strict=True))
    return "\n".join([head.rstrip(), *(line.rstrip() for line in lines)]) + "\n"


def _screen_width() -> int:
    import shutil  # slow to load, and only a terminal has a width

    return shutil.get_terminal_size((80, 24)).columns


def _cell(value: Any) -> str:
    if type(value) is str and value.isprintable():
        return value  # nearly every cell of a long list
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("ja") if value else _("nej")
    return printable(str(value))
