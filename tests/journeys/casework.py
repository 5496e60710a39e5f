"""What the journeys look at behind the screen: documents as text, and the contents of the store."""

import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from sipctl.documents.template.text import docx_text
from sipctl.paths import Home
from sipctl.store import keys
from sipctl.store.connection import connect

ADDRESS_BOOK = """\
namn;huvudman;kod;slag;ingång;skickas med;telefon
Psykosmottagningen Solberga;regionen;04;psykiatri;;säker e-post;0155-00 00 02
Vårdcentralen Ekbacken;regionen;04;vårdcentral;ja;säker e-post;0155-00 00 03
Hemtjänsten Solberga;kommunen;0480;socialtjänst;;internpost;0155-00 00 04
BUP Solberga;regionen;04;barn- och ungdomspsykiatri;;säker e-post;0155-00 00 05
Solbergaskolan;kommunen;0480;skola;;brev;0155-00 00 06
"""
# What a step leaves behind besides the case itself: never compared.
_BESIDES = ("trail", "meta", "sqlite_sequence", "draft")


def address_book(folder: Path) -> Path:
    """A file of units, as somebody keeps it in a spreadsheet."""
    path = folder / "enheter.csv"
    path.write_text(ADDRESS_BOOK, "utf-8")
    return path


def papers(home: Path, ref: str = "2026-0001") -> dict[str, str]:
    """The case's documents by name without reference and ending (``kallelse-D1-v1``), as text."""
    folder = home / "dokument" / ref
    found = sorted(folder.glob("*.docx")) if folder.exists() else []
    return {path.stem.removeprefix(f"{ref}-"): docx_text(path.read_bytes()) for path in found}


def _query(home: Path, read: Callable[[Any], Any]) -> Any:
    place = Home(home)
    with closing(connect(place, keys.find_key(place))) as store:
        return read(store.connection)


def contents(home: Path) -> dict[str, list[Any]]:
    """Every row of every table about cases: what must be the same when nothing was to change."""

    def read(connection: Any) -> dict[str, list[Any]]:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            name: sorted(map(repr, map(tuple, connection.execute(f'SELECT * FROM "{name}"'))))
            for name in names
            if name not in _BESIDES
        }

    return dict(_query(home, read))


def drafts(home: Path) -> dict[str, dict[str, Any]]:
    """The unfinished answers by form."""
    rows = _query(home, lambda connection: connection.execute("SELECT step, answers FROM draft").fetchall())
    return {step: json.loads(answers) for step, answers in rows}


def forget_drafts(home: Path) -> None:
    """Start over: no unfinished answers."""
    _query(home, lambda connection: connection.execute("DELETE FROM draft").fetchall())


def facts(home: Path, ref: str = "2026-0001") -> list[str]:
    """What has happened in the case, in the order of the days; what is due is left out."""
    sql = (
        'SELECT kind FROM fact JOIN "case" ON "case".id = fact.case_id '
        "WHERE ref = ? AND voided_by IS NULL AND kind NOT LIKE 'due_%' ORDER BY on_date, fact.id"
    )
    return [row[0] for row in _query(home, lambda connection: connection.execute(sql, (ref,)).fetchall())]
