"""A calendar file (.ics, RFC 5545) for one recipient of one meeting: when and where, and nothing about whom.

Calendars are shared with colleagues and shown on locked telephones, so the subject is the same neutral word
for everybody, the entry is private, and the identifier is a hash of its own for each recipient: two people
called to one meeting cannot tell it from their files.

The method is PUBLISH, and CANCEL when the meeting is called off (RFC 5546, 3.2.1, 3.2.5 and 4.1.3). REQUEST
would make calendars ask for an answer and mail it to an organizer, outside the ways that the letter gives, and
needs the recipient's mail address in the file. Published entries have no attendees.
"""

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import NamedTuple

from sipctl.process.text import neat, printable
from sipctl.vocabulary.meetings import MeetingForm


class _Words(NamedTuple):
    summary: str
    forms: dict[MeetingForm, str]
    contact: str


# The recipient's language, which need not be that of the person who runs the program.
_WORDS = {
    "sv": _Words(
        "Möte",
        {MeetingForm.VIDEO: "Mötet hålls på video.", MeetingForm.PHONE: "Mötet hålls på telefon."},
        "Kontakt",
    ),
    "en": _Words(
        "Meeting",
        {MeetingForm.VIDEO: "The meeting is held on video.", MeetingForm.PHONE: "The meeting is held by telephone."},
        "Contact",
    ),
}

# Written in full, since not every calendar knows the name. The rule is the EU's since 1996 (directive 2000/84/EC).
_STOCKHOLM = """\
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
END:VTIMEZONE""".splitlines()

_LONGEST = 75  # octets in a line, RFC 5545, 3.1


class Entry(NamedTuple):
    """One meeting in one recipient's calendar.

    ``store``, ``meeting`` and ``participant`` name it for ever; ``store`` should be random, so that nobody can
    guess their way from the identifier. ``stamp`` (with a time zone) is when this state was made and
    ``sequence`` rises with each change. ``starts_at`` is local time, Europe/Stockholm, without a zone.
    ``language`` is the recipient's: ``sv`` or ``en``.
    """

    store: str
    meeting: int
    participant: int
    sequence: int
    stamp: datetime
    starts_at: datetime
    minutes: int
    form: MeetingForm = MeetingForm.ROOM
    place: str = ""
    contact: str = ""
    organizer: str = ""
    organizer_mail: str = ""
    language: str = "sv"


def event(entry: Entry, *, cancelled: bool = False) -> bytes:
    """The file's content; the same entry gives the same bytes.

    Raises ``ValueError`` when ``stamp`` has no time zone or ``starts_at`` has one.
    """
    if entry.stamp.tzinfo is None or entry.starts_at.tzinfo is not None:
        raise ValueError("the stamp has a time zone, and the start has none")
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//sipctl//calendar//SV",
        "CALSCALE:GREGORIAN",
        f"METHOD:{'CANCEL' if cancelled else 'PUBLISH'}",
        *_STOCKHOLM,
        "BEGIN:VEVENT",
        *_properties(entry, cancelled),
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return b"".join(_folded(line) for line in lines)


def _properties(entry: Entry, cancelled: bool) -> Iterator[str]:
    words = _words(entry)
    stamp = entry.stamp.astimezone(UTC)
    yield f"UID:{_identifier(entry)}@sipctl"
    yield f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}"
    yield f"SEQUENCE:{entry.sequence}"
    yield f"STATUS:{'CANCELLED' if cancelled else 'CONFIRMED'}"
    yield "CLASS:PRIVATE"
    yield f"DTSTART;TZID=Europe/Stockholm:{entry.starts_at:%Y%m%dT%H%M%S}"
    # A duration and not an end: an end in the hour that comes twice in October would be ambiguous.
    yield f"DURATION:PT{entry.minutes}M"
    yield f"SUMMARY;LANGUAGE={entry.language}:{_text(words.summary)}"
    if place := _text(entry.place):
        yield f"LOCATION:{place}"
    if description := _text(_description(entry)):
        yield f"DESCRIPTION;LANGUAGE={entry.language}:{description}"
    yield _organizer(entry)


def _words(entry: Entry) -> _Words:
    return _WORDS.get(entry.language, _WORDS["sv"])


def _identifier(entry: Entry) -> str:
    parts = "\0".join((entry.store, str(entry.meeting), str(entry.participant)))
    return hashlib.sha256(parts.encode()).hexdigest()[:40]


def _description(entry: Entry) -> str:
    words = _words(entry)
    contact = f"{words.contact}: {entry.contact}" if entry.contact.strip() else ""
    return "\n".join(line for line in (words.forms.get(entry.form, ""), contact) if line)


def _organizer(entry: Entry) -> str:
    """RFC 5546 wants an organizer; one without an address is written as Outlook and Exchange do."""
    name = printable(neat(entry.organizer)).replace('"', "’")
    address = "".join(printable(entry.organizer_mail).split())
    shown = f';CN="{name}"' if name else ""
    return f"ORGANIZER{shown}:{f'mailto:{address}' if address else 'invalid:nomail'}"


def _text(value: str) -> str:
    """A value of type TEXT (RFC 5545, 3.3.11), without what could hide or end a line."""
    safe = printable(neat(value), lines=True)
    for found, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        safe = safe.replace(found, escaped)
    return safe


def _folded(line: str) -> bytes:
    """The line with its end, folded so that no line is longer than 75 octets and no character is cut in two."""
    pieces: list[bytes] = []
    rest = line.encode()
    while len(rest) > (room := _LONGEST - bool(pieces)):
        cut = room
        while rest[cut] & 0xC0 == 0x80:
            cut -= 1
        pieces.append(rest[:cut])
        rest = rest[cut:]
    return b"\r\n ".join((*pieces, rest)) + b"\r\n"
