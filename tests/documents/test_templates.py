"""The shipped templates: fresh, reproducible, accessible, known to the engine, and a page is a page."""

import io
import re
import shutil
import subprocess
import sys
import zipfile
from itertools import pairwise
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from sip_samples import adult, child, close, discharge, guidance, issue

from sipctl.documents import fields, template
from sipctl.documents.content import build
from sipctl.paths import shipped
from sipctl.process.consent import allowed_categories
from sipctl.vocabulary.documents import DocumentKind

SCRIPTS = Path(__file__).parents[2] / "scripts"
TEMPLATES = sorted(shipped().glob("*/*.docx"))
ONE_PAGE = (DocumentKind.CALL, DocumentKind.INVITATION, DocumentKind.LETTER, DocumentKind.AGENDA)


def named(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


@pytest.fixture(scope="module")
def builder():  # type: ignore[no-untyped-def]
    sys.path.insert(0, str(SCRIPTS))
    try:
        import build_templates

        yield build_templates
    finally:
        sys.path.remove(str(SCRIPTS))


def test_all_kinds_are_there_and_packs_fall_back() -> None:
    assert {path.stem for path in TEMPLATES if path.parent.name == "standard"} == {kind.value for kind in DocumentKind}
    for pack in ("vastra-gotaland", "sormland"):
        assert {path.stem for path in TEMPLATES if path.parent.name == pack} == {"call", "plan"}
        assert set(guidance(pack).templates) >= {kind.value for kind in DocumentKind}


def test_the_tree_has_what_the_script_makes(builder, capsys) -> None:  # type: ignore[no-untyped-def]
    assert builder.main(["--check"]) == 0, capsys.readouterr().err


def test_building_twice_gives_the_same_bytes(builder) -> None:  # type: ignore[no-untyped-def]
    assert builder.templates() == builder.templates()


def test_check_tells_of_a_stale_template(builder, monkeypatch, tmp_path, capsys) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(builder, "TEMPLATES", tmp_path)
    assert builder.main(["--check"]) == 1
    assert "standard/call.docx" in capsys.readouterr().err.replace("\\", "/")
    assert builder.main([]) == 0
    assert builder.main(["--check"]) == 0


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_the_engine_finds_nothing_to_remark(path: Path) -> None:
    known = dict(fields.known_for(DocumentKind(path.stem)))
    findings = template.check(path, known=known)
    assert [finding for finding in findings if finding.severity in ("error", "warning")] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_properties_and_language(path: Path) -> None:
    document = docx.Document(str(path))
    properties = document.core_properties
    assert properties.title
    assert (properties.language, properties.author) == ("sv-SE", "sipctl")
    languages = {lang.get(qn("w:val")) for lang in document.styles.element.iter(qn("w:lang"))}
    assert languages == {"sv-SE"}
    body_languages = {lang.get(qn("w:val")) for lang in document.element.iter(qn("w:lang"))}
    assert body_languages <= {"sv-SE"}


def rendered(path: Path, *, empty: bool = False):  # type: ignore[no-untyped-def]
    kind, case = DocumentKind(path.stem), adult()
    close(case)
    if empty:
        case = discharge()
        case.preparations, case.meetings = [], []
    data = build(kind, case, issue(None if kind is DocumentKind.LETTER else case.participants[0], case))
    return docx.Document(io.BytesIO(template.compile(path, known=dict(fields.KNOWN)).render(data)))


@pytest.mark.parametrize("empty", [False, True], ids=["full", "empty"])
@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_headings_rows_and_paragraphs_are_accessible(path: Path, empty: bool) -> None:
    document = rendered(path, empty=empty)
    levels = [
        int(found[1]) for p in document.paragraphs if p.style and (found := re.fullmatch(r"Heading (\d)", p.style.name))
    ]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    for table in document.tables:
        first, *others = table._tbl.tr_lst
        assert first.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        assert others
        for row in table._tbl.tr_lst:
            assert row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None
    for paragraph in document.paragraphs:
        assert paragraph._p.xpath("./w:r"), "an empty paragraph is no spacing"
    for image in document.element.iter(qn("w:drawing"), qn("w:pict")):
        raise AssertionError(f"unexpected picture: {image}")


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_lists_are_lists(path: Path) -> None:
    for paragraph in rendered(path).paragraphs:
        assert not re.match(r"^\s*(•|-|\d+\.)\s", paragraph.text) or paragraph.style.name.startswith("Heading")


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_footer_has_number_pages_and_notice(path: Path) -> None:
    section = docx.Document(str(path)).sections[0]
    footers = [section.footer]
    if section.different_first_page_header_footer:
        footers.append(section.first_page_footer)
    for footer in footers:
        xml = footer._element.xml
        assert "{{ sip.number }}" in xml
        assert "NUMPAGES" in xml
        assert "document.notice" in xml


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_packages_hold_no_times_pictures_or_foreign_parts(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        for entry in archive.infolist():
            assert entry.date_time == (1980, 1, 1, 0, 0, 0)
            assert not entry.filename.startswith(("docProps/thumbnail", "customXml", "word/media"))
        assert b"officiell" not in archive.read("word/document.xml").lower()


def contrast(one: str, other: str) -> float:
    """WCAG's ratio of two colours."""

    def luminance(color: str) -> float:
        parts = (int(color[i : i + 2], 16) / 255 for i in (0, 2, 4))
        r, g, b = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_colours_have_contrast(builder) -> None:  # type: ignore[no-untyped-def]
    for look, _ in builder.PACKS.values():
        for text in (look.accent, look.ink, look.quiet, look.warm):
            assert contrast(text, "FFFFFF") >= 4.5
        for tint in (look.tint, look.sand):
            assert contrast(look.ink, tint) >= 7
            assert contrast(look.accent, tint) >= 4.5


def test_schema(tmp_path: Path) -> None:
    audit = pytest.importorskip("openxml_audit")
    for path in TEMPLATES:
        made = tmp_path / f"{path.parent.name}-{path.name}"
        rendered(path).save(str(made))
        result = audit.OpenXmlValidator().validate(str(made))
        assert result.is_valid, (named(path), result.errors)


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_letters_and_agenda_take_one_page(tmp_path: Path) -> None:
    for name, case in (("vuxen", adult()), ("barn", child()), ("utskrivning", discharge())):
        recipient = case.participants[0]
        allowed = allowed_categories(case, recipient, issue(None).today)
        for path in TEMPLATES:
            if (kind := DocumentKind(path.stem)) in ONE_PAGE:
                to = None if kind is DocumentKind.LETTER else recipient
                given = issue(
                    to, case, guidance=guidance(path.parent.name), **({} if to is None else {"allowed": allowed})
                )
                content = template.compile(path, known=dict(fields.KNOWN)).render(build(kind, case, given))
                (tmp_path / f"{name}-{path.parent.name}-{kind.value}.docx").write_bytes(content)
    made = sorted(tmp_path.glob("*.docx"))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), *map(str, made)]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    for path in made:
        pages = re.findall(rb"/Type\s*/Page[^s]", path.with_suffix(".pdf").read_bytes())
        assert len(pages) == 1, path.name
