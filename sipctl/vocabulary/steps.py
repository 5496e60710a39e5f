"""The six steps. A file of their own, since every list needs them and nothing else of a case's words."""

from sipctl.language import N_
from sipctl.vocabulary.term import Term


class Step(Term):
    """The six steps of the process, in order."""

    ASSESS = "assess", N_("Bedöm behov")
    PLAN = "plan", N_("Planera")
    INVITE = "invite", N_("Bjud in till SIP-möte")
    MEETING = "meeting", N_("SIP-möte")
    FOLLOWUP = "followup", N_("Följ upp")
    CLOSE = "close", N_("Avsluta")


CALLED = "called"
DONE = "done"
"""What stands in a step's place when the case is another's SIP, or closed."""
