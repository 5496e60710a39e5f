"""What a region pack may say: every fault in one ``region.toml``, each with its key and a sentence.

Pure checking of data already read; ``sipctl.region`` finds the files and builds the guidance.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sipctl.language import _
from sipctl.process.form import Kind
from sipctl.process.form.values import meant
from sipctl.process.text import unsafe
from sipctl.vocabulary.consent import Category
from sipctl.vocabulary.steps import Step

Findings = Iterator[tuple[str, str]]
"""What is wrong in one file: pairs of dotted key and sentence."""

MERGED = ("steps", "days", "codes", "texts")
"""The tables whose values fall back to the parent's one by one."""

CHILD_MEETING_STARTS = ("opened", "accepted")
"""What ``codes.child_meeting_from`` may say: the clock of a child's meeting starts with the case, or the yes."""

# A group needs code to read it back, and an id number may not be asked for outside the person.
EXTRA_KINDS = tuple(kind for kind in Kind if kind not in (Kind.GROUP, Kind.IDNUMBER))
_WITH_CHOICES = (Kind.CHOICE, Kind.MANY)

_EXTRA_KEY = re.compile(r"x-[a-z0-9]+(-[a-z0-9]+)*")
_OWN_KEY = re.compile(r"x_[a-z0-9_]+")  # an underscore, since templates read texts as attributes
_ITEM_KEY = re.compile(r"[a-z0-9]+([_-][a-z0-9]+)*")

_TABLES = ("pack", "steps", "criteria", "categories", "days", "codes", "texts", "questions")
_LISTS = ("criteria", "categories", "questions")
_PACK_KEYS = ("id", "name", "version", "notice", "sources", "extends")
_QUESTION_KEYS = ("step", "key", "text", "kind", "choices", "required", "when", "why", "source",
                  "category", "offered")  # fmt: skip
_MAX_DAYS = 3650


@dataclass(frozen=True, slots=True)
class Pack:
    """One ``region.toml`` as read. Nothing in ``data`` is known to be right, so reading is tolerant."""

    folder: Path
    data: dict[str, Any]

    def table(self, name: str) -> dict[str, Any]:
        """``[name]``; empty when missing or something else."""
        value = self.data.get(name)
        return value if isinstance(value, dict) else {}

    def rows(self, name: str) -> list[dict[str, Any]]:
        """The tables under ``[[name]]``."""
        value = self.data.get(name)
        return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []

    def word(self, key: str) -> str:
        """A text of ``[pack]``; empty when missing."""
        value = self.table("pack").get(key)
        return value if isinstance(value, str) else ""


def findings(pack: Pack, parents: Sequence[Pack], known: Mapping[str, list[str]]) -> Findings:
    """Everything wrong in one pack.

    ``known`` has, per merged table, the keys that forms, letters and deadlines ask for.
    """
    yield from _check_tables(pack)
    yield from _check_pack(pack)
    yield from _check_merged(pack, known)
    yield from _check_items(pack, "criteria")
    yield from _check_items(pack, "categories")
    yield from _check_questions(pack, parents)
    if not pack.word("extends"):
        yield from _check_complete(pack, known)


def _check_tables(pack: Pack) -> Findings:
    for name, value in pack.data.items():
        if name not in _TABLES:
            yield name, _unknown(name, _TABLES)
        elif name in _LISTS:
            if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
                yield name, _("Skriv varje del under en egen rubrik [[{name}]].").format(name=name)
        elif not isinstance(value, dict):
            yield name, _("Skriv värdena under rubriken [{name}].").format(name=name)


def _check_pack(pack: Pack) -> Findings:
    table = pack.table("pack")
    for key, value in table.items():
        if key not in _PACK_KEYS:
            yield f"pack.{key}", _unknown(key, _PACK_KEYS)
        elif key == "sources":
            if not isinstance(value, list) or not all(_is_text(item) for item in value):
                yield "pack.sources", _("Skriv källorna som en lista med texter.")
        elif not _is_text(value):
            yield f"pack.{key}", _not_text()
    for key in ("id", "name", "version", "notice"):
        if key not in table:
            yield f"pack.{key}", _missing()
    if pack.word("id") and pack.word("id") != pack.folder.name:
        yield "pack.id", _("Mappen ska heta som paketet: {id}.").format(id=pack.word("id"))


def _check_merged(pack: Pack, known: Mapping[str, list[str]]) -> Findings:
    for name, value_fault in _VALUES.items():
        for key, value in pack.table(name).items():
            is_own = name in ("codes", "texts") and _OWN_KEY.fullmatch(key)
            if key not in known[name] and not is_own:
                yield f"{name}.{key}", _unknown(key, known[name])
            elif what := value_fault(value):
                yield f"{name}.{key}", what
    start = pack.table("codes").get("child_meeting_from", CHILD_MEETING_STARTS[0])
    if start not in CHILD_MEETING_STARTS:
        yield "codes.child_meeting_from", _one_of(CHILD_MEETING_STARTS)


def _check_complete(pack: Pack, known: Mapping[str, list[str]]) -> Findings:
    """A pack that builds on nothing has to say everything."""
    for name, keys in known.items():
        yield from ((f"{name}.{key}", _missing()) for key in keys if key not in pack.table(name))
    given = [row.get("key") for row in pack.rows("categories")]
    yield from ((f"categories.{c.value}", _missing()) for c in Category if c.value not in given)
    if "criteria" not in pack.data:
        yield "criteria", _missing()


