"""Who has read and changed what: nothing happens without a row, and no row can be changed unseen."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
import walkthrough
from testworld import NAMES, UNITS, Made, Outcome

from sipctl.errors import Damaged, NotFound, SipctlError
from sipctl.store import cases, listing, trail, units
from sipctl.store.connection import Store
from sipctl.tasks.desk import Desk
from sipctl.tasks.keyslots import add
from sipctl.tasks.step import begin


def rows(store: Store) -> list[tuple[str, str, str]]:
    """Action, cases and purpose of every row."""
    return [(entry.action, entry.cases, entry.purpose) for entry in trail.entries(store.connection)]


# --- nothing without a row ---


def test_every_step_of_a_case_leaves_its_reads_and_its_change(desk: Desk) -> None:
    for section in walkthrough.SECTIONS:
        before = len(rows(desk.store))
        walkthrough.do(desk, section)
        found = [(action, ref) for action, ref, _purpose in rows(desk.store)[before:]]
        form = walkthrough.FORM_OF.get(section, section)
        if section == "new":
            assert found == [("person.lookup", ""), ("case.new", "2026-0001")]
        else:
            assert found == [("case.read", "2026-0001"), ("case.read", "2026-0001"), (f"case.{form}", "2026-0001")]


READS: dict[str, tuple[Callable[[Store], Any], tuple[str, str, str]]] = {
    "load": (lambda store: cases.load(store, "2026-0001", "why"), ("case.read", "2026-0001", "why")),
    "list": (lambda store: listing.cases(store, listing.Selection(everything=True)), ("case.list", "2026-0001", "")),
    "names": (
        lambda store: listing.cases(store, listing.Selection(everything=True, names=True)),
        ("case.list", "2026-0001", "names"),
    ),
    "search": (
        lambda store: listing.cases(store, listing.Selection(everything=True, name="Testsson")),
        ("case.list", "2026-0001", "search"),
    ),
    "nothing found": (
        lambda store: listing.cases(store, listing.Selection(name="Provsson")),
        ("case.list", "", "search"),
    ),
    "due": (lambda store: listing.due(store, walkthrough.date(2027, 1, 1)), ("next", "", "")),
    "person": (lambda store: cases.find_person(store, "198001052383"), ("person.lookup", "", "")),
    "units": (lambda store: units.put(store, UNITS), ("unit.put", "", "")),
}


@pytest.mark.parametrize("name", READS)
def test_every_read_leaves_a_row(finished: Made, name: str) -> None:
    read, wanted = READS[name]
    with finished.store() as store:
        before = rows(store)
        read(store)
        assert rows(store) == [*before, wanted]


def test_a_listing_is_one_row_with_every_reference_shown(desk: Desk) -> None:
    for name in ("Prov Provsson", "Test Testsson"):
        walkthrough.do(desk, "new", id_number=None, name=name)
    listing.cases(desk.store, listing.Selection())
    assert rows(desk.store)[-1] == ("case.list", "2026-0001 2026-0002", "")


def test_what_completion_shows_is_not_logged(finished: Made) -> None:
    with finished.store() as store:
        before = rows(store)
        assert listing.references(store) == ["2026-0001"]
        assert rows(store) == before


@pytest.mark.parametrize(
    ("arguments", "actions"),
    [
        (["case", "list"], ["case.list"]),
        (["next"], ["next"]),
        (["case", "show", "2026-0001"], ["case.read"]),
        (["case", "show", "2026-0001", "--names"], ["case.read"]),
        (["audit", "list"], ["audit.list"]),
        (["store", "verify"], ["case.read"]),
    ],
)
def test_reading_commands_leave_a_row(
    finished: Made, run: Callable[..., Outcome], arguments: list[str], actions: list[str]
) -> None:
    with finished.store() as store:
        before = len(rows(store))
    assert run(*arguments).code == 0
    with finished.store() as store:
        assert [action for action, _cases, _purpose in rows(store)[before:]] == actions


def test_a_new_key_leaves_a_row(made: Made) -> None:
    add("keyfile", made.root / "annan.txt", "", None)
    with made.store() as store:
        assert rows(store)[-1][0] == "key.add.keyfile"


def test_what_fails_leaves_no_row(finished: Made) -> None:
    with finished.store() as store:
        case = cases.load(store, "2026-0001")
        before = rows(store)
        case.change(case.plans[-1], matters="något annat")
        with pytest.raises(SipctlError):
            cases.save(store, case, "case.meeting")
        with pytest.raises(NotFound):
            cases.load(store, "2026-0099")
        assert rows(store) == before


def test_without_the_log_nothing_can_be_read(finished: Made) -> None:
    with finished.store() as store:
        store.connection.execute("DELETE FROM meta WHERE key = 'trail_key'")
        for read in (lambda: cases.load(store, "2026-0001"), lambda: listing.cases(store, listing.Selection())):
            with pytest.raises(Damaged):
                read()


# --- what a row holds ---


def test_the_log_holds_no_name_and_no_number(finished: Made) -> None:
    with finished.store() as store:
        listing.cases(store, listing.Selection(everything=True, name="Testsson", names=True))
        listing.cases(store, listing.Selection(everything=True, number="198001052383"))
        cases.find_person(store, "198001052383")
        text = " ".join(map(str, store.rows("SELECT * FROM trail")))
    assert [name for name in NAMES if name in text] == []
    assert not re.search(r"1980\d{8}", text)
    assert text.count("2026-0001") > 20


def test_the_time_in_the_log_is_the_real_one(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    """SIPCTL_TODAY fixes the day of demo cases, never the log's."""
    monkeypatch.setenv("SIPCTL_TODAY", "2001-01-01")
    earliest = datetime.now(UTC).replace(microsecond=0)
    with made.desk() as desk:
        listing.due(desk.store, desk.today)
        at = datetime.fromisoformat(trail.entries(desk.store.connection)[-1].at)
    assert at.tzinfo is not None
    assert earliest <= at <= datetime.now(UTC)


