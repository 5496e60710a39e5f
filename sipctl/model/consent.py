"""Consent: that a SIP is made, and that information is exchanged with whom about what."""

from datetime import date

from sqlmodel import SQLModel

from sipctl.model.columns import case_link, json_list, key_field, link, long_text, term
from sipctl.vocabulary.consent import Category, ConsentForm, ConsentGiver, ConsentKind, GuardianAnswer


class Consent(SQLModel, table=True):
    """One consent as given. Never edited: a narrowing supersedes it, a withdrawal is dated on it.

    ``cannot_*`` records who judged that the individual cannot take a stand, how, their known
    will and the legal ground relied on; sipctl decides nothing (domain: OSL 10:1, 12:2, 25:13).
    """

    id: int = key_field()
    case_id: int = case_link()
    kind: ConsentKind = term(ConsentKind)
    given: bool = True
    giver: ConsentGiver = term(ConsentGiver)
    form: ConsentForm = term(ConsentForm, default=ConsentForm.SPOKEN)
    given_on: date
    taken_by: str = ""
    adapted: bool | None = None
    told_withdrawal: bool | None = None
    valid_to: date | None = None
    limits: str = long_text()
    child_view: str = long_text()
    cannot_judged_by: str = ""
    cannot_how: str = long_text()
    cannot_known_will: str = long_text()
    cannot_ground: str = ""
    withdrawn_on: date | None = None
    withdrawn_by: str = ""
    withdrawn_from: str = long_text()
    already_given: str = long_text()
    supersedes: int | None = link("consent.id", nullable=True)


class ConsentScope(SQLModel, table=True):
    """One recipient and what they may know. A missing participant means everyone called."""

    __tablename__ = "consent_scope"

    id: int = key_field()
    case_id: int = case_link()
    consent_id: int = link("consent.id")
    participant_id: int | None = link("participant.id", nullable=True)
    categories: list[Category] = json_list()


class ConsentGuardian(SQLModel, table=True):
    """What each guardian said (FB 6:13)."""

    __tablename__ = "consent_guardian"

    id: int = key_field()
    case_id: int = case_link()
    consent_id: int = link("consent.id")
    participant_id: int = link("participant.id")
    answer: GuardianAnswer = term(GuardianAnswer)
    why: str = long_text()
