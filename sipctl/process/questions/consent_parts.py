"""The questions on a consent, shared by assess, plan and ``consent``: who gave it, how, within what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sipctl.language import _
from sipctl.process.consent import consent_in_force
from sipctl.process.context import Context
from sipctl.process.deadlines import age_on
from sipctl.process.form import Answers, Kind, Prefer, Q
from sipctl.process.questions.parts import When, always, both, choices, filled, is_, not_after, text, today_of
from sipctl.vocabulary.consent import ConsentForm, ConsentGiver, ConsentKind, GuardianAnswer
from sipctl.vocabulary.people import ParticipantKind, Protection

if TYPE_CHECKING:
    from sipctl.model.casefile import CaseFile
    from sipctl.model.consent import Consent, ConsentGuardian
    from sipctl.model.participant import Participant

# answer key (after the prefix) → column of ``consent``
_COLUMNS = {
    "giver": "giver",
    "form": "form",
    "on": "given_on",
    "child_view": "child_view",
    "cannot_by": "cannot_judged_by",
    "cannot_how": "cannot_how",
    "cannot_will": "cannot_known_will",
    "cannot_ground": "cannot_ground",
    "told": "told_withdrawal",
    "adapted": "adapted",
    "valid_to": "valid_to",
}
_EMPTY_TEXT = ("child_view", "cannot_by", "cannot_how", "cannot_will", "cannot_ground")


def is_minor(case: CaseFile, context: Context) -> bool:
    """Under 18 today."""
    born = case.person.birth_date
    return born is not None and age_on(born, context.today) < 18


def consent_questions(case: CaseFile, context: Context, asked: When, prefix: str) -> tuple[Q, ...]:
    """Who gave the consent and how; ``prefix`` keeps the two consents' keys apart."""
    k = prefix
    guardians = both(asked, is_(f"{k}giver", "guardians", "individual_guardians"))
    cannot = both(asked, is_(f"{k}giver", "cannot"))
    source = context.guidance.citation("secrecy_consent", context.today)
    return (
        Q(
            f"{k}giver",
            _("Vem har lämnat samtycket?"),
            Kind.CHOICE,
            choices(ConsentGiver),
            required=True,
            when=asked,
            default=always("guardians" if is_minor(case, context) else "individual"),
            why=_("Samtycket är den enskildes. sipctl avgör aldrig vem som får samtycka, bara vem som gjorde det."),
            source=source,
        ),
        Q(
            f"{k}form",
            _("Hur lämnades samtycket?"),
            Kind.CHOICE,
            choices(ConsentForm),
            required=True,
            when=both(asked, lambda item, top: item.get(f"{k}giver") != "cannot"),
            default=always("spoken"),
            why=_("Muntligt räcker. Det viktiga är att det står vem, när och vad."),
        ),
        Q(
            f"{k}on",
            _("När lämnades samtycket?"),
            Kind.DATE,
            required=True,
            when=asked,
            prefer=Prefer.PAST,
            default=today_of(context),
            check=not_after(context.today),
        ),
        guardian_group(f"{k}guardians", guardians, case, context),
        Q(
            f"{k}child_view",
            _("Vad säger barnet självt?"),
            Kind.LONG,
            when=guardians,
            why=_("Barnet har rätt att komma till tals. Skriv med barnets egna ord."),
            source=context.guidance.citation("child_social", context.today),
        ),
        *_cannot_questions(context, cannot, k),
        Q(
            f"{k}told",
            _("Har den enskilde fått veta att samtycket kan tas tillbaka?"),
            Kind.YESNO,
            when=asked,
            offered=True,
        ),
        Q(f"{k}adapted", _("Gavs informationen på ett anpassat sätt?"), Kind.YESNO, when=asked, offered=True),
        Q(
            f"{k}valid_to",
            _("Gäller samtycket till ett visst datum?"),
            Kind.DATE,
            when=asked,
            prefer=Prefer.FUTURE,
            offered=True,
        ),
    )


def _cannot_questions(context: Context, cannot: When, k: str) -> tuple[Q, ...]:
    """Who judged that the individual cannot take a stand, how, and on what ground."""
    return (
        Q(
            f"{k}cannot_by",
            _("Vem har bedömt att den enskilde inte kan ta ställning?"),
            when=cannot,
            required=True,
        ),
        Q(f"{k}cannot_how", _("Hur gjordes bedömningen?"), Kind.LONG, when=cannot, required=True),
        Q(f"{k}cannot_will", _("Vad vet ni om den enskildes vilja?"), Kind.LONG, when=cannot),
        Q(
            f"{k}cannot_ground",
            _("Vilken grund stöder ni er på?"),
            when=cannot,
            required=True,
            why=_("Till exempel OSL 25:13. sipctl antecknar grunden; den som ansvarar för ärendet avgör."),
            source=context.guidance.citation("health_outward", context.today),
        ),
    )


