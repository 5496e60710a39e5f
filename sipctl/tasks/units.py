"""Reading the address book from CSV or Excel, as people keep it: Swedish headings, Swedish words."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from sipctl.errors import Fault, UsageFault
from sipctl.language import _
from sipctl.process.text import neat, unsafe
from sipctl.tasks.tables import read_table
from sipctl.vocabulary.term import Term
from sipctl.vocabulary.units import Huvudman, SendBy, UnitType

_HEADINGS = {
    "name": ("namn", "name", "enhet", "verksamhet"),
    "huvudman": ("huvudman",),
    "body": ("kod", "body", "kommunkod", "kommun", "region"),
    "type": ("slag", "type", "typ"),
    "entrance": ("ingång", "entrance", "mottagning"),
    "send_by": ("skickas med", "send_by", "skicka", "sätt"),
    "hsa_id": ("hsa-id", "hsaid", "hsa"),
    "phone": ("telefon", "phone", "tel"),
    "address": ("adress", "address", "postadress"),
}
_HSA = re.compile(r"SE\d{10}-[A-Za-z0-9]{1,18}")


def read_units(path: Path) -> list[dict[str, Any]]:
    """Every row as a unit; raises ``UsageFault`` with each faulty row. Nothing is changed then."""
    units, faults = [], []
    for line in read_table(path, _HEADINGS, required=("name", "huvudman")):
        try:
            units.append(check_unit(line.cells))
        except UsageFault as fault:
            faults.append(Fault(_("rad {n}").format(n=line.number), fault.what))
    if faults:
        raise UsageFault(
            _("{file} går inte att läsa in. Felaktiga rader: {n}.").format(n=len(faults), file=path.name),
            _("Rätta dem och läs in filen igen. Inget är ändrat."),
            faults,
        )
    return units


def check_unit(raw: dict[str, Any]) -> dict[str, Any]:
    """A unit with every column, words turned into keys; raises ``UsageFault``."""
    unit = {key: neat(str(raw.get(key) or "")) for key in _HEADINGS}
    for key, value in unit.items():
        if unsafe(value, lines=key == "address"):
            raise UsageFault(_("{key} innehåller styrtecken.").format(key=key), _("Skriv om värdet."))
    if not unit["name"] or len(unit["name"]) > 200:
        raise UsageFault(_("Enheten saknar namn, eller namnet är för långt."), _("Högst 200 tecken."))
    if unit["hsa_id"] and not _HSA.fullmatch(unit["hsa_id"]):
        raise UsageFault(_("HSA-id ska se ut som SE1234567890-ABC."), _("Rätta det eller lämna tomt."))
    return unit | {
        "huvudman": _term(Huvudman, unit["huvudman"], None),
        "type": _term(UnitType, unit["type"], UnitType.OTHER),
        "send_by": _term(SendBy, unit["send_by"], SendBy.LETTER),
        "entrance": unit["entrance"].lower() in ("1", "true", "ja", "j", "x", "yes"),
    }


def _term(kind: type[Term], text: str, default: Term | None) -> str:
    """The key for a key, a label, or the beginning of a label."""
    if not text and default is not None:
        return default.value
    wanted = text.casefold()
    matches = [t for t in kind if wanted in (t.value, t.text.casefold())]
    matches = matches or [t for t in kind if wanted and t.text.casefold().startswith(wanted)]
    if len(matches) != 1:
        allowed = ", ".join(t.value for t in kind)
        raise UsageFault(_("Ett värde går inte att tolka; möjliga är {allowed}.").format(allowed=allowed))
    return matches[0].value
