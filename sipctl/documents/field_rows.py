"""Every name a template may use, one row each: the list behind ``fields.py`` and ``template fields``.

The names are a contract with the regions' own templates: add, never rename. Which categories a
row needs follows design §6:5 and the consent rules of ``process/consent.py`` (OSL 10:1, 12:2).
"""

from dataclasses import dataclass
from typing import Any

from sipctl.vocabulary import Category

_C = Category


@dataclass(frozen=True, slots=True)
class Field:
    """One name: ``meaning`` is for whoever edits a template, ``example`` a plain JSON value.

    A recipient sees the field only with ``category`` and all of ``also``. Further marks:
    ``whereabouts`` tells where somebody lives or is; ``home`` is the individual's own such data;
    ``own`` is for the individual alone; ``free`` is text in anybody's words, which may touch on
    anything.
    """

    name: str
    category: Category
    meaning: str
    example: Any
    also: frozenset[Category] = frozenset()
    whereabouts: bool = False
    home: bool = False
    own: bool = False
    free: bool = False

    @property
    def needs(self) -> frozenset[Category]:
        """Every category a recipient must be allowed."""
        return self.also | {self.category}

    @property
    def empty(self) -> list[str] | None:
        """How "not given" is written."""
        return [] if isinstance(self.example, list) else None


def _basic(name: str, meaning: str, example: Any) -> Field:
    return Field(name, _C.BASIC, meaning, example)


def _where(name: str, meaning: str, example: Any) -> Field:
    return Field(name, _C.BASIC, meaning, example, whereabouts=True)


def _home(name: str, meaning: str, example: Any) -> Field:
    return Field(name, _C.CONTACT, meaning, example, whereabouts=True, home=True)


def _health(name: str, meaning: str, example: Any) -> Field:
    return Field(name, _C.HEALTH, meaning, example, free=True)


def _free(name: str, meaning: str, example: Any, *, own: bool = False, whereabouts: bool = False) -> Field:
    also = frozenset({_C.HEALTH})
    return Field(name, _C.SOCIAL, meaning, example, also, free=True, own=own, whereabouts=whereabouts)


def _people(prefix: str) -> tuple[Field, ...]:
    return (
        _basic(f"{prefix}.role", "Roll", "biståndshandläggare"),
        _basic(f"{prefix}.huvudman", "Huvudman i ord", "kommunen"),
        _where(f"{prefix}.unit", "Enhet", "Äldreenheten Påhittstad"),
        _where(f"{prefix}.name", "Namn", "Kim Påhittsson"),
        _where(f"{prefix}.substitute", "Ersättare som kom", None),
        _basic(f"{prefix}.line", "Allt om deltagaren som mottagaren får veta, på en rad", "Kim Påhittsson, kommunen"),
    )


LISTS = {
    "others": "Övriga som är kallade eller inbjudna: ett varv per deltagare",
    "consent.categories": "Slag av uppgifter som samtycket kan gälla: ett varv per slag",
    "consent.recipients": "De som uppgifter kan lämnas till: ett varv per mottagare",
    "consent.recipients.choices": "Slagen av uppgifter med kryssruta: ett varv per slag",
    "plan.present": "Närvarande vid mötet: ett varv per deltagare",
    "plan.absent": "Kallade som inte kom: ett varv per deltagare",
    "plan.needs": "Planens behov: ett varv per behov",
    "plan.needs.goals": "Behovets mål: ett varv per mål",
    "plan.needs.goals.actions": "Målets insatser: ett varv per insats",
    "plan.others": "Det som andra än kommun och region gör: ett varv per åtgärd",
    "followup.goals": "Planens mål med utfall: ett varv per mål",
    "followup.actions": "Planens insatser med utfall: ett varv per insats",
    "extras": "Regionens egna frågor med svar: ett varv per fråga",
}
"""Names that hold a list of rows, with what one turn of the loop is."""

