"""The root command: a lazy table of commands, and the one place where errors are caught."""

import importlib
import os
import sys
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import typer
import typer.main

from sipctl.commands.parser import Group, complaint, help_asked_for
from sipctl.commands.table import ALIASES, ENTRIES, Entry, root_help
from sipctl.errors import Interrupted, SipctlError
from sipctl.language import _
from sipctl.ui import show

# typer carries its own copy of click since 0.26: its base error is reached through what typer exports.
_ParserError: Any = typer.BadParameter.__mro__[2]


class LazyGroup(Group):
    """Knows every command by the table; imports the module of the one that is used."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Names in the order of the help."""
        return list(ENTRIES)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command with that name or Swedish alias; None when there is none."""
        entry = ENTRIES.get(ALIASES.get(cmd_name, cmd_name))
        return _built(entry) if entry else None

    def shell_complete(self, ctx: Any, incomplete: str) -> list[Any]:
        """Command names from the table: loading every command to complete one word takes a second."""
        if incomplete.startswith("-"):
            return super().shell_complete(ctx, incomplete)
        found = [entry for entry in ENTRIES.values() if entry.name.startswith(incomplete)]
        return [SimpleNamespace(type="plain", value=entry.name, help=_(entry.help)) for entry in found]

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """The same text that ``sipctl --help`` prints without importing anything."""
        formatter.write(root_help() + "\n")


@cache  # the parser asks for the same command several times over
def _built(entry: Entry) -> Any:
    """The parser's command for a row of the table."""
    module = importlib.import_module(f"sipctl.commands.{entry.module}")
    group: Any = typer.main.get_group(module.app)
    if entry.group:
        group.name = entry.name
        return group
    return group.commands[entry.name]


app = typer.Typer(
    cls=LazyGroup,
    name="sipctl",
    invoke_without_command=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def root(ctx: typer.Context) -> None:
    """Bare ``sipctl``: on a terminal what is due and a menu, otherwise short help."""
    if ctx.invoked_subcommand is None:
        from sipctl.commands.today import home_screen

        home_screen()


def run(arguments: list[str]) -> int:
    """Run one command line and return its exit code."""
    wants_json = "--json" in arguments or "--format=json" in arguments or "json" in arguments[-2:]
    try:
        result = typer.main.get_command(app).main(args=arguments, prog_name="sipctl", standalone_mode=False)
        sys.stdout.flush()
        return result if isinstance(result, int) else 0
    except SipctlError as error:
        show.error(error, as_json=wants_json)
        return error.exit_code
    except _ParserError as error:
        if page := help_asked_for(error):
            show.note(page)
        else:
            show.error(complaint(error), as_json=wants_json)
        return 2
    except (KeyboardInterrupt, EOFError, typer.Abort):
        stopped = Interrupted(_("Avbrutet."), _("Det du hann svara på är sparat."))
        show.error(stopped, as_json=wants_json)
        return stopped.exit_code
    except (BrokenPipeError, SystemExit):
        # The reader (head, less) has had enough, which typer makes an exit of its own of. The
        # interpreter must not try to flush again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:  # a fault of ours: no traceback and no data on the screen
        return _unexpected(error, wants_json)


def _unexpected(error: Exception, as_json: bool) -> int:
    if os.environ.get("SIPCTL_DEBUG"):
        raise error
    place = error.__traceback__
    while place and place.tb_next:
        place = place.tb_next
    where = f"{Path(place.tb_frame.f_code.co_filename).name}:{place.tb_lineno}" if place else "?"
    show.error(
        SipctlError(
            _("Något gick fel i sipctl ({kind}, {where}). Inget är ändrat.").format(
                kind=type(error).__name__, where=where
            ),
            _("Meddela den som sköter sipctl hos er; inga personuppgifter finns i meddelandet."),
        ),
        as_json=as_json,
    )
    return 1
