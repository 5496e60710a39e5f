"""The parts that letters are made of: sender, recipient, person, meeting, who else, consent, discharge."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sipctl.documents.content_people import OF_HUVUDMAN, huvudman_words, iso, role, row, words
from sipctl.documents.redaction import Needs
from sipctl.process.consent import consent_in_force
from sipctl.process.identity import show_number
from sipctl.vocabulary.case import Route
from sipctl.vocabulary.consent import Category, ConsentForm, ConsentKind
from sipctl.vocabulary.documents import DocumentKind
from sipctl.vocabulary.meetings import MeetingForm, MeetingKind
from sipctl.vocabulary.people import IdKind, ParticipantKind, Protection
from sipctl.vocabulary.units import Huvudman

if TYPE_CHECKING:
    from sipctl.documents.content import Issue
    from sipctl.model.casefile import CaseFile
    from sipctl.model.consent import Consent
    from sipctl.model.participant import Participant

_WEEKDAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
_LAWS = {Route.OPENCARE: ("sip_social", "sip_health"), Route.DISCHARGE: ("discharge",)}
_CALL_DAYS = 3
_NOBODY = "den enskilde"


def document(kind: DocumentKind, issue: Issue) -> dict[str, Any]:
    """What the paper itself is."""
    pack = issue.guidance
    return {"kind": words(kind), "date": iso(issue.today), "pack": pack.name, "notice": pack.notice}


def sip(case: CaseFile, issue: Issue) -> dict[str, Any]:
    """The process: its numbers, and the law as it stood on the document's day."""
    found = [law for key in _LAWS[case.case.route] if (law := issue.guidance.law(key, issue.today))]
    return {
        "number": case.case.sip_number,
        "ref": case.case.ref,
        "discharge": case.case.route == Route.DISCHARGE,
        "law": " och ".join(law.citation for law in found),
        "law_text": found[0].text if found else None,
        "convener": case.case.convener_unit or issue.settings.unit,
    }


def sender(case: CaseFile, issue: Issue) -> dict[str, Any]:
    """Our unit and its coordinator."""
    settings = issue.settings
    return {
        "unit": settings.unit,
        "huvudman": words(Huvudman(settings.huvudman)),
        "name": case.case.coordinator or settings.coordinator,
        "phone": settings.phone,
        "address": settings.address,
    }


def recipient(case: CaseFile, issue: Issue) -> dict[str, Any]:
    """The one the letter goes to, with nobody's contact data but their own."""
    to = issue.recipient
    if to is None or to.kind == ParticipantKind.PERSON:
        person = case.person
        name = person.name if issue.name_person else initials(case)
        return {"name": name, "address": person.address, "phone": person.phone, "huvudman_unit": False}
    return {
        "name": to.name,
        "role": role(to),
        "unit": to.unit_name,
        "huvudman": huvudman_words(to),
        "address": to.address,
        "phone": to.phone,
        "send_by": words(to.send_by),
        "huvudman_unit": _is_huvudman_unit(to),
        "brings": Needs(to.brings, OF_HUVUDMAN[to.huvudman or Huvudman.OTHER]),
    }


def person(case: CaseFile, issue: Issue) -> dict[str, Any]:
    """The individual; without name and number where the way of sending is not protected."""
    who = case.person
    contact = {
        "initials": initials(case),
        "address": who.address,
        "phone": who.phone,
        "kommun": who.kommun,
        "language": who.language,
        "adaptations": who.adaptations,
    }
    if not issue.name_person:
        return contact
    return contact | {
        "name": who.name,
        "first_name": who.name.split()[0] if who.name.split() else None,
        "id_number": _shown_number(case),
        "birth_date": iso(who.birth_date),
    }


def initials(case: CaseFile) -> str | None:
    """``S.P.``; none when anybody in the case has protected data: the reference is used instead."""
    protections = {case.person.protection, *(each.protection for each in case.participants)}
    if protections != {Protection.NONE}:
        return None
    return "".join(f"{part[0]}." for part in case.person.name.split()) or None


def hidden_names(case: CaseFile) -> dict[str, str]:
    """How the person's name and number are written in free text when the person is not to be named."""
    shown = initials(case) or _NOBODY
    number = case.person.id_number or ""
    numbers = (_shown_number(case), number, f"{number[2:8]}-{number[8:]}", number[2:]) if number else ()
    parts = [part for part in case.person.name.split() if len(part) > 1]
    return dict.fromkeys([text for text in (case.person.name, *numbers, *parts) if text], shown)


def _shown_number(case: CaseFile) -> str | None:
    number, kind = case.person.id_number, case.person.id_kind
    if number and kind in (IdKind.PERSONAL, IdKind.COORDINATION) and len(number) == 12:
        return show_number(number)
    return number


