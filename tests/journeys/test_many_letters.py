"""Letters to many meetings, as somebody at a terminal makes them: tried first, made, stopped, moved, called off."""

import importlib.util
import os
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from casework import contents, papers
from terminal import CTRL_C, ROOT, Terminal
from testworld import Made, Outcome
from walkthrough import BOOKED, answers_of, booked, planned

from sipctl.documents.template import docx_text

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal and kill -9"),
]

Run = Callable[..., Outcome]
MANY = 60
LETTERS = ["brev-D0-v1", "inbjudan-D3-v1", "kallelse-D1-v1", "kallelse-D2-v1"]
MEETING = """
starts_at = "2026-04-01T13:00"
form = "room"
place = "Rum 2"
reply_by = "2026-03-20"
sent_on = "2026-03-10"
"""


@pytest.fixture
def office(made: Made, monkeypatch: pytest.MonkeyPatch) -> Made:
    """Three cases that wait to be called to; in the last one somebody has protected personal data."""
    participants = answers_of("plan")["participants"]
    participants[2] |= {"protection": "registered"}
    with made.desk() as desk:
        planned(desk, "Anna Provsson")
        planned(desk, "Bo Provsson")
        planned(desk, "Cim Provsson", participants=participants)
    monkeypatch.setenv("SIPCTL_TODAY", BOOKED.isoformat())
    return made


