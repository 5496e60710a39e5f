"""A file with meetings (CSV or Excel): which case, which day and time, where; one row a meeting."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, datetime, time, timedelta
from pathlib import Path

from sipctl.language import _
from sipctl.process.dates import parse_date, parse_datetime, parse_time
from sipctl.process.form import Answers, Prefer
from sipctl.process.text import mend
from sipctl.tasks.batch import Fate, Outcome
from sipctl.tasks.tables import Line, read_table
from sipctl.vocabulary.meetings import MeetingForm

_HEADINGS = {
    "case": ("ärende", "case", "ärendenummer", "referens", "reference", "ref"),
    "date": ("datum", "date", "dag", "day", "mötesdag", "mötesdatum"),
    "time": ("tid", "time", "klockan", "kl", "klockslag", "start", "starttid"),
    "place": ("plats", "place", "lokal", "var", "location", "adress", "länk"),
    "form": ("mötesform", "form"),
    "minutes": ("minuter", "minutes", "längd"),
    "contact": ("kontakt", "contact"),
    "reply_by": ("svar senast", "reply by", "svarsdag"),
}
_NEAR = 183
_MIDNIGHT = re.compile(r"[ T]00[:.]00(?:[:.]00)?$")
_PART_OF_DAY = re.compile(r"0[.,][0-9]{3,}", re.ASCII)
"""An Excel time without its format: 0.541666 is 13.00."""


def read_meetings(path: Path, today: date) -> tuple[dict[str, Answers], list[Outcome]]:
    """Answers to step 3 by reference, and the rows that cannot be used, each with its number and why.

    Raises ``UsageFault`` or ``NotFound`` for a file that cannot be understood at all.
    """
    lines = read_table(path, _HEADINGS, required=("case", "date", "time", "place"))
    times = Counter(_ref(line) for line in lines)
    bookings: dict[str, Answers] = {}
    faulty: list[Outcome] = []
    for line in lines:
        ref = _ref(line)
        try:
            if ref and times[ref] > 1:
                raise ValueError(_("Ärendet står på flera rader; låt en stå kvar."))
            bookings[ref] = _answers(line, today)
        except ValueError as fault:
            faulty.append(Outcome(ref, Fate.FAILED, reason=_("Rad {n}: {fault}").format(n=line.number, fault=fault)))
    return bookings, faulty


def _ref(line: Line) -> str:
    return mend(line.cells["case"])


def _answers(line: Line, today: date) -> Answers:
    cells = {key: mend(text) for key, text in line.cells.items()}
    if not cells["case"]:
        raise ValueError(_("Ärendets referens saknas."))
    starts_at, minutes = _when(cells["date"], cells["time"], today)
    answers: Answers = {
        "starts_at": starts_at.isoformat("T", "minutes"),
        "form": _form(cells),
        "place": cells["place"],
        "contact": cells.get("contact", ""),
        "sent_on": today.isoformat(),
    }
    if cells.get("minutes"):
        answers["minutes"] = _whole(cells["minutes"])
    elif minutes:
        answers["minutes"] = minutes
    if cells.get("reply_by"):
        answers["reply_by"] = parse_date(cells["reply_by"], today, Prefer.FUTURE).isoformat()
    return {key: value for key, value in answers.items() if value != ""}


def _form(cells: dict[str, str]) -> str:
    """The form that is written; else a link means video, and no place at all means telephone is to be said."""
    if written := cells.get("form", "").casefold():
        found = [form for form in MeetingForm if written in (form.value, form.text.casefold())]
        if not found:
            raise ValueError(_("Mötesformen ska vara en av: {forms}.").format(forms=", ".join(MeetingForm)))
        return found[0].value
    return MeetingForm.VIDEO.value if cells["place"].startswith(("http://", "https://")) else MeetingForm.ROOM.value


def _when(day: str, clock: str, today: date) -> tuple[datetime, int]:
    """When the meeting starts, and its minutes when the time is from–to, else 0.

    Nobody sees how a day is read here, as in a dialogue: one without its year has to be near.
    """
    if not clock:  # both may stand in one cell; else it says that both are needed
        return parse_datetime(day, today, Prefer.FUTURE), 0
    on = parse_date(_MIDNIGHT.sub("", day), today, Prefer.FUTURE)
    if (on - today).days > _NEAR and parse_date(_MIDNIGHT.sub("", day), _later(today), Prefer.FUTURE) != on:
        raise ValueError(_("Datumet kan läsas som {date}, och det är långt dit. Skriv året också.").format(date=on))
    start, end = _clock(clock)
    starts_at = datetime.combine(on, start)
    return starts_at, int((datetime.combine(on, end) - starts_at).total_seconds() // 60) if end else 0


def _later(today: date) -> date:
    return today + timedelta(days=366)


def _clock(text: str) -> tuple[time, time | None]:
    """A time as a spreadsheet keeps it: ``13:00:00``, ``13,30``, ``13–14.30``, or a part of a day."""
    if _PART_OF_DAY.fullmatch(text):
        minutes = round(float(text.replace(",", ".")) * 24 * 60)
        return time(minutes // 60 % 24, minutes % 60), None
    start, dash, end = re.sub(r"[‐‑‒–—−]|\btill\b", "-", text).partition("-")
    return _time(start), _time(end) if dash else None


def _time(text: str) -> time:
    plain = re.sub(r"([0-9]{1,2}[.:][0-9]{2})[.:][0-9]{2}", r"\1", text.strip().replace(",", "."))
    return parse_time(plain)


def _whole(text: str) -> int:
    """Minutes, with or without the word after."""
    found = re.fullmatch(r"([0-9]{1,4})\s*(?:min|minuter|minutes|m)?\.?", text.casefold(), re.ASCII)
    if not found:
        raise ValueError(_("Antalet minuter ska vara ett helt tal."))
    return int(found[1])
