"""Any text at all, as a value: the document stays well-formed and the text comes out."""

from datetime import datetime

from engine_docs import docx, para, row, table, unzipped
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from sipctl.documents.template import compile
from sipctl.documents.template.filters import visible
from sipctl.documents.template.text import docx_text

TEXT = st.text(st.one_of(st.characters(codec=None), st.sampled_from("&<>\"'{}%\n\r\t\x00\u200b\u202e\u00a0å")))
VALUES = compile(
    docx(
        para("[{{ a }}]"),
        para("[{{ a ~ '|' ~ a }}]"),
        para("{% for x in xs %}<{{ x }}>{% endfor %}"),
        table(row("{%tr for x in xs %}", ""), row("({{ x }})", ""), row("{%tr endfor %}", "")),
    )
)


@given(TEXT, st.lists(TEXT, max_size=4))
@settings(deadline=None)
def test_any_text(value, items):
    document = VALUES.render({"a": value, "xs": items})
    etree.fromstring(unzipped(document).encode())
    text = docx_text(document)
    shown = visible(value)
    assert text.startswith(f"[{shown}]\n[{shown}|{shown}]\n")
    for item in items:
        assert f"<{visible(item)}>" in text
        assert f"({visible(item)})" in text


def test_numbers_and_moments_are_written_as_they_are():
    moment = datetime(2026, 3, 30, 13, 5)
    fields = ("n", "f", "d", "d|datum", "d|klockan", "day", "day|kortdatum")
    template = compile(docx(*(para("{{ " + field + " }}") for field in fields)))
    text = docx_text(template.render({"n": -3, "f": 2.5, "d": moment, "day": moment.date()}))
    assert text.split("\n") == ["-3", "2.5", "2026-03-30 13:05:00", "30 mars 2026", "13.05", "2026-03-30", "2026-03-30"]
