"""Personnummer and samordningsnummer: read what people write, show it the usual way."""

import re
from datetime import date

from sipctl.language import _

_WRITTEN = re.compile(r"([0-9]{6}|[0-9]{8})([-+ ]?)([0-9]{4})")
_COORDINATION = 60  # a samordningsnummer has the day of birth plus sixty


def parse_idnumber(text: str, today: date) -> str:
    """Twelve digits from ``19121212-1212``, ``121212-1212`` or ``121212+1212``."""
    found = _WRITTEN.fullmatch(text.strip().replace("–", "-"))
    if not found:
        raise ValueError(_("Skriv numret med tio eller tolv siffror, till exempel ÅÅÅÅMMDD-NNNN."))
    birth, sign, number = found.groups()
    if len(birth) == 6:
        birth = _century(birth, today, hundred=sign == "+") + birth
    digits = birth + number
    if not is_idnumber(digits):
        raise ValueError(_("Numret stämmer inte: kontrollera siffrorna, någon av dem är fel."))
    return digits


def is_idnumber(digits: str) -> bool:
    """Twelve digits with a possible date of birth and a right control digit."""
    if not re.fullmatch(r"[0-9]{12}", digits):
        return False
    return birth_date(digits) is not None and _luhn(digits[2:])


def birth_date(digits: str) -> date | None:
    """The date of birth the number carries, or None where there is no such day."""
    year, month, day = int(digits[:4]), int(digits[4:6]), int(digits[6:8])
    try:
        return date(year, month, day - _COORDINATION if day > _COORDINATION else day)
    except ValueError:
        return None


def show_idnumber(digits: str) -> str:
    """``YYYYMMDD-NNNN``."""
    return f"{digits[:8]}-{digits[8:]}"


def _century(birth: str, today: date, *, hundred: bool) -> str:
    """The latest century that puts the birth behind us; ``+`` says a hundred years or more."""
    day = int(birth[4:6])
    day -= _COORDINATION if day > _COORDINATION else 0
    month_day = (int(birth[2:4]), day)
    year = today.year // 100 * 100 + int(birth[:2])
    if (year, *month_day) > (today.year, today.month, today.day):
        year -= 100
    return str((year - 100 if hundred else year) // 100)


def _luhn(ten: str) -> bool:
    doubled = (int(d) * (2 - i % 2) for i, d in enumerate(ten))
    return sum(n - 9 if n > 9 else n for n in doubled) % 10 == 0
