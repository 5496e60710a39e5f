"""The steps of one case: each asks, or reads an answers file, and says what comes next. (``invite`` can do more.)"""

from typing import Any

from sipctl.commands.common import (
    AnswersOption,
    CaseArgument,
    NoInputOption,
    PrintAnswersOption,
    YesOption,
    ask_key,
    new_app,
    resolve_case,
)
from sipctl.language import _
from sipctl.vocabulary.steps import Step

app = new_app()


def _step(step: str, case: str, answers: str, print_answers: bool, no_input: bool, yes: bool) -> None:
    from sipctl.commands.dialogue import answer
    from sipctl.tasks.desk import open_desk
    from sipctl.tasks.step import begin

    with open_desk(ask_key()) as desk:
        work = begin(desk, resolve_case(desk, case, no_input), step)
        answer(work, answers=answers, print_answers=print_answers, no_input=no_input, yes=yes)


def _example(name: str) -> str:
    return _("Exempel: sipctl {name} 2026-0007").format(name=name)


def _command(step: Step, help_text: str) -> None:
    """Register one step as a command; they differ in name and help only."""

    def command(
        case: CaseArgument = "",
        answers: AnswersOption = "",
        print_answers: PrintAnswersOption = False,
        no_input: NoInputOption = False,
        yes: YesOption = False,
    ) -> None:
        _step(step.value, case, answers, print_answers, no_input, yes)

    decorated: Any = app.command(step.value, help=f"{help_text}\n\n{_example(step.value)}")
    decorated(command)


_command(Step.ASSESS, _("Steg 1: bedöm om en SIP behövs, erbjud den och skriv in samtycket till att den görs."))
_command(Step.PLAN, _("Steg 2: vad är viktigt, vilka ska vara med, vad får de veta. Ger ett utkast till plan."))
_command(Step.MEETING, _("Steg 4: vilka kom, vad bestämdes. Planen upprättas när lagens fyra delar finns."))
_command(Step.FOLLOWUP, _("Steg 5: hur har det gått med mål och insatser, och hur går ni vidare."))
_command(Step.CLOSE, _("Steg 6: avsluta ärendet med orsak och resultat."))
