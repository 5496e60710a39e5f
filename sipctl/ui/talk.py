"""One conversation about one form: its answers, how to ask, and how to save."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Literal

from sipctl.language import _
from sipctl.process.form import Answers, Choice, Form, Kind
from sipctl.process.form.answers import (
    Place,
    Visible,
    all_keys,
    as_typed,
    display,
    get,
    index_of,
    item_name,
    items_of,
    position,
    put,
    question_at,
    walk,
)
from sipctl.ui.asker import BACK, Asker, Prompt, Signal, Tone, shortened
from sipctl.ui.single import ask_value

Back = Literal[Signal.BACK]


@dataclass
class Talk:
    """Everything a part of the dialogue needs. ``answers`` is edited in place, saved at each reply."""

    form: Form
    answers: Answers
    asker: Asker
    save: Callable[[Answers], None]
    today: date
    editor_folder: Path | None = None
    taken: set[str] = field(default_factory=set)
    revisit: set[str] = field(default_factory=set)  # questions to ask once although they are answered

    def say(self, text: str, tone: Tone = Tone.PLAIN) -> None:
        """Show a text."""
        self.asker.say(text, tone)

    def keep(self, path: Place, value: object) -> None:
        """Write a reply and save at once: what has been acknowledged is never lost."""
        put(self.answers, path, value)
        self.save(self.answers)

    def used_keys(self) -> set[str]:
        """Item keys that must not be minted again: those here, earlier, and just removed."""
        self.taken |= all_keys(self.answers)
        return self.taken

    def ask(self, visible: Visible, *, back: bool = True) -> Back | None:
        """Ask one question that is not a group, and keep the reply."""
        q, item = visible.q, visible.item
        value = item.get(q.key)
        if value is None and q.default is not None:
            value = q.default(item, self.answers)
        prompt = Prompt(
            q.text,
            q.kind,
            q.choices,
            as_typed(q, value),
            required=q.required and not q.offered,
            prefer=q.prefer,
            back=back,
            why=q.why,
            source=q.source,
            place=self.place(visible.path),
            editor_folder=self.editor_folder if q.kind is Kind.LONG else None,
        )
        reply = ask_value(self.asker, prompt, q, item, self.today)
        if isinstance(reply, Signal):
            return BACK
        self.keep(visible.path, reply)
        return None

    def menu(self, prompt: Prompt) -> str | Back:
        """Ask for one of the prompt's alternatives."""
        while True:
            reply = self.asker.ask(prompt)
            if reply is BACK or (isinstance(reply, str) and reply):
                return reply

    def pick(self, text: str, choices: Sequence[Choice], current: str = "", *, back: bool = True) -> str | Back:
        """A small menu with a heading only."""
        return self.menu(Prompt(text, Kind.CHOICE, tuple(choices), current, required=True, back=back))

    def place(self, path: Place) -> str:
        """Where we are: ``3 av 9, Behov 2, Mål 1``."""
        number, total = position(self.form, self.answers, path)
        where = _("{number} av {total}").format(number=number, total=total) if number else _("Valfri fråga")
        return ", ".join([where, *self.item_names(path)])

    def item_names(self, path: Place, *, titles: bool = True) -> list[str]:
        """The items a path runs through: ``Behov 1: Boende``, or only ``Behov 1``."""
        names = []
        for end in range(2, len(path) + 1, 2):
            q = question_at(self.form, path[: end - 1])
            items = items_of(get(self.answers, path[: end - 1]))
            number = index_of(items, path[end - 1]) + 1
            name = item_name(replace(q, item_title=None), {}, number)
            title = item_name(q, items[number - 1], number)
            names.append(shortened(f"{name}: {title}" if titles and title != name else name, 50))
        return names

    def visible_at(self, path: Place) -> Visible | None:
        """The question at a place, if it shows."""
        return next((v for v in walk(self.form, self.answers) if v.path == path), None)

    def answer_of(self, visible: Visible, limit: int = 60) -> str:
        """The present answer in words, cut to the limit."""
        q, item = visible.q, visible.item
        if q.key not in item:
            return _("inte besvarad")
        return shortened(display(q, item[q.key]), limit)
