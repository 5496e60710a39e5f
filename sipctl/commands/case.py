"""``case``: register, list, show, edit, reopen."""

from typing import Annotated, Any

import typer

from sipctl.commands.common import (
    AnswersOption,
    CaseArgument,
    FormatOption,
    JsonOption,
    NoInputOption,
    PrintAnswersOption,
    ask_key,
    asker,
    can_ask,
    chosen_format,
    new_app,
    resolve_case,
    step_text,
)
from sipctl.errors import UsageFault
from sipctl.language import _
from sipctl.ui import show
from sipctl.ui.show import Format

app = new_app(_("Registrera, visa, ändra och återöppna ärenden."))


@app.command("new", help=_("Registrera ett nytt ärende.\n\nExempel: sipctl case new\n\n"
                           "Exempel: sipctl case new --called   (vi har fått en kallelse)"))  # fmt: skip
def new(
    called: Annotated[bool, typer.Option("--called", help=_("Vi är kallade till någon annans SIP."))] = False,
    answers: AnswersOption = "",
    print_answers: PrintAnswersOption = False,
    no_input: NoInputOption = False,
) -> None:
    """Few questions; the rest is offered later."""
    from sipctl.commands.dialogue import answer
    from sipctl.tasks.desk import open_desk
    from sipctl.tasks.step import begin_new

    with open_desk(ask_key()) as desk:
        answer(begin_new(desk, called=called), answers=answers, print_answers=print_answers, no_input=no_input)


@app.command("list", help=_("Lista öppna ärenden: referens, nästa steg och vad som ska göras.\n\n"
                            "Exempel: sipctl case list --all --format csv"))  # fmt: skip
def list_(
    everything: Annotated[bool, typer.Option("--all", help=_("Även avslutade ärenden."))] = False,
    names: Annotated[bool, typer.Option("--names", help=_("Visa namn (loggas)."))] = False,
    search: Annotated[bool, typer.Option("--search", help=_("Sök på namn eller nummer; du får frågan."))] = False,
    json: JsonOption = False,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """What is searched for is asked, never given as an argument."""
    from sipctl.tasks.desk import open_desk

    with open_desk(ask_key()) as desk:
        show_list(desk, _selection(desk, everything, names, search), chosen_format(fmt, json))


def show_list(desk: Any, selection: Any, form: Format) -> None:
    """The cases chosen, in that format."""
    from sipctl.store.listing import cases

    rows: list[dict[str, Any]] = [row._asdict() for row in cases(desk.store, selection)]
    if form != Format.JSON:
        _in_words(desk, rows, form)
    empty = _("Det finns inga öppna ärenden. Registrera ett med sipctl case new.")
    show.listing("cases", rows, _case_columns(selection.names, form), form, empty)


@app.command("show", help=_("Visa var ett ärende står.\n\nExempel: sipctl case show 2026-0007"))
def show_(
    case: CaseArgument = "",
    names: Annotated[bool, typer.Option("--names", help=_("Visa namn (loggas)."))] = False,
    json: JsonOption = False,
) -> None:
    """One case on one screen."""
    from sipctl.commands.case_view import lines
    from sipctl.tasks.desk import open_desk
    from sipctl.tasks.overview import overview

    with open_desk(ask_key()) as desk:
        found = desk.case(resolve_case(desk, case), "show.names" if names else "show")
        data = overview(found, desk.guidance_of(found.case.pack), desk.today, names=names)
        if json:
            show.envelope("case", data)
        else:
            show.say("\n".join(lines(data, desk)))


@app.command("edit", help=_("Ändra uppgifter om personen eller ärendet, eller låt det vila.\n\n"
                            "Exempel: sipctl case edit 2026-0007"))  # fmt: skip
def edit(
    case: CaseArgument = "",
    answers: AnswersOption = "",
    print_answers: PrintAnswersOption = False,
    no_input: NoInputOption = False,
) -> None:
    """All answers are filled in; change what has changed."""
    _form("edit", case, answers, print_answers, no_input)


@app.command("reopen", help=_("Öppna ett avslutat ärende igen.\n\nExempel: sipctl case reopen 2026-0007"))
def reopen(
    case: CaseArgument = "",
    answers: AnswersOption = "",
    print_answers: PrintAnswersOption = False,
    no_input: NoInputOption = False,
) -> None:
    """A reason is asked for."""
    _form("reopen", case, answers, print_answers, no_input)


def _form(name: str, case: str, answers: str, print_answers: bool, no_input: bool) -> None:
    from sipctl.commands.dialogue import answer
    from sipctl.tasks.desk import open_desk
    from sipctl.tasks.step import begin

    with open_desk(ask_key()) as desk:
        work = begin(desk, resolve_case(desk, case, no_input), name)
        answer(work, answers=answers, print_answers=print_answers, no_input=no_input)


def _selection(desk: Any, everything: bool, names: bool, search: bool) -> Any:
    from sipctl.store.listing import Selection

    if not search:
        return Selection(everything, names=names)
    from sipctl.process.identity import is_in, parse_number

    text = _search_text()
    if is_in(text, desk.today):
        return Selection(everything, number=parse_number(text, desk.today), names=names)
    return Selection(everything, name=text, names=names)


def _search_text() -> str:
    """Asked on a terminal, else one line of stdin: never an argument, which the shell remembers."""
    import sys

    if can_ask():
        from sipctl.ui.single import ask_text

        return str(ask_text(asker(), _("Namn eller personnummer")))
    text = sys.stdin.readline().strip()
    if not text:
        raise UsageFault(_("Inget att söka efter."), _("Skriv namnet eller numret på standard in."))
    return text


def _in_words(desk: Any, rows: list[dict[str, Any]], fmt: Format) -> None:
    """Keys as texts for people; each is looked up once, however many the rows."""
    from sipctl.vocabulary.facts import FactKind

    steps = {step: step_text(desk, step) for step in {row["step"] for row in rows}}
    due = {kind: FactKind(kind).text if kind else "" for kind in {row["due"] for row in rows}}
    draft = _(" (utkast)")
    for row in rows:
        row["step"] = steps[row["step"]] + (draft if row["draft"] else "")
        row["due"] = due[row["due"]]
    if fmt in (Format.CSV, Format.TEXT):
        from sipctl.vocabulary.case import CaseState, Route

        for row in rows:
            row |= {"route": Route(row["route"]).text, "state": CaseState(row["state"]).text}


def _case_columns(names: bool, fmt: Format) -> dict[str, str]:
    """What fits a screen; a file has everything."""
    columns = {"ref": _("Ärende")} | ({"name": _("Namn")} if names else {})
    columns |= {"step": _("Nästa steg"), "due_on": _("Senast"), "due": _("Att göra")}
    if fmt in (Format.CSV, Format.TEXT):
        columns |= {"route": _("Väg in"), "state": _("Läge"), "opened_on": _("Öppnat")}
    return columns
