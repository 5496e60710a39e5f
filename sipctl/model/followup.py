"""Follow-ups and the outcome per goal and insats."""

from datetime import date

from sqlmodel import SQLModel

from sipctl.model.columns import case_link, key_field, link, long_text, term
from sipctl.vocabulary.plans import ActionResult, FollowupDecision, GoalResult, Next


class Followup(SQLModel, table=True):
    """A held follow-up. ``first_agreed`` is the date as first agreed; rebooking moves nothing."""

    id: int = key_field()
    case_id: int = case_link()
    plan_id: int = link("plan.id")
    meeting_id: int | None = link("meeting.id", nullable=True)
    held_on: date
    first_agreed: date | None = None
    present: str = long_text()
    consent_valid: bool | None = None
    own_words: str = long_text()
    decision: FollowupDecision = term(FollowupDecision)
    next_on: date | None = None


class Outcome(SQLModel, table=True):
    """What became of one goal (``goal_key``) or one insats (``action_key``)."""

    id: int = key_field()
    case_id: int = case_link()
    followup_id: int = link("followup.id")
    goal_key: str | None = None
    action_key: str | None = None
    goal_result: GoalResult | None = term(GoalResult, nullable=True)
    action_result: ActionResult | None = term(ActionResult, nullable=True)
    next: Next | None = term(Next, nullable=True)
    note: str = long_text()
