"""The dialogue in a real terminal, with arrow keys and without."""

import json
import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest

pexpect = pytest.importorskip("pexpect")
pyte = pytest.importorskip("pyte")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal"),
]

ROOT = Path(__file__).parents[2]
DEMO = str(Path(__file__).with_name("demo_dialogue.py"))
UP, DOWN, BACK, CTRL_E = "\x1b[A", "\x1b[B", "\x02", "\x05"
DONE = {"by": "kommun", "held": "2026-09-01", "interpreter": False, "areas": [], "situation": None}
NEEDS = {"needs": [{"key": "B1", "text": "Bo", "goals": []}], "crisis": None}


class Terminal:
    """A child on a pseudo-terminal, with a screen that shows what a person sees."""

    def __init__(self, *arguments: str, columns: int = 80, **environment: str) -> None:
        env = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "VISUAL", "EDITOR")}
        env |= {"PROMPT_TOOLKIT_NO_CPR": "1", "TERM": "xterm-256color", "PYTHONPATH": str(ROOT)}
        self.raw = ""
        self.screen = pyte.Screen(columns, 200)
        self.stream = pyte.Stream(self.screen)
        self.child = pexpect.spawn(
            sys.executable,
            [DEMO, *arguments],
            env=env | environment,
            dimensions=(60, columns),
            encoding="utf-8",
            timeout=20,
        )

    def wait(self, text: str) -> None:
        self.child.expect_exact(text)
        self._take(self.child.before + self.child.after)

    def reply(self, question: str, *keys: str) -> None:
        self.wait(question)
        self.child.expect("> ?")
        self._take(self.child.before + self.child.after)
        for key in keys:
            self.child.send(key)

    def choose(self, row: str, *keys: str) -> None:
        self.wait(row)
        for key in keys:
            self.child.send(key)

    def end(self) -> int:
        self.child.expect(pexpect.EOF)
        self._take(self.child.before)
        self.child.wait()  # closing hangs up on a process that is still on its way out
        self.child.close()
        return int(self.child.exitstatus)

    def _take(self, text: str) -> None:
        self.raw += text
        self.stream.feed(text)

    @property
    def lines(self) -> list[str]:
        return [line.rstrip() for line in self.screen.display if line.strip()]


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    return tmp_path / "answers.json"


def written(path: Path) -> dict[str, object]:
    return dict(json.loads(path.read_text("utf-8")))


def begin(path: Path, **answers: object) -> Path:
    path.write_text(json.dumps(answers), "utf-8")
    return path


# --- arrow keys ---


def test_from_first_question_to_done(draft: Path) -> None:
    t = Terminal(str(draft))
    t.reply("Vem uppmärksammade behovet?", DOWN, "\r")
    t.reply("När hölls mötet?", "fredag\r")
    t.wait("= fredag 2 oktober 2026")
    t.reply("Behövs tolk?", "NEJ\r")
    t.reply("Vad handlar det om?", " ", DOWN, " ", "\r")
    t.reply("Hur ser läget ut?", "Det är\r", "trångt.\r", "\r")
    t.choose("Lägg till behov", "\r")
    t.reply("Vad behöver personen?", "Bostad\r")
    t.choose("Inga, gå vidare", DOWN, "\r")
    t.choose("Klar, gå vidare", "\r")
    t.reply("fler frågor?", "\r")
    t.choose("Klart – spara", "\r")
    t.wait("DONE")
    assert t.end() == 0
    assert written(draft) == {
        "by": "region",
        "held": "2026-10-02",
        "interpreter": False,
        "areas": ["home", "work"],
        "situation": "Det är\ntrångt.",
        "needs": [{"key": "B1", "text": "Bostad", "goals": []}],
    }


def test_back_by_key_and_by_row(draft: Path) -> None:
    t = Terminal(str(begin(draft, by="kommun", held="2026-09-01", interpreter=False)))
    t.reply("Vad handlar det om?", BACK)
    t.reply("Behövs tolk?", BACK)
    t.reply("När hölls mötet?", BACK)
    t.reply("Vem uppmärksammade behovet?", DOWN, "\r")
    t.reply("Vad handlar det om?", "\r")
    t.reply("Hur ser läget ut?", "\r")
    t.choose("Lägg till behov", UP, "\r")
    t.reply("Hur ser läget ut?", "\x03")
    assert t.end() == 130
    assert written(draft)["by"] == "region"
    assert written(draft)["areas"] is None  # Enter on a list with nothing ticked is no answer


