"""``invite --all`` and ``--meetings``: run, tell what became of it, and leave with the right code."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from sipctl.commands.common import ask_key
from sipctl.errors import Fault, Interrupted, PartlyFailed, SipctlError
from sipctl.language import _
from sipctl.ui import show


class Wanted(NamedTuple):
    """What is wanted besides the letters."""

    merge: Path | None
    duplex: bool
    pdf: bool
    force: bool


def many(meetings: Path | None, wanted: Wanted, *, dry_run: bool, as_json: bool) -> None:
    """Letters to all booked meetings, or to those in a file.

    What was made is told of before anything that went wrong with it.
    """
    from sipctl.store.listing import meetings_ahead
    from sipctl.tasks.batch import Batch
    from sipctl.tasks.desk import open_desk
    from sipctl.tasks.meeting_rows import read_meetings

    _refuse_early(wanted)
    with open_desk(ask_key()) as desk:
        bookings, faulty = read_meetings(meetings, desk.today) if meetings else ({}, [])
        refs = list(bookings) if meetings else meetings_ahead(desk.store, desk.today)
        batch = Batch(desk, bookings, dry_run, wanted.force, faulty, from_file=meetings is not None)
        stopped, cut_off = _run(batch, refs)
        results, troubles = ({}, []) if dry_run else _results(desk, batch, wanted)
    troubles = cut_off + troubles
    _report(batch, results, as_json)
    if wanted.merge and not (dry_run or _files(batch)):
        show.note(_("Inga brev gjordes, så {file} skrevs inte.").format(file=wanted.merge.name))
    _leave(batch, stopped, troubles, wanted)


def _refuse_early(wanted: Wanted) -> None:
    """What could not be done with the letters is told before they are made."""
    from sipctl.tasks.merging import check_target
    from sipctl.tasks.pdf import check_program

    if wanted.merge:
        check_target(wanted.merge, replace=wanted.force, pdf=wanted.pdf)
        _warn_if_synced(wanted.merge)
    if wanted.pdf:
        check_program()


def _warn_if_synced(path: Path) -> None:
    from sipctl.paths import synced_service

    if service := synced_service(path):
        show.note(_("OBS! Mappen ligger i {service} och kopieras till molnet.").format(service=service))


def _run(batch: Any, refs: list[str]) -> tuple[bool, list[SipctlError]]:
    """Make the letters: whether Ctrl-C stopped it, and what else did. Raises when nothing at all was made."""
    from sipctl.ui.progress import progress

    try:
        with progress(_("Ärenden"), len(refs)) as step:
            batch.run(refs, lambda _outcome: step())
    except KeyboardInterrupt:
        return True, []
    except SipctlError as trouble:
        if not _files(batch):
            raise
        return False, [trouble]
    return False, []


def _results(desk: Any, batch: Any, wanted: Wanted) -> tuple[dict[str, str], list[SipctlError]]:
    """The files that go with the letters, by what they are, and what went wrong with them."""
    results: dict[str, str] = {}
    troubles: list[SipctlError] = []
    try:
        for make in (_manifest, _merged, _pdf):
            try:
                results |= make(desk, batch, wanted)
            except SipctlError as trouble:
                troubles.append(trouble)
    except KeyboardInterrupt:
        troubles.append(Interrupted(_("Avbrutet innan allt var samlat eller gjort till pdf.")))
    return results, troubles


def _manifest(desk: Any, batch: Any, wanted: Wanted) -> dict[str, str]:
    from sipctl.tasks.manifest import write_manifest

    return {"manifest": str(write_manifest(desk, batch.outcomes))} if batch.outcomes else {}


def _merged(desk: Any, batch: Any, wanted: Wanted) -> dict[str, str]:
    from sipctl.tasks.merging import merge_letters
    from sipctl.tasks.pdf import word_is_installed

    if not (wanted.merge and (files := _files(batch))):
        return {}
    # LibreOffice leaves the empty pages itself, and sets the text too high when the file asks for them.
    duplex = wanted.duplex and (not wanted.pdf or word_is_installed())
    merge_letters(files, wanted.merge, duplex=duplex, replace=wanted.force)
    return {"merged": str(wanted.merge)}


def _pdf(desk: Any, batch: Any, wanted: Wanted) -> dict[str, str]:
    from sipctl.tasks.pdf import to_pdf

    if not (wanted.pdf and (files := _files(batch))):
        return {}
    if wanted.merge and wanted.merge.exists():
        files.append(wanted.merge)
    with _counting(len(files)) as told:
        to_pdf(files, desk.home.work, told, replace=wanted.force, blank_pages=wanted.duplex)
    return {}


def _files(batch: Any) -> list[Path]:
    return [letter.path for outcome in batch.outcomes for letter in outcome.letters]


@contextmanager
def _counting(total: int) -> Iterator[Callable[[int, int], None]]:
    """Progress that is told how many are done, not of each."""
    from sipctl.ui.progress import progress

    seen = 0
    with progress(_("Pdf-filer"), total) as step:

        def told(done: int, _total: int) -> None:
            nonlocal seen
            for _each in range(done - seen):
                step()
            seen = max(seen, done)

        yield told


def _report(batch: Any, results: dict[str, str], as_json: bool) -> None:
    from sipctl.commands.invite_report import data, files, lines

    if as_json:
        show.envelope("batch", data(batch) | results)
    else:
        for line in lines(batch):
            show.say(line)
        for line in files(results):
            show.exact(line)


def _leave(batch: Any, stopped: bool, troubles: list[SipctlError], wanted: Wanted) -> None:
    """Exit codes: 130 when stopped, 3 when some cases failed, or what goes with the letters did."""
    from sipctl.tasks.batch import Fate

    failed = sum(outcome.fate == Fate.FAILED for outcome in batch.outcomes)
    problem: SipctlError | None = None
    if stopped or any(isinstance(trouble, Interrupted) for trouble in troubles):
        problem = Interrupted(_("Avbrutet. Det som hann bli klart är sparat."), _again(wanted))
    elif failed and batch.dry_run:
        problem = PartlyFailed(_("Ärenden som inte skulle gå: {n}.").format(n=failed), _("Rätta det som anges."))
    elif failed:
        problem = PartlyFailed(_("Ärenden som inte gick: {n}. Resten är klart.").format(n=failed), _corrected(wanted))
    elif troubles:
        problem = PartlyFailed(_("Breven är gjorda."))
    if problem:
        raise _together(problem, troubles)


def _again(wanted: Wanted) -> str:
    if _is_taken(wanted):
        return _("Kör kommandot igen med ett annat namn efter --merge; bara det som saknas görs.")
    return _("Kör samma kommando igen; bara det som saknas görs.")


def _corrected(wanted: Wanted) -> str:
    if _is_taken(wanted):
        return _("Rätta det som anges och kör igen med ett annat namn efter --merge; bara det som saknas görs.")
    return _("Rätta det som anges och kör kommandot igen; bara det som saknas görs.")


def _is_taken(wanted: Wanted) -> bool:
    """The letters of this run lie in the merged file, which the next run must not write over."""
    return bool(wanted.merge and wanted.merge.exists())


def _together(problem: SipctlError, troubles: list[SipctlError]) -> SipctlError:
    """One error that tells of them all."""
    told = " ".join([problem.what, *(f"{each.what} {each.remedy}".strip() for each in troubles)])
    faults: list[Fault] = [fault for each in troubles for fault in each.faults]
    return type(problem)(told, problem.remedy, faults)
