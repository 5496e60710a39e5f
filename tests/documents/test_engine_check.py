"""Checking: every fault at once, each with its place and what to do."""

import pytest
from engine_docs import cell, docx, para, row, run, table

from sipctl.documents.template import check, compile
from sipctl.errors import NotFound, TemplateFault

KNOWN = {
    "person": {"name": None, "birth_date": None},
    "plan": {"goals": {"text": None, "actions": {"what": None}}, "date": None},
}


def found(*body, known=None, **more):
    return check(docx(*body, **more), "kallelse.docx", known)


def only(*body, known=None, **more):
    findings = found(*body, known=known, **more)
    assert len(findings) == 1, findings
    return findings[0]


def test_a_sound_template_has_no_findings():
    body = para("{{ person.name }}{% for m in plan.goals %}{{ loop.index }}{{ m.text|d('-') }}{% endfor %}")
    assert found(body, known=KNOWN) == []


def test_all_errors_at_once_each_with_its_place():
    source = docx(
        para("Kallelse till {{ person.nmae }}"),
        para("{% if person.name %}"),
        table(row("x", "y"), row("x", "{{ plan.date| uper }}")),
        para("text {%p endfor %}"),
        para("{{ oavslutad"),
        parts={"header1": para("{{ range(9) }}"), "footer1": para("{{ plan }}")},
    )
    findings = check(source, "kallelse.docx", KNOWN)
    assert {(f.place, f.message) for f in findings} == {
        ("kallelse.docx, stycke 1 (”Kallelse till {{ person.nmae…”)", "Fältet ”person.nmae” finns inte."),
        ("kallelse.docx, stycke 2 (”{% if person.name %}”)", "{% if person.name %} saknar sitt slut."),
        ("kallelse.docx, tabell 1, rad 2, kolumn 2", "Filtret ”uper” finns inte."),
        (
            "kallelse.docx, stycke 3 (”text {%p endfor %}”)",
            "Bredvid {%p endfor %} står annat, som skulle försvinna med stycket.",
        ),
        ("kallelse.docx, stycke 3 (”text {%p endfor %}”)", "{%p endfor %} saknar sin början."),
        ("kallelse.docx, stycke 4 (”{{ oavslutad”)", "{{ saknar sitt slut i samma stycke."),
        ("kallelse.docx, sidhuvud, stycke 1 (”{{ range(9) }}”)", "Anrop med parenteser är inte tillåtna."),
        (
            "kallelse.docx, sidfot, stycke 1 (”{{ plan }}”)",
            "”plan” har flera delar och kan inte skrivas ut som den är.",
        ),
    }  # fmt: skip
    assert {f.severity for f in findings} == {"error"}
    with pytest.raises(TemplateFault) as caught:
        compile(source, "kallelse.docx", KNOWN)
    assert caught.value.what == "Mallen kallelse.docx kan inte användas: 8 fel."
    assert {fault.where for fault in caught.value.faults} == {f.place for f in findings}
    assert any("Menade du ”name”?" in fault.what for fault in caught.value.faults)


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("{{ persn.name }}", "person"),
        ("{% for m in plan.goals %}{{ m.tetx }}{% endfor %}", "text"),
        ("{% for m in plan.goals %}{% for i in m.actions %}{{ i.waht }}{% endfor %}{% endfor %}", "what"),
        ("{% for m in plan.gaols %}{{ m.text }}{% endfor %}", "goals"),
        ("{% set p = person %}{{ p.nam }}", "name"),
        ("{{ (plan.goals|first).txt }}", "text"),
        ("{{ plan.goals[0].txt }}", "text"),
        ("{{ plan.goals|join(', ', attribute='txt') }}", "text"),
        ("{% if plan.dat == '' %}{% endif %}", "date"),
        ("{{ 'x' if plan.dat else 'y' }}", "date"),
        ("{{ text }}", "plan.goals.text"),
        ("{% for m in plan.goals %}{{ loop.indx }}{% endfor %}", "index"),
        ("{% for goal in plan.goals %}{{ gaol.text }}{% endfor %}", "goal"),
    ],
)
def test_misspelt_names_get_a_suggestion(text, suggestion):
    finding = only(para(text), known=KNOWN)
    assert (finding.severity, finding.remedy) == ("error", f"Menade du ”{suggestion}”?")


def test_names_without_likeness_and_parts_of_what_has_none():
    assert only(para("{{ xyz }}"), known=KNOWN).remedy == "Fälten visas av: sipctl template fields"
    assert "inga delar" in only(para("{{ person.name.first }}"), known=KNOWN).remedy
    assert only(para("{{ m.text }}"), known={"x": None}).severity == "error"


def test_a_loop_variable_ends_with_its_loop():
    body = "{% for m in plan.goals %}{{ m.text }}{% endfor %}{{ m.text }}{{ loop.index }}"
    assert [f.message for f in found(para(body), known=KNOWN)] == [
        "Fältet ”m” finns inte.",
        "loop finns bara inuti ett for.",
    ]