_LETTER = (
    _basic("document.kind", "Vad dokumentet är", "kallelse"),
    _basic("document.date", "Dokumentets datum", "2026-08-31"),
    _where("document.pack", "Regionpaketets namn", "Standard"),
    _where("document.notice", "Regionpaketets anmärkning, finstilt i sidfoten", "Efter publicerad vägledning."),
    _basic("sip.number", "SIP-nummer", "7K3M-9QXT"),
    _basic("sip.ref", "Ärendets beteckning hos oss", "2026-0007"),
    _basic("sip.discharge", "Sant om SIP:en görs vid utskrivning från sjukhus", False),
    _basic("sip.law", "Lagrum som gällde dokumentets dag", "10 kap. 8 § socialtjänstlagen (2025:400)"),
    _basic("sip.law_text", "Vad lagrummet kräver, i klartext", "Kommun och region ska upprätta planen."),
    _where("sip.convener", "Sammankallande enhet", "Äldreenheten Påhittstad"),
    _where("sender.unit", "Avsändande enhet", "Äldreenheten Påhittstad"),
    _basic("sender.huvudman", "Avsändarens huvudman i ord", "kommunen"),
    _basic("sender.name", "Samordnarens namn", "Kim Påhittsson"),
    _where("sender.phone", "Samordnarens direkttelefon", "010-000 00 00"),
    _where("sender.address", "Avsändarens adress", "Provgatan 1, 000 00 Påhittstad"),
    _basic("recipient.name", "Mottagarens namn", "Siv Påhittsson"),
    _basic("recipient.role", "Mottagarens roll", "distriktssköterska"),
    _basic("recipient.unit", "Mottagarens enhet", "Påhittets vårdcentral"),
    _basic("recipient.huvudman", "Mottagarens huvudman i ord", "regionen"),
    _basic("recipient.address", "Mottagarens egen adress", "Provgatan 2, 000 00 Påhittstad"),
    _basic("recipient.phone", "Mottagarens egen telefon", "010-000 00 01"),
    _basic("recipient.send_by", "Hur brevet går", "säker e-post"),
    _basic("recipient.huvudman_unit", "Sant om mottagaren är en enhet hos kommun eller region", True),
    Field("recipient.brings", _C.BASIC, "Vad mottagaren ska ta med och besluta om", "Beslut om hemtjänst", free=True),
    _basic("recipient.block", "Namn och adress på flera rader, för fönsterkuvert", "Siv Påhittsson\nProvgatan 2"),
)

_PERSON = (
    _basic("person.label", "Namn och nummer, eller initialer och ärende när sändsättet inte är skyddat", "S.P."),
    _basic("person.name", "Namn; tomt när sändsättet inte är skyddat", "Siv Påhittsson"),
    _basic("person.first_name", "Förnamn; tomt när sändsättet inte är skyddat", "Siv"),
    _basic("person.initials", "Initialer", "S.P."),
    _basic("person.id_number", "Personnummer; tomt när sändsättet inte är skyddat", "18900120-9817"),
    _basic("person.birth_date", "Födelsedatum; tomt när sändsättet inte är skyddat", "1890-01-20"),
    _home("person.address", "Den enskildes adress", "Provgatan 2, 000 00 Påhittstad"),
    _home("person.phone", "Den enskildes telefon", "010-000 00 01"),
    _home("person.kommun", "Den enskildes kommun", "Påhittstad"),
    _basic("person.language", "Språk, om tolk behövs", "finska"),
    _health("person.adaptations", "Behov av anpassning: hörsel, tillgänglighet, allergi", "Hörslinga"),
)

_MEETING = (
    _basic("meeting.kind", "Slag av möte", "SIP-möte"),
    _basic("meeting.followup", "Sant om mötet är en uppföljning", False),
    _basic("meeting.form", "På plats, video eller telefon", "på plats"),
    _basic("meeting.video", "Sant om mötet är på video", False),
    _basic("meeting.telephone", "Sant om mötet är per telefon", False),
    _basic("meeting.weekday", "Veckodag", "måndag"),
    _basic("meeting.starts_at", "Börjar", "2026-09-14T10:00"),
    _basic("meeting.ends_at", "Slutar", "2026-09-14T11:00"),
    _basic("meeting.minutes", "Längd i minuter", 60),
    _where("meeting.place", "Plats, eller länk till video", "Äldreenheten, rum Björken"),
    _where("meeting.contact", "Kontakt på plats", "Receptionen, 010-000 00 00"),
    _basic("meeting.reply_by", "Svara senast", "2026-09-07"),
    _where("meeting.chair", "Mötesledare", "Kim Påhittsson"),
    _where("meeting.note_taker", "Den som antecknar", "Alex Provsson"),
    _free("meeting.purpose", "Syftet, som det är överenskommet med den enskilde", "Trygg vardag hemma"),
    _free("meeting.questions", "Frågorna till mötet (lista)", ["Vad behövs för att jag ska sova bättre?"]),
    *_people("others"),
    _basic("others.reply", "Svar på kallelsen", "kommer"),
)

