"""Every name a template may use, one row each: the list behind ``fields.py`` and ``template fields``.

The names are a contract with the regions' own templates: add, never rename. Which categories a
row needs follows the consent rules of ``process/consent.py`` (OSL 10:1, 12:2).
"""

from sipctl.documents.field import Field, basic, free, health, home, people, where
from sipctl.vocabulary.consent import Category

_C = Category

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
    basic("document.kind", "Vad dokumentet är", "kallelse"),
    basic("document.date", "Dokumentets datum", "2026-08-31"),
    where("document.pack", "Regionpaketets namn", "Standard"),
    where("document.notice", "Regionpaketets anmärkning, finstilt i sidfoten", "Efter publicerad vägledning."),
    basic("sip.number", "SIP-nummer", "7K3M-9QXT"),
    basic("sip.ref", "Ärendets beteckning hos oss", "2026-0007"),
    basic("sip.discharge", "Sant om SIP:en görs vid utskrivning från sjukhus", False),
    basic("sip.law", "Lagrum som gällde dokumentets dag", "10 kap. 8 § socialtjänstlagen (2025:400)"),
    basic("sip.law_text", "Vad lagrummet kräver, i klartext", "Kommun och region ska upprätta planen."),
    where("sip.convener", "Sammankallande enhet", "Äldreenheten Påhittstad"),
    where("sender.unit", "Avsändande enhet", "Äldreenheten Påhittstad"),
    basic("sender.huvudman", "Avsändarens huvudman i ord", "kommunen"),
    basic("sender.name", "Samordnarens namn", "Kim Påhittsson"),
    where("sender.phone", "Samordnarens direkttelefon", "010-000 00 00"),
    where("sender.address", "Avsändarens adress", "Provgatan 1, 000 00 Påhittstad"),
    basic("recipient.name", "Mottagarens namn", "Siv Påhittsson"),
    basic("recipient.role", "Mottagarens roll", "distriktssköterska"),
    basic("recipient.unit", "Mottagarens enhet", "Påhittets vårdcentral"),
    basic("recipient.huvudman", "Mottagarens huvudman i ord", "regionen"),
    basic("recipient.address", "Mottagarens egen adress", "Provgatan 2, 000 00 Påhittstad"),
    basic("recipient.phone", "Mottagarens egen telefon", "010-000 00 01"),
    basic("recipient.send_by", "Hur brevet går", "säker e-post"),
    basic("recipient.huvudman_unit", "Sant om mottagaren är en enhet hos kommun eller region", True),
    Field("recipient.brings", _C.BASIC, "Vad mottagaren ska ta med och besluta om", "Beslut om hemtjänst", free=True),
    basic("recipient.block", "Namn och adress på flera rader, för fönsterkuvert", "Siv Påhittsson\nProvgatan 2"),
)

_PERSON = (
    basic("person.label", "Namn och nummer, eller initialer och ärende när sändsättet inte är skyddat", "S.P."),
    basic("person.name", "Namn; tomt när sändsättet inte är skyddat", "Siv Påhittsson"),
    basic("person.first_name", "Förnamn; tomt när sändsättet inte är skyddat", "Siv"),
    basic("person.initials", "Initialer", "S.P."),
    basic("person.id_number", "Personnummer; tomt när sändsättet inte är skyddat", "18900120-9817"),
    basic("person.birth_date", "Födelsedatum; tomt när sändsättet inte är skyddat", "1890-01-20"),
    home("person.address", "Den enskildes adress", "Provgatan 2, 000 00 Påhittstad"),
    home("person.phone", "Den enskildes telefon", "010-000 00 01"),
    home("person.kommun", "Den enskildes kommun", "Påhittstad"),
    basic("person.language", "Språk, om tolk behövs", "finska"),
    health("person.adaptations", "Behov av anpassning: hörsel, tillgänglighet, allergi", "Hörslinga"),
)

_MEETING = (
    basic("meeting.kind", "Slag av möte", "SIP-möte"),
    basic("meeting.followup", "Sant om mötet är en uppföljning", False),
    basic("meeting.form", "På plats, video eller telefon", "på plats"),
    basic("meeting.video", "Sant om mötet är på video", False),
    basic("meeting.telephone", "Sant om mötet är per telefon", False),
    basic("meeting.weekday", "Veckodag", "måndag"),
    basic("meeting.starts_at", "Börjar", "2026-09-14T10:00"),
    basic("meeting.ends_at", "Slutar", "2026-09-14T11:00"),
    basic("meeting.minutes", "Längd i minuter", 60),
    where("meeting.place", "Plats, eller länk till video", "Äldreenheten, rum Björken"),
    where("meeting.contact", "Kontakt på plats", "Receptionen, 010-000 00 00"),
    basic("meeting.reply_by", "Svara senast", "2026-09-07"),
    where("meeting.chair", "Mötesledare", "Kim Påhittsson"),
    where("meeting.note_taker", "Den som antecknar", "Alex Provsson"),
    free("meeting.purpose", "Syftet, som det är överenskommet med den enskilde", "Trygg vardag hemma"),
    free("meeting.questions", "Frågorna till mötet (lista)", ["Vad behövs för att jag ska sova bättre?"]),
    *people("others"),
    basic("others.reply", "Svar på kallelsen", "kommer"),
)

