"""Lists over many cases: which, in what order, and what they do not tell unless asked."""

from datetime import date
from typing import Any

import pytest
import walkthrough

from sipctl.store import listing
from sipctl.store.listing import Selection
from sipctl.tasks.desk import Desk
from sipctl.tasks.step import begin, finish, from_file


def new(desk: Desk, name: str, **changes: Any) -> str:
    """A new case for somebody without a number."""
    return walkthrough.do(desk, "new", **{"id_number": None, "name": name, **changes}).case.ref


@pytest.fixture
def three(desk: Desk) -> Desk:
    """Two cases without a number and one with."""
    new(desk, "Anna Provsson")
    new(desk, "Bo 100%_Test")
    new(desk, "Test Testsson", id_number="198001052383")
    return desk


def refs(desk: Desk, **wanted: Any) -> list[str]:
    return [row.ref for row in listing.cases(desk.store, Selection(**wanted))]


def test_cases_stand_in_order_of_their_reference(three: Desk) -> None:
    assert refs(three) == ["2026-0001", "2026-0002", "2026-0003"]


def test_names_are_shown_only_when_asked_for(three: Desk) -> None:
    assert {row.name for row in listing.cases(three.store, Selection())} == {""}
    names = [row.name for row in listing.cases(three.store, Selection(names=True))]
    assert names == ["Anna Provsson", "Bo 100%_Test", "Test Testsson"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Provsson", ["2026-0001"]),
        ("provs", ["2026-0001"]),
        ("Test", ["2026-0002", "2026-0003"]),
        ("%", ["2026-0002"]),
        ("_", ["2026-0002"]),
        ("100%_", ["2026-0002"]),
        ("\\", []),
        ("' OR 1=1 --", []),
    ],
)
def test_search_by_name_takes_every_character_as_it_is(three: Desk, text: str, found: list[str]) -> None:
    assert refs(three, name=text) == found


def test_search_by_number_wants_the_whole_number(three: Desk) -> None:
    assert refs(three, number="198001052383") == ["2026-0003"]
    assert refs(three, number="19800105") == []


def test_closed_cases_are_left_out_unless_wanted(three: Desk) -> None:
    work = begin(three, "2026-0002", "close")
    finish(work, from_file(work, {"close_reason": "moved", "on_date": "2026-03-02", "decided_by": "Test Testsson",
                                  "told": "alla"}))  # fmt: skip
    assert refs(three) == ["2026-0001", "2026-0003"]
    assert refs(three, everything=True) == ["2026-0001", "2026-0002", "2026-0003"]
    assert {row.ref for row in listing.due(three.store, three.today)} == {"2026-0001", "2026-0003"}
    assert listing.references(three.store) == ["2026-0003", "2026-0001", "2026-0002"]


def test_a_case_shows_the_first_thing_to_do(three: Desk) -> None:
    walkthrough.do(three, "assess", "2026-0001")
    row = listing.cases(three.store, Selection())[0]
    due = [each for each in listing.due(three.store, three.today) if each.ref == row.ref]
    assert (row.due, row.due_on) == (due[0].kind, due[0].on_date)
    assert row.step == "plan"


def test_what_is_due_comes_the_most_overdue_first(three: Desk) -> None:
    walkthrough.do(three, "assess", "2026-0002")
    rows = listing.due(three.store, date(2026, 12, 1))
    assert [row.on_date for row in rows] == sorted(row.on_date for row in rows)
    assert all(row.days == (date.fromisoformat(row.on_date) - date(2026, 12, 1)).days < 0 for row in rows)
    assert len(rows) >= 3


def test_what_is_due_within_some_days_ends_with_the_last_of_them(three: Desk) -> None:
    first = date.fromisoformat(listing.due(three.store, three.today)[0].on_date)
    days = (first - three.today).days
    assert days > 0
    assert listing.due(three.store, three.today, days - 1) == []
    assert listing.due(three.store, three.today, days)


def test_references_complete_what_is_begun(three: Desk) -> None:
    assert listing.references(three.store, "2026-0002") == ["2026-0002"]
    assert listing.references(three.store, "2025") == []


def test_a_list_of_open_cases_reads_neither_closed_ones_nor_the_facts_themselves(three: Desk) -> None:
    """Ten thousand closed cases must not make today's list slow."""
    sql, values = listing.cases_query(Selection())
    plan = " ".join(row[-1] for row in three.store.connection.execute("EXPLAIN QUERY PLAN " + sql, values))
    assert "SCAN c USING INDEX ix_case_open" in plan
    assert "SEARCH fact USING COVERING INDEX ix_fact_live" in plan
    assert "person" not in sql
