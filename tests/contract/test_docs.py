"""What the docs show is true: command lines parse, links lead somewhere, generated pages are current."""

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main

from sipctl import errors
from sipctl.cli import app

ROOT = Path(__file__).parents[2]
TOLD = ("README.md", "docs/handbok.md", "docs/drift.md")
LINKED = ("README.md", "CHANGELOG.md", "CONTRIBUTING.md", *(f"docs/{p.name}" for p in (ROOT / "docs").glob("*.md")))
VARIABLE = re.compile(r"\bSIPCTL_[A-Z_]+\b")

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_PROMPT = re.compile(r"^(?:\$ )?(?:\S*[\\/])?sipctl(?= |$)")
_GLOBAL = {"--home": 1, "--lang": 1, "--plain": 0, "--version": 0}  # taken before the commands, with so many values
_LINK = re.compile(r"\[[^\]]+\]\(([^)\s]+)\)")


def read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def shown(name: str) -> Iterator[str]:
    """Command lines in code blocks; what they print is no command."""
    for language, block in _FENCE.findall(read(name)):
        if language in ("console", "text", ""):
            prompted = any(line.startswith("$ ") for line in block.splitlines())
            for line in block.splitlines():
                if _PROMPT.match(line) and (line.startswith("$ ") or not prompted):
                    yield line


def inline(name: str) -> Iterator[str]:
    """Command lines in running text; ``…`` and alternatives in words are left out."""
    for span in re.findall(r"`(sipctl [^`\n]+)`", _FENCE.sub("", read(name))):
        if "…" not in span:
            yield span


def arguments(line: str) -> list[str]:
    """What comes after ``sipctl``, without the flags that work everywhere and without redirection."""
    words = iter(shlex.split(_PROMPT.sub("", line).replace("\\", "/")))
    rest = []
    for word in words:
        if word == ">":
            break
        if word in _GLOBAL:
            for _value in range(_GLOBAL[word]):
                next(words)
        else:
            rest.append(word)
    return rest


def resolve(words: list[str], *, whole: bool) -> None:
    """Parse as the command line does, without running. In running text arguments may be left out."""
    command: Any = typer.main.get_command(app)
    context: Any = None
    while words and hasattr(command, "get_command"):
        context = command.make_context(command.name, [], parent=context, resilient_parsing=True)
        found = command.get_command(context, words[0])
        assert found is not None, f"no command {words[0]}"
        command, words = found, words[1:]
    known = {flag for param in command.params for flag in (*param.opts, *param.secondary_opts)} | {"--help"}
    for word in words:
        if word.startswith("-") and word != "-":
            assert word.partition("=")[0] in known, f"no option {word}"
    if whole and "--help" not in words and not hasattr(command, "get_command"):
        command.make_context(command.name, words, parent=context)


@pytest.mark.parametrize("name", TOLD)
def test_every_command_line_in_a_code_block_parses(name: str) -> None:
    lines = list(shown(name))
    assert len(lines) >= 6
    for line in lines:
        try:
            resolve(arguments(line), whole=True)
        except Exception as error:  # the parser's own, of whichever version
            pytest.fail(f"{name}: {line}\n  {error}")


@pytest.mark.parametrize("name", [*TOLD, "CHANGELOG.md", "docs/regionpaket.md"])
def test_every_command_named_in_running_text_exists(name: str) -> None:
    for line in inline(name):
        try:
            resolve(arguments(line), whole=False)
        except Exception as error:
            pytest.fail(f"{name}: {line}\n  {error}")


def test_a_wrong_line_is_noticed() -> None:
    for wrong in ("sipctl nex", "sipctl next --dagar 3", "sipctl document 2026-0007 brev", "sipctl unit import"):
        with pytest.raises(Exception):  # noqa: B017, PT011 - any complaint will do
            resolve(arguments(wrong), whole=True)


def slug(heading: str) -> str:
    """The anchor that a heading gets where Markdown is shown."""
    kept = re.sub(r"[^\w\- ]", "", heading.replace("`", "").strip().lower())
    return kept.replace(" ", "-")


def anchors(page: Path) -> set[str]:
    text = _FENCE.sub("", page.read_text("utf-8"))
    return {slug(heading) for heading in re.findall(r"^#+ (.+)$", text, re.MULTILINE)}


@pytest.mark.parametrize("name", LINKED)
def test_every_relative_link_leads_somewhere(name: str) -> None:
    broken = []
    for target in _LINK.findall(_FENCE.sub("", read(name))):
        if "://" in target or target.startswith("mailto:"):
            continue
        path, _hash, anchor = target.partition("#")
        page = (ROOT / name).parent / path if path else ROOT / name
        if not page.exists() or (anchor and anchor not in anchors(page)):
            broken.append(target)
    assert not broken, f"{name}: {broken}"


def test_the_command_reference_is_current() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "scripts" / "command_reference.py", "--check"], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


def test_the_readme_has_the_two_commands_first() -> None:
    blocks = [block for _language, block in _FENCE.findall(read("README.md"))]
    assert blocks[0] == "make demo\nmake test\n"


def test_every_environment_variable_is_explained_and_none_is_made_up() -> None:
    used = set(VARIABLE.findall("\n".join(p.read_text("utf-8") for p in (ROOT / "sipctl").rglob("*.py"))))
    assert set(VARIABLE.findall(read("docs/drift.md"))) == used


def test_every_exit_code_has_its_row_in_the_handbook() -> None:
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.SipctlError)]
    rows = set(re.findall(r"^\| (\d+) \|", read("docs/handbok.md"), re.MULTILINE))
    assert rows == {str(kind.exit_code) for kind in kinds}
