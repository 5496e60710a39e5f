"""Meetings, who is called to them and who comes."""

from sipctl.language import N_
from sipctl.vocabulary.term import Term


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


class DeviationKind(Term):
    """Deviations (avvikelser) in the cooperation."""

    NOT_CALLED = "not_called", N_("blev inte kallad")
    ABSENT = "absent", N_("en kallad kom inte")
    LATE_CALL = "late_call", N_("sen kallelse")
    NO_PLAN = "no_plan", N_("ingen plan gjordes")
    OTHER = "other", N_("annan avvikelse")
