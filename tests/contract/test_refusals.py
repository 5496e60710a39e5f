"""Bad input: one clear sentence, its exit code, and everything as it was."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from testworld import Made, Outcome

Run = Callable[..., Outcome]

GOOD = {"id_number": "198001052383", "name": "Test Testsson", "protection": "none", "route": "opencare"}
ASSESSED = {
    "on_date": "2026-03-02", "asked_by": "own_unit", "noticed_by": "Test Testsson", "needs_kommun": True,
    "needs_region": True, "decision": True, "offer": "accepted", "consent_giver": "individual",
    "consent_form": "spoken", "consent_on": "2026-03-02",
}  # fmt: skip


@pytest.fixture
def answers(tmp_path: Path) -> Callable[..., str]:
    """Write answers to a file and give its path."""

    def write(values: dict[str, object], encoding: str = "utf-8") -> str:
        path = tmp_path / "svar.json"
        path.write_text(json.dumps(values, ensure_ascii=False), encoding)
        return str(path)

    return write


def content(made: Made) -> list[object]:
    """Everything in the store but the trail, which notes the attempt."""
    with made.store() as store:
        tables = [row[0] for row in store.rows("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        return [store.rows(f'SELECT * FROM "{table}"') for table in tables if table not in ("trail", "meta")]


def refused(outcome: Outcome, code: int) -> str:
    """The complaint: on stderr alone, without a traceback and without what was typed in."""
    assert outcome.code == code, outcome.err
    assert outcome.out == ""
    assert "Traceback" not in outcome.err
    assert "Testsson" not in outcome.err
    return outcome.err


NUMBERS = {
    "checksum": "198001052384",
    "impossible date": "198013052383",
    "the future": "209901052383",
    "letters": "19800105abcd",
    # Synthetic: a samordningsnummer derived from a test number (day + 60, new check digit). It could be
    # somebody's, so a store for invented data does not take it.
    "not a published test number": "198001652380",
}


@pytest.mark.parametrize("number", NUMBERS.values(), ids=NUMBERS)
def test_a_wrong_identity_number_is_refused(made: Made, run: Run, answers: Callable[..., str], number: str) -> None:
    before = content(made)
    err = refused(run("case", "new", "--answers", answers(GOOD | {"id_number": number})), 2)
    assert "id_number:" in err
    assert number not in err
    assert content(made) == before


NAMES = {
    "escape": "Test\x1b[31m",
    "bell": "Test\x07",
    "right to left mark": "Test \u202eNossteT",
    "ten thousand characters": "T" * 10_000,
    "nothing": "   ",
    "not a text": 17,
}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_name_that_cannot_be_shown_safely_is_refused(
    made: Made, run: Run, answers: Callable[..., str], name: object
) -> None:
    before = content(made)
    err = refused(run("case", "new", "--answers", answers(GOOD | {"name": name})), 2)
    assert "  name:" in err
    assert len(err) < 400
    assert content(made) == before


@pytest.mark.parametrize("name", ["[/] [bold]Test[/bold]", "Test {{ 7*7 }} & <b>", "Åsa-Märta O’Test 😀"])
def test_a_name_with_markup_is_a_name_like_any_other(
    made: Made, run: Run, answers: Callable[..., str], name: str
) -> None:
    assert run("case", "new", "--answers", answers(GOOD | {"name": name})).code == 0
    assert name in run("case", "show", "2026-0001", "--names").out


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_answers_are_read_in_the_encodings_that_windows_writes(
    made: Made, run: Run, answers: Callable[..., str], encoding: str
) -> None:
    assert run("case", "new", "--answers", answers(GOOD | {"name": "Åsa Påhittsson"}, encoding)).code == 0
    assert "Åsa Påhittsson" in run("case", "show", "2026-0001", "--names").out


def test_all_faults_come_at_once_each_with_its_key(made: Made, run: Run, answers: Callable[..., str]) -> None:
    err = refused(run("case", "new", "--answers", answers({"id_number": "1", "rout": "opencare"})), 2)
    keys = {line.split(":")[0].strip() for line in err.splitlines()[1:]}
    assert keys == {"id_number", "name", "protection", "route", "rout"}
    assert "Menade du" in err


def test_without_a_terminal_the_answers_must_come_from_a_file(made: Made, run: Run) -> None:
    assert "--answers" in refused(run("case", "new"), 2)


def test_an_identity_number_on_the_command_line_is_refused_before_anything_runs(made: Made, run: Run) -> None:
    before = content(made)
    for argument in ("198001052383", "19800105-2383", "800105-2383", "case-198001052383"):
        assert "kommandoraden" in refused(run("case", "show", argument), 2)
    assert content(made) == before
    assert run("case", "show", "556677889900").code == 4  # twelve digits, but no possible date


def _assessed(run: Run, answers: Callable[..., str], **changes: object) -> None:
    assert run("case", "new", "--answers", answers(GOOD)).code == 0
    outcome = run("assess", "2026-0001", "--answers", answers(ASSESSED | changes))
    assert outcome.code == 0, outcome.err


MEETING = {
    "call_units": ["Hemtjänsten Solberga"], "purpose": "Att göra upp om stödet.", "starts_at": "2026-03-20T10:00",
    "form": "video", "place": "Länk kommer", "reply_by": "2026-03-10", "sent_on": "2026-03-02",
}  # fmt: skip


def test_nobody_is_called_to_a_day_that_has_been(made: Made, run: Run, answers: Callable[..., str]) -> None:
    _assessed(run, answers)
    before = content(made)
    late = MEETING | {"starts_at": "2026-02-20T10:00"}
    err = refused(run("invite", "2026-0001", "--answers", answers(late)), 2)
    assert "starts_at: Datumet har redan passerat" in err
    assert content(made) == before


def test_nobody_is_called_without_the_persons_consent(made: Made, run: Run, answers: Callable[..., str]) -> None:
    _assessed(run, answers, offer="thinking", consent_giver=None, consent_form=None, consent_on=None)
    before = content(made)
    called = {key: value for key, value in MEETING.items() if key != "call_units"}
    err = refused(
        run("invite", "2026-0001", "--answers", answers(called | {"call_units": ["Hemtjänsten Solberga"]})), 5
    )
    assert "Den enskilde har inte samtyckt till en SIP." in err
    assert content(made) == before
    assert not (made.root / "dokument").exists()


def test_a_document_beyond_consent_is_not_made(finished: Made, run: Run) -> None:
    before = content(finished)
    err = refused(run("document", "2026-0001", "plan", "--to", "D3", "--yes"), 5)
    assert "samtycke" in err.lower()
    assert content(finished) == before
    assert list((finished.root / "dokument").glob("*/*plan-D3*")) == []


def test_an_unknown_case_is_named(made: Made, run: Run) -> None:
    for command in ("assess", "plan", "invite", "meeting", "followup", "close", "consent"):
        assert "2026-0042" in refused(run(command, "2026-0042", "--print-answers"), 4)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_a_key_file_that_all_can_read_is_refused(made: Made, run: Run) -> None:
    made.key_file.chmod(0o644)
    assert "chmod 600" in refused(run("case", "list"), 13)


def test_a_folder_that_takes_no_files_is_told_of(made: Made, run: Run, answers: Callable[..., str]) -> None:
    """A file stands where the folder of documents should be: nothing can be written there, by any user."""
    _assessed(run, answers)
    (made.root / "dokument").write_text("i vägen")
    before = content(made)
    err = refused(run("document", "2026-0001", "consent"), 1)
    assert "Det går inte att skriva i mappen" in err
    assert content(made) == before


def test_what_sipctl_does_not_understand_gets_no_traceback(made: Made, run: Run, tmp_path: Path) -> None:
    broken = tmp_path / "svar.toml"
    broken.write_text('name = "Test Testsson\n', "utf-8")
    assert "rad 1" in refused(run("case", "new", "--answers", str(broken)), 2)
    assert refused(run("case", "new", "--answers", str(tmp_path / "saknas.toml")), 4)
    assert refused(run("case", "lits"), 2)
    assert refused(run("next", "--days", "många"), 2)
