"""Letters to many meetings: what is made, left and refused; stopped, killed and run again."""

import csv
import io
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import walkthrough
from walkthrough import BOOKED, booked, planned

from sipctl.documents.template import docx_text
from sipctl.store import cases, trail
from sipctl.store.listing import meetings_ahead
from sipctl.tasks import issue as issuing
from sipctl.tasks.batch import Batch, Fate, Outcome
from sipctl.tasks.desk import Desk
from sipctl.tasks.manifest import write_manifest
from sipctl.tasks.meeting_rows import read_meetings

LETTERS = ["brev-D0", "inbjudan-D3", "kallelse-D1", "kallelse-D2"]


def run(desk: Desk, refs: list[str] | None = None, **options: Any) -> list[Outcome]:
    batch = Batch(desk, **options)
    batch.run(meetings_ahead(desk.store, desk.today) if refs is None else refs, lambda outcome: None)
    return batch.outcomes


def fates(outcomes: list[Outcome]) -> dict[str, Fate]:
    return {outcome.ref: outcome.fate for outcome in outcomes}


def files(desk: Desk) -> dict[str, bytes]:
    folder = desk.home.documents
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture
def three(desk: Desk) -> Desk:
    for name in ("Anna Provsson", "Bo Provsson", "Cim Provsson"):
        booked(desk, name)
    return desk


def test_every_recipient_gets_a_letter_and_a_calendar_entry(three: Desk) -> None:
    outcomes = run(three)
    assert fates(outcomes) == dict.fromkeys(["2026-0001", "2026-0002", "2026-0003"], Fate.MADE)
    made = files(three)
    assert sorted(made) == [
        f"{ref}/{ref}-{word}-v1.{kind}" for ref in fates(outcomes) for word in LETTERS for kind in ("docx", "ics")
    ]
    call = docx_text(made["2026-0002/2026-0002-kallelse-D1-v1.docx"])
    assert "Bo Provsson" in call
    assert "Rum 2, Storgatan 1, Solberga" in call
    entry = made["2026-0002/2026-0002-kallelse-D1-v1.ics"].decode()
    assert "DTSTART;TZID=Europe/Stockholm:20260330T130000" in entry
    assert "Provsson" not in entry
    assert "SIP" not in entry.replace("sipctl", "")


def test_what_is_made_is_frozen_in_its_case_and_logged(three: Desk) -> None:
    before = len(trail.entries(three.store.connection))
    run(three)
    for ref in ("2026-0001", "2026-0002", "2026-0003"):
        documents = cases.load(three.store, ref).documents
        assert sorted(d.file_name for d in documents) == [f"{ref}-{word}-v1.docx" for word in LETTERS]
    added = trail.entries(three.store.connection)[before:]
    assert [(e.action, e.cases, e.purpose) for e in added[:2]] == [
        ("case.read", "2026-0001 2026-0002 2026-0003", "batch.letters"),
        ("batch.letters", "2026-0001 2026-0002 2026-0003", ""),
    ]


def test_the_number_of_statements_does_not_follow_the_number_of_cases(three: Desk) -> None:
    """A thousand cases are read and saved with as many statements as one."""

    def statements(refs: list[str]) -> int:
        with Counted(three) as counted:
            run(three, refs)
        return counted.number

    one = statements(["2026-0001"])
    booked(three, "Dag Provsson")
    assert statements(["2026-0002", "2026-0003", "2026-0004"]) <= one
    assert one < 60


