"""Templates as strangers write them: tags that stand where nobody here would have put them."""

import io
import resource
from collections.abc import Mapping
from typing import Any

import pytest
from docx import Document
from docxtpl import DocxTemplate
from engine_docs import cell, docx, para, row, run, table, unzipped

from sipctl.documents.template import annotate, check, compile, docx_text
from sipctl.errors import TemplateFault

DATA = {
    "name": "Test Testsson",
    "yes": True,
    "no": False,
    "words": ["ett", "två", "tre"],
    "nothing": [],
    "rows": [["a", "b"], ["c", "d"]],
    "group": {"en nyckel": "värde", "n": -3, "f": 0.5},
}
SECTION = "<w:sectPr/>"


def ours(*body: str, data: Mapping[str, Any] = DATA, **more: Any) -> str:
    return docx_text(compile(docx(*body, **more)).render(dict(data), verify=True))


def oracle(*body: str, data: Mapping[str, Any] = DATA, **more: Any) -> str:
    template = DocxTemplate(io.BytesIO(docx(*body, **more)))
    template.render(dict(data))
    buffer = io.BytesIO()
    template.save(buffer)
    return docx_text(buffer.getvalue())


def said(*body: str, **more: Any) -> list[tuple[str, str]]:
    return [(f.severity, f.message) for f in check(docx(*body, **more))]


# Blocks over paragraphs, with text beside their tags

SPLIT = {
    "a list after a heading": [para("Deltar: {% for w in words %}"), para("{{ w }}"), para("{% endfor %}")],
    "text before and after": [para("a {% for w in words %}b"), para("{{ w }}"), para("c{% endfor %} d")],
    "nothing to repeat": [para("a {% for w in nothing %}b"), para("{{ w }}"), para("c{% endfor %} d")],
    "left out": [para("a {% if no %}b"), para("bort"), para("c{% endif %} d")],
    "kept": [para("a {% if yes %}b"), para("kvar"), para("c{% endif %} d")],
    "the other case": [para("a {% if no %}b"), para("c{% else %}d"), para("e{% endif %} f")],
    "a case between": [para("a{% if no %}b"), para("{% elif yes %}c"), para("d{% else %}e{% endif %}"), para("f")],
    "two in one paragraph": [para("{% for r in rows %}{% for c in r %}x"), para("{{ c }}{% endfor %}{% endfor %}")],
    "one inside another": [
        para("{% for r in rows %}i"),
        *(para("{% for c in r %}"), para("{{ c }}"), para("{% endfor %}.")),
        para("{% endfor %}slut"),
    ],
    "a table between": [para("a {% for w in words %}b"), table(row("{{ w }}", "x")), para("{% endfor %}d")],
    "in a cell": [table(row(cell(para("{% for w in words %}-"), para("{{ w }}{% endfor %}")), "x")), para("")],
    "whole paragraphs inside": [
        *(para("a {% if yes %}b"), para("{%p for w in words %}"), para("{{ w }}"), para("{%p endfor %}")),
        para("{% endif %}."),
    ],
    "between run tags": [para("a {%r if yes %}b"), para("c{%r endif %} d")],
}


@pytest.mark.parametrize("which", SPLIT)
def test_a_block_goes_on_over_paragraphs(which: str) -> None:
    assert ours(*SPLIT[which]) == oracle(*SPLIT[which])
    [*warnings] = said(*SPLIT[which])
    assert warnings
    assert {severity for severity, _message in warnings} == {"warning"}
    assert "text bredvid sig" in warnings[0][1]


def test_what_is_repeated_over_paragraphs_has_no_bookmarks() -> None:
    mark = '<w:bookmarkStart w:id="{0}" w:name="b{0}"/>{1}<w:bookmarkEnd w:id="{0}"/>'
    body = [para(mark.format(1, ""), "a {% for w in words %}", mark.format(2, "")), para(mark.format(3, ""), "x")]
    made = compile(docx(*body, para("{% endfor %}", mark.format(4, "")))).render(dict(DATA))
    names = [f'w:name="b{number}"' for number in range(1, 5)]
    with_names = unzipped(made)
    assert [with_names.count(name) for name in names] == [1, 0, 0, 1]


