"""The plan: a version of the document, its needs, goals and insatser.

A new version copies the rows of the one before and keeps their ``key`` ("B1", "M2", "I5"; never
reused within a case): the key is identity across versions.
"""

from datetime import date

from sqlalchemy import Index, text
from sqlmodel import SQLModel

from sipctl.model.columns import case_link, key_field, link, long_text, term
from sipctl.vocabulary.plans import Performer, PlanKind
from sipctl.vocabulary.units import Huvudman


class Plan(SQLModel, table=True):
    """One version of the plan. Once established it is never changed (triggers refuse)."""

    __table_args__ = (Index("ix_plan_one_draft", "case_id", unique=True, sqlite_where=text("kind = 'draft'")),)

    id: int = key_field()
    case_id: int = case_link()
    number: int
    kind: PlanKind = term(PlanKind)
    based_on: int | None = link("plan.id", nullable=True)
    meeting_id: int | None = link("meeting.id", nullable=True)
    established_on: date | None = None
    responsible_huvudman: Huvudman | None = term(Huvudman, nullable=True)
    responsible_participant: int | None = link("participant.id", nullable=True)
    responsible_person: str = ""
    others_none: bool = False
    situation: str = long_text()
    purpose: str = long_text()
    matters: str = long_text()
    long_goal: str = long_text()
    crisis: str = long_text()
    oral_health: str = long_text()
    comment: str = long_text()
    copies_to: str = long_text()
    followup_on: date | None = None
    followup_by: str = ""
    changed_why: str = long_text()


class Need(SQLModel, table=True):
    """A need, in the words of the meeting."""

    id: int = key_field()
    case_id: int = case_link()
    plan_id: int = link("plan.id", index=True)
    key: str
    position: int
    text: str = long_text()


class Goal(SQLModel, table=True):
    """A goal under a need: in own words, and in professional words when they help."""

    id: int = key_field()
    case_id: int = case_link()
    plan_id: int = link("plan.id", index=True)
    need_key: str
    key: str
    position: int
    own_words: str = long_text()
    text: str = long_text()


class Action(SQLModel, table=True):
    """An insats: what, who answers for it, from when, how often and until when."""

    id: int = key_field()
    case_id: int = case_link()
    plan_id: int = link("plan.id", index=True)
    goal_key: str
    key: str
    position: int
    text: str = long_text()
    performer: Performer = term(Performer)
    participant_id: int | None = link("participant.id", nullable=True)
    responsible: str = ""
    start: str = ""
    frequency: str = ""
    due: date | None = None