def _check_items(pack: Pack, name: str) -> Findings:
    rows = pack.rows(name)
    if pack.data.get(name) == []:
        yield name, _missing()
    yield from _check_choices(rows, name, "key")
    if name == "categories":
        for row in rows:
            if row.get("key") not in tuple(Category):
                yield f"categories.{row.get('key', '')}", _unknown(row.get("key"), list(Category))


def _check_choices(rows: Sequence[dict[str, Any]], at: str, identity: str) -> Findings:
    seen: set[str] = set()
    for number, row in enumerate(rows, 1):
        place, key = f"{at}[{number}]", row.get(identity)
        yield from ((f"{place}.{name}", what) for name, what in _check_choice(row, identity))
        if isinstance(key, str) and key in seen:
            yield f"{place}.{identity}", _("Samma nyckel används två gånger.")
        seen.add(str(key))


def _check_choice(row: dict[str, Any], identity: str) -> Findings:
    known = (identity, "text", "hint")
    yield from ((name, _unknown(name, known)) for name in row if name not in known)
    if not isinstance(row.get(identity), str) or not _ITEM_KEY.fullmatch(row[identity]):
        yield identity, _("Använd små bokstäver a–z, siffror, bindestreck och understreck.")
    if not _is_text(row.get("text")):
        yield "text", _not_text()
    if "hint" in row and not _is_text(row["hint"]):
        yield "hint", _not_text()


def _check_questions(pack: Pack, parents: Sequence[Pack]) -> Findings:
    earlier = {_identity(row) for parent in parents for row in parent.rows("questions")}
    seen: set[str] = set()
    for number, row in enumerate(pack.rows("questions"), 1):
        key = str(row.get("key", f"[{number}]"))
        yield from ((f"questions.{key}.{name}", what) for name, what in _check_question(row))
        if key in seen:
            yield f"questions.{key}.key", _("Samma nyckel används två gånger.")
        when = row.get("when")
        other = str(when.get("key")) if isinstance(when, dict) else ""
        if other.startswith("x-") and (str(row.get("step")), other) not in earlier:
            yield f"questions.{key}.when.key", _("Frågan som villkoret gäller ska komma före, i samma steg.")
        seen.add(key)
        earlier.add(_identity(row))


def _identity(row: dict[str, Any]) -> tuple[str, str]:
    return str(row.get("step")), str(row.get("key"))


def _check_question(row: dict[str, Any]) -> Findings:
    yield from ((name, _unknown(name, _QUESTION_KEYS)) for name in row if name not in _QUESTION_KEYS)
    if not isinstance(row.get("key"), str) or not _EXTRA_KEY.fullmatch(row["key"]):
        yield "key", _("Nyckeln ska börja med x- och sedan ha små bokstäver a–z, siffror och bindestreck.")
    for name in ("text", "why", "source"):
        if (name in row or name == "text") and not _is_text(row.get(name)):
            yield name, _not_text()
    for name in ("required", "offered"):
        if not isinstance(row.get(name, False), bool):
            yield name, _("Skriv true eller false, utan citattecken.")
    for name, allowed in (("step", tuple(Step)), ("kind", EXTRA_KINDS), ("category", tuple(Category))):
        if (name in row or name != "category") and row.get(name) not in allowed:
            yield name, _one_of(allowed)
    yield from _check_alternatives(row)
    if "when" in row and not _is_condition(row["when"]):
        yield "when", _('Skriv villkoret som when = {key = "…", is = …}.')


def _check_alternatives(row: dict[str, Any]) -> Findings:
    choices = row.get("choices", [])
    if not isinstance(choices, list) or not all(isinstance(choice, dict) for choice in choices):
        yield "choices", _('Skriv varje alternativ som {value = "…", text = "…"}.')
    elif (row.get("kind") in _WITH_CHOICES) != bool(choices):
        yield "choices", _("Alternativ behövs för choice och many, och bara för dem.")
    else:
        yield from _check_choices(choices, "choices", "value")


def _is_condition(value: Any) -> bool:
    if not isinstance(value, dict) or set(value) != {"key", "is"} or not _is_text(value["key"]):
        return False
    wanted = value["is"] if isinstance(value["is"], list) else [value["is"]]
    return bool(wanted) and all(isinstance(item, str | bool | int) for item in wanted)


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip()) and not unsafe(value, lines=True)


def _text_fault(value: Any) -> str:
    # An empty text is allowed: a region may wish to leave a sentence out.
    if not isinstance(value, str) or unsafe(value, lines=True):
        return _not_text()
    return _("Texten får inte ha klamrar: programmet sätter inte in något i den.") if {*value} & {*"{}"} else ""


def _code_fault(value: Any) -> str:
    return "" if isinstance(value, str) and not unsafe(value) else _("Skriv koden inom citattecken.")


def _day_fault(value: Any) -> str:
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _MAX_DAYS:
        return ""
    return _("Skriv ett helt tal mellan 0 och {most}.").format(most=_MAX_DAYS)


_VALUES: dict[str, Callable[[Any], str]] = {
    "steps": lambda value: "" if _is_text(value) else _not_text(),
    "days": _day_fault,
    "codes": _code_fault,
    "texts": _text_fault,
}


def _unknown(key: Any, known: Iterable[str]) -> str:
    return _("Nyckeln är okänd.") + meant(key, list(known))


def _missing() -> str:
    return _("Uppgiften saknas.")


def _not_text() -> str:
    return _("Skriv en text inom citattecken, utan osynliga tecken.")


def _one_of(allowed: Iterable[str]) -> str:
    return _("Välj en av: {values}.").format(values=", ".join(str(value) for value in allowed))
