"""The words that code owns: stable keys (stored, exported) and their Swedish texts.

A region pack may reword what a person reads, never the keys. Domain words are explained in
``docs/ordlista.md``; the field's own Swedish words are kept where the law uses them.
"""

from enum import StrEnum
from typing import Self

from sipctl.language import N_, _


class Term(StrEnum):
    """A stored key with a text for people: ``Route.DISCHARGE == "discharge"``, ``.text`` is Swedish."""

    _label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        """Make the member a plain string with a label beside it."""
        member = str.__new__(cls, value)
        member._value_ = value
        member._label = label
        return member

    @property
    def text(self) -> str:
        """The text in the language of the run."""
        return _(self._label)


class Step(Term):
    """The six steps of the process, in order."""

    ASSESS = "assess", N_("Bedöm behov")
    PLAN = "plan", N_("Planera")
    INVITE = "invite", N_("Bjud in till SIP-möte")
    MEETING = "meeting", N_("SIP-möte")
    FOLLOWUP = "followup", N_("Följ upp")
    CLOSE = "close", N_("Avsluta")


class OurRole(Term):
    """Did our unit convene, or was it called?"""

    CONVENING = "convening", N_("vi sammankallar")
    CALLED = "called", N_("vi är kallade")


class Route(Term):
    """Under which law the case started: SoL/HSL, or discharge (2017:612)."""

    OPENCARE = "opencare", N_("öppenvård")
    DISCHARGE = "discharge", N_("utskrivning från sjukhus")


class Huvudman(Term):
    """The principal of a unit. Gotland's kommun is also its region: the body code tells."""

    KOMMUN = "kommun", N_("kommunen")
    REGION = "region", N_("regionen")
    OTHER = "other", N_("annan")


class UnitType(Term):
    """What kind of unit it is."""

    SOCIAL = "social", N_("socialtjänst")
    MUNICIPAL_HEALTH = "municipal_health", N_("kommunal hälso- och sjukvård")
    PRIMARY_CARE = "primary_care", N_("vårdcentral")
    PSYCHIATRY = "psychiatry", N_("psykiatri")
    CHILD_PSYCHIATRY = "child_psychiatry", N_("barn- och ungdomspsykiatri (BUP)")
    HOSPITAL = "hospital", N_("sjukhus")
    HABILITATION = "habilitation", N_("habilitering")
    ADDICTION = "addiction", N_("beroendevård")
    SCHOOL = "school", N_("skola")
    AGENCY = "agency", N_("myndighet")
    PROVIDER = "provider", N_("utförare")
    OTHER = "other", N_("annan verksamhet")


class SendBy(Term):
    """How a letter reaches its recipient. sipctl makes files; a person sends them."""

    SECURE_MAIL = "secure_mail", N_("säker e-post")
    SDK = "sdk", N_("säker digital kommunikation (SDK)")
    INTERNAL = "internal", N_("internpost")
    LETTER = "letter", N_("brev")
    HANDED = "handed", N_("lämnas över personligen")

    @property
    def is_protected(self) -> bool:
        """May the letter carry the person's name? Only when the way of sending is protected."""
        return self in (SendBy.SECURE_MAIL, SendBy.SDK, SendBy.HANDED, SendBy.LETTER)


class IdKind(Term):
    """What the identity number is."""

    PERSONAL = "personal", N_("personnummer")
    COORDINATION = "coordination", N_("samordningsnummer")
    RESERVE = "reserve", N_("reservnummer eller annat id")
    UNKNOWN = "unknown", N_("okänd eller utan nummer")


class Protection(Term):
    """Protected personal data (skyddade personuppgifter). Fingerade uppgifter are never marked."""

    NONE = "none", N_("inga skyddade uppgifter")
    MARKED = "marked", N_("sekretessmarkering")
    REGISTERED = "registered", N_("skyddad folkbokföring")


class LegalSex(Term):
    """Legal sex, for statistics only."""

    WOMAN = "woman", N_("kvinna")
    MAN = "man", N_("man")


