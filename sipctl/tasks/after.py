"""What a finished step leads to: what to think of, which letters to make, which command is next."""

from __future__ import annotations

from sipctl.language import _
from sipctl.model.casefile import CaseFile
from sipctl.process import consent as consent_rules
from sipctl.process.questions.consent import NARROW
from sipctl.process.questions.invite import CANCEL, REBOOK, unsent
from sipctl.process.review import warnings
from sipctl.process.steps import next_step, planned_meeting, state
from sipctl.tasks.step import Work
from sipctl.vocabulary.case import CaseState
from sipctl.vocabulary.consent import ConsentKind
from sipctl.vocabulary.documents import DocumentKind
from sipctl.vocabulary.meetings import Answer
from sipctl.vocabulary.steps import CALLED, DONE, Step


def advice(work: Work, case: CaseFile) -> list[str]:
    """One line each, with its source; never more than the law and the pack say."""
    lines = []
    if work.name == Step.MEETING and (plan := case.plan or case.draft_plan):
        for item in warnings(case, plan, work.context.today, work.context.guidance):
            lines.append(_("Tänk på: {text}").format(text=item.text) + (f" ({item.source})" if item.source else ""))
    if work.name == Step.INVITE and not letters_due(work, case):
        lines += [_new_recipient(case, row.participant_id) for row in unsent(case)]
    if work.name in (Step.ASSESS, "consent"):
        notes = consent_rules.guardian_advice(case, work.context.today)
        lines += [_("Tänk på: {text}").format(text=text) for text in notes]
    if work.name == "consent" and case.draft_plan and work.answers.get("what") == NARROW:
        lines.append(_("Tänk på: gå igenom utkastet till plan, så att det håller sig inom det nya samtycket."))
    if work.name == "consent" and not consent_rules.consent_in_force(case, ConsentKind.SIP, work.context.today):
        lines += consent_rules.remaining()
    return lines


def _new_recipient(case: CaseFile, participant_id: int) -> str:
    person = case.participant(participant_id)
    key, name = (person.key, person.unit_name) if person else ("", "")
    return _(
        "Ny mottagare: {name}. Se över samtycket (sipctl consent), och gör sedan kallelsen: "
        "sipctl document {ref} call --to {key}"
    ).format(name=name, ref=case.case.ref, key=key)


def letters_due(work: Work, case: CaseFile) -> bool:
    """Letters are made when the meeting has been called or changed, not when answers are noted."""
    if work.name != Step.INVITE or planned_meeting(case) is None:
        return False
    return work.answers.get("change") in (None, REBOOK)


def is_called_off(work: Work) -> bool:
    """Was the meeting just called off?"""
    return work.name == Step.INVITE and work.answers.get("change") == CANCEL


_PAPERS: dict[str, tuple[DocumentKind, ...]] = {
    Step.ASSESS: (DocumentKind.PREPARATION,),
    Step.MEETING: (DocumentKind.PLAN,),
    Step.FOLLOWUP: (DocumentKind.FOLLOWUP,),
    Step.CLOSE: (DocumentKind.CLOSURE,),
}


def papers(work: Work, case: CaseFile) -> list[str]:
    """The commands that make what the finished step usually ends in on paper."""
    agreed = consent_rules.consent_in_force(case, ConsentKind.SIP, work.context.today)
    if (work.name == Step.ASSESS and not agreed) or (work.name == Step.MEETING and case.plan is None):
        return []
    return [f"sipctl document {case.case.ref} {kind.value}" for kind in _PAPERS.get(work.name, ())]


def following(case: CaseFile) -> str:
    """The command that goes on with the case; empty when it is closed."""
    step = next_step(case)
    if step == DONE:
        return ""
    if state(case) == CaseState.RESTING:
        return f"sipctl case edit {case.case.ref}"
    return f"sipctl {_when_called(case) if step == CALLED else step} {case.case.ref}"


def _when_called(case: CaseFile) -> str:
    """Answer, then say what became of the meeting, then close."""
    unanswered = any(row.answer == Answer.NONE for row in case.calls_received)
    return "case edit" if unanswered or planned_meeting(case) else "close"
