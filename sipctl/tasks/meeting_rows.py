"""A file with meetings (CSV or Excel): which case, which day and time, where; one row a meeting."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

from sipctl.language import _
from sipctl.process.dates import parse_date, parse_datetime
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


def read_meetings(path: Path, today: date) -> tuple[dict[str, Answers], list[Outcome]]:
    """Answers to step 3 by reference, and the rows that cannot be used, each with its number and why.

    Raises ``UsageFault`` or ``NotFound`` for a file that cannot be understood at all.
    """
    lines = read_table(path, _HEADINGS, required=("case", "date", "time", "place"))
    times = Counter(line.cells["case"].strip() for line in lines)
    bookings: dict[str, Answers] = {}
    faulty: list[Outcome] = []
    for line in lines:
        ref = line.cells["case"].strip()
        try:
            if times[ref] > 1:
                raise ValueError(_("Ärendet står på flera rader; låt en stå kvar."))
            bookings[ref] = _answers(line, today)
        except ValueError as fault:
            faulty.append(Outcome(ref, Fate.FAILED, reason=_("Rad {n}: {fault}").format(n=line.number, fault=fault)))
    return bookings, faulty


def _answers(line: Line, today: date) -> Answers:
    cells = {key: mend(text) for key, text in line.cells.items()}
    if not cells["case"]:
        raise ValueError(_("Ärendets referens saknas."))
    answers: Answers = {
        "starts_at": parse_datetime(f"{cells['date']} {cells['time']}", today, Prefer.FUTURE).isoformat("T", "minutes"),
        "form": _form(cells),
        "place": cells["place"],
        "contact": cells.get("contact", ""),
        "sent_on": today.isoformat(),
    }
    if cells.get("minutes"):
        answers["minutes"] = _whole(cells["minutes"])
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


def _whole(text: str) -> int:
    if not text.isdecimal():
        raise ValueError(_("Antalet minuter ska vara ett helt tal."))
    return int(text)
