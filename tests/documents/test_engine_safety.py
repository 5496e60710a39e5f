"""What is refused: files that are not Word documents, and templates that reach for more than their data."""

import io
import struct
import zipfile
import zlib

import pytest
from engine_docs import TYPES, docx, para, run, zipped

from sipctl.documents.template import check, compile
from sipctl.documents.template.text import docx_text
from sipctl.errors import TemplateFault

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
SOUND = docx(para("x"))


def refused(data):
    with pytest.raises(TemplateFault) as caught:
        compile(data, "mall.docx")
    fault = caught.value
    assert fault.remedy
    assert [f.message for f in check(data, "mall.docx")]
    return fault.what


def contents():
    with zipfile.ZipFile(io.BytesIO(SOUND)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "är tom"),
        (b"Hej", "är inte ett Word-dokument"),
        (b"{\\rtf1 Hej}", "är en RTF-fil"),
        (b"%PDF-1.7", "är en pdf"),
        (OLE, "gamla Word-formatet .doc"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "skyddad med lösenord"),
        (SOUND[: len(SOUND) // 2], "avklippt eller skadad"),
        (SOUND[:-30], "avklippt eller skadad"),
        (zipped({"x.txt": b"x"}), "zip-fil men inte ett Word-dokument"),
        (zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}), "OpenDocument"),
        (docx(para("x"), kind="application/vnd.ms-word.document.macroEnabled.main+xml"), "makron"),
        (docx(para("x"), files={"word/vbaProject.bin": b"x"}), "makron"),
        (docx(para("x"), kind="application/vnd.x.spreadsheetml.sheet.main+xml"), "inte ett Word-dokument"),
    ],
)
def test_each_wrong_file_has_its_own_sentence(data, sentence):
    assert sentence in refused(data)


def test_strict_documents_are_named():
    strict = contents()
    strict["_rels/.rels"] = strict["_rels/.rels"].replace(
        b"http://schemas.openxmlformats.org/officeDocument/2006", b"http://purl.oclc.org/ooxml/officeDocument"
    )
    assert "Strict Open XML" in refused(zipped(strict))


def test_too_many_entries():
    assert "fler än 500" in refused(zipped(contents() | {f"x{n}.xml": b"<x/>" for n in range(500)}))


def test_too_much_when_unpacked():
    big = {
        f"x{n}.bin": b"".join(struct.pack("<I", i * 2654435761 % 2**32) for i in range(9)) * 250_000 for n in range(6)
    }
    assert "större än 50 MB" in refused(zipped(contents() | big))


def test_packed_too_hard():
    assert "orimligt hårt" in refused(zipped(contents() | {"x.bin": b"\0" * 1_000_000}))


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("name", ["word/document.xml", "WORD/document.xml"])
def test_two_entries_with_one_name(name):
    buffer = io.BytesIO(SOUND)
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr(name, b"<x/>")
    assert "två delar med samma namn" in refused(buffer.getvalue())


@pytest.mark.parametrize("name", ["../x", "/etc/x", "a/../../x", "c:/x", "a\\x"])
def test_names_outside(name):
    assert "otillåtet namn" in refused(zipped(contents() | {name: b"x"}))


def test_overlapping_entries():
    data = bytearray(SOUND)
    listing = data.index(b"PK\x01\x02")
    second = data.index(b"PK\x01\x02", listing + 4)
    data[second + 42 : second + 46] = data[listing + 42 : listing + 46]
    assert "ligger i varandra" in refused(bytes(data))


def test_names_that_differ_between_header_and_listing():
    data = bytearray(SOUND)
    at = data.index(b"word/document.xml")
    data[at : at + 4] = b"evil"
    assert "heter olika" in refused(bytes(data))


def test_a_lying_size_costs_nothing():
    data = bytearray(docx(para("x"), files={"x.bin": b"\0" * 900 + zlib.compress(b"x" * 99)}))
    listing = data.index(b"x.bin", data.index(b"PK\x01\x02")) - 46
    data[listing + 24 : listing + 28] = struct.pack("<I", 5)
    assert "avklippt eller skadad" in refused(bytes(data))


def test_encrypted_entries():
    data = bytearray(SOUND)
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert "krypterade" in refused(bytes(data))


@pytest.mark.parametrize("part", ["word/document.xml", "word/theme.xml", "word/_rels/document.xml.rels"])
@pytest.mark.parametrize("dtd", ['<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', '<!DOCTYPE x SYSTEM "file:///x"><x/>'])
def test_no_dtd(part, dtd):
    assert "DTD" in refused(zipped(contents() | {part: dtd.encode()}))


def test_broken_xml_is_named():
    assert "word/document.xml går inte att läsa" in refused(zipped(contents() | {"word/document.xml": b"<x>"}))


def relations(*rows):
    return {"word/_rels/document.xml.rels": f'<Relationships xmlns="x">{"".join(rows)}</Relationships>'.encode()}


def relation(kind, target, mode='TargetMode="External"'):
    return f'<Relationship Id="a" Type="http://x/{kind}" Target="{target}" {mode}/>'


@pytest.mark.parametrize(
    "row",
    [
        relation("image", "http://x/y.png"),
        relation("oleObject", "file:///x"),
        relation("frame", "x.docx"),
        relation("image", "\\\\x\\y.png", ""),
        relation("aFChunk", "x.html", ""),
        relation("hyperlink", "http://x/{{ a }}"),
    ],
)
def test_nothing_from_outside(row):
    compiled = docx(para("x"), files=relations(row))
    assert refused(compiled)


