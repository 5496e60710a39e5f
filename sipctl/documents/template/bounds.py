"""How much a template may hold: what is more is refused before it costs a second or a hundred megabytes.

Ordinary templates have some thousand elements and some hundred tags; each bound is far above that.
"""

import re
from collections.abc import Iterable

MAX_ENTRIES = 500
MAX_BYTES = 50_000_000
MAX_RATIO = 200
# Elements and attributes of all parts together: what a parsed part costs in memory and in time.
MAX_MARKS = 250_000
MAX_PARAGRAPHS = 20_000
# Curly brackets, at least two for a tag, and the text of all tags together.
MAX_BRACES = 8_000
MAX_TAG_TEXT = 60_000

_CODED_BRACE = re.compile(rb"&#(?:x0*7[bd]|0*12[35]);", re.IGNORECASE)
_PARAGRAPH = re.compile(rb"<w:p[\s/>]")
_ENTRY = b"PK\x01\x02"


def too_many_entries(data: bytes) -> bool:
    """Whether a zip lists too much, known before the list is read into memory."""
    return data.count(_ENTRY) > MAX_ENTRIES


def too_intricate(parts: Iterable[bytes]) -> bool:
    """Whether the XML parts of a package are more than a template can need."""
    marks = braces = paragraphs = 0
    for content in parts:
        marks += content.count(b"<") + content.count(b"=")
        paragraphs += sum(1 for _paragraph in _PARAGRAPH.finditer(content))
        braces += content.count(b"{") + content.count(b"}")
        braces += sum(1 for _coded in _CODED_BRACE.finditer(content)) if b"&#" in content else 0
    return marks > MAX_MARKS or paragraphs > MAX_PARAGRAPHS or braces > MAX_BRACES
