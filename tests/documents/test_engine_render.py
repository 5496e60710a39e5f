"""Rendering: every form of tag, every part, and what comes out of awkward values."""

import io
import zipfile
from datetime import date

import pytest
from docx import Document
from engine_docs import cell, docx, para, row, run, table, unzipped
from lxml import etree
from openxml_audit import OpenXmlValidator

from sipctl.documents.template import check, compile
from sipctl.documents.template.text import docx_text
from sipctl.errors import TemplateFault

GOALS = {
    "goals": [
        {"text": "Sova bättre", "actions": [{"what": "Samtal"}, {"what": "Promenad"}]},
        {"text": "Arbeta", "actions": []},
    ]
}


def text_of(*body, data=None, **more):
    return docx_text(made(*body, data=data, **more))


def made(*body, data=None, **more):
    document = compile(docx(*body, **more)).render(data or {})
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        assert archive.testzip() is None
        for name in archive.namelist():
            etree.fromstring(archive.read(name))
    return document


# Tags


def test_split_runs_are_joined_and_keep_the_format_of_the_first():
    paragraph = para("Hej ", run("{", "<w:b/>"), run("{ per"), "son", '<w:proofErr w:type="x"/>', ".name }} och hej")
    document = made(paragraph, data={"person": {"name": "Test Testsson"}})
    assert docx_text(document) == "Hej Test Testsson och hej"
    assert '<w:rPr><w:b/></w:rPr><w:t xml:space="preserve">Test Testsson</w:t>' in unzipped(document)


def test_a_tag_may_hold_tabs_breaks_and_hard_hyphens():
    broken = "<w:r><w:t>{{ a</w:t><w:tab/><w:t>|</w:t><w:br/><w:t>upper }}!</w:t></w:r>"
    assert text_of(para(broken), data={"a": "x"}) == "X!"


def test_tags_in_links_insertions_and_content_controls():
    body = (
        f'<w:p><w:hyperlink w:anchor="x">{run("{{ a }}")}</w:hyperlink>'
        f'<w:ins w:id="1" w:author="x">{run("{{ b }}")}</w:ins></w:p>'
        f"<w:sdt><w:sdtPr><w:dataBinding w:xpath='x' w:storeItemID='y'/></w:sdtPr>"
        f"<w:sdtContent>{para('{{ c }}')}</w:sdtContent></w:sdt>"
    )
    document = made(body, data={"a": "1", "b": "2", "c": "3"})
    assert docx_text(document) == "12\n3"
    assert "dataBinding" not in unzipped(document)


def test_inline_if_elif_else_over_runs():
    body = para("a", "{% if n == 1 %}", run("ett", "<w:b/>"), "{% elif n == 2 %}två{% else %}många{% endif %}", "z")
    assert [text_of(body, data={"n": n}) for n in (1, 2, 3)] == ["aettz", "atvåz", "amångaz"]


def test_inline_loop_over_runs_keeps_each_runs_format():
    body = para("{% for x in xs %}", run("{{ x }}", "<w:b/>"), "{% if not loop.last %}, {% endif %}{% endfor %}.")
    document = made(body, data={"xs": ["a", "b"]})
    assert docx_text(document) == "a, b."
    assert unzipped(document).count("<w:b/>") == 2


def test_run_tags():
    body = para("före {%r if a %}", run("mitt", "<w:b/>"), "{%r endif %} efter")
    assert text_of(body, data={"a": True}) == "före mitt efter"
    assert text_of(body, data={"a": False}) == "före  efter"


def test_paragraph_tags_remove_their_paragraphs():
    body = para("{%p if a %}"), para("ja"), para("{%p else %}"), para("nej"), para("{%p endif %}")
    assert text_of(*body, data={"a": True}) == "ja"
    assert text_of(*body, data={"a": False}) == "nej"


