"""Step 1, bedöm behov: is a SIP needed, was it offered, and does the individual want one.

SoL 10 kap. 8 § and HSL 16 kap. 4 §: insatser from both, one huvudman's judgement that a plan is
needed, and consent. At discharge (2017:612) planning is a duty: no test of whether a plan helps.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sipctl.language import _
from sipctl.process.context import Context
from sipctl.process.form import Answers, Form, Kind, Prefer, Q
from sipctl.process.questions.consent_parts import apply_consent, consent_questions, present_consent
from sipctl.process.questions.parts import always, choices, filled, is_, not_after, text, today_of
from sipctl.vocabulary.case import AskedBy, Offer, Route
from sipctl.vocabulary.consent import ConsentForm, ConsentKind
from sipctl.vocabulary.steps import Step

if TYPE_CHECKING:
    from sipctl.model.casefile import CaseFile

VERSION = 1
_ASSESSMENT = ("noticed_by", "asked_by", "needs_kommun", "needs_region", "criteria", "reason", "offer",
               "offered_on", "decline_reason", "existing_plans")  # fmt: skip
_DISCHARGE = ("ready_at", "ward", "expected_on", "admitted_on", "home_on", "fast_contact")


def form(case: CaseFile, context: Context) -> Form:
    """Open care asks whether a plan helps; discharge asks for the chain of dates instead."""
    start = _discharge(context) if case.case.route == Route.DISCHARGE else _opencare(context)
    accepted = is_("offer", Offer.ACCEPTED)
    questions = (
        *start,
        *_offer(context),
        *consent_questions(case, context, accepted, "consent_"),
        Q("existing_plans", _("Finns andra planer som hör ihop med den här?"), Kind.LONG, offered=True,
          why=_("Till exempel genomförandeplan eller individuell plan enligt LSS. En SIP ersätter dem inte.")),
        *context.guidance.extras.get(Step.ASSESS, ()),
    )  # fmt: skip
    hurried = case.case.route == Route.DISCHARGE
    return Form(Step.ASSESS, context.guidance.steps[Step.ASSESS], VERSION, questions, hurried=lambda answers: hurried)


def _opencare(context: Context) -> tuple[Q, ...]:
    law = context.guidance.citation("sip_social", context.today)
    return (
        _date(context),
        Q("asked_by", _("Vem har väckt frågan om SIP?"), Kind.CHOICE, choices(AskedBy), required=True,
          default=always(AskedBy.OWN_UNIT.value)),
        Q("noticed_by", _("Vem har upptäckt behovet?"), required=True, default=always(_signature(context))),
        Q("needs_kommun", _("Behövs insatser från kommunen?"), Kind.YESNO, required=True, source=law),
        Q("needs_region", _("Behövs insatser från regionen?"), Kind.YESNO, required=True, source=law,
          why=_("SIP görs när båda behövs och insatserna måste samordnas.")),
        Q("criteria", _("Varför hjälper en SIP?"), Kind.MANY, context.guidance.criteria,
          why=_("Stöd för bedömningen; välj det som stämmer.")),
        Q("decision", _("Behövs en SIP?"), Kind.YESNO, required=True, source=law,
          why=_("Det räcker att en huvudman bedömer att planen behövs; då gäller det båda.")),
        Q("reason", _("Varför behövs ingen SIP?"), Kind.LONG, required=True, when=is_("decision", False),
          why=_("Att säga nej till en begärd SIP ska vara ett undantag, och skälet ska stå i journalen.")),
    )  # fmt: skip


def _discharge(context: Context) -> tuple[Q, ...]:
    law = context.guidance.citation("discharge", context.today)
    past = not_after(context.today)
    return (
        Q("ready_at", _("När kom meddelandet om utskrivningsklar? (datum och tid)"), Kind.DATETIME,
          prefer=Prefer.PAST, check=past, source=law,
          why=_("Kallelsen ska gå inom tre kalenderdagar från meddelandet. Hoppa över om det inte har kommit.")),
        Q("ward", _("Sjukhus och avdelning"), required=True),
        Q("expected_on", _("Beräknad utskrivning"), Kind.DATE, prefer=Prefer.FUTURE, offered=True),
        Q("admitted_on", _("Inskriven"), Kind.DATE, prefer=Prefer.PAST, check=past, offered=True),
        Q("home_on", _("Planerad hemgång"), Kind.DATE, prefer=Prefer.FUTURE, offered=True),
        Q("fast_contact", _("Fast vårdkontakt i regionens öppna vård"), offered=True,
          why=_("Det är den fasta vårdkontakten som kallar, inte kommunen."), source=law),
        Q("noticed_by", _("Vem har upptäckt behovet?"), offered=True, default=always(_signature(context))),
    )  # fmt: skip


def _offer(context: Context) -> tuple[Q, ...]:
    needed = lambda item, top: item.get("decision", True) is not False  # noqa: E731 - a condition, not a function
    return (
        Q("offer", _("Vad säger den enskilde om att göra en SIP?"), Kind.CHOICE, choices(Offer), required=True,
          when=needed, why=_("Den enskilde bestämmer. Ett nej är ett fullgott svar och kan ändras senare."),
          source=context.guidance.citation("sip_social", context.today)),
        Q("offered_on", _("När erbjöds SIP?"), Kind.DATE, prefer=Prefer.PAST, offered=True,
          when=is_("offer", Offer.ACCEPTED, Offer.DECLINED, Offer.THINKING), check=not_after(context.today)),
        Q("decline_reason", _("Vad säger den enskilde om varför?"), Kind.LONG, when=is_("offer", Offer.DECLINED),
          why=_("Frivilligt. Ingen behöver förklara sitt nej.")),
    )  # fmt: skip


def _date(context: Context) -> Q:
    return Q("on_date", _("Datum för bedömningen"), Kind.DATE, required=True, prefer=Prefer.PAST,
             default=today_of(context), check=not_after(context.today))  # fmt: skip


def _signature(context: Context) -> str:
    return ", ".join(part for part in (context.coordinator, context.unit) if part)


def present(case: CaseFile, context: Context) -> Answers:
    """The latest assessment as answers; empty when there is none."""
    answers: Answers = {}
    if case.assessments:
        row = case.assessments[-1]
        is_discharge = case.case.route == Route.DISCHARGE
        if not is_discharge:
            answers |= {"on_date": row.on_date.isoformat(), "decision": row.decision}
        skip = {"asked_by", "needs_kommun", "needs_region", "criteria", "reason"} if is_discharge else set()
        answers |= filled({key: getattr(row, key) for key in _ASSESSMENT if key not in skip})
    answers |= present_consent(case, ConsentKind.SIP, context, "consent_")
    if case.case.route == Route.DISCHARGE and not case.assessments:
        # Hours count before the kallelse: what is nearly always so is filled in, to be changed in the summary.
        answers |= {"consent_form": ConsentForm.SPOKEN.value, "consent_on": context.today.isoformat()}
    if case.discharges:
        answers |= filled({key: getattr(case.discharges[-1], key) for key in _DISCHARGE})
    return answers


def apply(case: CaseFile, answers: Answers, context: Context) -> None:
    """Write the assessment (a new date is a new assessment), the notice, and the consent."""
    on = answers.get("on_date") or context.today.isoformat()
    values: Answers = {
        key: text(answers.get(key)) for key in ("noticed_by", "reason", "decline_reason", "existing_plans")
    }
    values |= {
        "on_date": on,
        "asked_by": answers.get("asked_by") or AskedBy.OWN_UNIT,
        "needs_kommun": answers.get("needs_kommun", True),
        "needs_region": answers.get("needs_region", True),
        "criteria": answers.get("criteria") or [],
        "decision": answers.get("decision", True),
        "offer": answers.get("offer") or Offer.NOT_YET,
        "offered_on": answers.get("offered_on"),
    }
    last = case.assessments[-1] if case.assessments else None
    if last and (last.on_date.isoformat() == on or "on_date" not in answers):
        case.change(last, **values | {"on_date": last.on_date})
    else:
        case.add("assessments", **values)
    if case.case.route == Route.DISCHARGE:
        _apply_discharge(case, answers, context)
    apply_consent(case, answers, ConsentKind.SIP, context, "consent_")


def _apply_discharge(case: CaseFile, answers: Answers, context: Context) -> None:
    """A notice given anew is a new row; the earlier one is then withdrawn."""
    values = {key: answers.get(key) for key in _DISCHARGE if key not in ("ward", "fast_contact")}
    values |= {"ward": text(answers.get("ward")), "fast_contact": text(answers.get("fast_contact"))}
    last = case.discharges[-1] if case.discharges else None
    if last and last.ready_withdrawn_at is None:
        case.change(last, **values)
    else:
        case.add("discharges", **values)
