"""Numbered SQL files, each with its record (``user_version``) in one transaction."""

import os
import re
from functools import cache
from pathlib import Path
from typing import Any

from sipctl.errors import Damaged
from sipctl.files import put_in_place
from sipctl.language import _
from sipctl.paths import Home

_FOLDER = Path(__file__).parent / "migrations"
_NAME = re.compile(r"(\d{4})_\w+\.sql")


@cache
def migrations() -> tuple[tuple[int, Path], ...]:
    """Number and file of every migration, in order."""
    found = ((_NAME.fullmatch(path.name), path) for path in _FOLDER.iterdir())
    return tuple(sorted((int(match[1]), path) for match, path in found if match))


def newest() -> int:
    """The schema version this sipctl knows."""
    return migrations()[-1][0]


def upgrade(home: Home, connection: Any, version: int) -> None:
    """Bring the store from ``version`` to the newest; a copy of the file is kept first."""
    if version:
        _keep_copy(home, connection, version)
    for number, path in migrations():
        if number > version:
            _apply(connection, number, path.read_text("utf-8"))


def _apply(connection: Any, number: int, script: str) -> None:
    # Foreign keys cannot be switched off inside a transaction, and a rebuilt table must not
    # take its children along (that is how batch migrations have deleted rows).
    connection.execute("PRAGMA foreign_keys=OFF")
    connection.execute("BEGIN IMMEDIATE")
    try:
        if connection.execute("PRAGMA user_version").fetchone()[0] >= number:
            connection.execute("ROLLBACK")  # another window was first
            return
        for statement in _statements(script):
            connection.execute(statement)
        if connection.execute("PRAGMA foreign_key_check").fetchone():
            raise Damaged(
                _("Registret kunde inte uppgraderas; det är orört."),
                _("Lägg tillbaka senaste säkerhetskopian eller hör av dig till din IT-avdelning."),
            )
        connection.execute(f"PRAGMA user_version={number}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    finally:
        connection.execute("PRAGMA foreign_keys=ON")


def _statements(script: str) -> list[str]:
    """Split into statements; SQLite itself knows where a trigger's body ends."""
    import sqlite3  # only for an upgrade: every command opens the store

    parts, current = [], ""
    for piece in script.split(";"):
        current += piece + ";"
        if sqlite3.complete_statement(current):
            parts.append(current)
            current = ""
    return parts


def _keep_copy(home: Home, connection: Any, version: int) -> None:
    copy = home.store.with_name(f"sip.db.before-{version:04d}")
    if copy.exists():
        return
    # VACUUM INTO keeps the encryption. Under its name only when it is whole: a copy that a power
    # cut broke off must not pass for one at the next try.
    part = copy.with_name(f".{copy.name}.{os.urandom(4).hex()}.part")
    try:
        connection.execute("VACUUM INTO ?", (str(part),))
        put_in_place(part, copy)  # SQLite does not sync what it writes here
    finally:
        part.unlink(missing_ok=True)
