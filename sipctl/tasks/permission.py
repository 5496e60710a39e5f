"""May this document leave? Consent decides; what no machine can judge, a person confirms."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sipctl.documents import content
from sipctl.errors import RuleNotMet
from sipctl.language import _
from sipctl.model.casefile import CaseFile
from sipctl.process.consent import allowed_categories, consent_in_force, may_issue
from sipctl.tasks.orders import Order
from sipctl.vocabulary.consent import ConsentKind
from sipctl.vocabulary.documents import DocumentKind
from sipctl.vocabulary.people import Protection


def refuse_beyond_consent(case: CaseFile, order: Order, today: date) -> tuple[str, ...]:
    """Advice for this document; raises ``RuleNotMet`` when it must not be made."""
    verdict = may_issue(case, order.kind, order.recipient, today)
    if not verdict.possible:
        raise RuleNotMet(
            _("{kind} kan inte lämnas till {who}: {reason}").format(
                kind=order.kind.text.capitalize(), who=order.to, reason=verdict.reason
            ),
            _("Se samtycket med sipctl case show, eller ändra det med sipctl consent."),
        )
    if not order.to_individual and order.kind in (DocumentKind.PLAN, DocumentKind.FOLLOWUP):
        _refuse_uncovered(case, order, today)
    return (verdict.advice,) if verdict.advice else ()


def _refuse_uncovered(case: CaseFile, order: Order, today: date) -> None:
    needed = content.required_categories(order.kind, case, case.draft_plan or case.plan)
    lacking = sorted(category.text for category in needed - allowed_categories(case, order.recipient, today))
    if lacking:
        raise RuleNotMet(
            _("{kind} kan inte lämnas till {who}: samtycket omfattar inte {what}.").format(
                kind=order.kind.text.capitalize(), who=order.to, what=", ".join(lacking)
            ),
            _("Ändra samtycket med sipctl consent, om den enskilde vill det."),
        )


def cautions(case: CaseFile, wanted: Sequence[Order], today: date) -> list[str]:
    """What a person must confirm before these leave: protected data, and limits no machine can keep."""
    if all(order.to_individual for order in wanted):
        return []
    lines = _limits(case, today)
    if is_protected(case):
        lines.append(_("Någon i ärendet har skyddade personuppgifter. Läs igenom dokumentet innan det lämnas."))
    return sorted(lines)


def is_protected(case: CaseFile) -> bool:
    """Does anybody in the case have protected personal data? Then each letter is handled singly."""
    protections = [case.person.protection, *(person.protection for person in case.participants)]
    return any(protection != Protection.NONE for protection in protections)


def _limits(case: CaseFile, today: date) -> list[str]:
    """Limits in free text cannot be kept by a machine: they are shown, and a person confirms."""
    consent = consent_in_force(case, ConsentKind.INFORMATION, today)
    if consent is None or not consent.limits:
        return []
    return [_("Samtycket omfattar INTE: {limits}").format(limits=consent.limits)]
