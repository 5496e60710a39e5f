"""Dates and times as people write them. Today is Wednesday 7 October 2026."""

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sipctl.process.dates import parse_date, parse_datetime, parse_time
from sipctl.process.form import Prefer
from sipctl.process.identity import is_number, parse_number

TODAY = date(2026, 10, 7)
PAST, FUTURE = Prefer.PAST, Prefer.FUTURE


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-12-01", "2026-12-01"),
        ("2026–12–01", "2026-12-01"),
        ("20261201", "2026-12-01"),
        ("261201", "2026-12-01"),
        ("26-12-01", "2026-12-01"),
        ("1/12 2026", "2026-12-01"),
        ("1/12-26", "2026-12-01"),
        ("1.12.2026", "2026-12-01"),
        ("1 december 2026", "2026-12-01"),
        ("  Den 1:a  December 2026. ", "2026-12-01"),
        ("Dec 1st, 2026", "2026-12-01"),
        ("idag", "2026-10-07"),
        ("i dag", "2026-10-07"),
        ("imorgon", "2026-10-08"),
        ("i morgon", "2026-10-08"),
        ("igår", "2026-10-06"),
        ("i går", "2026-10-06"),
        ("i övermorgon", "2026-10-09"),
        ("tomorrow", "2026-10-08"),
        ("om tre veckor", "2026-10-28"),
        ("om 10 dagar", "2026-10-17"),
        ("om en månad", "2026-11-07"),
        ("om ett halvår", "2027-04-07"),
        ("för två veckor sedan", "2026-09-23"),
        ("in two weeks", "2026-10-21"),
        ("two weeks ago", "2026-09-23"),
        ("på fredag", "2026-10-09"),
        ("på onsdag", "2026-10-14"),
        ("nästa tisdag", "2026-10-13"),
        ("nästa söndag", "2026-10-18"),
        ("i måndags", "2026-10-05"),
        ("förra fredagen", "2026-10-02"),
        ("29 feb 2028", "2028-02-29"),
    ],
)
@pytest.mark.parametrize("prefer", [PAST, FUTURE, None])
def test_a_date_that_leaves_nothing_open(text: str, expected: str, prefer: Prefer | None) -> None:
    assert parse_date(text, TODAY, prefer).isoformat() == expected


@pytest.mark.parametrize(
    ("text", "past", "future", "nearest"),
    [
        ("1/12", "2025-12-01", "2026-12-01", "2026-12-01"),
        ("1 dec", "2025-12-01", "2026-12-01", "2026-12-01"),
        ("7/10", "2026-10-07", "2026-10-07", "2026-10-07"),
        ("3 sept", "2026-09-03", "2027-09-03", "2026-09-03"),
        ("29 feb", "2024-02-29", "2028-02-29", "2028-02-29"),
        ("fredag", "2026-10-02", "2026-10-09", "2026-10-09"),
        ("480312", "1948-03-12", "1948-03-12", "1948-03-12"),
        ("350312", "1935-03-12", "2035-03-12", "2035-03-12"),
    ],
)
def test_the_side_of_today_is_chosen(text: str, past: str, future: str, nearest: str) -> None:
    read = [parse_date(text, TODAY, side).isoformat() for side in (PAST, FUTURE, None)]
    assert read == [past, future, nearest]


@pytest.mark.parametrize("text", ["2026-02-30", "30/2", "31 september", "1/13", "0/1", "29 feb 2027", "20261301"])
def test_an_impossible_date_is_named_as_such(text: str) -> None:
    with pytest.raises(ValueError, match=r"finns inte i kalendern\. Skriv till exempel 2026-12-01"):
        parse_date(text, TODAY, FUTURE)


@pytest.mark.parametrize("text", ["", "v. 49", "snart", "om några veckor", "١/١٢", "12", "om 99999 dagar", "1/12/1"])
def test_what_is_no_date(text: str) -> None:
    with pytest.raises(ValueError, match="Skriv till exempel"):
        parse_date(text, TODAY, None)


