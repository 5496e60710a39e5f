"""Questions with arrow keys: the one place that uses questionary and prompt_toolkit.

Both load only when something is asked, never for ``--help`` or a list.
"""

import os
import shutil
import sys
import textwrap
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from sipctl.errors import SipctlError, UsageFault
from sipctl.language import _
from sipctl.process.form import Choice, Kind, Q
from sipctl.process.form.answers import display
from sipctl.process.text import printable
from sipctl.ui.asker import (
    BACK,
    Asker,
    Prompt,
    Reply,
    Tone,
    example,
    folded,
    help_text,
    interrupted,
    width,
)
from sipctl.ui.plain import Plain
from sipctl.ui.single import ask_choice, ask_confirm_reference, ask_secret, ask_text, ask_yes_no
from sipctl.ui.terminal import can_ask

if TYPE_CHECKING:
    from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
    from prompt_toolkit.output import Output
    from questionary import Question, Style

__all__ = [
    "BACK",
    "Asker",
    "Fancy",
    "Plain",
    "Prompt",
    "Reply",
    "Tone",
    "ask_choice",
    "ask_confirm_reference",
    "ask_secret",
    "ask_text",
    "ask_yes_no",
    "can_ask",
    "open_asker",
]

# What a key does when it is not an answer. No reply can hold a null character.
_HELP, _EDITOR, _BACK, _SKIP = "\0help", "\0editor", "\0back", "\0skip"
_FILTERED = 12  # longer lists may be narrowed by typing
_ANEW = (Kind.YESNO, Kind.DATE, Kind.TIME, Kind.DATETIME)  # quicker typed anew than mended: start empty
_STYLE = [
    ("qmark", "noinherit bold"),
    ("question", "bold"),
    ("title", "bold"),
    ("quiet", "dim"),
    ("instruction", "dim"),
    ("answer", "noinherit"),
    ("pointer", "bold fg:ansicyan"),
    ("highlighted", "bold fg:ansicyan"),
    ("selected", "noinherit"),
    ("wrong", "bold fg:ansired"),
]


def open_asker(*, plain: bool = False) -> Asker:
    """The way to ask that suits this terminal; ``UsageFault`` where nobody can answer."""
    if not can_ask():
        raise UsageFault(
            _("Här går det inte att ställa frågor, eftersom kommandot inte körs i ett terminalfönster."),
            _("Ge svaren i en fil med --answers FIL, eller kör kommandot i ett vanligt fönster."),
        )
    # On Windows the drawing needs the console on stdout, also when it is told to use stderr.
    redirected = sys.platform == "win32" and not sys.stdout.isatty()
    dumb = os.environ.get("TERM", "").lower() in ("dumb", "unknown")
    return Plain() if plain or dumb or redirected else Fancy()


