"""Letters that are hard to read: too small, all capitals, too pale."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from sipctl.language import _

from .findings import Report, Spot
from .leaves import DELETED_TEXT
from .reading import Paragraph, Reading, Sheet
from .styles import is_on
from .wordxml import FTR, HDR, PPR, RPR, TBL, TEXT_BOX, Element, R, T, w

SMALLEST = 18  # half points: 9 points
SMALLEST_IN_MARGIN = 16  # page numbers and the like, above and below the text
PALEST = 4.5  # WCAG's contrast of text with its background
_MANY_CAPITALS = 25
_CAPITALS = re.compile(rf"[A-ZÅÄÖÉ][A-ZÅÄÖÉ\d\s,.:;!?–-]{{{_MANY_CAPITALS - 2},}}[A-ZÅÄÖÉ.!?]")
_HEX = re.compile(r"[0-9A-Fa-f]{6}")


class _Run(NamedTuple):
    element: Element
    paragraph: Paragraph
    text: str


def check_legible(reading: Reading, sheet: Sheet, report: Report) -> None:
    """Note small, shouted and pale text: once for each paragraph, small text once for each size."""
    sizes: dict[int, _Run] = {}
    smallest = SMALLEST_IN_MARGIN if sheet.root.tag in (HDR, FTR) else SMALLEST
    for run in _runs(sheet):
        size = reading.styles.size(run.element, run.paragraph.element)
        if size < smallest:
            sizes.setdefault(size, run)
        _check_colour(sheet, run, report)
    for size, run in sizes.items():
        message = _("Texten är {points} punkter stor, vilket är svårt att läsa för många.")
        points, enough = (f"{each / 2:g}".replace(".", ",") for each in (size, smallest))
        remedy = _("Välj minst {points} punkter.").format(points=enough)
        report.add("advice", _spot(sheet, run), message.format(points=points), remedy)
    for paragraph in sheet.paragraphs:
        _check_capitals(sheet, paragraph, report)


def _runs(sheet: Sheet) -> Iterator[_Run]:
    for element in sheet.root.iter(R):
        text = "".join(piece.text or "" for piece in element.iterchildren(T, DELETED_TEXT))
        paragraph = sheet.holder(element)
        if text.strip() and paragraph is not None:
            yield _Run(element, paragraph, text)


def _spot(sheet: Sheet, run: _Run) -> Spot:
    return sheet.spot(run.paragraph.element, run.text)


def _check_capitals(sheet: Sheet, paragraph: Paragraph, report: Report) -> None:
    runs = [run for run in paragraph.element.iter(R) if is_on(run.find(f"{RPR}/{w('caps')}"))]
    text = "".join(piece.text or "" for run in runs for piece in run.iterchildren(T))
    if len(re.sub(r"[\W\d_]", "", text)) >= _MANY_CAPITALS or _CAPITALS.search(paragraph.prose):
        report.add(
            "advice",
            sheet.spot(paragraph.element),
            _("Texten är skriven med bara versaler. Den är svår att läsa, och kan läsas upp bokstav för bokstav."),
            _("Skriv med små bokstäver och framhäv med fet stil."),
        )


def _check_colour(sheet: Sheet, run: _Run, report: Report) -> None:
    """Only where the background is white for sure: no shading, no table, no box."""
    properties = run.element.find(RPR)
    colour = None if properties is None else properties.find(w("color"))
    value = "" if colour is None or colour.get(w("themeColor")) else colour.get(w("val"), "")
    if not _HEX.fullmatch(value) or _is_shaded(sheet, run, properties):
        return
    if (contrast := 1.05 / (_luminance(value) + 0.05)) < PALEST:
        ratio = f"{contrast:.1f}".replace(".", ",")
        report.add(
            "warning",
            _spot(sheet, run),
            _("Textens färg är för blek mot vitt ({ratio}:1, minst 4,5:1 behövs).").format(ratio=ratio),
            _("Välj en mörkare färg."),
        )


def _is_shaded(sheet: Sheet, run: _Run, properties: Element) -> bool:
    own = any(properties.find(w(name)) is not None for name in ("highlight", "shd"))
    around = run.paragraph.element.find(f"{PPR}/{w('shd')}") is not None
    inside = next(run.element.iterancestors(TBL, TEXT_BOX), None) is not None
    return own or around or inside or sheet.root.find(w("background")) is not None


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