def meeting(case: CaseFile, issue: Issue) -> dict[str, Any]:
    """The meeting, with the purpose and questions agreed with the individual."""
    found = issue.meeting
    if found is None:
        return {}
    agreed = case.preparations[-1] if case.preparations else None
    return {
        "kind": words(found.kind),
        "followup": found.kind == MeetingKind.FOLLOWUP,
        "form": words(found.form),
        "video": found.form == MeetingForm.VIDEO,
        "telephone": found.form == MeetingForm.PHONE,
        "weekday": _WEEKDAYS[found.starts_at.weekday()],
        "starts_at": iso(found.starts_at),
        "ends_at": iso(found.starts_at + timedelta(minutes=found.minutes)),
        "minutes": found.minutes,
        "place": found.place,
        "contact": found.contact,
        "reply_by": iso(found.reply_by),
        "chair": found.chair,
        "note_taker": found.note_taker,
        "purpose": agreed.purpose if agreed else None,
        "questions": [question for question in agreed.questions if question] if agreed else [],
    }


def others(case: CaseFile, issue: Issue) -> list[dict[str, Any]]:
    """Everybody else who is called or invited."""
    own = issue.recipient.id if issue.recipient else None
    called = [p for p in case.active_participants if p.id != own and p.kind != ParticipantKind.PERSON]
    replies = {
        each.participant_id: words(each.answer)
        for each in case.invitations
        if issue.meeting and each.meeting_id == issue.meeting.id
    }
    units = opens_units(issue)
    return [row(case, p, open_units=units, named=issue.name_person) | {"reply": replies.get(p.id)} for p in called]


def opens_units(issue: Issue) -> bool:
    """May the reader know by which units, and as what, staff take part?"""
    to = issue.recipient
    return to is None or to.kind == ParticipantKind.PERSON or _is_huvudman_unit(to)


def consent(case: CaseFile, issue: Issue) -> dict[str, Any]:
    """Both consents as they stand, and what they cover for this recipient."""
    given = consent_in_force(case, ConsentKind.SIP, issue.today)
    shared = consent_in_force(case, ConsentKind.INFORMATION, issue.today)
    latest = shared or given
    names = category_names(issue)
    return {
        "sip_given": given is not None,
        "sip_on": iso(given.given_on) if given else None,
        "information_given": shared is not None,
        "information_on": iso(shared.given_on) if shared else None,
        "covers": [text for category, text in names.items() if shared and category in issue.allowed],
        "valid_to": iso(shared.valid_to) if shared else None,
        "giver": words(latest.giver) if latest else None,
        "form": words(latest.form) if latest else None,
        "spoken": latest is not None and latest.form == ConsentForm.SPOKEN,
        "taken_by": latest.taken_by if latest else None,
        "limits": latest.limits if latest else None,
        "categories": [{"label": text} for text in names.values()],
        "recipients": [_agreed(case, p, shared, names) for p in case.active_participants if _may_receive(p)],
    }


def category_names(issue: Issue) -> dict[Category, str]:
    """The categories a consent may cover, worded by the pack. ``BASIC`` goes with every letter."""
    listed = {Category(choice.value): choice.text for choice in issue.guidance.categories}
    return {
        category: listed.get(category) or category._label
        for category in Category
        if category is not Category.BASIC and (not listed or category in listed)
    }


def _agreed(case: CaseFile, to: Participant, given: Consent | None, names: dict[Category, str]) -> dict[str, Any]:
    scopes = [scope for scope in case.scopes if given and scope.consent_id == given.id]
    own = [scope for scope in scopes if scope.participant_id == to.id]
    general = [scope for scope in scopes if scope.participant_id is None]
    covered = {Category(value) for scope in own or general for value in scope.categories}
    choices = [{"box": "☒" if key in covered else "☐", "label": text} for key, text in names.items()]
    return {"name": ", ".join(filter(None, (to.unit_name, to.name))) or role(to), "choices": choices}


def _may_receive(participant: Participant) -> bool:
    return participant.kind != ParticipantKind.PERSON


def _is_huvudman_unit(to: Participant) -> bool:
    return to.kind == ParticipantKind.UNIT and to.huvudman in (Huvudman.KOMMUN, Huvudman.REGION)


def discharge(case: CaseFile, issue: Issue) -> dict[str, Any] | Needs:
    """The chain of a discharge. The law gives it to the units it calls; others need to be allowed."""
    if case.case.route != Route.DISCHARGE or not case.discharges:
        return {}
    chain = case.discharges[-1]
    ready = None if chain.ready_withdrawn_at else chain.ready_at
    days = issue.guidance.days.get("discharge_call", _CALL_DAYS)
    found = {
        "ready_at": iso(ready),
        "call_by": iso(ready.date() + timedelta(days=days)) if ready else None,
        "expected_on": iso(chain.expected_on),
        "home_on": iso(chain.home_on),
        "ward": chain.ward,
        "fast_contact": chain.fast_contact,
    }
    return found if opens_units(issue) else Needs(found, frozenset({Category.HEALTH}))
