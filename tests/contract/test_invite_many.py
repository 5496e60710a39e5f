"""``invite --all`` and ``--meetings`` as a person or a script meets them: screen, JSON, files, exit codes."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from testworld import Made, Outcome
from walkthrough import BOOKED, booked, planned

from sipctl.documents.template import docx_text

Run = Callable[..., Outcome]


@pytest.fixture
def office(made: Made, monkeypatch: pytest.MonkeyPatch) -> Made:
    """Two cases with a meeting, one of them with limits in words; one case that waits to be called to."""
    with made.desk() as desk:
        booked(desk, "Anna Provsson")
        booked(desk, "Bo Provsson", info_limits="Inget om uppväxten.")
        planned(desk, "Cim Provsson")
    monkeypatch.setenv("SIPCTL_TODAY", BOOKED.isoformat())
    return made


def papers(made: Made) -> list[str]:
    return sorted(path.name for path in (made.root / "dokument").rglob("*") if path.is_file())


def excel(path: Path, *rows: tuple[Any, ...]) -> str:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return str(path)


def test_a_dry_run_tells_and_changes_nothing(office: Made, run: Run) -> None:
    told = run("invite", "--all", "--dry-run")
    assert told.code == 0
    assert told.out == (
        "Brev som skulle göras: 4, i ärenden: 1.\n"
        "  2026-0001, möte 2026-03-30 13:00\n"
        "    brev till den enskilde: den enskilde (brev)\n"
        "    kallelse: Psykosmottagningen Solberga (säker e-post)\n"
        "    kallelse: Hemtjänsten Solberga (säker e-post)\n"
        "    inbjudan: närstående (brev)\n"
        "Att hantera för sig:\n"
        "  2026-0002: Samtycket har begränsningar som en människa behöver läsa. Gör breven för sig: "
        "sipctl document 2026-0002 letter, sipctl document 2026-0002 call, sipctl document 2026-0002 invitation\n"
    )
    assert papers(office) == []


def test_all_makes_what_is_missing_and_the_second_time_nothing(office: Made, run: Run, tmp_path: Path) -> None:
    merged = tmp_path / "utskrift.docx"
    first = run("invite", "--all", "--merge", str(merged), "--json")
    assert first.code == 0
    told = json.loads(first.out)
    assert (told["sipctl"], told["kind"]) == (1, "batch")
    assert [(case["ref"], case["outcome"], len(case["letters"])) for case in told["data"]["cases"]] == [
        ("2026-0001", "made", 4),
        ("2026-0002", "singly", 0),
    ]
    assert Path(told["data"]["manifest"]).name == "2026-03-10-1.csv"
    text = docx_text(merged.read_bytes())
    assert text.index("Psykosmottagningen Solberga") < text.index("Hemtjänsten Solberga")
    assert "uppväxten" not in text
    made = papers(office)
    second = run("invite", "--all")
    assert second.code == 0
    assert second.out.startswith("Brev gjorda: 0, i ärenden: 0.\nAtt hantera för sig:\n  2026-0002:")
    assert [name for name in papers(office) if not name.endswith(".csv")] == [n for n in made if not n.endswith(".csv")]


def test_meetings_from_excel_are_booked_and_a_bad_row_is_named(office: Made, run: Run, tmp_path: Path) -> None:
    from datetime import datetime, time

    file = excel(
        tmp_path / "moten.xlsx",
        ("Ärende", "Datum", "Tid", "Plats"),
        ("2026-0003", datetime(2026, 4, 1), time(13, 0), "Rum 2"),
        ("2026-0099", datetime(2026, 4, 1), time(14, 0), "Rum 2"),
        ("2026-0001", "31 februari", "9", "Rum 2"),
    )
    told = run("invite", "--meetings", file)
    assert told.code == 3
    assert told.out.startswith(
        "Brev gjorda: 4, i ärenden: 1.\n"
        "Gick inte:\n"
        "  2026-0001: Rad 4: Det datumet finns inte i kalendern. Skriv till exempel 2026-12-01, 1/12, 1 december, "
        "fredag eller om tre veckor.\n"
        "  2026-0099: Det finns inget ärende 2026-0099. Se alla ärenden med sipctl case list.\n"
        "Förteckning: "
    )
    assert told.err == (
        "Ärenden som inte gick: 2. Resten är klart. Rätta det som anges och kör kommandot igen; bara det som "
        "saknas görs.\n"
    )
    with office.desk() as desk:
        meetings = desk.case("2026-0003", "test").meetings
    assert [(m.starts_at.isoformat(), m.place) for m in meetings] == [("2026-04-01T13:00:00", "Rum 2")]


def test_no_letters_books_only_the_meeting_and_all_makes_them_later(office: Made, run: Run, tmp_path: Path) -> None:
    answers = tmp_path / "svar.toml"
    answers.write_text('starts_at = "2026-04-01T13:00"\nform = "room"\nplace = "Rum 2"\nreply_by = "2026-03-20"\n'
                       'sent_on = "2026-03-10"\n', "utf-8")  # fmt: skip
    told = run("invite", "2026-0003", "--answers", str(answers), "--no-letters")
    assert told.code == 0
    assert papers(office) == []
    assert run("invite", "--all").out.startswith("Brev gjorda: 8, i ärenden: 2.\n")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--all", "--meetings", "x.csv"), "Välj --all eller --meetings, inte båda."),
        (("2026-0001", "--all"), "Det går inte ihop: ÄRENDE."),
        (("--all", "--answers", "-"), "Det går inte ihop: --answers."),
        (("2026-0001", "--dry-run", "--pdf"), "Det går inte ihop: --dry-run, --pdf."),
        (("--meetings", "finns-inte.csv"), "Filen finns-inte.csv går inte att läsa."),
    ],
)
def test_what_does_not_go_together_is_refused(
    office: Made, run: Run, arguments: tuple[str, ...], sentence: str
) -> None:
    told = run("invite", *arguments)
    assert told.code in (2, 4)
    assert told.err.startswith(sentence)
    assert papers(office) == []


def test_a_file_that_exists_is_not_merged_into(office: Made, run: Run, tmp_path: Path) -> None:
    target = tmp_path / "utskrift.docx"
    target.write_bytes(b"mitt")
    told = run("invite", "--all", "--merge", str(target))
    assert (told.code, told.err) == (2, "Filen utskrift.docx finns redan. Välj ett annat namn, eller --force.\n")
    assert target.read_bytes() == b"mitt"
    assert papers(office) == []
    assert run("invite", "--all", "--merge", str(target), "--force").code == 0
    assert target.read_bytes().startswith(b"PK")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Filen moten.csv har inga rader."),
        ("ärende;datum\n2026-0003;1/4\n".encode(), "moten.csv saknar kolumner: tid, plats."),
        ("ärende;ref;datum;tid;plats\n".encode(), "moten.csv har två kolumner för samma sak."),
        (b'case;date;time;place\n"2026-0003;1/4;10;x\n', "moten.csv går inte att läsa som CSV"),
    ],
)
def test_a_file_that_is_no_table_is_refused_whole(
    office: Made, run: Run, tmp_path: Path, content: bytes, sentence: str
) -> None:
    (tmp_path / "moten.csv").write_bytes(content)
    told = run("invite", "--meetings", str(tmp_path / "moten.csv"))
    assert told.code == 2
    assert told.err.startswith(sentence)
    assert papers(office) == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_any_encoding_that_excel_writes_is_read(office: Made, run: Run, tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "moten.csv"
    file.write_bytes("Ärende;Datum;Tid;Plats\n2026-0003;1 april;13.00;Rådhuset\n".encode(encoding))
    assert run("invite", "--meetings", str(file)).code == 0
    with office.desk() as desk:
        assert desk.case("2026-0003", "test").meetings[0].place == "Rådhuset"
