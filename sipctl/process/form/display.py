"""Answers in words: the choice's text, "ja", "1 december 2026"."""

from datetime import date, datetime
from typing import Any

from sipctl.language import N_, _
from sipctl.process.form.question import Answers, Form, Kind, Q
from sipctl.process.form.walk import Place, items_of, walk
from sipctl.process.identity import show_number
from sipctl.process.text import printable

_MONTHS = (
    N_("januari"),
    N_("februari"),
    N_("mars"),
    N_("april"),
    N_("maj"),
    N_("juni"),
    N_("juli"),
    N_("augusti"),
    N_("september"),
    N_("oktober"),
    N_("november"),
    N_("december"),
)
_WEEKDAYS = (
    N_("måndag"),
    N_("tisdag"),
    N_("onsdag"),
    N_("torsdag"),
    N_("fredag"),
    N_("lördag"),
    N_("söndag"),
)


def display(q: Q, value: Any) -> str:
    """The answer as a person reads it."""
    if value is None:
        return _("hoppades över")
    if q.kind is Kind.YESNO:
        return _("ja") if value else _("nej")
    if q.kind is Kind.CHOICE:
        return _choice_text(q, value)
    if q.kind is Kind.MANY:
        return ", ".join(_choice_text(q, v) for v in value) or _("inget valt")
    if q.kind is Kind.GROUP:
        return ", ".join(item_name(q, sub, n) for n, sub in enumerate(items_of(value), 1)) or _("inga")
    if q.kind is Kind.IDNUMBER:
        return show_number(str(value))
    return _moment(q.kind, printable(str(value), lines=True))


def _moment(kind: Kind, value: str) -> str:
    try:
        if kind is Kind.DATE:
            return date_words(date.fromisoformat(value))
        if kind is Kind.TIME:
            return value.replace(":", ".")
        if kind is Kind.DATETIME:
            moment = datetime.fromisoformat(value)
            return _("{date} kl. {time}").format(date=date_words(moment.date()), time=f"{moment:%H.%M}")
    except ValueError:
        pass
    return value


def date_words(day: date, *, weekday: bool = False) -> str:
    """``1 december 2026``, or ``tisdag 1 december 2026``."""
    words = f"{day.day} {_(_MONTHS[day.month - 1])} {day.year}"
    return f"{_(_WEEKDAYS[day.weekday()])} {words}" if weekday else words


def _choice_text(q: Q, value: Any) -> str:
    return next((c.text for c in q.choices if c.value == value), printable(str(value)))


def item_name(q: Q, item: Answers, number: int) -> str:
    """What an item is called on screen: its own title, or "Behov 2"."""
    own = printable(q.item_title(item)) if q.item_title else ""
    return own or _("{name} {number}").format(name=(q.item_name or q.text).capitalize(), number=number)


def summary(form: Form, answers: Answers) -> list[tuple[Place, str, str]]:
    """Every question that shows, with its answer in words; untaken offers are left out."""
    rows = []
    for v in walk(form, answers):
        if v.q.key in v.item:
            rows.append((v.path, v.q.text, display(v.q, v.item[v.q.key])))
        elif not v.q.offered:
            rows.append((v.path, v.q.text, _("inte besvarad")))
    return rows
