"""Asking through a level of the form, and the menus of groups within it."""

from collections.abc import Iterator

from sipctl.language import _
from sipctl.process.form import Answers, Choice, Kind
from sipctl.process.form.answers import (
    Place,
    Visible,
    add_item,
    first_unanswered,
    get,
    index_of,
    item_at,
    item_name,
    items_of,
    move_item,
    remove_item,
    walk,
)
from sipctl.ui.asker import BACK, Prompt, shortened
from sipctl.ui.single import ask_yes_no
from sipctl.ui.talk import Back, Talk

_ADD, _EDIT, _MOVE, _REMOVE, _DONE, _FIRST = "add", "edit", "move", "remove", "done", "first"


def section(talk: Talk, under: Place) -> Back | None:
    """Ask what is unanswered below a place, in order; ``BACK`` when the user leaves it backwards."""
    again: Place | None = None  # the question gone back to
    while True:
        units = list(_units(talk, under))
        unit = next((u for u in units if u.path == again), None) or _next(talk, units, under)
        if unit is None:
            return None
        earlier = [u for u in units[: units.index(unit)] if u.q.key in u.item]
        if visit(talk, unit, back=bool(earlier or under)) is not BACK:
            again = None
            talk.revisit -= set(unit.path[:1]) if not under else set()
        elif earlier:
            again = earlier[-1].path
        else:
            return BACK


def visit(talk: Talk, unit: Visible, *, back: bool = True) -> Back | None:
    """Ask one question, or open the menu of a group. A fixed group has only its items' questions."""
    if unit.q.fixed:
        return None
    return group(talk, unit, back=back) if unit.q.kind is Kind.GROUP else talk.ask(unit, back=back)


def _units(talk: Talk, under: Place) -> Iterator[Visible]:
    """The questions of one level; those of a fixed group's items stand in its place."""
    for v in walk(talk.form, talk.answers):
        if v.path[:-1] != under:
            continue
        if not v.q.fixed:
            yield v
            continue
        for item in items_of(v.item.get(v.q.key)):
            yield from _units(talk, (*v.path, item["key"]))


def _next(talk: Talk, units: list[Visible], under: Place) -> Visible | None:
    found = first_unanswered(talk.form, talk.answers, under=under)
    return next((u for u in units if _is_due(talk, u, found)), None)


def _is_due(talk: Talk, unit: Visible, found: Visible | None) -> bool:
    if len(unit.path) == 1 and unit.q.key in talk.revisit:
        return True
    return found is not None and found.path[: len(unit.path)] == unit.path


# --- groups ---


def group(talk: Talk, unit: Visible, *, back: bool = True) -> Back | None:
    """A group: finish the items begun, then a menu until the user is done with them."""
    path, unfinished = unit.path, True
    while True:
        begun = first_unanswered(talk.form, talk.answers, under=path) if unfinished else None
        if begun and len(begun.path) > len(path):
            unfinished = _item(talk, begun.path[: len(path) + 1]) is not BACK
            continue
        unfinished = True
        reply = talk.menu(_menu(talk, unit, back=back))
        if reply is BACK:
            return BACK
        if reply == _DONE:
            if not items_of(get(talk.answers, path)):
                talk.keep(path, [])
            if not _begun(talk, path):
                return None
        elif reply == _ADD:
            unfinished = _add(talk, unit) is not BACK
        elif reply == _EDIT:
            _edit(talk, unit)
        elif reply == _MOVE:
            _move(talk, unit)
        else:
            _remove(talk, unit)


def _begun(talk: Talk, path: Place) -> bool:
    found = first_unanswered(talk.form, talk.answers, under=path)
    return found is not None and len(found.path) > len(path)


def _menu(talk: Talk, unit: Visible, *, back: bool) -> Prompt:
    q, items = unit.q, _items(talk, unit)
    choices = [Choice(_ADD, _("Lägg till {name}").format(name=q.item_name).rstrip())]
    if items:
        choices += [Choice(_EDIT, _("Ändra"))]
        choices += [Choice(_MOVE, _("Flytta"))] if len(items) > 1 else []
        choices += [Choice(_REMOVE, _("Ta bort"))]
    if items or not q.required:
        choices.append(Choice(_DONE, _("Klar, gå vidare") if items else _("Inga, gå vidare")))
    return Prompt(
        q.text,
        Kind.CHOICE,
        tuple(choices),
        _DONE if items else _ADD,
        required=True,
        back=back,
        why="" if items else q.why,
        source=q.source,
        note="\n".join(f"  - {_name(unit, sub, n)}" for n, sub in enumerate(items, 1)),
        place=talk.place(unit.path),
    )


