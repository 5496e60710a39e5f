"""``next``, ``guide``, and the screen of bare ``sipctl``."""

from typing import Annotated, Any

import typer

from sipctl.commands.common import (
    CaseArgument,
    FormatOption,
    JsonOption,
    ask_key,
    asker,
    can_ask,
    chosen_format,
    new_app,
    resolve_case,
)
from sipctl.errors import NoStore
from sipctl.language import _
from sipctl.ui import show
from sipctl.ui.show import Format

app = new_app()


@app.command("next", help=_("Visa vad som ska göras, i alla ärenden. Det mest försenade först.\n\n"
                            "Exempel: sipctl next --days 14"))  # fmt: skip
def next_(
    days: Annotated[int, typer.Option("--days", help=_("Så många dagar framåt."), min=0)] = 30,
    json: JsonOption = False,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Due and overdue."""
    from sipctl.tasks.desk import open_desk

    with open_desk(ask_key()) as desk:
        _show_due(desk, days, chosen_format(fmt, json))


@app.command("guide", help=_("Fortsätt med ärendets nästa steg.\n\nExempel: sipctl guide 2026-0007"))
def guide(case: CaseArgument = "") -> None:
    """The step that comes next, whichever it is."""
    from sipctl.tasks.desk import open_desk

    with open_desk(ask_key()) as desk:
        _guide(desk, resolve_case(desk, case))


def home_screen() -> None:
    """Bare ``sipctl``: what is due and a menu on a terminal, otherwise short help."""
    from sipctl.commands.table import root_help
    from sipctl.tasks.desk import open_desk

    if not can_ask():
        show.say(root_help())
        return
    try:
        with open_desk(ask_key()) as desk:
            _show_due(desk, 14, Format.TABLE)
            _menu(desk)
    except NoStore:
        _offer_init()


def _menu(desk: Any) -> None:
    from sipctl.process.form import Choice
    from sipctl.store.listing import references
    from sipctl.ui.single import ask_choice

    options = [Choice("new", _("Registrera ett nytt ärende")), Choice("called", _("Registrera en kallelse vi fått"))]
    if references(desk.store):
        options.insert(0, Choice("guide", _("Fortsätt med ett ärende")))
    options += [Choice("list", _("Visa alla öppna ärenden")), Choice("quit", _("Sluta"))]
    picked = ask_choice(asker(), _("Vad vill du göra?"), tuple(options))
    if picked == "guide":
        _guide(desk, resolve_case(desk, ""))
    elif picked in ("new", "called"):
        from sipctl.commands.dialogue import answer
        from sipctl.tasks.step import begin_new

        answer(begin_new(desk, called=picked == "called"))
    elif picked == "list":
        from sipctl.commands.case import show_list
        from sipctl.store.listing import Selection

        show_list(desk, Selection(), Format.TABLE)


def _offer_init() -> None:
    from sipctl.ui.single import ask_yes_no

    show.note(_("Välkommen till sipctl. Här finns inget register än."))
    if ask_yes_no(asker(), _("Vill du sätta upp sipctl nu?"), default=True):
        from sipctl.commands.setup import init

        init()


def _guide(desk: Any, ref: str) -> None:
    from sipctl.commands.dialogue import answer
    from sipctl.process.steps import next_step
    from sipctl.tasks.step import begin
    from sipctl.vocabulary.steps import CALLED, DONE

    step = next_step(desk.case(ref, "guide"))
    if step == DONE:
        show.say(_("Ärende {ref} är avslutat. Öppna det igen med sipctl case reopen.").format(ref=ref))
        return
    answer(begin(desk, ref, "edit" if step == CALLED else step))


def _show_due(desk: Any, days: int, fmt: Format) -> None:
    from sipctl.store.listing import due
    from sipctl.vocabulary.facts import FactKind

    shown: list[dict[str, Any]] = [row._asdict() for row in due(desk.store, desk.today, days)]
    if fmt != Format.JSON:
        what = {kind: FactKind(kind).text for kind in {row["kind"] for row in shown}}
        shown = [row | {"what": what[row["kind"]], "when": _when(row["days"])} for row in shown]
    columns = {"on_date": _("Senast"), "when": "", "ref": _("Ärende"), "what": _("Att göra")}
    show.listing("due", shown, columns, fmt, _("Inget att göra de närmaste {n} dagarna.").format(n=days))


def _when(days: int) -> str:
    if days < 0:
        return _("försenat {n} d").format(n=-days)
    return _("i dag") if days == 0 else _("om {n} d").format(n=days)
