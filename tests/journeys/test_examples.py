"""The example files, from new to closed by the command line alone: what the handbook invites to try."""

import json
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from casework import address_book, facts, papers
from terminal import EXAMPLES

from sipctl import cli

pytestmark = pytest.mark.slow

REF = "2026-0001"
STEP_OF = {"replies": "invite", "narrow": "consent", "followup2": "followup", "meeting2": "meeting"}
LETTERS_OF = {
    "adult": {"brev-D0-v1", "kallelse-D1-v1", "kallelse-D2-v1", "inbjudan-D3-v1"},
    "child": {"brev-D0-v1", "inbjudan-D1-v1", "inbjudan-D2-v1", "kallelse-D3-v1", "kallelse-D4-v1"},
    "discharge": {"brev-D0-v1", "kallelse-D1-v1", "kallelse-D2-v1"},
}
# Made after that section: what a coordinator hands over or files.
PAPERS_AFTER = {"assess": ("consent", "preparation"), "invite": ("agenda",), "meeting": ("plan",),
                "meeting2": ("plan",), "followup": ("followup",), "close": ("closure",)}  # fmt: skip
FILE_WORDS = {"consent": "samtycke", "preparation": "forberedelse", "agenda": "dagordning", "plan": "plan",
              "followup": "uppfoljning", "closure": "avslut"}  # fmt: skip
HAPPENED = {  # a follow-up is a meeting too
    "adult": {"established": 1, "followed_up": 2, "meeting_held": 3, "absent": 1, "revised": 0},
    "child": {"established": 1, "followed_up": 2, "meeting_held": 3, "revised": 1},
    "discharge": {"established": 1, "followed_up": 1, "ready": 1, "called_in_time": 1, "revised": 0},
}


@pytest.mark.parametrize("name", ["adult", "child", "discharge"])
def test_an_example_goes_from_new_to_closed(
    name: str, home: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def does(*arguments: str | Path, day: str) -> str:
        # The whole command line in this process: sixty starts of an interpreter would cost a minute.
        monkeypatch.setenv("SIPCTL_TODAY", day)
        code = cli.run([str(argument) for argument in arguments])
        said = capsys.readouterr()
        assert code == 0, f"{arguments}: {said.err}"
        return said.out

    file = EXAMPLES / f"{name}.toml"
    days = tomllib.loads(file.read_text("utf-8"))["days"]
    does("unit", "import", address_book(tmp_path), day="2026-01-02")
    for section, day in days.items():
        step = STEP_OF.get(section, section)
        command = ["case", "new"] if step == "new" else [step, REF]
        # Somebody in the child's case has protected data: the letters are confirmed by --yes, after reading.
        agreed = ["--yes"] if section == "invite" else []
        said = does(*command, "--answers", f"{file}#{section}", "--no-input", *agreed, day=day)
        assert REF in said
        for kind in PAPERS_AFTER.get(section, ()):
            does("document", REF, kind, day=day)
    assert f"Nästa: sipctl close {REF}" not in said

    last = days["close"]
    made = papers(home.root)
    wanted = {f"{FILE_WORDS[kind]}-v1" for kinds in PAPERS_AFTER.values() for kind in kinds}
    assert wanted | LETTERS_OF[name] <= set(made)
    assert all(len(text.split()) > 20 for text in made.values()), "a document is as good as empty"
    happened = facts(home.root)
    assert {kind: happened.count(kind) for kind in HAPPENED[name]} == HAPPENED[name]
    assert happened.count("closed") == 1

    shown = json.loads(does("case", "show", REF, "--json", day=last))["data"]
    assert (shown["state"], shown["next_step"], shown["due"]) == ("closed", "done", [])
    assert "1" in does("store", "verify", day=last)
    does("audit", "verify", day=last)
    assert REF not in does("case", "list", day=last)
    assert REF in does("case", "list", "--all", day=last)


def test_letters_about_protected_people_are_not_made_unseen(home: Any, run: Callable[..., Any], tmp_path: Path) -> None:
    file = EXAMPLES / "child.toml"
    run("unit", "import", address_book(tmp_path))
    for section, day in (("new", "2026-01-12"), ("assess", "2026-01-12"), ("plan", "2026-01-14")):
        command = ["case", "new"] if section == "new" else [section, REF]
        assert run(*command, "--answers", f"{file}#{section}", SIPCTL_TODAY=day).code == 0
    outcome = run("invite", REF, "--answers", file, SIPCTL_TODAY="2026-01-15")
    assert outcome.code == 0
    assert "Breven är inte gjorda" in outcome.err
    assert f"sipctl document {REF} call --yes" in outcome.err
    assert papers(home.root) == {}
    refused = run("document", REF, "call", SIPCTL_TODAY="2026-01-15")
    assert refused.code == 2
    assert "--yes" in refused.err
    assert papers(home.root) == {}
    assert run("document", REF, "call", "--yes", SIPCTL_TODAY="2026-01-15").code == 0
    assert set(papers(home.root)) == {"kallelse-D3-v1", "kallelse-D4-v1"}