def _items(talk: Talk, unit: Visible) -> list[Answers]:
    return items_of(get(talk.answers, unit.path))


def _name(unit: Visible, item: Answers, number: int) -> str:
    return shortened(item_name(unit.q, item, number))


def _add(talk: Talk, unit: Visible) -> Back | None:
    if not isinstance(unit.item.get(unit.q.key), list):
        unit.item[unit.q.key] = []
    item = add_item(unit.item[unit.q.key], unit.q, talk.used_keys())
    talk.used_keys()
    talk.save(talk.answers)
    return _item(talk, (*unit.path, item["key"]))


def _item(talk: Talk, path: Place) -> Back | None:
    """Ask through one item. Left before its first answer, it goes away again."""
    reply = section(talk, path)
    if reply is BACK and set(item_at(talk.answers, path)) == {"key"}:
        remove_item(get(talk.answers, path[:-1]), path[-1])
        talk.save(talk.answers)
    return reply


def _choose(talk: Talk, unit: Visible, text: str) -> str | Back:
    items = _items(talk, unit)
    if len(items) == 1:
        return str(items[0]["key"])
    return talk.pick(text, [Choice(sub["key"], _name(unit, sub, n)) for n, sub in enumerate(items, 1)])


def _edit(talk: Talk, unit: Visible) -> None:
    key = _choose(talk, unit, _("Vad vill du ändra?"))
    if key is BACK:
        return
    path = (*unit.path, str(key))
    while change_one(talk, path):
        section(talk, path)


def _move(talk: Talk, unit: Visible) -> None:
    key = _choose(talk, unit, _("Vad vill du flytta?"))
    if key is BACK:
        return
    items = unit.item[unit.q.key]
    others = [(n, sub) for n, sub in enumerate(items, 1) if sub["key"] != key]
    spots = [Choice(_FIRST, _("Först"))]
    spots += [Choice(sub["key"], _("Efter {name}").format(name=_name(unit, sub, n))) for n, sub in others]
    spot = talk.pick(_("Var ska det stå?"), spots)
    if spot is BACK:
        return
    keys = [sub["key"] for __, sub in others]
    move_item(items, str(key), 0 if spot == _FIRST else keys.index(spot) + 1)
    talk.save(talk.answers)


def _remove(talk: Talk, unit: Visible) -> None:
    key = _choose(talk, unit, _("Vad vill du ta bort?"))
    if key is BACK:
        return
    items = unit.item[unit.q.key]
    number = index_of(items, str(key)) + 1
    name = _name(unit, items[number - 1], number)
    if ask_yes_no(talk.asker, _("Ta bort {name} och allt som hör till?").format(name=name), default=False):
        talk.used_keys()
        remove_item(items, str(key))
        talk.save(talk.answers)


# --- changing what is answered ---


def change_one(talk: Talk, under: Place = ()) -> bool:
    """Choose one of the answers below a place and change it; False when the user is done."""
    rows = [
        v
        for v in walk(talk.form, talk.answers)
        if v.path[: len(under)] == under and not (v.q.offered and v.q.key not in v.item) and not v.q.fixed
    ]
    choices = [Choice(str(n), _row(talk, v, under)) for n, v in enumerate(rows)]
    reply = talk.pick(_("Vilket svar vill du ändra?"), [*choices, Choice(_DONE, _("Klar med ändringar"))], back=False)
    if reply in (BACK, _DONE):
        return False
    visit(talk, rows[int(str(reply))])
    return True


def _row(talk: Talk, v: Visible, under: Place) -> str:
    names = talk.item_names(v.path, titles=False)[len(under) // 2 :]
    colon = "" if v.q.text.endswith(("?", ":", ".")) else ":"
    return f"{', '.join([*names, v.q.text])}{colon} {talk.answer_of(v, 40)}"
