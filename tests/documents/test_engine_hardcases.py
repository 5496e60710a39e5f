"""What templates made by hand are like, and where other engines lose text or break the document."""

import io
import subprocess
import zipfile

import pytest
from docx import Document
from engine_docs import W, cell, docx, para, row, run, table, unzipped
from lxml import etree

from sipctl.documents.template import check, compile
from sipctl.documents.template.text import docx_text

START, GOES_ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
LOOP, END = row("{%tr for x in xs %}", ""), row("{%tr endfor %}", "")


def made(*body, data=None, **more):
    document = compile(docx(*body, **more), "mall.docx").render(data or {})
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        assert archive.testzip() is None
        roots = {name: etree.fromstring(archive.read(name)) for name in archive.namelist()}
    sound(roots["word/document.xml"])
    return document


def text_of(*body, data=None, **more):
    return docx_text(made(*body, data=data, **more))


def sound(root):
    """What Word asks of tables, cells and content controls."""
    for outer, inner in (("tbl", "tr"), ("tr", "tc")):
        for each in root.iter(f"{{{W}}}{outer}"):
            assert each.find(f".//{{{W}}}{inner}") is not None, outer
    for each in root.iter(f"{{{W}}}tc"):
        assert etree.QName(each[-1]).localname in ("p", "sdt")
    for each in root.iter(f"{{{W}}}sdtContent"):
        assert len(each), "an empty control"
    for each in root.iter(f"{{{W}}}vMerge"):
        assert begins(each), "a merged cell that never began"


def begins(merge):
    """Whether the cell above a merged one, in the same column, belongs to the same merged cell."""
    if merge.get(f"{{{W}}}val") == "restart":
        return True
    own_cell = merge.getparent().getparent()
    above = own_cell.getparent().getprevious()
    if above is None or not above.tag.endswith("}tr"):
        return False
    twin = above.findall(f"{{{W}}}tc")[own_cell.getparent().findall(f"{{{W}}}tc").index(own_cell)]
    return twin.find(f"{{{W}}}tcPr/{{{W}}}vMerge") is not None


def control(*content, properties=""):
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{''.join(content)}</w:sdtContent></w:sdt>"


def merges(document):
    root = etree.fromstring(unzipped(document).encode())
    return [each.get(f"{{{W}}}val", "") for each in root.iter(f"{{{W}}}vMerge")]


# Values


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("A & B <c> \"d\" 'e' ]]> &amp;", "A & B <c> \"d\" 'e' ]]> &amp;"),
        ("a\r\nb\rc\nd\te", "a\nb\nc\nd\te"),
        ("lös \ud83d surrogat \udfff", "lös  surrogat "),
        ("hel 😀", "hel 😀"),
        ("a\u030ar", "a\u030ar"),
        ("  inleds och slutar  ", "  inleds och slutar  "),
        ("", ""),
        (None, "Ej angivet"),
        (0, "0"),
        (-7, "-7"),
        (10**30, str(10**30)),
        (True, "ja"),
        (False, "nej"),
        ("å" * 200_000, "å" * 200_000),
        ("rad\n" * 3_000, "rad\n" * 3_000),
    ],
    ids=range(15),
)
def test_values_come_out_whole(value, text):
    assert text_of(para("[{{ v }}]"), data={"v": value}) == f"[{text}]"


def test_blanks_are_kept_although_the_template_did_not_ask_for_it():
    body = "<w:p><w:r><w:t>{{ a }}</w:t></w:r><w:r><w:t>{{ b }}</w:t></w:r></w:p>"
    xml = unzipped(made(body, data={"a": "x ", "b": " y"}))
    assert xml.count('<w:t xml:space="preserve">') == 2


def test_decomposed_letters_in_a_name_and_in_a_text_of_the_template():
    body = para('{% if ma\u030al == "a\u030ar" %}{{ ma\u030al }}{% endif %} a\u030a')
    assert text_of(body, data={"mål": "år"}) == "år a\u030a"


# Tags as Word leaves them


def test_tags_in_pieces_with_everything_word_puts_between():
    between = (
        '<w:proofErr w:type="spellStart"/>',
        '<w:bookmarkStart w:id="1" w:name="_GoBack"/>',
        '<w:bookmarkEnd w:id="1"/>',
        '<w:r w:rsidR="00A1" w:rsidRPr="00B2"><w:rPr><w:lang w:val="en-US"/></w:rPr><w:lastRenderedPageBreak/></w:r>',
        "<w:r><w:softHyphen/></w:r>",
        '<w:smartTag w:uri="x" w:element="y"><w:smartTagPr/><w:r><w:t>na</w:t></w:r></w:smartTag>',
        '<w:proofErr w:type="spellEnd"/>',
    )
    pieces = "".join(run(piece) + mark for piece, mark in zip("{{", between[:2], strict=True))
    body = f"<w:p>{pieces}{run(' person.')}{''.join(between[2:])}{run('me ')}{run('}')}{run('} efter')}</w:p>"
    assert text_of(body, data={"person": {"name": "Test"}}) == "Test efter"


