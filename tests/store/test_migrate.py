"""A store made with an earlier sipctl, with data in it, comes through every upgrade whole or untouched."""

import re
import shutil
import sqlite3
import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3.dbapi2 as driver
from testworld import Made

from sipctl.errors import Damaged, SipctlError
from sipctl.store import migrate
from sipctl.store.connection import connect

Rows = dict[str, list[Any]]
AddMigration = Callable[[str], int]


@pytest.fixture
def add_migration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AddMigration]:
    """``add_migration(sql)`` puts one more numbered file after the first, and returns its number."""
    folder = tmp_path / "migrations"
    folder.mkdir()
    shutil.copy(migrate.migrations()[0][1], folder)
    monkeypatch.setattr(migrate, "_FOLDER", folder)
    migrate.migrations.cache_clear()

    def add(sql: str) -> int:
        number = migrate.newest() + 1
        (folder / f"{number:04d}_one_more.sql").write_text(sql, "utf-8")
        migrate.migrations.cache_clear()
        return number

    yield add
    monkeypatch.undo()
    migrate.migrations.cache_clear()


def raw(made: Made) -> Any:
    """The file by the driver alone: nothing is upgraded by looking."""
    connection = driver.connect(str(made.home.store), isolation_level=None)
    connection.execute(f"PRAGMA key = \"x'{made.key.hex()}'\"")
    return connection


def rows_of(connection: Any) -> Rows:
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {name: connection.execute(f'SELECT * FROM "{name}" ORDER BY 1').fetchall() for name in names}


def version_of(connection: Any) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def content(made: Made) -> tuple[int, Rows]:
    connection = raw(made)
    try:
        return version_of(connection), rows_of(connection)
    finally:
        connection.close()


# --- a row in every table of the first schema, whatever that schema was ---


def fill(connection: Any) -> None:
    """One row in each table, all pointing to each other, that satisfies every CHECK."""
    connection.execute("PRAGMA foreign_keys=OFF")
    for name, sql in connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall():
        described = connection.execute(f'PRAGMA table_info("{name}")').fetchall()
        values = [_value(column, kind, bool(notnull), sql) for _cid, column, kind, notnull, *_rest in described]
        marks = ", ".join("?" * len(values))
        connection.execute(f'INSERT INTO "{name}" VALUES ({marks})', values)
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.execute("PRAGMA foreign_keys=ON")


def _value(column: str, kind: str, notnull: bool, sql: str) -> Any:
    if found := re.search(rf"CHECK \({column} IN \('(\w+)'", sql):
        return found[1]
    if column in ("voided_by", "based_on", "supersedes") and not notnull:
        return None  # a row that stands for itself is in force
    if column == "template_sha":
        return "sha"
    if kind in ("INTEGER", "BOOLEAN"):
        return 1
    return {"DATE": "2026-03-02", "DATETIME": "2026-03-02 13:00:00.000000", "JSON": "[]", "BLOB": b"bytes"}.get(
        kind, {"sha": "sha", "key": "K1"}.get(column, f"Prov {column}")
    )


@pytest.fixture
def first(made: Made) -> Made:
    """A store as the very first sipctl made it, with a row in every table."""
    made.home.store.unlink()
    made.home.store.with_name("sip.db-journal").unlink()
    connection = raw(made)
    connection.execute("BEGIN")
    for statement in migrate._statements(migrate.migrations()[0][1].read_text("utf-8")):
        connection.execute(statement)
    connection.execute("PRAGMA user_version=1")
    connection.execute("COMMIT")
    fill(connection)
    connection.close()
    return made


def test_every_table_of_the_first_schema_has_a_row(first: Made) -> None:
    version, rows = content(first)
    assert version == 1
    assert len(rows) > 25
    assert [name for name, found in rows.items() if len(found) != 1] == []


def test_the_first_schema_comes_up_to_the_newest_with_its_data(first: Made) -> None:
    before = content(first)[1]
    connect(first.home, first.key).close()
    version, after = content(first)
    assert version == migrate.newest()
    assert {name: len(rows) for name, rows in after.items() if name in before} == dict.fromkeys(before, 1)
    assert after["person"][0][:2] == before["person"][0][:2]


# --- the mechanism, with one migration after the first ---

