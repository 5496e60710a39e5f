"""The counts of a period, each with its definition: for the unit's own use, never for publication."""

from __future__ import annotations

from datetime import date
from typing import Any

from sipctl.errors import UsageFault
from sipctl.exchange.definitions import DEFINITIONS, EDITION
from sipctl.language import _
from sipctl.process.dates import parse_date
from sipctl.process.form import Prefer
from sipctl.store.counts import Period, count
from sipctl.tasks.desk import Desk


def period(year: int | None, first: str, last: str, today: date) -> Period:
    """A year, or two days as people write them; this year when nothing is said. Raises ``UsageFault``."""
    if year is not None and (first or last):
        raise UsageFault(_("Ange antingen ett år eller två datum."), _("Se sipctl export counts --help."))
    if not first and not last:
        year = today.year if year is None else year
        if not 2000 <= year <= 2100:
            raise UsageFault(_("Året kan inte stämma."), _("Skriv det som 2026."))
        return Period(date(year, 1, 1), date(year, 12, 31))
    try:
        chosen = Period(
            parse_date(first, today, Prefer.PAST) if first else date(2000, 1, 1),
            parse_date(last, today, Prefer.PAST) if last else today,
        )
    except ValueError as fault:
        raise UsageFault(_("Perioden går inte att läsa."), str(fault)) from None
    if chosen.first > chosen.last:
        raise UsageFault(_("Perioden slutar före sin början."), _("Byt plats på datumen."))
    return chosen


def counts(desk: Desk, chosen: Period, kommun: str = "", unit: str = "") -> dict[str, Any]:
    """The figures with their definitions, and of what they are: plain data for screen, file and JSON."""
    so_far = Period(chosen.first, min(chosen.last, desk.today))  # a day to come cannot be missed yet
    figures = count(desk.store, so_far, kommun, unit)
    rows = [
        {
            "number": definition.number,
            "key": definition.key,
            "title": definition.text,
            "value": figures[definition.key].value,
            "of": figures[definition.key].of,
            "additive": definition.additive,
            "definition": definition.sentence,
        }
        for definition in DEFINITIONS
    ]
    return {
        "from": chosen.first.isoformat(),
        "to": chosen.last.isoformat(),
        "so_far": chosen.last > desk.today,
        "kommun": kommun,
        "unit": unit,
        "reporting_unit": desk.settings.unit,
        "made_on": desk.today.isoformat(),
        "definitions": EDITION,
        "audience": "internal",
        "rows": rows,
    }
