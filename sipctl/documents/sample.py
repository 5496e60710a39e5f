"""Invented data to try a template with: complete, or with nothing but what is always there."""

import tomllib
from functools import cache
from typing import Any

from sipctl.documents.fields import TREE, Branch, Field, example_data
from sipctl.documents.lines import compose
from sipctl.paths import shipped
from sipctl.process.guidance import Guidance
from sipctl.vocabulary.documents import DocumentKind

NOTICE = "PROVUTSKRIFT. Alla uppgifter är påhittade."
"""Stands where the pack's notice stands in a real document."""

_ALWAYS = (
    *("document.", "sip.number", "sip.ref", "sip.law", "sender.unit", "sender.huvudman", "sender.name"),
    *("recipient.name", "person.initials", "meeting.kind", "meeting.form", "meeting.weekday", "meeting.starts_at"),
    *(
        "meeting.ends_at",
        "meeting.minutes",
        "consent.categories.",
        "plan.number",
        "plan.kind",
        "followup.held_on",
        "closure.on_date",
    ),
)
"""What every document of its kind has, however little was given and allowed."""


def sample(kind: DocumentKind, guidance: Guidance, *, empty: bool = False) -> dict[str, Any]:
    """Data shaped as what ``content.build`` returns for that kind, about people who do not exist.

    Lists have a few rows. ``empty`` leaves only what is always there: how a template looks at its barest.
    """
    data = _overlaid(example_data(kind, guidance.texts), _rows(kind))
    data["document"] |= {"kind": kind._label, "pack": guidance.name, "notice": NOTICE}
    if empty:
        data |= _bare(TREE, data)
    return compose(data)


def _rows(kind: DocumentKind) -> dict[str, Any]:
    shared = {name: values for name, values in _file().items() if name != "only"}
    only = _file()["only"].get(kind.value, {})
    return shared | {name: shared[name] | values for name, values in only.items()}


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads(shipped("sample.toml").read_text("utf-8"))


def _overlaid(example: Any, rows: Any) -> Any:
    """The example with the sample's own values; what this kind of document does not carry stays absent."""
    if example in (None, []):
        return example
    if isinstance(example, dict):
        return {name: _overlaid(value, rows[name]) if name in rows else value for name, value in example.items()}
    if isinstance(example, list) and isinstance(example[0], dict):
        return [_overlaid(example[0], row) for row in rows]
    return rows if rows != "" else None


def _bare(node: Branch, data: dict[str, Any]) -> dict[str, Any]:
    return {name: _bared(child, data[name]) for name, child in node.children.items()}


def _bared(child: Branch | Field, value: Any) -> Any:
    if isinstance(child, Branch) and child.repeated:
        return [bare for row in value if any((bare := _bare(child, row)).values())]
    if isinstance(child, Branch):
        return _bare(child, value)
    if child.name.startswith(_ALWAYS):
        return value
    return False if value is not None and isinstance(child.example, bool) else child.empty