def field(result, code=" REF x "):
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve">'
        f'{code}</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def test_links_field_results_insertions_and_moved_text():
    body = (
        f'<w:p><w:hyperlink w:anchor="x">{run("{{ ")}{run("a }}")}</w:hyperlink>'
        f'<w:fldSimple w:instr=" AUTHOR ">{run("{{ a }}")}</w:fldSimple>{field(run("{{ a }}"))}'
        f'<w:ins w:id="1" w:author="x">{run("{{ a")}</w:ins>{run(" }}")}'
        f'<w:moveTo w:id="2" w:author="x">{run("{{ a }}")}</w:moveTo>'
        '<w:del w:id="3" w:author="x"><w:r><w:delText>bort</w:delText></w:r></w:del></w:p>'
    )
    document = made(body, data={"a": "1"})
    assert docx_text(document) == "11111"
    xml = unzipped(document)
    assert xml.count("<w:ins ") == xml.count("<w:del ") == xml.count("<w:moveTo ") == xml.count("<w:hyperlink ") == 1


def test_a_tag_half_in_a_deletion_is_read_without_it():
    deleted = '<w:del w:id="3" w:author="x"><w:r><w:delText>gammalt</w:delText></w:r></w:del>'
    assert text_of(f"<w:p>{run('{{ ')}{deleted}{run('a }}')}</w:p>", data={"a": "1"}) == "1"


