"""The corpus: every sample's whole text or all its findings, valid XML, and what was not touched as it was."""

import io
import subprocess
import zipfile
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from corpus import CORPUS, Sample
from docx import Document
from docxtpl import DocxTemplate
from lxml import etree
from openxml_audit import OpenXmlValidator

from sipctl.documents.template import check, compile, docx_text
from sipctl.errors import TemplateFault

# What no page shows, for another reason than that it is lost.
UNSEEN = {
    "tables: a table in a table": "the inner columns are a letter wide",
    "margins: three headers, one without tags": "pages have one header",
    "fields: a tag in a field's result": "the field points to a bookmark that is not there",
    "fields: a simple field": "the pages are counted anew",
    "realistic: another first page": "there is no second page",
}
FILLED = [name for name, sample in CORPUS.items() if sample.text is not None]
REFUSED = [name for name in CORPUS if name not in FILLED]
LIKE_THE_ORACLE = [name for name in FILLED if not CORPUS[name].differs]
UNLIKE_IT = [name for name in FILLED if CORPUS[name].differs]


@cache
def document(name: str) -> bytes:
    """The document of a sample that has one."""
    sample = CORPUS[name]
    return compile(sample.source, "mall.docx").render(dict(sample.data))


def parts_of(document: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def found(sample: Sample) -> list[tuple[str, str, str]]:
    known = dict(sample.known) if sample.known is not None else None
    return [(f.severity, f.place, f.message) for f in check(sample.source, "mall.docx", known)]


def test_there_are_many() -> None:
    assert len({sample.source for sample in CORPUS.values()}) >= 60
    assert len({(sample.source, repr(sample.data)) for sample in CORPUS.values()}) == len(CORPUS), "two are the same"


@pytest.mark.parametrize("name", FILLED)
def test_the_text_is_whole(name: str) -> None:
    sample = CORPUS[name]
    assert docx_text(document(name)) == sample.text
    assert sorted(found(sample)) == sorted(sample.findings)
    made = parts_of(document(name))
    for part, piece in sample.parts.items():
        assert piece in made[part].decode()


@pytest.mark.parametrize("name", REFUSED)
def test_all_findings_are_named_with_their_places(name: str) -> None:
    sample = CORPUS[name]
    assert sorted(found(sample)) == sorted(sample.findings)
    with pytest.raises(TemplateFault) as caught:
        compile(sample.source, "mall.docx", dict(sample.known) if sample.known is not None else None)
    errors = [place for severity, place, _message in sample.findings if severity == "error"]
    assert sorted(fault.where for fault in caught.value.faults) == sorted(errors)


# The oracle


def oracle(sample: Sample) -> bytes:
    template = DocxTemplate(io.BytesIO(sample.source))
    template.render(dict(sample.data))
    buffer = io.BytesIO()
    template.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("name", LIKE_THE_ORACLE)
def test_the_text_is_that_of_docxtpl(name: str) -> None:
    assert docx_text(document(name)) == docx_text(oracle(CORPUS[name]))


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("name", UNLIKE_IT)
def test_docxtpl_does_otherwise_still(name: str, tmp_path: Path) -> None:
    sample = CORPUS[name]
    try:
        other = oracle(sample)
        text, parts = docx_text(other), parts_of(other)
    except Exception:  # whatever it is that it cannot do
        return
    lacks = [part for part, piece in sample.parts.items() if piece not in parts.get(part, b"").decode()]
    assert text != sample.text or lacks or hollow(other) or schema_faults(sample.source, other, tmp_path)


# The XML


def hollow(document: bytes) -> list[str]:
    """What Word does not open, whatever the schema says: tables, rows and cells without what they are made of."""
    found = []
    for content in parts_of(document).values():
        root = etree.fromstring(content) if content.startswith(b"<") else etree.Element("none")
        for outer, inner in {"tbl": "tr", "tr": "tc", "tc": "p", "hdr": "p", "ftr": "p", "footnote": "p"}.items():
            found += [outer for each in root.iter(f"{{*}}{outer}") if each.find(f".//{{*}}{inner}") is None]
        found += ["tc" for cell in root.iter("{*}tc") if not str(cell[-1].tag).endswith(("}p", "}sdt"))]
        found += ["txbxContent" for box in root.iter("{*}txbxContent") if not len(box)]
    return found


def schema_faults(before: bytes, after: bytes, folder: Path) -> Counter[str]:
    """What the validator says of a document and did not say of its template."""
    said = []
    for name, content in (("mall.docx", before), ("ut.docx", after)):
        (folder / name).write_bytes(content)
        said.append(Counter(error.description for error in OpenXmlValidator().validate(str(folder / name)).errors))
    return Counter({fault: count for fault, count in said[1].items() if fault not in said[0]})


@pytest.mark.parametrize("name", FILLED)
def test_the_document_is_valid(name: str, tmp_path: Path) -> None:
    assert not schema_faults(CORPUS[name].source, document(name), tmp_path)
    assert not hollow(document(name))
    assert Document(io.BytesIO(document(name))).element is not None
    for part, content in parts_of(document(name)).items():
        if part.endswith((".xml", ".rels")):
            root = etree.fromstring(content)
            assert not [mark for mark in root.iter(etree.ProcessingInstruction) if mark.target == "sip"]


@pytest.mark.parametrize("name", FILLED)
def test_what_has_no_tags_stays_byte_for_byte(name: str) -> None:
    before, after = parts_of(CORPUS[name].source), parts_of(document(name))
    assert before.keys() == after.keys()
    for part, content in before.items():
        if b"{" not in content and b"<w:sdt>" not in content:
            assert after[part] == content, part


@pytest.mark.slow
def test_libreoffice_shows_every_text(tmp_path: Path, needs: Callable[..., None]) -> None:
    needs("soffice", "pdftotext")
    files = {name: tmp_path / f"{number:03}.docx" for number, name in enumerate(FILLED) if name not in UNSEEN}
    for name, path in files.items():
        path.write_bytes(document(name))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, *map(str, files.values())], check=True, capture_output=True, timeout=240)
    missing = {name: words for name, path in files.items() if (words := _unseen(CORPUS[name], path))}
    assert not missing


def _unseen(sample: Sample, path: Path) -> list[str]:
    """The words of a sample that are not on the pages of its pdf."""
    shown = subprocess.run(["pdftotext", "-raw", path.with_suffix(".pdf"), "-"], capture_output=True, check=True).stdout
    page = "".join(shown.decode().split())
    # What the fonts of the machine may lack, or write from right to left, is not looked for.
    words = [word for word in (sample.text or "").split() if all(ord(letter) < 0x250 for letter in word)]
    return [word for word in dict.fromkeys(words) if word not in page]
