"""Whether everybody can read what a template gives: EN 301 549, as far as it can be judged surely.

What a screen reader cannot do without is a warning (language, title, headings in order, alternative
texts, header rows), good habits are advice. Tables are looked at in ``accessible_tables``, letters in
``legible``.
"""

import re
from collections.abc import Callable, Iterator

from sipctl.language import _

from .accessible_tables import check_tables
from .findings import Report
from .legible import check_legible
from .reading import Paragraph, Reading, Sheet, is_copy
from .wordxml import PPR, SECT_PR, TEXT_BOX, Element, w

MANY_BLANKS = 3
FEW_PARAGRAPHS = 5  # a shorter text can do without headings

_BULLET = re.compile(r"\s*([-–—•·▪*]|\d{1,2}[.)]|[a-zåäö]\))[\s\xa0]+\S")
_LOOP = re.compile(r"\{%-?\s*p?\s*for\s")
_FILE_NAME = re.compile(r"\S+\.(png|jpe?g|gif|bmp|tiff?|emf|wmf|svg)", re.IGNORECASE)
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
_VML = "{urn:schemas-microsoft-com:vml}"


def check_accessible(reading: Reading, report: Report) -> None:
    """Note what would shut somebody out."""
    _check_language(reading, report)
    _check_title(reading, report)
    if reading.body is not None:
        _check_headings(reading, reading.body, report)
    for sheet in reading.sheets:
        _check_pictures(sheet, report)
        _check_boxes(sheet, report)
        _check_blanks(sheet, report)
        _check_lists(reading, sheet, report)
        check_tables(reading, sheet, report)
        check_legible(reading, sheet, report)


# --- the document ---


def _check_language(reading: Reading, report: Report) -> None:
    remedy = _("Markera all text i Word och välj Granska > Språk > Ange språk > Svenska > Ange som standard.")
    part = reading.part("settings")
    settings = reading.xml(part)
    theme = None if settings is None else settings.find(w("themeFontLang"))
    language = reading.styles.language() or ("" if theme is None else theme.get(w("val"), ""))
    spot = reading.whole(reading.part("styles"), _("språk"), language)
    if not language:
        report.add("warning", spot, _("Mallen säger inte vilket språk den är på. Uppläsning blir fel."), remedy)
    elif not language.lower().startswith("sv"):
        message = _("Mallens språk är {language} och inte svenska. Uppläsning blir fel.")
        report.add("warning", spot, message.format(language=language), remedy)


def _check_title(reading: Reading, report: Report) -> None:
    part = reading.part("core-properties")
    core = reading.xml(part)
    if core is None or not (core.findtext("{*}title") or "").strip():
        report.add(
            "warning",
            reading.whole(part, _("dokumentegenskaper")),
            _("Mallen har ingen titel. Titeln är det som läses upp först, och det som syns i fönstret."),
            _("Skriv en titel under Arkiv > Info > Egenskaper, till exempel Kallelse till SIP."),
        )


def _check_headings(reading: Reading, body: Sheet, report: Report) -> None:
    levels = [(each, reading.styles.heading(each.element)) for each in body.paragraphs]
    headings = [(paragraph, level) for paragraph, level in levels if level is not None]
    if not headings and sum(bool(each.prose.strip()) for each in body.paragraphs) > FEW_PARAGRAPHS:
        report.add(
            "warning",
            reading.whole(body.part),
            _("Mallen har inga rubriker. Den som lyssnar kan inte hoppa i texten."),
            _("Ge rubrikerna formatmallen Rubrik 1, Rubrik 2 och så vidare i stället för bara fet stil."),
        )
    before = 0
    for paragraph, level in headings:
        spot = body.spot(paragraph.element)
        if not paragraph.text.strip():
            report.add("warning", spot, _("En rubrik är tom."), _("Ta bort den, eller ge stycket formatmallen Normal."))
            continue
        if level > before + 1:
            report.add("warning", spot, *_jump(before, level))
        before = level


def _jump(before: int, level: int) -> tuple[str, str]:
    if before == 0:
        return (
            _("Den första rubriken är Rubrik {level}.").format(level=level),
            _("Börja med formatmallen Rubrik 1 (eller Rubrik som titel)."),
        )
    return (
        _("Rubrik {level} följer på Rubrik {before}: en nivå är överhoppad.").format(level=level, before=before),
        _("Använd formatmallen Rubrik {level}.").format(level=before + 1),
    )