def test_several_paragraph_tags_in_one_paragraph():
    body = para("{%p for x in xs %}{%p if x %}"), para("{{ x }}"), para("{%p endif %}{%p endfor %}")
    assert text_of(*body, data={"xs": ["a", "", "b"]}) == "a\nb"


def test_plain_tags_alone_in_paragraphs_are_moved_up_with_a_warning():
    body = docx(para("{% for x in xs %}"), para("{{ x }}"), para("{% endfor %}"))
    assert docx_text(compile(body).render({"xs": ["a", "b"]})) == "a\nb"
    assert [f.severity for f in check(body, "x.docx")] == ["warning"]


def test_rows_in_rows():
    body = table(
        row("Mål", "Insats"),
        row("{%tr for m in plan.goals %}", ""),
        row("{{ m.text }}", ""),
        row("{%tr for i in m.actions %}", ""),
        row("{{ loop.index }}", "{{ i.what }}"),
        row("{%tr endfor %}{%tr endfor %}", ""),
    )
    assert text_of(body, data={"plan": GOALS}) == ("Mål\tInsats\nSova bättre\t\n1\tSamtal\n2\tPromenad\nArbeta\t")


def test_cell_tags():
    body = table(row("{%tc for x in xs %}", "{{ x }}", "{%tc endfor %}", "sist"))
    assert text_of(body, data={"xs": ["a", "b"]}) == "a\tb\tsist"


def test_loops_of_paragraphs_in_cells_and_of_tables():
    inner = table(row(cell(para("{%p for y in x.ys %}"), para("{{ y }}"), para("{%p endfor %}"))))
    body = para("{%p for x in xs %}"), inner, para("-"), para("{%p endfor %}")
    assert text_of(*body, data={"xs": [{"ys": ["a", "b"]}, {"ys": []}]}) == "a\nb\n-\n\n-"


def test_condition_around_a_table():
    body = para("{%p if a %}"), table(row("x")), para("{%p endif %}"), para("efter")
    assert text_of(*body, data={"a": True}) == "x\nefter"
    assert text_of(*body, data={"a": False}) == "efter"


def test_set_and_else_of_a_loop():
    body = para("{% set n = 'nya' %}{% for x in xs %}{{ x }}{% else %}inga {{ n }}{% endfor %}")
    assert text_of(body, data={"xs": []}) == "inga nya"


def test_comments_and_literals():
    body = para("a{# it's a note #}b {_{ c }_} {_% d %_}"), para("{#p bort #}"), para("{# r kvar #}z")
    assert text_of(*body) == "ab {{ c }} {% d %}\nz"


def test_a_field_may_be_called_p_or_r():
    assert text_of(para("{{ p }}{{p}}{{ r|upper }}{{r x}}"), data={"p": "1", "r": "b", "x": "c"}) == "11Bc"


# Parts


def test_headers_footers_notes_and_boxes():
    box = f"<w:txbxContent>{para('{{ a }} i ruta')}</w:txbxContent>"
    drawing = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>"
        f"{box}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r>"
    )
    parts = {
        "header1": para("huvud {{ a }}"),
        "footer1": para("fot {{ a }}"),
        "footnotes": f'<w:footnote w:id="1">{para("not {{ a }}")}</w:footnote>',
        "endnotes": f'<w:endnote w:id="1">{para("slut {{ a }}")}</w:endnote>',
    }
    document = made(f"<w:p>{drawing}</w:p>", parts=parts, data={"a": "Å"})
    assert docx_text(document) == "\nÅ i ruta\nhuvud Å\nfot Å\nnot Å\nslut Å"
    assert unzipped(document).count("Å i ruta") == 2
    assert {f.place for f in check(docx(f"<w:p>{drawing}</w:p>"), "k.docx", {"b": None})} == {"k.docx, textruta 1"}


def test_properties():
    template = Document()
    template.core_properties.title = "Plan för {{ name }}{% if n %} ({{ n }}){% endif %}"
    buffer = io.BytesIO()
    template.save(buffer)
    document = compile(buffer.getvalue()).render({"name": "A & B\nC", "n": 2})
    assert Document(io.BytesIO(document)).core_properties.title == "Plan för A & B C (2)"


