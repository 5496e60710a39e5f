"""The one set of document settings, from those of the letters."""

from collections.abc import Iterable
from copy import deepcopy

from sipctl.documents.template.wordxml import W_NS, Element, drop, parse, w

from .markup import VAL, child

_EVEN_ODD = w("evenAndOddHeaders")
# What belongs to one letter or to the writing of it, points to other parts, or would ask the printer something.
_LEFT_OUT = tuple(
    w(name)
    for name in (
        *("attachedTemplate", "mailMerge", "documentProtection", "writeProtection", "trackRevisions", "updateFields"),
        *("docVars", "rsids", "attachedSchema", "saveThroughXslt", "linkStyles", "footnotePr", "endnotePr"),
    )
)
# What stands before w:footnotePr and w:endnotePr in CT_Settings ends where one of these begins.
_AFTER_NOTES = frozenset(
    w(name)
    for name in (
        *("compat", "docVars", "rsids", "attachedSchema", "themeFontLang", "clrSchemeMapping", "shapeDefaults"),
        *("doNotIncludeSubdocsInStats", "doNotAutoCompressPictures", "forceUpgrade", "captions", "readModeInkLockDown"),
        *("smartTagType", "doNotEmbedSmartTags", "decimalSymbol", "listSeparator"),
    )
) | {"{http://schemas.openxmlformats.org/officeDocument/2006/math}mathPr"}


def has_even_odd(settings: Element | None) -> bool:
    """Whether even pages have headers of their own."""
    found = None if settings is None else settings.find(_EVEN_ODD)
    return found is not None and found.get(VAL, "true") not in ("0", "false", "off")


def common_settings(found: Iterable[Element], notes: Iterable[str]) -> Element:
    """The settings of the first letter, or of the first that needs headers of its own on even pages.

    ``notes`` are the kinds there are, ``footnote`` and ``endnote``; endnotes stand at the end of each letter.
    """
    letters = list(found)
    chosen = next((each for each in letters if has_even_odd(each)), letters[0] if letters else None)
    settings = parse(f'<w:settings xmlns:w="{W_NS}"/>'.encode()) if chosen is None else deepcopy(chosen)
    for each in [each for each in settings if each.tag in _LEFT_OUT]:
        drop(each)
    place = next((n for n, each in enumerate(settings) if _is_after_notes(each)), len(settings))
    for number, kind in enumerate(notes):
        own = settings.makeelement(w(f"{kind}Pr"))
        if kind == "endnote":
            child(own, "pos", val="sectEnd")
        for separator in ("-1", "0"):
            child(own, kind, id=separator)
        settings.insert(place + number, own)
    return settings


def _is_after_notes(element: Element) -> bool:
    return element.tag in _AFTER_NOTES or not element.tag.startswith(f"{{{W_NS}}}")
