"""Counts over the dated facts: plain SQL, one reading of the period, logged as one trail row without cases.

The facts have their dimensions frozen, so that a year that is over stays as it was. The rules in words
stand in ``exchange.definitions``; here is how each is asked.
"""

from datetime import date
from typing import Any, NamedTuple

from sipctl.store import trail
from sipctl.store.connection import Store


class Period(NamedTuple):
    """From one day to another, both counted."""

    first: date
    last: date


class Figure(NamedTuple):
    """A count; ``of`` is the denominator where there is one."""

    value: int
    of: int | None = None


_ADDED_UP = (
    "need_yes", "need_no", "offered", "declined", "refused", "created", "established", "revised", "followed_up",
    "closed", "reopened", "aborted", "participated",
)  # fmt: skip
GRACE_DAYS = 14
"""How late a follow-up may be held and still be in time."""


def count(store: Store, period: Period, kommun: str = "", unit: str = "") -> dict[str, Figure]:
    """Every count of the definitions for that period, all or one kommun's or unit's."""
    values = {
        "first": period.first.isoformat(), "last": period.last.isoformat(), "kommun": kommun, "unit": unit,
        "grace": f"+{GRACE_DAYS} days",
    }  # fmt: skip
    with store.transaction() as connection:
        ask = _Asker(connection, values)
        found = dict.fromkeys(_ADDED_UP, Figure(0)) | {kind: Figure(number) for kind, number in ask.rows(_BY_KIND)}
        found["cases_followed_up"] = Figure(ask.one(_CASES_FOLLOWED_UP))
        found["ongoing"] = Figure(ask.one(_ONGOING))
        found["persons"] = Figure(ask.one(_PERSONS))
        found["in_time"] = Figure(*ask.rows(_IN_TIME)[0])
        found["called_in_time"] = Figure(*ask.rows(_CALLED_IN_TIME)[0])
        trail.record(connection, "counts", purpose=f"{values['first']}/{values['last']}")
    return found


class _Asker:
    """The values that every question has."""

    def __init__(self, connection: Any, values: dict[str, str]):
        self._connection, self._values = connection, values

    def rows(self, sql: str) -> list[Any]:
        """Its rows."""
        found: list[Any] = self._connection.execute(sql, self._values).fetchall()
        return found

    def one(self, sql: str) -> int:
        """Its only number."""
        return int(self.rows(sql)[0][0])


def _live(alias: str) -> str:
    return (
        f"{alias}.voided_by IS NULL AND (:kommun = '' OR {alias}.kommun = :kommun) "
        f"AND (:unit = '' OR {alias}.unit = :unit)"
    )


# Another's SIP is closed here too, without a plan of ours.
_HAS_PLAN = (
    "EXISTS (SELECT 1 FROM fact e WHERE e.case_id = f.case_id AND e.kind = 'established' AND e.voided_by IS NULL)"
)
_IN_PERIOD = "f.on_date BETWEEN :first AND :last"
_BY_KIND = f"""
SELECT f.kind, count(*) FROM fact f
WHERE {_live("f")} AND {_IN_PERIOD} AND f.kind IN ({", ".join(f"'{kind}'" for kind in _ADDED_UP)})
  AND (f.kind NOT IN ('closed', 'reopened') OR {_HAS_PLAN})
GROUP BY f.kind
"""
_CASES_FOLLOWED_UP = f"""
SELECT count(DISTINCT f.case_id) FROM fact f WHERE {_live("f")} AND {_IN_PERIOD} AND f.kind = 'followed_up'
"""
_ONGOING = f"""
SELECT coalesce(sum(CASE f.kind WHEN 'closed' THEN -1 ELSE 1 END), 0) FROM fact f
WHERE {_live("f")} AND f.on_date <= :last AND f.kind IN ('established', 'reopened', 'closed')
  AND {_HAS_PLAN}
"""
_PERSONS = f"""
SELECT count(DISTINCT c.person_id) FROM fact f JOIN "case" c ON c.id = f.case_id
WHERE {_live("f")} AND {_IN_PERIOD} AND f.kind = 'created'
"""
# The follow-up that answers an agreed day is a later one than that at which the day was agreed.
_IN_TIME = f"""
SELECT coalesce(sum(EXISTS (
    SELECT 1 FROM fact held
    WHERE held.case_id = f.case_id AND held.kind = 'followed_up' AND held.voided_by IS NULL
      AND held.source <> f.source AND held.on_date <= date(f.on_date, :grace)
      AND held.on_date > coalesce((
          SELECT at.on_date FROM fact at
          WHERE at.case_id = f.case_id AND at.source = f.source AND at.kind = 'followed_up' AND at.voided_by IS NULL
      ), '')
)), 0), count(*)
FROM fact f
WHERE {_live("f")} AND {_IN_PERIOD} AND f.kind = 'followup_agreed'
  AND NOT EXISTS (
    SELECT 1 FROM fact over
    WHERE over.case_id = f.case_id AND over.kind = 'closed' AND over.voided_by IS NULL AND over.on_date < f.on_date
      AND NOT EXISTS (
        SELECT 1 FROM fact again
        WHERE again.case_id = f.case_id AND again.kind = 'reopened' AND again.voided_by IS NULL
          AND again.on_date BETWEEN over.on_date AND f.on_date
      )
  )
"""
_CALLED_IN_TIME = f"""
SELECT coalesce(sum(EXISTS (
    SELECT 1 FROM fact made
    WHERE made.case_id = f.case_id AND made.kind = 'called_in_time' AND made.voided_by IS NULL
      AND made.source = f.source
)), 0), count(*)
FROM fact f
WHERE {_live("f")} AND {_IN_PERIOD} AND f.kind = 'ready'
  AND NOT EXISTS (
    SELECT 1 FROM fact later
    WHERE later.case_id = f.case_id AND later.kind = 'ready' AND later.voided_by IS NULL
      AND (later.on_date, later.id) > (f.on_date, f.id)
  )
"""