@pytest.mark.parametrize(
    "body",
    [
        [para("a {% if yes %}"), f"<w:p><w:pPr>{SECTION}</w:pPr>{run('b{% endif %}')}</w:p>"],
        [table(row("a {% for w in words %}", "{{ w }}{% endfor %}"))],
        [para("a {% if yes %}"), table(row("{% endif %}"))],
        [para("a {% if yes %}"), f'<w:p><w:hyperlink w:anchor="x">{run("b{% endif %}")}</w:hyperlink></w:p>'],
    ],
)
def test_what_cannot_be_cut_is_refused(body: list[str]) -> None:
    [(severity, message)] = said(*body)
    assert severity == "error"
    assert "olika nivåer" in message


# What is commented out


def test_a_comment_at_a_level_takes_the_rest_with_it() -> None:
    body = [
        para("{#p #}bort {{ saknas }}"),
        table(
            row("{#tr hela raden #}", "bort {{ saknas }}", cell(para("{%p if x %}y"), para("{%p endif %}"))),
            row("kvar", "{{ name }}", "{#tc cellen #} bort"),
        ),
        para("slut{# och här #}"),
    ]
    assert ours(*body) == oracle(*body) == "kvar\tTest Testsson\nslut"
    assert sorted(said(*body)) == [
        ("warning", "{#p … #} tar bort hela stycket, även det som står bredvid."),
        ("warning", "{#tc … #} tar bort hela cellen, även det som står bredvid."),
        ("warning", "{#tr … #} tar bort hela tabellraden, även det som står bredvid."),
    ]


def test_a_comment_does_not_take_a_section_with_it() -> None:
    assert [severity for severity, _ in said(f"<w:p><w:pPr>{SECTION}</w:pPr>{run('{#p x #}')}</w:p>")] == ["error"]


# Minus signs that join paragraphs

JOINED = {
    "into one sentence": [
        *(para("Jag bor"), para("{%- if yes -%}"), para("\u00a0i stan"), para("{%- else -%}"), para("\u00a0på landet")),
        *(para("{%- endif -%}"), para("\u00a0med katt.")),
    ],
    "only the one before": [para("a"), para("{%- if yes %}b{% endif %}"), para("c")],
    "only the one after": [para("a{% if yes -%}"), para("b{% endif -%}"), para("c")],
    "line breaks": [para("a", "<w:r><w:br/></w:r>", "{%- if no -%}", "<w:r><w:br/></w:r>", "b{% endif %}c")],
    "both ways at once": [para("före{% if yes -%}"), para("{%- endif %} efter")],
    "over an empty paragraph": [para("a"), para(""), para("{%- if yes %}b{% endif %}")],
}


@pytest.mark.parametrize("which", JOINED)
def test_a_minus_sign_joins_paragraphs(which: str) -> None:
    assert ours(*JOINED[which]) == oracle(*JOINED[which])
    assert said(*JOINED[which]) == []


def test_a_minus_sign_never_takes_text_or_a_section() -> None:
    first, second = f"<w:p><w:pPr>{SECTION}</w:pPr>{run('a')}</w:p>", para("{%- if yes %}b{% endif %}")
    assert ours(first, second) == "a\nb"
    assert ours(para("x"), para("a {%- if yes -%} b {%- endif %}")) == "x\na  b "
    assert ours(table(row("a")), second) == "a\nb"
    for body in ([first, second], [para("a {%- if yes %}b{% endif %}")], [para("{{- name }}")]):
        assert [severity for severity, _ in said(*body)] == ["advice"]


# What may be written in a tag

WRITTEN = {
    "{{ rows[0][1] }}{{ rows[-1][0] }}{{ words[-1] }}{{ name[0] }}": "bctreT",
    "{{ group['en nyckel'] }} {{ group.n }} {{ group[\"f\"] }}": "värde -3 0.5",
    "{% if group.n > -4 and group.f <= 0.5 %}ja{% endif %}": "ja",
    "{% if none != name %}satt{% endif %}": "satt",
    "{{ ('a', 'b')|join('-') }}": "a-b",
    "{{ 1 ~ '\u00a0kr' }}{% if '\u00a0' in 'a\u00a0b' %}\u00a0hård{% endif %}": "1\u00a0kr\u00a0hård",
    "a{# bort: {{ saknas }} {% if %} #}b": "ab",
    "{{ loop_ }}{{ emoji }}": "👩\u200d👧 🫨",
}


