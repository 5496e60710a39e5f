"""What values may be turned into in a template, and how every value becomes text."""

import unicodedata
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from jinja2 import Undefined, pass_context
from jinja2.runtime import Context

from sipctl.language import _

MAX_TEXT = 100_000
MAX_ROUNDS = 100_000
ROUNDS_LEFT = "_rounds"

_MONTHS = (
    *("januari", "februari", "mars", "april", "maj", "juni"),
    *("juli", "augusti", "september", "oktober", "november", "december"),
)
_BREAKS = {"\n": '</w:t><w:br/><w:t xml:space="preserve">', "\t": '</w:t><w:tab/><w:t xml:space="preserve">'}


class UnfitError(Exception):
    """A value that cannot be used as the template asks; the text holds no value."""


def as_text(value: Any, none_text: str) -> str:
    """A plain value as a person would write it."""
    kind = value.__class__
    if kind is str:
        text: str = value
        return text
    if value is None:
        return none_text
    if kind is bool:
        return "ja" if value else "nej"
    if kind is list or kind is dict:
        raise UnfitError(_("En lista eller grupp kan inte skrivas ut som den är. Använd for eller |join."))
    return str(value)


def visible(text: str) -> str:
    """The text without control, format and unassigned characters; line breaks as ``\\n``."""
    if text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    # isprintable is false for just the unwanted categories, and for all spaces but the ordinary one.
    return "".join(c for c in text if c.isprintable() or c in "\n\t" or unicodedata.category(c) == "Zs")


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def word_text(none_text: str) -> Callable[[Any], str]:
    """How a value is written inside the text of a run."""

    def finish(value: Any) -> str:
        text = value if value.__class__ is str else as_text(value, none_text)
        if text.isprintable():
            return _escape(text)
        text = _escape(visible(text))
        for character, markup in _BREAKS.items():
            text = text.replace(character, markup)
        return text

    return finish


def property_text(none_text: str) -> Callable[[Any], str]:
    """How a value is written in a document property: on one line."""

    def finish(value: Any) -> str:
        return _escape(" ".join(visible(as_text(value, none_text)).split()))

    return finish


def _on_text(change: Callable[[str], str]) -> Callable[[Any], Any]:
    # None stays None, so that "Ej angivet" is written as it is meant.
    return lambda value: None if value is None else change(as_text(value, ""))


def _default(value: Any, instead: Any = "", boolean: bool = False) -> Any:
    missing = isinstance(value, Undefined) or value is None
    return instead if missing or (boolean and not value) else value


def _list(value: Any) -> list[Any]:
    if value is None:
        return []
    if value.__class__ is not list:
        if isinstance(value, Undefined):
            iter(value)  # raises with the name of what is missing
        raise UnfitError(_("Fältet är ingen lista."))
    items: list[Any] = value
    return items


def _join(none_text: str) -> Callable[..., str]:
    def join(value: Any, between: Any = "", attribute: str | None = None) -> str:
        items = _list(value)
        if attribute is not None:
            items = [_part(item, attribute) for item in items]
        return _bounded(as_text(between, "").join(as_text(item, none_text) for item in items))

    return join


def _part(item: Any, key: str) -> Any:
    if item.__class__ is not dict or key not in item:
        raise UnfitError(_("Fältet ”{key}” saknas i listan.").format(key=key))
    return item[key]


def _length(value: Any) -> int:
    if value is None:
        return 0
    if isinstance(value, int):
        raise UnfitError(_("Ett tal har ingen längd."))
    return len(value)


def _fuse(none_text: str) -> Callable[[list[Any]], str]:
    def fuse(values: list[Any]) -> str:
        return _bounded("".join(str(v) if isinstance(v, Undefined) else as_text(v, none_text) for v in values))

    return fuse


def _bounded(text: str) -> str:
    if len(text) > MAX_TEXT:
        raise UnfitError(_("En text blir orimligt lång."))
    return text


@pass_context
def _rows(context: Context, value: Any) -> list[Any]:
    """What a loop goes through; loops in loops may not run away."""
    items = _list(value)
    left = context.resolve(ROUNDS_LEFT)
    left[0] -= len(items)
    if left[0] < 0:
        raise UnfitError(_("Mallens upprepningar blir orimligt många."))
    return items


def _as_date(value: Any) -> Any:
    """A date from a date or ISO text; anything else as it was, so that no text is lost."""
    if value.__class__ is not str:
        return value
    try:
        return date.fromisoformat(value[:10]) if value[10:11] in ("", "T", " ") else value
    except ValueError:
        return value


def _datum(value: Any) -> Any:
    day = _as_date(value)
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}" if day.__class__ is date else day


def _kortdatum(value: Any) -> Any:
    day = _as_date(value)
    return day.isoformat() if day.__class__ is date else day


def _klockan(value: Any) -> Any:
    if value.__class__ is not str:
        return value
    for written in (value, f"2000-01-01T{value.replace('.', ':')}"):
        try:
            moment = datetime.fromisoformat(written)
        except ValueError:
            continue
        if ":" in written[10:]:
            return f"{moment:%H.%M}"
    return value


def _ja_nej(value: Any) -> Any:
    return as_text(value, "") if value.__class__ is bool else value


def filters(none_text: str) -> dict[str, Callable[..., Any]]:
    """The filters of the dialect, and two that the compiler puts in by itself."""
    return {
        "default": _default,
        "d": _default,
        "upper": _on_text(str.upper),
        "lower": _on_text(str.lower),
        "capitalize": _on_text(str.capitalize),
        "title": _on_text(str.title),
        "trim": _on_text(str.strip),
        "join": _join(none_text),
        "length": _length,
        "first": lambda value: next(iter(_list(value)), None),
        "last": lambda value: next(reversed(_list(value)), None),
        "datum": _datum,
        "kortdatum": _kortdatum,
        "klockan": _klockan,
        "ja_nej": _ja_nej,
        "_fuse": _fuse(none_text),
        "_rows": _rows,
    }