_CONSENT = (
    _basic("consent.sip_given", "Sant om samtycke till att en SIP görs finns", True),
    _basic("consent.sip_on", "När det samtycket lämnades", "2026-08-20"),
    _basic("consent.information_given", "Sant om samtycke till att uppgifter lämnas ut finns", True),
    _basic("consent.information_on", "När det samtycket lämnades", "2026-08-25"),
    _basic(
        "consent.covers",
        "Slag av uppgifter som får lämnas till mottagaren (lista)",
        ["hälsa, vård och behandling"],
    ),
    _basic("consent.valid_to", "Samtycket gäller till och med", "2027-08-25"),
    _basic("consent.giver", "Vem som samtycker", "den enskilde själv"),
    _basic("consent.form", "Hur samtycket lämnades", "muntligt"),
    _where("consent.taken_by", "Vem som tog emot samtycket", "Kim Påhittsson"),
    _free("consent.limits", "Det som samtycket inte gäller", "Inget om min bror", own=True),
    _basic("consent.spoken", "Sant om samtycket lämnades muntligt", True),
    _basic("consent.categories.letter", "Bokstav för slaget av uppgifter", "A"),
    _basic("consent.categories.label", "Slaget av uppgifter i ord", "hälsa, vård och behandling"),
    _where("consent.recipients.name", "Mottagare av uppgifter", "Påhittets vårdcentral"),
    _basic("consent.recipients.choices.letter", "Bokstav för slaget av uppgifter", "A"),
    _basic("consent.recipients.choices.box", "Kryssruta: ☒ eller ☐", "☐"),
    _basic("consent.recipients.choices.label", "Slaget av uppgifter i ord", "hälsa, vård och behandling"),
)

_DISCHARGE = (
    _basic("discharge.ready_at", "Utskrivningsklar, dag och tid", "2026-09-10T14:30"),
    _basic("discharge.call_by", "Sista dag för kallelse", "2026-09-13"),
    _basic("discharge.expected_on", "Beräknad utskrivning", "2026-09-15"),
    _basic("discharge.home_on", "Planerad hemgång", "2026-09-16"),
    _health("discharge.ward", "Avdelning", "Avdelning 3"),
    _health("discharge.fast_contact", "Fast vårdkontakt", "Robin Provsson, Påhittets vårdcentral"),
)

_PREPARATION = (
    _free("preparation.works_well", "Vad fungerar bra", "Att gå ut med hunden"),
    _free("preparation.hard", "Vad är svårt", "Nätterna"),
    _free("preparation.matters", "Vad är viktigast just nu, med egna ord", "Jag vill sova om nätterna"),
    _free("preparation.wishes", "Vad vill du ska hända", "Samma personal"),
    _free("preparation.shall_come", "Vem ska vara med", "Min syster", own=True),
    _free("preparation.shall_not_come", "Vem ska inte vara med", "Min granne", own=True),
    _free("preparation.not_talk_about", "Vad ska vi inte prata om", "Min skilsmässa", own=True),
    _free("preparation.where_when", "Var och när passar mötet", "Hemma, en förmiddag", own=True),
    _free("preparation.support", "Vad behöver du för att delta", "Pauser"),
    _free("preparation.who_begins", "Vem börjar mötet", "Jag själv"),
)

