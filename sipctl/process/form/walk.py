"""Going through a form: which questions show, what is answered, and where an answer lives."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any, NamedTuple

from sipctl.process.form.question import Answers, Form, Kind, Q

Place = tuple[str, ...]
"""Where an answer lives: question and item keys by turns, ``("needs", "B1", "goals", "M1", "text")``."""

# Chains of "hidden because the one before is hidden" are far shorter than this in any real form.
_ROUNDS = 12


class Visible(NamedTuple):
    """A question that shows, its place, and the dict its answer goes into."""

    path: Place
    q: Q
    item: Answers


def walk(form: Form, answers: Answers) -> Iterator[Visible]:
    """The questions that show, in order; a group comes before the questions of its items."""
    kept = clean(form, answers)
    return _walk(form.questions, answers, kept, kept, ())


def _walk(questions: tuple[Q, ...], item: Answers, seen: Answers, top: Answers, at: Place) -> Iterator[Visible]:
    # ``seen`` and ``top`` are the cleaned answers: a stale answer to a hidden question must not
    # make another question show. ``item`` is the live dict, so that a reply lands in the draft.
    for q in questions:
        if not _shows(q, seen, top):
            continue
        here = (*at, q.key)
        yield Visible(here, q, item)
        if q.kind is Kind.GROUP:
            cleaned = {sub["key"]: sub for sub in items_of(seen.get(q.key))}
            for sub in items_of(item.get(q.key)):
                yield from _walk(q.fields, sub, cleaned.get(sub["key"], sub), top, (*here, sub["key"]))


def clean(form: Form, answers: Answers) -> Answers:
    """A copy without what ``when`` hides and without unknown keys."""
    kept = answers
    for _round in range(_ROUNDS):
        narrowed = _keep(form.questions, answers, kept, kept)
        if narrowed == kept:
            break
        kept = narrowed
    return deepcopy(kept)


def _keep(questions: tuple[Q, ...], item: Answers, seen: Answers, top: Answers) -> Answers:
    out: Answers = {"key": item["key"]} if "key" in item else {}
    for q in questions:
        if q.key not in item or not _shows(q, seen, top):
            continue
        value = item[q.key]
        if q.kind is Kind.GROUP and isinstance(value, list):
            before = {sub["key"]: sub for sub in items_of(seen.get(q.key))}
            value = [_keep(q.fields, sub, before.get(sub["key"], sub), top) for sub in items_of(value)]
        out[q.key] = value
    return out


def _shows(q: Q, item: Answers, top: Answers) -> bool:
    return q.when is None or q.when(item, top)


def items_of(value: Any) -> list[Answers]:
    """The items of a group's answer; what is not an item with a key is passed over."""
    if not isinstance(value, list):
        return []
    return [sub for sub in value if isinstance(sub, dict) and isinstance(sub.get("key"), str)]


def hidden(form: Form, answers: Answers) -> list[Place]:
    """The places of answers that will not be used, since their questions do not show."""
    kept = clean(form, answers)
    return list(_hidden(answers, kept, ()))


def _hidden(item: Answers, kept: Answers, at: Place) -> Iterator[Place]:
    for key, value in item.items():
        if key not in kept:
            yield (*at, key)
            continue
        cleaned = {sub["key"]: sub for sub in items_of(kept[key])}
        for sub in items_of(value):
            yield from _hidden(sub, cleaned[sub["key"]], (*at, key, sub["key"]))


# --- what is answered ---


def is_missing(visible: Visible) -> bool:
    """Required, and without an answer. What is only offered can never be missing."""
    q, item = visible.q, visible.item
    return q.required and not q.offered and item.get(q.key) in (None, "", [])


def is_unanswered(visible: Visible, *, offered: bool = False) -> bool:
    """Still to be asked: never replied to, or required and skipped.

    A fixed group has nothing to ask but the questions of its items.
    """
    if visible.q.fixed or (visible.q.offered and not offered):
        return False
    return visible.q.key not in visible.item or is_missing(visible)


def missing(form: Form, answers: Answers) -> list[Visible]:
    """The required questions without an answer, in order."""
    return [v for v in walk(form, answers) if is_missing(v)]


def first_unanswered(form: Form, answers: Answers, *, offered: bool = False, under: Place = ()) -> Visible | None:
    """The next question to ask, within ``under``; with ``offered`` also the voluntary ones."""
    for v in walk(form, answers):
        if v.path[: len(under)] == under and is_unanswered(v, offered=offered):
            return v
    return None


def progress(form: Form, answers: Answers) -> tuple[int, int]:
    """How many of the form's own questions are answered; a group counts as one, when all in it is."""
    shown = list(walk(form, answers))
    asked = [v.path for v in shown if _counts(v)]
    left = {v.path[:1] for v in shown if is_unanswered(v)}
    return sum(path not in left for path in asked), len(asked)


def position(form: Form, answers: Answers, path: Place) -> tuple[int, int]:
    """Which of the form's own questions ``path`` lies under, and of how many; (0, n) for an offered one."""
    asked = [v.path[0] for v in walk(form, answers) if _counts(v)]
    return (asked.index(path[0]) + 1 if path[0] in asked else 0), len(asked)


def _counts(v: Visible) -> bool:
    """One of the form's own questions. A fixed group without items has nothing to ask."""
    return len(v.path) == 1 and not v.q.offered and not (v.q.fixed and not items_of(v.item.get(v.q.key)))