_CONSENT = (
    basic("consent.sip_given", "Sant om samtycke till att en SIP görs finns", True),
    basic("consent.sip_on", "När det samtycket lämnades", "2026-08-20"),
    basic("consent.information_given", "Sant om samtycke till att uppgifter lämnas ut finns", True),
    basic("consent.information_on", "När det samtycket lämnades", "2026-08-25"),
    basic(
        "consent.covers",
        "Slag av uppgifter som får lämnas till mottagaren (lista)",
        ["hälsa, vård och behandling"],
    ),
    basic("consent.valid_to", "Samtycket gäller till och med", "2027-08-25"),
    basic("consent.giver", "Vem som samtycker", "den enskilde själv"),
    basic("consent.form", "Hur samtycket lämnades", "muntligt"),
    where("consent.taken_by", "Vem som tog emot samtycket", "Kim Påhittsson"),
    free("consent.limits", "Det som samtycket inte gäller", "Inget om min bror", own=True),
    basic("consent.spoken", "Sant om samtycket lämnades muntligt", True),
    basic("consent.categories.letter", "Bokstav för slaget av uppgifter", "A"),
    basic("consent.categories.label", "Slaget av uppgifter i ord", "hälsa, vård och behandling"),
    where("consent.recipients.name", "Mottagare av uppgifter", "Påhittets vårdcentral"),
    basic("consent.recipients.choices.letter", "Bokstav för slaget av uppgifter", "A"),
    basic("consent.recipients.choices.box", "Kryssruta: ☒ eller ☐", "☐"),
    basic("consent.recipients.choices.label", "Slaget av uppgifter i ord", "hälsa, vård och behandling"),
)

_DISCHARGE = (
    basic("discharge.ready_at", "Utskrivningsklar, dag och tid", "2026-09-10T14:30"),
    basic("discharge.call_by", "Sista dag för kallelse", "2026-09-13"),
    basic("discharge.expected_on", "Beräknad utskrivning", "2026-09-15"),
    basic("discharge.home_on", "Planerad hemgång", "2026-09-16"),
    health("discharge.ward", "Avdelning", "Avdelning 3"),
    health("discharge.fast_contact", "Fast vårdkontakt", "Robin Provsson, Påhittets vårdcentral"),
)

_PREPARATION = (
    free("preparation.works_well", "Vad fungerar bra", "Att gå ut med hunden"),
    free("preparation.hard", "Vad är svårt", "Nätterna"),
    free("preparation.matters", "Vad är viktigast just nu, med egna ord", "Jag vill sova om nätterna"),
    free("preparation.wishes", "Vad vill du ska hända", "Samma personal"),
    free("preparation.shall_come", "Vem ska vara med", "Min syster", own=True),
    free("preparation.shall_not_come", "Vem ska inte vara med", "Min granne", own=True),
    free("preparation.not_talk_about", "Vad ska vi inte prata om", "Min skilsmässa", own=True),
    free("preparation.where_when", "Var och när passar mötet", "Hemma, en förmiddag", own=True),
    free("preparation.support", "Vad behöver du för att delta", "Pauser"),
    free("preparation.who_begins", "Vem börjar mötet", "Jag själv"),
)

