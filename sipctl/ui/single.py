"""Single questions outside forms: a text, a passphrase, a choice, yes or no."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sipctl.language import _
from sipctl.process.form import Answers, Choice, Kind, Q
from sipctl.process.form.answers import complaint, date_words, read_reply, read_yes_no
from sipctl.process.text import mend
from sipctl.ui.asker import BACK, Asker, Prompt, Signal, Tone


def ask_value(asker: Asker, prompt: Prompt, q: Q, item: Answers, today: date) -> Any:
    """Ask until the reply holds as an answer to ``q``: its value, None if skipped, or ``BACK``."""
    while True:
        reply = asker.ask(prompt)
        if isinstance(reply, Signal):
            return reply
        try:
            value = read_reply(q, reply, today)
            wrong = complaint(q, value, item)
        except ValueError as error:
            wrong = str(error)
        if not wrong:
            _echo(asker, q, value)
            return value
        asker.say(wrong, Tone.WRONG)
        prompt = replace(prompt, again=True, refused=reply if isinstance(reply, str) else "")


def _echo(asker: Asker, q: Q, value: Any) -> None:
    """Say which day was understood: "fredag" leaves room for doubt."""
    if value is not None and q.kind in (Kind.DATE, Kind.DATETIME):
        day = date_words(date.fromisoformat(value[:10]), weekday=True)
        clock = " " + _("kl. {time}").format(time=value[11:].replace(":", ".")) if len(value) > 10 else ""
        asker.say(f" = {day}{clock}")


def ask_text(
    asker: Asker,
    text: str,
    *,
    current: str = "",
    required: bool = True,
    why: str = "",
    check: Callable[[str], str | None] | None = None,
) -> str:
    """One line of text; empty only when not ``required``. ``check`` returns what is wrong, or None."""
    q = Q("text", text, required=required, check=(lambda value, _item: check(value)) if check else None)
    prompt = Prompt(text, current=current, required=required, why=why)
    return ask_value(asker, prompt, q, {}, date.min) or ""


def ask_date(asker: Asker, q: Q, today: date, *, current: str = "") -> str:
    """One date, as an ISO string; ``q`` says how to ask and which side of today is meant."""
    prompt = Prompt(q.text, q.kind, current=current, required=q.required, prefer=q.prefer, why=q.why, source=q.source)
    return ask_value(asker, prompt, q, {}, today) or ""


def ask_secret(asker: Asker, text: str, *, repeat: str = "", check: Callable[[str], str | None] | None = None) -> str:
    """A passphrase that does not show. With ``repeat`` (the second question) it is asked for twice."""
    while True:
        secret = asker.secret(text)
        wrong = _("Skriv något.") if not secret else check(secret) if check else None
        if not wrong and repeat and asker.secret(repeat) != secret:
            wrong = _("De två var inte lika. Försök igen.")
        if not wrong:
            return secret
        asker.say(wrong, Tone.WRONG)


def ask_choice(
    asker: Asker,
    text: str,
    choices: Sequence[Choice],
    *,
    current: str = "",
    required: bool = True,
    why: str = "",
) -> str:
    """The value of the alternative chosen; empty only when not ``required``."""
    prompt = Prompt(text, Kind.CHOICE, tuple(choices), current, required, why=why)
    while True:
        reply = asker.ask(prompt)
        if isinstance(reply, str) and (reply or not required):
            return reply
        prompt = replace(prompt, again=True)


def ask_yes_no(asker: Asker, text: str, *, default: bool | None = None, why: str = "") -> bool:
    """Yes or no. Enter takes the default, when there is one."""
    start = "" if default is None else _("ja") if default else _("nej")
    prompt = Prompt(text, Kind.YESNO, current=start, required=True, why=why)
    while True:
        try:
            return read_yes_no(str(asker.ask(prompt)))
        except ValueError as error:
            asker.say(str(error), Tone.WRONG)
            prompt = replace(prompt, again=True)


def ask_confirm_reference(asker: Asker, reference: str, text: str = "") -> bool:
    """Have the case's reference typed before something that cannot be undone. Empty means no."""
    question = text or _("Skriv ärendets beteckning {reference} för att bekräfta.").format(reference=reference)
    prompt = Prompt(question, required=True, why=_("Enter utan text avbryter."))
    while True:
        reply = asker.ask(prompt)
        typed = "" if reply is BACK or not isinstance(reply, str) else mend(reply)
        if typed.casefold() == reference.casefold() or not typed:
            return bool(typed)
        asker.say(_("Det är inte samma beteckning. Enter utan text avbryter."), Tone.WRONG)
        prompt = replace(prompt, again=True)
