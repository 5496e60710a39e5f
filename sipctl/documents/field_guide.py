"""The list of fields as a Word document, for whoever edits a template: how to write, what to copy.

Always Swedish, as all documents. It is made by the engine it tells of, from ``field-guide.docx``.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from sipctl.documents import template
from sipctl.documents.field import Field
from sipctl.documents.fields import FIELDS, LISTS, carries
from sipctl.documents.guide_texts import COMMANDS, GROUPS, ITEMS, RULES, TAGS
from sipctl.documents.template.filters import filters
from sipctl.paths import shipped
from sipctl.vocabulary.consent import Category
from sipctl.vocabulary.documents import DocumentKind

_NAME = re.compile(r"[a-z_]+(?:\.[a-z_]+)*")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2})?")
_EVERY_DOCUMENT = ("label_", "legal_basis_", "not_stated", "copy_notice", "x_")


def field_guide(kind: DocumentKind | None, texts: Mapping[str, str], pack: str) -> bytes:
    """The document. ``kind`` None lists every field there is; ``texts`` are the wordings of ``pack``."""
    compiled = template.compile(shipped("field-guide.docx"))
    return compiled.render(guide_data(kind, texts, pack))


def guide_data(kind: DocumentKind | None, texts: Mapping[str, str], pack: str) -> dict[str, Any]:
    """What ``field-guide.docx`` is filled with."""
    carried = [field for field in FIELDS if kind is None or carries(kind, field.name)]
    return {
        "title": f"Fält till mallen: {kind._label}" if kind else "Fält till Word-mallar",
        "lead": f"Det här kan stå i en mall för {f'dokumentet {kind._label}' if kind else 'något av dokumenten'}.",
        "pack": pack,
        "tags": [{"wish": wish, "tag": tag, "becomes": becomes} for wish, tag, becomes in TAGS if _fits(tag, carried)],
        "example": _example_table(carried),
        "rules": list(RULES),
        "commands": [{"what": what, "line": line.format(kind=kind or "call")} for what, line in COMMANDS],
        "groups": list(_groups(carried)),
        "texts": [
            {"tag": f"{{{{ text.{key} }}}}", "wording": wording}
            for key, wording in texts.items()
            if kind is None or key.startswith((*_EVERY_DOCUMENT, f"{kind.value}_"))
        ],
    }


def _groups(fields: list[Field]) -> Iterator[dict[str, Any]]:
    for name in dict.fromkeys(field.name.partition(".")[0] for field in fields):
        inside = [field for field in fields if field.name.startswith(f"{name}.")]
        lists = dict.fromkeys(path for field in inside if (path := _list_of(field.name)))
        yield {
            "title": GROUPS.get(name, name),
            "fields": [_row(field, field.name) for field in inside if not _list_of(field.name) and not _is_list(field)],
            "lists": [
                *(_list(path, [field for field in inside if _list_of(field.name) == path]) for path in lists),
                *(_plain_list(field) for field in inside if _is_list(field)),
            ],
        }


def _fits(tag: str, fields: list[Field]) -> bool:
    """Can it be copied into this kind of document as it stands?"""
    missing = {field.name for field in FIELDS} - {field.name for field in fields}
    gone = {path for path in LISTS if not any(field.name.startswith(f"{path}.") for field in fields)}
    return not (missing | gone) & set(_NAME.findall(tag))


def _example_table(fields: list[Field]) -> dict[str, Any] | None:
    """A table whose middle row is repeated, for the first list that has two things to say of each row."""
    for path in LISTS:
        shown = [field for field in fields if _list_of(field.name) == path and field.example][:2]
        if len(shown) == 2 and not _list_of(path):
            heads, tags = [field.meaning for field in shown], [f"{{{{ {_in_loop(field)} }}}}" for field in shown]
            lines = [[f"{{%tr for {_item(path)} in {path} %}}", ""], tags, ["{%tr endfor %}", ""]]
            return {"heads": _pair(heads), "lines": [_pair(line) for line in lines]}
    return None


def _pair(texts: list[str]) -> dict[str, str]:
    return dict(zip(("left", "right"), texts, strict=True))


def _list_of(name: str) -> str:
    """The innermost list that the name is in; empty for what is there once."""
    return max((path for path in LISTS if name.startswith(f"{path}.")), key=len, default="")


def _is_list(field: Field) -> bool:
    return isinstance(field.example, list)


def _list(path: str, fields: list[Field]) -> dict[str, Any]:
    """A list of rows, with the loop around the field that says most of a row."""
    names = [_last(field.name) for field in fields]
    shown = next((name for name in ("line", "text", "label", "name") if name in names), names[0])
    return {
        "title": f"Lista: {path}",
        "meaning": LISTS[path],
        "loop": _loop(path, [f"{{{{ {_item(path)}.{shown} }}}}"]),
        "fields": [_row(field, _in_loop(field)) for field in fields],
    }


def _plain_list(field: Field) -> dict[str, Any]:
    """A list of texts."""
    return {
        "title": f"Lista: {field.name}",
        "meaning": field.meaning.removesuffix(" (lista)"),
        "loop": _loop(field.name, [f"{{{{ {_item(field.name)} }}}}"]),
        "fields": [],
    }


def _loop(path: str, middle: list[str]) -> list[str]:
    """The lines around ``middle`` that go through the list, and through those it lies in."""
    outer = _list_of(path)
    source = f"{_item(outer)}.{_last(path)}" if outer else path
    lines = [f"{{%p for {_item(path)} in {source} %}}", *middle, "{%p endfor %}"]
    return _loop(outer, lines) if outer else lines


def _in_loop(field: Field) -> str:
    """What the field is called inside the loop over its list."""
    return f"{_item(_list_of(field.name))}.{_last(field.name)}"


def _item(path: str) -> str:
    return ITEMS.get(path, "item")


def _last(name: str) -> str:
    return name.rpartition(".")[2]


def _row(field: Field, name: str) -> dict[str, Any]:
    tag, shown = _written(field.example, name)
    return {
        "tag": tag,
        "meaning": field.meaning,
        "consent": ", ".join(c._label for c in Category if c in field.needs - {Category.BASIC}) or "–",
        "example": shown,
    }


def _written(example: Any, name: str) -> tuple[str, str]:
    """How the field is best written in a template, and what then stands in the document."""
    if isinstance(example, bool):
        return f"{{% if {name} %}} … {{% endif %}}", "visas om det stämmer"
    if not isinstance(example, str) or not _DATE.fullmatch(example):
        return f"{{{{ {name} }}}}", "" if example is None else str(example)
    found = filters("")
    if "T" not in example:
        return f"{{{{ {name}|datum }}}}", found["datum"](example)
    return (
        f"{{{{ {name}|datum }}}}\n{{{{ {name}|klockan }}}}",
        f"{found['datum'](example)}\n{found['klockan'](example)}",
    )
