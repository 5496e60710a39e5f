"""One step of one case: open the work, keep the draft, finish it.

Dialogue and answers file take the same path: validate → clean → apply → facts → save, in one
transaction, all or nothing.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from sipctl.errors import RuleNotMet, UsageFault
from sipctl.language import _
from sipctl.model.case import Draft
from sipctl.model.casefile import CaseFile
from sipctl.process import facts
from sipctl.process.context import Context
from sipctl.process.form import Answers, Form, Kind
from sipctl.process.form.answers import clean, items_of, normalise, validate
from sipctl.process.questions import module_of, new
from sipctl.process.steps import state
from sipctl.store import cases
from sipctl.tasks.desk import Desk
from sipctl.tasks.register import register
from sipctl.vocabulary.case import CaseState, OurRole
from sipctl.vocabulary.steps import Step


@dataclass
class Work:
    """A form being answered. ``case`` is None while a new case is registered."""

    desk: Desk
    name: str
    form: Form
    context: Context
    answers: Answers
    case: CaseFile | None = None
    called: bool = False
    notices: list[str] = field(default_factory=list)
    resumed: bool = False  # there was a draft to go on with

    @property
    def case_id(self) -> int:
        """Under which id the draft is kept."""
        return self.case.case.id if self.case else cases.NEW_CASE

    @property
    def taken(self) -> set[str]:
        """Item keys of earlier versions, never minted again."""
        if self.case is None:
            return set()
        rows: list[Any] = [*self.case.participants, *self.case.needs, *self.case.goals, *self.case.actions]
        return {row.key for row in rows}


def begin_new(desk: Desk, *, called: bool) -> Work:
    """Start registering a case, or go on where it was left."""
    context = desk.context()
    form = new.form(context, called=called)
    work = Work(desk, "called" if called else "new", form, context, {}, None, called)
    _resume(work, {})
    return work


def begin(desk: Desk, ref: str, name: str) -> Work:
    """Open ``name`` (a step, "consent", "edit", "reopen") of a case, with its draft or what is known.

    Raises ``NotFound`` for an unknown case and ``RuleNotMet`` when the case is not where that is possible.
    """
    work = opened(desk, cases.load(desk.store, ref, name), name)
    _resume(work, work.answers)
    return work


def opened(desk: Desk, case: CaseFile, name: str, context: Context | None = None) -> Work:
    """The form of a case in memory with what is known; its draft, if there is one, is left alone."""
    _refuse_out_of_place(case, name)
    context = context or desk.context(case.case.pack)
    module = module_of(name)
    form = module.form(case, context)
    return Work(desk, name, form, context, module.present(case, context) | _present_extras(case, form), case)


def keep(work: Work, answers: Answers) -> None:
    """Keep the answers so far; on disk when this returns."""
    work.answers = answers
    cases.save_draft(
        work.desk.store,
        Draft(
            case_id=work.case_id,
            step=work.name,
            form_version=work.form.version,
            pack=_pack(work.context),
            answers=answers,
            base_revision=work.case.case.revision if work.case else 0,
            saved_at=cases.now(),
        ),
    )


def from_file(work: Work, raw: Answers) -> Answers:
    """The answers of a file on top of what is known already; items of fixed groups keep their titles."""
    given = normalise(work.form, raw)
    return _merge(work.form, work.answers, given)


def finish(work: Work, answers: Answers) -> CaseFile:
    """Apply the answers to the case and save it; the draft ends with it.

    Raises ``UsageFault`` with every fault, ``RuleNotMet``, ``Busy``. Nothing is changed then.
    """
    held = work.answers = checked(work.form, answers)
    if work.case is None:
        return register(work.desk, held, work.context, called=work.called)
    # A fresh copy: if a rule says no halfway, what is in memory must not be half applied.
    case = cases.load(work.desk.store, work.case.case.ref, f"{work.name}.apply")
    if case.case.revision != work.case.case.revision:
        raise cases.changed_meanwhile(case.case.ref)
    carry_out(work, case, held)
    cases.save(work.desk.store, case, f"case.{work.name}", draft_step=work.name)
    return case


def checked(form: Form, answers: Answers) -> Answers:
    """The answers without what the form hides; raises ``UsageFault`` with every fault."""
    if faults := validate(form, answers):
        raise UsageFault(
            _("Svaren går inte att använda. Att rätta: {n}.").format(n=len(faults)),
            _("Rätta det som anges och kör kommandot igen. Inget är ändrat."),
            faults,
        )
    return clean(form, answers)


def carry_out(work: Work, case: CaseFile, held: Answers) -> None:
    """Write checked answers into the case in memory; it is not saved. May raise halfway through."""
    module_of(work.name).apply(case, held, work.context)
    _apply_extras(case, work, held)
    facts.refresh(case, work.context.guidance)


def _refuse_out_of_place(case: CaseFile, name: str) -> None:
    ref, closed = case.case.ref, state(case) == CaseState.CLOSED
    if name == "reopen" and not closed:
        raise RuleNotMet(_("Ärende {ref} är inte avslutat.").format(ref=ref), _("Fortsätt med sipctl guide."))
    if closed and name not in ("reopen", "edit"):
        raise RuleNotMet(
            _("Ärende {ref} är avslutat.").format(ref=ref),
            _("Öppna det igen med sipctl case reopen om något ska ändras."),
        )
    if case.case.our_role == OurRole.CALLED and name in (*Step,) and name != Step.CLOSE:
        raise RuleNotMet(
            _("Ärende {ref} sammankallas av en annan enhet.").format(ref=ref),
            _("Ändra vårt svar med sipctl case edit, eller avsluta med sipctl close."),
        )
    if name == Step.FOLLOWUP and case.plan is None:
        raise RuleNotMet(
            _("Det finns ingen upprättad plan att följa upp i ärende {ref}.").format(ref=ref),
            _("Upprätta planen i steget SIP-möte: sipctl meeting."),
        )
    if name in (Step.PLAN, Step.INVITE, Step.MEETING) and not case.assessments:
        raise RuleNotMet(_("Behovet är inte bedömt än i ärende {ref}.").format(ref=ref), _("Börja med sipctl assess."))


def _resume(work: Work, present: Answers) -> None:
    """Take up the draft: as it is, or laid over a case or a form that has changed since."""
    draft = cases.load_draft(work.desk.store, work.case_id, work.name)
    work.answers = present
    if draft is None:
        return
    work.resumed = True
    stale = work.case is not None and draft.base_revision != work.case.case.revision
    older = draft.form_version != work.form.version or draft.pack != _pack(work.context)
    kept: Answers = dict(draft.answers)
    if older:
        known = {q.key for q in work.form.questions}
        kept = {key: value for key, value in kept.items() if key in known}
        work.notices.append(_("Frågorna har ändrats sedan utkastet sparades; svar som fortfarande passar är kvar."))
    if stale:
        work.notices.append(_("Ärendet har ändrats sedan utkastet sparades. Gå igenom svaren i sammanfattningen."))
    work.answers = _merge(work.form, present, kept) if stale or older else kept


def _merge(form: Form, present: Answers, given: Answers) -> Answers:
    merged = present | given
    for q in form.questions:
        if q.kind == Kind.GROUP and q.fixed and q.key in given:
            merged[q.key] = _merge_fixed(items_of(present.get(q.key)), items_of(given[q.key]))
    return merged


def _merge_fixed(present: list[Answers], given: list[Answers]) -> list[Answers]:
    """The items as they are now, with the answers given for them; unknown ones are kept to be refused."""
    by_key = {item.get("key"): item for item in given}
    now = {item["key"] for item in present}
    rest = [item for item in given if item.get("key") not in now]
    return [item | by_key.get(item["key"], {}) for item in present] + rest


def _pack(context: Context) -> str:
    return f"{context.guidance.pack} {context.guidance.version}"


def _extra_questions(form: Form) -> list[Any]:
    return [q for q in form.questions if q.key.startswith("x-")]


def _present_extras(case: CaseFile, form: Form) -> Answers:
    stored = {row.key: row.value for row in case.extras if row.step == form.step}
    return {q.key: json.loads(stored[q.key]) for q in _extra_questions(form) if q.key in stored}


def _apply_extras(case: CaseFile, work: Work, answers: Answers) -> None:
    """Answers to the pack's own questions, with their Swedish wording: it goes into documents."""
    worded = {q.key: q.text for q in work.desk.guidance_of(case.case.pack).extras.get(work.name, ())}
    for q in _extra_questions(work.form):
        for row in [row for row in case.extras if (row.step, row.key) == (work.name, q.key)]:
            case.drop("extras", row)
        if answers.get(q.key) is not None:
            case.add(
                "extras",
                step=work.name,
                key=q.key,
                label_as_asked=worded.get(q.key, q.text),
                value=json.dumps(answers[q.key], ensure_ascii=False),
                pack=_pack(work.context),
            )