# Values


def test_escapes_breaks_tabs_and_control_characters():
    value = 'a & <b> "c"\r\nd\te\x00\x07\x1b\u202e\u200b\ud800\ufdd0f\u2028'
    document = made(para(run("x{{ v }}y", "<w:b/>")), data={"v": value})
    assert docx_text(document) == 'xa & <b> "c"\nd\tefy'
    xml = unzipped(document)
    assert xml.count("<w:br/>") == xml.count("<w:tab/>") == xml.count("<w:b/>") == 1


def test_none_is_written_as_asked():
    body = docx(para("{{ a }}{{ a|upper }}{{ 'x' ~ a }}{{ a|d('-') }}{{ xs|join(', ') }}{{ g.b }}"))
    data = {"a": None, "xs": ["b", None], "g": None}
    assert docx_text(compile(body, none_text="?").render(data)) == "??x?-b, ??"
    assert docx_text(compile(body).render(data)).startswith("Ej angivetEj angivetx")


@pytest.mark.parametrize(
    ("expression", "value", "expected"),
    [
        ("x|datum", "2026-12-01", "1 december 2026"),
        ("x|datum", date(2026, 12, 1), "1 december 2026"),
        ("x|datum", "i vår", "i vår"),
        ("x|kortdatum", "2026-12-01T13:00", "2026-12-01"),
        ("x|klockan", "13:00", "13.00"),
        ("x|klockan", "2026-12-01T09:05:00+01:00", "09.05"),
        ("x|klockan", "9.30", "9.30"),
        ("x|klockan", "2026-12-01", "2026-12-01"),
        ("x|ja_nej", True, "ja"),
        ("x|ja_nej|capitalize", False, "Nej"),
        ("x", True, "ja"),
        ("x", date(2026, 12, 1), "2026-12-01"),
        ("x", 7, "7"),
        ("x|length", ["a"], "1"),
        ("x|first", ["a", "b"], "a"),
        ("x|last", [], "Ej angivet"),
        ("x|join(', ', attribute='n')", [{"n": "a"}, {"n": "b"}], "a, b"),
        ("x[1].n", [{"n": "a"}, {"n": "b"}], "b"),
        ("x['n']", {"n": "a"}, "a"),
        ("x.items", {"items": "a"}, "a"),
        ("'ja' if x in ['a', 'b'] else 'nej'", "b", "ja"),
        ("'ja' if x", False, ""),
        ("x|default('-')", None, "-"),
        ("y|default('-')", "", "-"),
        ("y is defined", "", "nej"),
        ("y.z is defined", "", "nej"),
        ("x|trim|title", " en två ", "En Två"),
        ("'a & b'", "", "a & b"),
    ],
)
def test_expressions(expression, value, expected):
    assert text_of(para(f"{{{{ {expression} }}}}"), data={"x": value}) == expected


def test_a_missing_name_is_named_with_its_place():
    template = compile(docx(para("Hej"), para("{% for g in plan.goals %}{{ g.text }}{% endfor %}")), "plan.docx")
    with pytest.raises(TemplateFault) as caught:
        template.render({"plan": {"goals": [{"tetx": "hemligt"}]}})
    assert caught.value.what == "Fältet ”plan.goals.text” saknas i uppgifterna till mallen plan.docx."
    assert caught.value.faults[0].where.startswith("plan.docx, stycke 2")
    assert "hemligt" not in repr(caught.value)


@pytest.mark.parametrize(
    ("tag", "value"),
    [
        ("{{ x }}", []),
        ("{{ x }}", {}),
        ("{% for a in x %}{% endfor %}", "text"),
        ("{% if x > 3 %}{% endif %}", None),
        ("{{ x|length }}", 3),
        ("{{ x|join(',', attribute='a') }}", [{"b": "hemligt"}]),
    ],
)
def test_values_of_the_wrong_kind_stop_with_a_sentence(tag, value):
    with pytest.raises(TemplateFault) as caught:
        text_of(para(tag), data={"x": value})
    assert "hemligt" not in caught.value.what


