"""Book or move a meeting in a case by a row of a file, as step 3 does it in a dialogue."""

from __future__ import annotations

from typing import Any

from sipctl.errors import RuleNotMet, SipctlError, UsageFault
from sipctl.language import _
from sipctl.model.casefile import CaseFile
from sipctl.process.context import Context
from sipctl.process.form import Answers
from sipctl.process.questions.invite import REBOOK
from sipctl.process.steps import planned_meeting
from sipctl.tasks.desk import Desk
from sipctl.tasks.step import Work, carry_out, checked, from_file, opened
from sipctl.vocabulary.meetings import MeetingKind
from sipctl.vocabulary.steps import Step

_IN_A_ROW = ("starts_at", "form", "place", "minutes", "contact", "reply_by", "sent_on")
"""The questions of step 3 that a row of a file answers."""


def book(desk: Desk, case: CaseFile, answers: Answers, context: Context) -> bool:
    """Book in the case in memory, or move a meeting that letters have gone out to; False when it is so already.

    Raises ``UsageFault`` with what the row has wrong, and ``RuleNotMet``.
    """
    work = opened(desk, case, Step.INVITE, context)
    is_tracked = "change" in {q.key for q in work.form.questions}
    if is_tracked and _is_so(case, answers):
        return False
    given = from_file(work, answers | ({"change": REBOOK} if is_tracked else {}))
    for q in work.form.questions:  # the proposed day to answer by, which a dialogue would offer
        if q.key == "reply_by" and q.default and q.key not in given:
            given[q.key] = q.default(given, given)
    try:
        carry_out(work, case, checked(work.form, given))
    except UsageFault as problem:
        raise _in_words(work, problem, answers) from None
    return True


def _is_so(case: CaseFile, answers: Answers) -> bool:
    """Is the meeting booked already as the row has it? Then it is not moved, and the replies to it stand."""
    meeting: Any = planned_meeting(case, MeetingKind.SIP)
    now = {key: getattr(meeting, key) for key in ("form", "place", "minutes", "contact")}
    now["starts_at"] = meeting.starts_at.isoformat("T", "minutes")
    now["reply_by"] = meeting.reply_by.isoformat() if meeting.reply_by else None
    return all(now[key] == value for key, value in answers.items() if key in now)


def _in_words(work: Work, problem: UsageFault, answers: Answers) -> SipctlError:
    """The faults in the questions' own words; what no row can answer has to be asked in a dialogue."""
    texts = {q.key: f"”{q.text}”" for q in work.form.questions}
    beyond = [texts.get(fault.where, fault.where) for fault in problem.faults if fault.where not in _IN_A_ROW]
    if beyond and work.case:
        return RuleNotMet(
            _("Först behövs svar på {questions}.").format(questions=", ".join(beyond)),
            _("Gör det i dialogen: sipctl invite {ref}").format(ref=work.case.case.ref),
        )
    # A day to answer by that only follows from the other answers is not told of.
    in_row = [fault for fault in problem.faults if fault.where != "reply_by" or "reply_by" in answers]
    told = [(texts[fault.where], fault.what) for fault in in_row or problem.faults]
    return UsageFault(" ".join(what if what.startswith(where) else f"{where} {what}" for where, what in told))
