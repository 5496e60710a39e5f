"""The registry of names a template may use: their shape, what each document carries, examples.

``KNOWN`` is what the engine checks a template's names against; ``known_for`` is narrower, so that
``template check`` can say that a kallelse has no ``plan.crisis``. A document's data always has
*every* name, so a template renders whatever was given or withheld.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sipctl.documents.field import Field
from sipctl.documents.field_rows import FIELDS, LISTS
from sipctl.paths import shipped
from sipctl.vocabulary.documents import DocumentKind

__all__ = ["FIELDS", "KNOWN", "LISTS", "TEXTS", "TREE", "Branch", "Field", "carries", "example_data", "known_for"]

TEXTS: dict[str, str] = tomllib.loads(shipped("standard", "region.toml").read_text("utf-8"))["texts"]
"""``text.<key>``: the wordings of the standard pack, which every pack has. A pack may have more."""


@dataclass(frozen=True, slots=True)
class Branch:
    """A name with names under it; ``repeated`` when it is a list of rows."""

    repeated: bool = False
    children: "dict[str, Branch | Field]" = field(default_factory=dict)


def _tree(rows: Iterable[Field]) -> Branch:
    root = Branch()
    for row in rows:
        node, path = root, row.name.split(".")
        for depth, part in enumerate(path[:-1], 1):
            found = node.children.setdefault(part, Branch(".".join(path[:depth]) in LISTS))
            assert isinstance(found, Branch)
            node = found
        node.children[path[-1]] = row
    return root


TREE = _tree(FIELDS)
"""The fields by their place, as ``redaction`` walks them."""

_EVERYWHERE = ("document", "sip", "sender", "recipient", "person")
_CALLED = ("meeting", "others")
_PARTS = {
    DocumentKind.CONSENT: ("consent",),
    DocumentKind.PREPARATION: ("preparation",),
    DocumentKind.CALL: (*_CALLED, "consent", "discharge"),
    DocumentKind.INVITATION: _CALLED,
    DocumentKind.LETTER: _CALLED,
    DocumentKind.AGENDA: (*_CALLED, "preparation.matters", "preparation.who_begins"),
    DocumentKind.PLAN: ("plan", "extras"),
    DocumentKind.FOLLOWUP: ("followup", "plan.number", "plan.established_on", "plan.responsible", "extras"),
    DocumentKind.CLOSURE: ("closure", "plan.number", "plan.established_on", "extras"),
}
_NUMBERED = set(DocumentKind) - {DocumentKind.INVITATION, DocumentKind.LETTER, DocumentKind.AGENDA}
# Data about the person that only some documents have a use for (and the letters' envelope has its own).
_SELDOM = {
    "person.address": {DocumentKind.CALL},
    "person.phone": {DocumentKind.CALL},
    "person.kommun": {DocumentKind.CALL},
    "person.id_number": _NUMBERED,
    "person.birth_date": _NUMBERED,
    "person.language": {DocumentKind.CALL, DocumentKind.AGENDA},
    "person.adaptations": {DocumentKind.CALL, DocumentKind.AGENDA},
    "recipient.brings": {DocumentKind.CALL, DocumentKind.INVITATION},
}
_ANY_KIND = set(DocumentKind)


@cache
def carries(kind: DocumentKind, name: str) -> bool:
    """Does that kind of document carry the field? What it has no use for is never put into it."""
    wanted = any(f"{name}.".startswith(f"{part}.") for part in (*_EVERYWHERE, *_PARTS[kind]))
    return wanted and kind in _SELDOM.get(name, _ANY_KIND)


@cache
def groups(kind: DocumentKind) -> tuple[str, ...]:
    """The first parts of the names ("plan") that a document of that kind carries anything of."""
    return tuple(dict.fromkeys(row.name.partition(".")[0] for row in FIELDS if carries(kind, row.name)))


Names = dict[str, Any]
"""Nested names: a name maps to the names under it, or to None. A list of rows is a name like any other."""


def _names(node: Branch, kind: DocumentKind | None) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, child in node.children.items():
        if isinstance(child, Branch):
            if under := _names(child, kind):
                found[name] = under
        elif kind is None or carries(kind, child.name):
            found[name] = None
    return found


def _texts(more: Iterable[str] = ()) -> dict[str, None]:
    return dict.fromkeys((*TEXTS, *more))


KNOWN: Names = {"text": _texts(), **_names(TREE, None)}
"""Every name of every document."""


def known_for(kind: DocumentKind | None = None, texts: Iterable[str] = ()) -> Names:
    """The names one kind of document carries (None: any kind), with the pack's own ``text`` keys."""
    return {"text": _texts(texts), **_names(TREE, kind)}


def example_data(kind: DocumentKind, texts: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Invented data for ``template preview``: each field's example, each list with one row.

    Shaped as what ``content.build`` returns for that kind; ``texts`` are the pack's wordings.
    """
    return {"text": {**TEXTS, **(texts or {})}, **_examples(TREE, kind)}


def _examples(node: Branch, kind: DocumentKind) -> dict[str, Any]:
    return {name: _example(child, kind) for name, child in node.children.items()}


def _example(child: Branch | Field, kind: DocumentKind) -> Any:
    if isinstance(child, Field):
        return child.example if carries(kind, child.name) else child.empty
    row = _examples(child, kind)
    if not child.repeated:
        return row
    return [row] if any(value not in (None, []) for value in row.values()) else []
