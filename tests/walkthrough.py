"""The adult of ``examples/adult.toml`` taken through the process, section by section, on the days it tells."""

import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from sipctl.model.casefile import CaseFile
from sipctl.tasks.desk import Desk
from sipctl.tasks.step import Work, begin, begin_new, finish, from_file

EXAMPLES = Path(__file__).parents[1] / "examples"
ADULT = tomllib.loads((EXAMPLES / "adult.toml").read_text("utf-8"))
FORM_OF = {"replies": "invite", "narrow": "consent", "followup2": "followup"}
SECTIONS = tuple(section for section in ADULT if section != "days")
REF = "2026-0001"


def answers_of(section: str) -> dict[str, Any]:
    """A fresh copy of the answers in a section."""
    return dict(tomllib.loads((EXAMPLES / "adult.toml").read_text("utf-8"))[section])


def open_section(desk: Desk, section: str, ref: str = REF) -> Work:
    """The form of a section, on its day."""
    desk.today = date.fromisoformat(ADULT["days"][section])
    return begin_new(desk, called=False) if section == "new" else begin(desk, ref, FORM_OF.get(section, section))


def do(desk: Desk, section: str, ref: str = REF, **changes: Any) -> CaseFile:
    """Finish one section, with some answers changed."""
    work = open_section(desk, section, ref)
    return finish(work, from_file(work, answers_of(section) | changes))


def walk(desk: Desk, last: str = SECTIONS[-1], ref: str = REF) -> Iterator[tuple[str, CaseFile]]:
    """Section and case after it, through ``last``."""
    for section in SECTIONS[: SECTIONS.index(last) + 1]:
        yield section, do(desk, section, ref)


def walked(desk: Desk, last: str = SECTIONS[-1], ref: str = REF) -> CaseFile:
    """The case after ``last``."""
    *_before, (_section, case) = walk(desk, last, ref)
    return case


# --- many cases with meetings ---

BOOKED = date(2026, 3, 10)


def planned(desk: Desk, name: str, **changes: Any) -> str:
    """A case that is ready to be called to; consent without limits in words unless ``info_limits`` says so."""
    desk.today = date(2026, 3, 2)
    ref = do(desk, "new", id_number=None, name=name).case.ref
    do(desk, "assess", ref)
    do(desk, "plan", ref, **{"info_limits": "", **changes})
    desk.today = BOOKED
    return ref


def booked(desk: Desk, name: str, **changes: Any) -> str:
    ref = planned(desk, name, **changes)
    do(desk, "invite", ref)
    return ref