class TargetGroup(Term):
    """Target groups, after the areas of Öppna jämförelser."""

    ELDERLY = "elderly", N_("äldre")
    MENTAL_ILLNESS = "mental_illness", N_("psykisk ohälsa eller psykisk sjukdom")
    ADDICTION = "addiction", N_("skadligt bruk eller beroende")
    DISABILITY_ADULT = "disability_adult", N_("funktionsnedsättning, vuxen")
    DISABILITY_CHILD = "disability_child", N_("funktionsnedsättning, barn")
    CHILDREN = "children", N_("barn och unga")
    SOMATIC = "somatic", N_("långvarig kroppslig sjukdom")
    OTHER = "other", N_("annan")


class CaseState(Term):
    """The latest status event of a case."""

    OPENED = "opened", N_("öppnat")
    RESTING = "resting", N_("vilande")
    CLOSED = "closed", N_("avslutat")
    REOPENED = "reopened", N_("återöppnat")


class CloseReason(Term):
    """Why a case ended."""

    GOALS_REACHED = "goals_reached", N_("målen är nådda")
    ONE_HUVUDMAN = "one_huvudman", N_("det räcker med en huvudman")
    CONSENT_WITHDRAWN = "consent_withdrawn", N_("samtycket är återkallat")
    DECLINED = "declined", N_("den enskilde tackade nej")
    NO_NEED = "no_need", N_("ingen SIP behövs")
    REFUSED = "refused", N_("begäran om SIP avslogs")
    MOVED = "moved", N_("den enskilde har flyttat")
    DECEASED = "deceased", N_("den enskilde har avlidit")
    REPLACED = "replaced", N_("ersatt av en ny SIP")
    LPT_PLAN = "lpt_plan", N_("samordnad vårdplan enligt LPT eller LRV gäller i stället")
    OTHER = "other", N_("annan orsak")


class Offer(Term):
    """Was a SIP offered, and what was the answer?"""

    ACCEPTED = "accepted", N_("ja, tackar ja")
    DECLINED = "declined", N_("nej, tackar nej")
    THINKING = "thinking", N_("vill tänka på saken")
    NOT_YET = "not_yet", N_("inte erbjuden än")


class AskedBy(Term):
    """Who asked for the SIP."""

    OWN_UNIT = "own_unit", N_("vår enhet")
    INDIVIDUAL = "individual", N_("den enskilde")
    RELATIVE = "relative", N_("en närstående")
    OTHER_UNIT = "other_unit", N_("en annan verksamhet")


class ConsentKind(Term):
    """The two consents, at their two moments."""

    SIP = "sip", N_("att en SIP görs")
    INFORMATION = "information", N_("att uppgifter lämnas ut")


class ConsentGiver(Term):
    """Who gave the consent."""

    INDIVIDUAL = "individual", N_("den enskilde själv")
    GUARDIANS = "guardians", N_("vårdnadshavare")
    INDIVIDUAL_AND_GUARDIANS = "individual_guardians", N_("den unge och vårdnadshavare")
    REPRESENTATIVE = "representative", N_("ställföreträdare")
    CANNOT = "cannot", N_("den enskilde kan inte ta ställning")


class ConsentForm(Term):
    """How consent was given."""

    WRITTEN = "written", N_("skriftligt")
    SPOKEN = "spoken", N_("muntligt")
    OTHER = "other", N_("på annat sätt")


class GuardianAnswer(Term):
    """One guardian's stand (FB 6:13: two guardians decide together)."""

    CONSENTS = "consents", N_("samtycker")
    PREVENTED = "prevented", N_("förhindrad, beslutet kan inte vänta")
    REFUSES = "refuses", N_("säger nej")
    NOT_ASKED = "not_asked", N_("inte tillfrågad")
    BOARD = "board", N_("socialnämnden har beslutat (FB 6:13 a)")


class Category(Term):
    """Categories of information that a consent may cover, and that document fields carry.

    ``BASIC`` (who is called, when and where) goes with every letter; the rest needs consent.
    """

    BASIC = "basic", N_("namn, tid och plats")
    CONTACT = "contact", N_("adress och telefon")
    SOCIAL = "social", N_("socialtjänst och stöd")
    HEALTH = "health", N_("hälsa, vård och behandling")
    ADDICTION = "addiction", N_("alkohol, droger och spel")
    SCHOOL = "school", N_("skola och utbildning")
    WORK = "work", N_("arbete och ekonomi")
    FAMILY = "family", N_("familj och närstående")


