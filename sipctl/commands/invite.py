"""``invite``: step 3 of one case, or the letters of many meetings at once."""

from pathlib import Path
from typing import Annotated, Any

import typer

from sipctl.commands.common import (
    AnswersOption,
    CaseArgument,
    JsonOption,
    NoInputOption,
    PrintAnswersOption,
    YesOption,
    ask_key,
    new_app,
    resolve_case,
)
from sipctl.errors import Interrupted, PartlyFailed, UsageFault
from sipctl.language import _
from sipctl.ui import show

app = new_app()

AllOption = Annotated[
    bool, typer.Option("--all", help=_("Gör breven i alla ärenden med ett bokat möte, de som inte är gjorda."))
]
MeetingsOption = Annotated[
    Path | None,
    typer.Option("--meetings", metavar=_("FIL"),
                 help=_("Boka många möten ur en fil (CSV eller Excel: ärende, datum, tid, plats) och gör breven.")),
]  # fmt: skip
MergeOption = Annotated[
    Path | None, typer.Option("--merge", metavar=_("FIL"), help=_("Samla breven i en enda Word-fil att skriva ut."))
]
DuplexOption = Annotated[
    bool, typer.Option("--duplex", help=_("Låt varje brev i den samlade filen börja på ett nytt blad."))
]
PdfOption = Annotated[bool, typer.Option("--pdf", help=_("Gör också breven till pdf, med Word eller LibreOffice."))]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help=_("Visa vad som skulle hända; ändra inget."))]
ForceOption = Annotated[bool, typer.Option("--force", help=_("Skriv över filer som redan finns."))]
LaterOption = Annotated[bool, typer.Option("--no-letters", help=_("Boka bara mötet; gör breven senare med --all."))]


@app.command("invite", help=_("Steg 3: boka mötet och gör breven; skriv sedan in svaren, boka om eller ställ in.\n\n"
                              "Exempel: sipctl invite 2026-0007\n\n"
                              "Exempel: sipctl invite --all --merge utskrift.docx\n\n"
                              "Exempel: sipctl invite --meetings moten.xlsx --dry-run"))  # fmt: skip
def invite(
    case: CaseArgument = "",
    everything: AllOption = False,
    meetings: MeetingsOption = None,
    dry_run: DryRunOption = False,
    merge: MergeOption = None,
    duplex: DuplexOption = False,
    pdf: PdfOption = False,
    force: ForceOption = False,
    no_letters: LaterOption = False,
    answers: AnswersOption = "",
    print_answers: PrintAnswersOption = False,
    no_input: NoInputOption = False,
    yes: YesOption = False,
    json: JsonOption = False,
) -> None:
    """One case in a dialogue or by its answers; many by ``--all`` or ``--meetings``."""
    many = everything or meetings is not None
    _refuse_mixed(many, {"--answers": bool(answers), "--print-answers": print_answers, "--no-letters": no_letters,
                         _("ÄRENDE"): bool(case)})  # fmt: skip
    _refuse_mixed(not many, {"--dry-run": dry_run, "--merge": merge is not None, "--pdf": pdf, "--force": force})
    if everything and meetings:
        raise UsageFault(_("Välj --all eller --meetings, inte båda."), _("Se sipctl invite --help."))
    if many:
        _many(meetings, dry_run, merge, duplex, pdf, force, json)
    else:
        _one(case, answers, print_answers, no_input, yes, letters=not no_letters)


def _refuse_mixed(many: bool, given: dict[str, bool]) -> None:
    if many and (wrong := [name for name, is_given in given.items() if is_given]):
        raise UsageFault(
            _("Det går inte ihop: {what}.").format(what=", ".join(wrong)),
            _("Ange ett ärende, eller --all eller --meetings med sina val."),
        )


def _one(case: str, answers: str, print_answers: bool, no_input: bool, yes: bool, *, letters: bool) -> None:
    from sipctl.commands.dialogue import answer
    from sipctl.tasks.desk import open_desk
    from sipctl.tasks.step import begin
    from sipctl.vocabulary.case import Step

    with open_desk(ask_key()) as desk:
        work = begin(desk, resolve_case(desk, case, no_input), Step.INVITE)
        answer(work, answers=answers, print_answers=print_answers, no_input=no_input, yes=yes, letters=letters)


def _many(
    meetings: Path | None, dry_run: bool, merge: Path | None, duplex: bool, pdf: bool, force: bool, as_json: bool
) -> None:
    from sipctl.store.listing import meetings_ahead
    from sipctl.tasks.batch import Batch
    from sipctl.tasks.desk import open_desk
    from sipctl.tasks.meeting_rows import read_meetings
    from sipctl.ui.progress import progress

    if merge and merge.exists() and not force:
        raise UsageFault(
            _("Filen {file} finns redan.").format(file=merge.name), _("Välj ett annat namn, eller --force.")
        )
    with open_desk(ask_key()) as desk:
        bookings, faulty = read_meetings(meetings, desk.today) if meetings else ({}, [])
        refs = list(bookings) if meetings else meetings_ahead(desk.store, desk.today)
        batch, stopped = Batch(desk, bookings, dry_run, force, outcomes=faulty), False
        try:
            with progress(_("Ärenden"), len(refs)) as step:
                batch.run(refs, lambda _outcome: step())
        except KeyboardInterrupt:
            stopped = True
        results = {} if dry_run else _results(desk, batch, merge, duplex, pdf, force)
    _report(batch, results, as_json)
    _leave(batch, stopped)


def _results(desk: Any, batch: Any, merge: Path | None, duplex: bool, pdf: bool, force: bool) -> dict[str, str]:
    """The files that go with the letters, by what they are."""
    from sipctl.tasks.manifest import write_manifest
    from sipctl.tasks.merging import merge_letters
    from sipctl.tasks.pdf import to_pdf, word_is_installed

    files = [letter.path for outcome in batch.outcomes for letter in outcome.letters]
    results: dict[str, str] = {}
    if batch.outcomes:
        results["manifest"] = str(write_manifest(desk, batch.outcomes))
    if merge and files:
        # LibreOffice leaves the empty pages itself, and sets the text too high when the file asks for them.
        merge_letters(files, merge, duplex=duplex and (not pdf or word_is_installed()), replace=force)
        results["merged"] = str(merge)
    if pdf and files:
        to_pdf([*files, merge] if merge else files, desk.home.work, replace=force, blank_pages=duplex)
    return results


def _report(batch: Any, results: dict[str, str], as_json: bool) -> None:
    from sipctl.commands.invite_report import data, lines

    if as_json:
        show.envelope("batch", data(batch) | results)
    else:
        for line in lines(batch, results):
            show.say(line)


def _leave(batch: Any, stopped: bool) -> None:
    """Exit codes: 130 when stopped, 3 when some cases failed."""
    from sipctl.tasks.batch import Fate

    failed = sum(outcome.fate == Fate.FAILED for outcome in batch.outcomes)
    if stopped:
        raise Interrupted(
            _("Avbrutet. Det som hann bli klart är sparat."), _("Kör samma kommando igen; bara det som saknas görs.")
        )
    if failed:
        raise PartlyFailed(
            _("Ärenden som inte gick: {n}. Resten är klart.").format(n=failed),
            _("Rätta det som anges och kör kommandot igen; bara det som saknas görs."),
        )
