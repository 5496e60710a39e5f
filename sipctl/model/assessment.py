"""Step 1: the assessment of need, the preparation with the individual, and the discharge chain."""

from datetime import date

from pydantic import NaiveDatetime
from sqlmodel import SQLModel

from sipctl.model.columns import case_link, json_list, key_field, long_text, term
from sipctl.vocabulary.case import AskedBy, Offer


class Assessment(SQLModel, table=True):
    """Is a SIP needed, who saw it, was it offered and what was the answer."""

    id: int = key_field()
    case_id: int = case_link()
    on_date: date
    noticed_by: str = ""
    asked_by: AskedBy = term(AskedBy, default=AskedBy.OWN_UNIT)
    needs_kommun: bool | None = None
    needs_region: bool | None = None
    criteria: list[str] = json_list()
    decision: bool | None = None
    reason: str = long_text()
    offer: Offer = term(Offer, default=Offer.NOT_YET)
    offered_on: date | None = None
    decline_reason: str = long_text()
    existing_plans: str = long_text()


class Preparation(SQLModel, table=True):
    """Vad är viktigt för dig? The individual's own words before the meeting."""

    id: int = key_field()
    case_id: int = case_link()
    on_date: date | None = None
    works_well: str = long_text()
    hard: str = long_text()
    matters: str = long_text()
    wishes: str = long_text()
    shall_come: str = long_text()
    shall_not_come: str = long_text()
    not_talk_about: str = long_text()
    where_when: str = long_text()
    support: str = long_text()
    who_begins: str = ""
    purpose: str = long_text()
    questions: list[str] = json_list()
    situation: str = long_text()


class Discharge(SQLModel, table=True):
    """The discharge chain (2017:612). A notice may be withdrawn and given anew: latest row counts."""

    id: int = key_field()
    case_id: int = case_link()
    admitted_on: date | None = None
    ward: str = ""
    expected_on: date | None = None
    ready_at: NaiveDatetime | None = None
    ready_withdrawn_at: NaiveDatetime | None = None
    home_on: date | None = None
    discharged_on: date | None = None
    fast_contact: str = ""