@pytest.fixture(scope="module")
def many_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sixty copies of one case, as the benchmark makes them."""
    spec = importlib.util.spec_from_file_location("letters", ROOT / "benchmarks" / "letters.py")
    assert spec
    assert spec.loader
    letters = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(letters)
    folder, environment = tmp_path_factory.mktemp("many"), dict(os.environ)
    letters.desk_with(folder, MANY).store.close()
    os.environ.update(environment)  # it clears what is set for sipctl
    return folder / "hem"


@pytest.fixture
def many(many_once: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    home = tmp_path / "hem"
    shutil.copytree(many_once, home)
    monkeypatch.setenv("SIPCTL_HOME", str(home))
    monkeypatch.setenv("SIPCTL_KEY_FILE", str(home / "nyckel.txt"))
    monkeypatch.setenv("SIPCTL_TODAY", BOOKED.isoformat())
    return home


def called(home: Path) -> dict[str, set[str]]:
    """Names of the files by case, without reference and ending; every file is whole."""
    found: dict[str, set[str]] = {}
    for path in (home / "dokument").glob("2026-*/*"):
        assert not path.name.startswith("."), f"half a file: {path.name}"
        assert path.read_bytes().startswith((b"PK", b"BEGIN:VCALENDAR"))
        found.setdefault(path.parent.name, set()).add(path.name.removeprefix(f"{path.parent.name}-"))
    return found


def in_the_store(home: Path) -> int:
    return len(contents(home)["document"])


def until(holds: Callable[[], Any], t: Terminal) -> None:
    end = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < end, t.lines
        t._take()


def calendar(home: Path, name: str, ref: str = "2026-0001") -> dict[str, str]:
    """A calendar file's lines by key, the event's own where a key comes twice."""
    lines = (home / "dokument" / ref / f"{ref}-{name}.ics").read_text("utf-8").splitlines()
    return dict(line.split(":", 1) for line in lines if ":" in line)


# --- booked now, called later ---


def test_meetings_are_booked_first_and_all_called_to_afterwards(office: Made, tmp_path: Path) -> None:
    home = office.root
    (tmp_path / "mote.toml").write_text(MEETING, "utf-8")
    for ref in ("2026-0001", "2026-0002", "2026-0003"):
        t = Terminal("invite", ref, "--no-letters", "--answers", tmp_path / "mote.toml")
        t.sees("Klart:", "Gör breven senare, med alla andra: sipctl invite --all")
        t.ends()
    assert called(home) == {}

    t = Terminal("invite", "--all", "--dry-run")
    t.sees("Brev som skulle göras: 8, i ärenden: 2.", "2026-0001, möte 2026-04-01 13:00",
           "kallelse: Hemtjänsten Solberga (säker e-post)", "2026-0002, möte", "Att hantera för sig:",
           "2026-0003: Någon i ärendet har skyddade personuppgifter.", "sipctl document 2026-0003 letter")  # fmt: skip
    t.ends()
    assert (called(home), in_the_store(home)) == ({}, 0)

    merged = tmp_path / "utskrift.docx"
    t = Terminal("invite", "--all", "--merge", merged)
    t.sees("Brev gjorda: 8, i ärenden: 2.", "2026-0003: Någon", "Förteckning:", "Att skriva ut:")
    t.ends()
    assert "Provsson" not in t.raw
    whole = {f"{name}.{kind}" for name in LETTERS for kind in ("docx", "ics")}
    assert called(home) == {"2026-0001": whole, "2026-0002": whole}
    text = docx_text(merged.read_bytes())
    assert ("Anna Provsson" in text, "Bo Provsson" in text, "Cim Provsson" in text) == (True, True, False)

    t = Terminal("invite", "--all")
    t.sees("Brev gjorda: 0, i ärenden: 0.", "2026-0003: Någon")
    t.ends()


def test_a_meeting_is_called_to_moved_and_called_off_with_its_calendar_files(office: Made) -> None:
    home = office.root
    t = Terminal("invite", "2026-0001")
    t.types("När är mötet?", "1 april kl 13")
    t.picks("Hur träffas ni?", "på plats")
    t.types("Var?", "Rum 2")
    t.types("Senaste svarsdag")
    t.types("När skickas breven?")
    t.is_content()
    t.sees("Skrev brev till den enskilde", "Bredvid varje brev ligger en kalenderfil (.ics) att bifoga.")
    t.ends()
    first = calendar(home, "kallelse-D1-v1")
    assert (first["METHOD"], first["SEQUENCE"]) == ("PUBLISH", "0")
    assert first["DTSTART;TZID=Europe/Stockholm"] == "20260401T130000"

    t = Terminal("invite", "2026-0001")
    for _who in range(4):
        t.picks("Vad svarar de?", "inget svar än")
    t.picks("Ska mötet ändras?", "ja, boka om")
    t.types("När är mötet?", "2 april kl 9")
    t.picks("Hur träffas ni?", "på plats")
    t.types("Var?")
    t.types("Senaste svarsdag")
    t.types("När skickas breven?")
    t.is_content()
    t.sees("Bredvid varje brev ligger en kalenderfil (.ics) att bifoga.")
    t.ends()
    moved = calendar(home, "kallelse-D1-v2")
    assert (moved["UID"], moved["SEQUENCE"]) == (first["UID"], "1")
    assert moved["DTSTART;TZID=Europe/Stockholm"] == "20260402T090000"
    assert calendar(home, "kallelse-D2-v2")["UID"] != moved["UID"]

    t = Terminal("invite", "2026-0001")
    for _who in range(4):
        t.picks("Vad svarar de?", "inget svar än")
    t.picks("Ska mötet ändras?", "ja, ställ in")
    t.is_content(hurried=True)
    t.sees("Kalenderfiler som ställer in mötet, att skicka till dem som kallats:")
    t.ends()
    off = calendar(home, "installt-D1-m2")
    assert (off["METHOD"], off["STATUS"], off["UID"], off["SEQUENCE"]) == ("CANCEL", "CANCELLED", first["UID"], "2")
    assert len(list((home / "dokument" / "2026-0001").glob("*-installt-*.ics"))) == 4

    t = Terminal("invite", "--all")
    t.sees("Inga brev att göra")
    t.ends()


def test_the_regions_own_template_is_used_for_the_regions_units(office: Made, run: Run, tmp_path: Path) -> None:
    from docx import Document

    own = tmp_path / "egen.docx"
    assert run("template", "new", "call", "--output", own).code == 0
    document = Document(str(own))
    document.paragraphs[-1].add_run(" Regionens egna ord.")
    document.save(str(own))
    t = Terminal("template", "install", own, "--kind", "call", "--for", "region")
    t.sees("Mallen används nu för kallelse till")
    t.ends()
    (tmp_path / "moten.csv").write_text("Ärende;Datum;Tid;Plats\n2026-0001;1/4;13.00;Rum 2\n", "cp1252")
    t = Terminal("invite", "--meetings", tmp_path / "moten.csv")
    t.sees("Brev gjorda: 4, i ärenden: 1.")
    t.ends()
    made = papers(office.root)
    assert [name for name in LETTERS if "Regionens egna ord." in made[name]] == ["kallelse-D1-v1"]


# --- stopped, killed, twice at once ---


def test_ctrl_c_in_the_middle_leaves_whole_letters_and_the_next_run_makes_the_rest(many: Path, tmp_path: Path) -> None:
    t = Terminal("invite", "--all", "--merge", tmp_path / "a.docx", columns=40)
    until(lambda: len(called_so_far(many)) >= 10, t)
    t.press(CTRL_C)
    t.sees("Brev gjorda:", "Avbrutet. Det som hann bli klart är sparat.", "ett annat namn efter --merge")
    t.ends(130)
    done = called(many)
    assert 9 <= len(done) < MANY
    assert {len(names) for names in done.values()} == {10}
    assert in_the_store(many) == 5 * len(done)

    t = Terminal("invite", "--all", "--merge", tmp_path / "b.docx", columns=40, NO_COLOR="1")
    t.sees(f"Brev gjorda: {5 * (MANY - len(done))}, i ärenden: {MANY - len(done)}.")
    t.ends()
    assert not t.is_coloured
    assert len(called(many)) == MANY
    assert in_the_store(many) == 5 * MANY
    first, second = (docx_text((tmp_path / name).read_bytes()).count("Provgatan 1 A") for name in ("a.docx", "b.docx"))
    assert first * (MANY - len(done)) == second * len(done) > 0, "each letter is in one of the two"


def called_so_far(home: Path) -> list[Path]:
    return list((home / "dokument").glob("2026-*"))


def test_after_a_kill_another_day_makes_the_letters_anew(many: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing was saved: the letters that lie there were never given out, and have the wrong day."""
    t = Terminal("invite", "--all")
    until(lambda: len(called_so_far(many)) >= 10, t)
    t.dies()
    assert in_the_store(many) == 0
    changed = many / "dokument" / "2026-0002" / "2026-0002-kallelse-D1-v1.docx"
    theirs = b"PK: a letter that somebody has changed since"
    changed.write_bytes(theirs)

    monkeypatch.setenv("SIPCTL_TODAY", "2026-03-11")
    t = Terminal("invite", "--all")
    t.sees(f"Brev gjorda: {5 * (MANY - 1)}, i ärenden: {MANY - 1}.", "Gick inte:",
           "2026-0002: Filen 2026-0002-kallelse-D1-v1.docx finns redan.")  # fmt: skip
    t.ends(3)
    assert in_the_store(many) == 5 * (MANY - 1)
    left = called(many)
    assert left.pop("2026-0002") == {"kallelse-D1-v1.docx"}
    assert {len(names) for names in left.values()} == {10}
    assert changed.read_bytes() == theirs
    letters = (many / "dokument").rglob("*-kallelse-D1-v1.docx")
    assert all("10 mars 2026" not in docx_text(path.read_bytes()) for path in letters if path != changed)


