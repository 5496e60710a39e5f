"""Many letters in one file: each is as it was alone, and nothing of one reaches another."""

import io
import re
import resource
import subprocess
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import compress
from pathlib import Path

import docx
import openxml_audit
import pytest
from docx.shared import Pt
from docx.text.paragraph import Paragraph
from engine_docs import RELS, W, cell, para, row, run, table, unzipped
from engine_docs import docx as made
from lxml import etree
from sip_samples import adult, child, discharge, guidance, issue

from sipctl.documents import fields, template
from sipctl.documents.content import build
from sipctl.documents.merge import merge
from sipctl.errors import TemplateFault
from sipctl.paths import shipped
from sipctl.process.consent import allowed_categories
from sipctl.tasks.pdf import to_pdf
from sipctl.vocabulary.documents import DocumentKind

R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8cfc000000301010018dd8db0"
    "0000000049454e44ae426082"
)


def root(document: bytes, name: str = "word/document.xml") -> etree._Element:
    return etree.fromstring(unzipped(document, name).encode())


def names(document: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        return archive.namelist()


def values(tree: etree._Element, path: str) -> list[str]:
    return [str(value) for value in tree.xpath(path, namespaces={"w": W, "r": R, "wp": DRAWING})]


def texts(document: bytes) -> list[str]:
    return [p.text for p in docx.Document(io.BytesIO(document)).paragraphs]


def assert_valid(document: bytes, folder: Path) -> None:
    path = folder / "sammanslagen.docx"
    path.write_bytes(document)
    result = openxml_audit.OpenXmlValidator().validate(str(path))
    # The small documents of these tests have no theme and no table of fonts, so neither has what comes of them.
    assert [error for error in result.errors if error.id != "Sem_MissingRelationshipType"] == []


def saved(document: "docx.document.Document") -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def field(code: str, shown: str = "1") -> str:
    kinds = ("begin", "separate", "end")
    begin, middle, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in kinds)
    return f'{begin}<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>{middle}{run(shown)}{end}'


def with_section(document: bytes, section: str) -> bytes:
    """The document with these section properties instead of the plain ones."""
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        contents = {name: archive.read(name) for name in archive.namelist()}
    text = contents["word/document.xml"].decode()
    text = re.sub(r"<w:sectPr>.*?</w:sectPr>", f'<w:sectPr xmlns:r="{R}">{section}</w:sectPr>', text)
    contents["word/document.xml"] = text.encode()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return buffer.getvalue()


DEFAULT_HEADER = '<w:headerReference w:type="default" r:id="p0"/>'


def headed(text: str, body: str = "brev") -> bytes:
    return with_section(made(para(body), parts={"header1": para(text)}), DEFAULT_HEADER)


# --- the shipped letters ---


def shipped_letters() -> Iterator[bytes]:
    paths = [*sorted(shipped().glob("*/call.docx")), shipped("standard", "invitation.docx")]
    for case in (adult(), child(), discharge()):
        for path in [*paths, shipped("standard", "letter.docx")]:
            kind = DocumentKind(path.stem)
            to = None if kind is DocumentKind.LETTER else case.participants[0]
            own = {} if to is None else {"allowed": allowed_categories(case, to, issue(None).today)}
            data = build(kind, case, issue(to, case, guidance=guidance(path.parent.name), **own))
            yield template.compile(path, known=dict(fields.KNOWN)).render(data)


@pytest.fixture(scope="module")
def letters() -> list[bytes]:
    return list(shipped_letters())


def test_shipped_letters_give_a_valid_file_with_every_text(letters: list[bytes], tmp_path: Path) -> None:
    merged = merge(letters)
    assert_valid(merged, tmp_path)
    assert texts(merged) == [text for letter in letters for text in texts(letter)]
    assert len(docx.Document(io.BytesIO(merged)).sections) == len(letters)
    assert merge(letters) == merged
    assert merge(letters, duplex=True) != merged


def pages(path: Path) -> list[str]:
    shown = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True).stdout.decode()
    return shown.split("\f")[:-1]


def pictures(path: Path) -> list[bytes]:
    """Every page as a picture, small."""
    target = path.with_suffix("")
    subprocess.run(["pdftoppm", "-r", "50", path, target], check=True)
    return [page.read_bytes() for page in sorted(path.parent.glob(f"{target.name}-*.ppm"))]