class Counted:
    """How many statements the store was given, one for a whole ``executemany``."""

    def __init__(self, desk: Desk):
        self.desk, self.number = desk, 0

    def __enter__(self) -> "Counted":
        self.real = self.desk.store.connection
        self.desk.store.connection = self._counting(self.real)
        self.desk.store._engine = None
        return self

    def __exit__(self, *_exception: object) -> None:
        self.desk.store.connection, self.desk.store._engine = self.real, None

    def _counting(self, real: Any) -> Any:
        counted = self

        class Cursor:
            def __init__(self, cursor: Any):
                self._cursor = cursor

            def __getattr__(self, name: str) -> Any:
                if name in ("execute", "executemany"):
                    counted.number += 1
                return getattr(self._cursor, name)

            def __iter__(self) -> Iterator[Any]:
                return iter(self._cursor)

        class Connection:
            def __getattr__(self, name: str) -> Any:
                if name in ("execute", "executemany"):
                    counted.number += 1
                return (lambda: Cursor(real.cursor())) if name == "cursor" else getattr(real, name)

        return Connection()


# --- what is not made ---


def test_protected_persons_and_limits_in_words_are_left_for_single_handling(desk: Desk) -> None:
    participants = walkthrough.answers_of("plan")["participants"]
    participants[2] |= {"protection": "registered"}
    booked(desk, "Anna Provsson")
    booked(desk, "Bo Provsson", participants=participants)
    booked(desk, "Cim Provsson", info_limits="Inget om uppväxten.")
    outcomes = run(desk)
    assert fates(outcomes) == {"2026-0001": Fate.MADE, "2026-0002": Fate.SINGLY, "2026-0003": Fate.SINGLY}
    assert all(name.startswith("2026-0001/") for name in files(desk))
    assert outcomes[1].reason == (
        "Någon i ärendet har skyddade personuppgifter. Gör breven för sig: sipctl document 2026-0002 letter, "
        "sipctl document 2026-0002 call, sipctl document 2026-0002 invitation"
    )
    assert "uppväxten" not in outcomes[2].reason


def test_one_bad_case_is_told_of_and_the_rest_go_on(three: Desk) -> None:
    case = cases.load(three.store, "2026-0002")
    case.change(case.consents[0], withdrawn_on=BOOKED)
    cases.save(three.store, case, "test")
    outcomes = run(three, ["2026-0001", "2026-0002", "2026-0003", "2026-0099"])
    assert fates(outcomes) == {
        "2026-0001": Fate.MADE, "2026-0002": Fate.FAILED, "2026-0003": Fate.MADE, "2026-0099": Fate.FAILED,
    }  # fmt: skip
    reasons = {outcome.ref: outcome.reason for outcome in outcomes}
    assert "Samtycket till SIP är tillbakataget." in reasons["2026-0002"]
    assert "Det finns inget ärende 2026-0099." in reasons["2026-0099"]


def test_a_case_at_rest_is_left_at_rest(three: Desk) -> None:
    case = cases.load(three.store, "2026-0002")
    case.add("statuses", on_date=BOOKED, kind="resting")
    cases.save(three.store, case, "test")
    assert list(fates(run(three))) == ["2026-0001", "2026-0003"]


def test_a_dry_run_changes_nothing(three: Desk) -> None:
    before = files(three), revision(three)
    outcomes = run(three, dry_run=True)
    assert [len(outcome.letters) for outcome in outcomes] == [4, 4, 4]
    assert (files(three), revision(three)) == before == ({}, before[1])


def revision(desk: Desk) -> list[Any]:
    return desk.store.rows('SELECT ref, revision FROM "case" ORDER BY ref')


# --- again ---


def test_a_second_run_makes_only_what_is_missing_or_changed(three: Desk) -> None:
    run(three)
    first = files(three)
    assert run(three) == []
    case = cases.load(three.store, "2026-0002")
    case.change(case.meetings[0], place="Rum 5", sequence=1)
    cases.save(three.store, case, "test")
    outcomes = run(three)
    assert fates(outcomes) == {"2026-0002": Fate.MADE}
    now = files(three)
    assert {name: now[name] for name in first} == first
    new = sorted(set(now) - set(first))
    assert new == sorted(f"2026-0002/2026-0002-{word}-v2.{kind}" for word in LETTERS for kind in ("docx", "ics"))
    assert "SEQUENCE:1" in now["2026-0002/2026-0002-kallelse-D1-v2.ics"].decode()
    uid = [line for line in now["2026-0002/2026-0002-kallelse-D1-v1.ics"].splitlines() if line.startswith(b"UID")]
    assert uid[0] in now["2026-0002/2026-0002-kallelse-D1-v2.ics"].splitlines()
    assert fates(run(three)) == {"2026-0002": Fate.UNCHANGED}


