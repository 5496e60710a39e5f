"""Counts over facts: right on the walked case, and the laws that any figures must keep."""

import itertools
import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import walkthrough
from hypothesis import given, settings
from hypothesis import strategies as st
from testworld import Made

from sipctl.exchange.definitions import DEFINITIONS
from sipctl.store import trail
from sipctl.store.connection import Store
from sipctl.store.counts import Figure, Period, count
from sipctl.tasks.desk import Desk

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
ADDITIVE = [d.key for d in DEFINITIONS if d.additive]
DAYS = st.dates(date(2023, 1, 1), date(2026, 12, 31))


def test_every_definition_has_a_figure_and_the_other_way_round(desk: Desk) -> None:
    assert set(count(desk.store, YEAR)) == {d.key for d in DEFINITIONS}
    assert [d.number for d in DEFINITIONS] == list(range(1, len(DEFINITIONS) + 1))


def test_the_adult_from_new_to_closed_is_counted_once(desk: Desk) -> None:
    walkthrough.walked(desk)
    found = count(desk.store, YEAR)
    assert {key: figure for key, figure in found.items() if figure not in (Figure(0), Figure(0, 0))} == {
        "need_yes": Figure(1),
        "offered": Figure(1),
        "created": Figure(1),
        "established": Figure(1),
        "followed_up": Figure(2),
        "cases_followed_up": Figure(1),
        "in_time": Figure(2, 2),
        "closed": Figure(1),
        "persons": Figure(1),
    }
    assert trail.entries(desk.store.connection)[-1][3:] == ("counts", "", "2026-01-01/2026-12-31")


def test_one_kommun_and_one_unit(desk: Desk) -> None:
    walkthrough.walked(desk)
    assert count(desk.store, YEAR, kommun="0480")["established"] == Figure(1)
    assert count(desk.store, YEAR, kommun="0580")["established"] == Figure(0)
    assert count(desk.store, YEAR, unit="Vuxenenheten Solberga")["established"] == Figure(1)
    assert count(desk.store, YEAR, unit="Annan")["established"] == Figure(0)


# --- laws, over many invented lives ---


def life(chance: random.Random) -> Iterator[tuple[str, date, str]]:
    """The facts of one case: kind, day and source, in an order that can happen."""
    day = date(2023, 1, 1) + timedelta(days=chance.randrange(1200))
    yield "need_yes", day, "assessment:1"
    yield "offered", day, "assessment:1"
    if chance.random() < 0.2:
        yield "declined", day, "assessment:1"
        return
    yield "created", day, "case"
    if chance.random() < 0.2:
        yield "aborted", day + timedelta(days=9), "status:1"
        return
    day += timedelta(days=chance.randrange(5, 60))
    yield "established", day, "plan:1"
    agreed = day + timedelta(days=90)
    yield "followup_agreed", agreed, "plan:1"
    if chance.random() < 0.7:
        yield "followed_up", agreed + timedelta(days=chance.randrange(-10, 40)), "followup:1"
    closed = agreed + timedelta(days=chance.randrange(60))
    for round_ in range(chance.randrange(3)):
        yield "closed", closed, f"status:{2 * round_ + 2}"
        closed += timedelta(days=chance.randrange(1, 50))
        if chance.random() < 0.5:
            return
        yield "reopened", closed, f"status:{2 * round_ + 3}"
        closed += timedelta(days=chance.randrange(1, 50))


@pytest.fixture(scope="module")
def lives(made_once: Made, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store with three hundred invented lives, entered in no order."""
    import shutil

    root = tmp_path_factory.mktemp("lives") / "hem"
    shutil.copytree(made_once.root, root)
    with Made(root, "").store() as store:
        with store.transaction() as connection:
            for row in rows_of_lives(300):
                marks = ", ".join(f":{name}" for name in row[1])
                connection.execute(f"INSERT INTO {row[0]} ({', '.join(row[1])}) VALUES ({marks})", row[1])
        yield store


def rows_of_lives(number: int) -> list[tuple[str, dict[str, Any]]]:
    chance, rows = random.Random(4), []
    for n in range(1, number + 1):
        rows += [
            ("person", {"id": n, "name": f"Prov{n}", "id_kind": "unknown", "protection": "none", "kommun": "0480",
                        "language": "", "adaptations": "", "address": "", "phone": ""}),
            ('"case"', {"id": n, "ref": f"2023-{n:04d}", "person_id": n, "our_role": "convening", "sip_number": "",
                        "route": "opencare", "convener_unit": "A", "coordinator": "", "kommun": "0480", "step": "plan",
                        "pack": "standard", "pack_version": "1", "demo": 1, "opened_on": "2023-01-01", "revision": 0}),
        ]  # fmt: skip
        kommun = chance.choice(("0480", "0483"))
        for m, (kind, on, source) in enumerate(life(chance)):
            rows.append(("fact", {"id": n * 100 + m, "case_id": n, "kind": kind, "on_date": on.isoformat(), "note": "",
                                  "source": source, "kommun": kommun, "unit": "A", "huvudman": "", "route": "opencare",
                                  "age_band": "", "sex": "", "target_group": ""}))  # fmt: skip
    return rows


def sums(figures: list[dict[str, Figure]]) -> dict[str, tuple[int, int]]:
    return {key: (sum(f[key].value for f in figures), sum(f[key].of or 0 for f in figures)) for key in ADDITIVE}


@given(st.lists(DAYS, min_size=3, max_size=6, unique=True))
@settings(deadline=None, max_examples=40)
def test_what_adds_up_adds_up_over_any_split_of_a_period(lives: Store, days: list[date]) -> None:
    days.sort()
    parts = [Period(a + timedelta(days=1), b) for a, b in itertools.pairwise(days)]
    whole = Period(parts[0].first, parts[-1].last)
    assert sums([count(lives, part) for part in parts]) == sums([count(lives, whole)])


@given(DAYS, DAYS)
@settings(deadline=None, max_examples=40)
def test_what_is_ongoing_is_what_was_and_came_and_left(lives: Store, one: date, other: date) -> None:
    first, last = sorted((one, other))
    before = count(lives, Period(first, first))["ongoing"].value
    after = count(lives, Period(first + timedelta(days=1), last))
    came = after["established"].value + after["reopened"].value - after["closed"].value
    assert after["ongoing"].value == before + (came if last > first else 0)
    assert after["ongoing"].value >= 0


@given(DAYS, DAYS)
@settings(deadline=None, max_examples=20)
def test_a_kommun_and_the_rest_make_the_whole_and_a_share_is_never_more_than_all(
    lives: Store, one: date, other: date
) -> None:
    first, last = sorted((one, other))
    period = Period(first, last)
    parts = [count(lives, period, kommun=code) for code in ("0480", "0483")]
    assert sums(parts) == sums([count(lives, period)])
    for figure in count(lives, period).values():
        assert figure.of is None or 0 <= figure.value <= figure.of


def test_a_voided_fact_does_not_count(lives: Store) -> None:
    before = count(lives, YEAR)["established"].value
    with lives.transaction() as connection:
        connection.execute(
            "UPDATE fact SET voided_by = id WHERE id = "
            "(SELECT min(id) FROM fact WHERE kind = 'established' AND on_date >= '2026-01-01')"
        )
    assert count(lives, YEAR)["established"].value == before - 1
