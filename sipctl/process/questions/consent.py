"""``consent``: give, narrow or withdraw, at any time.

Withdrawal stops sharing, not the record: insatser go on under their own decisions. What remains
possible is said by ``sipctl.process.consent.may_issue``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sipctl.language import _
from sipctl.process.consent import consent_in_force
from sipctl.process.context import Context
from sipctl.process.form import Answers, Choice, Form, Kind, Prefer, Q
from sipctl.process.questions.consent_parts import apply_consent, consent_questions, present_consent
from sipctl.process.questions.parts import always, both, choices, filled, is_, not_after, text, today_of
from sipctl.process.questions.people import present_participants, title_of
from sipctl.vocabulary.consent import Category, ConsentForm, ConsentKind

if TYPE_CHECKING:
    from sipctl.model.casefile import CaseFile
    from sipctl.model.consent import Consent

VERSION = 1
GIVE_SIP, GIVE_INFORMATION, NARROW, WITHDRAW = "give_sip", "give_information", "narrow", "withdraw"


def form(case: CaseFile, context: Context) -> Form:
    """What has happened with the consent, and the questions that follow from it."""
    shared = is_("what", GIVE_INFORMATION, NARROW)
    consent = consent_in_force(case, ConsentKind.INFORMATION, context.today)
    general, own = _scopes(case, consent)
    differs = both(shared, lambda item, top: item.get("differs") is not False)
    questions = (
        Q("what", _("Vad gäller det?"), Kind.CHOICE, _possible(case, context), required=True),
        *consent_questions(case, context, is_("what", GIVE_SIP), "sip_"),
        *consent_questions(case, context, is_("what", GIVE_INFORMATION), "info_"),
        Q("narrow_on", _("När begränsades samtycket?"), Kind.DATE, required=True, prefer=Prefer.PAST,
          when=is_("what", NARROW), default=today_of(context), check=not_after(context.today)),
        Q("narrow_form", _("Hur lämnades beskedet?"), Kind.CHOICE, choices(ConsentForm), required=True,
          when=is_("what", NARROW), default=always("spoken")),
        Q("know", _("Vad får deltagarna veta?"), Kind.MANY,
          tuple(c for c in context.guidance.categories if c.value != Category.BASIC), when=shared, required=True,
          default=always(general)),
        Q("differs", _("Gäller något annat för en viss mottagare?"), Kind.YESNO, when=shared,
          default=always(bool(own))),
        Q("recipients", _("Mottagare"), Kind.GROUP, fixed=True, when=differs,
          item_name=_("mottagare"), item_title=lambda item: str(item.get("who") or ""),
          fields=(
              Q("who", _("Mottagare"), when=lambda item, top: False),
              Q("know", _("Vad får den här mottagaren veta?"), Kind.MANY, context.guidance.categories,
                default=lambda item, top: own.get(str(item.get("key")), top.get("know"))),
          )),
        Q("limits", _("Vad ska samtycket INTE omfatta?"), Kind.LONG, when=shared,
          default=always(consent.limits if consent else "")),
        *_withdrawal(context),
    )  # fmt: skip
    return Form("consent", _("Samtycke"), VERSION, questions)


def _scopes(case: CaseFile, consent: Consent | None) -> tuple[list[Category], dict[str, Any]]:
    """What everybody may know under the consent, and by key those for whom something else holds."""
    rows = [scope for scope in case.scopes if consent and scope.consent_id == consent.id]
    general = next((list(scope.categories) for scope in rows if scope.participant_id is None), [])
    own = {person.key: list(scope.categories) for scope in rows if (person := case.participant(scope.participant_id))}
    return general, own


def _possible(case: CaseFile, context: Context) -> tuple[Choice, ...]:
    in_force = [k for k in ConsentKind if consent_in_force(case, k, context.today)]
    options = [
        Choice(GIVE_SIP, _("den enskilde samtycker till att en SIP görs")),
        Choice(GIVE_INFORMATION, _("den enskilde samtycker till att uppgifter lämnas ut")),
    ]
    if ConsentKind.INFORMATION in in_force:
        options.append(Choice(NARROW, _("samtycket till uppgifter begränsas")))
    if in_force:
        options.append(Choice(WITHDRAW, _("samtycket tas tillbaka")))
    return tuple(options)


def _withdrawal(context: Context) -> tuple[Q, ...]:
    asked = is_("what", WITHDRAW)
    return (
        Q("withdrawn_kinds", _("Vilket samtycke tas tillbaka?"), Kind.MANY, choices(ConsentKind), when=asked,
          required=True),
        Q("withdrawn_on", _("När togs det tillbaka?"), Kind.DATE, required=True, prefer=Prefer.PAST, when=asked,
          default=today_of(context), check=not_after(context.today)),
        Q("withdrawn_by", _("Vem tog tillbaka det?"), required=True, when=asked, default=always(_("den enskilde"))),
        Q("already_given", _("Vad har redan lämnats, och till vem?"), Kind.LONG, when=asked,
          why=_("Det som redan är lämnat kan inte tas tillbaka, men den enskilde har rätt att veta vad det är.")),
    )  # fmt: skip


def present(case: CaseFile, context: Context) -> Answers:
    """Whom the answers may be about. What each may know is asked anew: a change of consent is an event."""
    people = present_participants(case, context)
    rows = [filled({"key": p["key"], "who": title_of(p, context)}) for p in people]
    guardians = {}
    for kind, prefix in ((ConsentKind.SIP, "sip_"), (ConsentKind.INFORMATION, "info_")):
        key = f"{prefix}guardians"
        guardians[key] = present_consent(case, kind, context, prefix).get(key)
    return filled({"recipients": rows, **guardians})


def apply(case: CaseFile, answers: Answers, context: Context) -> None:
    """Write the new consent, the narrowing, or the withdrawal."""
    what = answers["what"]
    if what == GIVE_SIP:
        apply_consent(case, answers, ConsentKind.SIP, context, "sip_")
    elif what == GIVE_INFORMATION:
        before = consent_in_force(case, ConsentKind.INFORMATION, context.today)
        consent = apply_consent(case, answers, ConsentKind.INFORMATION, context, "info_")
        if consent:
            _scope(case, before, consent, answers)
    elif what == NARROW:
        _narrow(case, answers, context)
    else:
        _withdraw(case, answers)


def _narrow(case: CaseFile, answers: Answers, context: Context) -> None:
    """A narrower consent supersedes the wider one, which stays as it was given."""
    before = consent_in_force(case, ConsentKind.INFORMATION, context.today)
    if before is None:
        return
    kept = before.model_dump(exclude={"id", "case_id", "supersedes", "given_on", "form", "limits", "taken_by"})
    consent = case.add(
        "consents",
        **kept,
        supersedes=before.id,
        given_on=answers["narrow_on"],
        form=answers["narrow_form"],
        taken_by=context.coordinator,
    )
    for row in [g for g in case.guardians if g.consent_id == before.id]:
        case.add("guardians", consent_id=consent.id, participant_id=row.participant_id, answer=row.answer, why=row.why)
    _scope(case, before, consent, answers)


def _scope(case: CaseFile, before: Consent | None, consent: Consent, answers: Answers) -> None:
    """Who may know what from now on. What nothing is said about stays, but never wider than the rest."""
    limits = answers.get("limits", before.limits if before else "")
    general = answers.get("know") or []
    _before, own = _scopes(case, before)
    own = {key: [value for value in known if value in (*general, Category.BASIC)] for key, known in own.items()}
    if answers.get("differs") is False:
        own = {}
    for item in answers.get("recipients") or []:
        if item.get("know") is not None:
            own[item["key"]] = item["know"]
    case.change(consent, limits=text(limits))
    for row in [s for s in case.scopes if s.consent_id == consent.id]:
        case.drop("scopes", row)
    case.add("scopes", consent_id=consent.id, categories=general)
    for key, known in own.items():
        if person := case.by_key(key):
            case.add("scopes", consent_id=consent.id, participant_id=person.id, categories=known)


def _withdraw(case: CaseFile, answers: Answers) -> None:
    for consent in case.consents:
        if consent.kind in answers["withdrawn_kinds"] and consent.withdrawn_on is None:
            case.change(
                consent,
                withdrawn_on=answers["withdrawn_on"],
                withdrawn_by=text(answers.get("withdrawn_by")),
                already_given=text(answers.get("already_given")),
            )