@pytest.mark.slow
def test_printed_pages_are_those_of_the_letters(
    letters: list[bytes], needs: Callable[..., None], tmp_path: Path
) -> None:
    needs("soffice", "pdftotext", "pdftoppm")
    plan = shipped("standard", "plan.docx")  # more than one page, with tables and a header from the second page
    case = adult()
    data = build(DocumentKind.PLAN, case, issue(case.participants[0], case))
    whole = [*letters[:2], template.compile(plan, known=dict(fields.KNOWN)).render(data), *letters[2:]]
    files = []
    for number, content in enumerate([*whole, merge(whole)]):
        files.append(tmp_path / f"{number:02}.docx")
        files[-1].write_bytes(content)
    *single, merged = to_pdf(files, tmp_path / "arbete")
    assert [len(pages(path)) for path in single] == [1, 1, 2] + [1] * 13
    assert pages(merged) == [page for path in single for page in pages(path)]
    printed = pictures(merged)
    assert all(map(looks_like, printed, [page for path in single for page in pictures(path)]))
    # LibreOffice begins every letter on an odd page by itself, since its numbers begin with 1.
    (both_sides,) = to_pdf(files[-1:], tmp_path / "arbete", replace=True, blank_pages=True)
    filled = [bool(side.strip()) for side in pages(both_sides)]
    assert filled == [True, False] * 2 + [True, True] + [True, False] * 12 + [True]
    for picture in tmp_path.glob("*.ppm"):
        picture.unlink()
    assert all(map(looks_like, compress(pictures(both_sides), filled), printed))


def looks_like(one: bytes, other: bytes) -> bool:
    """The same picture; a bookmark after the last word may move a full stop by the fraction of a dot."""
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) < 60


# --- pages, headers and footers ---


def test_each_letter_begins_on_a_page_of_its_own_with_number_one() -> None:
    continuous = with_section(made(para("c")), '<w:type w:val="continuous"/><w:pgNumType w:fmt="upperRoman"/>')
    for duplex, kind in ((False, "nextPage"), (True, "oddPage")):
        tree = root(merge([made(para("a")), made(para("b")), continuous], duplex=duplex))
        assert values(tree, "//w:sectPr/w:type/@w:val") == [kind] * 3
        assert values(tree, "//w:sectPr/w:pgNumType/@w:start") == ["1"] * 3
        assert values(tree, "//w:sectPr/w:pgNumType/@w:fmt") == ["upperRoman"]


def test_a_letter_without_header_does_not_take_the_one_before() -> None:
    merged = merge([headed("Enhet ett"), made(para("utan")), headed("Enhet ett"), headed("Enhet två")])
    tree = root(merged)
    used = [values(section, "w:headerReference[@w:type='default']/@r:id") for section in tree.iter(f"{{{W}}}sectPr")]
    relations = root(merged, "word/_rels/document.xml.rels")
    targets = {each.get("Id"): each.get("Target", "").lstrip("/") for each in relations}
    shown = ["".join(root(merged, targets[key]).itertext()) for (key,) in used]
    assert shown == ["Enhet ett", "", "Enhet ett", "Enhet två"]
    assert used[0] == used[2]
    assert sum(name.startswith("word/header") for name in names(merged)) == 3


def test_the_number_of_pages_is_the_letters_own() -> None:
    footer = para(field("PAGE"), run(" av "), field("NUMPAGES"))
    footed = with_section(made(para("a"), parts={"footer1": footer}), '<w:footerReference w:type="default" r:id="p0"/>')
    merged = merge([footed, footed, made(para("NUMPAGES är text"))])
    assert values(root(merged), "//w:bookmarkStart/@w:name") == ["_sista_sidan_1", "_sista_sidan_2"]
    found = [root(merged, name) for name in names(merged) if name.startswith("word/footer")]
    codes = [[code.strip() for code in values(part, "//w:instrText/text()")] for part in found]
    assert codes == [["PAGE", "PAGEREF _sista_sidan_1"], ["PAGE", "PAGEREF _sista_sidan_2"], []]
    assert texts(merged)[-1] == "NUMPAGES är text"


