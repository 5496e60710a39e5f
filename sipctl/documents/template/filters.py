"""What values may be turned into in a template, and how every value becomes text."""

import unicodedata
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from jinja2 import Undefined, pass_context
from jinja2.runtime import Context

from sipctl.language import _

MAX_TEXT = 100_000
# What one document may cost, all parts together: a byte written or a character worked on is one, a step in a
# loop sixteen. A plan with fifty goals comes to a fiftieth of it; all of it takes less than a second.
MAX_WORK = 16_000_000
WORK_LEFT = "_work"
_STEP = 16
_LONG = 256  # shorter texts cost less than to count them

_MONTHS = (
    *("januari", "februari", "mars", "april", "maj", "juni"),
    *("juli", "augusti", "september", "oktober", "november", "december"),
)
_BREAKS = {"\n": '</w:t><w:br/><w:t xml:space="preserve">', "\t": '</w:t><w:tab/><w:t xml:space="preserve">'}

_JOINERS = "\n\t\u200c\u200d"


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
    if kind is list or kind is dict or kind is tuple:
        raise UnfitError(_("En lista eller grupp kan inte skrivas ut som den är. Använd for eller |join."))
    return str(value)


def visible(text: str) -> str:
    """The text without what a program could obey or a reader not see; line breaks as ``\\n``.

    What joins letters and emoji stays, and so does what is newer than this Python's table of characters.
    """
    if text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    # isprintable is false for just the unwanted categories, and for all spaces but the ordinary one.
    return "".join(c for c in text if c.isprintable() or c in _JOINERS or _is_space_or_new(c))


def _is_space_or_new(character: str) -> bool:
    category, number = unicodedata.category(character), ord(character)
    is_noncharacter = 0xFDD0 <= number <= 0xFDEF or number & 0xFFFE == 0xFFFE
    return category == "Zs" or (category == "Cn" and not is_noncharacter)


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def word_text(none_text: str, special: Callable[[Context, Any], str | None]) -> Callable[[Context, Any], bytes]:
    """How a value is written inside the text of a run; ``special`` knows what is more than text."""

    @pass_context
    def finish(context: Context, value: Any) -> bytes:
        if value.__class__ is str:
            text = value
        elif (ready := special(context, value)) is not None:
            return ready.encode()
        else:
            text = as_text(value, none_text)
        if not text.isprintable():
            if len(text) > _LONG:
                spend(context[WORK_LEFT], len(text) * _STEP)
            text = _escape(visible(text))
            for character, markup in _BREAKS.items():
                text = text.replace(character, markup)
        # The inmost loop of all: to ask takes half the time of three replacements in vain.
        elif "&" in text or "<" in text or ">" in text:
            text = _escape(text)
        return text.encode()

    return finish


def property_text(none_text: str) -> Callable[[Context, Any], bytes]:
    """How a value is written in a document property: on one line."""

    @pass_context
    def finish(context: Context, value: Any) -> bytes:
        text = as_text(value, none_text)
        _weigh(context, text)
        return _escape(" ".join(visible(text).split())).encode()

    return finish


def spend(left: list[int], work: int) -> None:
    """Take from what a document may cost; raises ``UnfitError`` when there is nothing left."""
    left[0] -= work
    if left[0] < 0:
        raise UnfitError(_("Dokumentet blir orimligt stort."))


@pass_context
def _weigh(context: Context, value: Any) -> Any:
    """The value as it is, after what it costs to go through it has been counted."""
    if value.__class__ in (str, list) and len(value) > _LONG:
        spend(context[WORK_LEFT], len(value) * (_STEP if value.__class__ is list else 1))
    return value


def _on_text(change: Callable[[str], str]) -> Callable[[Context, Any], Any]:
    @pass_context
    def changed(context: Context, value: Any) -> str | None:
        # None stays None, so that "Ej angivet" is written as it is meant.
        return None if value is None else change(_weigh(context, as_text(value, "")))

    return changed


