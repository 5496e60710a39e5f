"""What ``invite --all`` costs beside its letters: processor time for a thousand cases with five recipients each.

    python benchmarks/letters.py [--cases N] [--strict]

The floor, in the same run, is pure rendering of the same letters from the same data and writing of the same
files. The budget is three times the floor: for the store, the trail, consent, the data and the list.
"""

import argparse
import os
import re
import tempfile
import time
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from sipctl.files import write_private
from sipctl.paths import Home, example
from sipctl.settings import Settings
from sipctl.store import keys
from sipctl.store.connection import connect
from sipctl.store.listing import meetings_ahead
from sipctl.store.units import put
from sipctl.tasks.batch import Batch
from sipctl.tasks.desk import Desk
from sipctl.tasks.manifest import write_manifest
from sipctl.tasks.setup import KeyWish, set_up
from sipctl.tasks.step import begin, begin_new, finish, from_file

CASES, BUDGET = 1_000, 3.0
DAY = date(2026, 3, 10)
_UNIT = {"entrance": False, "send_by": "secure_mail", "hsa_id": "", "phone": "", "address": "Provgatan 1"}
_UNITS = [
    _UNIT | {"name": "Psykosmottagningen Solberga", "huvudman": "region", "body": "04", "type": "psychiatry"},
    _UNIT | {"name": "Hemtjänsten Solberga", "huvudman": "kommun", "body": "0480", "type": "social"},
    _UNIT | {"name": "Vårdcentralen Solberga", "huvudman": "region", "body": "04", "type": "primary_care"},
]
_STEP = 10**13
"""Between the ids of one copy and the next: further than the ids of a case are from each other."""


def main() -> int:
    """Measure, print, and say whether the budget is met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=CASES)
    parser.add_argument("--strict", action="store_true", help="exit 1 when the budget is not met")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        desk = desk_with(Path(folder), chosen.cases)
        whole, batch = measured(desk)
        floor, letters = floor_of(desk, batch, Path(folder) / "golv")
        desk.store.close()
    times = whole / floor
    print(f"{chosen.cases} cases, {letters} letters and as many calendar entries\n")
    print("| | CPU s | ms a letter | × floor | budget |\n|---|---:|---:|---:|---:|")
    print(f"| rendering and writing | {floor:.1f} | {1000 * floor / letters:.2f} | 1.0 | |")
    print(f"| `invite --all` | {whole:.1f} | {1000 * whole / letters:.2f} | {times:.1f} | ≤ {BUDGET:g} |")
    return 1 if times > BUDGET and chosen.strict else 0


def measured(desk: Desk) -> tuple[float, Batch]:
    """Processor seconds of the whole run, from choosing the cases to the list of what was made."""
    began = time.process_time()
    batch = Batch(desk)
    batch.run(meetings_ahead(desk.store, desk.today), lambda outcome: None)
    write_manifest(desk, batch.outcomes)
    return time.process_time() - began, batch


def floor_of(desk: Desk, batch: Batch, folder: Path) -> tuple[float, int]:
    """Processor seconds to render the same data into the same files elsewhere, and how many letters."""
    from sipctl.documents import template

    frozen = desk.store.rows("SELECT template_sha, data, file_name FROM document")
    shas = desk.store.rows("SELECT sha, content FROM template")
    compiled = {sha: template.compile(content) for sha, content in shas}
    calendars = [letter.calendar.read_bytes() for outcome in batch.outcomes for letter in outcome.letters
                 if letter.calendar]  # fmt: skip
    import json

    papers = [(compiled[sha], json.loads(data), name) for sha, data, name in frozen]
    began = time.process_time()
    for (filled, data, name), calendar in zip(papers, calendars, strict=True):
        path = folder / name.split("-")[1] / name
        write_private(path, filled.render(data))
        write_private(path.with_suffix(".ics"), calendar)
    return time.process_time() - began, len(papers)


# --- a thousand cases of one ---


def desk_with(folder: Path, count: int) -> Desk:
    """A store with that many copies of one case, called to a meeting that no letters have been made for."""
    home = Home(folder / "hem")
    settings = Settings(unit="Vuxenenheten", huvudman="kommun", body="0480", coordinator="Test Testsson")
    set_up(home, settings, KeyWish(key_file=home.root / "nyckel.txt"))
    for name in [name for name in os.environ if name.startswith("SIPCTL_")]:
        del os.environ[name]
    desk = Desk(home, settings, connect(home, keys.read_key_file(home.root / "nyckel.txt")), date(2026, 3, 2))
    put(desk.store, _UNITS)
    _one_case(desk)
    with desk.store.transaction() as connection:
        for table, columns, rows in _rows_of_the_case(connection):
            marks = ", ".join("?" * len(columns))
            copies = (row for number in range(1, count) for row in _copied(table, columns, rows, number))
            connection.executemany(f'INSERT INTO "{table}" VALUES ({marks})', copies)
    desk.today = DAY
    return desk


def _one_case(desk: Desk) -> None:
    answers = tomllib.loads(example("adult.toml").read_text("utf-8"))
    answers["new"]["id_number"] = None
    answers["plan"]["info_limits"] = ""
    answers["plan"]["participants"].append({"key": "D4", "kind": "unit", "unit": "Vårdcentralen Solberga"})
    for section in ("new", "assess", "plan", "invite"):
        desk.today = date.fromisoformat(answers["days"][section])
        work = begin_new(desk, called=False) if section == "new" else begin(desk, "2026-0001", section)
        finish(work, from_file(work, answers[section]))


def _rows_of_the_case(connection: Any) -> Iterator[tuple[str, list[str], list[tuple[Any, ...]]]]:
    skipped = ("meta", "trail", "unit", "template", "draft", "document")
    for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        found = connection.execute(f'SELECT * FROM "{table}"')
        rows = found.fetchall()
        if rows and table not in skipped and not table.startswith("sqlite_"):
            yield table, [column[0] for column in found.description], rows


def _copied(table: str, columns: list[str], rows: list[tuple[Any, ...]], number: int) -> Iterator[tuple[Any, ...]]:
    for row in rows:
        yield tuple(_moved(table, column, value, number) for column, value in zip(columns, row, strict=True))


def _moved(table: str, column: str, value: Any, number: int) -> Any:
    if column == "ref":
        return f"2026-{number + 1:04d}"
    if isinstance(value, int) and (column == "id" or column.endswith(("_id", "voided_by"))) and column != "unit_id":
        return value + number * _STEP
    if table == "fact" and column == "source":
        return re.sub(r"\d+$", lambda found: str(int(found[0]) + number * _STEP), value)
    return value


if __name__ == "__main__":
    raise SystemExit(main())
