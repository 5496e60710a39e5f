"""Calendar files: read back with another library, in the right zone, and silent about whom and what."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sipctl.documents.calendar import Entry, event
from sipctl.process.text import neat, printable
from sipctl.vocabulary.meetings import MeetingForm

STOCKHOLM = ZoneInfo("Europe/Stockholm")
ENTRY = Entry(
    store="5f6c1c9a",
    meeting=3,
    participant=12,
    sequence=0,
    stamp=datetime(2026, 8, 31, 9, 30, tzinfo=UTC),
    starts_at=datetime(2026, 9, 14, 10, 0),
    minutes=75,
    place="Träffpunkten Linden; rum Björken, Provgatan 1",
    contact="Receptionen, 010-000 00 11",
    organizer='Kim "Provet" Provsson',
)

WHOLE = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//sipctl//calendar//SV
CALSCALE:GREGORIAN
METHOD:PUBLISH
BEGIN:VTIMEZONE
TZID:Europe/Stockholm
BEGIN:DAYLIGHT
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
UID:d590c9f2eddb92a5851c35be4f4fd85d59e93b95@sipctl
DTSTAMP:20260831T093000Z
SEQUENCE:0
STATUS:CONFIRMED
CLASS:PRIVATE
DTSTART;TZID=Europe/Stockholm:20260914T100000
DURATION:PT75M
SUMMARY;LANGUAGE=sv:Möte
LOCATION:Träffpunkten Linden\\; rum Björken\\, Provgatan 1
DESCRIPTION;LANGUAGE=sv:Kontakt: Receptionen\\, 010-000 00 11
ORGANIZER;CN="Kim ’Provet’ Provsson":invalid:nomail
END:VEVENT
END:VCALENDAR
"""


def read(content: bytes) -> tuple[icalendar.Calendar, Any]:
    """The calendar and its one event, by another library's strict reader."""
    calendar = icalendar.Calendar.from_ical(content)
    (found,) = calendar.walk("VEVENT")
    assert found.errors == []
    return calendar, found


def test_the_whole_file() -> None:
    assert event(ENTRY) == WHOLE.replace("\n", "\r\n").encode()


def test_a_meeting_called_off() -> None:
    calendar, found = read(event(ENTRY._replace(sequence=2), cancelled=True))
    assert (calendar["METHOD"], found["STATUS"], found["SEQUENCE"]) == ("CANCEL", "CANCELLED", 2)
    assert found["UID"] == read(event(ENTRY))[1]["UID"]


def test_each_recipient_has_an_identifier_of_its_own_that_never_changes() -> None:
    changes: list[dict[str, Any]] = [
        {"store": "x"},
        {"meeting": 4},
        {"participant": 13},
        {"meeting": 31, "participant": 2},
    ]
    others = [ENTRY._replace(**change) for change in changes]
    identifiers = {str(read(event(entry))[1]["UID"]) for entry in (ENTRY, *others)}
    assert len(identifiers) == 5
    moved = ENTRY._replace(sequence=1, starts_at=datetime(2026, 10, 1, 8, 0), place="", contact="")
    assert read(event(moved))[1]["UID"] == read(event(ENTRY))[1]["UID"]


def test_nothing_tells_what_the_meeting_is_about() -> None:
    shown = [str(read(event(ENTRY._replace(language=language)))[1]["SUMMARY"]) for language in ("sv", "en", "fi")]
    assert shown == ["Möte", "Meeting", "Möte"]
    _, found = read(event(ENTRY))
    assert found["CLASS"] == "PRIVATE"
    assert not {"ATTENDEE", "CATEGORIES", "COMMENT", "URL", "ATTACH"} & set(found)
    assert "sip" not in " ".join(str(found[name]) for name in ("SUMMARY", "LOCATION", "DESCRIPTION")).lower()


