"""Kommuner, regions and test numbers, from the shipped data."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sipctl import places
from sipctl.process.identity import is_number

CODES = [code for code, _name in places.find_kommun("0") + places.find_kommun("1") + places.find_kommun("2")]


def test_all_290_kommuner_and_21_regions_are_there() -> None:
    assert len(CODES) == len(set(CODES)) == 290
    assert len(places.REGIONS) == 21
    assert {code[:2] for code in CODES} == set(places.REGIONS)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("1980", ["1980"]),
        ("västerås", ["1980"]),
        ("VASTERAS", ["1980"]),
        ("  Västerås   stad ", ["1980"]),
        ("Stockholms stad", ["0180"]),
        ("gotlands kommun", ["0980"]),
        ("upplands bro", ["0139"]),
        ("väsby", ["0114"]),
        ("Upplands", ["0114", "0139"]),
        ("Mark", ["1463"]),  # not Markaryd
        ("marka", ["0767"]),
        ("Habo", ["0643"]),
        ("HÅBO", ["0305"]),
        ("Östra", ["1256"]),
        ("malung", ["2023"]),
        ("09", ["0980"]),
        ("9999", []),
        ("Ingenstans", []),
        ("", []),
        ("  ", []),
        ("-", []),
        ("٠٩", []),
    ],
)
def test_a_kommun_is_found_by_code_name_or_beginning(text: str, codes: list[str]) -> None:
    assert [code for code, _name in places.find_kommun(text)] == codes


@given(st.sampled_from(CODES))
def test_every_kommun_is_found_alone_by_its_name_and_code(code: str) -> None:
    name = places.kommun_name(code)
    assert places.find_kommun(name) == [(code, name)]
    assert places.find_kommun(name.upper()) == [(code, name)]
    assert places.find_kommun(code) == [(code, name)]
    assert (code, name) in places.find_kommun(name[:3])


@given(st.text(max_size=30))
def test_any_text_is_answered_with_kommuner_that_exist(text: str) -> None:
    assert all(places.kommun_name(code) == name for code, name in places.find_kommun(text))


def test_the_spelling_as_typed_comes_first() -> None:
    names = [name for _code, name in places.find_kommun("ö")]
    first_plain = next(i for i, name in enumerate(names) if not name.startswith("Ö"))
    assert first_plain > 0
    assert not [name for name in names[first_plain:] if name.startswith("Ö")]


def test_names_for_documents_are_those_of_the_data() -> None:
    assert places.body_name("1980") == "Västerås kommun"
    assert places.body_name("19") == places.region_name("1980") == "Region Västmanland"
    assert places.region_name("14") == "Västra Götalandsregionen"
    assert places.county_name("0480") == places.county_name("04") == "Södermanlands län"


@pytest.mark.parametrize("code", ["", "9", "02", "99", "0999", "1999", "19800", "Västerås"])
def test_an_unknown_code_has_no_name(code: str) -> None:
    assert (places.kommun_name(code), places.region_name(code), places.body_name(code)) == ("", "", "")


def test_gotland_is_one_body_and_the_others_are_two() -> None:
    assert places.is_same_body("0980", "09")
    assert places.is_same_body("09", "0980")
    assert places.is_same_body("1980", "1980")
    assert not places.is_same_body("1980", "19")
    assert not places.is_same_body("", "")


@pytest.mark.parametrize("number", ["189001209817", "18900120-9817", " 196101182803 "])
def test_the_published_test_numbers_are_known(number: str) -> None:
    assert places.is_test_number(number)


@pytest.mark.parametrize("number", ["", "-", "9001209817", "189001209818", "1890012098170", "189001-209817x"])
def test_other_numbers_are_not_test_numbers(number: str) -> None:
    assert not places.is_test_number(number)


def test_every_test_number_is_a_valid_number() -> None:
    numbers = places._test_numbers()
    assert len(numbers) == 4573
    assert all(is_number(number) for number in numbers)


def test_nothing_is_read_on_import() -> None:
    code = (
        "import sipctl.places as p\n"
        "assert p._kommuner.cache_info().currsize == p._test_numbers.cache_info().currsize == 0"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize(
    ("code", "codes"),
    [("0480", ("0480",)), ("04", ("04",)), ("0980", ("0980", "09")), ("09", ("09", "0980")), ("", ())],
)
def test_the_codes_of_one_body(code: str, codes: tuple[str, ...]) -> None:
    assert places.same_bodies(code) == codes
