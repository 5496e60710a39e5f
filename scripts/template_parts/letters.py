"""Kallelse, inbjudan, the individual's own letter, and the agenda: one page each."""

from docx.document import Document

from template_parts import page
from template_parts.envelope import COLUMN, MARGIN, NEAR, SENDER_TOP, SENDER_WIDTH, WINDOW
from template_parts.look import Look
from template_parts.writer import Writer

_WHEN = (
    "{% if meeting.starts_at %}**{{ meeting.weekday }} {{ meeting.starts_at|datum }}, "
    "klockan {{ meeting.starts_at|klockan }}–{{ meeting.ends_at|klockan }}**{% else %}Meddelas för sig{% endif %}"
)
_OTHERS = r"{{ others|join('\n', attribute='line') }}"
_HEADING = (
    "{{% if meeting.followup %}}{{{{ text.{0}_heading_followup }}}}{1}"
    "{{% else %}}{{{{ text.{0}_heading }}}}{{% endif %}}"
)


def call(look: Look) -> Document:
    """Kallelse to a huvudman's unit, with a reply slip at the foot."""
    w = page.new("Kallelse till SIP-möte", look, 10, bottom=1.8, letter=True)
    page.band(w, "Samordnad individuell plan (SIP)\t{{ document.kind|upper }}")
    page.footer(w)
    _letterhead(w, _HEADING.format("call", "{% elif sip.discharge %}{{ text.call_heading_discharge }}"), reply=True)
    w.p(
        "{% if meeting.followup %}{{ text.call_intro_followup }}{% elif sip.discharge %}{{ text.call_intro_discharge }}"
        "{% else %}{{ text.call_intro }}{% endif %}"
        "{% if sip.law %} {{ text.label_legal_basis }}: {{ sip.law }}.{% endif %}"
    )
    w.fact("{{ text.label_person }}", "{{ person.label }}")
    _when_and_where(w)
    w.fact(
        "{{ text.call_ready }}",
        "{{ discharge.ready_at|datum }}, klockan {{ discharge.ready_at|klockan }}. "
        "{{ text.call_latest }}: {{ discharge.call_by|datum }}.",
        "discharge.ready_at",
    )
    w.fact("{{ text.call_home }}", "{{ discharge.home_on|datum }}", "discharge.home_on")
    w.fact("{{ text.call_who }}", _OTHERS, "others")
    w.section("{{ text.call_purpose }}", "meeting.purpose")
    with w.when("meeting.questions"):
        w.h2("{{ text.call_questions }}")
        with w.each("question in meeting.questions"):
            w.p("{{ question }}", "ListNumber")
    w.h2("{{ text.call_brings }}")
    w.p("{% if recipient.brings %}{{ recipient.brings }} {% endif %}{{ text.call_mandate }}")
    with w.when("person.language or person.adaptations"):
        w.p(
            "__{{ text.call_needs }}:__ {{ person.language or '' }}{% if person.language and person.adaptations %}; "
            "{% endif %}{{ person.adaptations or '' }}"
        )
    w.p(
        "__{{ text.call_consent }}:__ "
        "{% if consent.covers %}{{ text.call_consent_yes }} {{ consent.covers|join(', ') }}."
        "{% else %}{{ text.call_consent_missing }}{% endif %}"
        "{% if not person.name and person.initials %} {{ text.call_initials }}{% endif %}"
    )
    w.p("{{ text.call_duty }} {{ text.call_duty_why }}", "Boxed")
    _call_slip(w)
    return w.document


def _call_slip(w: Writer) -> None:
    _cut(w, "{{ text.call_reply_heading }}")
    w.p("☐ {{ text.call_reply_yes }}      ☐ {{ text.call_reply_substitute }} \t", "Slip")
    w.p("☐ {{ text.call_reply_passed_on }} \t", "Slip")
    w.p("☐ {{ text.call_reply_no }} \t", "Slip")
    w.p("Verksamhet, namn och telefon \t", "Slip")


def _cut(w: Writer, heading: str, *, below: bool = False) -> None:
    """The line to cut along, with what the slip needs when it is no longer on the letter."""
    note = (
        "SIP-nummer {{ sip.number }}"
        "{% if meeting.reply_by %} · {{ text.label_reply_by|lower }} {{ meeting.reply_by|datum }}{% endif %}"
        "{% if sender.name %} · till {{ sender.name }}{% endif %}"
        "{% if sender.phone %}, {{ sender.phone }}{% endif %}"
    )
    w.p(heading if below else f"{heading}\t~~{note}~~", "Slipheading")
    if below:
        w.p(f"~~{note}~~", "Slipnote")


def invitation(look: Look) -> Document:
    """Inbjudan to everybody who is not bound to come: friendly, without words of duty."""
    w = page.new("Inbjudan till SIP-möte", look, 11.5, letter=True)
    page.footer(w)
    _letterhead(w, _HEADING.format("invitation", ""))
    w.p("{{ text.invitation_intro }} {{ text.invitation_why }}", "Lead")
    w.fact("{{ text.label_person }}", "{{ person.label }}")
    _when_and_where(w)
    w.fact("{{ text.call_who }}", _OTHERS, "others")
    w.p("{{ text.invitation_about }}", "Afterfacts")
    with w.when("meeting.questions"):
        w.h2("{{ text.invitation_questions }}")
        with w.each("question in meeting.questions"):
            w.p("{{ question }}", "ListBullet")
    with w.when("recipient.brings"):
        w.h2("Ta gärna med")
        w.p("{{ recipient.brings }}")
    w.p("{{ text.invitation_voluntary }} {{ text.invitation_secrecy }}")
    w.p("{{ text.invitation_change }}")
    _signature(w, "{{ text.invitation_closing }}")
    _cut(w, "{{ text.invitation_reply }}", below=True)
    w.p("☐ Ja, jag kommer", "Slip")
    w.p("☐ Jag kan inte komma, men vill lämna det här: \t", "Slip")
    w.p("Namn och telefon \t", "Slip")
    return w.document