def guardian_group(key: str, asked: When, case: CaseFile, context: Context) -> Q:
    """Each guardian with their stand: those the case knows, else named here."""
    known = known_guardians(case)
    return Q(
        key,
        _("Vårdnadshavare"),
        Kind.GROUP,
        when=asked,
        prefix="D",
        fixed=bool(known),
        item_name=_("vårdnadshavare"),
        item_title=lambda item: str(item.get("who") or item.get("name") or ""),
        required=True,
        why=_("Två vårdnadshavare bestämmer tillsammans; en ensam om den andra är förhindrad."),
        source=context.guidance.citation("guardians", context.today),
        fields=(*(_named() if known else _new()), *_stand(), *(() if known else _contact())),
    )


def known_guardians(case: CaseFile) -> list[Any]:
    """Guardians who take part in the case."""
    return [person for person in case.active_participants if person.kind == ParticipantKind.GUARDIAN]


def _named() -> tuple[Q, ...]:
    return (Q("who", _("Vårdnadshavare"), when=lambda item, top: False),)


def _new() -> tuple[Q, ...]:
    return (Q("name", _("Namn"), required=True),)


def _stand() -> tuple[Q, ...]:
    why_asked = is_("answer", "prevented", "not_asked", "board")
    return (
        Q("answer", _("Vad säger vårdnadshavaren?"), Kind.CHOICE, choices(GuardianAnswer), required=True),
        Q("why", _("Varför?"), Kind.LONG, when=why_asked, required=True),
    )


def _contact() -> tuple[Q, ...]:
    return (
        Q("protection", _("Har vårdnadshavaren skyddade personuppgifter?"), Kind.CHOICE, choices(Protection),
          required=True, default=always("none"),
          why=_("Då får inget brev till någon annan visa adress, telefon, skola eller plats.")),
        Q("phone", _("Telefon"), offered=True),
        Q("address", _("Adress"), Kind.LONG, offered=True),
    )  # fmt: skip


def present_consent(case: CaseFile, kind: ConsentKind, context: Context, prefix: str) -> Answers:
    """The consent in force as answers, and the guardians whose stand is asked for."""
    consent = consent_in_force(case, kind, context.today)
    answers: Answers = {}
    if consent:
        answers = filled({f"{prefix}{key}": getattr(consent, column) for key, column in _COLUMNS.items()})
        if consent.giver == ConsentGiver.CANNOT:
            del answers[f"{prefix}form"]
    stands = {row.participant_id: row for row in case.guardians if consent and row.consent_id == consent.id}
    if guardians := known_guardians(case):
        answers[f"{prefix}guardians"] = [_present_guardian(person, stands.get(person.id)) for person in guardians]
    return answers


def _present_guardian(person: Participant, stand: ConsentGuardian | None) -> Answers:
    item = {"key": person.key, "who": person.name}
    return filled(item | ({"answer": stand.answer, "why": stand.why} if stand else {}))


def apply_consent(case: CaseFile, answers: Answers, kind: ConsentKind, context: Context, prefix: str) -> Consent | None:
    """Write the consent the answers tell of, superseding the one in force when it differs."""
    if not answers.get(f"{prefix}giver"):
        return None
    values: Answers = {column: answers.get(f"{prefix}{key}") for key, column in _COLUMNS.items()}
    values |= {_COLUMNS[key]: text(answers.get(f"{prefix}{key}")) for key in _EMPTY_TEXT}
    values["form"] = values["form"] or ConsentForm.OTHER
    before = consent_in_force(case, kind, context.today)
    if before and before.given_on.isoformat() == values["given_on"]:
        case.change(before, **values)  # the same consent, told more fully
        consent = before
    else:
        consent = case.add(
            "consents", kind=kind, taken_by=context.coordinator, supersedes=before.id if before else None, **values
        )
    _apply_guardians(case, consent, answers.get(f"{prefix}guardians") or [])
    return consent


def _apply_guardians(case: CaseFile, consent: Consent, items: list[Answers]) -> None:
    for row in [g for g in case.guardians if g.consent_id == consent.id]:
        case.drop("guardians", row)
    for item in items:
        person = _guardian(case, item)
        case.add(
            "guardians",
            consent_id=consent.id,
            participant_id=person.id,
            answer=item["answer"],
            why=text(item.get("why")),
        )


def _guardian(case: CaseFile, item: Answers) -> Participant:
    """The participant behind a guardian's item, made when new."""
    known = case.by_key(item["key"])
    if known and known.kind == ParticipantKind.GUARDIAN:
        return known
    added: Participant = case.add(
        "participants",
        key=free_key(case, item["key"]),
        kind=ParticipantKind.GUARDIAN,
        position=len(case.participants),
        name=item["name"],
        protection=item.get("protection") or Protection.NONE,
        phone=text(item.get("phone")),
        address=text(item.get("address")),
    )
    return added


def free_key(case: CaseFile, wanted: str) -> str:
    """``wanted`` unless another participant has it, then the next free key of the same prefix."""
    taken = {participant.key for participant in case.participants}
    number = 1
    while wanted in taken:
        wanted = f"D{number}"
        number += 1
    return wanted
