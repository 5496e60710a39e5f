"""``invite``: step 3 of one case, or the letters of many meetings at once."""

from pathlib import Path
from typing import Annotated

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
from sipctl.errors import UsageFault
from sipctl.language import _

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
    _refuse_mixed(not many, {"--dry-run": dry_run, "--merge": merge is not None, "--duplex": duplex, "--pdf": pdf,
                             "--force": force, "--json": json})  # fmt: skip
    if duplex and merge is None:
        raise UsageFault(_("--duplex gäller den samlade filen."), _("Ange också --merge FIL."))
    if everything and meetings:
        raise UsageFault(_("Välj --all eller --meetings, inte båda."), _("Se sipctl invite --help."))
    if many:
        from sipctl.commands.invite_many import Wanted
        from sipctl.commands.invite_many import many as make_many

        make_many(meetings, Wanted(merge, duplex, pdf, force), dry_run=dry_run, as_json=json)
    else:
        _one(case, answers, print_answers, no_input, yes, letters=not no_letters)


def _refuse_mixed(mixed: bool, given: dict[str, bool]) -> None:
    if mixed and (wrong := [name for name, is_given in given.items() if is_given]):
        raise UsageFault(
            _("Det går inte ihop: {what}.").format(what=", ".join(wrong)),
            _("Ange ett ärende, eller --all eller --meetings med sina val."),
        )


def _one(case: str, answers: str, print_answers: bool, no_input: bool, yes: bool, *, letters: bool) -> None:
    from sipctl.commands.dialogue import answer
    from sipctl.tasks.desk import open_desk
    from sipctl.tasks.step import begin
    from sipctl.vocabulary.steps import Step

    with open_desk(ask_key()) as desk:
        work = begin(desk, resolve_case(desk, case, no_input), Step.INVITE)
        answer(work, answers=answers, print_answers=print_answers, no_input=no_input, yes=yes, letters=letters)
