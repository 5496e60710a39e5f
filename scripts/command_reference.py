"""Make ``docs/kommandon.md`` from the commands' own ``--help``; ``--check`` fails when it is stale."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
TARGET = ROOT / "docs" / "kommandon.md"

HEAD = """# Kommandon

*Sidan är gjord av kommandonas egen hjälp (`make documents`). Ändra i koden, inte här.*

## Utgångskoder

| kod | betyder |
| --- | --- |
| 0 | klart |
| 1 | misslyckades |
| 2 | kommandot eller svaren är fel skrivna |
| 3 | en del av många misslyckades, resten är gjort |
| 4 | finns inte |
| 5 | en regel är inte uppfylld: lagens fyra delar, eller samtycket |
| 6 | mallen går inte att använda |
| 10 | inget register här |
| 11 | upptaget, eller ändrat i ett annat fönster |
| 12 | fel nyckel |
| 13 | ingen nyckel |
| 14 | skadat |
| 15 | registret är gjort med en nyare version |
| 130 | avbrutet |
"""


def main() -> int:
    """Write the reference, or compare it."""
    text = HEAD + "".join(_section(path) for path in _paths())
    if "--check" in sys.argv:
        if not TARGET.exists() or TARGET.read_text("utf-8") != text:
            print(f"{TARGET.relative_to(ROOT)} is stale: run make documents", file=sys.stderr)
            return 1
        return 0
    TARGET.write_text(text, "utf-8")
    return 0


def _paths() -> list[tuple[str, ...]]:
    """Every command as its words, in the order of the help."""
    import typer.main

    from sipctl.cli import app

    found: list[tuple[str, ...]] = [()]
    root = typer.main.get_command(app)

    def visit(command: object, words: tuple[str, ...]) -> None:
        for name in getattr(command, "list_commands", lambda ctx: [])(None):
            found.append((*words, name))
            visit(command.get_command(None, name), (*words, name))  # type: ignore[attr-defined]

    visit(root, ())
    return found


def _section(words: tuple[str, ...]) -> str:
    environment = {**os.environ, "COLUMNS": "88", "NO_COLOR": "1", "SIPCTL_LANG": "sv"}
    ran = subprocess.run(
        [sys.executable, "-m", "sipctl", *words, "--help"], capture_output=True, text=True, check=True, env=environment
    )
    title = " ".join(("sipctl", *words))
    lines = "\n".join(line.rstrip() for line in ran.stdout.strip().splitlines())
    return f"\n## {title}\n\n```text\n{lines}\n```\n"


if __name__ == "__main__":
    raise SystemExit(main())
