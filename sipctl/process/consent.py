"""Consent as rules: what may be given to whom. Sources: OSL 10:1 and 12:2, SoL, HSL, FB 6:13."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sipctl.vocabulary import Category, ConsentKind

if TYPE_CHECKING:
    from sipctl.model.casefile import CaseFile
    from sipctl.model.consent import Consent
    from sipctl.model.participant import Participant


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
    if participant is None:
        return frozenset(Category)
    consent = consent_in_force(case, ConsentKind.INFORMATION, on)
    if consent is None:
        return frozenset({Category.BASIC})
    scopes = [scope for scope in case.scopes if scope.consent_id == consent.id]
    own = [scope for scope in scopes if scope.participant_id == participant.id]
    general = [scope for scope in scopes if scope.participant_id is None]
    granted = {Category(value) for scope in own or general for value in scope.categories}
    return frozenset(granted | {Category.BASIC})
