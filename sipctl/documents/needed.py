"""What a kind of document must say: for the law, to be of any use, or because practice asks for it.

Sources: the four contents of a plan, SoL 2025:400 10 kap. 8–9 §§ and HSL 2017:30 16 kap. 4 §; the
consent that lifts secrecy, OSL 10 kap. 1 §. No law says what stands in a kallelse, but nobody can follow
one without time and place. Practice is how coordinators in VGR and Sörmland write and audit theirs.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Literal

from sipctl.language import N_
from sipctl.vocabulary.documents import DocumentKind

Weight = Literal["law", "use", "practice"]


@dataclass(frozen=True, slots=True)
class Need:
    """``what`` continues "Det framgår inte …"; any of ``names``, or a name under one of them, will do.

    ``law`` is the id of the provision in ``law.toml`` when ``weight`` is law.
    """

    what: str
    names: tuple[str, ...]
    weight: Weight = "practice"
    law: str = ""

    def is_met(self, used: Collection[str]) -> bool:
        """Whether a template that uses these dotted names says it."""
        return any(f"{each}.".startswith(f"{name}.") for each in used for name in self.names)


def missing(kind: DocumentKind, used: Collection[str]) -> Iterator[Need]:
    """What a template of that kind does not say, the law first."""
    return (need for need in NEEDS[kind] if not need.is_met(used))


def _law(law: str, what: str, *names: str) -> Need:
    return Need(what, names, "law", law)


def _use(what: str, *names: str) -> Need:
    return Need(what, names, "use")


def _practice(what: str, *names: str) -> Need:
    return Need(what, names)


_PERSON = _use(N_("vem dokumentet gäller"), "person.label", "person.name", "person.initials", "person.first_name")
_NUMBER = _practice(N_("vilket SIP-nummer det är"), "sip.number")
_STARTS = _use(N_("när mötet börjar"), "meeting.starts_at")
_PLACE = _use(N_("var mötet är"), "meeting.place")
_SENDER = _use(N_("vem som skickar"), "sender.unit", "sip.convener", "sender.name")
_RECIPIENT = _use(N_("vem brevet är till"), "recipient.block", "recipient.name", "recipient.unit", "recipient.role")
_ASK = _use(N_("vart mottagaren kan ringa"), "sender.phone", "meeting.contact")
_ENDS = _practice(N_("hur länge mötet håller på"), "meeting.ends_at", "meeting.minutes")
_ABOUT = _practice(N_("vad mötet ska handla om"), "meeting.questions", "meeting.purpose")
_OTHERS = _practice(N_("vilka fler som kommer"), "others")
_LETTER = (_STARTS, _PLACE, _SENDER, _RECIPIENT, _ASK)

NEEDS: dict[DocumentKind, tuple[Need, ...]] = {
    DocumentKind.PLAN: (
        _law("contents", N_("vilka insatser som behövs"), "plan.needs.goals.actions.text"),
        _law("contents", N_("vilken huvudman som svarar för varje insats"), "plan.needs.goals.actions.performer"),
        _law("contents", N_("vad någon annan än kommunen och regionen gör"), "plan.others.text", "plan.others_none"),
        _law(
            "contents",
            N_("vilken huvudman som har det övergripande ansvaret"),
            *("plan.responsible.huvudman", "plan.responsible.line"),
        ),
        _PERSON,
        _use(N_("när planen upprättades"), "plan.established_on", "plan.meeting_on"),
        _practice(N_("vad som är viktigt för den enskilde"), "plan.matters"),
        _practice(N_("målen med den enskildes egna ord"), "plan.needs.goals.own_words"),
        _practice(
            N_("vilken enhet eller person som ansvarar för varje insats"), "plan.needs.goals.actions.responsible"
        ),
        _practice(
            N_("när insatserna börjar eller ska vara klara"),
            *("plan.needs.goals.actions.start", "plan.needs.goals.actions.due"),
        ),
        _practice(N_("att ingen annan gör något, när det är så"), "plan.others_none"),
        _practice(N_("vem som håller i planen"), "plan.responsible.person", "plan.responsible.line"),
        _practice(N_("vilka som var med på mötet"), "plan.present"),
        _practice(N_("när planen ska följas upp"), "plan.followup_on"),
        _practice(N_("om planen är ett utkast"), "plan.draft", "plan.kind"),
        _NUMBER,
    ),
    DocumentKind.CALL: (
        *_LETTER,
        _PERSON,
        _use(N_("när mottagaren senast ska svara"), "meeting.reply_by"),
        _ENDS,
        _ABOUT,
        _OTHERS,
        _practice(N_("vilken lag kallelsen bygger på"), "sip.law", "sip.law_text"),
        _practice(N_("vad mottagaren ska ta med och kunna besluta om"), "recipient.brings"),
        _practice(N_("vad samtycket gäller"), "consent.covers", "consent.information_given", "consent.information_on"),
        _practice(N_("när patienten är utskrivningsklar"), "discharge.ready_at"),
        _practice(N_("vad den enskilde behöver för att kunna delta"), "person.adaptations", "person.language"),
        _NUMBER,
    ),
    DocumentKind.INVITATION: (
        *_LETTER,
        _PERSON,
        _practice(N_("när mottagaren senast ska svara"), "meeting.reply_by"),
        _ENDS,
        _ABOUT,
        _OTHERS,
    ),
    DocumentKind.LETTER: (*_LETTER, _ENDS, _ABOUT, _OTHERS),
    DocumentKind.AGENDA: (
        _STARTS,
        _PLACE,
        _PERSON,
        _ABOUT,
        _OTHERS,
        _practice(N_("vem som leder mötet"), "meeting.chair"),
        _practice(N_("vad som är viktigt för den enskilde"), "preparation.matters"),
    ),
    DocumentKind.CONSENT: (
        _law("secrecy_consent", N_("vilka som får ta del av uppgifterna"), "consent.recipients"),
        _law(
            "secrecy_consent",
            N_("vilka slags uppgifter samtycket gäller"),
            *("consent.recipients.choices", "consent.categories", "consent.covers"),
        ),
        _PERSON,
        _practice(N_("vad samtycket inte gäller"), "consent.limits"),
        _practice(N_("hur länge samtycket gäller"), "consent.valid_to"),
        _practice(N_("när samtycket lämnades"), "consent.information_on", "consent.sip_on"),
        _practice(N_("vem som tog emot samtycket"), "consent.taken_by"),
    ),
    DocumentKind.PREPARATION: (
        _PERSON,
        _practice(N_("vad som är viktigt för den enskilde"), "preparation.matters"),
        _practice(N_("vad den enskilde vill ska hända"), "preparation.wishes"),
        _practice(N_("vilka som ska vara med"), "preparation.shall_come"),
        _practice(N_("vilka som inte ska vara med"), "preparation.shall_not_come"),
        _practice(N_("vad mötet inte ska handla om"), "preparation.not_talk_about"),
        _practice(N_("vad den enskilde behöver för att kunna delta"), "preparation.support"),
    ),
    DocumentKind.FOLLOWUP: (
        _PERSON,
        _use(N_("när uppföljningen gjordes"), "followup.held_on"),
        _use(N_("hur det gick med målen"), "followup.goals.result"),
        _use(N_("hur det gick med insatserna"), "followup.actions.result"),
        _use(N_("vad uppföljningen ledde till"), "followup.decision"),
        _practice(N_("den enskildes egna ord om hur det har gått"), "followup.own_words"),
        _practice(N_("vilka som var med på mötet"), "followup.present"),
        _practice(N_("om samtycket fortfarande gäller"), "followup.consent_valid"),
        _practice(N_("när nästa uppföljning är"), "followup.next_on"),
        _NUMBER,
    ),
    DocumentKind.CLOSURE: (
        _PERSON,
        _use(N_("när SIP:en avslutades"), "closure.on_date"),
        _use(N_("varför SIP:en avslutades"), "closure.reason"),
        _practice(N_("hur det gick med målen"), "closure.goal_outcome"),
        _practice(N_("vem som beslutade"), "closure.decided_by"),
        _practice(N_("vilka som har fått veta"), "closure.told"),
        _NUMBER,
    ),
}
"""The needs of each kind, in the order a reader would look for them."""
