"""Dates and times as people write them in Sweden; English too. Pure: today is given."""

import calendar
import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from sipctl.language import _
from sipctl.process.datewords import MONTHS, NAMED_DAYS, NUMBERS, UNITS, WEEKDAYS
from sipctl.process.form import Prefer

_EARLIEST, _LATEST = 1900, 2100
_MONTH = "(" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\.?"
_DAY = "(" + "|".join(sorted(WEEKDAYS, key=len, reverse=True)) + ")"
_COUNT = "([0-9]{1,4}|" + "|".join(sorted(NUMBERS, key=len, reverse=True)) + ")"
_UNIT = "(" + "|".join(sorted(UNITS, key=len, reverse=True)) + ")"
_YEAR = r"([0-9]{4}|[0-9]{2})"

_Reader = Callable[[re.Match[str], date, Prefer | None], date]


def parse_date(text: str, today: date, prefer: Prefer | None = None) -> date:
    """The day meant; ``prefer`` picks the year or the side where the text leaves it open.

    Raises ``ValueError`` with a sentence for the user.
    """
    plain = _plain(text)
    if plain in NAMED_DAYS:
        return today + timedelta(days=NAMED_DAYS[plain])
    for pattern, read in _FORMS:
        found = re.fullmatch(pattern, plain, re.ASCII)
        if found:
            return _reasonable(lambda f=found, r=read: r(f, today, prefer))  # type: ignore[misc]
    if found := re.fullmatch(rf"{_ON},? (?:den |the )?(?P<rest>.*[0-9].*)", plain, re.ASCII):
        return _agreeing(parse_date(found["rest"], today, prefer), WEEKDAYS[found["day"]])
    raise ValueError(_("Det går inte att läsa som ett datum.") + " " + _date_forms())


def _agreeing(day: date, weekday: int) -> date:
    """``måndag 30 mars``: the day, if it is that day of the week; a slip in either is better told."""
    if day.weekday() != weekday:
        raise ValueError(_("Veckodagen stämmer inte med datumet.") + " " + _date_forms())
    return day


def parse_time(text: str) -> time:
    """``13``, ``13.00``, ``13:30``, ``1300``, ``kl 9``, ``1 pm``."""
    plain = re.sub(r"^(klockan|kl\.?|at)\s*", "", _plain(text))
    found = re.fullmatch(r"([0-9]{1,2})(?:[.:]?([0-9]{2}))?\s*(am|pm|a\.m\.?|p\.m\.?)?", plain, re.ASCII)
    if not found:
        raise ValueError(_("Det går inte att läsa som ett klockslag.") + " " + _time_forms())
    hour, minute = int(found[1]), int(found[2] or 0)
    if found[3] and 1 <= hour <= 12:
        hour = hour % 12 + (12 if found[3].startswith("p") else 0)
    if hour > 23 or minute > 59:
        raise ValueError(_("Det klockslaget finns inte.") + " " + _time_forms())
    return time(hour, minute)


def parse_datetime(text: str, today: date, prefer: Prefer | None = None) -> datetime:
    """A day and a time of day: ``1/12 kl 13``, ``fredag 9.30``, ``2026-12-01T13:00``."""
    plain = re.sub(r"(?<=[0-9])t(?=[0-9])", " ", _plain(text))
    day, clock = _split(plain, today, prefer)
    if not clock:
        raise ValueError(_("Skriv både dag och klockslag, till exempel 1 december kl. 13.00 eller fredag 9.30."))
    return datetime.combine(parse_date(day, today, prefer), parse_time(clock))


def _split(plain: str, today: date, prefer: Prefer | None) -> tuple[str, str]:
    """The text of the day and of the time; a bare ``13`` is a time only where it cannot be a year."""
    sure = r"(?:(?:klockan|kl\.?|at)\s*\S+(?:\s*[ap]\.?m\.?)?|[0-9]{1,2}[.:][0-9]{2}|[0-9]{1,2}\s*[ap]\.?m\.?)"
    if found := re.fullmatch(rf"(.+?),?\s+({sure})", plain, re.ASCII):
        return found[1], found[2]
    if found := re.fullmatch(r"((?:kl\.?|klockan|at)\s*[0-9.:]+|[0-9]{1,2}[.:][0-9]{2}),?\s+(.+)", plain, re.ASCII):
        return found[2], found[1]
    try:
        parse_date(plain, today, prefer)
    except ValueError:
        found = re.fullmatch(r"(.+?)\s+([0-9]{1,2}|[0-9]{4})", plain, re.ASCII)
        return (found[1], found[2]) if found else (plain, "")
    return plain, ""


def _plain(text: str) -> str:
    text = re.sub(r"[‐‑‒–—−]", "-", text.casefold())
    return " ".join(text.split()).rstrip(".,;!")


def _date_forms() -> str:
    return _("Skriv till exempel 2026-12-01, 1/12, 1 december, fredag eller om tre veckor.")


def _time_forms() -> str:
    return _("Skriv till exempel 13.00, 9.30 eller kl. 13.")


def _reasonable(read: Callable[[], date]) -> date:
    try:
        day = read()
    except OverflowError:
        day = date.min
    if not _EARLIEST <= day.year <= _LATEST:
        raise ValueError(_("Året i datumet kan inte stämma.") + " " + _date_forms())
    return day


