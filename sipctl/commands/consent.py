"""``consent CASE``: give, narrow or withdraw."""

from sipctl.commands.common import (
    AnswersOption,
    CaseArgument,
    NoInputOption,
    PrintAnswersOption,
    ask_key,
    new_app,
    resolve_case,
)
from sipctl.language import _

app = new_app()


@app.command("consent", help=_("Skriv in att samtycke lämnas, begränsas eller tas tillbaka.\n\n"
                               "Exempel: sipctl consent 2026-0007"))  # fmt: skip
def consent(
    case: CaseArgument = "",
    answers: AnswersOption = "",
    print_answers: PrintAnswersOption = False,
    no_input: NoInputOption = False,
) -> None:
    """Withdrawal stops sharing, not the record."""
    from sipctl.commands.dialogue import answer
    from sipctl.tasks.desk import open_desk
    from sipctl.tasks.step import begin

    with open_desk(ask_key()) as desk:
        work = begin(desk, resolve_case(desk, case, no_input), "consent")
        answer(work, answers=answers, print_answers=print_answers, no_input=no_input)
