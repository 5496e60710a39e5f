"""What a command costs before it does anything: processor time, as ratios to floors measured in the same run.

    python benchmarks/startup.py [--rounds N] [--cases N] [--strict]

Every command is a process of its own over a store with ten thousand cases and a key file. Rounds are
interleaved, so that a busy moment of the machine touches all of them, and the least disturbed run of
each counts. The floors are a bare interpreter, and a script that does the same with stock sqlite3 on an
unencrypted copy. Ratios say nothing absolute about another machine, and never stop a build: ``--strict`` is for people.
"""

import argparse
import contextlib
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from population import CASES, DAY, fill

from sipctl.paths import Home
from sipctl.settings import Settings
from sipctl.store import keys, listing
from sipctl.store.connection import Store, connect
from sipctl.tasks.setup import KeyWish, set_up

ROOT = Path(__file__).parents[1]
OPENING_MS = 10.0

PLAIN = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
rows = connection.execute(sys.argv[2], eval(sys.argv[3])).fetchall()
rows = [["" if cell is None else str(cell) for cell in row] for row in rows]
widths = [max(map(len, column)) for column in zip(*rows)]
print("\\n".join("  ".join(c.ljust(w) for c, w in zip(row, widths)).rstrip() for row in rows))
"""


ENTRY = "from sipctl.__main__ import main; main()"
"""What the installed ``sipctl`` script does."""


@dataclass(frozen=True)
class Command:
    """One command line, and its budgets: times a bare interpreter, times the plain script ``plain``."""

    name: str
    arguments: list[str]
    bare: float | None = None
    plain: str = ""
    environment: dict[str, str] | None = None


def main() -> int:
    """Measure, print the table, and say which budgets are not met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--cases", type=int, default=CASES)
    parser.add_argument("--strict", action="store_true", help="exit 1 when a budget is not met")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, filled(Path(folder), chosen.cases) as home:
        plain = unencrypted_copy(home)
        table = commands(plain, chosen.cases)
        costs = measure(table, chosen.rounds)
        opening = opening_cost(home, plain)
    missed = report(table, costs) + report_opening(*opening)
    for line in missed:
        print(f"NOT MET: {line}")
    return 1 if missed and chosen.strict else 0


@contextlib.contextmanager
def filled(folder: Path, count: int) -> Iterator[Home]:
    """A home with a key file and that many cases, chosen by the environment."""
    home = Home(folder / "hem")
    unit = Settings(unit="Vuxenenheten", huvudman="kommun", body="0480", coordinator="Test Testsson")
    set_up(home, unit, KeyWish(key_file=home.root / "nyckel.txt"))
    for name in [name for name in os.environ if name.startswith(("SIPCTL_", "PYTHON"))]:
        del os.environ[name]
    os.environ |= {
        # As on a user's machine: compiled once, here by the round that does not count. Without PYTHON… of the
        # environment too, since some forbid the cache and compile at every start.
        "PYTHONPYCACHEPREFIX": str(folder / "compiled"),
        "SIPCTL_HOME": str(home.root),
        "SIPCTL_KEY_FILE": str(home.root / "nyckel.txt"),
        "SIPCTL_TODAY": DAY.isoformat(),
    }
    with opened(home) as store:
        facts = fill(store, count)
    print(f"{count} cases, {facts} facts, {home.store.stat().st_size / 1e6:.0f} MB\n")
    yield home


@contextlib.contextmanager
def opened(home: Home) -> Iterator[Store]:
    """The store, opened and closed."""
    store = connect(home, keys.read_key_file(home.root / "nyckel.txt"))
    try:
        yield store
    finally:
        store.close()


def unencrypted_copy(home: Home) -> Path:
    """The same tables and rows in a stock SQLite file, for the plain scripts."""
    path = home.root.parent / "plain.db"
    copy = sqlite3.connect(path)
    with opened(home) as store:
        for kind in ("table", "index"):
            for name, sql in store.rows(
                "SELECT name, sql FROM sqlite_master WHERE type = ? AND sql IS NOT NULL", (kind,)
            ):
                copy.execute(sql)
                if kind == "table" and (rows := store.rows(f'SELECT * FROM "{name}"')):
                    copy.executemany(f'INSERT INTO "{name}" VALUES ({", ".join("?" * len(rows[0]))})', rows)
    copy.commit()
    copy.close()
    return path