@pytest.mark.parametrize("written", WRITTEN)
def test_what_docxtpl_understands_is_understood(written: str) -> None:
    data = {**DATA, "emoji": "👩\u200d👧 \U0001fae8", "loop_": ""}
    assert ours(para(written), data=data) == oracle(para(written), data=data) == WRITTEN[written]


def test_readings_above_a_word() -> None:
    above, below = f"<w:rt>{run('{{ words[0] }}')}</w:rt>", f"<w:rubyBase>{run('{{ name }}')}</w:rubyBase>"
    body = para(f"<w:r><w:ruby><w:rubyPr/>{above}{below}</w:ruby></w:r>")
    assert ours(body) == oracle(body) == "ettTest Testsson"


# What may be asked of a value


def test_kinds_of_values() -> None:
    kinds = ("string", "number", "integer", "float", "boolean", "mapping", "sequence", "iterable", "none")
    asked = "".join(f"{{% if v is {kind} %}}{kind} {{% endif %}}" for kind in kinds)
    data = {"all": ["text", 3, 0.5, True, None, ["a"], {"a": 1}]}
    body = [para("{%p for v in all %}"), para(asked), para("{%p endfor %}")]
    assert ours(*body, data=data) == oracle(*body, data=data)


def test_places_in_a_loop() -> None:
    body = [para("{% for w in words %}{{ loop.revindex }}{{ loop.revindex0 }}{{ loop.index0 }} {% endfor %}")]
    assert ours(*body) == oracle(*body) == "320 211 102 "


@pytest.mark.parametrize("asked", ["'%999999999d' is odd", "bomb is even", "not bomb is odd", "'a' is odd"])
def test_odd_is_a_question_about_numbers(asked: str) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(TemplateFault, match="tal"):
        ours(para(f"{{% if {asked} %}}x{{% endif %}}"), data={"bomb": "%999999999d"})
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < before + 20_000


# Where it went wrong, when it is filled in

STOPPED = {
    "{{ words }}": "En lista eller grupp kan inte skrivas ut som den är. Använd for eller |join.",
    "{% for w in name %}": "Fältet är ingen lista.",
    "{% if group > 3 %}": "Ett värde är av ett annat slag än mallen väntar sig (TypeError).",
}


@pytest.mark.parametrize("tag", STOPPED)
def test_what_cannot_be_filled_in_has_a_place(tag: str) -> None:
    end = tag.split()[1] if "%" in tag else ""
    closing = f"{{% end{end} %}}" if end else ""
    blocks = [para("{{ name }}"), table(row("{%tr for r in rows %}"), row(f"a\n{{{{ r[0] }}}} {tag}{closing}"))]
    source = docx(*blocks[:1], blocks[1].replace("</w:tbl>", row("{%tr endfor %}") + "</w:tbl>"), para("{{ name }}"))
    with pytest.raises(TemplateFault) as caught:
        compile(source, "mall.docx").render(dict(DATA))
    assert [(fault.where, fault.what) for fault in caught.value.faults] == [
        ("mall.docx, tabell 1, rad 2, kolumn 1", f"{tag}: {STOPPED[tag]}")
    ]


# What is said of it

PLACES = {
    "{% for w in words %}": "Lägg till {% endfor %}.",
    "{% for w in words %}{% endif %}": "Det som är öppet är {% for w in words %}, och det slutar med {% endfor %}.",
    "{% if yes %}{% elseif no %}{% endif %}": "Menade du ”elif”?",
    "{% om yes %}": "Menade du ”if”?",
    "{% include 'x' %}": "Tillåtna ord: if, elif, else, endif, for, endfor, set, vm.",
    "{{{ name }}}": "Skriv två klammerparenteser på var sida, inte tre.",
    "{{ (name }}": "Varje ( ska ha ett ).",
    "{{ 'name }}": "Ett citattecken saknas.",
    "{{ first-name }}": "Ett namn får inte ha bindestreck. Ska något räknas ut: gör det i förväg.",
    "{# början": "Flera stycken tas bort så: {%p if false %} i ett eget stycke före, {%p endif %} i ett eget efter.",
    "{% for w in words %}{{ loop }}{% endfor %}": "Välj en del: first, index, index0, last, length, "
    "revindex, revindex0.",
}


