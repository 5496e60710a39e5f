"""Step 2, planera: what matters to the individual, who is to come, what they may be told.

About 80 % of a SIP is preparation. The step leaves a draft plan (*Utkast*) for the meeting.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sipctl.language import _
from sipctl.process.consent import consent_in_force
from sipctl.process.context import Context
from sipctl.process.form import Answers, Form, Kind, Q
from sipctl.process.questions.consent_parts import apply_consent, consent_questions, present_consent
from sipctl.process.questions.parts import filled, is_, text
from sipctl.process.questions.people import apply_participants, participants, present_participants
from sipctl.process.questions.plan_parts import apply_needs, draft_of, needs, present_needs
from sipctl.vocabulary.consent import Category, ConsentKind
from sipctl.vocabulary.steps import Step

if TYPE_CHECKING:
    from sipctl.model.casefile import CaseFile

VERSION = 1
_WORDS = ("matters", "purpose", "works_well", "hard", "wishes", "shall_come", "shall_not_come", "not_talk_about",
          "where_when", "support", "who_begins", "situation")  # fmt: skip


def form(case: CaseFile, context: Context) -> Form:
    """Own words first, then people, then consent to tell them."""
    return Form(
        Step.PLAN,
        context.guidance.steps[Step.PLAN],
        VERSION,
        (
            Q("matters", _("Vad är viktigt för den enskilde just nu? (egna ord)"), Kind.LONG, required=True,
              why=_("Börja med den enskildes egna ord. Förberedelsebladet hjälper: sipctl document … preparation.")),
            Q("purpose", _("Vad ska mötet leda till?"), Kind.LONG, required=True,
              why=_("Skrivs i kallelsen. Den som kallas ska förstå varför just de behövs.")),
            Q("questions", _("Vilka frågor ska mötet svara på? (en per rad, två till fyra är lagom)"), Kind.LONG,
              required=True, check=_few_questions, why=_("Frågorna är överenskomna med den enskilde.")),
            participants(context, required=True),
            *information_consent(case, context),
            *_preparation(),
            needs(case, context, offered=True),
            *context.guidance.extras.get(Step.PLAN, ()),
        ),
        revisit=frozenset() if case.preparations else frozenset({"participants"}),
    )  # fmt: skip


def information_consent(case: CaseFile, context: Context) -> tuple[Q, ...]:
    """Consent that information is exchanged: looked at when the recipients are known."""
    given = is_("info_consent", True)
    return (
        Q("info_consent", _("Samtycker den enskilde till att deltagarna får uppgifter?"), Kind.YESNO, required=True,
          why=_("Utan samtycke visar breven bara vem det gäller, tid och plats, och ingen plan kan lämnas ut."),
          source=context.guidance.citation("secrecy_consent", context.today)),
        *consent_questions(case, context, given, "info_"),
        Q("info_know", _("Vad får deltagarna veta?"), Kind.MANY,
          tuple(c for c in context.guidance.categories if c.value != Category.BASIC), when=given, required=True),
        Q("info_limits", _("Vad ska samtycket INTE omfatta?"), Kind.LONG, when=given,
          why=_("Visas och bekräftas varje gång något lämnas ut.")),
    )  # fmt: skip


def _preparation() -> tuple[Q, ...]:
    def own(key: str, question: str) -> Q:
        return Q(key, question, Kind.LONG, offered=True)

    return (
        own("works_well", _("Vad fungerar bra?")),
        own("hard", _("Vad är svårt?")),
        own("wishes", _("Vad vill den enskilde ska hända?")),
        own("shall_come", _("Vilka vill den enskilde ha med?")),
        own("shall_not_come", _("Vilka ska inte vara med?")),
        own("not_talk_about", _("Vad ska mötet inte tala om?")),
        own("where_when", _("Var och när passar det?")),
        own("support", _("Vad behövs för att kunna delta? (tolk, pauser, bildstöd …)")),
        Q("who_begins", _("Vem börjar tala på mötet?"), offered=True),
        own("situation", _("Nuläge, kort")),
    )


def _few_questions(value: str, item: Answers) -> str | None:
    count = len([line for line in str(value).splitlines() if line.strip()])
    return None if count <= 6 else _("Det är för många frågor för ett möte; välj högst sex.")


def present(case: CaseFile, context: Context) -> Answers:
    """The latest preparation, the participants, the consent and the draft plan."""
    answers: Answers = {}
    if case.preparations:
        row = case.preparations[-1]
        answers |= filled({key: getattr(row, key) for key in _WORDS})
        answers |= filled({"questions": "\n".join(row.questions)})
    elif case.draft_plan:  # at discharge the kallelse has said it already
        answers |= filled({"purpose": case.draft_plan.purpose})
    if people := present_participants(case, context):
        answers["participants"] = people
    answers |= present_information(case, context)
    plan = case.draft_plan
    if plan and (items := present_needs(case, plan)):
        answers["needs"] = items
    return answers


def present_information(case: CaseFile, context: Context) -> Answers:
    """The consent to exchange information, with its general scope."""
    consent = consent_in_force(case, ConsentKind.INFORMATION, context.today)
    answers = present_consent(case, ConsentKind.INFORMATION, context, "info_")
    if consent is None:
        refused = case.preparations and not any(c.kind == ConsentKind.INFORMATION for c in case.consents)
        return answers | ({"info_consent": False} if refused else {})
    general = [s for s in case.scopes if s.consent_id == consent.id and s.participant_id is None]
    answers |= filled({"info_know": general[0].categories if general else [], "info_limits": consent.limits})
    return answers | {"info_consent": True}


def apply(case: CaseFile, answers: Answers, context: Context) -> None:
    """Write preparation, participants and consent, and bring the draft plan up to it."""
    values: Answers = {key: text(answers.get(key)) for key in _WORDS}
    values["questions"] = [line.strip() for line in text(answers.get("questions")).splitlines() if line.strip()]
    if case.preparations:
        case.change(case.preparations[-1], **values)
    else:
        case.add("preparations", on_date=context.today, **values)
    apply_participants(case, answers.get("participants") or [], context)
    apply_information(case, answers, context)
    plan = draft_of(case)
    case.change(plan, **{key: values[key] for key in ("matters", "purpose", "situation")})
    apply_needs(case, plan, answers.get("needs") or [])


def apply_information(case: CaseFile, answers: Answers, context: Context) -> None:
    """Write the consent to exchange information and who may know what."""
    if not answers.get("info_consent"):
        return
    consent = apply_consent(case, answers, ConsentKind.INFORMATION, context, "info_")
    if consent is None:
        return
    case.change(consent, limits=text(answers.get("info_limits")))
    for scope in [s for s in case.scopes if s.consent_id == consent.id]:
        case.drop("scopes", scope)
    case.add("scopes", consent_id=consent.id, categories=answers.get("info_know") or [])
    for item in answers.get("participants") or []:
        person = case.by_key(item["key"])
        if person and item.get("know") is not None:
            case.add("scopes", consent_id=consent.id, participant_id=person.id, categories=item["know"])
