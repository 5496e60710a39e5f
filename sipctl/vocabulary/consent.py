"""Consent: kinds, givers, forms, and categories of information."""

from sipctl.language import N_
from sipctl.vocabulary.term import Term


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