REBUILD = """
CREATE TABLE case_new AS SELECT * FROM "case";
ALTER TABLE case_new ADD COLUMN colour VARCHAR NOT NULL DEFAULT 'blue; or green';
DROP TABLE "case";
ALTER TABLE case_new RENAME TO "case";
CREATE UNIQUE INDEX ix_case_id_again ON "case" (id);
CREATE TRIGGER case_colour BEFORE UPDATE OF colour ON "case"
BEGIN
  SELECT RAISE(ABORT, 'no; never');
END;
"""
"""A parent table made anew, the way SQLite demands for most changes, with semicolons where they are no ends."""


def test_a_parent_table_made_anew_keeps_the_rows_that_point_to_it(first: Made, add_migration: AddMigration) -> None:
    """With foreign keys left on, dropping the old table deletes or orphans every child."""
    before, number = content(first)[1], add_migration(REBUILD)
    connect(first.home, first.key).close()
    version, after = content(first)
    assert version == number
    assert after.pop("case") == [(*before.pop("case")[0], "blue; or green")]
    assert after == before


def test_foreign_keys_are_on_again_after_an_upgrade(first: Made, add_migration: AddMigration) -> None:
    add_migration("ALTER TABLE meta ADD COLUMN note VARCHAR;")
    store = connect(first.home, first.key)
    assert store.rows("PRAGMA foreign_keys") == [(1,)]
    store.close()


def test_a_copy_is_kept_before_the_upgrade(first: Made, add_migration: AddMigration) -> None:
    before = content(first)
    add_migration("DELETE FROM filed;")
    connect(first.home, first.key).close()
    copy = first.home.store.with_name("sip.db.before-0001")
    assert content(first)[1]["filed"] == []
    if sys.platform != "win32":
        assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert b"Prov" not in copy.read_bytes()
    with pytest.raises(sqlite3.DatabaseError):
        sqlite3.connect(copy).execute("SELECT 1 FROM sqlite_master")
    shutil.copy(copy, first.home.store)
    assert content(first) == before
    assert sorted(path.name for path in first.root.glob("*.part")) == []


def test_a_copy_that_was_broken_off_does_not_pass_for_one(first: Made, add_migration: AddMigration) -> None:
    """A power cut while copying leaves a part; the next try makes the copy anew."""
    first.home.store.with_name(".sip.db.before-0001.00000000.part").write_bytes(b"half")
    before = content(first)
    add_migration("DELETE FROM filed;")
    connect(first.home, first.key).close()
    shutil.copy(first.home.store.with_name("sip.db.before-0001"), first.home.store)
    assert content(first) == before


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM filed;\nINSERT INTO no_such_table VALUES (1);",
        "DELETE FROM filed;\nCREATE TABLE trail (seq INTEGER);",
        'DELETE FROM filed;\nDELETE FROM "case";',
        "UPDATE person SET protection = 'something';",
    ],
    ids=["no such table", "table exists", "orphaned children", "check"],
)
def test_a_migration_that_fails_leaves_the_store_as_it_was(first: Made, add_migration: AddMigration, sql: str) -> None:
    before = content(first)
    add_migration(sql)
    with pytest.raises(SipctlError):
        connect(first.home, first.key)
    assert content(first) == before


def test_orphaned_children_are_named_damage_and_nothing_is_kept(first: Made, add_migration: AddMigration) -> None:
    add_migration('DELETE FROM "case";')
    with pytest.raises(Damaged, match="orört"):
        connect(first.home, first.key)


def test_what_came_before_the_failing_migration_stays(first: Made, add_migration: AddMigration) -> None:
    good = add_migration("DELETE FROM filed;")
    add_migration("INSERT INTO no_such_table VALUES (1);")
    with pytest.raises(SipctlError):
        connect(first.home, first.key)
    version, rows = content(first)
    assert version == good
    assert rows["filed"] == []


def test_a_window_that_comes_second_upgrades_nothing_twice(first: Made, add_migration: AddMigration) -> None:
    """Both saw the old version; the first is done when the second gets its turn."""
    add_migration("ALTER TABLE meta ADD COLUMN note VARCHAR;")
    connect(first.home, first.key).close()
    store = connect(first.home, first.key)
    migrate.upgrade(first.home, store.connection, 1)
    assert store.rows("SELECT name FROM pragma_table_info('meta') WHERE name = 'note'") == [("note",)]
    store.close()


def test_opening_a_store_that_is_up_to_date_writes_no_copy(made: Made) -> None:
    connect(made.home, made.key).close()
    assert list(made.root.glob("*before*")) == []