@pytest.mark.parametrize("stop_at", [1, 5, 9, 12])
def test_a_stop_anywhere_keeps_what_was_done_and_only_whole_files(
    three: Desk, monkeypatch: pytest.MonkeyPatch, stop_at: int
) -> None:
    """Ctrl-C at the writing of some letter: finished cases are saved, the one at hand leaves nothing behind."""
    written, real = 0, issuing.ensure_private

    def stopping(path: Path, content: bytes, **options: Any) -> None:
        nonlocal written
        real(path, content, **options)
        written += path.suffix == ".docx"
        if written == stop_at and path.suffix == ".docx":
            raise KeyboardInterrupt  # the file is there, and nobody has been told

    monkeypatch.setattr(issuing, "ensure_private", stopping)
    with pytest.raises(KeyboardInterrupt):
        run(three)
    finished = (stop_at - 1) // 4
    assert len(files(three)) == finished * 8
    kept = [len(case.documents) for case in cases.load_many(three.store, ["2026-0001", "2026-0002", "2026-0003"])]
    assert kept == [4 * (n < finished) for n in range(3)]
    monkeypatch.setattr(issuing, "ensure_private", real)
    assert sorted(fates(run(three))) == [f"2026-000{n}" for n in range(finished + 1, 4)]
    assert len(files(three)) == 24


