"""The people of a case."""

from sipctl.language import N_
from sipctl.vocabulary.term import Term


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
