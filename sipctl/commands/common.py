"""What the commands share: the case argument, the answers options, who to ask."""

import itertools
import os
from typing import Annotated, Any

import typer

from sipctl.commands.parser import App, Group
from sipctl.errors import SipctlError, UsageFault
from sipctl.language import _
from sipctl.ui.show import Format


def new_app(help_text: str = "") -> typer.Typer:
    """A command group with the settings all of them share (Typer does not hand them down)."""
    return App(
        cls=Group,
        help=help_text,
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        add_completion=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )


def complete_case(incomplete: str) -> list[str]:
    """References for the shell. Only key sources that cannot prompt; silent when there is none."""
    from sipctl.store.listing import references
    from sipctl.tasks.desk import open_desk

    try:
        with open_desk() as desk:
            return references(desk.store, incomplete)
    except SipctlError:
        return []


CaseArgument = Annotated[
    str,
    typer.Argument(
        metavar=_("ÄRENDE"),
        help=_("Ärendets referens, till exempel 2026-0007. Utelämnas den väljer du i en lista."),
        autocompletion=complete_case,
        show_default=False,
    ),
]
CaseRequired = Annotated[
    str,
    typer.Argument(
        metavar=_("ÄRENDE"), help=_("Ärendets referens, till exempel 2026-0007."), autocompletion=complete_case
    ),
]
AnswersOption = Annotated[
    str,
    typer.Option(
        "--answers", metavar=_("FIL"), help=_("Läs svaren ur en fil (TOML eller JSON; - för standard in)."),
        show_default=False,
    ),
]  # fmt: skip
PrintAnswersOption = Annotated[
    bool, typer.Option("--print-answers", help=_("Skriv ut frågorna som en fil att fylla i, med svaren hittills."))
]
NoInputOption = Annotated[bool, typer.Option("--no-input", help=_("Fråga aldrig; avbryt om något saknas."))]
YesOption = Annotated[bool, typer.Option("--yes", "-y", help=_("Svara ja på bekräftelser."))]
JsonOption = Annotated[bool, typer.Option("--json", help=_("Skriv resultatet som JSON."))]
FormatOption = Annotated[Format, typer.Option("--format", help=_("Hur listan skrivs."))]


def chosen_format(fmt: Format, as_json: bool) -> Format:
    """``--json`` is short for ``--format json``."""
    return Format.JSON if as_json else fmt


def asker() -> Any:
    """The one who asks on this terminal: fancy, or plain with ``--plain`` and on simple consoles."""
    from sipctl.ui.ask import open_asker

    return open_asker(plain=bool(os.environ.get("SIPCTL_PLAIN")))


def can_ask(no_input: bool = False) -> bool:
    """May we ask, and is somebody there?"""
    from sipctl.ui.terminal import can_ask as somebody_there

    return not no_input and somebody_there()


def ask_key() -> Any:
    """How to ask for the passphrase or recovery code; None when nobody can be asked."""
    if not can_ask():
        return None

    earlier = itertools.count()

    def ask() -> str:
        slip = next(earlier) > 0
        text = _("Det stämde inte, försök igen") if slip else _("Lösenfras eller återställningskod")
        return str(asker().secret(text))

    return ask


def resolve_case(desk: Any, ref: str, no_input: bool = False) -> str:
    """The reference given, or one chosen from a list on the terminal."""
    if ref:
        return ref.strip()
    from sipctl.store.listing import Selection, cases

    if not can_ask(no_input):
        raise UsageFault(_("Ange vilket ärende det gäller."), _("Till exempel 2026-0007; se sipctl case list."))
    rows = cases(desk.store, Selection(names=True))
    if not rows:
        raise UsageFault(_("Det finns inga öppna ärenden."), _("Registrera ett med sipctl case new."))
    from sipctl.process.form import Choice
    from sipctl.ui.single import ask_choice

    options = tuple(Choice(row.ref, f"{row.ref}  {row.name}", step_text(desk, row.step)) for row in rows)
    return str(ask_choice(asker(), _("Vilket ärende?"), options))


def step_text(desk: Any, step: str) -> str:
    """A step in the pack's words."""
    from sipctl.vocabulary.steps import CALLED, DONE

    if step == DONE:
        return _("avslutat")
    return _("vi är kallade") if step == CALLED else str(desk.step_names.get(step, step))