def commands(plain: Path, cases: int) -> list[Command]:
    """What is measured, in the order of the table."""
    sipctl, example = [sys.executable, "-c", ENTRY], str(ROOT / "examples" / "adult.toml")
    query, values = listing.cases_query(listing.Selection())
    script = [sys.executable, "-c", PLAIN, str(plain)]
    completion = {
        "_SIPCTL_COMPLETE": "complete_bash", "COMP_WORDS": "sipctl\ncase\nshow\n2026-00", "COMP_CWORD": "3",
    }  # fmt: skip
    return [
        Command("bare interpreter", [sys.executable, "-c", "pass"]),
        Command("plain sqlite3: case list", [*script, query, repr(values)]),
        Command("plain sqlite3: next", [*script, listing._DUE_ROWS, repr(("2026-04-01",))]),
        Command("--version", [*sipctl, "--version"], bare=1.5),
        Command("--help", [*sipctl, "--help"], bare=1.5),
        Command("case list", [*sipctl, "case", "list"], bare=8, plain="plain sqlite3: case list"),
        Command("next", [*sipctl, "next"], bare=8, plain="plain sqlite3: next"),
        Command("completion of a case", sipctl, bare=8, environment=completion),
        Command("case new --answers", [*sipctl, "case", "new", "--answers", example], bare=60),
        Command("case show", [*sipctl, "case", "show", f"2026-{cases:05d}"], bare=60),
    ]


PLAIN_TIMES = 5.0


def measure(table: list[Command], rounds: int) -> dict[str, float]:
    """Least processor seconds of each command, user and system, after one round that does not count."""
    seen: dict[str, list[float]] = {command.name: [] for command in table}
    for number in range(rounds + 1):
        for command in table:
            # A floor is short, and everything is divided by it: it gets more chances to be undisturbed.
            costs = [cpu_of(command) for _again in range(1 if command.bare else 3)]
            if number:
                seen[command.name] += costs
    return {name: min(costs) for name, costs in seen.items()}


def cpu_of(command: Command) -> float:
    """Processor seconds of one run in a process of its own."""
    import resource

    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = os.environ | (command.environment or {})
    done = subprocess.run(command.arguments, capture_output=True, env=environment, stdin=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode or (not done.stdout and command.arguments[1:] != ["-c", "pass"]):
        raise SystemExit(f"{command.name} failed:\n{done.stderr.decode()}")
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def opening_cost(home: Home, plain: Path, rounds: int = 40) -> tuple[float, float]:
    """Median processor milliseconds to open and read one row: our store with its key file, and stock SQLite."""
    ours, theirs = [], []
    for _round in range(rounds):
        began = time.process_time()
        store = connect(home, keys.find_key(home))
        store.meta("store_id")
        store.close()
        ours.append(time.process_time() - began)
        began = time.process_time()
        stock: Any = sqlite3.connect(plain)
        stock.execute("SELECT value FROM meta WHERE key = 'store_id'").fetchone()
        stock.close()
        theirs.append(time.process_time() - began)
    return statistics.median(ours) * 1000, statistics.median(theirs) * 1000


def report(table: list[Command], costs: dict[str, float]) -> list[str]:
    """Print the table; returns what is over its budget."""
    bare, missed = costs["bare interpreter"], []
    print("| command | CPU ms | × bare | budget | × plain sqlite3 | budget |")
    print("|---|---:|---:|---:|---:|---:|")
    for command in table:
        cost = costs[command.name]
        times, budget = cost / bare, f"≤ {command.bare:g}" if command.bare else ""
        against = cost / costs[command.plain] if command.plain else None
        cells = [command.name, f"{cost * 1000:.0f}", f"{times:.1f}", budget]
        cells += [f"{against:.1f}", f"≤ {PLAIN_TIMES:g}"] if against else ["", ""]
        print("| " + " | ".join(cells) + " |")
        if command.bare and times > command.bare:
            missed.append(f"{command.name}: {times:.1f} × bare, budget {command.bare:g}")
        if against and against > PLAIN_TIMES:
            missed.append(f"{command.name}: {against:.1f} × plain sqlite3, budget {PLAIN_TIMES:g}")
    return missed


def report_opening(ours: float, stock: float) -> list[str]:
    """Print what opening costs; returns what is over its budget."""
    added = ours - stock
    print(f"\nOpening the encrypted store with a key file: {ours:.1f} ms, stock SQLite {stock:.1f} ms; "
          f"added {added:.1f} ms (budget {OPENING_MS:g}).\n")  # fmt: skip
    return [f"opening adds {added:.1f} ms, budget {OPENING_MS:g}"] if added > OPENING_MS else []


if __name__ == "__main__":
    raise SystemExit(main())
