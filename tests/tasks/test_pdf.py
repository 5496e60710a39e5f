"""Word files as PDF through the real LibreOffice: tagged, whole, private, and nothing left behind."""

import os
import re
import signal
import subprocess
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pikepdf
import pytest

from sipctl.errors import NotFound, PartlyFailed, SipctlError
from sipctl.paths import shipped
from sipctl.tasks import pdf
from sipctl.tasks.pdf import to_pdf

SAMPLES = Path(__file__).parents[1] / "documents"
TEMPLATES = sorted(shipped().glob("*/*.docx"))


def letter(path: Path, text: str) -> Path:
    document = docx.Document()
    document.add_paragraph(text)
    document.save(str(path))
    return path


def text_of(path: Path) -> str:
    return subprocess.run(["pdftotext", path, "-"], capture_output=True, check=True).stdout.decode().strip()


def running_in(folder: Path) -> list[str]:
    """Command lines of programs that have something to do with a folder."""
    found = [path.read_bytes().decode() for path in Path("/proc").glob("[0-9]*/cmdline") if os.access(path, os.R_OK)]
    return [line for line in found if str(folder) in line and "soffice" in line]


# --- the shipped documents: PDF/UA ---


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, Path]]:
    """Every shipped document filled with the adult's data: its Word file and its PDF, by ``pack/kind``."""
    sys.path.insert(0, str(SAMPLES))
    try:
        from sip_samples import adult, close, guidance, issue
    finally:
        sys.path.remove(str(SAMPLES))
    from sipctl.documents import fields, template
    from sipctl.documents.content import build
    from sipctl.vocabulary.documents import DocumentKind

    folder = tmp_path_factory.mktemp("shipped")
    made = {}
    for path in TEMPLATES:
        kind, case = DocumentKind(path.stem), adult()
        close(case)
        recipient = None if kind is DocumentKind.LETTER else case.participants[0]
        data = build(kind, case, issue(recipient, case, guidance=guidance(path.parent.name)))
        target = folder / f"{path.parent.name}-{path.name}"
        target.write_bytes(template.compile(path, known=dict(fields.KNOWN)).render(data))
        made[f"{path.parent.name}/{path.stem}"] = target
    try:
        done = to_pdf(list(made.values()), folder / "arbete")
    except NotFound:
        pytest.skip("not installed: soffice")
    return {name: (source, pdf) for (name, source), pdf in zip(made.items(), done, strict=True)}


def structure(pdf: pikepdf.Pdf) -> Counter[str]:
    """How many elements of each standard type the document's structure has."""
    tree = pdf.Root.StructTreeRoot
    roles = tree.get("/RoleMap", {})
    found: Counter[str] = Counter()

    def visit(node: Any) -> None:
        for child in node if isinstance(node, pikepdf.Array) else [node]:
            if isinstance(child, pikepdf.Dictionary) and "/S" in child:
                found[str(roles.get(child.S, child.S))[1:]] += 1
            if isinstance(child, pikepdf.Dictionary) and "/K" in child:
                visit(child.K)

    visit(tree.K)
    return found


@pytest.mark.slow
@pytest.mark.parametrize("name", [f"{path.parent.name}/{path.stem}" for path in TEMPLATES])
def test_a_shipped_document_is_tagged(name: str, exported: dict[str, tuple[Path, Path]]) -> None:
    source, made = exported[name]
    document = docx.Document(str(source))
    styles = [p.style.name for p in document.paragraphs if p.style]
    headings = Counter(f"H{style[-1]}" for style in styles if re.fullmatch(r"Heading \d", style))
    with pikepdf.open(made) as opened:
        assert opened.Root.MarkInfo.Marked
        assert str(opened.Root.Lang) == "sv-SE"
        assert opened.Root.ViewerPreferences.DisplayDocTitle
        assert str(opened.docinfo["/Title"]) == document.core_properties.title
        with opened.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
        assert "/Outlines" in opened.Root
        found = structure(opened)
    assert headings["H1"] == 1
    assert {kind: count for kind, count in found.items() if re.fullmatch(r"H\d", kind)} == headings
    assert found["Table"] == len(document.tables)
    assert found["TH"] == sum(len(table.columns) for table in document.tables)
    assert found["TD"] == sum(len(table.columns) * (len(table.rows) - 1) for table in document.tables)
    items = sum(style in ("List Bullet", "List Number", "Fråga på dagordningen") for style in styles)
    assert found["LI"] == items


# --- files, one by one ---


@pytest.mark.slow
def test_each_file_gets_its_pdf_beside_it(needs: Callable[..., None], tmp_path: Path) -> None:
    needs("soffice", "pdftotext")
    (tmp_path / "ett").mkdir()
    (tmp_path / "två – ”ö”; $(x) & 'y'").mkdir()
    files = [letter(folder / "brev.docx", f"Brev {n}") for n, folder in enumerate(sorted(tmp_path.iterdir()))]
    told: list[tuple[int, int]] = []
    made = to_pdf(files, tmp_path / "arbete", lambda done, count: told.append((done, count)))
    assert made == [path.with_suffix(".pdf") for path in files]
    assert [text_of(path) for path in made] == ["Brev 0", "Brev 1"]
    assert {path.stat().st_mode & 0o777 for path in made} == {0o600}
    assert told == sorted(told)
    assert told[-1] == (2, 2)
    assert list((tmp_path / "arbete").iterdir()) == []
    assert sorted(path.name for path in files[0].parent.iterdir()) == ["brev.docx", "brev.pdf"]


