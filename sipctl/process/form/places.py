"""Reading and changing answers by place, and the items of groups."""

import re
from typing import Any

from sipctl.process.form.question import Answers, Form, Q
from sipctl.process.form.walk import Place, items_of


def dotted(path: Place) -> str:
    """``needs.B1.goals.M1.text``: how a place is written in faults and files."""
    return ".".join(path)


def item_at(answers: Answers, path: Place) -> Answers:
    """The dict an answer goes into: the item the path runs through last, or the whole answers."""
    item = answers
    for group, key in zip(path[: len(path) - len(path) % 2 : 2], path[1::2], strict=False):
        item = next(sub for sub in items_of(item.get(group)) if sub["key"] == key)
    return item


def get(answers: Answers, path: Place, default: Any = None) -> Any:
    """The answer at a place (or the item, for a path that ends in an item's key)."""
    try:
        item = item_at(answers, path)
    except StopIteration:
        return default
    return item.get(path[-1], default) if len(path) % 2 else item


def put(answers: Answers, path: Place, value: Any) -> None:
    """Write the answer at a place; the items on the way must be there."""
    try:
        item_at(answers, path)[path[-1]] = value
    except StopIteration:
        raise KeyError(dotted(path)) from None


def question_at(form: Form, path: Place) -> Q:
    """The question a place belongs to."""
    questions, found = form.questions, None
    for key in path[::2]:
        found = next((q for q in questions if q.key == key), None)
        if found is None:
            raise KeyError(dotted(path))
        questions = found.fields
    assert found is not None
    return found


def all_keys(answers: Answers) -> set[str]:
    """The keys of every item in every group, however deep."""
    keys: set[str] = set()
    for value in answers.values():
        for sub in items_of(value):
            keys |= {sub["key"]} | all_keys(sub)
    return keys


def mint(prefix: str, taken: set[str] | frozenset[str]) -> str:
    """The next key with the prefix, above every number that was ever taken."""
    numbers = (re.fullmatch(re.escape(prefix) + "([0-9]{1,9})", key, re.ASCII) for key in taken)
    return f"{prefix}{max((int(n[1]) for n in numbers if n), default=0) + 1}"


def add_item(items: list[Answers], q: Q, taken: set[str] | frozenset[str] = frozenset()) -> Answers:
    """Add an empty item with a key of its own, and hand it over.

    ``taken`` holds the keys used elsewhere, now or before (``all_keys`` of the answers, and those
    of earlier versions): a key is an identity across versions and is never used twice.
    """
    item: Answers = {"key": mint(q.prefix, taken | {sub["key"] for sub in items_of(items)})}
    items.append(item)
    return item


def index_of(items: list[Answers], key: str) -> int:
    """The position of an item."""
    return next(i for i, sub in enumerate(items) if sub.get("key") == key)


def move_item(items: list[Answers], key: str, index: int) -> None:
    """Put an item at another position; its key, and so its identity, stays."""
    items.insert(index, items.pop(index_of(items, key)))


def remove_item(items: list[Answers], key: str) -> None:
    """Take an item away, with everything in it."""
    del items[index_of(items, key)]
