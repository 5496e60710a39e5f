"""Kommuner, län and regions by code, and the tax agency's test numbers: shipped data, read once.

Source of the codes and names: SCB (CC0). The names of the regions are their own. On Gotland the
kommun is also the region, so 0980 and 09 are one body: never require two legal bodies there.
"""

import csv
import unicodedata
from dataclasses import dataclass
from functools import cache

from sipctl.paths import shipped

REGIONS = {
    "01": "Region Stockholm",
    "03": "Region Uppsala",
    "04": "Region Sörmland",
    "05": "Region Östergötland",
    "06": "Region Jönköpings län",
    "07": "Region Kronoberg",
    "08": "Region Kalmar län",
    "09": "Region Gotland",
    "10": "Region Blekinge",
    "12": "Region Skåne",
    "13": "Region Halland",
    "14": "Västra Götalandsregionen",
    "17": "Region Värmland",
    "18": "Region Örebro län",
    "19": "Region Västmanland",
    "20": "Region Dalarna",
    "21": "Region Gävleborg",
    "22": "Region Västernorrland",
    "23": "Region Jämtland Härjedalen",
    "24": "Region Västerbotten",
    "25": "Region Norrbotten",
}
"""The 21 regions by the code of their län."""

_GOTLAND = {"0980": "09"}


@dataclass(frozen=True, slots=True)
class _Kommun:
    name: str
    full: str
    county: str


def kommun_name(code: str) -> str:
    """``"1980"`` → ``"Västerås"``; empty for an unknown code."""
    found = _kommuner().get(code)
    return found.name if found else ""


def county_name(code: str) -> str:
    """The län of a kommun or region code: ``"1980"`` → ``"Västmanlands län"``; empty when unknown."""
    return next((k.county for key, k in _kommuner().items() if key[:2] == code[:2]), "") if code else ""


def region_name(code: str) -> str:
    """``"19"`` → ``"Region Västmanland"``; a kommun's code gives the region it lies in."""
    return REGIONS.get(code[:2], "") if len(code) == 2 or code in _kommuner() else ""


def body_name(code: str) -> str:
    """The body as documents write it: ``"1980"`` → ``"Västerås kommun"``, ``"19"`` → the region."""
    found = _kommuner().get(code)
    return found.full if found else region_name(code)


def is_same_body(one: str, other: str) -> bool:
    """Are the two codes one legal body? ``0980`` and ``09`` are: Gotland."""
    return bool(one) and _GOTLAND.get(one, one) == _GOTLAND.get(other, other)


def same_bodies(code: str) -> tuple[str, ...]:
    """The codes of that body, the given one first: ``("0980", "09")`` on Gotland, else the one; none for ""."""
    twins = {**_GOTLAND, **{region: kommun for kommun, region in _GOTLAND.items()}}
    return tuple(filter(None, (code, twins.get(code, ""))))


def find_kommun(text: str) -> list[tuple[str, str]]:
    """Code and name of the kommuner meant: by code (or its first digits), whole name, or its beginning.

    Case, diacritics, hyphens and "kommun" or "stad" at the end do not matter. A whole name wins over
    longer ones ("Mark" is not Markaryd), and a name spelt right over a look-alike (Habo, Håbo).
    """
    plain = " ".join(text.split())
    if plain.isascii() and plain.isdigit():
        return [(code, k.name) for code, k in _kommuner().items() if code.startswith(plain)]
    wanted, typed = _without_ending(_fold(plain)), _without_ending(plain.casefold())
    if not wanted:
        return []
    literal = [code for code, k in _kommuner().items() if k.name.casefold() == typed]
    whole = [code for code, k in _kommuner().items() if wanted in _spellings(k)]
    codes = literal or whole or [code for code, k in _kommuner().items() if _begins(k, wanted)]
    codes.sort(key=lambda code: (not kommun_name(code).casefold().startswith(typed), code))
    return [(code, kommun_name(code)) for code in codes]


def is_test_number(number: str) -> bool:
    """Is it one of the tax agency's published test numbers? Twelve digits, with or without hyphen."""
    return number.strip().replace("-", "") in _test_numbers()


@cache
def _kommuner() -> dict[str, _Kommun]:
    with shipped("kommuner.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["municipality_code"]: _Kommun(
                row["municipality_name_short"], row["municipality_name"], row["county_name"]
            )
            for row in csv.DictReader(file)
        }


@cache
def _test_numbers() -> frozenset[str]:
    return frozenset(shipped("testpersonnummer.txt").read_text("ascii").split())


def _fold(text: str) -> str:
    """Small letters without diacritics, words apart by single blanks."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c if c.isalnum() else " " for c in bare if not unicodedata.combining(c)).split())


def _without_ending(name: str) -> str:
    for ending in (" kommun", " stad"):
        name = name.removesuffix(ending)
    return name


def _spellings(kommun: _Kommun) -> tuple[str, str]:
    """The short name, and the form the full name has it in ("Gotlands kommun")."""
    return _fold(kommun.name), _without_ending(_fold(kommun.full))


def _begins(kommun: _Kommun, wanted: str) -> bool:
    """Does the name, or one of its words, begin so?"""
    return any(f" {wanted}" in f" {spelling}" for spelling in _spellings(kommun))
