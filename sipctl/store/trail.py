"""The access log: every change and every read, in the same transaction, chained with an HMAC.

SoLPuL 10 § and PDL 4:3: access must be logged and possible to check. A row holds references,
never names or free text. Uses the driver directly, so that a list stays fast.
"""

import hashlib
import hmac
import os
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sipctl.errors import Damaged
from sipctl.language import _

_NAMED_BY = ("LOGNAME", "USER", "LNAME", "USERNAME")


class Entry(NamedTuple):
    """One row of the trail. ``cases`` are references separated by spaces; ``at`` is UTC."""

    seq: int
    at: str
    actor: str
    action: str
    cases: str
    purpose: str


def start(connection: Any) -> None:
    """Give a new store its own chain key and an empty head."""
    connection.execute("INSERT INTO meta VALUES ('trail_key', ?)", (os.urandom(32).hex(),))
    connection.execute("INSERT INTO meta VALUES ('trail_head', '0:')")


def record(connection: Any, action: str, cases: Iterable[str] = (), purpose: str = "") -> None:
    """Append one row. Call it inside the transaction of what it records: no trail, no read."""
    key, seq, mac = _head(connection)
    at = datetime.now(UTC).isoformat(timespec="seconds")
    entry = Entry(seq + 1, at, _actor(), action, " ".join(cases), purpose)
    new_mac = _mac(key, mac, entry)
    connection.execute(
        "INSERT INTO trail (seq, at, actor, action, cases, purpose, mac) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (entry.seq, entry.at, entry.actor, entry.action, entry.cases, entry.purpose, new_mac),
    )
    connection.execute("UPDATE meta SET value = ? WHERE key = 'trail_head'", (f"{entry.seq}:{new_mac}",))


def entries(connection: Any, case: str = "", newest: int = 0) -> list[Entry]:
    """Rows in order, all or those that touch one case; ``newest`` limits to the last ones."""
    rows = connection.execute(
        "SELECT seq, at, actor, action, cases, purpose FROM trail "
        "WHERE ? = '' OR (' ' || cases || ' ') LIKE ('% ' || ? || ' %') ORDER BY seq DESC LIMIT ?",
        (case, case, newest or -1),
    )
    return [Entry(*row) for row in reversed(rows.fetchall())]


def verify(connection: Any) -> int:
    """Number of rows when the chain is whole; raises ``Damaged`` naming the first broken row."""
    key, head_seq, head_mac = _head(connection)
    mac, count = "", 0
    rows = connection.execute("SELECT seq, at, actor, action, cases, purpose, mac FROM trail ORDER BY seq")
    for *fields, stored in rows:
        entry = Entry(*fields)
        count += 1
        mac = _mac(key, mac, entry)
        if entry.seq != count or not hmac.compare_digest(mac, stored):
            raise _broken(count)
    if (count, mac) != (head_seq, head_mac):
        raise _broken(count + 1)
    return count


def _head(connection: Any) -> tuple[bytes, int, str]:
    rows = dict(connection.execute("SELECT key, value FROM meta WHERE key IN ('trail_key', 'trail_head')").fetchall())
    try:
        seq, mac = rows["trail_head"].split(":")
        return bytes.fromhex(rows["trail_key"]), int(seq), mac
    except (KeyError, ValueError):
        raise Damaged(_("Loggens nyckel saknas i registret."), _("Lägg tillbaka senaste säkerhetskopian.")) from None


def _mac(key: bytes, previous: str, entry: Entry) -> str:
    fields = (previous, str(entry.seq), entry.at, entry.actor, entry.action, entry.cases, entry.purpose)
    return hmac.new(key, "\x1f".join(fields).encode(), hashlib.sha256).hexdigest()


def _broken(seq: int) -> Damaged:
    return Damaged(
        _("Loggen är bruten vid rad {seq}: en rad är ändrad eller borttagen.").format(seq=seq),
        _("Jämför med en säkerhetskopia och meddela den som ansvarar för registret."),
    )


def _actor() -> str:
    if named := next(filter(None, map(os.environ.get, _NAMED_BY)), None):
        return named
    import getpass  # it looks there first, and takes a millisecond to load

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "?"
