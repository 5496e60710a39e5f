"""Who may import whom. The layers of the house, read from the code itself."""

import ast
from graphlib import CycleError, TopologicalSorter

import pytest
from source_code import Import, imports, imports_in, trees

EVERYBODY = {"errors", "paths", "settings", "vocabulary", "language", "files", "codes", "places", "spreadsheet"}
"""Modules without a layer: each may be imported from anywhere."""

MAY_IMPORT: dict[str, set[str]] = {
    "__main__": {"sipctl", "cli", "commands.table", "process.identity"},
    "cli": {"commands", "ui"},
    "commands": {
        "tasks",
        "ui",
        "region",
        "process",
        # reads so light that no task stands between: plain SQL with its own trail row
        "store.listing",
        "store.trail",
        "store.units",
        "store.keys",
    },
    "tasks": {"sipctl", "store", "documents", "exchange", "region", "step_names", "process", "model"},
    "ui": {"process"},
    "store": {"process", "model"},
    "documents": {"process", "model"},
    "exchange": {"process", "model"},
    "process": set(),  # and the tables' names for the type checker: see below
    "model": set(),
    "region": {"process", "region_rules"},
    "step_names": set(),
    "region_rules": {"process"},
}

TYPING_ONLY = {"process": {"model"}}
"""What a layer may import under ``TYPE_CHECKING``: names for the type checker, nothing at run time."""

HEAVY_FOR_COMMANDS = {"sqlmodel", "sqlalchemy", "lxml", "jinja2", "docx", "questionary", "pydantic", "rich"}


def layer(module: str) -> str:
    """``sipctl.store.keys`` → ``store``; ``sipctl`` itself is ``sipctl``."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else "sipctl"


def allowed(found: Import) -> bool:
    """May this module import that one?"""
    mine, theirs, within = layer(found.module), layer(found.name), found.name.removeprefix("sipctl.")
    if mine == theirs or theirs in EVERYBODY:
        return True
    wanted = MAY_IMPORT.get(mine, set()) | (TYPING_ONLY.get(mine, set()) if found.typing_only else set())
    return theirs in wanted or within in wanted


def wrong(found: list[Import]) -> list[str]:
    own = [each for each in found if each.name.split(".")[0] == "sipctl"]
    return [str(each) for each in own if not allowed(each)]


def test_imports_go_in_one_direction() -> None:
    assert wrong(list(imports())) == []


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("sipctl.commands.case", "from sipctl.documents.template import compile"),
        ("sipctl.commands.case", "def f():\n    from sipctl.store.connection import Store"),
        ("sipctl.commands.unit", "import sipctl.exchange"),
        ("sipctl.ui.show", "from sipctl.store import listing"),
        ("sipctl.ui.show", "from sipctl.tasks.step import begin"),
        ("sipctl.store.cases", "from sipctl.tasks.desk import Desk"),
        ("sipctl.documents.content", "from sipctl.store.cases import load"),
        ("sipctl.process.facts", "from sipctl.model.fact import Fact"),
        ("sipctl.process.facts", "from sipctl.store import trail"),
        ("sipctl.model.case", "if TYPE_CHECKING:\n    from sipctl.process.facts import Event"),
        ("sipctl.region", "from sipctl.model.case import Case"),
    ],
)
def test_a_wrong_import_is_seen(module: str, line: str) -> None:
    assert wrong(imports_in(module, ast.parse(line), set(trees())))


def test_what_everybody_may_import_imports_no_layer() -> None:
    low = [each for each in imports() if layer(each.module) in EVERYBODY and each.name.startswith("sipctl")]
    assert [str(each) for each in low if layer(each.name) not in EVERYBODY] == []


def test_commands_import_no_heavy_library_not_even_late() -> None:
    found = [each for each in imports() if layer(each.module) == "commands"]
    assert [str(each) for each in found if each.name.split(".")[0] in HEAVY_FOR_COMMANDS] == []


def test_every_module_has_a_layer() -> None:
    known = {*MAY_IMPORT, *EVERYBODY, "sipctl"}
    assert [module for module in trees() if layer(module) not in known] == []


def cycle_in(found: list[Import]) -> list[str]:
    """A circle among the modules, or nothing. A late import closes a circle as surely as an early one."""
    graph: dict[str, set[str]] = {}
    for each in found:
        if each.name.startswith("sipctl") and not each.typing_only and each.name != each.module:
            graph.setdefault(each.module, set()).add(each.name)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def test_imports_make_no_circle() -> None:
    assert cycle_in(list(imports())) == []


def test_a_circle_is_seen() -> None:
    modules = {"sipctl.a", "sipctl.b"}
    lines = {"sipctl.a": "from sipctl import b", "sipctl.b": "def f():\n    import sipctl.a"}
    assert cycle_in([each for name, line in lines.items() for each in imports_in(name, ast.parse(line), modules)])
