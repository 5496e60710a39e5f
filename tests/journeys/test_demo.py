"""``sipctl demo`` as somebody meets it, and what it invites to try: every command and its JSON."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from casework import papers
from terminal import Terminal

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal"),
]

READING = [
    ("where",),
    ("doctor",),
    ("next", "--days", "400"),
    ("case", "list", "--all"),
    ("case", "show", "REF"),
    ("unit", "list"),
    ("template", "list"),
    ("template", "fields", "--kind", "plan"),
    ("store", "verify"),
    ("store", "key", "list"),
    ("audit", "list"),
    ("audit", "verify"),
]
ALIASES = {
    ("nasta",): ("next",),
    ("arende", "list"): ("case", "list"),
    ("enhet", "list"): ("unit", "list"),
    ("mall", "list"): ("template", "list"),
    ("bedom", "--help"): ("assess", "--help"),
    ("planera", "--help"): ("plan", "--help"),
    ("kalla", "--help"): ("invite", "--help"),
    ("mote", "--help"): ("meeting", "--help"),
    ("folj-upp", "--help"): ("followup", "--help"),
    ("avsluta", "--help"): ("close", "--help"),
    ("samtycke", "--help"): ("consent", "--help"),
    ("dokument", "--help"): ("document", "--help"),
}


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Terminal, float]:
    """The demo made once, in a terminal: its folder, what was seen, and how long it took."""
    folder = tmp_path_factory.mktemp("visning") / "demo"
    begun = time.monotonic()
    t = Terminal("demo", folder)
    t.sees("Klart. Ärende")
    t.ends()
    return folder, t, time.monotonic() - begun


@pytest.fixture
def demo(shown: tuple[Path, Terminal, float], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, str]:
    """A copy of it to try things in, and the case that was led before one's eyes."""
    folder, t, _seconds = shown
    shutil.copytree(folder, tmp_path / "demo")
    monkeypatch.setenv("SIPCTL_HOME", str(tmp_path / "demo"))
    return tmp_path / "demo", t.since("Klart. Ärende").split()[2]


def test_the_demo_ends_by_saying_what_to_open_and_try(shown: tuple[Path, Terminal, float]) -> None:
    folder, t, seconds = shown
    end = t.since("Klart. Ärende")
    ref = end.split()[2]
    assert seconds < 60
    for text in (f"{ref}-plan-v1.docx", f"{ref}-kallelse-D1-v1.docx", "Prova vidare:", "next", f"case show {ref}"):
        assert text in end
    for name in (f"{ref}-plan-v1.docx", f"{ref}-kallelse-D1-v1.docx"):
        assert (folder / "dokument" / ref / name).exists(), f"told to open {name}, which is not there"
    assert {"plan-v1", "samtycke-v1", "forberedelse-v1", "avslut-v1"} <= set(papers(folder, ref))


def test_the_commands_it_proposes_work(shown: tuple[Path, Terminal, float], demo: tuple[Path, str], run: Any) -> None:
    _folder, t, _seconds = shown
    home, ref = demo
    for command in (["next"], ["case", "list", "--all"], ["case", "show", ref]):
        assert " ".join(command) in t.since("Prova vidare:")
        outcome = run("--home", home, *command)
        assert outcome.code == 0, outcome.err
        assert outcome.out.strip()
    guided = Terminal("--home", home, "guide")
    guided.sees("Vilket ärende?", "2026" if "2026-" in ref else ref[:4])
    guided.press("\x03")
    guided.ends(130)


def test_a_demo_never_touches_a_folder_with_something_in_it(demo: tuple[Path, str], run: Any) -> None:
    outcome = run("demo", demo[0])
    assert outcome.code == 2
    assert "är inte tom" in outcome.err


@pytest.mark.parametrize("command", READING, ids=" ".join)
def test_json_is_the_versioned_envelope(command: tuple[str, ...], demo: tuple[Path, str], run: Any) -> None:
    outcome = run(*[demo[1] if word == "REF" else word for word in command], "--json")
    whole = json.loads(outcome.out)
    assert set(whole) == {"sipctl", "kind", "data"}
    assert whole["sipctl"] == 1
    assert whole["data"], "nothing to look at"
    assert outcome.code == 0, outcome.err


def test_a_document_as_json_names_its_file(demo: tuple[Path, str], run: Any) -> None:
    home, ref = demo
    outcome = run("document", ref, "plan", "--json")
    assert outcome.code == 0, outcome.err
    made = json.loads(outcome.out)
    assert (made["sipctl"], made["kind"]) == (1, "documents")
    assert (home / "dokument" / ref / Path(made["data"][0]["file"]).name).exists()


def test_a_failure_is_an_envelope_too(demo: tuple[Path, str], run: Any) -> None:
    outcome = run("case", "show", "2001-0001", "--json")
    assert (outcome.code, outcome.out) == (4, "")
    problem = json.loads(outcome.err)
    assert (problem["sipctl"], problem["kind"]) == (1, "error")
    assert (problem["data"]["code"], problem["data"]["exit"]) == ("not_found", 4)


@pytest.mark.parametrize(("alias", "command"), ALIASES.items(), ids=[alias[0] for alias in ALIASES])
def test_swedish_names_do_the_same(
    alias: tuple[str, ...], command: tuple[str, ...], demo: tuple[Path, str], run: Callable[..., Any]
) -> None:
    swedish, english = run(*alias), run(*command)
    assert swedish.code == english.code == 0
    # The help's first line may name the command as it was typed.
    assert swedish.out.splitlines()[1:] == english.out.splitlines()[1:]
    assert english.out.strip()


def test_the_shell_completes_references(demo: tuple[Path, str]) -> None:
    """As bash asks for it: only references, and nothing about anybody."""
    _home, ref = demo
    words = f"sipctl case show {ref[:4]}"
    env = os.environ | {"_SIPCTL_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": "3"}
    done = subprocess.run([sys.executable, "-m", "sipctl"], env=env, capture_output=True, text=True, check=False)
    found = done.stdout.split()
    assert ref in found
    assert all(len(word) == 9 and word[4] == "-" for word in found), found
    assert done.stderr == ""


def test_in_english(demo: tuple[Path, str], run: Any) -> None:
    _home, ref = demo
    shown_en = run("--lang", "en", "case", "show", ref)
    assert shown_en.code == 0
    assert "Consent" in shown_en.out
    assert "Samtycke" not in shown_en.out
    assert "Usage: sipctl" in run("--help", "--lang", "en").out
    t = Terminal("--lang", "en", "--plain", "case", "new")
    t.types("Personal identity number", "")
    t.press("\x03")
    t.ends(130)
    assert "Personnummer" not in t.screen