def test_both_forms_of_a_text_box_are_filled_the_same():
    content = f"<w:txbxContent>{para('{%p for x in xs %}')}{para('{{ x }}')}{para('{%p endfor %}')}</w:txbxContent>"
    body = (
        "<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>"
        f"{content}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{content}</v:textbox></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    for xs in (["a", "b"], []):
        boxes = etree.fromstring(unzipped(made(body, data={"xs": xs})).encode()).iter(f"{{{W}}}txbxContent")
        texts = [["".join(p.itertext()) for p in each] for each in boxes]
        assert texts == [xs or [""]] * 2


def test_notes_in_loops():
    reference = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    body = para("{%p for x in xs %}"), f"<w:p>{run('{{ x }}')}{reference}</w:p>", para("{%p endfor %}")
    notes = f'<w:footnote w:id="2">{para("{{ a }}")}</w:footnote>'
    assert text_of(*body, parts={"footnotes": notes}, data={"xs": ["x"], "a": "not"}) == "x\nnot"


# Tables


def test_a_merged_cell_that_begins_on_the_row_of_a_tag_begins_below_instead():
    opening = row(cell("{%tr for x in xs %}", properties=START), "")
    body = table(row("a", "b"), opening, row(cell("", properties=GOES_ON), "{{ x }}"), END)
    assert merges(made(body, data={"xs": ["1", "2"]})) == ["restart", "restart"]
    across = row(cell("{%tr if a %}", properties='<w:gridSpan w:val="2"/>' + START), "")
    wide = cell("x", properties='<w:gridSpan w:val="2"/>' + GOES_ON)
    ending = row(cell("{%tr endif %}", properties='<w:gridSpan w:val="2"/>' + GOES_ON), "")
    assert merges(made(table(row("a", "b", "c"), across, row(wide, "y"), ending), data={"a": True})) == ["restart"]


@pytest.mark.parametrize(
    ("opening", "closing", "data", "expected"),
    [
        ("{%tr for x in xs %}", "{%tr endfor %}", {"xs": ["1", "2"]}, ["restart", "restart", ""]),
        ("{%tr for x in xs %}", "{%tr endfor %}", {"xs": []}, ["restart"]),
        ("{%tr if x %}", "{%tr endif %}", {"x": True}, ["restart", ""]),
        ("{%tr if x %}", "{%tr endif %}", {"x": False}, ["restart"]),
    ],
)
def test_a_merged_cell_that_outlives_its_first_row_begins_anew(opening, closing, data, expected):
    body = table(
        row("a", "b"), row(opening, ""), row(cell("s", properties=START), "{{ x }}"), row(closing, ""),
        row(cell("", properties=GOES_ON), "c"),
    )  # fmt: skip
    document = made(body, data={"x": "", **data})
    assert merges(document) == expected
    assert docx_text(document).endswith("\n\tc")
    assert [f.severity for f in check(docx(body), "k.docx")] == ["warning"]


def test_a_cell_that_ends_with_a_table_gets_its_paragraph():
    inner = table(LOOP, row("{{ x }}", ""), END)
    bare = f"<w:tc><w:tcPr/>{inner}</w:tc>"
    for xs in (["1"], []):
        assert text_of(table(row(bare, "y")), data={"xs": xs}) == ("1\t\n\ty" if xs else "\ty")


@pytest.mark.parametrize("xs", [["1", "2"], []])
def test_controls_around_what_may_be_empty(xs):
    rows = table(control(LOOP, row("{{ x }}", ""), END))
    looped = control(cell("{%tc for x in xs %}"), cell("{{ x }}"), cell("{%tc endfor %}"))
    cells = table(f"<w:tr>{cell('k')}{cell('l')}{looped}</w:tr>")
    blocks = control(para("{%p for x in xs %}"), para("{{ x }}"), para("{%p endfor %}"))
    tables = control(table(LOOP, row("{{ x }}", ""), END))
    nested = control(control(para("{%p if xs %}"), para("ja"), para("{%p endif %}")))
    text = text_of(rows, para("-"), cells, para("-"), blocks, tables, nested, para("slut"), data={"xs": xs})
    filled = "1\t\n2\t\n-\nk\tl\t1\t2\n-\n1\n2\n1\t\n2\t\nja\nslut"
    assert text == (filled if xs else "-\nk\tl\n-\n\n\n\nslut")


# Sections


def test_section_breaks_are_kept_by_controls_and_loops():
    landscape = '<w:pPr><w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/></w:sectPr></w:pPr>'
    section = f"<w:p>{landscape}{run('{{ x }}')}</w:p>"
    inside = control(para("{{ a }}"), section, para("{{ a }}"), properties='<w:tag w:val="a.b"/>')
    document = made(inside, data={"a": "A", "x": "X"})
    assert docx_text(document) == "A\nX\nA"
    assert unzipped(document).count("landscape") == 1
    looped = made(para("{%p for x in xs %}"), section, para("{%p endfor %}"), data={"xs": ["1", "2"]})
    assert unzipped(looped).count("landscape") == 2
    assert unzipped(looped).count("<w:sectPr>") == 3
    last = control(f"<w:p>{landscape}{run('Klicka')}</w:p>", properties='<w:tag w:val="a.b"/>')
    filled = unzipped(made(last, data={"a": {"b": "B"}}))
    assert "landscape" in filled
    assert "Klicka" not in filled


# The file


def test_a_header_keeps_its_own_relationships_and_untouched_parts_are_the_same():
    relations = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
    theme = b'<?xml version="1.0"?>\n<a:theme xmlns:a="urn:a"  >\r\n</a:theme>'
    source = docx(
        para("{{ a }}"),
        parts={"header1": para("utan"), "header2": para("{{ a }}")},
        files={"word/_rels/header2.xml.rels": relations, "word/theme/theme1.xml": theme},
    )
    document = compile(source).render({"a": "x"})
    with zipfile.ZipFile(io.BytesIO(source)) as before, zipfile.ZipFile(io.BytesIO(document)) as after:
        assert sorted(before.namelist()) == sorted(after.namelist())
        changed = {name for name in after.namelist() if before.read(name) != after.read(name)}
    assert changed == {"word/document.xml", "word/header2.xml"}


def test_a_template_saved_by_libreoffice(tmp_path, needs):
    needs("soffice")
    template = Document()
    template.core_properties.title = "Kallelse för {{ name }}"
    template.core_properties.author = "Test Testsson"
    template.add_paragraph("Hej {{ name }}")
    grid = template.add_table(3, 1)
    for at, text in enumerate(("{%tr for x in xs %}", "{{ x }}", "{%tr endfor %}")):
        grid.cell(at, 0).text = text
    template.save(tmp_path / "word.docx")
    profile = f"-env:UserInstallation=file://{tmp_path}/profil"
    convert = ["soffice", profile, "--headless", "--convert-to", "docx:MS Word 2007 XML"]
    folder = ["--outdir", tmp_path / "ut", tmp_path / "word.docx"]
    subprocess.run([*convert, *folder], check=True, capture_output=True, timeout=120)
    source = (tmp_path / "ut" / "word.docx").read_bytes()
    document = compile(source).render({"name": "A & B", "xs": ["1", "2"]})
    assert docx_text(document).startswith("Hej A & B\n1\n2")
    assert Document(io.BytesIO(document)).core_properties.title == "Kallelse för A & B"


def test_core_properties_as_newer_libreoffice_writes_them():
    # From version 24 the relationship has the type of the standard's other edition, which some readers do not know:
    # they add a second part with the same name.
    kind = "application/vnd.openxmlformats-package.core-properties+xml"
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Plan {{ a }}</dc:title></cp:coreProperties>'
    )
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    files = {
        "docProps/core.xml": core.encode(),
        "_rels/.rels": (
            f'<Relationships xmlns="{package}"><Relationship Id="r1" Type="{office}/officeDocument" '
            f'Target="word/document.xml"/><Relationship Id="r2" Type="http://schemas.openxmlformats.org/officedocument/'
            '2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>'
        ).encode(),
    }
    types = unzipped(docx(para("x")), "[Content_Types].xml")
    override = f'<Override PartName="/docProps/core.xml" ContentType="{kind}"/></Types>'
    files["[Content_Types].xml"] = types.replace("</Types>", override).encode()
    document = made(para("{{ a }}"), files=files, data={"a": "1 & 2"})
    assert "<dc:title>Plan 1 &amp; 2</dc:title>" in unzipped(document, "docProps/core.xml")
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        assert archive.namelist().count("docProps/core.xml") == 1
