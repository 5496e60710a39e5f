"""Consent as rules: what may be given to whom. Sources: OSL 10:1 and 12:2, SoL, HSL, FB 6:13."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sipctl.language import _
from sipctl.vocabulary.case import Route
from sipctl.vocabulary.consent import Category, ConsentKind, GuardianAnswer
from sipctl.vocabulary.documents import DocumentKind
from sipctl.vocabulary.people import ParticipantKind

if TYPE_CHECKING:
    from sipctl.model.casefile import CaseFile
    from sipctl.model.consent import Consent
    from sipctl.model.participant import Participant


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether something is possible; the reason when it is not, advice when it is."""

    possible: bool
    reason: str = ""
    advice: str = ""


def consent_in_force(case: CaseFile, kind: ConsentKind, on: date) -> Consent | None:
    """The latest consent of that kind that is given, not withdrawn and not run out on that day."""
    superseded = {consent.supersedes for consent in case.consents}
    valid = [
        consent
        for consent in case.consents
        if consent.kind == kind
        and consent.id not in superseded
        and consent.given
        and consent.given_on <= on
        and (consent.withdrawn_on is None or on < consent.withdrawn_on)
        and (consent.valid_to is None or on <= consent.valid_to)
    ]
    return max(valid, key=lambda consent: (consent.given_on, consent.id)) if valid else None


def allowed_categories(case: CaseFile, participant: Participant | None, on: date) -> frozenset[Category]:
    """What this recipient may know. ``BASIC`` always; the individual (None) may know everything.

    A scope that names the recipient wins over the scope for everyone; an empty one excludes them.
    """
    if participant is None or participant.kind == ParticipantKind.PERSON:
        return frozenset(Category)
    consent = consent_in_force(case, ConsentKind.INFORMATION, on)
    if consent is None:
        return frozenset({Category.BASIC})
    scopes = [scope for scope in case.scopes if scope.consent_id == consent.id]
    own = [scope for scope in scopes if scope.participant_id == participant.id]
    general = [scope for scope in scopes if scope.participant_id is None]
    granted = {Category(value) for scope in own or general for value in scope.categories}
    return frozenset(granted | {Category.BASIC})


def may_issue(case: CaseFile, kind: DocumentKind, recipient: Participant | None, on: date) -> Verdict:
    """May this document be made for this recipient (None: the individual) on that day?

    Withdrawal stops sharing, not the record: the individual's own papers, the closing notice and the
    forms remain. At discharge planning and kallelse are duties (2017:612, 4 kap.): never refused for
    lack of consent, but cut to what needs none.
    """
    to_self = recipient is None or recipient.kind == ParticipantKind.PERSON
    if to_self or kind in (DocumentKind.CONSENT, DocumentKind.PREPARATION, DocumentKind.CLOSURE):
        return Verdict(True)
    if recipient is not None and recipient.left_on is not None and kind != DocumentKind.PLAN:
        return Verdict(False, _("Mottagaren är inte längre med i ärendet."))
    if kind == DocumentKind.CALL:
        return may_call(case, on)
    if consent_in_force(case, ConsentKind.SIP, on) is None:
        return Verdict(False, _missing_consent(case, on))
    return Verdict(True)


def may_call(case: CaseFile, on: date) -> Verdict:
    """May units be called to a meeting? Needs consent to a SIP, but at discharge it is a duty."""
    if consent_in_force(case, ConsentKind.SIP, on) is None and case.case.route != Route.DISCHARGE:
        return Verdict(False, _missing_consent(case, on))
    if consent_in_force(case, ConsentKind.SIP, on) is None:
        return Verdict(
            True,
            advice=_("Samtycke saknas. Att kalla är en skyldighet: kallelsen görs, med så få uppgifter som möjligt."),
        )
    return Verdict(True)


def guardian_advice(case: CaseFile, on: date) -> list[str]:
    """What to think of when guardians do not agree or were not asked (FB 6:13)."""
    consent = consent_in_force(case, ConsentKind.SIP, on)
    rows = [row for row in case.guardians if consent and row.consent_id == consent.id]
    lines = []
    if any(row.answer == GuardianAnswer.REFUSES for row in rows):
        lines.append(
            _("En vårdnadshavare säger nej. Två vårdnadshavare bestämmer tillsammans: ta upp det innan ni går vidare.")
        )
    if any(row.answer == GuardianAnswer.NOT_ASKED for row in rows):
        lines.append(_("En vårdnadshavare är inte tillfrågad. Anteckna varför, och fråga om det går."))
    return lines


def remaining() -> list[str]:
    """What can still be done when the consent to a SIP is withdrawn."""
    return [
        _("Samtycke till SIP saknas: kallelse, inbjudan och plan kan inte lämnas ut."),
        _("Det här går fortfarande: ställ in mötet (sipctl invite), den enskildes egen kopia av planen, "
          "journalanteckning (sipctl document … journal) och avslut (sipctl close)."),
        _("Meddela dem som kallats att mötet är inställt, utan att ange skäl. "
          "Insatserna går vidare enligt sina egna beslut."),
    ]  # fmt: skip


def _missing_consent(case: CaseFile, on: date) -> str:
    withdrawn = any(
        c.kind == ConsentKind.SIP and c.withdrawn_on is not None and c.withdrawn_on <= on for c in case.consents
    )
    return _("Samtycket till SIP är tillbakataget.") if withdrawn else _("Den enskilde har inte samtyckt till en SIP.")
