"""``demo``: a fictional county of cases in every state, and one case led through all six steps.

It is made by the very tasks that users run, from the answer files under ``examples/``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sipctl.codes import new_sip_number
from sipctl.errors import UsageFault
from sipctl.files import private_folder
from sipctl.language import _
from sipctl.paths import Home, example, shipped
from sipctl.process.form import Answers, Form
from sipctl.process.form.answers import summary
from sipctl.settings import Settings
from sipctl.store import units
from sipctl.store.connection import connect
from sipctl.store.keys import find_key
from sipctl.tasks.desk import Desk
from sipctl.tasks.issue import issue
from sipctl.tasks.orders import letters, orders
from sipctl.tasks.setup import KeyWish, set_up
from sipctl.tasks.step import begin, begin_new, finish, from_file
from sipctl.tasks.units import check_unit
from sipctl.vocabulary.documents import DocumentKind

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
# Sections of an example that are a second round of a step.
STEP_OF = {"replies": "invite", "narrow": "consent", "followup2": "followup", "meeting2": "meeting"}


@dataclass(frozen=True, slots=True)
class Shown:
    """One step of the case that is led before the user's eyes."""

    on: date
    title: str
    answers: list[tuple[str, str]]
    files: list[Path]


def make(folder: Path, today: date, tell: Callable[[Shown], None]) -> str:
    """Make the demo under ``folder`` and return the reference of the case that was led.

    Raises ``UsageFault`` when the folder has something in it.
    """
    if folder.exists() and any(folder.iterdir()):
        raise UsageFault(
            _("Mappen {folder} är inte tom.").format(folder=folder),
            _("Ange en annan mapp: sipctl demo MAPP. En gammal demo är det bara att ta bort."),
        )
    place = Home(private_folder(folder.absolute()))
    plan = tomllib.loads(shipped("demo.toml").read_text("utf-8"))
    settings = Settings(**plan["settings"])
    set_up(place, settings, KeyWish(open_demo=True))
    desk = Desk(place, settings, connect(place, find_key(place)), today)
    try:
        units.put(desk.store, [check_unit(unit) for unit in plan["units"]])
        for row in plan["cases"]:
            _populate(desk, row, today)
        _called(desk, plan["called"], today)
        return _lead(desk, today, tell)
    finally:
        desk.store.close()


def _populate(desk: Desk, row: dict[str, Any], today: date) -> None:
    """One case from an example, moved in time, cut short, with answers of its own."""
    sections = _moved(_example(row["example"]), today - timedelta(days=row["ago"]))
    days: dict[str, str] = sections["days"]
    sections["new"] |= {"name": row["name"], "id_number": row["id_number"]}
    ref = ""
    for section in _until(days, row.get("until", "close")):
        own = row.get("answers", {}).get(section, {})
        answers = sections.get(section, {}) | own
        ref = _do(desk, section, ref, answers, date.fromisoformat(days[section])).case_ref
    for name in ("close", "reopen", "rest"):
        if name in row:
            _afterwards(desk, ref, name, row[name], today - timedelta(days=row["ago"]))


def _afterwards(desk: Desk, ref: str, name: str, answers: Answers, start: date) -> None:
    """An event of this case alone; ``"+130"`` is days after its start."""
    moved = {
        key: (start + timedelta(days=int(value[1:]))).isoformat() if str(value).startswith("+") else value
        for key, value in answers.items()
    }
    on = next(value for key, value in moved.items() if key in ("on_date", "status_on"))
    _do(desk, "edit" if name == "rest" else name, ref, moved, date.fromisoformat(on))


@dataclass(frozen=True, slots=True)
class _Done:
    """A finished form: the case, what was asked and what was answered."""

    case_ref: str
    form: Form
    given: Answers


def _do(desk: Desk, section: str, ref: str, answers: Answers, on: date) -> _Done:
    """Answer one form on that day, as ``--answers`` does."""
    desk.today = on
    step = STEP_OF.get(section, section)
    work = begin_new(desk, called=False) if step == "new" else begin(desk, ref, step)
    given = from_file(work, answers)
    case = finish(work, given)
    return _Done(case.case.ref, work.form, given)


def _called(desk: Desk, row: dict[str, Any], today: date) -> None:
    """A kallelse that has come to us and waits for an answer."""
    received = today - timedelta(days=row.pop("ago"))
    meeting = today + timedelta(days=row.pop("meeting_in"))
    answers = row | {
        "received_on": received.isoformat(),
        "meeting_at": f"{meeting.isoformat()}T10:00",
        "reply_by": (meeting - timedelta(days=7)).isoformat(),
        "sip_number": new_sip_number(),
    }
    desk.today = received
    work = begin_new(desk, called=True)
    finish(work, from_file(work, answers))


def _lead(desk: Desk, today: date, tell: Callable[[Shown], None]) -> str:
    """The adult from need to close, ending today, with every document."""
    sections = _example("adult")
    length = _day(sections, "close") - _day(sections, "new")
    sections = _moved(sections, today - length)
    ref = ""
    for section in sections["days"]:
        done = _do(desk, section, ref, sections.get(section, {}), _day(sections, section))
        ref = done.case_ref
        files = [path for kind in _PAPERS.get(section, ()) for path in _papers(desk, ref, kind)]
        tell(Shown(desk.today, done.form.title, _told(section, done.form, done.given), files))
    return ref


_TOLD: dict[str, tuple[str, ...]] = {
    "new": ("name", "route", "target_group"),
    "assess": ("criteria", "decision", "offer", "consent_giver"),
    "plan": ("matters", "questions", "participants", "info_know", "info_limits"),
    "invite": ("starts_at", "place", "reply_by"),
    "replies": ("replies",),
    "narrow": ("what", "know", "limits"),
    "meeting": ("attendance", "needs", "responsible_huvudman", "followup_on"),
    "followup": ("own_words", "decision", "next_on"),
    "followup2": ("own_words", "decision"),
    "close": ("close_reason", "goal_outcome", "told"),
}
_PAPERS: dict[str, tuple[str, ...]] = {
    "assess": ("consent", "preparation"),
    "invite": ("letters", "agenda"),
    "meeting": ("plan",),
    "followup": ("followup",),
    "close": ("closure",),
}


def _papers(desk: Desk, ref: str, kind: str) -> Iterator[Path]:
    from sipctl.store.cases import load

    case = load(desk.store, ref, "demo")
    wanted = letters(case) if kind == "letters" else orders(case, DocumentKind(kind))
    yield from (item.path for item in issue(desk, case, wanted))


def _told(section: str, form: Form, given: Answers) -> list[tuple[str, str]]:
    """The answers that tell what the step is about."""
    rows = {path[0]: (text, " ".join(shown.split())) for path, text, shown in summary(form, given) if len(path) == 1}
    return [rows[key] for key in _TOLD[section] if key in rows]


def _example(name: str) -> dict[str, Any]:
    return tomllib.loads(example(f"{name}.toml").read_text("utf-8"))


def _day(sections: dict[str, Any], section: str) -> date:
    return date.fromisoformat(sections["days"][section])


def _until(days: dict[str, str], last: str) -> list[str]:
    names = list(days)
    return names[: names.index(last) + 1]


def _moved(sections: dict[str, Any], start: date) -> dict[str, Any]:
    """The example with every date moved so that it begins on ``start``."""
    shift = start - _day(sections, "new")

    def moved(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: moved(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [moved(inner) for inner in value]
        if isinstance(value, str) and _DATE.match(value):
            return (date.fromisoformat(value[:10]) + shift).isoformat() + value[10:]
        return value

    result = moved(sections)
    assert isinstance(result, dict)
    return result