class ParticipantKind(Term):
    """Who a participant is in the case."""

    PERSON = "person", N_("den enskilde")
    RELATIVE = "relative", N_("närstående")
    GUARDIAN = "guardian", N_("vårdnadshavare")
    UNIT = "unit", N_("verksamhet hos kommun eller region")
    REPRESENTATIVE = "representative", N_("ställföreträdare")
    OTHER = "other", N_("annan (skola, myndighet, stödperson)")


class RepresentativeKind(Term):
    """Kinds of stand-in for the individual."""

    GUARDIAN = "guardian", N_("vårdnadshavare")
    GOD_MAN = "god_man", N_("god man")
    FORVALTARE = "forvaltare", N_("förvaltare")
    FUTURE_PROXY = "future_proxy", N_("framtidsfullmakt")


class MeetingKind(Term):
    """What a meeting is for."""

    SIP = "sip", N_("SIP-möte")
    FOLLOWUP = "followup", N_("uppföljningsmöte")
    RECONCILE = "reconcile", N_("avstämning")
    PRE = "pre", N_("förmöte")


class MeetingForm(Term):
    """How people meet."""

    ROOM = "room", N_("på plats")
    VIDEO = "video", N_("video")
    PHONE = "phone", N_("telefon")


class MeetingState(Term):
    """What became of a meeting."""

    PLANNED = "planned", N_("planerat")
    HELD = "held", N_("genomfört")
    CANCELLED = "cancelled", N_("inställt")


class InvitationKind(Term):
    """Kallelse to huvudmän, inbjudan to everybody else, a letter of their own to the individual."""

    KALLELSE = "kallelse", N_("kallelse")
    INBJUDAN = "inbjudan", N_("inbjudan")
    LETTER = "letter", N_("brev till den enskilde")


class Answer(Term):
    """Reply to a call or invitation."""

    NONE = "none", N_("inget svar än")
    YES = "yes", N_("kommer")
    SUBSTITUTE = "substitute", N_("skickar ersättare")
    PASSED_ON = "passed_on", N_("fel enhet, har lämnat vidare")
    NO = "no", N_("kommer inte")


class Presence(Term):
    """Who came."""

    CAME = "came", N_("kom")
    SUBSTITUTE = "substitute", N_("ersättare kom")
    ABSENT = "absent", N_("uteblev")
    EXCUSED = "excused", N_("lämnade återbud i tid")


class PlanKind(Term):
    """A plan document's stage. Corrections mend slips and are not counted."""

    DRAFT = "draft", N_("utkast")
    PLAN = "plan", N_("upprättad plan")
    REVISION = "revision", N_("reviderad plan")
    CORRECTION = "correction", N_("rättelse")


class Performer(Term):
    """Who answers for an insats: (2) kommun or region, (3) somebody else."""

    KOMMUN = "kommun", N_("kommunen")
    REGION = "region", N_("regionen")
    SCHOOL = "school", N_("skolan")
    INDIVIDUAL = "individual", N_("den enskilde")
    RELATIVE = "relative", N_("närstående")
    OTHER = "other", N_("annan")

    @property
    def is_huvudman(self) -> bool:
        """Kommun and region are the two huvudmän of the law; all else is "somebody other"."""
        return self in (Performer.KOMMUN, Performer.REGION)


class GoalResult(Term):
    """Outcome of a goal at a follow-up."""

    REACHED = "reached", N_("uppnått")
    PARTLY = "partly", N_("delvis uppnått")
    NOT = "not", N_("inte uppnått")
    IRRELEVANT = "irrelevant", N_("inte längre aktuellt")


class ActionResult(Term):
    """Outcome of an insats at a follow-up."""

    DONE = "done", N_("genomförd")
    ONGOING = "ongoing", N_("pågår")
    CHANGED = "changed", N_("ändrad")
    NOT_DONE = "not_done", N_("inte genomförd")


