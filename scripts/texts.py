"""The texts of sipctl: collect them, merge the English catalogue, compile it, check it.

    python scripts/texts.py update     after a text has changed: rewrites .pot, .po and .mo
    python scripts/texts.py --check    exit code 1 when the tree is not what ``update`` would write,
                                       or a translation is missing or does not fit its text

The msgids are the Swedish texts. Besides ``_()`` and ``N_()`` in the code they are the words that a
dialogue or a listing takes out of data: the shipped packs' steps, criteria, categories and questions,
the law's citations, and what the fields of the templates mean. The packs' ``[texts]`` go into
documents, which are Swedish in every language, and are left out.
"""

import argparse
import io
import re
import sys
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from sipctl.commands.table import ENTRIES
from sipctl.documents.field_rows import FIELDS

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "sipctl"
LOCALE = PACKAGE / "locale"
POT = LOCALE / "sipctl.pot"
PO = LOCALE / "en" / "LC_MESSAGES" / "sipctl.po"
MO = PO.with_suffix(".mo")

# The same texts must give the same bytes whenever they are compiled.
_WHEN = datetime(2026, 1, 1, tzinfo=UTC)
_HEADER = "# Texts of sipctl. The msgids are the Swedish texts; see scripts/texts.py."
_HOLES = re.compile(r"\{+[^{}]*\}+")
_NAMES = re.compile(rf"--[a-z][a-z-]*|\bsipctl (?:{'|'.join(ENTRIES)})\b|\b[A-Z]+_[A-Z_]+\b")


def template() -> Catalog:
    """Every text that can be translated, with the files it comes from."""
    catalog = _catalog(None)
    for file, _line, message, _comments, _context in extract_from_dir(
        PACKAGE, [("**.py", "python")], {}, keywords={"_": None, "N_": None}
    ):
        catalog.add(message, locations=[(f"sipctl/{file}", 1)])
    for file, text in [*_pack_texts(), *_law_texts(), *_field_texts()]:
        catalog.add(text, locations=[(file, 1)])
    for found in catalog:
        found.locations = sorted(set(found.locations))
    return catalog


def _catalog(locale: str | None) -> Catalog:
    return Catalog(
        locale=locale, project="sipctl", header_comment=_HEADER, creation_date=_WHEN, revision_date=_WHEN,
        version="", msgid_bugs_address="", last_translator="sipctl", language_team="sipctl", fuzzy=False,
    )  # fmt: skip


def _pack_texts() -> Iterator[tuple[str, str]]:
    for path in sorted(PACKAGE.glob("templates/*/region.toml")):
        pack = tomllib.loads(path.read_text("utf-8"))
        file = path.relative_to(ROOT).as_posix()
        yield from ((file, name) for name in pack.get("steps", {}).values())
        for row in [*pack.get("criteria", []), *pack.get("categories", []), *pack.get("questions", [])]:
            yield from ((file, text) for text in _row_texts(row))


def _row_texts(row: dict[str, Any]) -> Iterator[str]:
    yield from (row[key] for key in ("text", "hint", "why", "source") if row.get(key))
    for choice in row.get("choices", []):
        yield from _row_texts(choice)


def _law_texts() -> Iterator[tuple[str, str]]:
    path = PACKAGE / "templates" / "law.toml"
    for row in tomllib.loads(path.read_text("utf-8"))["law"]:
        yield path.relative_to(ROOT).as_posix(), row["citation"]


def _field_texts() -> Iterator[tuple[str, str]]:
    for field in FIELDS:
        yield "sipctl/documents/field_rows.py", field.meaning


def merged(wanted: Catalog) -> Catalog:
    """The English catalogue with exactly the texts of the template; nothing is guessed."""
    catalog = _catalog("en")
    old = read_po(io.BytesIO(PO.read_bytes()), locale="en") if PO.exists() else catalog
    for message in wanted:
        if message.id:
            known = old.get(message.id)
            catalog.add(
                message.id, known.string if known else "", locations=message.locations,
                flags=known.flags & {"fuzzy"} if known else (), user_comments=known.user_comments if known else (),
            )  # fmt: skip
    return catalog


def written(wanted: Catalog) -> dict[Path, bytes]:
    """What the files should hold."""
    english = merged(wanted)
    text, compiled = _as_po(english), io.BytesIO()
    write_mo(compiled, read_po(io.BytesIO(text), locale="en"))
    return {POT: _as_po(wanted), PO: text, MO: compiled.getvalue()}


def _as_po(catalog: Catalog) -> bytes:
    out = io.BytesIO()
    write_po(out, catalog, sort_by_file=True, include_lineno=False, width=110)
    return re.sub(rb'"Generated-By: .*\n', b"", out.getvalue())  # a newer Babel changes nothing


def faults(wanted: Catalog) -> Iterator[str]:
    """What keeps a translation from being used."""
    for message in merged(wanted):
        text, english = str(message.id), str(message.string)
        if not text:
            continue
        if not english:
            yield f"not translated: {text!r}"
        elif message.fuzzy:
            yield f"fuzzy: {text!r}"
        elif sorted(_HOLES.findall(text)) != sorted(_HOLES.findall(english)):
            yield f"other placeholders: {text!r} -> {english!r}"
        elif sorted(_NAMES.findall(text)) != sorted(_NAMES.findall(english)):
            yield f"other commands, options or variables: {text!r} -> {english!r}"
        elif text[:1].isspace() != english[:1].isspace() or text.count("\n") != english.count("\n"):
            yield f"other space around or between lines: {text!r} -> {english!r}"


def main() -> int:
    """Update or check; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="?", choices=["update"], help="rewrite the catalogues")
    parser.add_argument("--check", action="store_true", help="change nothing; exit code 1 when something is wrong")
    chosen = parser.parse_args()
    if bool(chosen.what) == chosen.check:
        parser.error("choose update or --check")
    wanted = template()
    complaints = []
    for path, content in written(wanted).items():
        if chosen.check and (not path.exists() or path.read_bytes() != content):
            complaints.append(f"stale: {path.relative_to(ROOT)} (run scripts/texts.py update)")
        elif not chosen.check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    complaints += faults(wanted)
    for complaint in complaints:
        print(complaint, file=sys.stderr)
    print(f"{len(wanted)} texts, {len(complaints)} to mend")
    return 1 if complaints else 0


if __name__ == "__main__":
    raise SystemExit(main())
