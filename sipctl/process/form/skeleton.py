"""The answers file as a person fills it in: TOML with every question as a comment.

Reads back to the same answers: ``normalise(form, tomllib.loads(skeleton(form, a))) == a`` for
answers without skipped questions (TOML has no null).
"""

import re
from collections.abc import Iterator
from textwrap import wrap
from typing import Any

from sipctl.language import _
from sipctl.process.form.display import item_name
from sipctl.process.form.question import Answers, Form, Kind, Q
from sipctl.process.form.walk import Place, items_of, walk
from sipctl.process.text import printable

_WIDTH = 96
_EXAMPLES = {
    Kind.TEXT: '""',
    Kind.LONG: '"""\n"""',
    Kind.DATE: '"2026-12-01"',
    Kind.TIME: '"13:00"',
    Kind.DATETIME: '"2026-12-01T13:00"',
    Kind.NUMBER: "1",
    Kind.YESNO: "true",
    Kind.IDNUMBER: '"ÅÅÅÅMMDDNNNN"',
}


def skeleton(form: Form, answers: Answers) -> str:
    """Commented TOML with the answers that are there and room for those that are not."""
    intro = _(
        "Rader som börjar med # är frågor och förklaringar. Ta bort # framför en nyckel för att svara. "
        "Filen kan innehålla personuppgifter: spara den på ett skyddat ställe och ta bort den efteråt."
    )
    shown = {v.path for v in walk(form, answers)}
    lines = [*_comment(form.title), *_comment(intro), ""]
    lines += _table(form.questions, answers, (), shown)
    # One blank line between entries. By entry, not in the text: an answer may hold blank lines.
    kept = [line for line, before in zip(lines, ["", *lines], strict=False) if line or before]
    return "\n".join(kept).rstrip("\n") + "\n"


def _table(questions: tuple[Q, ...], item: Answers, at: Place, shown: set[Place]) -> Iterator[str]:
    """The plain answers first: what follows a ``[[table]]`` header would belong to that table."""
    known = {q.key for q in questions} | {"key"}
    for q in questions:
        here = (*at, q.key)
        if q.kind is not Kind.GROUP or not items_of(item.get(q.key)):
            yield from _entry(q, item, hidden=here not in shown)
    for key in sorted(item.keys() - known):
        if _fits_toml(item[key]):
            yield f"{_key(key)} = {_literal(item[key])}"
    for q in questions:
        if q.kind is Kind.GROUP:
            yield from _group(q, items_of(item.get(q.key)), (*at, q.key), shown)


def _entry(q: Q, item: Answers, *, hidden: bool) -> Iterator[str]:
    yield from _explain(q, hidden=hidden)
    value = item.get(q.key)
    if value is not None and _fits_toml(value):
        yield f"{_key(q.key)} = {_literal(value)}"
    elif q.kind is not Kind.GROUP:
        yield from _off(f"{_key(q.key)} = {_example(q)}")
    yield ""


def _group(q: Q, items: list[Answers], at: Place, shown: set[Place]) -> Iterator[str]:
    header = f"[[{'.'.join(map(_key, at[::2]))}]]"
    if items:
        yield from _explain(q, hidden=at not in shown)
    for number, item in enumerate(items, 1):
        yield from _comment(item_name(q, item, number))
        yield header
        yield f"key = {_literal(item['key'])}"
        yield from _table(q.fields, item, (*at, item["key"]), shown)
    if not items:
        yield from _off(header)
        for line in _table(q.fields, {}, (*at, ""), {(*at, "", f.key) for f in q.fields}):
            yield from _off(line) if line else [""]


def _explain(q: Q, *, hidden: bool) -> Iterator[str]:
    notes = [_("krävs")] if q.required and not q.offered else []
    notes += [_("frågas inte med nuvarande svar")] if hidden else []
    yield from _comment(q.text + (f" ({', '.join(notes)})" if notes else ""))
    for choice in q.choices:
        yield from _comment(f"  {choice.value} = {choice.text}")


def _example(q: Q) -> str:
    values = [c.value for c in q.choices] or [""]
    if q.kind is Kind.CHOICE:
        return _literal(values[0])
    if q.kind is Kind.MANY:
        return _literal(values[:2])
    return _EXAMPLES[q.kind]


def _comment(text: str) -> list[str]:
    indent = " " * (len(text) - len(text.lstrip()))
    hanging = indent + "  " * bool(indent)
    folded = wrap(printable(text).strip(), _WIDTH, initial_indent=indent, subsequent_indent=hanging)
    return [f"# {line}" for line in folded]


def _off(text: str) -> list[str]:
    return [line if line.startswith("# ") else f"# {line}" for line in text.split("\n")]


# --- TOML ---


def _fits_toml(value: Any) -> bool:
    return isinstance(value, (str, bool, int)) or (isinstance(value, list) and all(isinstance(v, str) for v in value))


def _key(key: str) -> str:
    return key if re.fullmatch("[A-Za-z0-9_-]+", key) else _quoted(key)


def _literal(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, list):
        return "[" + ", ".join(map(_literal, value)) + "]"
    return _lines(value) if "\n" in value else _quoted(value)


def _quoted(text: str) -> str:
    return '"' + _escaped(text).replace('"', '\\"').replace("\n", "\\n") + '"'


def _lines(text: str) -> str:
    # Single quotation marks may stand in a multi-line string; three in a row would end it.
    body = re.sub('"{3,}|"$', lambda run: '\\"' * len(run[0]), _escaped(text))
    return f'"""\n{body}"""'


def _escaped(text: str) -> str:
    text = text.replace("\\", "\\\\")
    return re.sub(r"[\x00-\x09\x0b-\x1f\x7f]", lambda c: f"\\u{ord(c[0]):04X}", text)
