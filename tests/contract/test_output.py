"""What scripts rely on: the JSON envelope, the CSV dialect, the streams and the exit codes."""

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from testworld import Made, Outcome

Run = Callable[..., Outcome]

READING = [
    (("case", "list", "--all"), "cases"),
    (("case", "show", "2026-0001"), "case"),
    (("next",), "due"),
    (("unit", "list"), "units"),
    (("where",), "where"),
    (("doctor",), "doctor"),
    (("template", "list"), "templates"),
    (("template", "fields"), "template.fields"),
    (("store", "verify"), "store.verify"),
    (("store", "key", "list"), "keys"),
    (("audit", "list"), "audit"),
    (("audit", "verify"), "audit.verify"),
]


@pytest.mark.parametrize(("words", "kind"), READING, ids=[" ".join(words) for words, _kind in READING])
def test_every_reading_command_has_a_versioned_envelope(
    finished: Made, run: Run, words: tuple[str, ...], kind: str
) -> None:
    outcome = run(*words, "--json")
    assert outcome.code == 0, outcome.err
    envelope = json.loads(outcome.out)
    assert (envelope["sipctl"], envelope["kind"]) == (1, kind)
    assert set(envelope) == {"sipctl", "kind", "data"}
    assert outcome.err == ""


def test_a_failure_is_an_envelope_on_stderr(made: Made, run: Run) -> None:
    outcome = run("case", "show", "2026-0099", "--json")
    assert (outcome.code, outcome.out) == (4, "")
    assert json.loads(outcome.err) == {
        "sipctl": 1,
        "kind": "error",
        "data": {
            "code": "not_found",
            "exit": 4,
            "what": "Det finns inget ärende 2026-0099.",
            "remedy": "Se alla ärenden med sipctl case list.",
            "faults": [],
        },
    }


def test_a_list_is_json_whose_keys_are_the_contract(finished: Made, run: Run) -> None:
    [row] = json.loads(run("case", "list", "--all", "--json").out)["data"]
    assert list(row) == [
        "ref", "role", "route", "state", "opened_on", "step", "due_on", "due", "draft", "name",
    ]  # fmt: skip
    assert (row["ref"], row["step"], row["state"], row["name"]) == ("2026-0001", "done", "closed", "")


def test_csv_is_what_swedish_excel_opens(finished: Made) -> None:
    command = [sys.executable, "-m", "sipctl", "case", "list", "--all", "--format", "csv"]
    raw = subprocess.run(command, capture_output=True, check=True).stdout
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.count(b"\r\n") == 2
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert [row["Ärende"] for row in rows] == ["2026-0001"]


def test_a_cell_that_excel_would_run_is_guarded(made: Made, run: Run) -> None:
    run("unit", "add", "=HYPERLINK(1)", "--huvudman", "kommun")
    assert "'=HYPERLINK(1)" in run("unit", "list", "--format", "csv").out
    assert "\n=HYPERLINK" not in run("unit", "list", "--format", "csv").out


def test_a_unit_list_goes_out_as_csv_and_comes_in_again(made: Made, run: Run, tmp_path: Path) -> None:
    file = tmp_path / "enheter.csv"
    before = run("unit", "list", "--json").out
    file.write_text(run("unit", "list", "--format", "csv").out, "utf-8")
    outcome = run("unit", "import", str(file))
    assert (outcome.code, outcome.out) == (0, "Enheter tillagda: 0, uppdaterade: 3.\n")
    assert run("unit", "list", "--json").out == before


def test_names_are_shown_only_when_asked_for_and_that_is_logged(finished: Made, run: Run) -> None:
    assert "Testsson" not in run("case", "list", "--all").out
    assert "Test Testsson" in run("case", "list", "--all", "--names").out
    last = json.loads(run("audit", "list", "--json").out)["data"][-1]
    assert (last["action"], last["purpose"], last["cases"]) == ("case.list", "names", "2026-0001")


ALIASES = {
    "bedom": "assess", "planera": "plan", "kalla": "invite", "mote": "meeting", "folj-upp": "followup",
    "avsluta": "close",
}  # fmt: skip


@pytest.mark.parametrize(("alias", "english"), ALIASES.items())
def test_the_steps_have_swedish_names_too(run: Run, alias: str, english: str) -> None:
    ours, theirs = run(alias, "--help"), run(english, "--help")
    assert ours.code == 0
    assert ours.out.splitlines()[2:] == theirs.out.splitlines()[2:]


def test_a_closed_pipe_ends_quietly(finished: Made) -> None:
    command = f"{sys.executable} -m sipctl case list --all --json | head -c 1"
    ran = subprocess.run(["bash", "-c", f"set -o pipefail; {command}"], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")
