"""The template commands as an administrator runs them: begin, check, try, install, go back."""

import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import walkthrough
from testworld import Made, Outcome

from sipctl.documents.sample import NOTICE
from sipctl.documents.template import docx_text
from sipctl.paths import shipped
from sipctl.tasks import template_work, templates
from sipctl.vocabulary.documents import DocumentKind

Run = Callable[..., Outcome]
STANDARD = shipped("standard", "call.docx")


def changed(path: Path, old: str, new: str, source: Path = STANDARD) -> Path:
    """A copy of a template with one text changed."""
    with zipfile.ZipFile(source) as before, zipfile.ZipFile(path, "w") as after:
        for name in before.namelist():
            content = before.read(name)
            if name == "word/document.xml":
                assert old.encode() in content
                content = content.replace(old.encode(), new.encode(), 1)
            after.writestr(name, content)
    return path


def own(path: Path, heading: str = "EGEN RAD") -> Path:
    return changed(path, "Verksamhet, namn och telefon", heading)


def files(home: Path) -> set[str]:
    return {str(path.relative_to(home)) for path in home.rglob("*") if path.is_file()}


def rows(run: Run, *arguments: str) -> list[dict[str, object]]:
    done = run("template", "list", *arguments, "--json")
    assert (done.code, done.err) == (0, "")
    return list(json.loads(done.out)["data"])


# --- the way through ---


def test_from_a_copy_to_a_template_in_use_and_back(made: Made, run: Run, tmp_path: Path) -> None:
    done = run("template", "new", "call", "--output", "min kallelse.docx")
    assert (done.code, done.out) == (0, "Mallen att börja från: min kallelse.docx\n")
    assert 'sipctl template install "min kallelse.docx" --kind call' in done.err
    assert (tmp_path / "min kallelse.docx").read_bytes() == STANDARD.read_bytes()

    mine = own(tmp_path / "min.docx")
    done = run("template", "install", "min.docx", "--kind", "call")
    version = re.findall(r"Version: (\w{8})\.", done.out)
    assert done.code == 0, done.err
    assert done.out.endswith(f"Mallen används nu för kallelse till alla. Version: {version[0]}.\n")
    again = run("template", "install", "min.docx", "--kind", "call")
    assert (again.code, again.out.splitlines()[-1]) == (
        0,
        f"Mallen används redan för kallelse till alla. Version: {version[0]}.",
    )

    assert [row["from"] for row in rows(run) if row["kind"] == "call"] == ["egen mall"]
    assert [(row["from"], row["in_force"]) for row in rows(run, "--all") if row["kind"] == "call"] == [
        ("egen mall", True),
        ("standard", False),
    ]
    done = run("template", "use", "call", "pack")
    assert (done.code, done.out) == (0, "Ingen egen mall används nu för kallelse till alla.\n")
    assert [row["from"] for row in rows(run) if row["kind"] == "call"] == ["standard"]
    done = run("template", "use", "call", version[0])
    assert done.out == f"Den egna mallen, version {version[0]}, används nu för kallelse till alla.\n"
    assert mine.read_bytes() in [path.read_bytes() for path in made.home.templates.glob("*.docx")]


def test_templates_can_be_installed_before_init_and_nothing_else_is_made(run: Run, tmp_path: Path) -> None:
    home = tmp_path / "nytt"
    own(tmp_path / "min.docx")
    assert run("template", "install", "min.docx", "--kind", "call", SIPCTL_HOME=str(home)).code == 0
    assert len(files(home)) == 2
    assert {Path(name).parts[0] for name in files(home)} == {"mallar"}


