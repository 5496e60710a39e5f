"""``case show``: where a case stands, as plain data for the screen and for JSON."""

from __future__ import annotations

from datetime import date
from typing import Any

from sipctl.model.casefile import CaseFile
from sipctl.process.consent import consent_in_force
from sipctl.process.guidance import Guidance
from sipctl.process.steps import next_step, planned_meeting, state
from sipctl.vocabulary.consent import ConsentKind
from sipctl.vocabulary.facts import FactKind
from sipctl.vocabulary.meetings import InvitationKind
from sipctl.vocabulary.steps import Step


def overview(case: CaseFile, guidance: Guidance, today: date, *, names: bool) -> dict[str, Any]:
    """Everything ``case show`` tells. The individual's name only when asked for."""
    row = case.case
    return {
        "ref": row.ref,
        "sip_number": row.sip_number,
        "name": case.person.name if names else "",
        "role": row.our_role.value,
        "route": row.route.value,
        "state": state(case).value,
        "opened_on": row.opened_on.isoformat(),
        "next_step": next_step(case),
        "protection": case.person.protection.value,
        "pack": f"{row.pack} {row.pack_version}",
        "consents": {kind.value: _consent(case, kind, today) for kind in ConsentKind},
        "participants": [_participant(person, names) for person in case.active_participants],
        "call_received": _received(case),
        "meeting": _meeting(case),
        "plan": _plan(case),
        "due": [{"kind": f.kind.value, "on": f.on_date.isoformat(), "note": f.note} for f in _dues(case)],
        "history": [{"kind": f.kind.value, "on": f.on_date.isoformat()} for f in _events(case, today)],
        "documents": [
            {"kind": d.kind.value, "file": d.file_name, "issued_at": d.issued_at.isoformat(timespec="minutes")}
            for d in case.documents
        ],
        "filed": [{"what": f.what, "system": f.system, "on": f.on_date.isoformat()} for f in case.filed],
    }


def latest_step(case: CaseFile) -> Step:
    """The step last done: what a journal note is usually about."""
    done = [
        (Step.CLOSE, next_step(case) == "done"),
        (Step.FOLLOWUP, bool(case.followups)),
        (Step.MEETING, case.plan is not None),
        (Step.INVITE, bool(case.invitations)),
        (Step.PLAN, bool(case.preparations)),
    ]
    return next((step for step, is_done in done if is_done), Step.ASSESS)


def _consent(case: CaseFile, kind: ConsentKind, today: date) -> dict[str, Any] | None:
    consent = consent_in_force(case, kind, today)
    if consent is None:
        return None
    scopes = [scope for scope in case.scopes if scope.consent_id == consent.id]
    return {
        "given_on": consent.given_on.isoformat(),
        "giver": consent.giver.value,
        "valid_to": consent.valid_to.isoformat() if consent.valid_to else None,
        "limits": bool(consent.limits),
        "categories": next((list(s.categories) for s in scopes if s.participant_id is None), []),
    }


def _participant(person: Any, names: bool) -> dict[str, Any]:
    shown = person.unit_name or (person.name if names else "")
    return {"key": person.key, "kind": person.kind.value, "name": shown, "protection": person.protection.value}


def _received(case: CaseFile) -> dict[str, Any] | None:
    if not case.calls_received:
        return None
    row = case.calls_received[-1]
    return {"received_on": row.received_on.isoformat(), "sender_unit": row.sender_unit, "answer": row.answer.value}


def _meeting(case: CaseFile) -> dict[str, Any] | None:
    meeting = planned_meeting(case)
    if meeting is None:
        return None
    # The individual's own letter asks for no answer.
    rows = [row for row in case.invitations if row.meeting_id == meeting.id and row.kind != InvitationKind.LETTER]
    return {
        "starts_at": meeting.starts_at.isoformat(timespec="minutes"),
        "form": meeting.form.value,
        "called": sum(row.sent_on is not None for row in rows),
        "answered": sum(row.answered_on is not None for row in rows),
    }


def _plan(case: CaseFile) -> dict[str, Any] | None:
    plan = case.draft_plan or case.plan
    if plan is None:
        return None
    return {
        "number": plan.number,
        "kind": plan.kind.value,
        "established_on": plan.established_on.isoformat() if plan.established_on else None,
        "goals": len(case.goals_of(plan)),
        "actions": len(case.actions_of(plan)),
        "followup_on": plan.followup_on.isoformat() if plan.followup_on else None,
    }


def _dues(case: CaseFile) -> list[Any]:
    live = [f for f in case.facts if f.voided_by is None and f.kind.is_due]
    return sorted(live, key=lambda fact: fact.on_date)


def _events(case: CaseFile, today: date) -> list[Any]:
    """What has happened: a follow-up that is agreed upon stands among what is due until its day."""
    live = [f for f in case.facts if f.voided_by is None and not f.kind.is_due and f.on_date <= today]
    return sorted(live, key=lambda fact: (fact.on_date, list(FactKind).index(fact.kind)))