def test_a_meeting_on_video_without_a_place() -> None:
    _, found = read(event(ENTRY._replace(form=MeetingForm.VIDEO, place=" ", language="en")))
    assert "LOCATION" not in found
    assert found["DESCRIPTION"] == "The meeting is held on video.\nContact: Receptionen, 010-000 00 11"
    _, found = read(event(ENTRY._replace(form=MeetingForm.PHONE, contact="")))
    assert found["DESCRIPTION"] == "Mötet hålls på telefon."
    assert "DESCRIPTION" not in read(event(ENTRY._replace(contact=" ")))[1]


def test_the_organizer_may_have_an_address() -> None:
    _, found = read(event(ENTRY._replace(organizer="", organizer_mail=" kontakt@example.se\r\nX: y ")))
    assert found["ORGANIZER"] == "mailto:kontakt@example.seX:y"
    assert found["ORGANIZER"].params == {}


@pytest.mark.parametrize(
    "starts_at",
    [
        datetime(2026, 3, 29, 1, 59),
        datetime(2026, 3, 29, 3, 0),
        datetime(2026, 10, 25, 1, 59),
        datetime(2026, 10, 25, 2, 30),  # comes twice: the first is meant, as in zoneinfo
        datetime(2026, 10, 25, 3, 0),
        datetime(2027, 3, 28, 0, 30),
        datetime(2040, 10, 28, 9, 0),
        datetime(2026, 1, 15, 23, 30),
        datetime(2026, 7, 15, 10, 0),
    ],
    ids=str,
)
def test_the_zone_written_is_stockholm_on_both_sides_of_the_changes(starts_at: datetime) -> None:
    calendar, found = read(event(ENTRY._replace(starts_at=starts_at, minutes=90)))
    (zone,) = calendar.walk("VTIMEZONE")
    assert found["DTSTART"].params["TZID"] == zone["TZID"] == "Europe/Stockholm"
    written = found["DTSTART"].dt.replace(tzinfo=None)
    assert written == starts_at
    # The zone as the file gives it, under another name so that no library takes its own instead.
    own = icalendar.Timezone.from_ical(zone.to_ical().replace(b"Europe/Stockholm", b"Written here")).to_tz()
    assert written.replace(tzinfo=own).utcoffset() == starts_at.replace(tzinfo=STOCKHOLM).utcoffset()
    start = starts_at.replace(tzinfo=STOCKHOLM).astimezone(UTC)
    assert start + found["DURATION"].dt == start + timedelta(minutes=90)


def test_times_must_be_of_the_right_kind() -> None:
    with pytest.raises(ValueError, match="time zone"):
        event(ENTRY._replace(stamp=datetime(2026, 1, 1)))
    with pytest.raises(ValueError, match="time zone"):
        event(ENTRY._replace(starts_at=datetime(2026, 1, 1, tzinfo=UTC)))


def test_long_swedish_texts_are_folded_between_characters() -> None:
    for padding in range(4):
        place = "x" * padding + "Åäö–é😀 " * 60
        content = event(ENTRY._replace(place=place, contact=place))
        lines = content.split(b"\r\n")
        assert max(len(line) for line in lines) <= 75
        assert b"\n" not in content.replace(b"\r\n", b"")
        for line in lines:
            line.decode()
        _, found = read(content)
        assert found["LOCATION"] == place.strip()


TEXTS = st.text(st.characters(codec=None), max_size=200)


@given(place=TEXTS, contact=TEXTS, organizer=TEXTS, start=st.datetimes(datetime(2020, 1, 1), datetime(2099, 1, 1)))
def test_whatever_is_written_comes_back(place: str, contact: str, organizer: str, start: datetime) -> None:
    start = start.replace(microsecond=0)
    content = event(ENTRY._replace(place=place, contact=contact, organizer=organizer, starts_at=start))
    _, found = read(content)
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    assert str(found.get("LOCATION", "")) == printable(neat(place), lines=True)
    expected = "Kontakt: " + contact if contact.strip() else ""
    assert str(found.get("DESCRIPTION", "")) == printable(neat(expected), lines=True)
    assert found["DTSTART"].dt.replace(tzinfo=None) == start
    assert len(read(content)[0].walk("VEVENT")) == 1
    assert set(found) - {"LOCATION", "DESCRIPTION"} == set(read(event(ENTRY))[1]) - {"LOCATION", "DESCRIPTION"}
