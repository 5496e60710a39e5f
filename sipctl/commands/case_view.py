"""How ``case show`` looks on a screen: plain lines, most important first."""

from collections.abc import Iterator
from typing import Any

from sipctl.commands.common import step_text
from sipctl.language import _
from sipctl.process.deadlines import note_words
from sipctl.vocabulary import (
    CaseState,
    ConsentGiver,
    ConsentKind,
    DocumentKind,
    FactKind,
    MeetingForm,
    OurRole,
    ParticipantKind,
    PlanKind,
    Protection,
    Route,
)


def lines(data: dict[str, Any], desk: Any) -> list[str]:
    """The overview of ``tasks.overview`` as lines of text."""
    return [*_head(data, desk), *_due(data), *_consents(data), *_people(data), *_meeting(data), *_plan(data),
            *_documents(data), *_history(data)]  # fmt: skip


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
        note = f" ({note_words(item['note'])})" if item["note"] else ""
        yield f"  {item['on']}  {FactKind(item['kind']).text}{note}"


def _consents(data: dict[str, Any]) -> Iterator[str]:
    yield from ("", _("Samtycke"))
    for kind, consent in data["consents"].items():
        text = ConsentKind(kind).text
        if consent is None:
            yield "  " + _("{what}: nej").format(what=text)
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
    if meeting := data["meeting"]:
        yield from ("", _("Möte"))
        when = meeting["starts_at"].replace("T", " ")
        yield "  " + _("{when}, {form}: {answered} av {called} har svarat").format(
            when=when, form=MeetingForm(meeting["form"]).text, **{k: meeting[k] for k in ("answered", "called")}
        )


def _plan(data: dict[str, Any]) -> Iterator[str]:
    if plan := data["plan"]:
        yield from ("", _("Plan"))
        on = f" {plan['established_on']}" if plan["established_on"] else ""
        yield "  " + _("version {n}, {kind}{on}: {goals} mål, {actions} insatser").format(
            n=plan["number"], kind=PlanKind(plan["kind"]).text, on=on, goals=plan["goals"], actions=plan["actions"]
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
