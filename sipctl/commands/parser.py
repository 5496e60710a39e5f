"""The command line's own help and complaints, in the language of the run.

The parser would say them in English (typer carries a copy of click since 0.26, most of it without a
catalogue). So help is written here from the parameters, and complaints from what the errors know;
neither quotes what was typed where a value is expected, since that may be a name.
"""

from collections.abc import Iterator
from enum import Enum
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from sipctl.errors import SipctlError, UsageFault
from sipctl.language import _
from sipctl.process.text import printable
from sipctl.ui import show

_SHORT = 30
"""Choices longer than this are listed in the explanation, not beside the option."""


class _InWords:
    """What groups and commands share. ``Any`` throughout: the parser's classes are not for import."""

    allow_extra_args = True  # so that the complaint about them is ours

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """``ÄRENDE [VAL]``: arguments before options, as the root help has them."""
        this: Any = self
        names = [_usage_name(param) for param in this.get_params(ctx) if _is_argument(param)]
        return [*names, _("[VAL]")]

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """The first line."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), _("Användning:") + " ")

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Arguments and options."""
        this: Any = self
        params = [param for param in this.get_params(ctx) if not getattr(param, "hidden", False)]
        arguments = [(_name(param), _explained(param, ctx)) for param in params if _is_argument(param)]
        options = [(_flags(param), _explained(param, ctx)) for param in params if not _is_argument(param)]
        for heading, rows in ((_("Argument"), arguments), (_("Val"), options)):
            if rows:
                with formatter.section(heading):
                    formatter.write_dl(rows)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the arguments; a complaint knows at which command it arose."""
        parent: Any = super()
        try:
            rest: list[str] = parent.parse_args(ctx, args)
        except Exception as error:
            if getattr(error, "ctx", ctx) is None:
                error.ctx = ctx  # type: ignore[attr-defined]
            raise
        if rest and not isinstance(self, TyperGroup) and not ctx.resilient_parsing:
            what = " ".join(printable(word) for word in rest)
            raise UsageFault(_("Det här hör inte till kommandot: {what}.").format(what=what), _see_help(ctx))
        return rest


class Command(_InWords, TyperCommand):
    """A command whose help speaks the language of the run."""


class Group(_InWords, TyperGroup):
    """A group whose help speaks the language of the run."""

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """``KOMMANDO …``: what follows is the command's."""
        return [_("KOMMANDO …")]

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """The commands first: they are what one came for."""
        self.format_commands(ctx, formatter)
        super().format_options(ctx, formatter)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Each command with the first sentence of its help."""
        found = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        limit = formatter.width - 6 - max((len(name) for name, _command in found), default=0)
        with formatter.section(_("Kommandon")):
            formatter.write_dl([(name, command.get_short_help_str(limit)) for name, command in found if command])

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that is named first; a near one is proposed for a wrong name."""
        name = args[0]
        if self.get_command(ctx, name) is None and not name.startswith("-") and not ctx.resilient_parsing:
            near = _meant(name, self.list_commands(ctx))
            raise UsageFault(
                _("Det finns inget kommando ”{name}”.").format(name=printable(name)) + near, _see_help(ctx)
            )
        return super().resolve_command(ctx, args)


class App(typer.Typer):
    """Typer with our classes for its commands; it does not hand them down by itself."""

    def command(self, *args: Any, **kwargs: Any) -> Any:
        """Register a command."""
        return super().command(*args, **{"cls": Command} | kwargs)


# --- help ---


def _is_argument(param: Any) -> bool:
    return bool(param.param_type_name == "argument")


def _name(param: Any) -> str:
    return str(param.metavar or param.name.upper())


def _usage_name(param: Any) -> str:
    name = _name(param) + (" …" if param.nargs == -1 else "")
    return name if param.required else f"[{name}]"