def test_even_pages_are_like_odd_ones_unless_the_letter_says_otherwise() -> None:
    both = {"header1": para("udda"), "header2": para("jämn"), "settings": "<w:evenAndOddHeaders/>"}
    other = with_section(made(para("b"), parts=both), DEFAULT_HEADER + '<w:headerReference w:type="even" r:id="p1"/>')
    merged = merge([headed("enda"), other])
    first, second = root(merged).iter(f"{{{W}}}sectPr")
    assert len(set(values(first, "w:headerReference/@r:id"))) == 1
    assert values(first, "w:headerReference/@w:type") == ["default", "even"]
    assert len(set(values(second, "w:headerReference/@r:id"))) == 2
    assert "evenAndOddHeaders" in unzipped(merged, "word/settings.xml")


def test_a_letter_that_ends_with_a_table_gets_a_paragraph_for_its_section(tmp_path: Path) -> None:
    merged = merge([made(table(row("a", "b"))), made(para("efter"))])
    kinds = [etree.QName(each).localname for each in root(merged)[0]]
    assert kinds == ["tbl", "p", "p", "sectPr"]
    assert_valid(merged, tmp_path)


def test_the_sections_of_one_letter_stay_in_order() -> None:
    inner = '<w:p><w:pPr><w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/></w:sectPr></w:pPr></w:p>'
    tree = root(merge([made(para("före"), inner, para("efter")), made(para("nästa"))]))
    assert values(tree, "//w:sectPr/w:pgSz/@w:w") == ["16838", "11906", "11906"]
    assert values(tree, "//w:sectPr/w:pgNumType/@w:start") == ["1", "1"]
    assert values(tree, "//w:sectPr/w:type/@w:val") == ["nextPage", "nextPage"]


# --- styles, lists, themes ---


def of_word(text: str, font: str = "Arial", size: int = 11, heading: str = "C00000") -> bytes:
    """A letter from python-docx's template: a theme, styles based on it, and a numbered list."""
    document = docx.Document()
    document.styles["Normal"].font.name, document.styles["Normal"].font.size = font, Pt(size)
    document.styles["Heading 1"].font.color.rgb = docx.shared.RGBColor.from_string(heading)
    document.add_heading(text, 1)
    document.add_paragraph("Vanlig text")
    for number in ("ett", "två"):
        document.add_paragraph(number, "List Number")
    document.add_table(1, 1).cell(0, 0).text = "i tabell"
    document.add_paragraph("Sist")
    return saved(document)


def look_of(paragraph: Paragraph) -> dict[str, object]:
    """Font, size and colour as they are inherited."""
    found: dict[str, object] = {}
    style = paragraph.style
    while style is not None:
        font = style.font
        for name, value in (("name", font.name), ("size", font.size), ("color", font.color.rgb)):
            if value is not None:
                found.setdefault(name, str(value))
        style = style.base_style
    return found


def test_letters_from_one_template_share_its_styles(tmp_path: Path) -> None:
    alone, merged = of_word("Ett"), merge([of_word("Ett"), of_word("Två"), of_word("Tre")])
    styles = [sorted(values(root(each, "word/styles.xml"), "//w:style/@w:styleId")) for each in (alone, merged)]
    assert styles[0] == styles[1]
    assert_valid(merged, tmp_path)


def test_styles_that_differ_under_one_name_are_both_kept(tmp_path: Path) -> None:
    own = [of_word("Ett"), of_word("Två", "Verdana", 14, "0000C0"), of_word("Tre"), headed("x", "utan stilar")]
    merged = merge(own)
    assert_valid(merged, tmp_path)
    documents = [docx.Document(io.BytesIO(each)) for each in own[:3]]
    looks = [look_of(paragraph) for document in documents for paragraph in document.paragraphs]
    merged_looks = [look_of(paragraph) for paragraph in docx.Document(io.BytesIO(merged)).paragraphs]
    assert merged_looks[: len(looks)] == looks
    assert "name" not in merged_looks[-1]
    style_names = [name.casefold() for name in values(root(merged, "word/styles.xml"), "//w:style/w:name/@w:val")]
    assert max(Counter(style_names).values()) == 1


