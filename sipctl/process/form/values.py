"""The value of one question: brought to its stored form, and what is wrong with it."""

import re
from collections.abc import Callable
from datetime import date, datetime, time
from difflib import get_close_matches
from typing import Any

from sipctl.language import _
from sipctl.process.form.question import Kind, Q
from sipctl.process.identity import is_number
from sipctl.process.text import neat, printable, unsafe

TEXT_LIMIT = 200
LONG_LIMIT = 20_000
_LISTED = 25  # more alternatives than this are not spelt out in a fault


def normal_value(q: Q, value: Any) -> Any:
    """The stored form of what a file says; what cannot be read is left for the check to name."""
    value = plain(value)
    if q.kind is Kind.DATETIME and isinstance(value, str):
        return _minutes(value.replace(" ", "T", 1))
    if q.kind is Kind.TIME and isinstance(value, str):
        return _minutes(value)
    if q.kind is Kind.IDNUMBER and isinstance(value, str) and re.fullmatch("[0-9]{8}[- ][0-9]{4}", value):
        return value[:8] + value[9:]
    return value


def plain(value: Any) -> Any:
    """TOML's dates and times as text, strings neat, all through lists and tables."""
    if isinstance(value, str):
        return neat(value)
    if isinstance(value, (date, time, datetime)):
        return value.isoformat()
    if isinstance(value, list):
        return [plain(v) for v in value]
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    return value


def _minutes(text: str) -> str:
    return text.removesuffix(":00") if text.count(":") == 2 else text


def value_fault(q: Q, value: Any) -> str | None:
    """A sentence on why the value cannot be an answer to the question, or None."""
    return _FAULTS[q.kind](q, value)


def _text(q: Q, value: Any) -> str | None:
    return _string(q, value, TEXT_LIMIT, lines=False)


def _long(q: Q, value: Any) -> str | None:
    return _string(q, value, LONG_LIMIT, lines=True)


def _string(q: Q, value: Any, limit: int, *, lines: bool) -> str | None:
    if not isinstance(value, str):
        return _("”{name}” ska vara en text.").format(name=q.text)
    if len(value) > limit:
        return _("”{name}” är för lång: högst {limit} tecken.").format(name=q.text, limit=limit)
    if not lines and "\n" in value:
        return _("”{name}” ska stå på en enda rad.").format(name=q.text)
    if unsafe(value, lines=lines):
        return _("”{name}” innehåller osynliga tecken eller styrtecken som inte kan sparas.").format(name=q.text)
    return None


def _date(q: Q, value: Any) -> str | None:
    if _iso(date, r"\d{4}-\d\d-\d\d", value):
        return None
    return _("”{name}” ska vara ett datum som finns, skrivet så här: 2026-12-01.").format(name=q.text)


def _time(q: Q, value: Any) -> str | None:
    if _iso(time, r"\d\d:\d\d", value):
        return None
    return _("”{name}” ska vara ett klockslag, skrivet så här: 13:00.").format(name=q.text)


def _datetime(q: Q, value: Any) -> str | None:
    if _iso(datetime, r"\d{4}-\d\d-\d\dT\d\d:\d\d", value):
        return None
    return _("”{name}” ska vara dag och klockslag utan tidszon, skrivet så här: 2026-12-01T13:00.").format(name=q.text)


def _iso(kind: type[date] | type[time] | type[datetime], pattern: str, value: Any) -> bool:
    if not isinstance(value, str) or not re.fullmatch(pattern, value, re.ASCII):
        return False
    try:
        kind.fromisoformat(value)
    except ValueError:
        return False
    return True


def _number(q: Q, value: Any) -> str | None:
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**15:
        return None
    return _("”{name}” ska vara ett helt tal.").format(name=q.text)


def _yesno(q: Q, value: Any) -> str | None:
    if isinstance(value, bool):
        return None
    return _("”{name}” ska vara true (ja) eller false (nej).").format(name=q.text)


def _choice(q: Q, value: Any) -> str | None:
    allowed = [c.value for c in q.choices]
    if value in allowed:
        return None
    return _("”{name}” ska vara ett av: {allowed}.").format(name=q.text, allowed=_list(allowed)) + meant(value, allowed)


def _many(q: Q, value: Any) -> str | None:
    allowed = [c.value for c in q.choices]
    if not isinstance(value, list):
        return _("”{name}” ska vara en lista med noll eller flera av: {allowed}.").format(
            name=q.text, allowed=_list(allowed)
        )
    wrong = next((v for v in value if v not in allowed), None)
    if wrong is not None or None in value:
        return _("”{name}” får bara innehålla: {allowed}.").format(name=q.text, allowed=_list(allowed)) + meant(
            wrong, allowed
        )
    if len(set(value)) < len(value):
        return _("”{name}” har samma svar två gånger.").format(name=q.text)
    return None


def _idnumber(q: Q, value: Any) -> str | None:
    if isinstance(value, str) and is_number(value):
        return None
    return _("”{name}” ska vara ett riktigt person- eller samordningsnummer med tolv siffror.").format(name=q.text)


def _group(q: Q, value: Any) -> str | None:
    if isinstance(value, list):
        return None
    return _("”{name}” ska vara en lista; i en TOML-fil skrivs varje del under [[{key}]].").format(
        name=q.text, key=q.key
    )


def _list(allowed: list[str]) -> str:
    return ", ".join(allowed[:_LISTED]) + (" …" if len(allowed) > _LISTED else "")


def meant(wrong: Any, allowed: list[str]) -> str:
    """`` Menade du …?`` when one of the allowed words is near, else nothing."""
    near = get_close_matches(printable(wrong), allowed, n=1) if isinstance(wrong, str) else []
    return " " + _("Menade du ”{word}”?").format(word=near[0]) if near else ""


_FAULTS: dict[Kind, Callable[[Q, Any], str | None]] = {
    Kind.TEXT: _text,
    Kind.LONG: _long,
    Kind.DATE: _date,
    Kind.TIME: _time,
    Kind.DATETIME: _datetime,
    Kind.NUMBER: _number,
    Kind.YESNO: _yesno,
    Kind.CHOICE: _choice,
    Kind.MANY: _many,
    Kind.IDNUMBER: _idnumber,
    Kind.GROUP: _group,
}
