"""Build the shipped Word templates: ``python scripts/build_templates.py [--check]``.

``--check`` writes nothing and exits 1 when a template in the tree is not what this script makes.
"""

import argparse
import io
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

from docx.document import Document

sys.path.insert(0, str(Path(__file__).parent))

from template_parts import forms, guide, letters, plan
from template_parts.look import SORMLAND, STANDARD, VASTRA_GOTALAND, Look
from template_parts.package import pack

TEMPLATES = Path(__file__).parent.parent / "sipctl" / "templates"
Builder = Callable[[Look], Document]
ALL: dict[str, Builder] = {
    "consent": forms.consent,
    "preparation": forms.preparation,
    "call": letters.call,
    "invitation": letters.invitation,
    "letter": letters.letter,
    "agenda": letters.agenda,
    "plan": plan.plan,
    "followup": forms.followup,
    "closure": forms.closure,
}
PACKS: dict[str, tuple[Look, tuple[str, ...]]] = {
    "standard": (STANDARD, tuple(ALL)),
    "vastra-gotaland": (VASTRA_GOTALAND, ("call", "plan")),
    "sormland": (SORMLAND, ("call", "plan")),
}


def main(arguments: list[str] | None = None) -> int:
    """Build, or check; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare only")
    check = parser.parse_args(arguments).check
    stale = [path for path, content in templates() if not (_is_same(path, content) if check else _write(path, content))]
    for path in stale:
        print(f"inaktuell: {path.relative_to(TEMPLATES)}", file=sys.stderr)
    return 1 if stale else 0


def templates() -> list[tuple[Path, bytes]]:
    """Every template, and the list of fields, with its bytes."""
    return [
        (TEMPLATES / pack_id / f"{kind}.docx", pack(ALL[kind](look)))
        for pack_id, (look, kinds) in PACKS.items()
        for kind in kinds
    ] + [(TEMPLATES / "field-guide.docx", pack(guide.guide(STANDARD)))]


def _write(path: Path, content: bytes) -> bool:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return True


def _is_same(path: Path, content: bytes) -> bool:
    """The same entries with the same content: zlib versions may pack them differently."""
    return path.is_file() and _entries(path.read_bytes()) == _entries(content)


def _entries(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


if __name__ == "__main__":
    sys.exit(main())
