"""``case reopen``: a reason and a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sipctl.language import _
from sipctl.process.context import Context
from sipctl.process.form import Answers, Form, Kind, Prefer, Q
from sipctl.process.questions.parts import not_after, today_of
from sipctl.vocabulary.case import CaseState

if TYPE_CHECKING:
    from sipctl.model.casefile import CaseFile

VERSION = 1


def form(case: CaseFile, context: Context) -> Form:
    """When and why."""
    return Form(
        "reopen",
        _("Återöppna ärendet"),
        VERSION,
        (
            Q("on_date", _("Från vilken dag?"), Kind.DATE, required=True, prefer=Prefer.PAST,
              default=today_of(context), check=not_after(context.today)),
            Q("reason", _("Varför öppnas ärendet igen?"), Kind.LONG, required=True),
        ),
    )  # fmt: skip


def present(case: CaseFile, context: Context) -> Answers:
    """Reopening is an event: it always starts afresh."""
    return {}


def apply(case: CaseFile, answers: Answers, context: Context) -> None:
    """Write the event."""
    case.add("statuses", on_date=answers["on_date"], kind=CaseState.REOPENED, reason=answers["reason"])
