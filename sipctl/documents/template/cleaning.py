"""Undo what Word does to the inside of a tag: curly quotes, hard spaces, invisible characters."""

import unicodedata

from sipctl.language import _

_DASHES = ("-", "+", "–")
_DOUBLE, _SINGLE = "“”„«»", "‘’‚‹›"


def clean(written: str) -> tuple[str, list[str]]:
    """The inside of a tag as it was meant, and a sentence for each kind of repair."""
    repairs = []
    text, stripped = _plain_spaces(unicodedata.normalize("NFC", written))
    if stripped:
        repairs.append(_("Hårda mellanslag eller osynliga tecken i fältet har rättats."))
    text, straightened = _straight_quotes(text)
    if straightened:
        repairs.append(_("Typografiska citattecken i fältet har rättats."))
    # Only next to the mark it is jinja2's sign for white space; further in it is arithmetic, and refused.
    if written[:1] in _DASHES or written[-1:] in _DASHES:
        repairs.append(_("Minustecken i {%- … -%} har ingen verkan; stycken slås inte ihop."))
        text = text[written[:1] in _DASHES : len(text) - (written[-1:] in _DASHES)].strip()
    return text, repairs


def _plain_spaces(text: str) -> tuple[str, bool]:
    if text.isascii() and text.isprintable():
        return text.strip(), False
    kept = []
    for character in text:
        category = unicodedata.category(character)
        if character in " \t\n" or category == "Zs":
            kept.append(" ")
        elif category[0] != "C" and category[0] != "Z":
            kept.append(character)
    hard = any(character not in "\t\n" and not character.isprintable() for character in text)
    return "".join(kept).strip(), hard


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
