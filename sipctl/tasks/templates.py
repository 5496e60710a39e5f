"""The region's Word templates: which there are, whether one can be used, what it may say."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sipctl import region
from sipctl.documents import fields, template
from sipctl.errors import NoStore
from sipctl.language import _
from sipctl.paths import home
from sipctl.process.guidance import Guidance
from sipctl.settings import load_settings
from sipctl.vocabulary.documents import DocumentKind

Finding = template.Finding


def guidance(pack: str) -> Guidance:
    """The pack named, else the chosen one, else ``standard``: a template can be made before ``init``."""
    if not pack:
        try:
            pack = load_settings(home()).pack
        except NoStore:
            pack = "standard"
    return region.load(pack, home())


def listing(pack: str) -> list[dict[str, str]]:
    """Each kind of document with its file and the pack the file comes from."""
    found = guidance(pack).templates
    return [
        {"kind": kind.value, "what": kind.text, "pack": path.parent.name, "file": str(path)}
        for kind in DocumentKind
        if (path := found.get(kind.value))
    ]


def check(file: Path, kind: DocumentKind | None, pack: str) -> list[Finding]:
    """Everything to know about a template, errors first."""
    return template.check(file, known=fields.known_for(kind, tuple(guidance(pack).texts)))


def names(kind: DocumentKind | None) -> list[dict[str, Any]]:
    """The fields a template may use: name, meaning, category of information, example."""
    return [
        {"name": field.name, "meaning": _(field.meaning), "category": field.category.text, "example": field.example}
        for field in fields.FIELDS
        if kind is None or fields.carries(kind, field.name)
    ]
