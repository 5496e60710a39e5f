"""From a form to a finished step: by dialogue, by answers file, or as a skeleton on stdout."""

from typing import Any

from sipctl.commands.common import asker, can_ask
from sipctl.errors import Fault, RuleNotMet, SipctlError, UsageFault
from sipctl.language import _
from sipctl.tasks.step import Work, finish, from_file, keep
from sipctl.ui import show


def answer(
    work: Work,
    *,
    answers: str = "",
    print_answers: bool = False,
    no_input: bool = False,
    yes: bool = False,
    letters: bool = True,
) -> Any:
    """Answer the form by the way the options choose. Returns the saved case, or None.

    Without ``letters`` a meeting is only booked: its letters are made later, with those of other meetings.
    """
    if print_answers:
        from sipctl.process.form.answers import skeleton

        show.exact(skeleton(work.form, work.answers))
        return None
    if answers:
        from sipctl.tasks.answers import read_section

        case = finish(work, from_file(work, read_section(answers, work.name)))
        after(work, case, interactive=False, yes=yes, letters=letters)
        return case
    if not can_ask(no_input):
        raise UsageFault(
            _("Här finns ingen terminal att fråga i."),
            _("Ge svaren i en fil med --answers FIL; --print-answers visar vad den ska innehålla."),
        )
    return _by_dialogue(work, yes=yes, letters=letters)


def _by_dialogue(work: Work, *, yes: bool, letters: bool) -> Any:
    from sipctl.ui.dialogue import Paused, run

    for notice in work.notices:
        show.note(notice)
    given, speaker, refused = work.answers, asker(), False
    while True:
        try:
            given = run(
                work.form,
                given,
                speaker,
                lambda current: keep(work, current),
                work.context.today,
                work.desk.home.work,
                taken=work.taken,
                resumed=work.resumed or refused,
                refused=refused,
            )
            case = finish(work, given)
            break
        except Paused:
            show.note(_("Utkastet är sparat. Fortsätt när du vill med samma kommando."))
            return None
        except (RuleNotMet, UsageFault) as problem:
            refused = True
            show.error(_in_words(work, problem))
            show.note(_("Dina svar är sparade. Du kan ändra dem i sammanfattningen nedan."))
    after(work, case, interactive=True, yes=yes, letters=letters)
    return case


def _in_words(work: Work, problem: SipctlError) -> SipctlError:
    """The problem with the questions' own words for where: keys are for those who write files."""
    texts = {q.key: f"”{q.text}”" for q in work.form.questions}
    faults = [Fault(texts.get(fault.where, fault.where), fault.what) for fault in problem.faults]
    return type(problem)(problem.what, problem.remedy, faults)


def after(work: Work, case: Any, *, interactive: bool, yes: bool, letters: bool = True) -> None:
    """What a finished step leads to: advice, documents, and the next command."""
    from sipctl.tasks.after import advice, following, is_called_off, letters_due, papers

    ref = case.case.ref
    show.say(_done(work).format(title=work.form.title, ref=ref))
    for line in advice(work, case):
        show.note(line)
    if letters and letters_due(work, case):
        from sipctl.commands.document import make_letters

        make_letters(work.desk, ref, interactive=interactive, yes=yes)
    elif letters_due(work, case):
        show.note(_("Mötet är bokat. Gör breven senare, med alla andra: sipctl invite --all"))
    if is_called_off(work):
        _tell_cancellations(work.desk, case)
    for command in papers(work, case):
        show.say(_("På papper: {command}").format(command=command))
    if command := following(case):
        show.say(_("Nästa: {command}").format(command=command))


def _tell_cancellations(desk: Any, case: Any) -> None:
    from sipctl.tasks.calendars import write_cancellations

    if paths := write_cancellations(desk, case):
        show.say(_("Kalenderfiler som ställer in mötet, att skicka till dem som kallats:"))
        for path in paths:
            show.exact(f"  {path}")


def _done(work: Work) -> str:
    return _("Klart: {title} (ärende {ref}).") if work.case else _("Ärende {ref} är registrerat.")
