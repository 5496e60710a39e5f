"""Looking a plan over: the four contents that the law demands, and advice on all else. Pure.

Only ``missing_contents`` may stop anybody (SoL 10 kap. 8–9 §§, HSL 16 kap. 4 §; before 2025-07-01
SoL 2001:453, 2 kap. 7 §). ``warnings`` follows how coordinators audit plans, and is advice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sipctl.language import _
from sipctl.process.consent import consent_in_force
from sipctl.process.deadlines import ADULT, age_on
from sipctl.process.steps import last_held
from sipctl.vocabulary.case import TargetGroup
from sipctl.vocabulary.consent import ConsentGiver, ConsentKind, GuardianAnswer
from sipctl.vocabulary.meetings import MeetingKind, Presence
from sipctl.vocabulary.people import ParticipantKind
from sipctl.vocabulary.plans import Performer
from sipctl.vocabulary.units import Huvudman

if TYPE_CHECKING:
    from sipctl.model.casefile import CaseFile
    from sipctl.model.consent import Consent
    from sipctl.model.plan import Action, Plan
    from sipctl.process.guidance import Guidance

_GOTLAND = "0980"
_DISABILITY = (TargetGroup.DISABILITY_ADULT, TargetGroup.DISABILITY_CHILD)
_GUARDIANS = (ConsentGiver.GUARDIANS, ConsentGiver.INDIVIDUAL_AND_GUARDIANS)
_SETTLED = (GuardianAnswer.CONSENTS, GuardianAnswer.PREVENTED, GuardianAnswer.BOARD)


@dataclass(frozen=True, slots=True)
class Missing:
    """One of the four contents (``number`` 1–4) that is not there; ``where`` is its key in the meeting form."""

    number: int
    what: str
    where: str


@dataclass(frozen=True, slots=True)
class Advice:
    """Something to think of. ``source`` is a citation, or says that it is good practice."""

    text: str
    source: str


def missing_contents(case: CaseFile, plan: Plan) -> list[Missing]:
    """Which of the four contents the plan lacks; an empty list means that it may be established.

    An insats counts when it says something. On Gotland kommun and region are one body; one of the
    two words is enough there as elsewhere.
    """
    performers = [action.performer for action in _stated(case, plan)]
    found = []
    if not performers:
        found.append(Missing(1, _("Det saknas vilka insatser som behövs."), "needs"))
    if not any(performer.is_huvudman for performer in performers):
        what = _("Det saknas vilka insatser kommunen eller regionen svarar för.")
        found.append(Missing(2, what, "needs"))
    if not plan.others_none and all(performer.is_huvudman for performer in performers):
        what = _("Det saknas vad någon annan än kommunen och regionen gör, eller att ingen annan gör något.")
        found.append(Missing(3, what, "others_none"))
    if plan.responsible_huvudman not in (Huvudman.KOMMUN, Huvudman.REGION):
        what = _("Det saknas vilken huvudman som har det övergripande ansvaret: kommunen eller regionen.")
        found.append(Missing(4, what, "responsible_huvudman"))
    return found


def warnings(case: CaseFile, plan: Plan, today: date, guidance: Guidance) -> list[Advice]:
    """Advice on a plan, in the order of the plan. Never a reason to stop; texts hold no personal data.

    Consent is looked at as it stood when the plan was established; for a draft, today.
    """
    on = plan.established_on or today
    return [
        *_huvudmen(case, plan, on, guidance),
        *_own_words(case, plan),
        *_actions(case, plan),
        *_responsibility(plan),
        *_next_time(plan, on),
        *_presence(case, plan, on, guidance),
        *_consent(case, plan, on, guidance),
        *_child(case, on, guidance),
        *_other_plans(case, on, guidance),
    ]


# --- the plan itself ---


def _stated(case: CaseFile, plan: Plan) -> list[Action]:
    return [action for action in case.actions_of(plan) if action.text.strip()]


def _huvudmen(case: CaseFile, plan: Plan, on: date, guidance: Guidance) -> Iterator[Advice]:
    performers = {action.performer for action in _stated(case, plan)}
    named = performers & {Performer.KOMMUN, Performer.REGION}
    if len(named) == 1 and case.case.kommun != _GOTLAND:
        text = _("Bara {huvudman} har insatser. Saknas något, eller räcker det med en huvudman?")
        yield Advice(text.format(huvudman=named.pop().text), _law(guidance, "sip_social", on))
    if plan.others_none and not all(performer.is_huvudman for performer in performers):
        text = _("Planen säger att ingen annan gör något, men har insatser av någon annan än huvudmännen.")
        yield Advice(text, _law(guidance, "contents", on))


def _own_words(case: CaseFile, plan: Plan) -> Iterator[Advice]:
    goals = case.goals_of(plan)
    if not plan.matters.strip():
        yield _practice(_("Det framgår inte vad som är viktigt för den enskilde."))
    if not goals:
        yield _practice(_("Planen har inget mål."))
    elif not any(goal.own_words.strip() for goal in goals):
        yield _practice(_("Inget mål är skrivet med den enskildes egna ord."))


def _actions(case: CaseFile, plan: Plan) -> Iterator[Advice]:
    actions = _stated(case, plan)
    with_action = {action.goal_key for action in actions}
    with_goal = {goal.need_key for goal in case.goals_of(plan)}
    yield from _listed(_("Behov utan mål: {keys}."), (n.key for n in case.needs_of(plan) if n.key not in with_goal))
    yield from _listed(_("Mål utan insats: {keys}."), (g.key for g in case.goals_of(plan) if g.key not in with_action))
    yield from _listed(
        _("Insatser utan ansvarig verksamhet eller person: {keys}."), (a.key for a in actions if not _has_owner(a))
    )
    yield from _listed(
        _("Insatser utan uppgift om när de börjar: {keys}."), (a.key for a in actions if not a.start.strip())
    )
    yield from _listed(
        _("Insatser utan datum för när de ska vara klara: {keys}."), (a.key for a in actions if a.due is None)
    )


def _has_owner(action: Action) -> bool:
    """The individual answers for their own; everybody else is to be named."""
    is_own = action.performer == Performer.INDIVIDUAL
    return is_own or action.participant_id is not None or bool(action.responsible.strip())


def _responsibility(plan: Plan) -> Iterator[Advice]:
    if not plan.responsible_person.strip() and plan.responsible_participant is None:
        yield _practice(_("Ingen person är utsedd att hålla i planen hos den huvudansvariga huvudmannen."))


def _next_time(plan: Plan, on: date) -> Iterator[Advice]:
    if plan.followup_on is None:
        yield _practice(_("Planen har inget datum för uppföljning."))
        return
    if plan.followup_on < on:
        yield _practice(_("Datumet för uppföljning ligger före planens datum."))
    if not plan.followup_by.strip():
        yield _practice(_("Det framgår inte vem som kallar till uppföljningen."))


# --- the individual, consent, children, other plans ---


def _presence(case: CaseFile, plan: Plan, on: date, guidance: Guidance) -> Iterator[Advice]:
    """The plan is made together with the individual when possible (the law); who came is recorded."""
    meeting = next((m for m in case.meetings if m.id == plan.meeting_id), None) or last_held(case, MeetingKind.SIP)
    own = {p.id for p in case.participants if p.kind == ParticipantKind.PERSON}
    rows = [a for a in case.attendances if meeting and a.meeting_id == meeting.id and a.participant_id in own]
    source = _law(guidance, "participation", on)
    if not rows:
        yield Advice(_("Det är inte antecknat om den enskilde var med på mötet."), source)
    elif all(row.presence != Presence.CAME for row in rows):
        text = _("Den enskilde var inte med på mötet. Skriv hur den enskilde ändå har fått vara delaktig.")
        yield Advice(text, source)


def _consent(case: CaseFile, plan: Plan, on: date, guidance: Guidance) -> Iterator[Advice]:
    sip = consent_in_force(case, ConsentKind.SIP, on)
    shared = consent_in_force(case, ConsentKind.INFORMATION, on)
    secrecy = _law(guidance, "secrecy_consent", on)
    if sip is None:
        yield Advice(_("Det finns inget gällande samtycke till att en SIP görs."), _law(guidance, "sip_social", on))
    if shared is None:
        yield Advice(_("Det finns inget gällande samtycke till att uppgifter lämnas ut."), secrecy)
    given = [consent for consent in (sip, shared) if consent]
    if given and not any(consent.told_withdrawal for consent in given):
        yield Advice(_("Det är inte antecknat att den enskilde vet att samtycket kan återkallas."), secrecy)
    if plan.followup_on and any(c.valid_to and c.valid_to < plan.followup_on for c in given):
        yield Advice(_("Ett samtycke går ut före uppföljningen."), secrecy)
    if any(c.giver == ConsentGiver.CANNOT and not (c.cannot_judged_by and c.cannot_ground) for c in given):
        text = _("Den enskilde kan inte ta ställning, men det saknas vem som bedömde det eller med vilken grund.")
        yield Advice(text, secrecy)


def _child(case: CaseFile, on: date, guidance: Guidance) -> Iterator[Advice]:
    """What guardians said is recorded, never computed; the child is heard."""
    born = case.person.birth_date
    if born is None or age_on(born, on) >= ADULT:
        return
    given = [c for kind in ConsentKind if (c := consent_in_force(case, kind, on)) and c.giver in _GUARDIANS]
    if not any(consent.child_view.strip() for consent in case.consents):
        text = _("Det framgår inte vad barnet eller den unge själv säger.")
        yield Advice(text, _law(guidance, "child_social", on))
    if any(_is_open(case, consent) for consent in given):
        text = _("En vårdnadshavare har sagt nej eller inte tillfrågats. Två vårdnadshavare bestämmer tillsammans.")
        yield Advice(text, _law(guidance, "guardians", on))


def _is_open(case: CaseFile, consent: Consent) -> bool:
    answers = {row.participant_id: row.answer for row in case.guardians if row.consent_id == consent.id}
    known = [p.id for p in case.active_participants if p.kind == ParticipantKind.GUARDIAN]
    return any(answers.get(each) not in _SETTLED for each in {*answers, *known})


def _other_plans(case: CaseFile, on: date, guidance: Guidance) -> Iterator[Advice]:
    """A SIP is never merged with another plan; some care has a plan of its own instead."""
    written = " ".join(row.existing_plans for row in case.assessments).upper()
    named = set(re.findall(r"\w+", written))
    if "LSS" in named or case.case.target_group in _DISABILITY:
        text = _("Finns en individuell plan enligt LSS? Hänvisa till den, men slå inte ihop planerna.")
        yield Advice(text, _law(guidance, "lss_plan", on))
    if named & {"LPT", "LRV", "TVÅNGSVÅRD"}:
        text = _("Vid utskrivning till öppen tvångsvård används en samordnad vårdplan. SIP kan vila så länge.")
        yield Advice(text, _law(guidance, "coercive_care", on))


# --- wording ---


def _listed(text: str, keys: Iterable[str]) -> Iterator[Advice]:
    if found := ", ".join(keys):
        yield _practice(text.format(keys=found))


def _practice(text: str) -> Advice:
    return Advice(text, _("God praxis vid granskning av planer; inget lagkrav."))


def _law(guidance: Guidance, law_id: str, on: date) -> str:
    """The citation as it stood that day; before the compilation begins, at least what it is."""
    return guidance.citation(law_id, on) or _("Lag; kontrollera vad som gällde då.")
