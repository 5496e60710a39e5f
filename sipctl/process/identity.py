"""Personal identity numbers: reading, control, and what can be told from them.

Skatteverket's rule: twelve digits, the last a check digit; a samordningsnummer has 60 added to the
day. The control itself is the personnummer library's; the century of a ten-digit form is decided
here, from the day that the caller says it is.
"""

import re
from datetime import date

from sipctl.language import _
from sipctl.vocabulary.people import IdKind, LegalSex

_WRITTEN = re.compile(r"([0-9]{2})?([0-9]{6})([-+]?)([0-9]{4})")
_COORDINATION = 60


def parse_number(text: str, today: date) -> str:
    """Twelve digits from ``196101182803``, ``19610118-2803``, ``610118-2803`` or ``+`` for over a hundred.

    Raises ``ValueError`` with a sentence for the person who typed it.
    """
    found = _WRITTEN.fullmatch(re.sub(r"\s", "", text).replace("–", "-"))
    if not found:
        raise ValueError(_("Skriv numret med tio eller tolv siffror, till exempel ÅÅÅÅMMDD-NNNN."))
    century, birth, sign, last = found.groups()
    number = (century or _century(birth, today, hundred=sign == "+")) + birth + last
    if not is_number(number) or birth_date(number) > today:
        raise ValueError(_("Numret stämmer inte: kontrollera datumet och de fyra sista siffrorna."))
    return number


def is_number(digits: str) -> bool:
    """Twelve digits with a possible date of birth and a right check digit."""
    from personnummer import personnummer

    return re.fullmatch(r"[0-9]{12}", digits) is not None and bool(personnummer.valid(digits))


def is_in(text: str, today: date) -> bool:
    """Does the text read as a number? By check digit *and* date: HSA-ids and organisation numbers
    pass the check digit alone."""
    try:
        parse_number(text, today)
    except ValueError:
        return False
    return True


def birth_date(number: str) -> date:
    """The birth date that a valid number carries."""
    day = int(number[6:8])
    return date(int(number[:4]), int(number[4:6]), day - _COORDINATION if day > _COORDINATION else day)


def kind_of(number: str) -> IdKind:
    """Personnummer or samordningsnummer."""
    return IdKind.COORDINATION if int(number[6:8]) > _COORDINATION else IdKind.PERSONAL


def legal_sex(number: str) -> LegalSex:
    """Odd next to last digit: man; even: woman."""
    return LegalSex.MAN if int(number[10]) % 2 else LegalSex.WOMAN


def show_number(digits: str) -> str:
    """``YYYYMMDD-NNNN``."""
    return f"{digits[:8]}-{digits[8:]}"


def _century(birth: str, today: date, *, hundred: bool) -> str:
    """The latest century that puts the birth behind us; ``+`` says a hundred years or more."""
    day = int(birth[4:6])
    month_day = (int(birth[2:4]), day - _COORDINATION if day > _COORDINATION else day)
    year = today.year // 100 * 100 + int(birth[:2])
    if (year, *month_day) > (today.year, today.month, today.day):
        year -= 100
    return str((year - 100 if hundred else year) // 100)
