"""Mistakes of those who write templates, each with everything that is said about it."""

from engine_docs import cell, docx, para, row, run, table

from .sample import Sample, refused

KNOWN = {"person": {"name": None}, "plan": {"goals": {"text": None}, "date": None}}
E = "error"


def place(*steps: str, text: str = "") -> str:
    return ", ".join(("mall.docx", *steps)) + (f" (”{text}”)" if text else "")


def one(name: str, paragraph: str, message: str, severity: str = E, text: str = ""):
    """One mistake in one paragraph."""
    return refused(name, para(paragraph), findings=((severity, place("stycke 1", text=text or paragraph), message),))


_SECTION = f"<w:p><w:pPr><w:sectPr/></w:pPr>{run('{%p if a %}')}</w:p>"

SAMPLES = [
    one("a tag without an end", "{{ a", "{{ saknar sitt slut i samma stycke."),
    one("an if without an end", "{% if a %}x", "{% if a %} saknar sitt slut."),
    one("an end without a beginning", "x{% endif %}", "{% endif %} saknar sin början."),
    one("an else of nothing", "{% else %}", "{% else %} står utanför ett {% if %}."),
    one(
        "two elses",
        "{% if a %}{% else %}{% else %}{% endif %}",
        "{% else %} kommer efter {% else %}.",
        text="{% if a %}{% else %}{% else %…",
    ),
    one(
        "blocks that cross",
        "{% if a %}{% for b in a %}{% endif %}",
        "{% endif %} stänger före {% for b in a %}: blocken korsar varandra.",
        text="{% if a %}{% for b in a %}{%…",
    ),
    one("a word that is no word", "{% iff a %}", "Ordet ”iff” är inte tillåtet efter {%."),
    one("an empty tag", "{{ }}", "Fältet är tomt."),
    one("one equals sign", "{{ 1 if a = b }}", "Det går inte att förstå ”1 if a = b”."),
    one("an unknown filter", "{{ a|datumm }}", "Filtret ”datumm” finns inte."),
    one("a filter with too much", "{{ a|upper('x') }}", "Filtret ”upper” används på fel sätt."),
    one("arithmetic", "{{ a + 1 }}", "Räkning är inte tillåten i mallar."),
    one("a call", "{{ a.upper() }}", "Anrop med parenteser är inte tillåtna."),
    one("loop outside a loop", "{{ loop.index }}", "loop finns bara inuti ett for."),
    refused(
        "row tags outside a table",
        *(para("{%tr if a %}"), para("{%tr endif %}")),
        findings=(
            (E, place("stycke 1", text="{%tr if a %}"), "{%tr if a %} står inte i en tabell."),
            (E, place("stycke 2", text="{%tr endif %}"), "{%tr endif %} står inte i en tabell."),
        ),
    ),
    refused(
        "an if that begins before a table and ends in it",
        *(para("före {% if a %}"), table(row("efter {% endif %}"))),
        findings=(
            (
                E,
                place("tabell 1", "rad 1", "kolumn 1"),
                "{% if a %} och {% endif %} står på olika nivåer i dokumentet.",
            ),
        ),
    ),
    refused(
        "text beside a paragraph tag",
        *(para("Obs! {%p if a %}"), para("x"), para("{%p endif %}")),
        findings=(
            (
                E,
                place("stycke 1", text="Obs! {%p if a %}"),
                "Bredvid {%p if a %} står annat, som skulle försvinna med stycket.",
            ),
        ),
    ),
    refused(
        "text beside a row tag",
        table(row("{%tr for a in b %}", "kvar"), row("{{ a }}", ""), row("{%tr endfor %}", "")),
        findings=(
            (
                E,
                place("tabell 1", "rad 1", "kolumn 1"),
                "På raden med {%tr for a in b %} står annat, som skulle försvinna med raden.",
            ),
        ),
    ),
    refused(
        "text beside a cell tag",
        table(row(cell("{%tc if a %} kvar"), "x", "{%tc endif %}")),
        findings=(
            (
                E,
                place("tabell 1", "rad 1", "kolumn 1"),
                "I cellen med {%tc if a %} står annat, som skulle försvinna med cellen.",
            ),
        ),
    ),
    refused(
        "levels that do not fit",
        table(row("{%tr for a in b %}", ""), row("{{ a }}", "{%tc endfor %}")),
        findings=(
            (
                E,
                place("tabell 1", "rad 2", "kolumn 2"),
                "{%tr for a in b %} och {%tc endfor %} står på olika nivåer i dokumentet.",
            ),
        ),
    ),
    refused(
        "a section that would be swallowed",
        *(_SECTION, para("x"), para("{%p endif %}")),
        findings=(
            (
                E,
                place("stycke 1", text="{%p if a %}"),
                "Stycket med {%p if a %} bär en avsnittsbrytning, som försvinner.",
            ),
        ),
    ),
    refused(
        "a tag in a field's code",
        para("<w:r><w:instrText>REF {{ a }}</w:instrText></w:r>"),
        findings=((E, "mall.docx", "Ett fält står i en fältkod, där det inte fylls i."),),
    ),
    refused(
        "a misspelt name",
        para("{{ person.nmae }}"),
        known=KNOWN,
        findings=((E, place("stycke 1", text="{{ person.nmae }}"), "Fältet ”person.nmae” finns inte."),),
    ),
    refused(
        "a group written out",
        para("{{ plan }}"),
        known=KNOWN,
        findings=(
            (E, place("stycke 1", text="{{ plan }}"), "”plan” har flera delar och kan inte skrivas ut som den är."),
        ),
    ),
    Sample(
        "everything at once",
        docx(
            para("Hej {{ person.nmae }}"),
            para("{{ a"),
            table(row("x", "{{ plan.date|uper }}")),
            parts={"header1": para("{% if person %}"), "footer1": para("{{ range(3) }}")},
        ),
        known=KNOWN,
        findings=(
            (E, place("stycke 1", text="Hej {{ person.nmae }}"), "Fältet ”person.nmae” finns inte."),
            (E, place("stycke 2", text="{{ a"), "{{ saknar sitt slut i samma stycke."),
            (E, place("tabell 1", "rad 1", "kolumn 2"), "Filtret ”uper” finns inte."),
            (E, place("sidhuvud", "stycke 1", text="{% if person %}"), "{% if person %} saknar sitt slut."),
            (E, place("sidfot", "stycke 1", text="{{ range(3) }}"), "Anrop med parenteser är inte tillåtna."),
        ),
    ),
]
