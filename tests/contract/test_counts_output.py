"""``export counts`` as a person or a script meets it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from testworld import Made, Outcome

Run = Callable[..., Outcome]


def test_on_screen_it_is_marked_and_says_by_which_definitions(finished: Made, run: Run) -> None:
    told = run("export", "counts", "--from", "2026-01-01", "--to", "2026-03-01")
    assert told.code == 0
    assert told.out.splitlines()[:4] == [
        "Internt, kan omfattas av sekretess. 2026-01-01 till 2026-03-01.",
        "Definitioner, utgåva 1 (ett förslag; officiella finns inte). Hela texten: --format csv.",
        "Nr  Räknat                         Antal  Av",
        "1   Behov bedömt: ja               0",
    ]
    assert len(told.out.splitlines()) == 21


def test_json_has_every_figure_with_its_definition(finished: Made, run: Run) -> None:
    told = json.loads(run("export", "counts", "--year", "2026", "--json").out)
    assert (told["sipctl"], told["kind"]) == (1, "counts")
    data = told["data"]
    assert {key: data[key] for key in data if key != "rows"} == {
        "from": "2026-01-01", "to": "2026-12-31", "so_far": True, "kommun": "", "unit": "", "definitions": 1,
        "reporting_unit": "Vuxenenheten Solberga", "made_on": "2026-03-02", "audience": "internal",
    }  # fmt: skip
    assert all(row["definition"].endswith(".") for row in data["rows"])
    assert [row["number"] for row in data["rows"]] == list(range(1, 19))


def test_the_file_is_for_swedish_excel_and_never_written_over(finished: Made, run: Run, tmp_path: Path) -> None:
    target = tmp_path / "siffror.csv"
    told = run("export", "counts", "--format", "csv", "--output", str(target))
    assert (told.code, told.out) == (0, "")
    text = target.read_bytes().decode("utf-8")
    assert text.startswith("\ufeffNr;Räknat;Antal;Av;Definition;Från;Till;Utgåva;Märkning\r\n1;Behov bedömt: ja;")
    again = run("export", "counts", "--format", "csv", "--output", str(target))
    assert again.code == 1
    assert "siffror.csv finns redan" in again.err
    assert target.read_bytes().decode("utf-8") == text


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--year", "2026", "--from", "2026-01-01"), "Ange antingen ett år eller två datum."),
        (("--year", "26"), "Året kan inte stämma."),
        (("--from", "2026-02-30"), "Perioden går inte att läsa."),
        (("--from", "2026-02-02", "--to", "2026-02-01"), "Perioden slutar före sin början."),
    ],
)
def test_a_period_that_cannot_be_is_refused(made: Made, run: Run, arguments: tuple[str, ...], sentence: str) -> None:
    told = run("export", "counts", *arguments)
    assert told.code == 2
    assert told.err.startswith(sentence)