@pytest.mark.parametrize("key", ["\x03", "\x04"])
def test_leaving_keeps_what_was_answered(draft: Path, key: str) -> None:
    t = Terminal(str(draft))
    t.reply("Vem uppmärksammade behovet?", "\r")
    t.reply("När hölls mötet?", key)
    t.wait("Avbrutet")
    assert t.end() == 130
    assert written(draft) == {"by": "kommun"}
    t = Terminal(str(draft))
    t.wait("1 av 6 är besvarade")
    t.reply("När hölls mötet?", "1/9\r")
    t.reply("Behövs tolk?", "j\r")
    t.reply("Vilket språk?", key)
    assert t.end() == 130
    assert written(draft)["interpreter"] is True


def test_leaving_from_a_list(draft: Path) -> None:
    t = Terminal(str(draft))
    t.reply("Vem uppmärksammade behovet?", "\x04")
    t.wait("Avbrutet")
    assert t.end() == 130


def test_a_question_mark_explains(draft: Path) -> None:
    t = Terminal(str(draft))
    t.reply("Vem uppmärksammade behovet?", "?")
    t.wait("Källa: 2 kap. 7 § socialtjänstlagen")
    t.wait("Kommunen")
    t.child.send("\r")
    t.reply("När hölls mötet?", "?\r")
    t.wait("ingen mer förklaring")
    t.reply("", "igår\r")
    t.wait("Behövs tolk?")
    t.child.send("\x03")
    t.end()
    assert written(draft) == {"by": "kommun", "held": "2026-10-06"}


def test_a_refused_reply_can_be_mended(draft: Path) -> None:
    t = Terminal(str(begin(draft, by="kommun")))
    t.reply("När hölls mötet?", "31/9\r")
    t.wait("finns inte i kalendern")
    t.reply("", "\x7f\x7f\x7f\x7f30/9\r")
    t.wait("= onsdag 30 september 2026")
    t.child.send("\x03")
    t.end()


def test_a_long_text_in_the_editor_leaves_no_trace(draft: Path, tmp_path: Path) -> None:
    editor = tmp_path / "editor.py"
    editor.write_text(
        "import os, pathlib, stat, sys\n"
        "p = pathlib.Path(sys.argv[1])\n"
        f"pathlib.Path({str(tmp_path / 'mode')!r}).write_text(oct(stat.S_IMODE(os.stat(p).st_mode)))\n"
        "(p.parent / 'text.txt~').write_text('backup')\n"
        "p.write_text(p.read_text() + 'rad två\\n\\nrad fyra\\n')\n"
    )
    begin(draft, **{k: v for k, v in DONE.items() if k != "situation"})
    t = Terminal(str(draft), EDITOR=f"'{sys.executable}' '{editor}'")
    t.reply("Hur ser läget ut?", "rad ett", CTRL_E)
    t.wait("Lägg till behov")
    t.child.send("\x03")
    t.end()
    assert written(draft)["situation"] == "rad ett\nrad två\n\nrad fyra"
    assert (tmp_path / "mode").read_text() == "0o600"
    assert stat.S_IMODE((tmp_path / "arbete").stat().st_mode) == 0o700
    assert list((tmp_path / "arbete").iterdir()) == []


def test_an_editor_that_is_not_there_is_no_disaster(draft: Path) -> None:
    begin(draft, **{k: v for k, v in DONE.items() if k != "situation"})
    t = Terminal(str(draft), EDITOR="no-such-editor-here")
    t.reply("Hur ser läget ut?", "kvar", CTRL_E)
    t.wait("Ingen redigerare hittades")
    t.reply("", "\r", "\r")
    t.wait("Lägg till behov")
    t.child.send("\x03")
    t.end()
    assert written(draft)["situation"] == "kvar"