# --- the forms ---


def _make(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(_("Det datumet finns inte i kalendern.") + " " + _date_forms()) from None


def _year(digits: str, today: date, prefer: Prefer | None) -> int:
    """Two digits mean the latest such year that is not far ahead: a past date is hardly next year."""
    if len(digits) == 4:
        return int(digits)
    latest = today.year + (1 if prefer is Prefer.PAST else 20)
    return latest - (latest - int(digits)) % 100


def _numbers(found: re.Match[str], today: date, prefer: Prefer | None) -> date:
    return _make(_year(found["y"], today, prefer), int(found["m"]), int(found["d"]))


def _day_month(found: re.Match[str], today: date, prefer: Prefer | None) -> date:
    month = found["m"]
    number = int(month) if month.isdigit() else MONTHS[month.rstrip(".")]
    if found["y"]:
        return _make(_year(found["y"], today, prefer), number, int(found["d"]))
    return _nearest(number, int(found["d"]), today, prefer)


def _nearest(month: int, day: int, today: date, prefer: Prefer | None) -> date:
    # Eight years to each side, since the 29th of February may be that far away.
    years = range(today.year - 8, today.year + 9)
    leap_or_day = [
        date(y, month, day) for y in years if 1 <= month <= 12 and 1 <= day <= calendar.monthrange(y, month)[1]
    ]
    if not leap_or_day:
        return _make(today.year, month, day)  # says that there is no such day
    if prefer is Prefer.PAST:
        return max(d for d in leap_or_day if d <= today)
    if prefer is Prefer.FUTURE:
        return min(d for d in leap_or_day if d >= today)
    return min(leap_or_day, key=lambda d: abs(d - today))


def _ahead(found: re.Match[str], today: date, prefer: Prefer | None) -> date:
    return _shift(today, _count(found[1]), UNITS[found[2]])


def _ago(found: re.Match[str], today: date, prefer: Prefer | None) -> date:
    return _shift(today, -_count(found[1]), UNITS[found[2]])


def _count(word: str) -> int:
    return int(word) if word.isdigit() else NUMBERS[word]


def _shift(today: date, count: int, unit: tuple[int, int]) -> date:
    """Days are added; months keep the day, or take the month's last where it is shorter."""
    days, months = unit
    year, month = divmod(today.year * 12 + today.month - 1 + count * months, 12)
    if not 1 <= year <= 9999:
        raise OverflowError
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(today.day, last)) + timedelta(days=count * days)


def _weekday(found: re.Match[str], today: date, prefer: Prefer | None) -> date:
    return _coming(found, today, prefer) if prefer is not Prefer.PAST else _last(found, today, prefer)


def _coming(found: re.Match[str], today: date, prefer: Prefer | None) -> date:
    # Said on a Friday, "fredag" is the next one: today is called today.
    return today + timedelta(days=(WEEKDAYS[found["day"]] - today.weekday() - 1) % 7 + 1)


def _last(found: re.Match[str], today: date, prefer: Prefer | None) -> date:
    return today - timedelta(days=(today.weekday() - WEEKDAYS[found["day"]] - 1) % 7 + 1)


def _next_week(found: re.Match[str], today: date, prefer: Prefer | None) -> date:
    """The Swedish "nästa tisdag" is the Tuesday of next week, not the one that comes first."""
    return today + timedelta(days=7 - today.weekday() + WEEKDAYS[found["day"]])


_D, _M, _Y = r"(?P<d>[0-9]{1,2})", r"(?P<m>[0-9]{1,2})", rf"(?P<y>{_YEAR[1:-1]})"
_NAMED = _MONTH.replace("(", "(?P<m>", 1)
_ON = _DAY.replace("(", "(?P<day>", 1)
_ORDINAL = r"(?:\.|:a|:e|st|nd|rd|th)?"
_FORMS: tuple[tuple[str, _Reader], ...] = (
    (r"(?P<y>[0-9]{4})[-/.](?P<m>[0-9]{1,2})[-/.](?P<d>[0-9]{1,2})", _numbers),
    (r"(?P<y>[0-9]{4}|[0-9]{2})(?P<m>[0-9]{2})(?P<d>[0-9]{2})", _numbers),
    (r"(?P<y>[0-9]{2})-(?P<m>[0-9]{2})-(?P<d>[0-9]{2})", _numbers),
    (rf"(?:den )?{_D} ?[/.] ?{_M}(?:[-/. ]\s*{_Y})?", _day_month),
    (rf"(?:den |the )?{_D}{_ORDINAL} ?(?:of )?{_NAMED},?(?: {_Y})?", _day_month),
    (rf"{_NAMED} {_D}{_ORDINAL}(?:,? {_Y})?", _day_month),
    (rf"(?:om|in) {_COUNT} {_UNIT}", _ahead),
    (rf"(?:för )?{_COUNT} {_UNIT} (?:sedan|sen|ago)", _ago),
    (_ON, _weekday),
    (rf"(?:på|nu på|kommande|on|coming|this) {_ON}", _coming),
    (rf"(?:i (?=\S+s$)|förra |senaste |last ){_ON}", _last),
    (rf"(?:nästa|next) {_ON}", _next_week),
)