def test_rows_of_one_case_are_found_by_the_whole_reference(desk: Desk) -> None:
    for name in ("Prov Provsson", "Test Testsson"):
        walkthrough.do(desk, "new", id_number=None, name=name)
    begin(desk, "2026-0002", "assess")
    found = trail.entries(desk.store.connection, case="2026-0002")
    assert [entry.action for entry in found] == ["case.new", "case.read"]
    assert trail.entries(desk.store.connection, case="2026-000") == []
    assert [entry.action for entry in trail.entries(desk.store.connection, newest=1)] == ["case.read"]


# --- nothing can be changed unseen ---


def test_the_log_of_a_whole_case_is_whole(finished: Made) -> None:
    with finished.store() as store:
        assert trail.verify(store.connection) == len(rows(store)) > 20


TAMPER = {
    "another time": ("UPDATE trail SET at = '2026-01-01T00:00:00+00:00' WHERE seq = 7", 7),
    "another actor": ("UPDATE trail SET actor = 'prov' WHERE seq = 7", 7),
    "another action": ("UPDATE trail SET action = 'next' WHERE seq = 7", 7),
    "another case": ("UPDATE trail SET cases = '2026-0002' WHERE seq = 7", 7),
    "another purpose": ("UPDATE trail SET purpose = 'x' WHERE seq = 7", 7),
    "another mac": ("UPDATE trail SET mac = (SELECT mac FROM trail WHERE seq = 6) WHERE seq = 7", 7),
    "the first row away": ("DELETE FROM trail WHERE seq = 1", 1),
    "a row away": ("DELETE FROM trail WHERE seq = 7", 7),
    "a row away, the others moved up": (
        "DELETE FROM trail WHERE seq = 7; UPDATE trail SET seq = -seq WHERE seq > 7; "
        "UPDATE trail SET seq = -seq - 1 WHERE seq < 0",
        7,
    ),
    "two rows in each other's place": (
        "UPDATE trail SET seq = -7 WHERE seq = 7; UPDATE trail SET seq = 7 WHERE seq = 8; "
        "UPDATE trail SET seq = 8 WHERE seq = -7",
        7,
    ),
    "two macs in each other's place": (
        "UPDATE trail SET mac = (SELECT mac FROM trail t WHERE t.seq = 15 - trail.seq) WHERE seq IN (7, 8)",
        7,
    ),
}


@pytest.mark.parametrize("how", TAMPER)
def test_a_changed_log_is_damaged_and_the_row_named(finished: Made, how: str) -> None:
    script, row = TAMPER[how]
    with finished.store() as store:
        for statement in script.split("; "):
            store.connection.execute(statement)
        with pytest.raises(Damaged, match=rf"rad {row}\b"):
            trail.verify(store.connection)


def test_a_log_without_its_last_row_is_damaged(finished: Made) -> None:
    """Each remaining row is right: only the head tells."""
    with finished.store() as store:
        last = len(rows(store))
        store.connection.execute("DELETE FROM trail WHERE seq = ?", (last,))
        with pytest.raises(Damaged, match=rf"rad {last}\b"):
            trail.verify(store.connection)


def test_a_row_put_in_by_hand_is_damage(finished: Made) -> None:
    with finished.store() as store:
        last = len(rows(store))
        store.connection.execute(
            "INSERT INTO trail SELECT seq + 1, at, actor, action, cases, purpose, mac FROM trail WHERE seq = ?", (last,)
        )
        with pytest.raises(Damaged, match=rf"rad {last + 1}\b"):
            trail.verify(store.connection)


def test_an_emptied_log_is_damaged(finished: Made) -> None:
    with finished.store() as store:
        store.connection.execute("DELETE FROM trail")
        with pytest.raises(Damaged, match="rad 1"):
            trail.verify(store.connection)


def test_the_command_line_names_the_broken_row(finished: Made, run: Callable[..., Outcome]) -> None:
    assert run("audit", "verify").code == 0
    with finished.store() as store:
        store.connection.execute("UPDATE trail SET actor = 'prov' WHERE seq = 7")
    done = run("audit", "verify")
    assert done.code == 14
    assert "rad 7" in done.err
