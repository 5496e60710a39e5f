"""The dated facts that lists and counts are made of."""

from sipctl.language import N_
from sipctl.vocabulary.term import Term


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