def letter(look: Look) -> Document:
    """The individual's own letter, in plain language."""
    w = page.new("Brev om SIP-möte", look, 11, letter=True)
    page.footer(w)
    _letterhead(w, _HEADING.format("letter", ""))
    w.p("Hej{% if person.first_name %} {{ person.first_name }}{% endif %}!", "Lead")
    w.p(
        "{% if meeting.followup %}{{ text.letter_intro_followup }}"
        "{% elif sip.discharge %}{{ text.letter_intro_discharge }}"
        "{% else %}{{ text.letter_intro }}{% endif %}"
    )
    w.h2("{{ text.letter_when }}")
    _when_and_where(w)
    with w.when("meeting.questions"):
        w.h2("{{ text.letter_questions }}")
        with w.each("question in meeting.questions"):
            w.p("{{ question }}", "ListBullet")
    with w.when("others"):
        w.h2("{{ text.letter_who }}")
        w.p(_OTHERS)
    w.h2("Du bestämmer")
    for key in ("right_topics", "right_bring", "right_consent", "right_no"):
        w.p(f"{{{{ text.letter_{key} }}}}", "ListBullet")
    w.p("{{ text.letter_support }} {{ text.letter_absent }}", "Boxed")
    _signature(w, "{{ text.letter_change }} {{ text.letter_closing }}")
    return w.document


def agenda(look: Look) -> Document:
    """The meeting's order, with the individual's own words and questions in it."""
    w = page.new("Dagordning för SIP-möte", look, 11.5)
    page.footer(w)
    w.h1(_HEADING.format("agenda", ""))
    w.fact("{{ text.label_person }}", "{{ person.label }}")
    _when_and_where(w)
    w.fact("{{ text.label_chair }}", "{{ meeting.chair }}", "meeting.chair")
    w.fact("{{ text.label_note_taker }}", "{{ meeting.note_taker }}", "meeting.note_taker")
    w.fact("{{ text.call_who }}", _OTHERS, "others")
    w.h2("Så går mötet till")
    for number in range(1, 10):
        w.p(f"{{{{ text.agenda_{number} }}}}", "ListNumber")
        if number == 4:
            with w.when("preparation.matters"):
                w.p("{{ preparation.matters }}", "Listwords")
        if number == 5:
            with w.each("question in meeting.questions"):
                w.p("{{ question }}", "Subitem")
    with w.when("person.language or person.adaptations"):
        w.p(
            "__{{ text.call_needs }}:__ {{ person.language or '' }}{% if person.language and person.adaptations %}; "
            "{% endif %}{{ person.adaptations or '' }}",
            "Afterfacts",
        )
    return w.document


def _letterhead(w: Writer, heading: str, *, reply: bool = False) -> None:
    """Sender, date and heading at the left; at the right the recipient alone, where the envelope's window is.

    The frames take up the whole width down to where no window reaches: that is where the letter begins.
    """
    height = NEAR.bottom - WINDOW.top
    with w.frame(x=MARGIN, y=SENDER_TOP, width=SENDER_WIDTH, height=WINDOW.top - SENDER_TOP, exact=True):
        _sender(w)
    with w.frame(x=MARGIN, y=WINDOW.top, width=COLUMN, height=height):
        w.p("{{ text.label_date }} {{ document.date|datum }}", "Meta")
        w.p("{{ text.label_sip_number }} {{ sip.number }}", "Meta")
        w.h1(heading)
        if reply:
            with w.when("meeting.reply_by"):
                w.p("__{{ text.label_reply_by }} {{ meeting.reply_by|datum }}__")
    with w.frame(x=NEAR.left, y=WINDOW.top, width=WINDOW.right - NEAR.left, height=height):
        w.p("{{ recipient.block or '' }}", "Recipient")


def _sender(w: Writer) -> None:
    w.p(
        "{% if sender.unit %}**{{ sender.unit }}**{% if sender.huvudman %}, {{ sender.huvudman }}{% endif %}"
        "{% else %}{{ sender.name or '' }}{% endif %}",
        "Sender",
    )
    with w.when("sender.address"):
        w.p("{{ sender.address }}", "Sender")
    with w.when("sender.unit"):
        w.p("{{ sender.name or '' }}{% if sender.phone %}, {{ sender.phone }}{% endif %}", "Sender")


def _when_and_where(w: Writer) -> None:
    w.fact("{{ text.label_time }}", _WHEN)
    w.fact(
        "{% if meeting.video %}{{ text.label_video }}{% elif meeting.telephone %}{{ text.label_telephone }}"
        "{% else %}{{ text.label_place }}{% endif %}",
        "{{ meeting.place or 'Meddelas för sig' }}",
    )
    w.fact("{{ text.label_contact }}", "{{ meeting.contact }}", "meeting.contact")


def _signature(w: Writer, closing: str) -> None:
    w.p(closing, "Afterfacts")
    w.p("**{{ sender.name or '' }}**{% if sender.phone %}, {{ sender.phone }}{% endif %}")
