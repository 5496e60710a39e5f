"""The region's Word templates: which there are, whether one can be used, what it may say."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sipctl import region
from sipctl.documents import fields, template
from sipctl.errors import NoStore
from sipctl.language import _
from sipctl.paths import home
from sipctl.places import body_name
from sipctl.process.guidance import Guidance
from sipctl.settings import load_settings
from sipctl.tasks import template_check
from sipctl.tasks import template_shelf as shelf
from sipctl.vocabulary.documents import DocumentKind
from sipctl.vocabulary.units import Huvudman

Finding = template.Finding


def guidance(pack: str) -> Guidance:
    """The pack named, else the chosen one, else ``standard``, with the user's own templates.

    A template can be made before ``init``.
    """
    if not pack:
        try:
            pack = load_settings(home()).pack
        except NoStore:
            pack = "standard"
    return shelf.equipped(region.load(pack, home()), home())


def listing(pack: str, *, everything: bool = False) -> list[dict[str, Any]]:
    """The template of each kind of document, and of each recipient with one of its own: where it comes from.

    ``everything`` adds what is there but not in force: earlier versions, and the pack's where there is an own.
    """
    found = guidance(pack)
    history = shelf.rows(home())
    keys = {*found.templates, *(row.key for row in history)}
    order = list(DocumentKind)
    rows = [row for key in sorted(keys, key=lambda key: (order.index(_split(key)[0]), key))
            for row in _of_key(key, found, history)]  # fmt: skip
    return rows if everything else [row for row in rows if row["in_force"]]


def _of_key(key: str, found: Guidance, history: list[shelf.Row]) -> list[dict[str, Any]]:
    """The user's own, newest first, then the pack's."""
    kind, whose = _split(key)
    used = found.template(kind, *shelf.recipient(whose))
    shown = {"kind": kind.value, "what": kind.text, "for": whose, "whose": whose_text(whose)}
    own: dict[str, shelf.Row] = {}
    for row in reversed(history):
        if row.key == key and row.sha256:
            own.setdefault(row.sha256, row)
    rows = [
        {"pack": "", "from": _("egen mall"), "version": row.sha256[:8], "installed_at": row.installed_at,
         "name": row.name, "file": row.path(home())}
        for row in own.values()
    ]  # fmt: skip
    if path := found.templates.get(key):
        rows.append({"pack": path.parent.name, "from": path.parent.name, "version": "", "installed_at": "",
                     "name": path.name, "file": path})  # fmt: skip
    return [shown | row | {"file": str(row["file"]), "in_force": row["file"] == used} for row in rows]


def _split(key: str) -> tuple[DocumentKind, str]:
    kind, _hyphen, whose = key.partition("-")
    return DocumentKind(kind), whose


def whose_text(whose: str) -> str:
    """Whom a template is for, in words: "", "kommun", "region" or the code of a body."""
    if not whose:
        return _("alla")
    if whose in list(Huvudman):
        return Huvudman(whose).text
    return body_name(whose) or whose


def check(file: Path, kind: DocumentKind | None, pack: str, annotate: Path | None = None) -> list[Finding]:
    """Everything to know about a template, errors first; ``annotate`` gets a copy with a comment at each place."""
    source = template_check.read(file)
    findings = template_check.findings(source, file.name, kind, guidance(pack))
    if annotate:
        template_check.annotate(source, file.name, findings, annotate)
    return findings


def names(kind: DocumentKind | None) -> list[dict[str, Any]]:
    """The fields a template may use: name, meaning, category of information, example."""
    return [
        {"name": field.name, "meaning": _(field.meaning), "category": field.category.text, "example": field.example}
        for field in fields.FIELDS
        if kind is None or fields.carries(kind, field.name)
    ]