def test_different_document_defaults_go_with_their_letters() -> None:
    def styled(size: str) -> bytes:
        defaults = (
            f'<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="{size}"/><w:lang w:val="sv-SE"/></w:rPr></w:rPrDefault>'
            '</w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        )
        return made(para("x"), parts={"styles": f"{defaults}</w:style>"})

    tree = root(merge([styled("20"), styled("28")]), "word/styles.xml")
    assert values(tree, "//w:docDefaults//w:lang/@w:val") == ["sv-SE"]
    assert values(tree, "//w:docDefaults//w:sz/@w:val") == []
    assert values(tree, "//w:style/w:rPr/w:sz/@w:val") == ["20", "28"]
    assert values(root(merge([styled("20"), styled("28")])), "//w:pStyle/@w:val") == ["Normal2"]


def list_numbers(document: bytes) -> list[list[str]]:
    """For each letter the list that its numbered paragraphs belong to."""
    found: list[list[str]] = [[]]
    for paragraph in root(document).iter(f"{{{W}}}p"):
        found[-1] += values(paragraph, "w:pPr/w:numPr/w:numId/@w:val")
        if paragraph.find(f"{{{W}}}pPr/{{{W}}}sectPr") is not None:
            found.append([])
    return found


def test_numbered_lists_begin_anew_in_each_letter(tmp_path: Path) -> None:
    merged = merge([of_word("Ett"), of_word("Två")])
    first, second = list_numbers(merged)
    assert len(first) == len(second) == 2
    assert len({*first, *second}) == 2
    numbering = root(merged, "word/numbering.xml")
    for number in (first[0], second[0]):
        assert values(numbering, f"//w:num[@w:numId='{number}']//w:startOverride/@w:val")[:1] == ["1"]
    alone = values(root(of_word("Ett"), "word/numbering.xml"), "//w:abstractNum/@w:abstractNumId")
    assert len(values(numbering, "//w:abstractNum/@w:abstractNumId")) == len(alone)


@pytest.mark.slow
def test_lists_and_headers_as_printed(needs: Callable[..., None], tmp_path: Path) -> None:
    needs("soffice", "pdftotext")
    path = tmp_path / "a.docx"
    path.write_bytes(merge([of_word("Ett"), of_word("Två", "Verdana"), headed("Huvud"), made(para("Sista"))]))
    (printed,) = to_pdf([path], tmp_path / "arbete")
    lines = [[" ".join(line.split()) for line in page.splitlines() if line.strip()] for page in pages(printed)]
    lists = ["Vanlig text", "1. ett", "2. två", "i tabell", "Sist"]
    assert lines == [["Ett", *lists], ["Två", *lists], ["Huvud", "brev"], ["Sista"]]


# --- what must be unlike ---


def test_bookmarks_and_what_refers_to_them_stay_in_their_letter() -> None:
    marked = made(
        '<w:p><w:bookmarkStart w:id="7" w:name="_Toc1"/>' + run("här") + '<w:bookmarkEnd w:id="7"/></w:p>',
        para(field("PAGEREF _Toc1 \\h")),
        f'<w:p><w:hyperlink w:anchor="_Toc1">{run("dit")}</w:hyperlink></w:p>',
    )
    tree = root(merge([marked, marked]))
    assert values(tree, "//w:bookmarkStart/@w:name") == ["_Toc1", "_Toc1_2"]
    assert values(tree, "//w:bookmarkStart/@w:id") == values(tree, "//w:bookmarkEnd/@w:id") == ["1", "2"]
    assert values(tree, "//w:instrText/text()") == [" PAGEREF _Toc1 \\h ", " PAGEREF _Toc1_2 \\h "]
    assert values(tree, "//w:hyperlink/@w:anchor") == ["_Toc1", "_Toc1_2"]


def test_pictures_are_kept_once_and_links_go_where_they_went(tmp_path: Path) -> None:
    def pictured(picture: bytes) -> bytes:
        document = docx.Document()
        document.add_picture(io.BytesIO(picture))
        return saved(document)

    other = PNG[:-12] + bytes.fromhex("0000000c7445587400") + b"x" * 11 + bytes(4) + PNG[-12:]
    merged = merge([pictured(PNG), pictured(PNG), pictured(other)])
    assert sorted(unzip for unzip in names(merged) if "media" in unzip) == [
        "word/media/image1.png",
        "word/media/image2.png",
    ]
    identifiers = values(root(merged), "//wp:docPr/@id")
    assert len(set(identifiers)) == len(identifiers) == 3
    link = f'<w:p><w:hyperlink xmlns:r="{R}" r:id="h1">{run("länk")}</w:hyperlink></w:p>'
    where = '<Relationship Id="h1" Type="{}hyperlink" Target="{}" TargetMode="External"/>'
    linked = [made(link, relations=where.format(RELS, f"https://example.se/{n}?a=1&amp;b=2")) for n in (1, 2, 1)]
    merged = merge(linked)
    targets = {each.get("Id"): each.get("Target") for each in root(merged, "word/_rels/document.xml.rels")}
    shown = [targets[key] for key in values(root(merged), "//w:hyperlink/@r:id")]
    assert shown == [f"https://example.se/{n}?a=1&b=2" for n in (1, 2, 1)]
    assert_valid(merged, tmp_path)


def test_footnotes_are_numbered_anew_and_keep_their_texts(tmp_path: Path) -> None:
    def noted(*notes: str) -> bytes:
        parts = "".join(f'<w:footnote w:id="{n}">{para(text)}</w:footnote>' for n, text in enumerate(notes, 2))
        separator = '<w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
        references = "".join(f'<w:r><w:footnoteReference w:id="{n}"/></w:r>' for n in range(2, 2 + len(notes)))
        return made(para("text", references), parts={"footnotes": separator + parts})

    merged = merge([noted("ett", "två"), made(para("utan")), noted("tre")])
    footnotes = root(merged, "word/footnotes.xml")
    by_id = {each.get(f"{{{W}}}id"): "".join(each.itertext()) for each in footnotes}
    assert [by_id[key] for key in values(root(merged), "//w:footnoteReference/@w:id")] == ["ett", "två", "tre"]
    assert values(root(merged), "//w:sectPr/w:footnotePr/w:numRestart/@w:val") == ["eachSect", "eachSect"]
    assert values(root(merged, "word/settings.xml"), "//w:footnotePr/w:footnote/@w:id") == ["-1", "0"]
    assert_valid(merged, tmp_path)


def test_comments_and_bindings_to_properties_are_left_out() -> None:
    control = (
        '<w:sdt><w:sdtPr><w:id w:val="5"/><w:dataBinding w:xpath="/x" w:storeItemID="{{0}}"/></w:sdtPr><w:sdtContent>'
        f"{para('kvar')}</w:sdtContent></w:sdt>"
    )
    commented = (
        f'<w:p><w:commentRangeStart w:id="1"/>{run("text")}<w:commentRangeEnd w:id="1"/>'
        '<w:r><w:commentReference w:id="1"/></w:r></w:p>'
    )
    titled = para(field("TITLE", "rubrik"))
    merged = merge([made(commented, control, titled)])
    xml = unzipped(merged)
    assert not any(word in xml for word in ("comment", "dataBinding", "w:id="))
    assert values(root(merged), "//w:t/text()") == ["text", "kvar", "rubrik"]
    assert values(root(merged), "//w:fldChar[@w:fldLock='true']/@w:fldCharType") == ["begin"]


def test_a_prefix_may_mean_something_else_in_another_letter() -> None:
    def foreign(uri: str) -> bytes:
        with_prefix = unzipped(made(para("x"))).replace("<w:document ", f'<w:document xmlns:q="{uri}" q:a="1" ', 1)
        with_prefix = with_prefix.replace("<w:t ", '<w:t q:b="2" ')
        return made(para("x"), files={"word/document.xml": with_prefix.encode()})

    merged = merge([foreign("urn:one"), foreign("urn:two"), foreign("urn:one")])
    assert texts(merged) == ["x", "x", "x"]
    found = [name for name in root(merged).xpath("//@*") if name.attrname.startswith("{urn:")]
    assert [name.attrname for name in found] == ["{urn:one}b", "{urn:two}b", "{urn:one}b"]


# --- refusals and cost ---


def test_what_is_no_letter_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing"):
        merge([])
    with pytest.raises(TemplateFault):
        merge([made(para("a")), b"%PDF-1.7"])
    with pytest.raises(TemplateFault):
        merge([made(para("a"), files={"word/document.xml": b"<w:document"})])


def cost(letters: Sequence[bytes], count: int) -> float:
    before = time.process_time()
    merge(letters[number % len(letters)] for number in range(count))
    return time.process_time() - before


def test_time_is_in_proportion_and_memory_is_small(letters: list[bytes]) -> None:
    cost(letters, 50)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    few, many = cost(letters, 100), cost(letters, 500)
    assert many < 5 * few * 2
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 60_000


def test_a_cell_is_not_taken_for_the_end() -> None:
    merged = merge([made(table(row(cell("a"), cell("b"))), para("slut")), made(para("b"))])
    assert values(root(merged), "//w:sectPr[ancestor::w:p]/ancestor::w:p/w:r/w:t/text()") == ["slut"]
