"""The package's own code as syntax trees: who imports whom, and how long things are."""

import ast
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "sipctl"


@dataclass(frozen=True)
class Import:
    """``module`` imports ``name``; ``typing_only`` under ``if TYPE_CHECKING``, ``lazy`` inside a function."""

    module: str
    name: str
    line: int
    typing_only: bool
    lazy: bool

    def __str__(self) -> str:
        return f"{self.module}:{self.line} imports {self.name}"


@cache
def trees() -> dict[str, ast.Module]:
    """Dotted name → syntax tree, for every module of the package."""
    return {dotted(path): ast.parse(path.read_text("utf-8")) for path in sorted(PACKAGE.rglob("*.py"))}


def dotted(path: Path) -> str:
    """``sipctl/store/keys.py`` → ``sipctl.store.keys``; a package by its own name."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def imports() -> tuple[Import, ...]:
    """Every import in the package, wherever it stands."""
    return tuple(found for module, tree in trees().items() for found in imports_in(module, tree, set(trees())))


def imports_in(module: str, tree: ast.AST, modules: set[str]) -> list[Import]:
    """The imports in one tree; ``modules`` tells a submodule from a name within one."""
    found: list[Import] = []
    _collect(tree, module, modules, found, typing_only=False, lazy=False)
    return found


def _collect(
    node: ast.AST, module: str, modules: set[str], found: list[Import], *, typing_only: bool, lazy: bool
) -> None:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import | ast.ImportFrom):
            names = _names(child, module, modules)
            found += [Import(module, name, child.lineno, typing_only, lazy) for name in names]
        elif isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
            for inner in child.body:
                _collect(ast.Module([inner], []), module, modules, found, typing_only=True, lazy=lazy)
            for inner in child.orelse:
                _collect(ast.Module([inner], []), module, modules, found, typing_only=typing_only, lazy=lazy)
        else:
            inside = lazy or isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            _collect(child, module, modules, found, typing_only=typing_only, lazy=inside)


def _names(node: ast.Import | ast.ImportFrom, module: str, modules: set[str]) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    base = node.module or ""
    if node.level:  # "from .archive import …" within a package
        base = ".".join([*module.split(".")[: -node.level], *([base] if base else [])])
    names = [f"{base}.{alias.name}" for alias in node.names]
    # Importing a name from a module imports the module; importing a submodule imports that.
    return [name if name in modules else base for name in names]


def functions() -> list[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    """Every function with the module it stands in."""
    return [
        (module, node)
        for module, tree in trees().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
