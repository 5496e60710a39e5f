"""Units and their principals."""

from sipctl.language import N_
from sipctl.vocabulary.term import Term


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
