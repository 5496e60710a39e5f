"""What the dialogue needs of a terminal: say something, ask one thing. Two ways to do it: see ``ask``."""

import re
import shutil
import textwrap
from dataclasses import dataclass
from enum import Enum, StrEnum
from pathlib import Path
from typing import Final, Protocol

from sipctl.errors import Interrupted
from sipctl.language import _
from sipctl.process.form import Choice, Kind, Prefer
from sipctl.process.text import printable


class Signal(Enum):
    """A reply that is not an answer."""

    BACK = "back"


BACK: Final = Signal.BACK

Reply = str | list[str] | Signal
"""What was typed or chosen (empty: skipped), the list chosen for ``MANY``, or ``BACK``."""


class Tone(StrEnum):
    """How a text is shown. The words carry the meaning; the tone only helps the eye."""

    PLAIN = "plain"
    TITLE = "title"
    QUESTION = "question"
    QUIET = "quiet"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Prompt:
    """One thing to ask. ``current`` is what the reply starts from: an answer there is, or a proposal."""

    text: str
    kind: Kind = Kind.TEXT
    choices: tuple[Choice, ...] = ()
    current: str | list[str] = ""
    required: bool = False
    prefer: Prefer | None = None
    back: bool = False
    why: str = ""
    source: str = ""
    note: str = ""  # what the question is about, such as the items there are
    place: str = ""  # "3 av 9, Behov 2": shown above the question
    editor_folder: Path | None = None  # where a long text may be opened in an editor
    again: bool = False  # the question stands on the screen already; only ask
    refused: str = ""  # what was typed just now and could not be used, to be mended


class Asker(Protocol):
    """Asks on the terminal. Ctrl-C and Ctrl-D raise ``Interrupted``."""

    def say(self, text: str, tone: Tone = Tone.PLAIN) -> None:
        """Show a text on its own lines."""

    def ask(self, prompt: Prompt) -> Reply:
        """Ask one thing and hand back the reply as it was given."""

    def secret(self, text: str) -> str:
        """Ask for something that must not show on the screen."""

    def keys(self) -> str:
        """One line on the keys that work here."""


def interrupted() -> Interrupted:
    """What Ctrl-C, Ctrl-D and a closed window mean."""
    return Interrupted(
        _("Avbrutet. Allt du hann svara på är sparat."),
        _("Kör samma kommando igen för att fortsätta där du var."),
    )


def width() -> int:
    """Columns to write in: never wider than is easy to read."""
    return max(20, min(shutil.get_terminal_size((80, 24)).columns, 88) - 1)


def folded(text: str) -> str:
    """The text for the screen: control characters dropped, lines folded at spaces.

    A line that starts with blanks (and a mark such as ``>`` or ``2.``) folds under its own text.
    """
    return "\n".join(_fold(line) for line in printable(text, lines=True).split("\n"))


def _fold(line: str) -> str:
    mark = re.match(r"\s+(?:(?:[>=-]|[0-9]+\.)\s+)?", line)
    indent = " " * len(mark[0]) if mark else ""
    return textwrap.fill(line, width(), subsequent_indent=indent, break_on_hyphens=False)


def help_text(prompt: Prompt) -> str:
    """What ``?`` shows: why this is asked, and where it says so."""
    parts = [prompt.why, _("Källa: {source}").format(source=prompt.source) if prompt.source else ""]
    return "\n".join(p for p in parts if p) or _("Det finns ingen mer förklaring till den här frågan.")


_EXAMPLES = {
    Kind.DATE: lambda: _("Datum, till exempel 1 december, fredag eller om tre veckor."),
    Kind.TIME: lambda: _("Klockslag, till exempel 13.00."),
    Kind.DATETIME: lambda: _("Dag och klockslag, till exempel 1 december kl. 13.00."),
    Kind.NUMBER: lambda: _("Ett heltal."),
    Kind.IDNUMBER: lambda: _("Tolv siffror, ÅÅÅÅMMDD-NNNN."),
}


def example(prompt: Prompt) -> str:
    """How to write this kind of answer, where it is not plain."""
    if prompt.kind is Kind.DATE and prompt.prefer is Prefer.PAST:
        return _("Datum, till exempel 1 december, i fredags eller för tre veckor sedan.")
    return _EXAMPLES[prompt.kind]() if prompt.kind in _EXAMPLES else ""


def shortened(text: str, limit: int = 60) -> str:
    """A long answer cut to what fits where it is only recalled."""
    text = " ".join(printable(text).split())
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"
