"""What a person types at a question: read into a value, and a value written back for editing."""

from datetime import date
from typing import Any

from sipctl.language import _
from sipctl.process.dates import parse_date, parse_datetime, parse_time
from sipctl.process.form.question import Answers, Kind, Q
from sipctl.process.form.values import value_fault
from sipctl.process.identity import parse_number, show_number
from sipctl.process.text import mend

_YES = frozenset({"j", "ja", "y", "yes", "jo"})
_NO = frozenset({"n", "nej", "no"})


def read_reply(q: Q, reply: str | list[str], today: date) -> Any:
    """The value of a reply, None for an empty one; ``ValueError`` says what is wrong."""
    if isinstance(reply, str):
        reply = mend(reply, lines=q.kind is Kind.LONG)
        if not reply:
            return None
    value = _read(q, reply, today)
    if fault := value_fault(q, value):
        raise ValueError(fault)
    return value


def _read(q: Q, reply: str | list[str], today: date) -> Any:
    if not isinstance(reply, str):
        return list(reply)
    match q.kind:
        case Kind.DATE:
            return parse_date(reply, today, q.prefer).isoformat()
        case Kind.TIME:
            return parse_time(reply).isoformat("minutes")
        case Kind.DATETIME:
            return parse_datetime(reply, today, q.prefer).isoformat("T", "minutes")
        case Kind.NUMBER:
            return _number(reply)
        case Kind.YESNO:
            return read_yes_no(reply)
        case Kind.IDNUMBER:
            return parse_number(reply, today)
    return reply


def read_yes_no(reply: str) -> bool:
    """``j``, ``ja``, ``y``, ``n``, ``nej`` …; anything else is a ``ValueError``."""
    word = reply.strip().casefold()
    if word in _YES | _NO:
        return word in _YES
    raise ValueError(_("Svara j för ja eller n för nej."))


def _number(reply: str) -> int:
    try:
        return int(reply.replace(" ", "").replace("\u00a0", ""))
    except ValueError:
        raise ValueError(_("Skriv ett helt tal med siffror.")) from None


def complaint(q: Q, value: Any, item: Answers) -> str | None:
    """Why the value cannot be accepted here: an answer is needed, or the question's own check."""
    if q.required and not q.offered and value in (None, "", []):
        return _("Den här frågan behöver ett svar. Skriv ? för att se varför.")
    return q.check(value, item) if q.check and value is not None else None


def as_typed(q: Q, value: Any) -> str | list[str]:
    """The value as a person would have replied, to start from when it is changed."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("ja") if value else _("nej")
    if q.kind is Kind.MANY:
        return [str(v) for v in value]
    if q.kind is Kind.IDNUMBER:
        return show_number(str(value))
    if q.kind is Kind.DATETIME:
        return str(value).replace("T", " ")
    return str(value)
