"""What a document says: the case as plain data for the template, cut to what its recipient may know.

``build`` fills in everything, ``redaction`` takes away by one rule for all documents, ``lines``
writes what is composed from what is left. Wording stands in templates and region packs, not here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from sipctl.documents import content_letters, content_plan
from sipctl.documents.fields import TEXTS, groups
from sipctl.documents.lines import compose
from sipctl.documents.redaction import View, needed, redact
from sipctl.process.guidance import Guidance
from sipctl.settings import Settings
from sipctl.vocabulary.case import TargetGroup
from sipctl.vocabulary.consent import Category
from sipctl.vocabulary.documents import DocumentKind
from sipctl.vocabulary.people import ParticipantKind, Protection
from sipctl.vocabulary.units import Huvudman

if TYPE_CHECKING:
    from sipctl.model.casefile import CaseFile
    from sipctl.model.followup import Followup
    from sipctl.model.meeting import Meeting
    from sipctl.model.participant import Participant
    from sipctl.model.plan import Plan


@dataclass(frozen=True, slots=True)
class Issue:
    """One document to one recipient. ``recipient`` None is the individual; ``allowed`` comes from
    ``process.consent.allowed_categories``; ``name_person`` is whether the way of sending is protected."""

    recipient: Participant | None
    today: date
    settings: Settings
    guidance: Guidance
    allowed: frozenset[Category]
    meeting: Meeting | None = None
    plan: Plan | None = None
    followup: Followup | None = None
    name_person: bool = True


def build(kind: DocumentKind, case: CaseFile, issue: Issue) -> dict[str, Any]:
    """The data a template of that kind renders: plain JSON values, dates as ISO strings.

    Every name of ``fields.KNOWN`` is there. What this recipient may not know, and what this kind of
    document has no use for, is None (lists: empty), just as what was never given.
    """
    seen = redact(_full(kind, case, issue), _view(kind, case, issue))
    return {"text": _texts(issue.guidance), **compose(seen)}


def required_categories(kind: DocumentKind, case: CaseFile, plan: Plan | None) -> frozenset[Category]:
    """What a recipient must be allowed in order to get this document whole."""
    issue = Issue(
        recipient=None,
        today=date.max,
        settings=Settings(),
        guidance=_NO_GUIDANCE,
        allowed=frozenset(Category),
        meeting=case.meetings[-1] if case.meetings else None,
        plan=plan,
        followup=case.followups[-1] if case.followups else None,
    )
    return needed(_full(kind, case, issue), _view(kind, case, issue))


def _full(kind: DocumentKind, case: CaseFile, issue: Issue) -> dict[str, Any]:
    parts: dict[str, Callable[[], Any]] = {
        "document": lambda: content_letters.document(kind, issue),
        "sip": lambda: content_letters.sip(case, issue),
        "sender": lambda: content_letters.sender(case, issue),
        "recipient": lambda: content_letters.recipient(case, issue),
        "person": lambda: content_letters.person(case, issue),
        "meeting": lambda: content_letters.meeting(case, issue),
        "others": lambda: content_letters.others(case, issue),
        "consent": lambda: content_letters.consent(case, issue),
        "discharge": lambda: content_letters.discharge(case, issue),
        "preparation": lambda: content_plan.preparation(case),
        "plan": lambda: content_plan.plan(kind, case, issue),
        "followup": lambda: content_plan.followup(case, issue),
        "closure": lambda: content_plan.closure(case),
        "extras": lambda: content_plan.extras(kind, case),
    }
    return {name: parts[name]() for name in groups(kind)}


def _view(kind: DocumentKind, case: CaseFile, issue: Issue) -> View:
    return View(
        kind=kind,
        allowed=issue.allowed,
        individual=to_individual(issue),
        duty=in_duty(issue.recipient),
        protected_other=_somebody_else_protected(case, issue),
        sensitive=_sensitive(case),
        hide=None if issue.name_person else content_letters.hidden_names(case),
    )


def to_individual(issue: Issue) -> bool:
    """Is the recipient the person whose plan it is?"""
    return issue.recipient is None or issue.recipient.kind == ParticipantKind.PERSON


def in_duty(recipient: Participant | None) -> bool:
    """Is the recipient a unit of kommun or region, which the law binds to come?"""
    return (
        recipient is not None
        and recipient.kind == ParticipantKind.UNIT
        and recipient.huvudman in (Huvudman.KOMMUN, Huvudman.REGION)
    )


def _somebody_else_protected(case: CaseFile, issue: Issue) -> bool:
    """Those who have left count too: a protected guardian is no less in danger for not coming."""
    if case.person.protection != Protection.NONE and not to_individual(issue):
        return True
    own = issue.recipient.id if issue.recipient else None
    return any(
        p.protection != Protection.NONE and p.id != own and p.kind != ParticipantKind.PERSON for p in case.participants
    )


def _sensitive(case: CaseFile) -> frozenset[Category]:
    """Where the whole case is about addiction, so is its free text."""
    about_addiction = case.case.target_group == TargetGroup.ADDICTION
    return frozenset({Category.ADDICTION}) if about_addiction else frozenset()


def _texts(guidance: Guidance) -> dict[str, str]:
    return {**TEXTS, **guidance.texts}


_NO_GUIDANCE = Guidance("", "", "", "", {}, (), (), {}, {}, {})