@pytest.mark.parametrize("value", [object(), 1j, b"x", (1,), {1: "x"}, {"a": [{"b": {1}}]}, lambda: 1])
def test_only_plain_data(value):
    with pytest.raises(TypeError, match="not plain data"):
        compile(docx(para("x"))).render({"x": value})


# Empty loops


def test_a_table_without_rows_goes_and_other_tables_stay():
    loop = [row("{%tr for x in xs %}", ""), row("{{ x }}", ""), row("{%tr endfor %}", "")]
    nested = table(row(cell(table(*loop), para("kvar"))))
    document = made(para("före"), table(*loop), nested, para("efter"), data={"xs": []})
    assert docx_text(document) == "före\nkvar\nefter"
    assert unzipped(document).count("<w:tbl>") == 1
    assert docx_text(made(table(*loop), data={"xs": ["a"]})) == "a\t"


def test_a_row_without_cells_goes_and_its_table_with_it():
    body = table(row("{%tc for x in xs %}", "{{ x }}", "{%tc endfor %}")), para("efter")
    assert unzipped(made(*body, data={"xs": []})).count("<w:tbl>") == 0
    assert text_of(*body, data={"xs": []}) == "efter"


@pytest.mark.parametrize("xs", [[], ["a"], ["a", "b"]])
def test_cells_headers_and_boxes_always_end_with_a_paragraph(xs):
    loop = para("{%p for x in xs %}") + para("{{ x }}") + "<w:p/>" + para("{%p endfor %}")
    note = f'<w:footnote w:id="1">{loop}</w:footnote>'
    document = made(
        table(row(cell(loop), cell(loop))), para("x"), parts={"header1": loop, "footnotes": note},
        data={"xs": xs},
    )  # fmt: skip
    for name in ("document", "header1", "footnotes"):
        root = etree.fromstring(unzipped(document, f"word/{name}.xml").encode())
        for holder in root.iter("{*}tc", "{*}hdr", "{*}footnote"):
            assert etree.QName(holder[-1]).localname == "p"
            assert len([p for p in holder if p.tag.endswith("}p")]) == max(1, 2 * len(xs))


def test_a_cell_whose_only_paragraph_was_a_comment_keeps_one():
    assert text_of(table(row(cell(para("{#p bort #}")), "x"))) == "\tx"


def test_merged_cells_in_loops():
    body = table(row("{%tr for x in xs %}", ""), row("{% vm %}{{ g }}", "{{ x }}"), row("{%tr endfor %}", ""))
    document = made(body, data={"xs": ["a", "b", "c"], "g": "Mål"})
    assert docx_text(document) == "Mål\ta\n\tb\n\tc"
    xml = unzipped(document)
    assert (xml.count('<w:vMerge w:val="restart"/>'), xml.count("<w:vMerge/>")) == (1, 2)


def test_a_merge_that_outlives_its_row_is_warned_of():
    start, more = (cell("x", properties=f"<w:vMerge{v}/>") for v in (' w:val="restart"', ""))
    loop = row("{%tr for x in xs %}", ""), row(start, "{{ x }}"), row("{%tr endfor %}", "")
    assert [f.severity for f in check(docx(table(*loop, row(more, "y"))), "x")] == ["warning"]
    assert not check(docx(table(row(start, "y"), loop[0], row(more, "{{ x }}"), loop[2])), "x")