class Next(Term):
    """What follows for a goal or an insats."""

    CONTINUE = "continue", N_("fortsätter")
    CHANGE = "change", N_("ändras")
    END = "end", N_("avslutas")
    REASSESS = "reassess", N_("bedöms på nytt")


class FollowupDecision(Term):
    """What the follow-up led to."""

    CONTINUE = "continue", N_("planen fortsätter")
    REVISE = "revise", N_("planen revideras")
    CLOSE = "close", N_("SIP avslutas")


class DeviationKind(Term):
    """Deviations (avvikelser) in the cooperation."""

    NOT_CALLED = "not_called", N_("blev inte kallad")
    ABSENT = "absent", N_("en kallad kom inte")
    LATE_CALL = "late_call", N_("sen kallelse")
    NO_PLAN = "no_plan", N_("ingen plan gjordes")
    OTHER = "other", N_("annan avvikelse")


class DocumentKind(Term):
    """Documents sipctl makes."""

    CONSENT = "consent", N_("samtyckesblankett")
    PREPARATION = "preparation", N_("förberedelse")
    CALL = "call", N_("kallelse")
    INVITATION = "invitation", N_("inbjudan")
    LETTER = "letter", N_("brev till den enskilde")
    AGENDA = "agenda", N_("dagordning")
    PLAN = "plan", N_("plan")
    FOLLOWUP = "followup", N_("uppföljning")
    CLOSURE = "closure", N_("avslut")


class FactKind(Term):
    """Dated facts of a case: what happened (counted) and what is due (``due_…``)."""

    OPENED = "opened", N_("ärendet öppnat")
    NEED_YES = "need_yes", N_("behov bedömt: ja")
    NEED_NO = "need_no", N_("behov bedömt: nej")
    OFFERED = "offered", N_("SIP erbjuden")
    DECLINED = "declined", N_("tackat nej")
    REFUSED = "refused", N_("begärd SIP avslagen")
    CREATED = "created", N_("SIP skapad")
    CALLED = "called", N_("kallelse skickad")
    MEETING_HELD = "meeting_held", N_("möte genomfört")
    ESTABLISHED = "established", N_("plan upprättad")
    REVISED = "revised", N_("plan reviderad")
    FOLLOWED_UP = "followed_up", N_("uppföljning genomförd")
    FOLLOWUP_AGREED = "followup_agreed", N_("uppföljning avtalad")
    ABSENT = "absent", N_("uteblivet deltagande")
    READY = "ready", N_("utskrivningsklar")
    CALLED_IN_TIME = "called_in_time", N_("kallad i tid efter utskrivningsklar")
    RESTING = "resting", N_("vilande")
    ABORTED = "aborted", N_("avbruten före plan")
    CLOSED = "closed", N_("avslutad")
    REOPENED = "reopened", N_("återöppnad")
    PARTICIPATED = "participated", N_("deltagande i annans SIP")
    DUE_ASSESS = "due_assess", N_("bedöm behovet")
    DUE_PLAN = "due_plan", N_("planera mötet")
    DUE_INVITE = "due_invite", N_("kalla till möte")
    DUE_DISCHARGE_CALL = "due_discharge_call", N_("kalla senast (utskrivningsklar)")
    DUE_REPLY = "due_reply", N_("svar på kallelse")
    DUE_MEETING = "due_meeting", N_("SIP-möte")
    DUE_ESTABLISH = "due_establish", N_("upprätta planen")
    DUE_FOLLOWUP = "due_followup", N_("följ upp")
    DUE_CLOSE = "due_close", N_("avsluta ärendet")
    DUE_AGE = "due_age", N_("den unge fyller år: se över samtycket")
    DUE_CONSENT_END = "due_consent_end", N_("se över samtycket")
    DUE_OWN_REPLY = "due_own_reply", N_("svara på kallelsen")

    @property
    def is_due(self) -> bool:
        """Is this something to be done by a date, rather than something that happened?"""
        return self.value.startswith("due_")
