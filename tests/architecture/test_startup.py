"""What the quick commands may not load: exact lists of modules, since times are never exact."""

import json
import os
import re
import subprocess
import sys
from functools import cache

import pytest
from testworld import Made

HEAVY = {"sqlalchemy", "sqlmodel", "pydantic", "docx", "lxml", "questionary", "prompt_toolkit", "jinja2", "nacl",
         "openpyxl", "xlsxwriter", "keyring", "personnummer"}  # fmt: skip
PARSER = {"typer", "rich", "sqlcipher3", "tomllib", "platformdirs", "typing", "dataclasses", "pathlib"}
_LINE = re.compile(r"^import time:[ 0-9|]+\| +([\w.]+)$", re.MULTILINE)


def loaded_by(*arguments: str, **environment: str) -> tuple[set[str], str]:
    """Top-level modules that one real command line imported, and what it printed.

    The interpreter itself tells (``-X importtime``): nothing is wrapped around the command.
    """
    done = _timed("-m", "sipctl", *arguments, **environment)
    assert done.returncode == 0, _LINE.sub("", done.stderr)
    return _top_level(done.stderr) - _interpreters_own(), done.stdout


@cache
def _interpreters_own() -> set[str]:
    """What starts with the interpreter itself, on this machine."""
    return _top_level(_timed("-c", "pass").stderr)


def _timed(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-X", "importtime", *arguments],
        capture_output=True,
        encoding="utf-8",
        env=os.environ | environment,
        stdin=subprocess.DEVNULL,
        timeout=60,
    )


def _top_level(told: str) -> set[str]:
    return {name.split(".")[0] for name in _LINE.findall(told)}


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["--version"], ["--lang", "en", "--help"]])
def test_help_and_version_load_next_to_nothing(arguments: list[str]) -> None:
    modules, printed = loaded_by(*arguments)
    assert "sipctl" in printed
    assert modules & (HEAVY | PARSER) == set()
    assert "sipctl" in modules


@pytest.mark.parametrize(
    "arguments",
    [
        ["case", "list"],
        ["case", "list", "--all", "--names", "--json"],
        ["next"],
        ["unit", "list"],
        ["where"],
        ["case", "--help"],
        ["assess", "--help"],
        ["document", "--help"],
        ["store", "key", "list"],
        [],
    ],
)
def test_reading_commands_load_no_heavy_library(made: Made, arguments: list[str]) -> None:
    modules, _printed = loaded_by(*arguments)
    assert modules & HEAVY == set()
    assert "typer" in modules


def test_completion_loads_no_heavy_library(made: Made) -> None:
    modules, printed = complete("sipctl ")
    assert modules & HEAVY == set()
    assert {"case", "next", "assess"} <= set(printed.split())


def test_completion_within_a_group_and_of_options(made: Made) -> None:
    assert {"new", "list", "show"} <= set(complete("sipctl case ")[1].split())
    assert "--answers" in complete("sipctl assess --")[1].split()
    assert "--help" in complete("sipctl --")[1].split()


def test_completion_of_a_case_opens_the_store_without_heavy_libraries(made: Made) -> None:
    modules, _printed = complete("sipctl case show ")
    assert modules & HEAVY == set()
    assert "sqlcipher3" in modules, "completion did not get as far as the store"


def test_long_output_comes_whole_through_a_pipe_and_the_exit_code_with_it() -> None:
    """The program leaves without taking the interpreter apart: nothing printed may be lost by that."""
    printed = loaded_by("template", "fields", "--json")[1]
    assert len(printed) > 20_000
    assert json.loads(printed)["kind"] == "template.fields"
    done = subprocess.run([sys.executable, "-m", "sipctl", "case", "list"], capture_output=True, text=True)
    assert done.returncode == 10
    assert done.stderr.strip().endswith(".")


@pytest.mark.skipif(os.name == "nt", reason="a closed pipe is told otherwise on Windows")
def test_a_reader_that_has_had_enough_is_no_error() -> None:
    reader = subprocess.Popen(
        f"{sys.executable} -m sipctl template fields --json | head -1", shell=True, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    out, err = reader.communicate(timeout=60)
    assert out.startswith("{")
    assert err == ""


def test_a_writing_command_loads_what_the_others_must_not(made: Made) -> None:
    """The lists above can fail: here is a command that needs them."""
    modules, _printed = loaded_by("case", "new", "--print-answers")
    assert {"sqlmodel", "sqlalchemy", "pydantic"} <= modules


def complete(line: str) -> tuple[set[str], str]:
    words = line.split()
    return loaded_by(
        _SIPCTL_COMPLETE="complete_bash", COMP_WORDS="\n".join(words) + "\n", COMP_CWORD=str(len(line.split(" ")) - 1)
    )