def test_bookmarks_are_not_doubled_by_loops():
    mark = '<w:bookmarkStart w:id="4" w:name="b"/><w:bookmarkEnd w:id="4"/>'
    body = para("{%p for x in xs %}"), f"<w:p>{mark}{run('{{ x }}')}</w:p>", para("{%p endfor %}")
    assert "bookmark" not in unzipped(made(*body, data={"xs": ["a", "b"]}))
    half = f'<w:p><w:bookmarkStart w:id="4" w:name="b"/>{run("{%p if a %}")}</w:p>'
    rest = '<w:p><w:bookmarkEnd w:id="4"/></w:p>'
    assert unzipped(made(half, rest, para("{%p endif %}"), data={"a": True})).count("bookmark") == 2


# The file


def test_the_same_data_gives_the_same_bytes():
    source = docx(para("{{ a }}"), parts={"header1": para("{{ a }}")})
    data = {"a": "Test Testsson"}
    one, two = compile(source), compile(source)
    assert one.render(data) == one.render(data) == two.render(data)
    assert one.sha256 == two.sha256
    with zipfile.ZipFile(io.BytesIO(one.render(data))) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_unchanged_parts_are_copied_as_they_lie():
    template = Document()
    template.add_paragraph("{{ a }}")
    buffer = io.BytesIO()
    template.save(buffer)
    document = compile(buffer.getvalue()).render({"a": "x"})

    def compressed(data):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            starts = {i.filename: i.header_offset + 30 + len(i.filename.encode()) for i in archive.infolist()}
            return {i.filename: data[(at := starts[i.filename]) : at + i.compress_size] for i in archive.infolist()}

    before, after = compressed(buffer.getvalue()), compressed(document)
    assert before.keys() == after.keys()
    assert {name for name in before if before[name] != after[name]} == {"word/document.xml"}


def test_a_dotx_becomes_a_docx_without_its_attached_template():
    settings = '<w:attachedTemplate xmlns:r="urn:r" r:id="p9"/>'
    attached = (
        '<Relationship Id="p9" Type="http://x/attachedTemplate" Target="file:///C:/x.dotm" TargetMode="External"/>'
    )
    relations = f'<Relationships xmlns="urn:x">{attached}</Relationships>'.encode()
    source = docx(
        para("{{ a }}"), kind="template", parts={"settings": settings},
        files={"word/_rels/settings.xml.rels": relations},
    )  # fmt: skip
    document = compile(source).render({"a": "x"})
    assert "document.main+xml" in unzipped(document, "[Content_Types].xml")
    assert "attachedTemplate" not in unzipped(document, "word/settings.xml")
    assert "attachedTemplate" not in unzipped(document, "word/_rels/settings.xml.rels")


def test_names():
    source = docx(para("{{ person.name }}{% for g in plan.goals %}{{ g.text }}{{ loop.index }}{% endfor %}"))
    assert compile(source).names == {"person.name", "plan.goals", "plan.goals.text"}


@pytest.mark.parametrize("goals", [[], GOALS["goals"]])
def test_the_document_is_valid_by_the_schema(goals, tmp_path):
    template = Document()
    template.add_heading("Plan för {{ name }}", 1)
    template.add_paragraph("{%p for g in goals %}")
    template.add_paragraph("{{ g.text }}: {% for a in g.actions %}{{ a.what }} {% endfor %}", "List Bullet")
    template.add_paragraph("{%p endfor %}")
    grid = template.add_table(3, 2)
    for at, text in {0: "{%tr for g in goals %}", 1: "{% vm %}{{ name }}", 2: "{%tr endfor %}"}.items():
        grid.cell(at, 0).text = text
    grid.cell(1, 1).text = "{{ g.text }}"
    template.sections[0].header.paragraphs[0].text = "{{ name }}"
    template.save(tmp_path / "mall.docx")
    made = compile(tmp_path / "mall.docx").render({"name": "Test\nTestsson\t<&>", "goals": goals})
    (tmp_path / "ut.docx").write_bytes(made)
    # python-docx's own starting document has two faults of its own; none may be added.
    before, after = (
        {error.description for error in OpenXmlValidator().validate(str(tmp_path / name)).errors}
        for name in ("mall.docx", "ut.docx")
    )
    assert after <= before