def test_hyperlinks_are_fine():
    rows = [relation("hyperlink", target) for target in ("https://x", "mailto:a@example.se", "tel:08", "#x")]
    assert check(docx(para("x"), files=relations(*rows)), "x") == []
    assert check(docx(para("x"), files=relations(relation("hyperlink", "file:///x"))), "x")[0].severity == "warning"


FIELD_END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def field(*codes):
    inner = "".join(f"<w:r><w:instrText>{code}</w:instrText></w:r>" for code in codes)
    return f'<w:r><w:fldChar w:fldCharType="begin"/></w:r>{inner}{FIELD_END}'


@pytest.mark.parametrize(
    "paragraph",
    [
        f"<w:p>{field(' DDEAUTO c:x ')}</w:p>",
        f"<w:p>{field('D', 'DE', ' x')}</w:p>",
        f"<w:p>{field('includetext x')}</w:p>",
        f"<w:p>{field('INCLUDEPICTURE x')}</w:p>",
        "<w:p><w:fldSimple w:instr=' DDE x '/></w:p>",
        f"<w:p>{field('IF ').removesuffix(FIELD_END)}{field('DDE x')}{FIELD_END}</w:p>",
        "<w:p><w:r><w:instrText>DDE x</w:instrText></w:r></w:p>",
        f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>{field("QUOTE DDE")}</w:p>',
    ],
)
@pytest.mark.parametrize("where", ["body", "header"])
def test_no_fields_that_fetch(paragraph, where):
    assert "fält" in refused(docx(paragraph) if where == "body" else docx(para("x"), parts={"header1": paragraph}))


def test_ordinary_fields_are_fine():
    toc = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{field(" PAGEREF x ")}{run("1")}'
        f'<w:r><w:fldChar w:fldCharType="end"/></w:r>{field("PAGE")}</w:p>'
    )
    assert check(docx(toc), "x") == []


ATTACKS = [
    "{{ ''.__class__ }}",
    "{{ x['__class__'] }}",
    "{{ x._y }}",
    "{{ _x }}",
    "{{ self }}",
    "{{ '%1000000000d' % 1 }}",
    "{{ 'a' * 1000000000 }}",
    "{{ 9 ** 9 ** 9 }}",
    "{{ 1 + 1 }}",
    "{{ -x }}",
    "{{ x() }}",
    "{{ x.format(1) }}",
    "{{ x|attr('y') }}",
    "{{ x|map('upper')|list }}",
    "{{ x|format(1) }}",
    "{{ x|safe }}",
    "{{ x|default(1 + 1) }}",
    "{{ x|join(sep='y') }}",
    "{{ x is eq(1) }}",
    "{{ x == (1 + 1) }}",
    "{{ x[0:9] }}",
    "{{ x[y] }}",
    "{{ x[y()] }}",
    "{{ {'a': 1} }}",
    "{{ x, y }}",
    "{{ [x] }}",
    "{{ 9" + "9" * 1990 + " }}",
    "{{ " + "(" * 900 + "x" + ")" * 900 + " }}",
    "{% for i in range(10**9) %}{% endfor %}",
    "{% for a, b in x %}{% endfor %}",
    "{% for a in x if a %}{% endfor %}",
    "{% for a in x recursive %}{% endfor %}",
    "{% for loop in x %}{% endfor %}",
    "{% for _a in x %}{% endfor %}",
    "{% set x.y = 1 %}",
    "{% set x %}",
    "{% set a, b = x %}",
    "{% set self = 1 %}",
    "{% include 'x' %}",
    "{% import 'x' as y %}",
    "{% extends 'x' %}",
    "{% macro x() %}{% endmacro %}",
    "{% call x() %}{% endcall %}",
    "{% block x %}{% endblock %}",
    "{% filter upper %}{% endfilter %}",
    "{% with %}{% endwith %}",
    "{% raw %}{% endraw %}",
    "{% autoescape false %}{% endautoescape %}",
    "{% debug %}",
    "{% do x %}",
    "{% if x %}{% endif x %}",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_attacks_stop_at_the_check(attack):
    assert refused(docx(para(attack)))


@pytest.mark.parametrize(
    "bomb",
    [
        "{% set a = x %}" + "{% set a = a ~ a %}" * 60 + "{{ a }}",
        "{% for a in xs %}" * 8 + "{% endfor %}" * 8,
        "{% set y = x ~ x %}{{ xs|join(y) }}",
    ],
)
def test_what_grows_without_end_stops_while_rendering(bomb):
    template = compile(docx(para(bomb)))
    with pytest.raises(TemplateFault, match="orimligt"):
        template.render({"x": "x" * 999, "xs": ["y"] * 99})


def test_values_are_never_markup_or_templates():
    for value in ("{{ x }}", "{% if", "</w:t></w:r>", "<?sip 0?>", "&lt;", "\ufde00\ufde1", "]]>"):
        text = docx_text(compile(docx(para("{{ a }}"))).render({"a": value}))
        assert text == value.replace("\ufde0", "").replace("\ufde1", "")


def test_reserved_characters_in_a_template_are_refused():
    assert "otillåtna tecken" in refused(docx(para("{{ a }}\ufde0")))
    assert "otillåtna tecken" in refused(docx(para("{{ a }}", "<w:r><w:t>&#xFDD0;0&#xFDD1;</w:t></w:r>")))


def test_methods_of_values_are_out_of_reach():
    template = compile(docx(para("{{ x.upper is defined }}{{ y.items is defined }}{{ z.append is defined }}")))
    assert docx_text(template.render({"x": "a", "y": {}, "z": []})) == "nejnejnej"


def test_docx_text_opens_safely_too():
    with pytest.raises(TemplateFault):
        docx_text(b"Hej")
    assert TYPES
