"""Which kind of document a template is for, as its fields and its file name tell."""

import re
from collections.abc import Collection

from sipctl.documents import fields
from sipctl.language import _
from sipctl.vocabulary.documents import DocumentKind


def foreign(kind: DocumentKind | None) -> dict[str, str]:
    """Names that a document of that kind never carries, each with a sentence on where it belongs."""
    owners: dict[str, list[str]] = {}
    carried: set[str] = set()
    for row in fields.FIELDS:
        parts = row.name.split(".")
        above = [".".join(parts[:depth]) for depth in range(1, len(parts) + 1)]
        if kind is None or fields.carries(kind, row.name):
            carried.update(above)
        for other in DocumentKind:
            if fields.carries(other, row.name):
                for name in above:
                    if other.text not in owners.setdefault(name, []):
                        owners[name].append(other.text)
    sentence = _("Det finns i: {kinds}. Ta bort det ur mallen, eller ange rätt slags dokument med --kind.")
    return {name: sentence.format(kinds=", ".join(kinds)) for name, kinds in owners.items() if name not in carried}


def kinds_with(names: Collection[str]) -> list[DocumentKind]:
    """The kinds of document that carry every one of these dotted names (``text.…`` aside)."""
    own = [name for name in names if name.partition(".")[0] != "text"]
    return [kind for kind in DocumentKind if all(_has(kind, name) for name in own)]


def _has(kind: DocumentKind, name: str) -> bool:
    return any(fields.carries(kind, row.name) for row in fields.FIELDS if f"{row.name}.".startswith(f"{name}."))


def kind_by_name(stem: str) -> DocumentKind | None:
    """The kind that a file is named after, in Swedish or as the command says it: ``kallelse-2026``, ``call``."""
    words = re.split(r"[\W\d_]+", stem.lower())
    return next((kind for kind in DocumentKind if kind.value in words or kind.text.lower().split()[0] in words), None)
