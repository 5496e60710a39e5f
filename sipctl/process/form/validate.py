"""Do the answers hold? ``normalise`` what a file says, then name every fault at once."""

import re
from typing import Any

from sipctl.errors import Fault
from sipctl.language import _
from sipctl.process.form.places import all_keys, dotted, mint
from sipctl.process.form.question import Answers, Form, Kind, Q
from sipctl.process.form.values import meant, normal_value, plain, value_fault
from sipctl.process.form.walk import Place, clean, is_missing, items_of, walk
from sipctl.process.text import printable

_ITEM_KEY = re.compile(r"[A-Za-z0-9_-]{1,40}")


def normalise(form: Form, raw: Answers) -> Answers:
    """What a file says in stored form: dates as text, texts neat, every item with a key.

    Drops nothing: unknown keys and wrong types stay, for ``validate`` to name.
    """
    return _normal(form.questions, raw, all_keys(raw))


def _normal(questions: tuple[Q, ...], raw: Answers, taken: set[str]) -> Answers:
    by_key = {q.key: q for q in questions}
    out: Answers = {}
    for key, value in raw.items():
        q = by_key.get(key)
        if q is None:
            out[key] = plain(value)
        elif q.kind is Kind.GROUP and isinstance(value, list):
            out[key] = [_normal_item(q, sub, taken) for sub in value]
        else:
            out[key] = normal_value(q, value)
    return out


def _normal_item(q: Q, raw: Any, taken: set[str]) -> Any:
    if not isinstance(raw, dict):
        return plain(raw)
    key = raw.get("key")
    if key in (None, ""):
        key = mint(q.prefix, taken)
        taken.add(key)
    rest = {k: v for k, v in raw.items() if k != "key"}
    return {"key": plain(key)} | _normal(q.fields, rest, taken)


def validate(form: Form, answers: Answers, complete: bool = True) -> list[Fault]:
    """Every fault of normalised answers; with ``complete`` also the required ones left out."""
    seen = _TypeFaults()
    sound = seen.sift(form.questions, answers, ())
    faults: list[Fault] = []
    for v in walk(form, kept := clean(form, sound)):
        whats = seen.at.get(v.path, [])
        if not whats and is_missing(v):
            whats = [_("”{name}” behöver ett svar.").format(name=v.q.text)] if complete else []
        elif not whats and v.q.check and v.item.get(v.q.key) is not None:
            what = v.q.check(v.item[v.q.key], v.item)
            whats = [what] if what else []
        faults += [Fault(dotted(v.path), what) for what in whats]
    return faults + _twice(form.questions, kept, ()) + seen.unknown


class _TypeFaults:
    """Sifts out what has the wrong type, so that ``when`` and ``check`` only meet sound values.

    The faults are kept by place: those of questions that turn out not to show are nobody's concern.
    """

    def __init__(self) -> None:
        self.at: dict[Place, list[str]] = {}
        self.unknown: list[Fault] = []

    def sift(self, questions: tuple[Q, ...], item: Answers, at: Place) -> Answers:
        by_key = {q.key: q for q in questions}
        sound: Answers = {}
        for key, value in item.items():
            if key == "key" and at:
                sound[key] = value
            elif key not in by_key:
                self._unknown(key, list(by_key), at)
            else:
                self._sift_value(by_key[key], value, sound, at)
        return sound

    def _sift_value(self, q: Q, value: Any, sound: Answers, at: Place) -> None:
        here = (*at, q.key)
        fault = None if value is None else value_fault(q, value)
        if fault:
            self.at[here] = [fault]
        elif q.kind is Kind.GROUP and value is not None:
            sound[q.key] = [self.sift(q.fields, sub, (*here, sub["key"])) for sub in self._items(value, here)]
        else:
            sound[q.key] = value

    def _items(self, value: list[Any], here: Place) -> list[Answers]:
        good = [sub for sub in items_of(value) if _ITEM_KEY.fullmatch(sub["key"])]
        if len(good) < len(value):
            what = _("Varje del ska vara en tabell med en egen nyckel (key) av bokstäver och siffror.")
            self.at.setdefault(here, []).append(what)
        keys = [sub["key"] for sub in good]
        if len(set(keys)) < len(keys):
            self.at.setdefault(here, []).append(_("Samma nyckel (key) används två gånger."))
        return list({sub["key"]: sub for sub in good}.values())

    def _unknown(self, key: str, known: list[str], at: Place) -> None:
        place = dotted((*at, printable(str(key))[:60]))
        what = _("Formuläret har ingen fråga med den nyckeln.") + meant(key, known)
        self.unknown.append(Fault(place, what))


def _twice(questions: tuple[Q, ...], item: Answers, at: Place) -> list[Fault]:
    """Keys used in two items of the same kind: keys are identities over the whole case.

    Only minted keys: the items of a fixed group stand for something that may return elsewhere.
    """
    used: dict[tuple[str, str], int] = {}
    faults = []
    for prefix, place in _keys(questions, item, at):
        used[prefix, place[-1]] = used.get((prefix, place[-1]), 0) + 1
        if used[prefix, place[-1]] == 2:
            faults.append(Fault(dotted(place), _("Nyckeln (key) används redan på ett annat ställe.")))
    return faults


def _keys(questions: tuple[Q, ...], item: Answers, at: Place) -> list[tuple[str, Place]]:
    found: list[tuple[str, Place]] = []
    for q in questions:
        for sub in items_of(item.get(q.key)) if q.kind is Kind.GROUP else []:
            place = (*at, q.key, sub["key"])
            found += [] if q.fixed else [(q.prefix, place)]
            found += _keys(q.fields, sub, place)
    return found
