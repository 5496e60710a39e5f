"""The address book of units. Plain SQL: it is read whenever a form is shown."""

from collections.abc import Iterable
from typing import Any

from sipctl.model.ids import new_id
from sipctl.process.context import UnitCard
from sipctl.store import trail
from sipctl.store.connection import Store
from sipctl.vocabulary.units import Huvudman, SendBy

COLUMNS = ("name", "huvudman", "body", "type", "entrance", "send_by", "hsa_id", "phone", "address")


def cards(store: Store) -> tuple[UnitCard, ...]:
    """Active units, by name, as the forms offer them. Of two with one name, each gets its body's code."""
    rows = store.rows(
        "SELECT id, name || CASE WHEN count(*) OVER (PARTITION BY name) > 1 THEN ' (' || body || ')' ELSE '' END, "
        "huvudman, phone, address, send_by FROM unit WHERE active ORDER BY name COLLATE NOCASE"
    )
    return tuple(
        UnitCard(key, name, Huvudman(huvudman), phone, address, SendBy(send_by))
        for key, name, huvudman, phone, address, send_by in rows
    )


def bodies(store: Store) -> dict[int, str]:
    """The code of the kommun or region that each unit belongs to, by id; units no longer in use as well."""
    return dict(store.rows("SELECT id, body FROM unit"))


def listing(store: Store) -> list[dict[str, Any]]:
    """Every active unit as a dict of ``COLUMNS``."""
    rows = store.rows(f"SELECT {', '.join(COLUMNS)} FROM unit WHERE active ORDER BY name COLLATE NOCASE")
    return [dict(zip(COLUMNS, row, strict=True)) for row in rows]


def put(store: Store, units: Iterable[dict[str, Any]]) -> tuple[int, int]:
    """Add units, or update those of the same name and body. Returns (added, updated)."""
    added = updated = 0
    with store.transaction() as connection:
        for unit in units:
            values = tuple(unit[column] for column in COLUMNS)
            cursor = connection.execute(
                f"UPDATE unit SET {', '.join(f'{c} = ?' for c in COLUMNS)}, active = 1 WHERE name = ? AND body = ?",
                (*values, unit["name"], unit["body"]),
            )
            if cursor.rowcount:
                updated += 1
            else:
                marks = ", ".join("?" * (len(COLUMNS) + 2))
                connection.execute(
                    f"INSERT INTO unit (id, {', '.join(COLUMNS)}, active) VALUES ({marks})", (new_id(), *values, 1)
                )
                added += 1
        trail.record(connection, "unit.put")
    return added, updated