def _default(value: Any, instead: Any = "", boolean: bool = False) -> Any:
    missing = isinstance(value, Undefined) or value is None
    return instead if missing or (boolean and not value) else value


def _list(value: Any) -> list[Any]:
    if value is None:
        return []
    if value.__class__ not in (list, tuple):
        if isinstance(value, Undefined):
            iter(value)  # raises with the name of what is missing
        raise UnfitError(_("Fältet är ingen lista."))
    items: list[Any] = value if value.__class__ is list else list(value)
    return items


def _join(none_text: str) -> Callable[..., str]:
    @pass_context
    def join(context: Context, value: Any, between: Any = "", attribute: str | None = None) -> str:
        items = _weigh(context, _list(value))
        if attribute is not None:
            items = [_part(item, attribute) for item in items]
        return _bounded(context, as_text(between, ""), [as_text(item, none_text) for item in items])

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


def _fuse(none_text: str) -> Callable[[Context, list[Any]], str]:
    @pass_context
    def fuse(context: Context, values: list[Any]) -> str:
        texts = [str(v) if isinstance(v, Undefined) else as_text(v, none_text) for v in values]
        return _bounded(context, "", texts)

    return fuse


def _bounded(context: Context, between: str, texts: list[str]) -> str:
    # Counted before it is made: a long text between many items is a gigabyte.
    if sum(map(len, texts)) + len(between) * max(len(texts) - 1, 0) > MAX_TEXT:
        raise UnfitError(_("En text blir orimligt lång."))
    joined: str = _weigh(context, between.join(texts))
    return joined


@pass_context
def _rows(context: Context, value: Any, steps: int) -> list[Any]:
    """What a loop goes through; each round is so many steps, and loops in loops may not run away."""
    items = _list(value)
    spend(context[WORK_LEFT], len(items) * steps * _STEP)
    return items


def _as_date(value: Any) -> Any:
    """A date from a date or ISO text; anything else as it was, so that no text is lost."""
    if value.__class__ is datetime:
        return value.date()
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
    if value.__class__ is datetime:
        return f"{value:%H.%M}"
    if value.__class__ is not str or len(value) > _LONG:
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


def _fits(value: Any) -> bool:
    """Whether a content control may be filled with this; it need not be given at all."""
    return not isinstance(value, Undefined | list | dict)


def _ticked(value: Any) -> bool:
    """Whether a box is ticked."""
    if value is None or value in (True, False, "", "ja", "nej"):
        return value in (True, "ja")
    raise UnfitError(_("En kryssruta fylls i av ja eller nej, inte av annan text."))


def _choice(value: Any, shown: dict[str, str]) -> Any:
    """The text a list shows for a value."""
    return shown.get(value, value) if value.__class__ is str else value


def is_odd(value: Any) -> bool:
    """Whether a number is odd. jinja2's own test would take a text for a pattern, and fill it in."""
    return _number(value) % 2 == 1


def is_even(value: Any) -> bool:
    """Whether a number is even."""
    return _number(value) % 2 == 0


def _number(value: Any) -> float:
    if isinstance(value, Undefined):
        iter(value)  # raises with the name of what is missing
    if not isinstance(value, int | float):
        raise UnfitError(_("Bara ett tal kan vara udda eller jämnt."))
    return value


def filters(none_text: str) -> dict[str, Callable[..., Any]]:
    """The filters of the dialect, and those (with ``_``) that the compiler puts in by itself."""
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
        "count": _length,
        # Everything is escaped as it is. Templates made for docxtpl say so where it does not by itself.
        "e": lambda value: value,
        "escape": lambda value: value,
        "first": lambda value: next(iter(_list(value)), None),
        "last": lambda value: next(reversed(_list(value)), None),
        "datum": _datum,
        "kortdatum": _kortdatum,
        "klockan": _klockan,
        "ja_nej": _ja_nej,
        "_fuse": _fuse(none_text),
        "_rows": _rows,
        "_fits": _fits,
        "_ticked": _ticked,
        "_choice": _choice,
        "_weigh": _weigh,
    }