def test_unknown_names_in_is_defined_are_only_warned_of():
    assert only(para("{% if persn is defined %}{% endif %}"), known=KNOWN).severity == "warning"
    assert only(para("{{ persn|default('x') }}"), known=KNOWN).severity == "warning"


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (["{% if a %}{% for x in a %}{% endif %}{% endfor %}"], "blocken korsar varandra"),
        (["{% endif %}"], "saknar sin början"),
        (["{% if a %}"], "saknar sitt slut"),
        (["{% else %}"], "står utanför"),
        (["{% for x in a %}{% elif a %}{% endfor %}"], "står utanför"),
        (["{% if a %}{% else %}{% else %}{% endif %}"], "kommer efter"),
        (["{% if a %}" * 13 + "{% endif %}" * 13], "Fler än 12"),
        (["{%p if a %}", "y{% endif %}"], "olika nivåer"),
        (["{%tr if a %}", "{%tr endif %}"], "står inte i en tabell"),
        (["{% vm %}"], "inte i en tabellcell"),
        (["före {%p if a %}", "{%p endif %}"], "Bredvid"),
        (["{%p if a %}{{ a }}", "{%p endif %}"], "Bredvid"),
        (["{{ a"], "saknar sitt slut i samma stycke"),
        (["{{ a }", "}"], "saknar sitt slut i samma stycke"),
        (["{{ a {{ a }}"], "saknar sitt slut i samma stycke"),
    ],
)
def test_structure(body, message):
    errors = [f for f in found(*map(para, body)) if f.severity == "error"]
    assert errors
    assert message in errors[0].message
    assert all(f.remedy for f in errors)


def test_levels_in_tables():
    across = table(row("{% for x in a %}{{ x }}", "{% endfor %}"))
    finding = only(across)
    assert "olika nivåer" in finding.message
    assert "{%tr" in finding.remedy
    assert finding.place == "kallelse.docx, tabell 1, rad 1, kolumn 2"
    mixed = table(row("{%tr for x in a %}", ""), row("{{ x }}", "{%tc endfor %}"))
    assert any("olika nivåer" in f.message for f in found(mixed))
    beside = table(row("{%tr for x in a %}", "kvar"), row("{%tr endfor %}", ""))
    assert "På raden" in only(beside).message
    nested = table(row(cell(table(row("{{ a.b.c( }}")), para("x"))))
    assert only(nested).place == "kallelse.docx, tabell 1, rad 1, kolumn 1, inre tabell 1, rad 1, kolumn 1"


def test_a_section_break_is_not_lost():
    body = f"<w:p><w:pPr><w:sectPr/></w:pPr>{run('{%p if a %}')}</w:p>"
    assert "avsnittsbrytning" in only(body, para("{%p endif %}")).message


def test_a_picture_beside_a_paragraph_tag_is_not_lost():
    body = f"<w:p>{run('{%p if a %}')}<w:r><w:drawing/></w:r></w:p>"
    assert "Bredvid" in only(body, para("{%p endif %}")).message


def test_repairs_are_said_and_done():
    body = para("{{\u00a0pers\u00adon.na\u200bme }}{% if a == ”ja’s” %}1{% endif %}{%- if a == ‘x’ -%}{% endif %}")
    findings = found(body)
    assert {f.severity for f in findings} == {"advice"}
    assert {f.message.split()[0] for f in findings} == {"Hårda", "Typografiska", "Minustecken"}
    template = compile(docx(body))
    assert template.names == {"person.name", "a"}
    assert template.render({"person": {"name": "N"}, "a": "ja’s"})


def test_decomposed_letters_are_composed():
    assert compile(docx(para("{{ ma\u030al }}"))).names == {"mål"}


def test_tags_where_nothing_is_filled_in():
    deleted = '<w:p><w:del w:id="1" w:author="x"><w:r><w:delText>{{ a</w:delText></w:r></w:del></w:p>'
    assert "borttagen" in only(deleted).message
    moved = f'<w:p><w:moveFrom w:id="1" w:author="x">{run("{{ a }}")}</w:moveFrom></w:p>'
    assert "borttagen" in only(moved).message
    code = "<w:p><w:r><w:instrText>REF {{ a }}</w:instrText></w:r></w:p>"
    assert "fältkod" in only(code).message
    alt = '<wp:inline><wp:docPr id="1" name="x" descr="{{ a }}"/></wp:inline>'
    assert only(f"<w:p><w:r><w:drawing>{alt}</w:drawing></w:r></w:p>").severity == "warning"


def test_strays_are_warned_of():
    assert only(para("slut }} här")).severity == "warning"
    assert found(para("en { klammer } och 50 % }")) == []


@pytest.mark.parametrize(
    ("tag", "remedy"),
    [
        ("{% iff a %}", "Menade du ”if”?"),
        ("{% if a = 'x' %}{% endif %}", "Skriv == för att jämföra."),
        ("{% if a && b %}{% endif %}", "Skriv and och or."),
        ("{% if a %}{% else if b %}{% endif %}", "Skriv elif i stället för else if."),
        ("{{ a|datumm }}", "Menade du ”datum”?"),
        ("{{ }}", "Skriv ett namn, till exempel {{ person.name }}."),
    ],
)
def test_writing_faults_get_a_remedy(tag, remedy):
    assert remedy in [f.remedy for f in found(para(tag))]


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(NotFound):
        check(tmp_path / "saknas.docx")


def test_the_name_is_that_of_the_file(tmp_path):
    (tmp_path / "kallelse.docx").write_bytes(docx(para("{{ a")))
    assert check(tmp_path / "kallelse.docx")[0].place.startswith("kallelse.docx, ")