class Fancy:
    """Arrow keys and line editing. Ctrl-B goes back, ``?`` explains, Ctrl-E opens the editor."""

    def __init__(self) -> None:
        import questionary
        from prompt_toolkit.output import create_output
        from questionary.prompts import common

        # Boxes that read the same in every font; the library offers no setting for them.
        vars(common).update(INDICATOR_SELECTED="[x]", INDICATOR_UNSELECTED="[ ]")
        self._output: Output = create_output(stdout=sys.stderr)
        self._style: Style = questionary.Style(_STYLE)

    def say(self, text: str, tone: Tone = Tone.PLAIN) -> None:
        """Show a text, folded to the window; a title gets a blank line before it."""
        from prompt_toolkit import print_formatted_text
        from prompt_toolkit.formatted_text import FormattedText

        before = "\n" if tone is Tone.TITLE else ""
        fragments = FormattedText([(f"class:{tone.value}", before + folded(text))])
        print_formatted_text(fragments, output=self._output, style=self._style)

    def ask(self, prompt: Prompt) -> Reply:
        """Ask until there is a reply."""
        if not prompt.again:
            self._introduce(prompt)
        while True:
            reply = self._once(prompt)
            if reply == _HELP or (isinstance(reply, str) and reply.strip() == "?"):
                self.say(help_text(prompt), Tone.QUIET)
            elif isinstance(reply, str) and reply.startswith(_EDITOR):
                prompt = replace(prompt, current=reply.removeprefix(_EDITOR))
                if (text := self._edited(prompt)) is not None:
                    return text
            elif reply == _BACK:
                self.say("← " + _("Tillbaka"), Tone.QUIET)
                return BACK
            elif isinstance(reply, str):
                return reply.removeprefix(_SKIP)
            else:
                return reply

    def secret(self, text: str) -> str:
        """Ask without showing what is typed."""
        import questionary

        return str(self._run(questionary.password(printable(text) + ":", qmark="", **self._where())))

    def keys(self) -> str:
        """One line on the keys that work here."""
        return _(
            "Skriv ? för att se varför något frågas. Ctrl-B går tillbaka. Ctrl-C avbryter; det du svarat är sparat."
        )

    # --- one round ---

    def _introduce(self, prompt: Prompt) -> None:
        self.say("")
        if prompt.place:
            self.say(prompt.place, Tone.QUIET)
        self.say(prompt.text, Tone.QUESTION)
        if prompt.note:
            self.say(prompt.note)
        parts = [prompt.why, example(prompt)]
        if prompt.kind is Kind.LONG:
            parts.append(_("Flera rader går bra; en tom rad avslutar."))
            parts.append(_("Ctrl-E öppnar en redigerare.") if prompt.editor_folder else "")
        if not prompt.choices and (prompt.current or not prompt.required):
            parts.append(self._enter(prompt))
        if line := " ".join(p for p in parts if p):
            self.say(line, Tone.QUIET)

    def _enter(self, prompt: Prompt) -> str:
        if not prompt.current:
            return _("Enter hoppar över.")
        if prompt.kind not in _ANEW:
            return _("Enter behåller.")
        words = display(Q("", "", prompt.kind), str(prompt.current).replace(" ", "T"))
        kept = _("Enter betyder {answer}.").format(answer=prompt.current if prompt.kind is Kind.YESNO else words)
        return kept if prompt.required else kept + " " + _("Streck (-) tar bort.")

    def _once(self, prompt: Prompt) -> str | list[str]:
        if not prompt.choices:
            return self._typed(prompt)
        values = self._many(prompt) if prompt.kind is Kind.MANY else [self._one(prompt)]
        if values and values[0].startswith("\0"):
            if values[0] == _SKIP:
                self.say(" > " + _("hoppas över"))
            return values[0]
        texts = {c.value: c.text for c in prompt.choices}
        self.say(" > " + (", ".join(texts[v] for v in values) or _("inget av dem")))
        return values if prompt.kind is Kind.MANY else values[0]

    def _typed(self, prompt: Prompt) -> str:
        import questionary

        yesno, anew = prompt.kind is Kind.YESNO, prompt.kind in _ANEW
        start = "" if yesno else prompt.refused or ("" if anew else prompt.current)
        question = questionary.text(
            _("(j/n) >") if yesno else ">",
            default=str(start),
            qmark="",
            multiline=prompt.kind is Kind.LONG,
            instruction="",
            prompt_continuation="   ",
            key_bindings=self._text_keys(prompt),
            **self._where(),
        )
        reply = str(self._run(question))
        if anew and prompt.current and reply.strip() in ("", "-"):
            if reply.strip():
                return ""
            if yesno:
                self.say(f" = {prompt.current}")
            return str(prompt.current)
        return reply

    def _one(self, prompt: Prompt) -> str:
        import questionary

        rows = [questionary.Choice(_row(c, 3), value=c.value) for c in prompt.choices]
        if not prompt.required:
            rows.append(questionary.Choice(_("Hoppa över"), value=_SKIP))
        if prompt.back:
            rows.append(questionary.Choice("← " + _("Tillbaka"), value=_BACK))
        filtered = len(rows) > _FILTERED
        known = isinstance(prompt.current, str) and prompt.current in {c.value for c in prompt.choices}
        question = questionary.select(
            "",
            rows,
            default=str(prompt.current) if known else None,
            pointer=">",
            use_jk_keys=False,
            use_search_filter=filtered,
            instruction=" " + _("Skriv för att söka, Enter väljer.")
            if filtered
            else " " + _("Välj med pilarna och Enter."),
            **self._list(),
        )
        self._list_keys(question, prompt)
        return str(self._run(question))

    def _many(self, prompt: Prompt) -> list[str]:
        import questionary

        rows = [questionary.Choice(_row(c, 7), c.value, checked=c.value in prompt.current) for c in prompt.choices]
        question = questionary.checkbox(
            "",
            rows,
            pointer=">",
            use_jk_keys=False,
            instruction=" " + _("Mellanslag kryssar, Enter är klar."),
            **self._list(),
        )
        self._list_keys(question, prompt)
        reply = self._run(question)
        if not reply and not prompt.required and not prompt.current:
            return [_SKIP]  # left as it was: Enter never says "none of them" to what nobody had answered
        return [reply] if isinstance(reply, str) else list(reply)

    def _edited(self, prompt: Prompt) -> str | None:
        from sipctl.ui.editor import edit

        assert prompt.editor_folder
        assert isinstance(prompt.current, str)
        try:
            text = edit(prompt.current, prompt.editor_folder)
        except SipctlError as error:
            self.say(error.what, Tone.WRONG)
            return None
        self.say(text.strip())
        return text

    # --- keys and places ---

    def _where(self) -> dict[str, Any]:
        return {"output": self._output, "style": self._style}

    def _list(self) -> dict[str, Any]:
        # The list goes away when it has been used; what was chosen is said on a line of its own.
        return {"qmark": "", "erase_when_done": True, **self._where()}

    def _text_keys(self, prompt: Prompt) -> "KeyBindings":
        from prompt_toolkit.key_binding import KeyBindings

        keys = KeyBindings()
        if prompt.back:
            keys.add("c-b")(_exit(_BACK))
        if prompt.kind is Kind.LONG:
            keys.add("enter")(_line_or_done)
            if prompt.editor_folder:
                keys.add("c-e")(lambda event: event.app.exit(result=_EDITOR + event.current_buffer.text))
        return keys

    def _list_keys(self, question: "Question", prompt: Prompt) -> None:
        _limit_height(question)
        keys = question.application.key_bindings
        assert keys is not None
        add = cast("KeyBindings", keys).add
        add("?", eager=True)(_exit(_HELP))
        add("c-d", eager=True)(lambda event: event.app.exit(exception=EOFError()))
        if prompt.back:
            add("c-b", eager=True)(_exit(_BACK))
        typing = keys.get_bindings_for_keys(("a",))
        for letter in "åäöÅÄÖéÉ" if len(prompt.choices) >= _FILTERED and typing else "":
            add(letter, eager=True)(typing[-1].handler)  # the library's search knows ASCII only

    def _run(self, question: "Question") -> Any:
        try:
            return question.unsafe_ask()
        except (KeyboardInterrupt, EOFError):
            raise interrupted() from None


def _exit(result: str) -> "Callable[[KeyPressEvent], None]":
    return lambda event: event.app.exit(result=result)


def _line_or_done(event: "KeyPressEvent") -> None:
    """Enter on an empty last line is "done"; anywhere else it is a new line."""
    document = event.current_buffer.document
    if document.is_cursor_at_the_end and not document.current_line.strip():
        event.current_buffer.validate_and_handle()
    else:
        event.current_buffer.newline()


def _limit_height(question: "Question") -> None:
    """Leave room above a long list, so that the question stays on the screen while it scrolls."""
    from prompt_toolkit.layout.dimension import Dimension
    from questionary.prompts.common import InquirerControl

    rows = max(4, shutil.get_terminal_size((80, 24)).lines - 8)
    for window in question.application.layout.find_all_windows():
        if isinstance(window.content, InquirerControl):
            window.height = Dimension(max=rows)


def _row(choice: Choice, indent: int) -> str:
    """A row of a list, folded under itself: the list does not fold by itself."""
    text = printable(choice.text + (f" ({choice.hint})" if choice.hint else ""))
    room = max(10, width() - indent)
    return f"\n{' ' * indent}".join(textwrap.wrap(text, room)) or " "