@pytest.mark.slow
def test_an_existing_pdf_is_kept_unless_it_may_be_replaced(needs: Callable[..., None], tmp_path: Path) -> None:
    needs("soffice", "pdftotext")
    old, new = letter(tmp_path / "a.docx", "Nytt"), letter(tmp_path / "b.docx", "Annat")
    old.with_suffix(".pdf").write_text("gammal")
    with pytest.raises(PartlyFailed) as caught:
        to_pdf([old, new], tmp_path / "arbete")
    assert caught.value.faults == (("a.docx", "Det finns redan en pdf med det namnet."),)
    assert old.with_suffix(".pdf").read_text() == "gammal"
    assert text_of(new.with_suffix(".pdf")) == "Annat"
    to_pdf([old, new], tmp_path / "arbete", replace=True)
    assert text_of(old.with_suffix(".pdf")) == "Nytt"


@pytest.mark.slow
def test_a_bad_file_is_named_and_the_others_are_made(needs: Callable[..., None], tmp_path: Path) -> None:
    needs("soffice", "pdftotext")
    first, bad, last = (letter(tmp_path / f"{name}.docx", name) for name in "abc")
    with zipfile.ZipFile(bad, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<w:document")
    with pytest.raises(PartlyFailed) as caught:
        to_pdf([first, bad, tmp_path / "saknas.docx", last], tmp_path / "arbete")
    assert caught.value.what == "2 av 4 filer kunde inte göras till pdf."
    assert caught.value.faults == (
        ("b.docx", "Filen gick inte att göra till pdf."),
        ("saknas.docx", "Filen finns inte."),
    )
    assert [text_of(path.with_suffix(".pdf")) for path in (first, last)] == ["a", "c"]
    assert list((tmp_path / "arbete").iterdir()) == []


@pytest.mark.slow
def test_what_takes_too_long_is_ended(
    needs: Callable[..., None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    needs("soffice")
    monkeypatch.setattr(pdf, "_SECONDS_TO_START", 0.3)
    monkeypatch.setattr(pdf, "_SECONDS_EACH", 0)
    files = [letter(tmp_path / f"{name}.docx", name) for name in "ab"]
    with pytest.raises(SipctlError) as caught:
        to_pdf(files, tmp_path / "arbete")
    assert caught.value.what == "Ingen pdf kunde göras."
    assert {fault.what for fault in caught.value.faults} == {"Det tog för lång tid att göra pdf av filen."}
    assert list((tmp_path / "arbete").iterdir()) == []
    assert running_in(tmp_path) == []


_INTERRUPTED = """
import sys
from pathlib import Path
from sipctl.tasks import pdf
pdf._CHUNK = 2
folder = Path(sys.argv[1])
tell = lambda done, count: print(done, flush=True)
try:
    pdf.to_pdf(sorted(folder.glob("*.docx")), folder / "arbete", tell)
except KeyboardInterrupt:
    sys.exit(130)
"""


@pytest.mark.slow
@pytest.mark.parametrize("after", [0, 3])
def test_ctrl_c_leaves_whole_files_only(needs: Callable[..., None], tmp_path: Path, after: int) -> None:
    needs("soffice", "pdftotext")
    for number in range(8):
        letter(tmp_path / f"{number}.docx", f"Brev {number}")
    process = subprocess.Popen([sys.executable, "-c", _INTERRUPTED, tmp_path], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    while int(process.stdout.readline()) < after:
        pass
    process.send_signal(signal.SIGINT)
    process.stdout.close()
    assert process.wait(timeout=30) == 130
    assert list((tmp_path / "arbete").iterdir()) == []
    time.sleep(0.2)
    assert running_in(tmp_path) == []
    made = sorted(tmp_path.glob("*.pdf"))
    assert (after == 3) == (len(made) >= 2)
    assert len(made) < 8
    assert [text_of(path) for path in made] == [f"Brev {path.stem}" for path in made]


# --- without LibreOffice ---


def test_without_any_program_the_remedy_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(pdf, "_OFFICE_PLACES", {})
    with pytest.raises(NotFound) as caught:
        to_pdf([letter(tmp_path / "a.docx", "a")], tmp_path / "arbete")
    assert caught.value.what == "Varken Word eller LibreOffice finns på datorn, så ingen pdf kan göras."
    assert "LibreOffice" in caught.value.remedy
    assert not (tmp_path / "arbete").exists()


def test_no_files_need_no_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert to_pdf([], tmp_path / "arbete") == []


def test_the_command_to_word_holds_no_name(tmp_path: Path) -> None:
    """It cannot run here; what can be seen is that nothing of a file reaches the command line."""
    jobs = [pdf._Job(tmp_path / 'x"; Remove-Item y.docx', "00001"), pdf._Job(tmp_path / "z.docx", "00002")]
    command = pdf._word_command(tmp_path, jobs)
    assert command == pdf._word_command(tmp_path, jobs[:1])
    assert (tmp_path / "todo.txt").read_text() == "00001"
