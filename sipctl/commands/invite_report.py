"""How a run over many meetings is told of: what was made, what a person has to do, what did not work."""

from collections.abc import Iterator
from typing import Any

from sipctl.language import _
from sipctl.tasks.batch import Batch, Fate, Outcome

_MOST_SHOWN = 20
"""Beyond a screenful the list is in the file, not on the screen."""


def data(batch: Batch) -> dict[str, Any]:
    """The run as JSON data."""
    return {"dry_run": batch.dry_run, "cases": [_case(outcome) for outcome in batch.outcomes]}


def _case(outcome: Outcome) -> dict[str, Any]:
    letters = [
        {
            "file": str(letter.path),
            "calendar": str(letter.calendar) if letter.calendar else None,
            "kind": letter.kind.value,
            "recipient": letter.recipient,
            "send_by": letter.send_by,
            "advice": list(letter.advice),
        }
        for letter in outcome.letters
    ]
    meeting_at = outcome.meeting_at.isoformat("T", "minutes") if outcome.meeting_at else None
    return {
        "ref": outcome.ref,
        "outcome": outcome.fate.value,
        "reason": outcome.reason,
        "meeting_at": meeting_at,
        "letters": letters,
    }


def lines(batch: Batch) -> Iterator[str]:
    """The run as lines for people."""
    if not batch.outcomes:
        yield _("Filen har inga möten.") if batch.from_file else _(
            "Inga brev att göra: alla brev till bokade möten är gjorda.")  # fmt: skip
        return
    made = _of(batch, Fate.MADE)
    letters = sum(len(outcome.letters) for outcome in made)
    told = _("Brev som skulle göras: {letters}, i ärenden: {cases}.") if batch.dry_run else _(
        "Brev gjorda: {letters}, i ärenden: {cases}.")  # fmt: skip
    yield told.format(letters=letters, cases=len(made))
    if batch.dry_run:
        yield from _planned(made)
    if unchanged := _of(batch, Fate.UNCHANGED):
        yield _("Redan gjorda och oförändrade, ärenden: {n}.").format(n=len(unchanged))
    yield from _reasons(_("Att hantera för sig:"), _of(batch, Fate.SINGLY))
    yield from _reasons(_("Gick inte:"), _of(batch, Fate.FAILED))
    yield from _advice(made)


def files(results: dict[str, str]) -> Iterator[str]:
    """The files that go with the letters, as lines that must not be folded."""
    if "manifest" in results:
        yield _("Förteckning: {file}").format(file=results["manifest"])
    if "merged" in results:
        yield _("Att skriva ut: {file}").format(file=results["merged"])


def _of(batch: Batch, fate: Fate) -> list[Outcome]:
    return [outcome for outcome in batch.outcomes if outcome.fate == fate]


def _planned(made: list[Outcome]) -> Iterator[str]:
    for outcome in made[:_MOST_SHOWN]:
        when = outcome.meeting_at.isoformat(" ", "minutes") if outcome.meeting_at else ""
        yield "  " + _("{ref}, möte {when}").format(ref=outcome.ref, when=when)
        for letter in outcome.letters:
            yield f"    {letter.kind.text}: {letter.recipient} ({letter.send_by})"
    yield from _more(made)


def _reasons(heading: str, outcomes: list[Outcome]) -> Iterator[str]:
    if outcomes:
        yield heading
    for outcome in outcomes[:_MOST_SHOWN]:
        yield "  " + ": ".join(text for text in (outcome.ref, outcome.reason) if text)
    yield from _more(outcomes)


def _more(outcomes: list[Outcome]) -> Iterator[str]:
    if len(outcomes) > _MOST_SHOWN:
        yield "  " + _("… och {n} till.").format(n=len(outcomes) - _MOST_SHOWN)


def _advice(made: list[Outcome]) -> Iterator[str]:
    said = {text for outcome in made for letter in outcome.letters for text in letter.advice}
    for text in sorted(said):
        yield _("Tänk på: {advice}").format(advice=text)
