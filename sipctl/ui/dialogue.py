"""The guided dialogue of a step: the next question, the summary, and the way out.

The dialogue edits the answers file: each reply goes into the same dict that ``--answers`` reads
and is saved before the next question comes, so that nothing is lost whatever happens.
"""

from collections.abc import Callable, Iterable
from copy import deepcopy
from datetime import date
from pathlib import Path

from sipctl.language import _
from sipctl.process.form import Answers, Choice, Form, Kind
from sipctl.process.form.answers import (
    Place,
    Visible,
    clean,
    dotted,
    first_unanswered,
    is_unanswered,
    items_of,
    progress,
    validate,
    walk,
)
from sipctl.ui.asker import BACK, Asker, Tone
from sipctl.ui.sections import change_one, section, visit
from sipctl.ui.single import ask_yes_no
from sipctl.ui.talk import Talk

_DONE, _CHANGE, _MORE, _PAUSE = "done", "change", "more", "pause"
_SUMMARY_LIMIT = 300
_FEW = 8  # more voluntary questions than this are chosen from a list


class Paused(Exception):
    """The user saved the draft and stopped here. ``answers`` is the draft."""

    def __init__(self, answers: Answers) -> None:
        super().__init__()
        self.answers = answers


def run(
    form: Form,
    answers: Answers,
    asker: Asker,
    save: Callable[[Answers], None],
    today: date,
    open_editor_folder: Path | None = None,
    *,
    taken: Iterable[str] = (),
    resumed: bool = True,
    refused: bool = False,
) -> Answers:
    """Ask until the step is done: the answers, valid and complete, with hidden ones still in.

    ``save`` is called with the live answers after every reply. ``taken`` are item keys of earlier
    versions, never to be minted again. Not ``resumed``: what is answered comes from the case, not from
    a draft. ``refused``: a rule has just said no, so it begins with the summary. Raises ``Paused`` when
    the user stops with a draft, ``Interrupted`` at Ctrl-C.
    """
    talk = Talk(form, deepcopy(answers), asker, save, today, open_editor_folder, set(taken))
    talk.revisit = _revisited(talk, resumed)
    if not refused:
        _open(talk, resumed)
    offer = not refused
    while True:
        if section(talk, ()) is BACK:
            talk.say(_("Det här är den första frågan."))
            continue
        if offer and _untaken(talk) and not form.hurried(talk.answers):
            if ask_yes_no(asker, _("Vill du svara på fler frågor? (valfritt)"), default=False):
                _offered(talk)
            offer = False
            continue
        if _finish(talk):
            return talk.answers


def _open(talk: Talk, resumed: bool) -> None:
    talk.say(talk.form.title, Tone.TITLE)
    if talk.form.intro:
        talk.say(talk.form.intro)
    answered, total = progress(talk.form, talk.answers)
    if answered and resumed:
        talk.say(
            _("Du fortsätter där du var: {answered} av {total} är besvarade.").format(answered=answered, total=total)
        )
    elif answered:
        talk.say(_("{answered} av {total} är redan ifyllda.").format(answered=answered, total=total))
    talk.say(talk.asker.keys(), Tone.QUIET)


def _revisited(talk: Talk, resumed: bool) -> set[str]:
    """The questions to ask although they are answered: not those that a resumed dialogue has passed."""
    first = first_unanswered(talk.form, talk.answers)
    keys = [q.key for q in talk.form.questions]
    reached = (keys.index(first.path[0]) if first else len(keys)) if resumed else -1
    return {key for key in talk.form.revisit if keys.index(key) > reached and key in talk.answers}


def _untaken(talk: Talk, under: Place = ()) -> Visible | None:
    """The next voluntary question nobody has replied to."""
    return first_unanswered(talk.form, talk.answers, offered=True, under=under)


def _offered(talk: Talk) -> None:
    """The voluntary questions: one by one when they are few, else the ones chosen from a list."""
    if sum(is_unanswered(v, offered=True) for v in walk(talk.form, talk.answers)) <= _FEW:
        _one_by_one(talk, ())
        return
    while parts := _parts(talk):
        places = list(parts)
        choices = [Choice(str(n), parts[place]) for n, place in enumerate(places)]
        reply = talk.pick(_("Vad vill du fylla i?"), [*choices, Choice(_DONE, _("Inget mer"))], back=False)
        if not isinstance(reply, str) or reply == _DONE:
            return
        _one_by_one(talk, places[int(reply)])


def _parts(talk: Talk) -> dict[Place, str]:
    """Where voluntary questions wait: an item with all its own, or a single question, by name."""
    parts: dict[Place, str] = {}
    for v in walk(talk.form, talk.answers):
        if is_unanswered(v, offered=True):
            within = v.path[:-1]
            parts.setdefault(within or v.path, ", ".join(talk.item_names(within)) if within else v.q.text)
    return parts


def _one_by_one(talk: Talk, under: Place) -> None:
    """The voluntary questions below a place; back goes to the one before, or out."""
    asked: list[Place] = []
    again: Visible | None = None
    while unit := again or _untaken(talk, under):
        again = None
        if visit(talk, unit) is not BACK:
            asked.append(unit.path)
        elif asked:
            again = talk.visible_at(asked.pop())
        else:
            return


def _finish(talk: Talk) -> bool:
    """The summary and what to do with it. True when the step is done."""
    _show_summary(talk)
    reply = talk.pick(_("Stämmer det här?"), _ways_out(talk), _DONE, back=False)
    if reply == _PAUSE:
        talk.save(talk.answers)
        raise Paused(talk.answers)
    if reply == _DONE:
        return _holds(talk)
    if reply == _MORE:
        _offered(talk)
    elif reply == _CHANGE:
        change_one(talk)
    return False


def _ways_out(talk: Talk) -> list[Choice]:
    more = [Choice(_MORE, _("Svara på fler frågor (valfritt)"))] if _untaken(talk) else []
    return [
        Choice(_DONE, _("Klart – spara och avsluta steget")),
        Choice(_CHANGE, _("Ändra ett svar")),
        *more,
        Choice(_PAUSE, _("Spara utkast och sluta här")),
    ]


def _holds(talk: Talk) -> bool:
    """Whether the answers are valid; otherwise say what is wrong and go to the first place."""
    faults = validate(talk.form, clean(talk.form, talk.answers))
    if not faults:
        return True
    talk.say(_("Det här behöver rättas först:"), Tone.WRONG)
    for fault in faults:
        talk.say("  " + fault.what)
    shown = {dotted(v.path): v for v in walk(talk.form, talk.answers)}
    first = next((shown[f.where] for f in faults if f.where in shown), None)
    if first is not None:
        visit(talk, first)
    return False


def _show_summary(talk: Talk) -> None:
    talk.say(_("Sammanfattning"), Tone.TITLE)
    within: Place = ()
    for v in walk(talk.form, talk.answers):
        if v.q.kind is Kind.GROUP and items_of(v.item.get(v.q.key)):
            continue  # its items follow, each under a heading
        if v.q.offered and v.q.key not in v.item:
            continue
        if v.path[:-1] != within:
            within = v.path[:-1]
            talk.say(", ".join(talk.item_names(within)), Tone.TITLE)
        talk.say(v.q.text)
        answer = talk.answer_of(v, _SUMMARY_LIMIT)
        talk.say(f"  {answer}")
