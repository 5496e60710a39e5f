"""Text that is safe to keep and to show: which characters are refused, dropped or mended.

Escape sequences, bidirectional marks and the like can hide or reorder what a reader sees, so
they are refused on the way in and dropped on the way out.
"""

REFUSED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
# Invisible leftovers of pasting from Word and web pages. A person cannot see them to take them
# away, so a typed reply is mended; in a file they are refused, since a script should know.
_PASTE_DEBRIS = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
_LINE_ENDS = {"\r\n": "\n", "\r": "\n"}
_PASTED_BREAKS = {ord("\u2028"): "\n", ord("\u2029"): "\n", ord("\v"): "\n", ord("\f"): "\n", ord("\t"): " "}


def unsafe(text: str, *, lines: bool = False) -> bool:
    """Whether the text holds a refused character; ``lines`` lets line breaks through."""
    return any(_category(c) in REFUSED for c in text if not (lines and c == "\n"))


def neat(text: str) -> str:
    """NFC, ``\\n`` as line end, no blanks around: the form in which every text is kept."""
    for found, wanted in _LINE_ENDS.items():
        text = text.replace(found, wanted)
    import unicodedata

    return unicodedata.normalize("NFC", text).strip()


def mend(text: str, *, lines: bool = False) -> str:
    """A typed or pasted reply made neat; in a one-line text all blanks become single spaces."""
    text = neat(text.translate(_PASTED_BREAKS).translate(_PASTE_DEBRIS))
    return text if lines else " ".join(text.split())


def printable(text: str, *, lines: bool = False) -> str:
    """The text without what a terminal could obey; line breaks become spaces unless ``lines``."""
    text = text.replace("\r\n", "\n").replace("\t", " ")
    if not lines:
        text = text.replace("\n", " ")
    if text.replace("\n", "").isprintable():
        return text  # Python's "printable" is narrower than ours; thousands of cells pass here at once
    return "".join(c for c in text if c == "\n" or _category(c) not in REFUSED)


def _category(character: str) -> str:
    import unicodedata  # loaded when a text needs it: a list of plain text does not

    return unicodedata.category(character)
