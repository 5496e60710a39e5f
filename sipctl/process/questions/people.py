"""The participants group: who is to be called, and what each of them may know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sipctl.language import _
from sipctl.process.consent import consent_in_force
from sipctl.process.context import Context, UnitCard
from sipctl.process.form import Answers, Choice, Kind, Q
from sipctl.process.questions.consent_parts import free_key
from sipctl.process.questions.parts import always, both, choices, filled, is_, text
from sipctl.vocabulary.consent import Category, ConsentKind
from sipctl.vocabulary.people import ParticipantKind, Protection, RepresentativeKind
from sipctl.vocabulary.units import Huvudman, SendBy

if TYPE_CHECKING:
    from sipctl.model.casefile import CaseFile
    from sipctl.model.participant import Participant

WRITTEN = "written"
"""The unit is not in the address book: its name is written instead."""

_TEXTS = ("name", "role", "phone", "address", "document_scope", "brings")


def participants(context: Context, *, required: bool) -> Q:
    """Everybody around the individual. The individual is always called and not listed here."""
    return Q(
        "participants",
        _("Vilka ska vara med?"),
        Kind.GROUP,
        required=required,
        prefix="D",
        item_name=_("deltagare"),
        item_title=lambda item: title_of(item, context),
        fields=_fields(context),
        why=_("Huvudmän kallas, alla andra bjuds in. Fråga den enskilde vilka som ska – och inte ska – vara med."),
    )


def _fields(context: Context) -> tuple[Q, ...]:
    unit = is_("kind", ParticipantKind.UNIT)
    written = both(unit, is_("unit", WRITTEN))
    human = is_("kind", ParticipantKind.RELATIVE, ParticipantKind.GUARDIAN, ParticipantKind.REPRESENTATIVE)
    representative = is_("kind", ParticipantKind.REPRESENTATIVE)
    other = is_("kind", ParticipantKind.OTHER)
    kinds = [kind for kind in ParticipantKind if kind != ParticipantKind.PERSON]
    return (
        Q("kind", _("Vem är det?"), Kind.CHOICE, choices(kinds), required=True,
          default=always(ParticipantKind.UNIT.value)),
        Q("unit", _("Vilken enhet?"), Kind.CHOICE, unit_choices(context), when=unit, required=True),
        Q("unit_name", _("Enhetens namn"), when=lambda item, top: written(item, top) or other(item, top),
          required=True),
        Q("huvudman", _("Vem är huvudman för enheten?"), Kind.CHOICE,
          choices([Huvudman.KOMMUN, Huvudman.REGION]), when=written, required=True),
        Q("name", _("Namn"), when=human, required=True),
        Q("representative", _("Vilket slags ställföreträdare?"), Kind.CHOICE, choices(RepresentativeKind),
          when=representative, required=True,
          why=_("En framtidsfullmakt gäller bara det som står i den: anteckna handlingen och vad den omfattar.")),
        Q("document_scope", _("Vad omfattar uppdraget eller fullmakten?"), when=representative, required=True),
        Q("protection", _("Har personen skyddade personuppgifter?"), Kind.CHOICE, choices(Protection), when=human,
          required=True, default=always("none")),
        Q("know", _("Vad får den här deltagaren veta? (om det skiljer sig från samtycket i stort)"), Kind.MANY,
          context.guidance.categories, offered=True, category=Category.BASIC),
        Q("contact", _("Kontaktperson"), when=lambda item, top: not human(item, top), offered=True),
        Q("role", _("Roll eller yrke"), offered=True),
        Q("phone", _("Telefon"), offered=True),
        Q("address", _("Adress"), Kind.LONG, offered=True),
        Q("send_by", _("Hur skickas brevet?"), Kind.CHOICE, choices(SendBy), offered=True,
          why=_("Uppgifter om hälsa skickas aldrig i vanlig e-post.")),
        Q("brings", _("Vad behöver den här deltagaren ta med sig eller kunna besluta om?"), Kind.LONG,
          offered=True),
    )  # fmt: skip


def unit_choices(context: Context) -> tuple[Choice, ...]:
    """The address book, then "written"."""
    known = tuple(Choice(card.name, card.name, card.huvudman.text) for card in context.units)
    return (*known, Choice(WRITTEN, _("annan enhet – skriv namnet")))


def title_of(item: Answers, context: Context) -> str:
    """How a participant is named in lists: the unit or the person."""
    card = context.unit_card(item.get("unit"))
    return str((card.name if card else "") or item.get("unit_name") or item.get("name") or "")


def present_participants(case: CaseFile, context: Context) -> list[Answers]:
    """The active participants as items."""
    consent = consent_in_force(case, ConsentKind.INFORMATION, context.today)
    own = {s.participant_id: s.categories for s in case.scopes if consent and s.consent_id == consent.id}
    return [_present(person, own.get(person.id), context) for person in case.others]


def _present(person: Participant, know: Any, context: Context) -> Answers:
    is_unit = person.kind == ParticipantKind.UNIT
    is_human = person.kind not in (ParticipantKind.UNIT, ParticipantKind.OTHER)
    card = context.unit_by_id(person.unit_id)
    item = filled(
        {
            "key": person.key,
            "kind": person.kind,
            "unit": (card.name if card else WRITTEN) if is_unit else None,
            "unit_name": None if card else person.unit_name,
            "huvudman": None if card or not is_unit else person.huvudman,
            "name" if is_human else "contact": person.name,
            "representative": person.representative,
            "protection": person.protection if is_human else None,
            "send_by": None if card and card.send_by == person.send_by else person.send_by,
            **{key: getattr(person, key) for key in _TEXTS if key != "name"},
            "know": know,
        }
    )
    return _without_card_values(item, card)


def _without_card_values(item: Answers, card: UnitCard | None) -> Answers:
    """What merely repeats the address book is no answer of this case."""
    if card:
        for key, value in (("phone", card.phone), ("address", card.address)):
            if item.get(key) == value:
                del item[key]
    return item


def apply_participants(case: CaseFile, items: list[Answers], context: Context) -> None:
    """Make, change and end participants after the items; order is position."""
    kept = set()
    for position, item in enumerate(items):
        person = _apply_one(case, item, position, context)
        kept.add(person.id)
    for person in case.others:
        if person.id not in kept:
            _end(case, person, context)


def _apply_one(case: CaseFile, item: Answers, position: int, context: Context) -> Participant:
    values = {"position": position, **_values(item, context)}
    known = case.by_key(item["key"])
    if known:
        case.change(known, left_on=None, **values)
        return known
    added: Participant = case.add("participants", key=free_key(case, item["key"]), **values)
    return added


def _values(item: Answers, context: Context) -> Answers:
    """Columns of a participant: what the item says, else what the address book says."""
    card = context.unit_card(item.get("unit"))
    values: Answers = {key: text(item.get(key)) for key in _TEXTS}
    values |= {
        "kind": item["kind"],
        "name": text(item.get("name") or item.get("contact")),
        "unit_id": card.id if card else None,
        "unit_name": card.name if card else text(item.get("unit_name")),
        "huvudman": card.huvudman if card else item.get("huvudman"),
        "representative": item.get("representative"),
        "protection": item.get("protection") or Protection.NONE,
        "send_by": item.get("send_by") or (card.send_by if card else SendBy.LETTER),
        "phone": text(item.get("phone")) or (card.phone if card else ""),
        "address": text(item.get("address")) or (card.address if card else ""),
    }
    return values


def _end(case: CaseFile, person: Participant, context: Context) -> None:
    """Somebody called or heard stays in the case as having left; a mere entry is taken away."""
    tied: list[Any] = [
        *case.invitations,
        *case.attendances,
        *case.guardians,
        *case.scopes,
        *case.documents,
        *case.actions,
    ]
    if any(row.participant_id == person.id for row in tied):
        case.change(person, left_on=context.today)
    else:
        case.drop("participants", person)
