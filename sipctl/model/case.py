"""The case: the SIP process for one person, with its status events and drafts."""

from datetime import date, datetime

from sqlalchemy import Column, Index, Integer, String, text
from sqlmodel import Field, SQLModel

from sipctl.model.columns import case_link, json_dict, key_field, link, long_text, term
from sipctl.vocabulary.case import CaseState, CloseReason, OurRole, Route, TargetGroup
from sipctl.vocabulary.meetings import Answer
from sipctl.vocabulary.steps import Step


class Case(SQLModel, table=True):
    """One SIP process. ``ref`` is ours (``2026-0007``); ``sip_number`` is the convener's.

    ``step`` is what ``process.steps.next_step`` says, written with the facts at every save so that
    lists need not load whole cases.
    """

    __table_args__ = (Index("ix_case_open", "ref", sqlite_where=text("step <> 'done'")),)

    id: int = key_field()
    ref: str = Field(sa_column=Column(String, nullable=False, unique=True))
    person_id: int = link("person.id", index=True)
    our_role: OurRole = term(OurRole, default=OurRole.CONVENING)
    sip_number: str = Field(default="", index=True)
    route: Route = term(Route)
    target_group: TargetGroup | None = term(TargetGroup, nullable=True)
    convener_unit: str = ""
    coordinator: str = ""
    kommun: str = ""
    pack: str = "standard"
    pack_version: str = ""
    demo: bool = False
    opened_on: date
    step: str = "assess"
    revision: int = Field(default=0)


class Status(SQLModel, table=True):
    """A dated status event. Append-only: a case's state is its latest event."""

    id: int = key_field()
    case_id: int = case_link()
    on_date: date
    kind: CaseState = term(CaseState)
    close_reason: CloseReason | None = term(CloseReason, nullable=True)
    reason: str = long_text()
    goal_outcome: str = long_text()
    decided_by: str = ""
    told: str = long_text()
    replaced_by: str = ""


class Draft(SQLModel, table=True):
    """Answers of a step that is not finished yet; gone when the step is applied to the case."""

    case_id: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    step: str = Field(primary_key=True)
    form_version: int
    pack: str = ""
    answers: dict[str, object] = json_dict()
    base_revision: int = 0
    saved_at: datetime


class CallReceived(SQLModel, table=True):
    """A kallelse that came to us: who convenes, and what we answered."""

    __tablename__ = "call_received"

    id: int = key_field()
    case_id: int = case_link()
    received_on: date
    sender_unit: str
    sender_contact: str = ""
    reply_by: date | None = None
    answer: Answer = term(Answer, default=Answer.NONE)
    answered_on: date | None = None
    substitute: str = ""
    passed_to: str = ""
    note: str = long_text()


class Filed(SQLModel, table=True):
    """That something of weight was filed in the unit's own journal or personakt."""

    id: int = key_field()
    case_id: int = case_link()
    what: str
    system: str
    reference: str = ""
    on_date: date
    by: str = ""


class Extra(SQLModel, table=True):
    """An answer to a question that a region pack added, with the wording as it was asked."""

    id: int = key_field()
    case_id: int = case_link()
    step: Step = term(Step)
    key: str
    label_as_asked: str
    value: str = long_text()
    pack: str
