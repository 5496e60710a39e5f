"""The plan and its follow-up."""

from sipctl.language import N_
from sipctl.vocabulary.term import Term


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
