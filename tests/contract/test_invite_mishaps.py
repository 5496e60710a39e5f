"""What stops ``invite --all`` on its way: told before letters are made, or after what was made."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from testworld import Made, Outcome
from walkthrough import BOOKED, answers_of, booked, planned

from sipctl.errors import Busy, SipctlError
from sipctl.files import unwritable
from sipctl.store import cases
from sipctl.tasks import issue as issuing
from sipctl.tasks.batch import Batch, Fate
from sipctl.tasks.desk import Desk
from sipctl.tasks.orders import letters
from sipctl.tasks.unfinished import only_run

Run = Callable[..., Outcome]


@pytest.fixture
def office(made: Made, monkeypatch: pytest.MonkeyPatch) -> Made:
    """Two cases with a meeting; one that waits to be called to, where somebody has protected personal data."""
    participants = answers_of("plan")["participants"]
    participants[2] |= {"protection": "registered"}
    with made.desk() as desk:
        booked(desk, "Anna Provsson")
        booked(desk, "Bo Provsson")
        planned(desk, "Cim Provsson", participants=participants)
    monkeypatch.setenv("SIPCTL_TODAY", BOOKED.isoformat())
    return made


def documents(made: Made) -> list[Path]:
    return sorted((made.root / "dokument").glob("2026-*/*.docx"))


@pytest.mark.parametrize(
    ("arguments", "environment", "code", "sentence"),
    [
        (("--merge", "utskrift.pdf"), {}, 2, "utskrift.pdf är inget namn på en Word-fil."),
        (("--merge", "mapp.docx", "--force"), {}, 2, "Filen mapp.docx finns redan."),
        (("--merge", "ny.docx", "--pdf"), {}, 2, "Filen ny.pdf finns redan."),
        (("--merge", "fil/utskrift.docx"), {}, 1, "Det går inte att skriva i mappen"),
        (("--duplex",), {}, 2, "--duplex gäller den samlade filen."),
        (("--pdf",), {"PATH": "/nowhere"}, 4, "Varken Word eller LibreOffice finns på datorn"),
    ],
)  # fmt: skip
def test_what_could_not_be_done_afterwards_is_told_first(
    office: Made, run: Run, tmp_path: Path, arguments: tuple[str, ...], environment: dict[str, str], code: int,
    sentence: str,
) -> None:  # fmt: skip
    (tmp_path / "mapp.docx").mkdir()
    (tmp_path / "ny.pdf").write_bytes(b"mitt")
    (tmp_path / "fil").write_bytes(b"mitt")
    told = run("invite", "--all", *arguments, **environment)
    assert (told.code, told.out) == (code, "")
    assert told.err.startswith(sentence)
    assert documents(office) == []


def test_what_was_made_is_told_of_before_what_went_wrong_with_it(office: Made, run: Run) -> None:
    """The folder of the lists is a file: the letters are made and saved all the same."""
    (office.root / "dokument").mkdir()
    (office.root / "dokument" / "utskick").write_bytes(b"i vagen")
    told = run("invite", "--all")
    assert told.code == 3
    assert told.out == "Brev gjorda: 8, i ärenden: 2.\n"
    assert told.err.startswith("Breven är gjorda. Det går inte att skriva i mappen")
    assert len(documents(office)) == 8
    assert json.loads(run("invite", "--all", "--json").out)["data"]["cases"] == []


def test_no_letters_no_merged_file_and_that_is_said(office: Made, run: Run, tmp_path: Path) -> None:
    assert run("invite", "--all").code == 0
    told = run("invite", "--all", "--merge", "utskrift.docx")
    assert told.code == 0
    assert told.out == "Inga brev att göra: alla brev till bokade möten är gjorda.\n"
    assert told.err == "Inga brev gjordes, så utskrift.docx skrevs inte.\n"
    assert not (tmp_path / "utskrift.docx").exists()


def test_a_protected_case_in_the_file_is_not_booked_and_the_way_is_named(
    office: Made, run: Run, tmp_path: Path
) -> None:
    (tmp_path / "moten.csv").write_text("ref;date;time;place\n2026-0003;1/4;10;Rum 2\n", "utf-8")
    told = run("invite", "--meetings", "moten.csv", "--dry-run")
    assert told.out == (
        "Brev som skulle göras: 0, i ärenden: 0.\n"
        "Att hantera för sig:\n"
        "  2026-0003: Någon i ärendet har skyddade personuppgifter. Boka och gör breven för sig: "
        "sipctl invite 2026-0003\n"
    )
    assert run("invite", "--meetings", "moten.csv").code == 0
    with office.desk() as desk:
        assert desk.case("2026-0003", "test").meetings == []


def test_only_one_run_at_a_time(office: Made) -> None:
    with office.desk(BOOKED) as desk, only_run(desk), pytest.raises(Busy):
        Batch(desk).run(["2026-0001"], lambda outcome: None)
    with office.desk(BOOKED) as desk:
        Batch(desk).run(["2026-0001"], lambda outcome: None)
    assert len(documents(office)) == 4


def test_letters_that_another_window_saved_are_never_taken_away(office: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both made the very same files; the one that comes too late must leave those of the other."""
    with office.desk(BOOKED) as late, office.desk(BOOKED) as quick:
        real = cases.save_many

        def meanwhile(*arguments: object, **options: object) -> object:
            issued_by(quick)
            return real(*arguments, **options)  # type: ignore[arg-type]

        monkeypatch.setattr(cases, "save_many", meanwhile)
        batch = Batch(late)
        batch.run(["2026-0001"], lambda outcome: None)
    assert batch.outcomes[0].fate is Fate.FAILED
    assert len(documents(office)) == 4


def issued_by(desk: Desk) -> None:
    case = desk.case("2026-0001", "test")
    issuing.issue(desk, case, letters(case))


def test_a_full_disk_at_the_saving_leaves_nothing_and_says_so(office: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_arguments: object, **_options: object) -> None:
        raise unwritable(office.root, OSError(28, "No space left on device"))

    monkeypatch.setattr(cases, "save_many", full)
    with office.desk(BOOKED) as desk:
        batch = Batch(desk)
        with pytest.raises(SipctlError):
            batch.run(["2026-0001", "2026-0002"], lambda outcome: None)
    assert [(outcome.fate, outcome.letters) for outcome in batch.outcomes] == [(Fate.FAILED, [])] * 2
    assert documents(office) == []


def test_half_a_file_of_a_run_that_was_killed_is_taken_away(office: Made) -> None:
    with office.desk(BOOKED) as desk:
        folder = desk.home.documents / "2026-0001"
        folder.mkdir(parents=True)
        with only_run(desk) as notes:
            notes.note(folder / "2026-0001-brev-D0-v1.docx", b"helt")
        (folder / ".2026-0001-brev-D0-v1.docx.1a2b3c4d.part").write_bytes(b"hal")
        (folder / "annat.docx").write_bytes(b"helt")
        with only_run(desk):
            pass
    assert [path.name for path in folder.iterdir()] == ["annat.docx"]
