"""Rows and cells that come, go and are repeated; what is never left is a table Word cannot open."""

from engine_docs import cell, para, row, table

from .sample import filled

DATA = {
    "goals": [
        {"text": "Sova", "actions": [{"what": "Samtal"}, {"what": "Promenad"}]},
        {"text": "Arbeta", "actions": [{"what": "Praktik"}]},
    ],
    "words": ["a", "b", "c"],
    "nothing": [],
    "yes": True,
    "no": False,
}
LOOP = (row("{%tr for g in goals %}", ""), row("{{ loop.index }}", "{{ g.text }}"), row("{%tr endfor %}", ""))
NO_LOOP = (row("{%tr for g in nothing %}", ""), row("{{ g }}", ""), row("{%tr endfor %}", ""))
_EMPTY_TABLE = "A table is left without rows, which Word does not open."
_EMPTY_CELL = "A cell is left without a paragraph, which Word does not open."

SAMPLES = [
    filled("rows", table(row("Nr", "Mål"), *LOOP), para("slut"), text="Nr\tMål\n1\tSova\n2\tArbeta\nslut", data=DATA),
    filled("rows last in the document", table(row("Nr", "Mål"), *LOOP), text="Nr\tMål\n1\tSova\n2\tArbeta", data=DATA),
    filled(
        "rows in rows",
        table(
            row("Mål", "Insats"),
            *(row("{%tr for g in goals %}", ""), row("{{ g.text }}", ""), row("{%tr for a in g.actions %}", "")),
            *(row("", "{{ a.what }}"), row("{%tr endfor %}", ""), row("{%tr endfor %}", "")),
        ),
        para("slut"),
        text="Mål\tInsats\nSova\t\n\tSamtal\n\tPromenad\nArbeta\t\n\tPraktik\nslut",
        data=DATA,
    ),
    filled(
        "two tags to a row",
        table(
            *(row("{%tr for g in goals %}", "{%tr for a in g.actions %}"), row("{{ g.text }}", "{{ a.what }}")),
            row("{%tr endfor %}", "{%tr endfor %}"),
        ),
        para("slut"),
        text="Sova\tSamtal\nSova\tPromenad\nArbeta\tPraktik\nslut",
        data=DATA,
        differs="Only one row tag to a row is understood.",
    ),
    filled(
        "a choice of rows",
        table(row("{%tr if no %}"), row("bort"), row("{%tr else %}"), row("kvar"), row("{%tr endif %}")),
        para("slut"),
        text="kvar\nslut",
        data=DATA,
    ),
    filled(
        "cells",
        table(row("{%tc for w in words %}", "{{ w }}", "{%tc endfor %}", "x")),
        para("slut"),
        text="a\tb\tc\tx\nslut",
        data=DATA,
    ),
    filled(
        "a cell that is left out",
        table(row("a", "{%tc if no %}", "b", "{%tc endif %}", "c")),
        para("slut"),
        text="a\tc\nslut",
        data=DATA,
    ),
    filled(
        "paragraphs in a cell",
        table(row(cell(para("{%p for w in words %}"), para("{{ w }}"), para("{%p endfor %}")), "x")),
        para("slut"),
        text="a\nb\nc\tx\nslut",
        data=DATA,
    ),
    filled(
        "a cell's only paragraph goes",
        table(row(cell(para("{%p if no %}"), para("bort"), para("{%p endif %}")), "x")),
        para("slut"),
        text="\tx\nslut",
        data=DATA,
        differs=_EMPTY_CELL,
    ),
    filled(
        "a loop over nothing in a cell",
        table(row(cell(para("{%p for g in nothing %}"), para("{{ g }}"), para("{%p endfor %}")), "x")),
        para("slut"),
        text="\tx\nslut",
        data=DATA,
        differs=_EMPTY_CELL,
    ),
    filled(
        "a cell that ends with a table after its last paragraph goes",
        table(row(cell(table(row("inre")), para("{%p if no %}"), para("bort"), para("{%p endif %}")), "x")),
        para("slut"),
        text="inre\n\tx\nslut",
        data=DATA,
        differs=_EMPTY_CELL,
    ),
    filled(
        "a table without rows",
        para("före"),
        table(*NO_LOOP),
        para("slut"),
        text="före\nslut",
        data=DATA,
        differs=_EMPTY_TABLE,
    ),
    filled(
        "a table without rows in a cell",
        table(row(cell(table(*NO_LOOP), para("kvar")), "x")),
        para("slut"),
        text="kvar\tx\nslut",
        data=DATA,
        differs=_EMPTY_TABLE,
    ),
    filled(
        "a row without cells",
        table(row("{%tc for g in nothing %}", "{{ g }}", "{%tc endfor %}"), row("x")),
        para("slut"),
        text="x\nslut",
        data=DATA,
        differs="A row is left without cells, which Word does not open.",
    ),
    filled(
        "a heading row over nothing", table(row("Nr", "Mål"), *NO_LOOP), para("slut"), text="Nr\tMål\nslut", data=DATA
    ),
    filled(
        "a table in a table",
        table(row(cell(table(row("Nr", "Mål"), *LOOP), para("x")), "y")),
        para("slut"),
        text="Nr\tMål\n1\tSova\n2\tArbeta\nx\ty\nslut",
        data=DATA,
    ),
    filled(
        "conditions inside cells",
        table(row("{% if yes %}ja{% endif %}", "{% for w in words %}{{ w }}{% endfor %}")),
        para("slut"),
        text="ja\tabc\nslut",
        data=DATA,
    ),
]
