"""Calendar entries of a meeting: one beside each letter, and their cancellation when it is called off."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

from sipctl.documents.calendar import Entry, event
from sipctl.files import ensure_private
from sipctl.model.casefile import CaseFile
from sipctl.model.meeting import Meeting
from sipctl.tasks.desk import Desk
from sipctl.vocabulary.meetings import MeetingState


def entry(desk: Desk, meeting: Meeting, participant_id: int, said: Mapping[str, Any]) -> bytes:
    """The entry that goes with a letter; ``said`` is the letter's own word of the meeting, so that the entry
    tells no more of the place and the contact than the letter does."""
    place, contact = said["place"] or "", said["contact"] or ""
    return event(_entry(desk, meeting, participant_id)._replace(place=place, contact=contact))


def write_cancellations(desk: Desk, case: CaseFile) -> list[Path]:
    """One cancellation for each recipient who has had a letter to the meeting that was called off last."""
    cancelled = [meeting for meeting in case.meetings if meeting.state == MeetingState.CANCELLED]
    if not cancelled:
        return []
    meeting = cancelled[-1]
    had_letters = dict.fromkeys(d.participant_id for d in case.documents if d.meeting_id == meeting.id)
    folder, paths = desk.home.documents / case.case.ref, []
    for person in filter(None, map(case.participant, had_letters)):
        path = folder / f"{case.case.ref}-installt-{person.key}-m{meeting.sequence}.ics"
        ensure_private(path, event(_entry(desk, meeting, person.id), cancelled=True))
        paths.append(path)
    return paths


def _entry(desk: Desk, meeting: Meeting, participant_id: int) -> Entry:
    return Entry(
        store=desk.store_id,
        meeting=meeting.id,
        participant=participant_id,
        sequence=meeting.sequence,
        # The day is enough to tell which is newer, together with the sequence; made again, it is the same file.
        stamp=datetime.combine(desk.today, time(), UTC),
        starts_at=meeting.starts_at,
        minutes=meeting.minutes,
        form=meeting.form,
    )