def test_the_letters_use_it_and_doctor_is_well(made: Made, run: Run, tmp_path: Path) -> None:
    own(tmp_path / "min.docx", "BARA FÖR REGIONEN")
    assert run("template", "install", "min.docx", "--kind", "call", "--for", "region").code == 0
    example, days = walkthrough.EXAMPLES / "adult.toml", walkthrough.ADULT["days"]
    for step in ("new", "assess", "plan", "invite"):
        command = ("case", "new") if step == "new" else (step, walkthrough.REF)
        done = run(*command, "--answers", example, SIPCTL_TODAY=days[step])
        assert done.code == 0, done.err
    assert run("document", walkthrough.REF, "call", "--yes", SIPCTL_TODAY=days["invite"]).code == 0
    letters = [docx_text(path.read_bytes()) for path in made.home.documents.rglob("*kallelse*.docx")]
    assert sorted("BARA FÖR REGIONEN" in letter for letter in letters) == [False, True]
    assert run("doctor").code == 0


@pytest.mark.parametrize(
    ("whose", "words"),
    [
        ("kommun", "kommunen"),
        ("region", "regionen"),
        ("0480", "Nyköpings kommun"),
        ("04", "Region Sörmland"),
    ],
)
def test_a_template_for_some_recipients_is_listed_beside_the_one_for_all(
    made: Made, run: Run, tmp_path: Path, whose: str, words: str
) -> None:
    own(tmp_path / "min.docx")
    done = run("template", "install", "min.docx", "--kind", "call", "--for", whose)
    assert f"för kallelse till {words}." in done.out
    assert [(row["for"], row["whose"], row["from"]) for row in rows(run) if row["kind"] == "call"] == [
        ("", "alla", "standard"),
        (whose, words, "egen mall"),
    ]
    assert "EGEN RAD" in preview(run, "call", "--for", whose)
    assert "EGEN RAD" not in preview(run, "call")


# --- trying ---


def preview(run: Run, *arguments: str) -> str:
    done = run("template", "preview", *arguments)
    assert done.code == 0, done.err
    path = Path(done.out.removeprefix("Provet finns i ").removesuffix("\n"))
    return docx_text(path.read_bytes())


def test_a_preview_is_marked_and_never_written_over(made: Made, run: Run) -> None:
    texts = [preview(run, "plan"), preview(run, "plan"), preview(run, "plan", "--empty")]
    assert {path.name for path in (made.home.documents / "mallprov").iterdir()} == {
        "plan-1.docx",
        "plan-2.docx",
        "plan-tom-1.docx",
    }
    assert all(NOTICE in text for text in texts)
    assert "Läkarbesök: se över medicinen" in texts[0]
    assert texts[0] == texts[1]
    assert "Läkarbesök" not in texts[2]


def test_the_kind_is_asked_for_or_told_by_the_files_name(made: Made, run: Run, tmp_path: Path) -> None:
    own(tmp_path / "utan.docx")
    own(tmp_path / "kallelse.docx")
    done = run("template", "preview", "utan.docx")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("Ange med --kind vilket slags dokument mallen är till för. Ett av: consent,")
    assert "EGEN RAD" in preview(run, "kallelse.docx", "--output", str(tmp_path / "prov.docx"))
    assert "EGEN RAD" in preview(run, "utan.docx", "--kind", "call")


# --- the list of fields ---


def test_the_fields_as_a_word_document(made: Made, run: Run, tmp_path: Path) -> None:
    done = run("template", "fields", "--kind", "call", "--word", "falt.docx")
    assert (done.code, done.out, done.err) == (0, "Fälten står i falt.docx.\n", "")
    text = docx_text((tmp_path / "falt.docx").read_bytes())
    assert "{{ meeting.place }}" in text
    assert "{%p for who in others %}" in text
    assert run("template", "fields", "--word", "falt.docx").code == 1  # never over a file


# --- saying no ---


def test_errors_are_all_named_and_nothing_is_installed(made: Made, run: Run, tmp_path: Path) -> None:
    bad = changed(tmp_path / "fel.docx", "{{ person.label }}", "{{ person.lable }} {{ finns.inte }}")
    before = files(made.root)
    done = run("template", "install", bad.name, "--kind", "call")
    assert (done.code, done.out) == (6, "")
    assert done.err.startswith("Mallen fel.docx är inte installerad. Antal fel: 2.")
    assert "person.lable" in done.err
    assert "Menade du ”label”?" in done.err
    assert files(made.root) == before


