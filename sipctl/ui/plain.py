"""Questions without redrawing: numbered choices, one line in, one line out.

For screen readers, simple consoles and ``TERM=dumb``. Everything goes to stderr in reading order.
"""

import getpass
import sys

from sipctl.errors import SipctlError
from sipctl.language import _
from sipctl.process.form import Kind
from sipctl.ui.asker import BACK, Prompt, Reply, Tone, example, folded, help_text, interrupted, shortened


class Plain:
    """``<`` goes back, ``?`` explains, ``!`` opens the editor, Enter keeps or skips, ``-`` empties."""

    def say(self, text: str, tone: Tone = Tone.PLAIN) -> None:
        """Show a text; a title gets a blank line before it."""
        _print(("\n" if tone is Tone.TITLE else "") + folded(text))

    def ask(self, prompt: Prompt) -> Reply:
        """Ask until there is a reply."""
        if not prompt.again:
            self._introduce(prompt)
            self._instruct(prompt)
        while True:
            typed = self._lines(prompt) if prompt.kind is Kind.LONG else _read()
            match typed.strip():
                case "?":
                    self.say(help_text(prompt))
                case "<":
                    if prompt.back:
                        return BACK
                    self.say(_("Det finns inget att gå tillbaka till här."))
                case "!" if prompt.kind is Kind.LONG and prompt.editor_folder:
                    if (text := self._edited(prompt)) is not None:
                        return text
                case "":
                    return prompt.current
                case "-" if prompt.current:
                    return ""
                case other:
                    reply = self._chosen(prompt, other) if prompt.choices else typed
                    if reply is not None:
                        return reply

    def secret(self, text: str) -> str:
        """Ask without showing what is typed."""
        try:
            return getpass.getpass(folded(text) + ": ", stream=sys.stderr)
        except (KeyboardInterrupt, EOFError):
            _print("")
            raise interrupted() from None

    def keys(self) -> str:
        """One line on the signs that work here."""
        return _(
            "Skriv ? för att se varför något frågas, och < för att gå tillbaka. "
            "Ctrl-C avbryter; det du svarat är sparat."
        )

    def _introduce(self, prompt: Prompt) -> None:
        _print("")
        if prompt.place:
            self.say(prompt.place)
        self.say(prompt.text)
        for text in (prompt.note, prompt.why):
            if text:
                self.say(text)

    def _instruct(self, prompt: Prompt) -> None:
        for number, choice in enumerate(prompt.choices, 1):
            hint = f" ({choice.hint})" if choice.hint else ""
            self.say(f"  {number}. {choice.text}{hint}")
        parts = [example(prompt)]
        if prompt.kind is Kind.YESNO:
            parts.append(_("Svara j eller n."))
        elif prompt.kind is Kind.MANY:
            parts.append(_("Skriv ett eller flera nummer, till exempel 1,3. 0 är inget av dem."))
        elif prompt.choices:
            parts.append(_("Skriv ett nummer."))
        elif prompt.kind is Kind.LONG:
            parts.append(_("Flera rader går bra. En tom rad avslutar."))
            parts.append(_("! öppnar en redigerare.") if prompt.editor_folder else "")
        parts.append(self._enter(prompt))
        if line := " ".join(p for p in parts if p):
            self.say(line)

    def _enter(self, prompt: Prompt) -> str:
        if prompt.current:
            kept = self._in_words(prompt)
            if prompt.kind is Kind.YESNO:
                return _("Enter betyder {answer}.").format(answer=kept)
            line = _("Enter väljer: {answer}.") if prompt.kind is Kind.CHOICE else _("Enter behåller: {answer}.")
            line = line.format(answer=kept)
            return line if prompt.required else line + " " + _("Streck (-) tar bort.")
        return "" if prompt.required else _("Enter hoppar över.")

    def _in_words(self, prompt: Prompt) -> str:
        texts = {c.value: c.text for c in prompt.choices}
        current = [prompt.current] if isinstance(prompt.current, str) else prompt.current
        return shortened(", ".join(texts.get(value, value) for value in current))

    def _lines(self, prompt: Prompt) -> str:
        """Lines up to an empty one; a lone sign on the first line is a wish of its own."""
        lines = [_read()]
        if lines[0].strip() in ("", "?", "<", "!", "-"):
            return lines[0]
        while (line := _read()).strip():
            lines.append(line)
        return "\n".join(lines)

    def _edited(self, prompt: Prompt) -> str | None:
        from sipctl.ui.editor import edit

        assert prompt.editor_folder
        try:
            return edit(prompt.current if isinstance(prompt.current, str) else "", prompt.editor_folder)
        except SipctlError as error:
            self.say(error.what)
            return None

    def _chosen(self, prompt: Prompt, typed: str) -> Reply | None:
        """The values of the numbers typed; a value or its words will do too."""
        if prompt.kind is Kind.MANY and typed == "0":
            return []
        values = []
        for word in typed.replace(",", " ").split() if prompt.kind is Kind.MANY else [typed.rstrip(".")]:
            value = _by_number(prompt, word)
            if value is None:
                self.say(_("Skriv ett nummer mellan 1 och {last}.").format(last=len(prompt.choices)))
                return None
            values.append(value)
        return list(dict.fromkeys(values)) if prompt.kind is Kind.MANY else values[0]


def _by_number(prompt: Prompt, word: str) -> str | None:
    if word.isascii() and word.isdigit():
        number = int(word[:6])
        return prompt.choices[number - 1].value if 1 <= number <= len(prompt.choices) else None
    named = (c.value for c in prompt.choices if word.casefold() in (c.value.casefold(), c.text.casefold()))
    return next(named, None)


def _print(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _read() -> str:
    # The mark is written to stderr: input() would write it to stdout, which may be a file.
    print("> ", end="", file=sys.stderr, flush=True)
    try:
        return input()
    except (KeyboardInterrupt, EOFError):
        _print("")
        raise interrupted() from None
    except UnicodeDecodeError:
        return ""
