"""The user's own Word templates: kept by hash, with an index that only grows of which are in force.

A file is written before its row, and the index is replaced whole: a stop half-way leaves what was in
force in force. Nothing is ever taken away, so there is always a way back.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from sipctl.errors import Damaged, NotFound, UsageFault
from sipctl.files import write_private
from sipctl.language import _
from sipctl.paths import Home
from sipctl.process.guidance import Guidance
from sipctl.vocabulary.documents import DocumentKind
from sipctl.vocabulary.units import Huvudman

INDEX = "mallar.json"
PACK = "pack"
"""What ``use`` calls the pack's own template; its row in the index has no hash."""

OF_HUVUDMAN = ("", Huvudman.KOMMUN.value, Huvudman.REGION.value)
"""Whom a template may be for, besides the body with a certain code; "" is everybody."""

_NAMED = 16
_FILE = re.compile(rf"[0-9a-f]{{{_NAMED}}}\.docx")
_LEAST = 4  # fewer characters of a hash than this could mean too many things


@dataclass(frozen=True, slots=True)
class Row:
    """One choice of a template: the latest for a ``kind`` and a recipient (``whose``) is in force.

    ``whose`` is "" (all), "kommun", "region" or the code of a body; ``sha256`` "" goes back to the pack's.
    """

    kind: str
    whose: str
    sha256: str
    name: str
    installed_at: str

    @property
    def key(self) -> str:
        """As ``Guidance.installed`` has it: "call", "call-0480"."""
        return f"{self.kind}-{self.whose}" if self.whose else self.kind

    def path(self, home: Home) -> Path:
        """Where its bytes are kept."""
        return home.templates / f"{self.sha256[:_NAMED]}.docx"


def rows(home: Home) -> list[Row]:
    """Every choice there has been, the oldest first. Raises ``Damaged``."""
    index = home.templates / INDEX
    try:
        return [_row(found) for found in json.loads(index.read_text("utf-8"))]
    except FileNotFoundError:
        return []
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise Damaged(
            _("Förteckningen över egna mallar går inte att läsa: {file}.").format(file=index),
            _("Lägg tillbaka den från säkerhetskopian, eller flytta den och installera mallarna på nytt."),
        ) from error


def in_force(home: Home) -> dict[str, Row]:
    """The user's own templates that are used now, by key."""
    latest = {row.key: row for row in rows(home)}
    return {key: row for key, row in latest.items() if row.sha256}


def equipped(guidance: Guidance, home: Home) -> Guidance:
    """The guidance with the user's own templates before the pack's."""
    return replace(guidance, installed={key: row.path(home) for key, row in in_force(home).items()})


def install(home: Home, kind: DocumentKind, whose: str, name: str, content: bytes) -> bool:
    """Keep the template and take it in force; False when it already was."""
    new = Row(kind.value, whose, sha256(content).hexdigest(), name, _now())
    current = in_force(home).get(new.key)
    _keep(new.path(home), content)
    if current and current.sha256 == new.sha256:
        return False
    _append(home, new)
    return True


def choose(home: Home, kind: DocumentKind, whose: str, version: str) -> Row | None:
    """Take an earlier version (the beginning of its hash) in force again, or the pack's own: ``PACK``.

    Returns its row, None for the pack's own. Raises ``NotFound`` or ``UsageFault``.
    """
    key = Row(kind.value, whose, "", "", "").key
    chosen = None if version == PACK else _version(home, key, version)
    if chosen != in_force(home).get(key):
        _append(home, Row(kind.value, whose, chosen.sha256 if chosen else "", chosen.name if chosen else "", _now()))
    return chosen


def recipient(whose: str) -> tuple[str, str]:
    """Huvudman and body of those a template is for, as ``Guidance.template`` takes them."""
    if whose in OF_HUVUDMAN:
        return whose, ""
    return (Huvudman.KOMMUN if len(whose) == 4 else Huvudman.REGION).value, whose


def read(path: Path) -> bytes:
    """A template's bytes, the pack's or the user's own; raises ``NotFound``, or ``Damaged`` if it was changed."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise NotFound(
            _("Mallen {file} finns inte eller går inte att läsa.").format(file=path),
            _("Lägg tillbaka den från säkerhetskopian, eller välj en annan med sipctl template use."),
        ) from error
    if _FILE.fullmatch(path.name) and not _is_whole(path, content):
        raise Damaged(
            _("Mallen {file} är inte den som installerades.").format(file=path),
            _("Ändra inget i den mappen. Installera mallen på nytt med sipctl template install."),
        )
    return content


def _version(home: Home, key: str, version: str) -> Row:
    start = version.strip().lower()
    of_key = {row.sha256: row for row in rows(home) if row.key == key and row.sha256}
    found = [row for sha, row in of_key.items() if len(start) >= _LEAST and sha.startswith(start)]
    if len(found) > 1:
        raise UsageFault(
            _("Flera versioner börjar på ”{version}”.").format(version=start), _("Skriv fler tecken av versionen.")
        )
    if not found:
        raise NotFound(
            _("Det finns ingen egen mall av det slaget med versionen ”{version}”.").format(version=start),
            _("Se versionerna med sipctl template list --all. Skriv pack för paketets egen mall."),
        )
    read(found[0].path(home))
    return found[0]


def _keep(path: Path, content: bytes) -> None:
    """The file under its hash; one that was damaged is put right by the same bytes."""
    if not path.exists() or path.read_bytes() != content:
        write_private(path, content, replace=True)


def _append(home: Home, row: Row) -> None:
    written = [_written(each) for each in (*rows(home), row)]
    content = json.dumps(written, ensure_ascii=False, indent=1) + "\n"
    write_private(home.templates / INDEX, content.encode(), replace=True)


def _written(row: Row) -> dict[str, str]:
    values = asdict(row)
    return {"kind": values.pop("kind"), "for": values.pop("whose"), **values}


def _row(found: dict[str, str]) -> Row:
    row = Row(DocumentKind(found["kind"]).value, found["for"], found["sha256"], found["name"], found["installed_at"])
    if not all(isinstance(value, str) for value in asdict(row).values()):
        raise ValueError(INDEX)
    return row


def _is_whole(path: Path, content: bytes) -> bool:
    return sha256(content).hexdigest().startswith(path.stem)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
