"""What a recipient may not know is not in the data: one walk over the registry, for every document.

Sources: consent per recipient and category (OSL 10:1, 12:2); protected personal data:
documents are made per recipient, and whereabouts go to nobody who is not called in its duty.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from sipctl.documents.fields import FIELDS, TREE, Branch, Field, carries
from sipctl.vocabulary.consent import Category
from sipctl.vocabulary.documents import DocumentKind


@dataclass(frozen=True, slots=True)
class Needs:
    """A value (or a whole row) that needs more categories than its field does: wrapped while the data
    is built, opened or dropped by the walk. An insats needs the category of who carries it out."""

    value: Any
    categories: frozenset[Category]


@dataclass(frozen=True, slots=True)
class View:
    """What one recipient may see of one document.

    ``individual``: the recipient is the person whose plan it is. ``duty``: a unit of kommun or region.
    ``protected_other``: somebody else than the recipient has protected personal data.
    ``sensitive``: categories that free text in this case touches on besides its own.
    ``hide``: how each of the person's names is written where the way of sending is not protected.
    """

    kind: DocumentKind
    allowed: frozenset[Category]
    individual: bool = False
    duty: bool = False
    protected_other: bool = False
    sensitive: frozenset[Category] = frozenset()
    hide: Mapping[str, str] | None = None

    def sees(self, field: Field) -> bool:
        """May this recipient see the field at all?"""
        if not carries(self.kind, field.name) or not self.categories(field) <= self.allowed:
            return False
        if self.individual and (field.home or field.own):
            return True
        if field.own:
            return False
        return not (field.whereabouts and self.protected_other and (field.home or not self.duty))

    def categories(self, field: Field) -> frozenset[Category]:
        """Every category the field needs in this case."""
        wide = field.free and field.category is not Category.BASIC
        return field.needs | self.sensitive if wide else field.needs


def redact(full: Mapping[str, Any], view: View) -> dict[str, Any]:
    """The data as ``view`` lets it be seen, with every name of the registry and nothing else."""
    return _Walk(view, _visible(replace(view, hide=None))).branch(TREE, full)


@cache
def _visible(view: View) -> frozenset[str]:
    """The names of the fields that are seen: the same for most letters of a batch."""
    return frozenset(field.name for field in FIELDS if view.sees(field))


def needed(full: Mapping[str, Any], view: View) -> frozenset[Category]:
    """Every category that must be allowed for the document to be whole."""
    return frozenset({Category.BASIC}).union(*_needs(TREE, full, view, frozenset()))


@dataclass(frozen=True, slots=True)
class _Walk:
    """One walk over the registry beside the data; ``visible`` are the fields this reader sees."""

    view: View
    visible: frozenset[str]

    def branch(self, node: Branch, data: Mapping[str, Any]) -> dict[str, Any]:
        """Every name under the node."""
        return {name: self._value(child, data.get(name)) for name, child in node.children.items()}

    def _value(self, child: Branch | Field, value: Any) -> Any:
        value = self._opened(value)
        if isinstance(child, Field):
            return self._leaf(child, value)
        if not value:
            return _nothing(child)
        if not child.repeated:
            return self.branch(child, value)
        rows = (self._opened(row) for row in value)
        seen = (self.branch(child, row) for row in rows if row is not None)
        return [row for row in seen if not _hollow(row)]

    def _leaf(self, field: Field, value: Any) -> Any:
        """The value as this recipient gets it: None (or an empty list) looks like one never given."""
        if value in (None, "", []) or field.name not in self.visible:
            return field.empty
        return _nameless(value, self.view.hide) if field.free and self.view.hide else value

    def _opened(self, value: Any) -> Any:
        if value.__class__ is not Needs:
            return value
        return value.value if value.categories <= self.view.allowed else None


def _nothing(child: Branch | Field) -> Any:
    """Every name under a branch that there is nothing of. Most of the registry is, in most letters."""
    if isinstance(child, Field):
        return child.empty
    return [] if child.repeated else {name: _nothing(under) for name, under in child.children.items()}


def _hollow(row: Mapping[str, Any]) -> bool:
    """Nothing left in the row: then the row itself would tell that something was withheld."""
    return all(value in (None, []) for value in row.values())


def _nameless(value: Any, hide: Mapping[str, str]) -> Any:
    if isinstance(value, list):
        return [_nameless(item, hide) for item in value]
    for name, shown in hide.items():
        value = re.sub(rf"\b{re.escape(name)}\b", shown, value)
    return value


def _needs(child: Branch | Field, value: Any, view: View, more: frozenset[Category]) -> Iterator[frozenset[Category]]:
    if isinstance(value, Needs):
        value, more = value.value, more | value.categories
    if value in (None, "", [], {}):
        return
    if isinstance(child, Field):
        if carries(view.kind, child.name) and not child.own:
            yield view.categories(child) | more
    elif isinstance(value, list):
        for row in value:
            yield from _needs(Branch(children=child.children), row, view, more)
    else:
        for name, under in child.children.items():
            yield from _needs(under, value.get(name), view, more)