_PLAN = (
    basic("plan.number", "Versionens nummer", 1),
    basic("plan.kind", "Utkast, upprättad plan, reviderad plan eller rättelse", "upprättad plan"),
    basic("plan.draft", "Sant om planen är ett utkast", False),
    basic("plan.revision", "Sant om planen är en reviderad plan", False),
    basic("plan.established_on", "Upprättad den", "2026-09-14"),
    basic("plan.meeting_on", "Mötets dag", "2026-09-14"),
    where("plan.chair", "Mötesledare", "Kim Påhittsson"),
    where("plan.note_taker", "Den som antecknade", "Alex Provsson"),
    basic("plan.responsible.huvudman", "Huvudman med huvudansvar", "kommunen"),
    where("plan.responsible.unit", "Enhet med huvudansvar", "Äldreenheten Påhittstad"),
    where("plan.responsible.person", "Namngiven huvudansvarig", "Kim Påhittsson"),
    where("plan.responsible.phone", "Den huvudansvariga enhetens telefon", "010-000 00 00"),
    basic("plan.responsible.line", "Huvudansvarig på en rad", "Kim Påhittsson, Äldreenheten, kommunen"),
    *people("plan.present"),
    *people("plan.absent"),
    free("plan.matters", "Vad är viktigt för mig, egna ord", "Jag vill sova om nätterna"),
    free("plan.situation", "Hur det är nu", "Bor ensam, har hemtjänst"),
    free("plan.purpose", "Syfte", "En trygg vardag hemma"),
    free("plan.long_goal", "Långsiktigt mål", "Bo kvar hemma"),
    basic("plan.needs.number", "Behovets nummer", "1"),
    free("plan.needs.text", "Behovet", "Behöver bättre sömn"),
    basic("plan.needs.goals.number", "Målets nummer", "1.1"),
    free("plan.needs.goals.own_words", "Målet med egna ord", "Sova hela natten"),
    free("plan.needs.goals.text", "Målet med yrkesord", "Sammanhängande sömn sex timmar"),
    *(
        Field(f"plan.needs.goals.actions.{name}", _C.BASIC, meaning, example, whereabouts=place, free=worded)
        for name, meaning, example, place, worded in (
            ("text", "Insatsen", "Hemtjänst kväll", False, True),
            ("performer", "Vem som gör det: kommunen, regionen eller annan", "kommunen", False, False),
            ("responsible", "Ansvarig enhet eller person", "Hemtjänsten Påhittstad", True, False),
            ("start", "När insatsen börjar", "genast", False, True),
            ("frequency", "Hur ofta", "varje kväll", False, True),
            ("due", "Klart senast", "2026-12-01", False, False),
        )
    ),
    Field("plan.others.text", _C.BASIC, "Vad någon annan än kommun och region gör", "Ringer varje söndag", free=True),
    basic("plan.others.performer", "Vem", "närstående"),
    where("plan.others.responsible", "Ansvarig enhet eller person", "Kim Påhittsson"),
    basic("plan.others_none", "Sant när mötet har svarat att ingen annan gör något", False),
    health("plan.crisis", "Krisplan och tidiga tecken", "Ring mottagningen när sömnen försvinner"),
    health("plan.oral_health", "Munhälsa", "Tid hos tandvården är bokad"),
    basic("plan.followup_on", "Uppföljning den", "2026-12-14"),
    where("plan.followup_by", "Vem som kallar till uppföljningen", "Kim Påhittsson"),
    free("plan.copies_to", "Kopior till", "Påhittets vårdcentral", whereabouts=True),
    free("plan.comment", "Den enskildes kommentar", "Det känns bra"),
    free("plan.changed_why", "Vad som är ändrat, och varför", "Ny insats från hösten"),
)

_LATER = (
    basic("followup.held_on", "Uppföljningens dag", "2026-12-14"),
    free("followup.present", "Närvarande", "Siv, Kim och Robin", whereabouts=True),
    basic("followup.consent_valid", "Ja eller nej: gäller samtycket fortfarande", "ja"),
    free("followup.own_words", "Hur har det gått, egna ord", "Jag sover bättre"),
    basic("followup.decision", "Vad uppföljningen ledde till", "planen fortsätter"),
    basic("followup.next_on", "Nästa uppföljning", "2027-03-14"),
    basic("followup.goals.number", "Målets nummer", "1"),
    free("followup.goals.text", "Målet, helst med egna ord", "Sova hela natten"),
    free("followup.goals.result", "Utfall", "delvis uppnått"),
    free("followup.goals.next", "Fortsättning", "fortsätter"),
    free("followup.goals.note", "Anteckning", "Två nätter av tre"),
    *(
        Field(f"followup.actions.{name}", _C.BASIC, meaning, example, whereabouts=place, free=worded)
        for name, meaning, example, place, worded in (
            ("text", "Insatsen", "Hemtjänst kväll", False, True),
            ("performer", "Vem som gör det", "kommunen", False, False),
            ("responsible", "Ansvarig enhet eller person", "Hemtjänsten Påhittstad", True, False),
            ("result", "Utfall", "genomförd", False, False),
            ("next", "Fortsättning", "fortsätter", False, False),
            ("note", "Anteckning", "Fungerar bra", False, True),
        )
    ),
    basic("closure.on_date", "Avslutad den", "2027-03-14"),
    where("closure.decided_by", "Beslutat av", "Kim Påhittsson"),
    free("closure.reason", "Orsak i ord", "målen är nådda"),
    free("closure.note", "Orsaken närmare", "Räcker med hemtjänst"),
    free("closure.goal_outcome", "Hur det gick med målen", "Sover hela nätter"),
    free("closure.told", "Vilka som har fått veta", "Påhittets vårdcentral", whereabouts=True),
    free("extras.label", "Frågan som den ställdes", "Har du en hjälpmedelsplan?"),
    free("extras.value", "Svaret", "Ja"),
)

FIELDS = (*_LETTER, *_PERSON, *_MEETING, *_CONSENT, *_DISCHARGE, *_PREPARATION, *_PLAN, *_LATER)
"""Every field, in the order a reader meets them. ``text.<key>`` stands apart: it is the pack's own."""