_PLAN = (
    _basic("plan.number", "Versionens nummer", 1),
    _basic("plan.kind", "Utkast, upprättad plan, reviderad plan eller rättelse", "upprättad plan"),
    _basic("plan.draft", "Sant om planen är ett utkast", False),
    _basic("plan.established_on", "Upprättad den", "2026-09-14"),
    _basic("plan.meeting_on", "Mötets dag", "2026-09-14"),
    _where("plan.chair", "Mötesledare", "Kim Påhittsson"),
    _where("plan.note_taker", "Den som antecknade", "Alex Provsson"),
    _basic("plan.responsible.huvudman", "Huvudman med huvudansvar", "kommunen"),
    _where("plan.responsible.unit", "Enhet med huvudansvar", "Äldreenheten Påhittstad"),
    _where("plan.responsible.person", "Namngiven huvudansvarig", "Kim Påhittsson"),
    _where("plan.responsible.phone", "Den huvudansvariga enhetens telefon", "010-000 00 00"),
    _basic("plan.responsible.line", "Huvudansvarig på en rad", "Kim Påhittsson, Äldreenheten, kommunen"),
    *_people("plan.present"),
    *_people("plan.absent"),
    _free("plan.matters", "Vad är viktigt för mig, egna ord", "Jag vill sova om nätterna"),
    _free("plan.situation", "Hur det är nu", "Bor ensam, har hemtjänst"),
    _free("plan.purpose", "Syfte", "En trygg vardag hemma"),
    _free("plan.long_goal", "Långsiktigt mål", "Bo kvar hemma"),
    _basic("plan.needs.number", "Behovets nummer", "1"),
    _free("plan.needs.text", "Behovet", "Behöver bättre sömn"),
    _basic("plan.needs.goals.number", "Målets nummer", "1.1"),
    _free("plan.needs.goals.own_words", "Målet med egna ord", "Sova hela natten"),
    _free("plan.needs.goals.text", "Målet med yrkesord", "Sammanhängande sömn sex timmar"),
    *(
        Field(f"plan.needs.goals.actions.{name}", _C.BASIC, meaning, example, whereabouts=where, free=free)
        for name, meaning, example, where, free in (
            ("text", "Insatsen", "Hemtjänst kväll", False, True),
            ("performer", "Vem som gör det: kommunen, regionen eller annan", "kommunen", False, False),
            ("responsible", "Ansvarig enhet eller person", "Hemtjänsten Påhittstad", True, False),
            ("start", "När insatsen börjar", "genast", False, True),
            ("frequency", "Hur ofta", "varje kväll", False, True),
            ("due", "Klart senast", "2026-12-01", False, False),
        )
    ),
    Field("plan.others.text", _C.BASIC, "Vad någon annan än kommun och region gör", "Ringer varje söndag", free=True),
    _basic("plan.others.performer", "Vem", "närstående"),
    _where("plan.others.responsible", "Ansvarig enhet eller person", "Kim Påhittsson"),
    _basic("plan.others_none", "Sant när mötet har svarat att ingen annan gör något", False),
    _health("plan.crisis", "Krisplan och tidiga tecken", "Ring mottagningen när sömnen försvinner"),
    _health("plan.oral_health", "Munhälsa", "Tid hos tandvården är bokad"),
    _basic("plan.followup_on", "Uppföljning den", "2026-12-14"),
    _where("plan.followup_by", "Vem som kallar till uppföljningen", "Kim Påhittsson"),
    _free("plan.copies_to", "Kopior till", "Påhittets vårdcentral", whereabouts=True),
    _free("plan.comment", "Den enskildes kommentar", "Det känns bra"),
    _free("plan.changed_why", "Vad som är ändrat, och varför", "Ny insats från hösten"),
)

_LATER = (
    _basic("followup.held_on", "Uppföljningens dag", "2026-12-14"),
    _free("followup.present", "Närvarande", "Siv, Kim och Robin", whereabouts=True),
    _basic("followup.consent_valid", "Ja eller nej: gäller samtycket fortfarande", "ja"),
    _free("followup.own_words", "Hur har det gått, egna ord", "Jag sover bättre"),
    _basic("followup.decision", "Vad uppföljningen ledde till", "planen fortsätter"),
    _basic("followup.next_on", "Nästa uppföljning", "2027-03-14"),
    _basic("followup.goals.number", "Målets nummer", "1"),
    _free("followup.goals.text", "Målet, helst med egna ord", "Sova hela natten"),
    _free("followup.goals.result", "Utfall", "delvis uppnått"),
    _free("followup.goals.next", "Fortsättning", "fortsätter"),
    _free("followup.goals.note", "Anteckning", "Två nätter av tre"),
    *(
        Field(f"followup.actions.{name}", _C.BASIC, meaning, example, whereabouts=where, free=free)
        for name, meaning, example, where, free in (
            ("text", "Insatsen", "Hemtjänst kväll", False, True),
            ("performer", "Vem som gör det", "kommunen", False, False),
            ("responsible", "Ansvarig enhet eller person", "Hemtjänsten Påhittstad", True, False),
            ("result", "Utfall", "genomförd", False, False),
            ("next", "Fortsättning", "fortsätter", False, False),
            ("note", "Anteckning", "Fungerar bra", False, True),
        )
    ),
    _basic("closure.on_date", "Avslutad den", "2027-03-14"),
    _where("closure.decided_by", "Beslutat av", "Kim Påhittsson"),
    _free("closure.reason", "Orsak i ord", "målen är nådda"),
    _free("closure.note", "Orsaken närmare", "Räcker med hemtjänst"),
    _free("closure.goal_outcome", "Hur det gick med målen", "Sover hela nätter"),
    _free("closure.told", "Vilka som har fått veta", "Påhittets vårdcentral", whereabouts=True),
    _free("extras.label", "Frågan som den ställdes", "Har du en hjälpmedelsplan?"),
    _free("extras.value", "Svaret", "Ja"),
)

FIELDS = (*_LETTER, *_PERSON, *_MEETING, *_CONSENT, *_DISCHARGE, *_PREPARATION, *_PLAN, *_LATER)
"""Every field, in the order a reader meets them. ``text.<key>`` stands apart: it is the pack's own."""
