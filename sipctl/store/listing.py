"""Fast reads over many cases: plain SQL with the driver, no ORM, each logged as one trail row."""

from datetime import date, timedelta
from typing import NamedTuple

from sipctl.store import trail
from sipctl.store.connection import Store
from sipctl.vocabulary.facts import FactKind

_DUE = ", ".join(f"'{kind.value}'" for kind in FactKind if kind.is_due)


class CaseRow(NamedTuple):
    """One line of ``case list``. ``name`` is empty unless names were asked for; dates are ISO."""

    ref: str
    role: str
    route: str
    state: str
    opened_on: str
    step: str
    due_on: str
    due: str
    draft: bool
    name: str


class DueRow(NamedTuple):
    """One thing to do in one case, by a date (ISO). ``days`` is negative when it is overdue."""

    ref: str
    kind: str
    on_date: str
    note: str
    route: str
    days: int


class Selection(NamedTuple):
    """Which cases: open ones unless ``everything``; by name or number (2001:637 15 §), or all."""

    everything: bool = False
    name: str = ""
    number: str = ""
    names: bool = False


def cases(store: Store, wanted: Selection) -> list[CaseRow]:
    """Cases by reference. Logged with the references that were shown, and whether names were."""
    with store.transaction() as connection:
        rows = connection.execute(*cases_query(wanted)).fetchall()
        found = [CaseRow._make((*columns, bool(draft), name)) for *columns, draft, name in rows]
        purpose = "names" if wanted.names else ("search" if wanted.name or wanted.number else "")
        trail.record(connection, "case.list", [row.ref for row in found], purpose)
    return found


def cases_query(wanted: Selection) -> tuple[str, dict[str, str]]:
    """SQL and values for that selection: nothing is read, joined or compared that was not asked for."""
    person = wanted.names or wanted.name or wanted.number
    conditions = [] if wanted.everything else ["c.step <> 'done'"]  # as the index of open cases has it
    conditions += ["p.name LIKE :like ESCAPE '\\'"] if wanted.name else []
    conditions += ["p.id_number = :number"] if wanted.number else []
    sql = _CASES.format(
        name="p.name" if wanted.names else "''",
        person="JOIN person p ON p.id = c.person_id" if person else "",
        where=f"WHERE {' AND '.join(conditions)}" if conditions else "",
    )
    like = "%" + wanted.name.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    return sql, {"like": like, "number": wanted.number}


def due(store: Store, today: date, within: int | None = None) -> list[DueRow]:
    """What is due over all cases, the most overdue first; ``within`` days from today, or all."""
    until = (today + timedelta(days=within)).isoformat() if within is not None else "9999-12-31"
    with store.transaction() as connection:
        rows = connection.execute(_DUE_ROWS, (until,)).fetchall()
        found = [
            DueRow(ref, kind, on, note, route, (date.fromisoformat(on) - today).days)
            for ref, kind, on, note, route in rows
        ]
        trail.record(connection, "next", dict.fromkeys(row.ref for row in found))
    return found


def meetings_ahead(store: Store, today: date) -> list[str]:
    """References of open cases of ours with a planned meeting from today on and a letter to it that is not
    made, or may have changed since. References only, unlogged: what is done with them is."""
    rows = store.rows(_MEETINGS_AHEAD, (today.isoformat(),))
    return [row[0] for row in rows]


def references(store: Store, start: str = "") -> list[str]:
    """Cases' references, closed ones last, for completion and choice lists: references only, unlogged."""
    rows = store.rows("SELECT ref FROM \"case\" WHERE ref LIKE ? || '%' ORDER BY step = 'done', ref DESC", (start,))
    return [row[0] for row in rows]


def document_names(store: Store, ref: str = "") -> set[str]:
    """File names of the documents that were made, in one case or in all: no names of people, unlogged."""
    rows = store.rows(
        "SELECT d.file_name FROM document d JOIN \"case\" c ON c.id = d.case_id WHERE ? IN ('', c.ref)", (ref,)
    )
    return {row[0] for row in rows}


_CASES = f"""
SELECT c.ref, c.our_role, c.route,
       (SELECT kind FROM status s WHERE s.case_id = c.id ORDER BY s.id DESC LIMIT 1),
       c.opened_on, c.step, coalesce(d.on_date, ''), coalesce(d.kind, ''),
       EXISTS (SELECT 1 FROM draft WHERE draft.case_id = c.id), {{name}}
FROM "case" c {{person}}
LEFT JOIN (
    -- SQLite takes the other columns from the row that has the minimum
    SELECT case_id, min(on_date) AS on_date, kind FROM fact
    WHERE voided_by IS NULL AND kind IN ({_DUE}) GROUP BY case_id
) d ON d.case_id = c.id
{{where}}
ORDER BY c.ref
"""

_DUE_ROWS = f"""
SELECT c.ref, f.kind, f.on_date, f.note, c.route
FROM fact f JOIN "case" c ON c.id = f.case_id
WHERE f.voided_by IS NULL AND f.kind IN ({_DUE}) AND f.on_date <= ?
ORDER BY f.on_date, c.ref
"""

_MEETINGS_AHEAD = """
SELECT DISTINCT c.ref
FROM meeting m
JOIN "case" c ON c.id = m.case_id
JOIN invitation i ON i.meeting_id = m.id
WHERE m.state = 'planned' AND m.starts_at >= ? AND c.step <> 'done' AND c.our_role = 'convening'
  AND (SELECT kind FROM status s WHERE s.case_id = c.id ORDER BY s.id DESC LIMIT 1) <> 'resting'
  AND (m.sequence > 0 OR NOT EXISTS (
      SELECT 1 FROM document d
      WHERE d.case_id = c.id AND d.meeting_id = m.id AND d.participant_id = i.participant_id
  ))
ORDER BY c.ref
"""
