"""Meetings, who was called to them and who came."""

from datetime import date

from pydantic import NaiveDatetime
from sqlmodel import SQLModel

from sipctl.model.columns import case_link, key_field, link, long_text, term
from sipctl.vocabulary.meetings import (
    Answer,
    DeviationKind,
    InvitationKind,
    MeetingForm,
    MeetingKind,
    MeetingState,
    Presence,
)


class Meeting(SQLModel, table=True):
    """A meeting, local time (Europe/Stockholm). ``sequence`` rises with each change after calling."""

    id: int = key_field()
    case_id: int = case_link()
    kind: MeetingKind = term(MeetingKind, default=MeetingKind.SIP)
    form: MeetingForm = term(MeetingForm, default=MeetingForm.ROOM)
    starts_at: NaiveDatetime
    minutes: int = 60
    place: str = ""
    contact: str = ""
    reply_by: date | None = None
    state: MeetingState = term(MeetingState, default=MeetingState.PLANNED)
    sequence: int = 0
    chair: str = ""
    note_taker: str = ""


class Invitation(SQLModel, table=True):
    """One participant called to one meeting: what was sent, and what came back."""

    id: int = key_field()
    case_id: int = case_link()
    meeting_id: int = link("meeting.id")
    participant_id: int = link("participant.id")
    kind: InvitationKind = term(InvitationKind)
    sent_on: date | None = None
    answer: Answer = term(Answer, default=Answer.NONE)
    answered_on: date | None = None
    substitute: str = ""
    passed_to: int | None = link("participant.id", nullable=True)
    note: str = long_text()


class Attendance(SQLModel, table=True):
    """Who came to a held meeting; people who were not called may come too."""

    id: int = key_field()
    case_id: int = case_link()
    meeting_id: int = link("meeting.id")
    participant_id: int = link("participant.id")
    presence: Presence = term(Presence)
    substitute: str = ""


class Deviation(SQLModel, table=True):
    """A deviation in the cooperation, and what was done about it."""

    id: int = key_field()
    case_id: int = case_link()
    kind: DeviationKind = term(DeviationKind)
    meeting_id: int | None = link("meeting.id", nullable=True)
    participant_id: int | None = link("participant.id", nullable=True)
    found_on: date
    what: str = long_text()
    done: str = long_text()
    fed_back_on: date | None = None
