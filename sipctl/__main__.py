"""Entry: what must be quick or early comes before anything heavy is imported."""

import gc
import os
import sys

from sipctl.language import LANGUAGES, _, language_from_environment, set_language


def main() -> None:
    """Run sipctl and leave with its exit code."""
    _utf8_streams()
    arguments = _global_flags(sys.argv[1:])
    if arguments[:1] == ["--version"]:
        from sipctl import __version__

        _print(f"sipctl {__version__}")
        raise SystemExit(0)
    if arguments in (["--help"], ["-h"]):
        from sipctl.commands.table import root_help

        _print(root_help())
        raise SystemExit(0)
    _refuse_numbers(arguments)
    # Loading makes objects by the hundred thousand, and nearly all of them stay.
    gc.set_threshold(100_000, 20, 100)
    from sipctl.cli import run

    _leave(run(arguments))


def _print(text: str) -> None:
    try:
        print(text, flush=True)
    except OSError:  # the reader has had enough
        os._exit(0)


def _leave(code: int) -> None:
    """Hand over what is printed, and go.

    Everything is saved and closed by now. To take the loaded libraries apart one by one, as an
    interpreter does when it ends, takes a fifth of the time of a whole command.
    """
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):  # the reader has had enough
            continue
    os._exit(code)


def _global_flags(arguments: list[str]) -> list[str]:
    """Take ``--lang``, ``--plain`` and ``--home`` out, wherever they stand: help texts depend on the language."""
    language, rest, skip = language_from_environment(), [], False
    for position, argument in enumerate(arguments):
        if skip:
            skip = False
        elif argument == "--":
            rest += arguments[position:]
            break
        elif argument == "--plain":
            os.environ["SIPCTL_PLAIN"] = "1"
        elif argument == "--home":
            os.environ["SIPCTL_HOME"], skip = (arguments[position + 1 : position + 2] or [""])[0], True
        elif argument == "--lang":
            language, skip = (arguments[position + 1 : position + 2] or [""])[0], True
        elif argument.startswith("--lang="):
            language = argument.removeprefix("--lang=")
        else:
            rest.append(argument)
    set_language(language if language in LANGUAGES else language_from_environment())
    if language not in LANGUAGES:
        _fail(_("Språket ska vara sv eller en, till exempel --lang en."))
    return rest


def _refuse_numbers(arguments: list[str]) -> None:
    """A personal identity number on the command line would stay in the shell's history."""
    if not any(sum(character.isdigit() for character in argument) >= 10 for argument in arguments):
        return
    import re
    from datetime import date

    from sipctl.process.identity import is_in

    like = re.compile(r"(?:\d{2})?\d{6}[-+]?\d{4}")
    suspects = [match[0] for argument in arguments for match in like.finditer(argument)]
    if any(is_in(suspect, date.today()) for suspect in suspects):
        _fail(
            _(
                "Skriv aldrig ett personnummer på kommandoraden: det blir kvar i datorns historik. "
                "Kör kommandot utan numret, så frågar sipctl efter det."
            )
        )


def _fail(sentence: str) -> None:
    print(sentence, file=sys.stderr)
    raise SystemExit(2)


def _utf8_streams() -> None:
    """Redirected output on Windows is cp1252, which cannot hold every name."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


if __name__ == "__main__":
    main()
