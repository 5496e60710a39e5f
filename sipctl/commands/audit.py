"""``audit``: who has read and changed what."""

from typing import Annotated

import typer

from sipctl.commands.common import FormatOption, JsonOption, ask_key, chosen_format, new_app
from sipctl.language import _
from sipctl.ui import show
from sipctl.ui.show import Format

app = new_app(_("Loggen: vem har läst och ändrat vad."))


@app.command("list", help=_("Visa loggen, senast sist.\n\nExempel: sipctl audit list --case 2026-0007"))
def list_(
    case: Annotated[str, typer.Option("--case", metavar=_("ÄRENDE"), help=_("Bara ett ärende."))] = "",
    newest: Annotated[int, typer.Option("--newest", help=_("Så många rader; 0 visar alla."), min=0)] = 50,
    json: JsonOption = False,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Reading the log is logged too."""
    from sipctl.store import trail
    from sipctl.tasks.desk import open_desk

    with open_desk(ask_key()) as desk, desk.store.transaction() as connection:
        rows = trail.entries(connection, case, newest)
        trail.record(connection, "audit.list", [case] if case else [])
    columns = {"at": _("Tid (UTC)"), "actor": _("Vem"), "action": _("Vad"), "cases": _("Ärenden"),
               "purpose": _("Syfte")}  # fmt: skip
    show.listing("audit", [row._asdict() for row in rows], columns, chosen_format(fmt, json))


@app.command("verify", help=_("Kontrollera att loggen är hel.\n\nExempel: sipctl audit verify"))
def verify(json: JsonOption = False) -> None:
    """The chain from the first row to the last."""
    from sipctl.store import trail
    from sipctl.tasks.desk import open_desk

    with open_desk(ask_key()) as desk:
        count = trail.verify(desk.store.connection)
    if json:
        show.envelope("audit.verify", {"rows": count, "whole": True})
    else:
        show.say(_("Loggen är hel. Antal rader: {n}.").format(n=count))