@pytest.mark.parametrize("text", ["om 9999 år", "för 9999 år sedan", "om 999 år", "1/1 1066", "3026-01-01"])
def test_a_year_that_cannot_be_meant(text: str) -> None:
    with pytest.raises(ValueError, match="Året"):
        parse_date(text, TODAY, None)


def test_months_end_where_they_end() -> None:
    assert parse_date("om en månad", date(2026, 1, 31), None) == date(2026, 2, 28)
    assert parse_date("om ett år", date(2028, 2, 29), None) == date(2029, 2, 28)


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.sampled_from([PAST, FUTURE, None]))
def test_a_full_date_reads_back_in_every_form(day: date, prefer: Prefer | None) -> None:
    for text in (f"{day:%Y-%m-%d}", f"{day:%Y%m%d}", f"{day.day}/{day.month} {day.year}"):
        assert parse_date(text, TODAY, prefer) == day


@given(st.text(max_size=30))
def test_any_text_is_a_date_or_a_sentence(text: str) -> None:
    for read in (parse_date, parse_datetime):
        told = ""
        try:
            read(text, TODAY, None)
        except ValueError as error:
            told = str(error)
        assert not told or told.endswith(".")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("13", time(13)),
        ("13.00", time(13)),
        ("13:30", time(13, 30)),
        ("1300", time(13)),
        ("kl 9", time(9)),
        ("kl. 9.30", time(9, 30)),
        ("klockan 9", time(9)),
        ("1 pm", time(13)),
        ("12 am", time(0)),
    ],
)
def test_times(text: str, expected: time) -> None:
    assert parse_time(text) == expected


@pytest.mark.parametrize("text", ["24", "9.60", "lunch", "", "9,30", "13.0"])
def test_what_is_no_time(text: str) -> None:
    with pytest.raises(ValueError, match="Skriv till exempel"):
        parse_time(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-12-01T13:00", datetime(2026, 12, 1, 13)),
        ("2026-12-01 13:00", datetime(2026, 12, 1, 13)),
        ("1/12 kl 13", datetime(2026, 12, 1, 13)),
        ("1/12, kl. 13.15", datetime(2026, 12, 1, 13, 15)),
        ("1.12 13.00", datetime(2026, 12, 1, 13)),
        ("1 december 2026 9.30", datetime(2026, 12, 1, 9, 30)),
        ("fredag 9", datetime(2026, 10, 9, 9)),
        ("imorgon 1300", datetime(2026, 10, 8, 13)),
        ("kl 9 imorgon", datetime(2026, 10, 8, 9)),
        ("tomorrow at 1 pm", datetime(2026, 10, 8, 13)),
    ],
)
def test_day_and_time(text: str, expected: datetime) -> None:
    assert parse_datetime(text, TODAY, FUTURE) == expected


@pytest.mark.parametrize("text", ["1/12", "1 december 13", "13.00", "1 december 2026"])
def test_a_day_alone_is_not_enough(text: str) -> None:
    with pytest.raises(ValueError, match="både dag och klockslag"):
        parse_datetime(text, TODAY, FUTURE)


# --- personnummer ---


@pytest.mark.parametrize("text", ["19121212-1212", "191212121212", "121212+1212", "19121212 1212"])
def test_a_personnummer_in_its_forms(text: str) -> None:
    assert parse_number(text, TODAY) == "191212121212"


def test_the_century_is_the_latest_past_one() -> None:
    assert parse_number("121212-1212", TODAY) == "201212121212"
    assert parse_number("701063-2391", TODAY) == "197010632391"  # samordningsnummer: day + 60


@pytest.mark.parametrize("text", ["19121212-1213", "19121312-1212", "1212121212121", "anna", ""])
def test_a_wrong_number_is_not_repeated(text: str) -> None:
    with pytest.raises(ValueError, match="um") as caught:
        parse_number(text, TODAY)
    assert not text or text not in str(caught.value)
    assert not is_number(text)
