"""Cells merged over rows and columns."""

from engine_docs import cell, para, row, table

from .sample import filled

WORDS = {"words": ["a", "b", "c"], "name": "Test Testsson", "no": False}
START, MORE = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
WIDE = '<w:gridSpan w:val="2"/>'

SAMPLES = [
    filled(
        "a cell merged over the rows of a loop",
        table(row("{%tr for w in words %}", ""), row("{% vm %}{{ name }}", "{{ w }}"), row("{%tr endfor %}", "")),
        para("slut"),
        text="Test Testsson\ta\n\tb\n\tc\nslut",
        data=WORDS,
    ),
    filled(
        "a merge that goes on over a loop",
        table(
            row(cell("Mål", properties=START), "x"),
            row("{%tr for w in words %}", ""),
            row(cell("", properties=MORE), "{{ w }}"),
            row("{%tr endfor %}", ""),
        ),
        para("slut"),
        text="Mål\tx\n\ta\n\tb\n\tc\nslut",
        data=WORDS,
    ),
    filled(
        "a whole merge in a loop",
        table(
            row("{%tr for w in words %}", ""),
            row(cell("{{ w }}", properties=START), "ett"),
            row(cell("", properties=MORE), "två"),
            row("{%tr endfor %}", ""),
        ),
        para("slut"),
        text="a\tett\n\ttvå\nb\tett\n\ttvå\nc\tett\n\ttvå\nslut",
        data=WORDS,
    ),
    filled(
        "a merge whose first row may go",
        table(
            *(row("{%tr if no %}", ""), row(cell("Mål", properties=START), "x"), row("{%tr endif %}", "")),
            row(cell("", properties=MORE), "y"),
        ),
        para("slut"),
        text="\ty\nslut",
        data=WORDS,
        findings=(
            (
                "warning",
                "mall.docx, tabell 1",
                "En sammanslagen cell börjar på en rad som kan upprepas eller falla bort.",
            ),
        ),
    ),
    filled(
        "cells merged over columns",
        table(
            row(cell("{{ name }}", properties=WIDE)),
            *(row("{%tr for w in words %}", ""), row("{{ loop.index }}", "{{ w }}"), row("{%tr endfor %}", "")),
        ),
        para("slut"),
        text="Test Testsson\n1\ta\n2\tb\n3\tc\nslut",
        data=WORDS,
    ),
    filled(
        "both ways at once",
        table(
            row("{%tr for w in words %}", "", ""),
            row("{% vm %}{{ name }}", cell("{{ w }}", properties=WIDE)),
            row("{%tr endfor %}", "", ""),
        ),
        para("slut"),
        text="Test Testsson\ta\n\tb\n\tc\nslut",
        data=WORDS,
    ),
]
