"""What is counted, and how: numbered definitions, printed with every figure.

There are no official definitions of SIP counts; these are a proposal. A changed definition is a new
``EDITION`` of them all, so that figures made by different ones are never laid side by side unawares.
"""

from typing import NamedTuple

from sipctl.language import N_, _

EDITION = 1


class Definition(NamedTuple):
    """One count. ``additive``: the figures of parts of a period add up to that of the whole; what is not is
    never summed. ``share``: a numerator is told with its denominator, whose rule is ``base``."""

    number: int
    key: str
    title: str
    rule: str
    base: str = ""
    additive: bool = True

    @property
    def share(self) -> bool:
        """Is it told as a number of a number?"""
        return bool(self.base)

    @property
    def text(self) -> str:
        """The title in the language of the run."""
        return _(self.title)

    @property
    def sentence(self) -> str:
        """The whole rule in the language of the run."""
        return _(self.rule) + (" " + _(self.base) if self.base else "")


DEFINITIONS = (
    Definition(1, "need_yes", N_("Behov bedömt: ja"),
               N_("Ärendets första bedömning, på dess dag, när den säger att en SIP behövs.")),
    Definition(2, "need_no", N_("Behov bedömt: nej"),
               N_("Ärendets första bedömning, på dess dag, när den säger att en SIP inte behövs.")),
    Definition(3, "offered", N_("Erbjudna"), N_("Första gången en SIP erbjöds i ärendet, på den dagen.")),
    Definition(4, "declined", N_("Tackat nej"),
               N_("Den enskilde tackade nej innan någon kallelse hade skickats, på den dagen.")),
    Definition(5, "refused", N_("Avslag"), N_("En begärd SIP avslogs, på den dagen.")),
    Definition(6, "created", N_("Skapade"),
               N_("En gång per ärende, på dagen för samtycket till SIP eller första kallelsen, det som kom först.")),
    Definition(7, "established", N_("Upprättade"),
               N_("En gång per ärende: dagen då den första planen med lagens fyra delar upprättades. Återkallat "
                  "samtycke eller ett återöppnat ärende ändrar det inte.")),
    Definition(8, "revised", N_("Reviderade"),
               N_("Varje senare version av planen, på dess dag. Rättelser räknas inte.")),
    Definition(9, "followed_up", N_("Uppföljningar"), N_("Varje genomförd uppföljning, på dess dag.")),
    Definition(10, "cases_followed_up", N_("Uppföljda SIP"),
               N_("Ärenden med minst en genomförd uppföljning under perioden."), additive=False),
    Definition(11, "in_time", N_("Uppföljda i tid"),
               N_("En uppföljning hölls senast 14 dagar efter den dag som först avtalades."),
               N_("Av avtalade dagar som inföll under perioden, utom i ärenden som avslutats dessförinnan. Ombokning "
                  "flyttar ingenting.")),
    Definition(12, "closed", N_("Avslutade"), N_("Ett ärende med upprättad plan avslutades, på den dagen.")),
    Definition(13, "reopened", N_("Återöppnade"), N_("Ett ärende med upprättad plan öppnades igen, på den dagen.")),
    Definition(14, "aborted", N_("Avbrutna före plan"), N_("Ett ärende utan upprättad plan avslutades, på den dagen.")),
    Definition(15, "ongoing", N_("Pågående vid periodens slut"),
               N_("Upprättade och återöppnade, minus avslutade, till och med periodens sista dag."), additive=False),
    Definition(16, "called_in_time", N_("Kallade i tid vid utskrivning"),
               N_("Den första kallelsen skickades högst tre kalenderdagar efter meddelandet om utskrivningsklar."),
               N_("Av ärenden vars senaste gällande meddelande kom under perioden.")),
    Definition(17, "participated", N_("Deltagande i andras SIP"),
               N_("Vi svarade ja till en annan enhets kallelse, på svarets dag. Läggs aldrig ihop med våra egna.")),
    Definition(18, "persons", N_("Personer"),
               N_("Olika personer med en SIP som skapades under perioden."), additive=False),
)  # fmt: skip
