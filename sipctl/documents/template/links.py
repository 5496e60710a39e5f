"""Links that a recipient cannot open, or that tell how things are called inside the organisation."""

import ipaddress
import re

from sipctl.language import _

from .findings import Report
from .reading import REL_ID, Reading, Sheet
from .wordxml import Element, w

_OPEN = re.compile(r"(https?|mailto|tel):|#", re.IGNORECASE)
_HOST = re.compile(r"https?://(?:[^/@]*@)?(?:\[([^\]]*)\]|([^/:?#]*))", re.IGNORECASE)
_INSIDE = (".local", ".lan", ".intra", ".internal", ".intranet", ".corp", ".home")
_HYPERLINK = re.compile(r'^\s*HYPERLINK\s+(?:\\[a-z]\s+)*"?([^"\s]+)', re.IGNORECASE)


def check_links(reading: Reading, report: Report) -> None:
    """Note links to files and to addresses that only work inside the organisation, where they stand."""
    # Opening the file has said the same of links to files, without the place.
    placeless = [each for each in report.findings if each.severity == "warning" and each.part.endswith(".rels")]
    for finding in placeless:
        del report.findings[finding]
    for sheet in reading.sheets:
        users = {each.get(REL_ID): each for each in sheet.root.iter(w("hyperlink"))}
        for relation in reading.relations(sheet.part):
            if relation.get("Type", "").endswith("/hyperlink"):
                _check(sheet, users.get(relation.get("Id"), sheet.root), relation.get("Target", ""), report)
        for code in sheet.root.iter(w("instrText")):
            if found := _HYPERLINK.match(code.text or ""):
                _check(sheet, code, found[1], report)


def _check(sheet: Sheet, element: Element, target: str, report: Report) -> None:
    if not _OPEN.match(target):
        report.add(
            "warning",
            sheet.spot(element, target),
            _("En länk går till en fil eller en plats i det egna nätet, som mottagaren inte kommer åt."),
            _("Ta bort länken: högerklicka på den och välj Ta bort hyperlänk."),
        )
    elif _is_inside(target):
        report.add(
            "warning",
            sheet.spot(element, target),
            _("En länk går till en adress som bara fungerar inne i organisationen."),
            _("Länka till den öppna webbplatsen i stället, eller ta bort länken."),
        )


def _is_inside(target: str) -> bool:
    found = _HOST.match(target)
    host = (found[1] or found[2] or "").lower() if found else ""
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return bool(host) and ("." not in host or host.endswith(_INSIDE))
