"""Each heavy library has one room; printing has one; files and functions stay short."""

import ast
import re

import pytest
from source_code import PACKAGE, dotted, functions, imports, trees

ROOMS = {
    "questionary": r"sipctl\.ui\.ask",
    "prompt_toolkit": r"sipctl\.ui\.ask",
    "rich": r"sipctl\.ui\..*",
    "sqlmodel": r"sipctl\.(store|model)\..*",
    "sqlalchemy": r"sipctl\.(store|model)\..*",
    "pydantic": r"sipctl\.model\..*",
    "sqlcipher3": r"sipctl\.store\.connection",
    "sqlite3": r"sipctl\.store\..*",
    "nacl": r"sipctl\.store\.keys",
    "keyring": r"sipctl\.store\.keys",
    "lxml": r"sipctl\.documents\..*",
    "jinja2": r"sipctl\.documents\..*",
    "zipfile": r"sipctl\.(documents|exchange|tasks)\..*",
    "docx": r"nowhere: python-docx builds the shipped templates, in scripts/",
    "docxtpl": r"nowhere: it is the tests' oracle",
    "click": r"nowhere: typer carries its own",
    "typer": r"sipctl\.(cli|commands\..*)",
    "personnummer": r"sipctl\.process\.identity",
    "platformdirs": r"sipctl\.paths",
    "openpyxl": r"sipctl\.(tasks|exchange)\..*",
    "xlsxwriter": r"sipctl\.(tasks|exchange)\..*",
    "requests": r"nowhere: sipctl speaks with no server",
    "urllib": r"nowhere: sipctl speaks with no server",
    "http": r"nowhere: sipctl speaks with no server",
    "socket": r"nowhere: sipctl speaks with no server",
    "tempfile": r"nowhere: personal data stays out of the system's temp folder",
}

LONGEST_FILE = 400
LONGEST_FUNCTION = 70


@pytest.mark.parametrize("library", ROOMS)
def test_the_library_is_used_in_its_room_only(library: str) -> None:
    users = [each for each in imports() if each.name.split(".")[0] == library]
    assert [str(each) for each in users if not re.fullmatch(ROOMS[library], each.module)] == []


@pytest.mark.parametrize("library", ["questionary", "sqlmodel", "lxml", "sqlcipher3", "jinja2", "typer"])
def test_the_room_is_in_use(library: str) -> None:
    """Otherwise the rule above would hold for a name that is misspelt."""
    assert any(each.name.split(".")[0] == library for each in imports())


def test_the_process_touches_neither_clock_nor_files() -> None:
    forbidden = {"os", "pathlib", "io", "time", "subprocess", "shutil", "random", "secrets", "logging"}
    found = [each for each in imports() if each.module.startswith("sipctl.process") and not each.typing_only]
    assert [str(each) for each in found if each.name in forbidden and each.module != "sipctl.process.guidance"] == []
    assert _calls("today", "now", "open", only="sipctl.process") == []


def test_only_the_screen_prints() -> None:
    outside = [place for place in _calls("print") if not place.startswith(("sipctl.ui.", "sipctl.__main__"))]
    assert outside == []


def test_nothing_is_logged() -> None:
    """A log file would hold personal data outside the encrypted store."""
    assert [str(each) for each in imports() if each.name.split(".")[0] == "logging"] == []


def _calls(*names: str, only: str = "sipctl") -> list[str]:
    found = []
    for module, tree in trees().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and module.startswith(only):
                called = node.func
                name = called.id if isinstance(called, ast.Name) else getattr(called, "attr", "")
                if name in names:
                    found.append(f"{module}:{node.lineno} {ast.unparse(called)}")
    return found


def test_the_search_for_calls_finds_what_is_there() -> None:
    assert any(place.startswith("sipctl.ui.show") for place in _calls("print"))
    assert any(place.startswith("sipctl.__main__") for place in _calls("today"))


def test_no_file_is_too_long() -> None:
    lengths = {dotted(path): len(path.read_text("utf-8").splitlines()) for path in PACKAGE.rglob("*.py")}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_no_function_is_too_long() -> None:
    lengths = {
        f"{module}.{function.name}": (function.end_lineno or 0) - function.lineno + 1
        for module, function in functions()
    }
    assert {name: length for name, length in lengths.items() if length > LONGEST_FUNCTION} == {}