@pytest.mark.parametrize("plain", [[], ["--plain"]])
def test_a_narrow_window_and_no_colour(draft: Path, plain: list[str]) -> None:
    begin(draft, **DONE, **NEEDS)
    t = Terminal(*plain, str(draft), columns=40, NO_COLOR="1")
    t.wait("Spara utkast och sluta här")
    t.child.send("2\r" if plain else DOWN + "\r")
    t.wait("Klar med ändringar")
    t.child.send("\x03")
    t.end()
    assert all(len(line) <= 40 for line in t.lines)
    words = " ".join(" ".join(t.lines).split())
    assert "Vad behöver personen? Bo" in words
    assert not re.search(r"\x1b\[([0-9]+;)*([34][0-9]|9[0-7])[;m]", t.raw)


def test_results_are_not_mixed_with_questions(draft: Path, tmp_path: Path) -> None:
    begin(draft, **DONE, **NEEDS)
    out = tmp_path / "out"
    child = pexpect.spawn(
        "/bin/sh",
        ["-c", f"'{sys.executable}' '{DEMO}' '{draft}' > '{out}'"],
        env=os.environ | {"PROMPT_TOOLKIT_NO_CPR": "1", "TERM": "xterm", "PYTHONPATH": str(ROOT)},
        encoding="utf-8",
        timeout=20,
    )
    child.expect_exact("Spara utkast")
    child.send("\r")
    child.expect_exact("DONE")
    child.expect(pexpect.EOF)
    assert out.read_bytes() == b""


# --- without redrawing ---


def test_plain_from_first_question_to_draft(draft: Path) -> None:
    t = Terminal("--plain", str(draft))
    t.reply("Vem uppmärksammade behovet?", "?\r")
    t.wait("Källa: 2 kap. 7 § socialtjänstlagen")
    t.child.send("7\r")
    t.wait("mellan 1 och 3")
    t.child.send("2\r")
    t.reply("När hölls mötet?", "<\r")
    t.reply("Enter väljer: Regionen.", "\r")
    t.reply("När hölls mötet?", "snart\r")
    t.wait("inte att läsa som ett datum")
    t.child.send("1/9 2026\r")
    t.reply("Behövs tolk?", "n\r")
    t.reply("Vad handlar det om?", "2, 1\r")
    t.reply("Hur ser läget ut?", "rad ett\r", "rad två\r", "\r")
    t.reply("Behov", "1\r")
    t.reply("Vad behöver personen?", "Bostad\r")
    t.reply("Inga, gå vidare", "2\r")
    t.reply("Klar, gå vidare", "\r")
    t.reply("fler frågor?", "j\r")
    t.reply("Finns en krisplan?", "\r")
    t.reply("Spara utkast", "3\r")
    t.wait("PAUSED")
    assert t.end() == 0
    assert "\x1b" not in t.raw
    assert written(draft) == {
        "by": "region",
        "held": "2026-09-01",
        "interpreter": False,
        "areas": ["work", "home"],
        "situation": "rad ett\nrad två",
        "needs": [{"key": "B1", "text": "Bostad", "goals": []}],
        "crisis": None,
    }


@pytest.mark.parametrize("key", ["\x03", "\x04"])
def test_a_dumb_terminal_is_asked_plainly(draft: Path, key: str) -> None:
    t = Terminal(str(draft), TERM="dumb")
    t.reply("3. Den enskilde", "1\r")
    t.reply("När hölls mötet?", key)
    t.wait("Avbrutet")
    assert t.end() == 130
    assert "\x1b" not in t.raw
    assert written(draft) == {"by": "kommun"}


def test_a_pipe_is_not_taken_for_an_answer(draft: Path) -> None:
    done = subprocess.run(
        [sys.executable, DEMO, str(draft)],
        input="kommun\n",
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "--answers" in done.stderr
    assert not draft.exists()


def test_asking_loads_nothing_until_somebody_is_asked() -> None:
    code = (
        "import sys, sipctl.ui.ask, sipctl.ui.dialogue; "
        "sys.exit(bool({'questionary', 'prompt_toolkit'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
