"""The migrations and the tables in ``sipctl/model`` say the same; what only the migrations have is listed here."""

import re
import sqlite3
from collections.abc import Iterator

import pytest
from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool
from sqlmodel import SQLModel

from sipctl.model import casefile, document, trail
from sipctl.store import migrate

assert casefile
assert document
assert trail  # importing the modules registers every table

TRIGGERS = {
    "plan_established_update",
    "plan_established_delete",
    "need_established_insert",
    "goal_established_insert",
    "action_established_insert",
    "need_established_update",
    "need_established_delete",
    "goal_established_update",
    "goal_established_delete",
    "action_established_update",
    "action_established_delete",
    "status_update",
    "fact_frozen",
}


@pytest.fixture(scope="module")
def migrated() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    for _number, path in migrate.migrations():
        connection.executescript(path.read_text("utf-8"))
    yield connection
    connection.close()


@pytest.fixture(scope="module")
def modelled() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    SQLModel.metadata.create_all(create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool))
    yield connection
    connection.close()


def tables(connection: sqlite3.Connection) -> list[str]:
    return [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]


def columns(connection: sqlite3.Connection, table: str) -> set[tuple[object, ...]]:
    """Name, type, not null, default and place in the primary key; the order in the table is of no account."""
    rows = connection.execute(f'PRAGMA table_xinfo("{table}")')
    return {(name, kind, notnull, default, pk) for _cid, name, kind, notnull, default, pk, _hidden in rows}


def links(connection: sqlite3.Connection, table: str) -> set[tuple[object, ...]]:
    rows = connection.execute(f'PRAGMA foreign_key_list("{table}")')
    return {(own, target, theirs, update, delete) for _id, _seq, target, own, theirs, update, delete, _m in rows}


def checks(connection: sqlite3.Connection, table: str) -> set[str]:
    (sql,) = connection.execute("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?", (table,)).fetchone()
    return {plain(found) for found in re.findall(r"CONSTRAINT \w+ CHECK \([^()]*\([^()]*\)\)", sql)}


def indexes(connection: sqlite3.Connection, table: str) -> set[tuple[object, ...]]:
    """Name, unique, columns and the condition of a partial one. A UNIQUE column has an index without a name."""
    found = set()
    for _seq, name, unique, origin, partial in connection.execute(f'PRAGMA index_list("{table}")'):
        fields = tuple(row[2] for row in connection.execute(f'PRAGMA index_info("{name}")'))
        (sql,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (name,)).fetchone()
        where = plain(sql.partition(" WHERE ")[2]) if sql else ""
        found.add((name if origin == "c" else origin, unique, fields, partial, where))
    return found


def plain(sql: str) -> str:
    return re.sub(r"\s+", " ", sql.replace('"', "")).strip()


def test_the_same_tables(migrated: sqlite3.Connection, modelled: sqlite3.Connection) -> None:
    assert tables(migrated) == tables(modelled)
    assert len(tables(migrated)) > 25


@pytest.mark.parametrize("part", [columns, links, checks, indexes], ids=lambda part: part.__name__)
def test_the_same_schema_table_by_table(
    migrated: sqlite3.Connection, modelled: sqlite3.Connection, part: object
) -> None:
    for table in tables(modelled):
        assert part(migrated, table) == part(modelled, table), table  # type: ignore[operator]


def test_the_comparison_sees_every_kind_of_thing(migrated: sqlite3.Connection) -> None:
    assert ("legal_sex", "VARCHAR(32)", 0, None, 0) in columns(migrated, "person")
    assert ("person_id", "person", "id", "NO ACTION", "NO ACTION") in links(migrated, "case")
    assert "CONSTRAINT route CHECK (route IN ('opencare', 'discharge'))" in checks(migrated, "case")
    assert ("ix_plan_one_draft", 1, ("case_id",), 1, "kind = 'draft'") in indexes(migrated, "plan")
    assert ("u", 1, ("ref",), 0, "") in indexes(migrated, "case")
    assert ("ix_case_person_id", 0, ("person_id",), 0, "") in indexes(migrated, "case")


def test_every_check_of_the_tables_is_compared(migrated: sqlite3.Connection) -> None:
    for table in tables(migrated):
        (sql,) = migrated.execute("SELECT sql FROM sqlite_master WHERE name = ?", (table,)).fetchone()
        assert sql.count("CHECK") == len(checks(migrated, table)), table


def test_the_triggers_are_those_listed(migrated: sqlite3.Connection, modelled: sqlite3.Connection) -> None:
    names = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    assert {row[0] for row in migrated.execute(names)} == TRIGGERS
    assert modelled.execute(names).fetchall() == []


def test_every_table_of_a_case_points_to_its_case(migrated: sqlite3.Connection) -> None:
    """Loading, extracts and erasure rely on ``case_id`` in each of them."""
    for kind in casefile.TABLES.values():
        table = str(kind.__tablename__)
        assert ("case_id", "case", "id", "NO ACTION", "NO ACTION") in links(migrated, table)
        assert any(fields[0] == "case_id" for _n, _u, fields, _p, _w in indexes(migrated, table)), table


def test_the_numbers_of_the_migrations_have_no_gap() -> None:
    assert [number for number, _path in migrate.migrations()] == list(range(1, migrate.newest() + 1))