def test_files_of_a_run_that_was_killed_are_taken_for_ours(three: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed before the cases were saved: the same letters on the same day are the same files."""
    run(three, ["2026-0001"])
    made = files(three)
    case = cases.load(three.store, "2026-0001")
    for document in list(case.documents):
        case.drop("documents", document)
    cases.save(three.store, case, "test")
    assert fates(run(three, ["2026-0001"])) == {"2026-0001": Fate.MADE}
    assert files(three) == made


def test_another_file_by_that_name_is_never_overwritten_unasked(three: Desk) -> None:
    other = three.home.documents / "2026-0001" / "2026-0001-kallelse-D1-v1.docx"
    other.parent.mkdir(parents=True)
    other.write_bytes(b"annat")
    outcome = run(three, ["2026-0001"])[0]
    assert outcome.fate is Fate.FAILED
    assert "2026-0001-kallelse-D1-v1.docx finns redan" in outcome.reason
    assert files(three) == {"2026-0001/2026-0001-kallelse-D1-v1.docx": b"annat"}
    assert run(three, ["2026-0001"], force=True)[0].fate is Fate.MADE
    assert other.read_bytes().startswith(b"PK")


def test_a_case_that_another_window_changed_keeps_no_letters(three: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    real = cases.save_many

    def meanwhile(store: Any, *arguments: Any, **options: Any) -> Any:
        with store.transaction() as connection:
            connection.execute("UPDATE \"case\" SET revision = revision + 1 WHERE ref = '2026-0002'")
        return real(store, *arguments, **options)

    monkeypatch.setattr(cases, "save_many", meanwhile)
    outcomes = run(three)
    assert fates(outcomes)["2026-0002"] is Fate.FAILED
    assert "ändrats i ett annat fönster" in outcomes[1].reason
    assert {name.split("/")[0] for name in files(three)} == {"2026-0001", "2026-0003"}


# --- meetings from a file ---


def test_meetings_are_booked_from_a_file_and_called_to(desk: Desk, tmp_path: Path) -> None:
    first, second = planned(desk, "Anna Provsson"), booked(desk, "Bo Provsson")
    file = tmp_path / "moten.csv"
    file.write_text(
        f"Ärende;Datum;Tid;Plats\n{first};30 mars;13.00;Rum 2\n{second};2026-04-01;09:30;https://video.example/1\n"
        "2026-0003;1/4;halv tio;Rum 1\n;1/4;10;Rum 1\n", "cp1252",
    )  # fmt: skip
    bookings, faulty = read_meetings(file, desk.today)
    assert list(bookings) == [first, second]
    assert [(outcome.ref, outcome.reason) for outcome in faulty] == [
        ("2026-0003", "Rad 4: Det går inte att läsa som ett klockslag. Skriv till exempel 13.00, 9.30 eller kl. 13."),
        ("", "Rad 5: Ärendets referens saknas."),
    ]
    outcomes = run(desk, [first, second], bookings=bookings)
    assert set(fates(outcomes).values()) == {Fate.MADE}
    moved = cases.load(desk.store, second)
    assert [m.starts_at.isoformat() for m in moved.meetings] == ["2026-04-01T09:30:00"]
    assert (moved.meetings[0].form, moved.meetings[0].sequence) == ("video", 1)
    assert len(cases.load(desk.store, first).invitations) == 4


def test_a_case_on_two_rows_is_booked_by_neither(desk: Desk, tmp_path: Path) -> None:
    ref = planned(desk, "Anna Provsson")
    file = tmp_path / "moten.csv"
    file.write_text(f"case,date,time,location\n{ref},1/4,10,Rum 1\n{ref},2/4,11,Rum 2\n", "utf-8")
    bookings, faulty = read_meetings(file, desk.today)
    assert bookings == {}
    assert [outcome.reason for outcome in faulty] == [
        "Rad 2: Ärendet står på flera rader; låt en stå kvar.",
        "Rad 3: Ärendet står på flera rader; låt en stå kvar.",
    ]


def test_a_booking_in_the_past_is_told_of_and_books_nothing(desk: Desk) -> None:
    ref = planned(desk, "Anna Provsson")
    answers = {"starts_at": "2026-03-01T10:00", "form": "room", "place": "Rum 1", "sent_on": "2026-03-10"}
    outcome = run(desk, [ref], bookings={ref: answers})[0]
    assert outcome.fate is Fate.FAILED
    assert outcome.reason == "”När är mötet? (datum och tid)” Datumet har redan passerat; ange en dag som kommer."
    assert cases.load(desk.store, ref).meetings == []


# --- the list ---


def test_the_list_says_what_was_made_for_whom_without_names(desk: Desk) -> None:
    booked(desk, "Anna Provsson")
    booked(desk, "Bo Provsson", info_limits="Inget om uppväxten.")
    path = write_manifest(desk, run(desk))
    assert path == desk.home.documents / "utskick" / "2026-03-10-1.csv"
    text = path.read_bytes().decode("utf-8-sig")
    assert "Provsson" not in text
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert [row[:6] for row in rows[1:]] == [
        ["2026-0001", "gjort", "brev till den enskilde", "den enskilde", "brev", "2026-0001-brev-D0-v1.docx"],
        ["2026-0001", "gjort", "kallelse", "Psykosmottagningen Solberga", "säker e-post",
         "2026-0001-kallelse-D1-v1.docx"],
        ["2026-0001", "gjort", "kallelse", "Hemtjänsten Solberga", "säker e-post", "2026-0001-kallelse-D2-v1.docx"],
        ["2026-0001", "gjort", "inbjudan", "närstående", "brev", "2026-0001-inbjudan-D3-v1.docx"],
        ["2026-0002", "hanteras för sig", "", "", "", ""],
    ]  # fmt: skip
    assert write_manifest(desk, []).name == "2026-03-10-2.csv"
    assert os.stat(path).st_mode & 0o077 == 0 or os.name == "nt"
