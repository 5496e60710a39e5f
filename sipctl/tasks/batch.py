"""Letters to many meetings at once: made, saved together, and told of case by case.

A case with protected persons, or with limits to consent in words, is left for single handling. One bad
case is told of and the rest go on. What is made is saved even when the run is stopped, so that the next
run makes only what is missing or changed; after a kill the next run knows the files for its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from sipctl.errors import SipctlError
from sipctl.language import _
from sipctl.model.casefile import CaseFile
from sipctl.model.document import Template
from sipctl.process import facts
from sipctl.process.context import Context
from sipctl.process.form import Answers
from sipctl.process.steps import planned_meeting
from sipctl.store import cases
from sipctl.store.listing import references
from sipctl.tasks.booking import book
from sipctl.tasks.desk import Desk
from sipctl.tasks.issue import Issued, Paper, prepare, take_away, write_all
from sipctl.tasks.orders import Order, letters
from sipctl.tasks.permission import cautions, is_protected
from sipctl.tasks.unfinished import Notes, only_run

AT_ONCE = 1_000
"""Cases held in memory and saved in one transaction."""

SAMPLE = 50
"""One case in so many has its letters parsed before they are written, as has the first of each template."""

_TOLD_OF_THE_MEETING = ("starts_at", "ends_at", "form", "place", "contact")
"""What a recipient has to know of anew when it is changed."""


class Fate(StrEnum):
    """What became of one case."""

    MADE = "made"
    UNCHANGED = "unchanged"
    SINGLY = "singly"
    FAILED = "failed"


@dataclass
class Outcome:
    """One case: what became of it, its letters (in a dry run those that would be made), and why not.

    ``meeting_at`` is when the meeting of the letters is.
    """

    ref: str
    fate: Fate
    letters: list[Issued] = field(default_factory=list)
    reason: str = ""
    meeting_at: datetime | None = None


@dataclass
class Batch:
    """A run over many cases. ``bookings`` are answers to step 3 by reference: date, time and place."""

    desk: Desk
    bookings: Mapping[str, Answers] = field(default_factory=dict)
    dry_run: bool = False
    force: bool = False
    outcomes: list[Outcome] = field(default_factory=list)
    from_file: bool = False
    _contexts: dict[str, Context] = field(default_factory=dict)
    _verified: set[str] = field(default_factory=set)
    _notes: Notes | None = None

    def run(self, refs: Sequence[str], tell: Callable[[Outcome], None]) -> None:
        """Make the letters; ``tell`` hears of each case as it is done. What was made is in ``outcomes``,
        also when a Ctrl-C comes through here. Raises ``Busy`` when another run is going on."""
        with ExitStack() as stack:
            if not self.dry_run:
                self._notes = stack.enter_context(only_run(self.desk))
            self._run(refs, tell)

    def _run(self, refs: Sequence[str], tell: Callable[[Outcome], None]) -> None:
        for start in range(0, len(refs), AT_ONCE):
            made: list[tuple[CaseFile, Outcome, list[Paper]]] = []
            try:
                for case in self._load(list(refs[start : start + AT_ONCE]), tell):
                    outcome, papers = self._one(case)
                    self.outcomes.append(outcome)
                    if outcome.fate is Fate.MADE:
                        made.append((case, outcome, papers))
                    tell(outcome)
            finally:
                if made and not self.dry_run:
                    self._save(made)

    def _load(self, refs: list[str], tell: Callable[[Outcome], None]) -> list[CaseFile]:
        known = set(references(self.desk.store))
        for ref in refs:
            if ref not in known:
                unknown = cases.unknown_case(ref)
                self.outcomes.append(Outcome(ref, Fate.FAILED, reason=f"{unknown.what} {unknown.remedy}"))
                tell(self.outcomes[-1])
        return cases.load_many(self.desk.store, [ref for ref in refs if ref in known], "batch.letters")

    def _one(self, case: CaseFile) -> tuple[Outcome, list[Paper]]:
        ref = case.case.ref
        try:
            booked = ref in self.bookings and book(self.desk, case, self.bookings[ref], self._context(case))
            wanted = letters(case)
            if is_protected(case) or cautions(case, wanted, self.desk.today):
                return Outcome(ref, Fate.SINGLY, reason=_single_reason(case, wanted, booked)), []
            papers = [paper for order in wanted if _is_due(case, paper := prepare(self.desk, case, order))]
            if not papers and not booked:
                return Outcome(ref, Fate.UNCHANGED), []
            return Outcome(ref, Fate.MADE, self._write(case, papers), meeting_at=_starts_at(case)), papers
        except SipctlError as problem:
            faults = [f"{fault.where}: {fault.what}" for fault in problem.faults]
            return Outcome(ref, Fate.FAILED, reason=" ".join([problem.what, *faults, problem.remedy]).strip()), []

    def _context(self, case: CaseFile) -> Context:
        pack = case.case.pack
        if pack not in self._contexts:
            self._contexts[pack] = self.desk.context(pack)
        return self._contexts[pack]

    def _write(self, case: CaseFile, papers: list[Paper]) -> list[Issued]:
        if self.dry_run:
            return [paper.issued for paper in papers]
        seen = {paper.template.sha256 for paper in papers}
        sampled = not seen <= self._verified or len(self.outcomes) % SAMPLE == 0
        note = self._notes.note if self._notes else None
        written = write_all(self.desk, case, papers, replace=self.force, verify=sampled, note=note)
        self._verified |= seen
        facts.refresh(case, self.desk.guidance_of(case.case.pack))
        return written

    def _save(self, made: list[tuple[CaseFile, Outcome, list[Paper]]]) -> None:
        templates: dict[str, Template] = {}
        for _case, _outcome, papers in made:
            templates |= {paper.template.sha256: paper.kept for paper in papers}
        files = [case for case, _outcome, _papers in made]
        try:
            stale = cases.save_many(self.desk.store, files, "batch.letters", templates=templates.values())
        except BaseException:
            for case, outcome, _papers in made:
                take_away(self.desk, case, outcome.letters)
                outcome.fate, outcome.letters, outcome.reason = Fate.FAILED, [], _("Ärendet kunde inte sparas.")
            raise
        refs = {case.case.ref for case in stale}
        for case, outcome, _papers in made:
            if outcome.ref in refs:
                take_away(self.desk, case, outcome.letters)
                busy = cases.changed_meanwhile(outcome.ref)
                outcome.fate, outcome.letters, outcome.reason = Fate.FAILED, [], busy.what
        if self._notes:
            self._notes.settle()


def _starts_at(case: CaseFile) -> datetime | None:
    meeting = planned_meeting(case)
    return meeting.starts_at if meeting else None


def _is_due(case: CaseFile, paper: Paper) -> bool:
    """Is there no such letter to this meeting yet, or has what it told of the meeting changed?"""
    order = paper.order
    earlier = [
        document
        for document in case.documents
        if document.kind == order.kind
        and order.recipient
        and document.participant_id == order.recipient.id
        and paper.meeting
        and document.meeting_id == paper.meeting.id
    ]
    if not earlier:
        return True
    told, now = earlier[-1].data["meeting"], paper.data["meeting"]
    return any(told.get(key) != now.get(key) for key in _TOLD_OF_THE_MEETING)  # type: ignore[attr-defined]


def _single_reason(case: CaseFile, wanted: Sequence[Order], booked: bool) -> str:
    """Why a person has to look at each letter, and with which commands. What was booked here is not kept."""
    what = (
        _("Någon i ärendet har skyddade personuppgifter.")
        if is_protected(case)
        else _("Samtycket har begränsningar som en människa behöver läsa.")
    )
    if booked:
        return what + " " + _("Boka och gör breven för sig: sipctl invite {ref}").format(ref=case.case.ref)
    kinds = dict.fromkeys(order.kind.value for order in wanted)
    commands = ", ".join(f"sipctl document {case.case.ref} {kind}" for kind in kinds)
    return what + " " + _("Gör breven för sig: {commands}").format(commands=commands)