def _flags(param: Any) -> str:
    """``-y, --yes`` or ``--days TAL``."""
    flags = ", ".join(sorted(param.opts, key=len))
    if param.secondary_opts:
        flags += " / " + ", ".join(param.secondary_opts)
    return flags if param.is_flag or param.count else f"{flags} {_value(param)}"


def _value(param: Any) -> str:
    if param.metavar:
        return str(param.metavar)
    if choices := "|".join(_choices(param)):
        return f"<{choices}>" if len(choices) <= _SHORT else _("ORD")
    kind = str(param.type.name)
    if kind.startswith("int"):
        return _("TAL")
    return _("FIL") if kind in ("path", "filename", "file") else _("TEXT")


def _choices(param: Any) -> list[str]:
    return [_plain(choice) for choice in getattr(param.type, "choices", ())]


def _plain(value: Any) -> str:
    return str(value.value if isinstance(value, Enum) else value)


def _explained(param: Any, ctx: Any) -> str:
    return "  ".join(_explanation(param, ctx))


def _explanation(param: Any, ctx: Any) -> Iterator[str]:
    if param.name == "help":  # the parser's own option
        yield _("Visa hjälp.")
        return
    yield param.help or ""
    if not _is_argument(param) and not param.metavar and len("|".join(_choices(param))) > _SHORT:
        yield _("Ett av: {values}.").format(values=", ".join(_choices(param)))
    default = param.get_default(ctx, call=False)
    if param.required:
        yield "[" + _("krävs") + "]"
    elif isinstance(default, int | str) and not isinstance(default, bool) and default != "" and param.show_default:
        yield "[" + _("förval: {value}").format(value=_plain(default)) + "]"


# --- complaints ---


def complaint(error: Any) -> SipctlError:
    """What the parser could not accept, as an error of ours."""
    ctx = getattr(error, "ctx", None)
    return UsageFault(_sentence(error), _see_help(ctx))


def help_asked_for(error: Any) -> str:
    """The help page, when the command line stopped at a group; else an empty string."""
    return str(error.ctx.get_help()) if type(error).__name__ == "NoArgsIsHelpError" else ""


def _see_help(ctx: Any) -> str:
    return _("Se {command} --help.").format(command=ctx.command_path if ctx else "sipctl")


def _sentence(error: Any) -> str:
    # By name: the classes themselves are in another place in each version of the parser.
    match type(error).__name__:
        case "NoSuchOption":
            name = printable(error.option_name)
            return _("Det finns inget val {name}.").format(name=name) + _meant(name, _options(error.ctx))
        case "BadOptionUsage":
            given = "does not take" in error.message
            text = _("Valet {name} ska inte ha något värde.") if given else _("Valet {name} behöver ett värde.")
            return text.format(name=error.option_name)
        case "MissingParameter" if error.param is not None:
            return _("{name} saknas.").format(name=_label(error.param)) + _allowed(error.param)
        case "BadParameter" if error.param is not None:
            return _bad_value(error)
    return show.sentence(error.format_message())


def _meant(wrong: str, allowed: list[str]) -> str:
    from sipctl.process.form.values import meant  # here, since a command that is right has no use for it

    return meant(wrong, allowed)


def _options(ctx: Any) -> list[str]:
    return [flag for param in ctx.command.get_params(ctx) for flag in param.opts] if ctx else []


def _label(param: Any) -> str:
    return _name(param) if _is_argument(param) else max(param.opts, key=len)


def _allowed(param: Any) -> str:
    choices = ", ".join(_choices(param))
    return " " + _("Ett av: {values}.").format(values=choices) if choices else ""


def _bad_value(error: Any) -> str:
    name, kind = _label(error.param), error.param.type
    if choices := _choices(error.param):
        return _("{name} ska vara ett av: {values}.").format(name=name, values=", ".join(choices))
    if str(kind.name).startswith("int"):
        least = getattr(kind, "min", None)
        if least is None:
            return _("{name} ska vara ett heltal.").format(name=name)
        return _("{name} ska vara ett heltal, minst {least}.").format(name=name, least=least)
    return f"{name}: {error.message}"
