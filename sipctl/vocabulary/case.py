"""Where a case stands: routes, states, assessment."""

from sipctl.language import N_
from sipctl.vocabulary.term import Term


class OurRole(Term):
    """Did our unit convene, or was it called?"""

    CONVENING = "convening", N_("vi sammankallar")
    CALLED = "called", N_("vi är kallade")


class Route(Term):
    """Under which law the case started: SoL/HSL, or discharge (2017:612)."""

    OPENCARE = "opencare", N_("öppenvård")
    DISCHARGE = "discharge", N_("utskrivning från sjukhus")


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
