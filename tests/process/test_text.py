"""What a terminal could obey never gets there, and nothing else is taken away."""

import sys
import unicodedata

import pytest

from sipctl.process.text import REFUSED, mend, printable, unsafe

EVERY = [chr(code) for code in range(sys.maxunicode + 1)]


def test_every_character_is_shown_or_dropped_by_its_category() -> None:
    for character in EVERY:
        if character in "\t\n":
            continue
        wanted = "" if unicodedata.category(character) in REFUSED else character
        assert printable(f"a{character}b") == f"a{wanted}b", hex(ord(character))


@pytest.mark.parametrize(
    ("text", "one_line", "lines"),
    [
        ("Åsa Öberg – ”syster”", "Åsa Öberg – ”syster”", "Åsa Öberg – ”syster”"),
        ("ett\ntvå\r\ntre\tfyra", "ett två tre fyra", "ett\ntvå\ntre fyra"),
        ("\x1b[31mröd\x1b[0m", "[31mröd[0m", "[31mröd[0m"),
        ("a\u202eb\u2066c\u200bd\x9be", "abcde", "abcde"),
        ("smalt\u202fblanksteg\u00a0hårt", "smalt\u202fblanksteg\u00a0hårt", "smalt\u202fblanksteg\u00a0hårt"),
        ("", "", ""),
    ],
)
def test_what_is_shown_of_a_text(text: str, one_line: str, lines: str) -> None:
    assert printable(text) == one_line
    assert printable(text, lines=True) == lines
    assert not unsafe(printable(text, lines=True), lines=True)


def test_a_pasted_reply_is_mended_not_refused() -> None:
    assert mend("  Anna\u00adBerta\u200b\u2028rad två \r\n") == "AnnaBerta rad två"
    assert mend("  ett\r\ntvå\v", lines=True) == "ett\ntvå"
