"""What a run of letters made for whom, and what it did not: a file for the one who sends them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from sipctl.files import write_private
from sipctl.language import _
from sipctl.spreadsheet import csv_text
from sipctl.tasks.batch import Fate, Outcome
from sipctl.tasks.desk import Desk

FOLDER = "utskick"
_WORDS = {
    Fate.MADE: lambda: _("gjort"),
    Fate.UNCHANGED: lambda: _("oförändrat"),
    Fate.SINGLY: lambda: _("hanteras för sig"),
    Fate.FAILED: lambda: _("gick inte"),
}


def fate_text(fate: Fate) -> str:
    """What became of a case, for people."""
    return _WORDS[fate]()


def write_manifest(desk: Desk, outcomes: Sequence[Outcome]) -> Path:
    """Write the list beside the documents, as CSV for Excel, one row a letter. Units are named, people are not."""
    headings = [_("Ärende"), _("Läge"), _("Dokument"), _("Mottagare"), _("Skickas med"), _("Fil"),
                _("Kalenderfil"), "sha256", _("Anmärkning")]  # fmt: skip
    path = _next_free(desk.home.documents / FOLDER, desk.today.isoformat())
    write_private(path, csv_text(headings, _rows(outcomes)).encode())
    return path


def _rows(outcomes: Sequence[Outcome]) -> Iterator[list[str]]:
    for outcome in outcomes:
        fate = fate_text(outcome.fate)
        for letter in outcome.letters:
            calendar = letter.calendar.name if letter.calendar else ""
            sha = hashlib.sha256(letter.path.read_bytes()).hexdigest()
            yield [outcome.ref, fate, letter.kind.text, letter.recipient, letter.send_by, letter.path.name, calendar,
                   sha, " ".join(letter.advice)]  # fmt: skip
        if not outcome.letters:
            yield [outcome.ref, fate, "", "", "", "", "", "", outcome.reason]


def _next_free(folder: Path, stem: str) -> Path:
    number = 1
    while (path := folder / f"{stem}-{number}.csv").exists():
        number += 1
    return path