def test_two_windows_at_once_lose_no_letters(many: Path) -> None:
    first, second = Terminal("invite", "--all"), Terminal("invite", "--all")
    until(lambda: not first._take() and not second._take(), first)
    screens = sorted((first.screen, second.screen), key=len)
    assert any("Ett annat fönster håller på att göra brev." in screen for screen in screens) or all(
        "Inga brev att göra" in screen or f"Brev gjorda: {5 * MANY}" in screen for screen in screens
    )
    assert len(called(many)) == MANY
    assert in_the_store(many) == 5 * MANY


# --- the same file of meetings twice ---


def test_the_same_file_twice_moves_no_meeting_and_forgets_no_reply(
    made: Made, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with made.desk() as desk:
        booked(desk, "Anna Provsson")
    monkeypatch.setenv("SIPCTL_TODAY", BOOKED.isoformat())
    file = tmp_path / "moten.csv"
    file.write_text("Ärende;Datum;Tid;Plats;Minuter\n2026-0001;1/4;13:00:00;Rum 9;90\n", "utf-8")
    assert run("invite", "--meetings", file).out.startswith("Brev gjorda: 4, i ärenden: 1.\n")
    (tmp_path / "svar.toml").write_text('change = "keep"\n[[replies]]\nkey = "D1"\nanswer = "yes"\n', "utf-8")
    assert run("invite", "2026-0001", "--answers", tmp_path / "svar.toml").code == 0
    before = contents(made.root)

    again = run("invite", "--meetings", file)
    assert again.out.startswith("Brev gjorda: 0, i ärenden: 0.\nRedan gjorda och oförändrade, ärenden: 1.\n")
    assert contents(made.root) == before

    file.write_text("Ärende;Datum;Tid;Plats\n2026-0001;2/4;13.00;Rum 9\n", "utf-8")
    assert run("invite", "--meetings", file).out.startswith("Brev gjorda: 4, i ärenden: 1.\n")
    with made.desk() as desk:
        meeting = desk.case("2026-0001", "test").meetings[0]
    assert (meeting.starts_at.isoformat(), meeting.minutes, meeting.sequence) == ("2026-04-02T13:00:00", 90, 2)
