"""Meetings as people keep them in spreadsheets: what is read, and what is told of instead of guessed."""

import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from sipctl.errors import UsageFault
from sipctl.tasks.meeting_rows import read_meetings

TODAY = date(2026, 3, 10)


def read_one(path: Path, day: str, clock: str, minutes: str = "") -> Any:
    """The start and the minutes of a row, or why it cannot be used."""
    path.write_text(f'Ärende;Datum;Tid;Plats;Längd\n2026-0001;"{day}";"{clock}";Rum 2;{minutes}\n', "utf-8")
    bookings, faulty = read_meetings(path, TODAY)
    if faulty:
        return faulty[0].reason
    return bookings["2026-0001"]["starts_at"], bookings["2026-0001"].get("minutes")


@pytest.mark.parametrize(
    ("day", "clock", "minutes", "meant"),
    [
        ("1/4", "10", "", ("2026-04-01T10:00", None)),
        ("1 april", "kl. 13.00", "45 min", ("2026-04-01T13:00", 45)),
        ("2026-04-01 00:00:00", "13:00:00", "90", ("2026-04-01T13:00", 90)),
        ("1.4.2026", "13,30", "", ("2026-04-01T13:30", None)),
        ("260401", "1300", "", ("2026-04-01T13:00", None)),
        ("onsdag 1 april", "13–14.30", "", ("2026-04-01T13:00", 90)),
        ("1 april", "13.00 till 14.00", "30", ("2026-04-01T13:00", 30)),
        ("1 april", "0.5625", "", ("2026-04-01T13:30", None)),
        ("1 april kl. 13", "", "", ("2026-04-01T13:00", None)),
    ],
)
def test_days_and_times_in_swedish_habits(tmp_path: Path, day: str, clock: str, minutes: str, meant: Any) -> None:
    assert read_one(tmp_path / "moten.csv", day, clock, minutes) == meant


@pytest.mark.parametrize(
    ("day", "clock", "minutes", "why"),
    [
        ("9 mars", "13", "", "Rad 2: Datumet kan läsas som 2027-03-09, och det är långt dit. Skriv året också."),
        ("torsdag 1 april", "13", "", "Rad 2: Veckodagen stämmer inte med datumet."),
        ("1 april", "", "", "Rad 2: Skriv både dag och klockslag"),
        ("1 april", "25.00", "", "Rad 2: Det klockslaget finns inte."),
        ("1 april", "13", "en timme", "Rad 2: Antalet minuter ska vara ett helt tal."),
    ],
)
def test_what_can_be_misread_is_told_of(tmp_path: Path, day: str, clock: str, minutes: str, why: str) -> None:
    assert read_one(tmp_path / "moten.csv", day, clock, minutes).startswith(why)


def test_a_day_far_off_with_its_year_is_taken_at_its_word(tmp_path: Path) -> None:
    assert read_one(tmp_path / "moten.csv", "9 mars 2027", "13")[0] == "2027-03-09T13:00"


def workbook(path: Path) -> Path:
    """The first sheet is hidden; cells are real dates and times, formulas that nobody has worked out, merged."""
    book = Workbook()
    book.active.append(["annat"])
    book.active.sheet_state = "hidden"
    sheet = book.create_sheet("Möten")
    sheet.append(["ÄRENDE", "Mötesdag", "Kl.", "Lokal", "Mötesform"])
    sheet.append(["2026-0001", datetime(2026, 4, 1), time(13, 0), "Rum 2", None])
    sheet.append(["2026-0002", date(2026, 4, 2), timedelta(hours=9, minutes=30), "Rum 2", "video"])
    sheet.append(["2026-0003", datetime(2026, 4, 2, 13, 0), None, "Rum 2"])
    sheet.append(["2026-0004", "=A1", "=B2", "Rum 2"])
    sheet.append([None] * 5)
    sheet.append(["2026-0005", datetime(2026, 4, 2), 13, "Rum 2"])
    sheet.append([None, datetime(2026, 4, 3), 14, "Rum 2"])
    sheet.merge_cells("A7:A8")
    book.save(path)
    return path


def test_excel_as_people_keep_it(tmp_path: Path) -> None:
    bookings, faulty = read_meetings(workbook(tmp_path / "moten.xlsx"), TODAY)
    assert {ref: (row["starts_at"], row["form"]) for ref, row in bookings.items()} == {
        "2026-0001": ("2026-04-01T13:00", "room"),
        "2026-0002": ("2026-04-02T09:30", "video"),
        "2026-0003": ("2026-04-02T13:00", "room"),
        "2026-0005": ("2026-04-02T13:00", "room"),
    }
    assert [(outcome.ref, outcome.reason[:6]) for outcome in faulty] == [("2026-0004", "Rad 5:"), ("", "Rad 8:")]


def test_rows_without_a_case_are_told_of_as_such(tmp_path: Path) -> None:
    file = tmp_path / "moten.csv"
    file.write_text("sep=;\r\nÄrende;Datum;Tid;Plats\r\n;1/4;10;Rum 2\r\n;2/4;10;Rum 2\r\n", "utf-8")
    bookings, faulty = read_meetings(file, TODAY)
    assert bookings == {}
    assert [outcome.reason for outcome in faulty] == [
        "Rad 2: Ärendets referens saknas.",
        "Rad 3: Ärendets referens saknas.",
    ]


def rewritten(source: Path, target: Path, change: Any) -> Path:
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content) if name.endswith("sheet2.xml") else content)
    return target


def test_a_file_that_is_too_much_is_refused_at_once(tmp_path: Path) -> None:
    bomb = rewritten(
        workbook(tmp_path / "moten.xlsx"), tmp_path / "bomb.xlsx",
        lambda xml: xml.replace(b"</worksheet>", b"<!--" + b"A" * 120_000_000 + b"--></worksheet>"),
    )  # fmt: skip
    broken = rewritten(tmp_path / "moten.xlsx", tmp_path / "trasig.xlsx", lambda xml: xml[: len(xml) // 2] + b"<<")
    long = tmp_path / "lang.csv"
    long.write_text("Ärende;Datum;Tid;Plats\n" + "2026-0001;1/4;10;Rum 2\n" * 20_001, "utf-8")
    for path, sentence in (
        (bomb, "bomb.xlsx går inte att läsa som Excelfil."),
        (broken, "trasig.xlsx går inte att läsa som Excelfil."),
        (long, "Filen lang.csv har fler än 20000 rader."),
    ):
        with pytest.raises(UsageFault) as refused:
            read_meetings(path, TODAY)
        assert refused.value.what == sentence


def test_millions_of_columns_cost_nothing(tmp_path: Path) -> None:
    wide = tmp_path / "bred.csv"
    wide.write_text("Ärende;Datum;Tid;Plats" + ";" * 2_000_000 + "\n2026-0001;1/4;13;Rum 2\n", "utf-8")
    began = datetime.now()
    assert list(read_meetings(wide, TODAY)[0]) == ["2026-0001"]
    assert (datetime.now() - began).total_seconds() < 10, "minutes, when each heading is compared by itself"
