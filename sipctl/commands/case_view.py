"""How ``case show`` looks on a screen: plain lines, most important first."""

from collections.abc import Iterator
from typing import Any

from sipctl.commands.common import step_text
from sipctl.language import _
from sipctl.process.deadlines import note_words
from sipctl.vocabulary.case import CaseState, OurRole, Route
from sipctl.vocabulary.consent import ConsentGiver, ConsentKind
from sipctl.vocabulary.documents import DocumentKind
from sipctl.vocabulary.facts import FactKind
from sipctl.vocabulary.meetings import Answer, MeetingForm
from sipctl.vocabulary.people import ParticipantKind, Protection
from sipctl.vocabulary.plans import PlanKind


def lines(data: dict[str, Any], desk: Any) -> list[str]:
    """The overview of ``tasks.overview`` as lines of text."""
    parts = (_due, _consents, _people, _received, _meeting, _plan, _documents, _history)
    return [*_head(data, desk), *(line for part in parts for line in part(data))]


def _head(data: dict[str, Any], desk: Any) -> Iterator[str]:
    name = f"  {data['name']}" if data["name"] else ""
    yield _("Ärende {ref}").format(ref=data["ref"]) + name
    facts = [OurRole(data["role"]).text, Route(data["route"]).text, CaseState(data["state"]).text]
    yield "  " + ", ".join(facts)
    if data["sip_number"]:
        yield "  " + _("SIP-nummer {number}").format(number=data["sip_number"])
    if data["protection"] != Protection.NONE:
        yield "  " + _("OBS! {protection}").format(protection=Protection(data["protection"]).text)
    yield "  " + _("Nästa steg: {step}").format(step=step_text(desk, data["next_step"]))


def _due(data: dict[str, Any]) -> Iterator[str]:
    if data["due"]:
        yield from ("", _("Att göra"))
    for item in data["due"]:
        yield f"  {item['on']}  {note_words(item['note']) or FactKind(item['kind']).text}"


def _consents(data: dict[str, Any]) -> Iterator[str]:
    yield from ("", _("Samtycke"))
    for kind, consent in data["consents"].items():
        text = ConsentKind(kind).text
        if consent is None:
            yield "  " + _("{what}: inget antecknat").format(what=text)
            continue
        giver = ConsentGiver(consent["giver"]).text
        yield "  " + _("{what}: ja, {on}, {giver}").format(what=text, on=consent["given_on"], giver=giver)
        if consent["limits"]:
            yield "    " + _("med begränsningar; de visas när något ska lämnas ut")


def _people(data: dict[str, Any]) -> Iterator[str]:
    yield from ("", _("Deltagare"))
    for person in data["participants"]:
        name = f"  {person['name']}" if person["name"] else ""
        guarded = _("  (skyddade uppgifter)") if person["protection"] != Protection.NONE else ""
        yield f"  {person['key']:<4}{ParticipantKind(person['kind']).text}{name}{guarded}"


def _meeting(data: dict[str, Any]) -> Iterator[str]:
    if (meeting := data["meeting"]) and not meeting["called"]:
        yield from ("", _("Möte"), f"  {meeting['starts_at'].replace('T', ' ')}, {MeetingForm(meeting['form']).text}")
    elif meeting:
        yield from ("", _("Möte"))
        when = meeting["starts_at"].replace("T", " ")
        yield "  " + _("{when}, {form}: {answered} av {called} har svarat").format(
            when=when, form=MeetingForm(meeting["form"]).text, **{k: meeting[k] for k in ("answered", "called")}
        )


def _plan(data: dict[str, Any]) -> Iterator[str]:
    if plan := data["plan"]:
        yield from ("", _("Plan"))
        on = f" {plan['established_on']}" if plan["established_on"] else ""
        yield "  " + _("version {n}, {kind}{on} (mål: {goals}, insatser: {actions})").format(
            n=plan["number"], kind=PlanKind(plan["kind"]).text, on=on, goals=plan["goals"], actions=plan["actions"]
        )


def _received(data: dict[str, Any]) -> Iterator[str]:
    if call := data["call_received"]:
        yield from ("", _("Kallelse som kommit till oss"))
        yield "  " + _("{on} från {unit}, vårt svar: {answer}").format(
            on=call["received_on"], unit=call["sender_unit"], answer=Answer(call["answer"]).text
        )


def _documents(data: dict[str, Any]) -> Iterator[str]:
    if data["documents"]:
        yield from ("", _("Dokument"))
    for item in data["documents"]:
        yield f"  {item['issued_at'][:10]}  {DocumentKind(item['kind']).text}  {item['file']}"
    if data["documents"] and not data["filed"]:
        yield "  " + _("Inget är antecknat som infört i journalen än (sipctl case edit).")


def _history(data: dict[str, Any]) -> Iterator[str]:
    yield from ("", _("Vad som har hänt"))
    for item in data["history"]:
        yield f"  {item['on']}  {FactKind(item['kind']).text}"
