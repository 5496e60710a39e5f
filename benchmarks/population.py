"""A store with ten thousand invented cases, by plain SQL: what start-up and lists are measured on.

Nine in ten are closed, as after some years at a busy unit; the latest stand at every step, with what
is due before and after the day of measuring. No names but invented ones, no identity numbers at all.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from sipctl.store import trail
from sipctl.store.connection import Store

CASES = 10_000
DAY = date(2026, 3, 2)
_OPEN_STEPS = ("assess", "plan", "invite", "meeting", "followup")
_DUE = {"assess": "due_assess", "plan": "due_plan", "invite": "due_invite", "meeting": "due_meeting",
        "followup": "due_followup"}  # fmt: skip
_EVENTS = (("opened", 0), ("need_yes", 1), ("offered", 1), ("created", 2), ("called", 9), ("meeting_held", 30),
           ("established", 30), ("followup_agreed", 90), ("followed_up", 92), ("closed", 180))  # fmt: skip
_REACHED = {"assess": 1, "plan": 4, "invite": 4, "meeting": 5, "followup": 8, "done": 10}


def fill(store: Store, count: int = CASES) -> int:
    """Write ``count`` cases in one transaction; returns the number of facts."""
    facts = list(_facts(count))
    with store.transaction() as connection:
        for table, rows in (
            ("person", _persons(count)),
            ('"case"', _cases(count)),
            ("status", _statuses(count)),
            ("participant", _participants(count)),
            ("fact", facts),
        ):
            _insert(connection, table, rows)
        trail.record(connection, "benchmark.fill")
    return len(facts)


def _insert(connection: Any, table: str, rows: Any) -> None:
    rows = iter(rows)
    first = next(rows)
    marks = ", ".join(f":{name}" for name in first)
    sql = f"INSERT INTO {table} ({', '.join(first)}) VALUES ({marks})"
    connection.execute(sql, first)
    connection.executemany(sql, rows)


def _step(number: int, count: int) -> str:
    """The last tenth is open."""
    return _OPEN_STEPS[number % 5] if number > count * 9 // 10 else "done"


def _opened(number: int, count: int) -> date:
    """In order over five years, the open ones within the last half-year."""
    closed = count * 9 // 10
    if number <= closed:
        return date(2021, 1, 4) + timedelta(days=1600 * number // closed)
    return DAY - timedelta(days=180 * (count - number) // (count - closed))


def _persons(count: int) -> Iterator[dict[str, Any]]:
    for number in range(1, count + 1):
        yield {
            "id": number, "name": f"Prov{number} Provsson", "id_kind": "unknown", "birth_date": "1980-01-05",
            "protection": "none", "kommun": "0480", "language": "", "adaptations": "", "legal_sex": "woman",
            "address": "Provgatan 1", "phone": "",
        }  # fmt: skip


def _cases(count: int) -> Iterator[dict[str, Any]]:
    for number in range(1, count + 1):
        opened = _opened(number, count)
        yield {
            "id": number, "ref": f"{opened.year}-{number:05d}", "person_id": number, "our_role": "convening",
            "sip_number": "", "route": "discharge" if number % 4 == 0 else "opencare",
            "target_group": "mental_illness", "convener_unit": "Vuxenenheten", "coordinator": "Test Testsson",
            "kommun": "0480", "pack": "standard", "pack_version": "1", "demo": 1, "opened_on": opened.isoformat(),
            "step": _step(number, count), "revision": 9,
        }  # fmt: skip


def _statuses(count: int) -> Iterator[dict[str, Any]]:
    empty = {"reason": "", "goal_outcome": "", "decided_by": "", "told": "", "replaced_by": ""}
    for number in range(1, count + 1):
        opened = _opened(number, count)
        yield {"id": number * 2, "case_id": number, "on_date": opened.isoformat(), "kind": "opened", **empty}
        if _step(number, count) == "done":
            closed = (opened + timedelta(days=180)).isoformat()
            yield {"id": number * 2 + 1, "case_id": number, "on_date": closed, "kind": "closed", **empty}


def _participants(count: int) -> Iterator[dict[str, Any]]:
    for number in range(1, count + 1):
        for position, kind in enumerate(("person", "unit", "unit", "relative")):
            yield {
                "id": number * 4 + position, "case_id": number, "key": f"D{position}", "position": position,
                "kind": kind, "name": "Test Testsson", "role": "", "unit_name": "", "phone": "", "address": "",
                "send_by": "letter", "protection": "none", "document_scope": "", "brings": "",
            }  # fmt: skip


def _facts(count: int) -> Iterator[dict[str, Any]]:
    for number in range(1, count + 1):
        opened, step = _opened(number, count), _step(number, count)
        events = list(_EVENTS[: _REACHED[step]])
        if step in _DUE:
            events.append((_DUE[step], 14 + 20 * _OPEN_STEPS.index(step)))
        for position, (kind, days) in enumerate(events):
            yield {
                "id": number * 20 + position, "case_id": number, "kind": kind,
                "on_date": (opened + timedelta(days=days)).isoformat(), "source": f"row:{position}", "note": "",
                "kommun": "0480", "unit": "Vuxenenheten", "huvudman": "kommun", "route": "opencare",
                "age_band": "25–64", "sex": "woman", "target_group": "mental_illness",
            }  # fmt: skip