def nothing(folder: Path) -> None:
    """No file."""


def other(folder: Path) -> None:
    (folder / "fil.docx").write_bytes(b"%PDF-1.7")


def broken(folder: Path) -> None:
    (folder / "fil.docx").write_bytes(STANDARD.read_bytes()[:2000])


def whole(folder: Path) -> None:
    (folder / "fil.docx").write_bytes(STANDARD.read_bytes())


REFUSED = [
    (("install", "fil.docx", "--kind", "call"), nothing, 4, "Mallen fil.docx finns inte eller går inte att läsa."),
    (("install", "fil.docx", "--kind", "call"), other, 6, "Mallen fil.docx är inte installerad. Antal fel: 1."),
    (("install", "fil.docx", "--kind", "call"), broken, 6, "Mallen fil.docx är inte installerad. Antal fel: 1."),
    (("install", "fil.docx", "--kind", "plan"), whole, 6, "Mallen fil.docx är inte installerad."),
    (("install", "fil.docx"), whole, 2, "--kind saknas. Ett av: consent,"),
    (("install", "fil.docx", "--kind", "brev"), whole, 2, "--kind ska vara ett av: consent,"),
    (("install", "fil.docx", "--kind", "call", "--for", "9999"), whole, 2, "”9999” är ingen kommun eller region."),
    (("install", "fil.docx", "--kind", "call", "--for", "alla"), whole, 2, "”alla” är ingen kommun eller region."),
    (("preview", "kalla"), nothing, 2, "”kalla” är varken en fil eller ett slags dokument. Menade du ”call”?"),
    (("preview", "fil.docx", "--kind", "call"), nothing, 4, "Mallen fil.docx finns inte eller går inte att läsa."),
    (("preview", "fil.docx", "--kind", "call"), other, 6, "Filen fil.docx"),
    (("preview", "call", "--output", "fil.docx"), whole, 1, "Filen fil.docx finns redan."),
    (("preview", "call", "--output", "fil.pdf"), nothing, 2, "Filen fil.pdf ska sluta på .docx."),
    (("preview", "call", "--output", "fil.docx/prov.docx"), whole, 1, "Det går inte att skriva i mappen fil.docx"),
    (("new", "call", "--output", "fil.docx"), whole, 1, "Filen fil.docx finns redan."),
    (("new", "brev"), nothing, 2, "SORT ska vara ett av: consent,"),
    (("use", "call", "abcd1234"), nothing, 4, "Det finns ingen egen mall av det slaget med versionen ”abcd1234”."),
    (("use", "call", "pack", "--for", "x"), nothing, 2, "”x” är ingen kommun eller region."),
    (("fields", "--word", "fil.txt"), nothing, 2, "Filen fil.txt ska sluta på .docx."),
]


@pytest.mark.parametrize(
    ("words", "prepare", "code", "sentence"),
    REFUSED,
    ids=[f"{' '.join(words)}-{p.__name__}" for words, p, *_ in REFUSED],
)
def test_a_no_is_one_sentence_and_changes_nothing(
    made: Made,
    run: Run,
    tmp_path: Path,
    words: tuple[str, ...],
    prepare: Callable[[Path], None],
    code: int,
    sentence: str,
) -> None:
    prepare(tmp_path)
    before = files(tmp_path)
    done = run("template", *words)
    assert (done.code, done.out) == (code, ""), done.err
    assert done.err.startswith(sentence), done.err
    assert "Traceback" not in done.err
    assert files(tmp_path) == before


def test_every_kind_can_be_begun_and_installed(made: Made, tmp_path: Path) -> None:
    for kind in DocumentKind:
        path = template_work.begin(kind, "", tmp_path / f"{kind.value}.docx")
        assert template_work.install(path, kind, "").is_new
    assert {row["from"] for row in templates.listing("")} == {"egen mall"}
