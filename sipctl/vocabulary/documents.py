"""Documents sipctl makes."""

from sipctl.language import N_
from sipctl.vocabulary.term import Term


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