@pytest.mark.parametrize("written", PLACES)
def test_a_remedy_says_what_to_write(written: str) -> None:
    assert PLACES[written] in [f.remedy for f in check(docx(para(written)))]


CROOKED = {
    "in a table": (
        [table(row("{% for w in words %}{{ w }}", "x{% endfor %}"))],
        "Skriv {%tr for w in words %} på en egen tabellrad före de rader det gäller, "
        "och {%tr endfor %} på en egen rad efter.",
    ),
    "in and out of a table": (
        [para("{% if yes %}x"), table(row("x{% endif %}"))],
        "Skriv {%p if yes %} i ett eget stycke före de stycken det gäller, och {%p endif %} i ett eget stycke efter.",
    ),
    "in and out of a control": (
        [f"<w:sdt><w:sdtPr/><w:sdtContent>{para('{%p if yes %}')}</w:sdtContent></w:sdt>", para("{%p endif %}")],
        "Ställ båda i samma tabell, samma cell eller samma innehållskontroll, eller båda utanför.",
    ),
    "at two levels": (
        [para("x{% if yes %}"), para("{%p endif %}")],
        "Skriv {%p if yes %}, så att början och slutet är av samma slag.",
    ),
}


@pytest.mark.parametrize("which", CROOKED)
def test_levels_that_do_not_fit_have_a_remedy_of_their_own(which: str) -> None:
    body, remedy = CROOKED[which]
    assert [f.remedy for f in check(docx(*body)) if f.severity == "error"] == [remedy]


def test_what_is_never_filled_in_is_warned_of() -> None:
    kind = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
    chart = b'<c:c xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart">Hej {{ name }}</c:c>'
    files = {"word/chart1.xml": chart}
    types = unzipped(docx(), "[Content_Types].xml").replace(
        "</Types>", f'<Override PartName="/word/chart1.xml" ContentType="{kind}"/></Types>'
    )
    merged = '<w:p><w:fldSimple w:instr=" MERGEFIELD Namn \\* MERGEFORMAT ">' + run("«Namn»") + "</w:fldSimple></w:p>"
    source = docx(merged, files={**files, "[Content_Types].xml": types.encode()})
    findings = check(source, "mall.docx")
    assert sorted((f.severity, f.message) for f in findings) == [
        ("warning", "Ett fält står i ett diagram eller SmartArt, där det inte fylls i."),
        ("warning", "Mallen har ett kopplat fält från Words utskick (MERGEFIELD Namn), som inte fylls i."),
    ]
    Document(io.BytesIO(annotate(source, findings)))


# Files as other programs write them


@pytest.mark.parametrize("target", ["/word/document.xml", "./word/document.xml", "Word/Document.xml"])
def test_the_main_part_by_any_spelling(target: str) -> None:
    source = docx(para("{{ name }}"))
    relations = unzipped(source, "_rels/.rels").replace('"word/document.xml"', f'"{target}"')
    written = docx(para("{{ name }}"), files={"_rels/.rels": relations.encode()})
    assert docx_text(compile(written).render(dict(DATA))) == "Test Testsson"


ENCODED = {
    "a byte order mark": lambda xml: b"\xef\xbb\xbf" + xml.encode(),
    "sixteen bits": lambda xml: xml.replace('"UTF-8"', '"UTF-16"').encode("utf-16"),
    "no declaration": lambda xml: xml.partition("?>")[2].encode(),
    "another declaration": lambda xml: xml.replace(' standalone="yes"', "").replace("UTF-8", "utf-8").encode(),
    "numbers for letters": lambda xml: xml.replace("{{", "&#123;&#x7B;").encode(),
    "sections of characters": lambda xml: xml.replace("{{ name }}", "<![CDATA[{{ name }}]]>").encode(),
    "notes between": lambda xml: xml.replace("na", "n<!-- {{ a }} -->a<?sip 0?>").encode(),
    "lines and blanks": lambda xml: xml.replace("><w:p", ">\n  <w:p").replace("></w:p", ">\n </w:p").encode(),
}


@pytest.mark.parametrize("how", ENCODED)
def test_a_part_in_any_writing(how: str) -> None:
    files = {"word/document.xml": ENCODED[how](unzipped(docx(para("Å {{ name }}"), para("{{ words|length }}"))))}
    assert ours(files=files) == "Å Test Testsson\n3"
