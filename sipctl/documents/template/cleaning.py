"""Undo what Word does to the inside of a tag: curly quotes, hard spaces, invisible characters."""

import re
import unicodedata
from typing import NamedTuple

from sipctl.language import _

_MINUSES = ("-", "–")
_SIGNS = (*_MINUSES, "+")
_QUOTATIONS = re.compile(r"(\"[^\"]*\"|'[^']*')")
_ENDS_OF_LINE = {ord("\t"): " ", ord("\n"): " "}
_DOUBLE, _SINGLE = "“”„«»", "‘’‚‹›"


class Cleaned(NamedTuple):
    """The inside of a tag as it was meant, a sentence for each repair, and whether a minus begins and ends it."""

    text: str
    repairs: list[str]
    joins: tuple[bool, bool]


def clean(written: str) -> Cleaned:
    """Undo the repairs that Word has made in the inside of a tag."""
    repairs = []
    text, straightened = _straight_quotes(unicodedata.normalize("NFC", written))
    text, stripped = _plain_spaces(text)
    if stripped:
        repairs.append(_("Hårda mellanslag eller osynliga tecken i fältet har rättats."))
    if straightened:
        repairs.append(_("Typografiska citattecken i fältet har rättats."))
    # Only next to the mark it is jinja2's sign for white space; further in it is arithmetic, and refused.
    text = text[written[:1] in _SIGNS : len(text) - (written[-1:] in _SIGNS)].strip()
    return Cleaned(text, repairs, (written[:1] in _MINUSES, written[-1:] in _MINUSES))


def _plain_spaces(text: str) -> tuple[str, bool]:
    """Ordinary spaces, and no invisible characters; a hard space in a quotation is meant."""
    if text.isascii() and text.isprintable():
        return text.strip(), False
    pieces = [_plain(piece, in_quotes=number % 2 == 1) for number, piece in enumerate(_QUOTATIONS.split(text))]
    plain = "".join(pieces)
    return plain.strip(), plain != text.translate(_ENDS_OF_LINE)


def _plain(text: str, in_quotes: bool) -> str:
    kept = []
    for character in text:
        category = unicodedata.category(character)
        if character in "\t\n" or (category == "Zs" and not in_quotes):
            kept.append(" ")
        elif category[0] != "C" and category not in ("Zl", "Zp"):
            kept.append(character)
    return "".join(kept)


def _straight_quotes(text: str) -> tuple[str, bool]:
    if text.isascii():
        return text, False
    result, at = [], 0
    while at < len(text):
        end = _end_of_string(text, at)
        if end < 0:
            result.append(text[at])
            at += 1
            continue
        quote = '"' if text[at] in _DOUBLE + '"' else "'"
        result += (quote, text[at + 1 : end], quote)
        at = end + 1
    straight = "".join(result)
    return straight, straight != text


def _end_of_string(text: str, at: int) -> int:
    """The index of the closing quote for the one at ``at``; -1 when there is no string."""
    for curly, straight in ((_DOUBLE, '"'), (_SINGLE, "'")):
        if text[at] == straight and text.find(straight, at + 1) > 0:
            return text.find(straight, at + 1)
        if text[at] in curly + straight:
            ends = [end for quote in curly + straight if (end := text.find(quote, at + 1)) > 0]
            return min(ends, default=-1)
    return -1
