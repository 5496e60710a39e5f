"""What several forms share: choices from the vocabulary, conditions, checks, defaults."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any

from sipctl.language import _
from sipctl.process.context import Context
from sipctl.process.form import Answers, Choice
from sipctl.vocabulary.term import Term

When = Callable[[Answers, Answers], bool]


def choices(terms: Iterable[Term]) -> tuple[Choice, ...]:
    """Alternatives from the vocabulary."""
    return tuple(Choice(term.value, term.text) for term in terms)


def given(answers: Answers) -> Answers:
    """The answers that hold something: skipped ones (None) left out."""
    return {key: value for key, value in answers.items() if value is not None}


def text(value: Any) -> str:
    """A text column's value: skipped is empty."""
    return value or ""


def is_(key: str, *values: Any) -> When:
    """Asked when ``key`` of the same item has one of ``values``."""
    return lambda item, top: item.get(key) in values


def not_after(today: date) -> Callable[[Any, Answers], str | None]:
    """Check: something that has happened cannot lie ahead."""

    def check(value: Any, item: Answers) -> str | None:
        if str(value)[:10] > today.isoformat():
            return _("Datumet ligger i framtiden; här anges vad som redan har hänt.")
        return None

    return check


def not_before(today: date) -> Callable[[Any, Answers], str | None]:
    """Check: something to come cannot lie behind."""

    def check(value: Any, item: Answers) -> str | None:
        if str(value)[:10] < today.isoformat():
            return _("Datumet har redan passerat; ange en dag som kommer.")
        return None

    return check


def today_of(context: Context) -> Callable[[Answers, Answers], Any]:
    """Default: today."""
    return lambda item, top: context.today.isoformat()


def always(value: Any) -> Callable[[Answers, Answers], Any]:
    """Default: a fixed value."""
    return lambda item, top: value


def both(*conditions: When) -> When:
    """Asked when all hold."""
    return lambda item, top: all(condition(item, top) for condition in conditions)


def filled(values: Answers) -> Answers:
    """JSON answers of the columns that hold something: dates as ISO, terms as their keys."""
    return {key: _json(value) for key, value in values.items() if value is not None and value != "" and value != []}


def _json(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, Term) else value