# --- pictures and boxes ---


def _check_pictures(sheet: Sheet, report: Report) -> None:
    for picture, text in _pictures(sheet.root):
        spot = sheet.spot(picture, text)
        if not text.strip():
            report.add(
                "warning",
                spot,
                _("En bild saknar alternativtext. Den som inte ser bilden får inte veta vad den visar."),
                _("Högerklicka på bilden och välj Visa alternativtext. Markera en ren utsmyckning som dekorativ."),
            )
        elif _FILE_NAME.fullmatch(text.strip()):
            report.add(
                "advice",
                spot,
                _("En bilds alternativtext är ett filnamn."),
                _("Skriv vad bilden visar, till exempel Region Påhittslands logotyp."),
            )


def _pictures(root: Element) -> Iterator[tuple[Element, str]]:
    """Every picture that is not marked as decorative, with its alternative text."""
    for frame in root.iter(f"{_DRAWING}inline", f"{_DRAWING}anchor"):
        properties = frame.find(f"{_DRAWING}docPr")
        shows_text = next(frame.iter(TEXT_BOX), None) is not None
        if properties is None or shows_text or is_copy(frame) or _is_decorative(properties):
            continue
        yield frame, properties.get("descr", "") or properties.get("title", "")
    for image in root.iter(f"{_VML}imagedata"):
        if not is_copy(image):
            yield image, image.getparent().get("alt", "")


def _is_decorative(properties: Element) -> bool:
    return any(mark.get("val") in ("1", "true") for mark in properties.iter(_DECORATIVE))


def _check_boxes(sheet: Sheet, report: Report) -> None:
    for box in sheet.root.iter(TEXT_BOX):
        in_line = next(box.iterancestors(f"{_DRAWING}inline", f"{_DRAWING}anchor"), None)
        floats = in_line is None or in_line.tag == f"{_DRAWING}anchor"
        if floats and not is_copy(box) and next(box.iterancestors(TEXT_BOX), None) is None:
            report.add(
                "advice",
                sheet.spot(next(box.iter(w("p")), box)),
                _("Texten står i en flytande textruta. Den kan läsas upp i fel ordning eller inte alls."),
                _("Lägg texten i brödtexten eller i en tabell i stället."),
            )


# --- spacing and lists ---


def _check_blanks(sheet: Sheet, report: Report) -> None:
    for row in _runs_of(sheet, _is_blank):
        if len(row) >= MANY_BLANKS:
            report.add(
                "advice",
                sheet.spot(row[0].element),
                _("{n} tomma stycken i rad ger luft. De läses upp som tomma rader.").format(n=len(row)),
                _("Ta bort dem och ställ in avstånd före eller efter stycket."),
            )


def _is_blank(paragraph: Paragraph) -> bool:
    breaks = any(each.get(w("type")) in ("page", "column") for each in paragraph.element.iter(w("br")))
    return not paragraph.text.strip() and not breaks and paragraph.element.find(f"{PPR}/{SECT_PR}") is None


def _check_lists(reading: Reading, sheet: Sheet, report: Report) -> None:
    for row in _runs_of(sheet, lambda each: bool(_BULLET.match(each.text)) and not _is_list(reading, each)):
        # A lone dash can be anything; two in a row, or one that is repeated, are a list.
        before = row[0].element.getprevious()
        held = sheet.holder(before) if before is not None else None
        if len(row) > 1 or (held is not None and held.element is before and _LOOP.search(held.text)):
            report.add(
                "advice",
                sheet.spot(row[0].element),
                _("Punkter eller nummer är skrivna för hand. De läses inte upp som en lista."),
                _("Ta bort tecknen, markera styckena och välj Start > Punktlista eller Numrering."),
            )


def _is_list(reading: Reading, paragraph: Paragraph) -> bool:
    numbered = paragraph.element.find(f"{PPR}/{w('numPr')}") is not None
    return numbered or reading.styles.heading(paragraph.element) is not None


def _runs_of(sheet: Sheet, fits: Callable[[Paragraph], bool]) -> Iterator[list[Paragraph]]:
    """Paragraphs directly after one another that all fit."""
    row: list[Paragraph] = []
    for paragraph in sheet.paragraphs:
        follows = bool(row) and paragraph.element.getprevious() is row[-1].element
        if row and not (follows and fits(paragraph)):
            yield row
            row = []
        if fits(paragraph):
            row.append(paragraph)
    if row:
        yield row
