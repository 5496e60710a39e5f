"""Consent form, preparation, follow-up and closing."""

from docx.document import Document

from template_parts import page
from template_parts.look import Look

_QUESTIONS = (
    *("matters", "works_well", "hard", "wishes", "shall_come", "shall_not_come"),
    *("not_talk_about", "where_when", "support", "who_begins"),
)
_CHOICES = "{{% for {0} %}}^^{2}^^ {{{{ {1}.letter }}}}     {{% endfor %}}"


def consent(look: Look) -> Document:
    """The consent form: what is asked, of whom, about what, and how to take it back."""
    w = page.new("Samtycke till samordnad individuell plan", look)
    page.footer(w)
    w.h1("{{ text.consent_heading }}")
    w.p("{{ text.consent_intro }}", "Lead")
    w.fact("{{ text.label_person }}", "{{ person.label }}")
    w.fact("{{ text.label_sender }}", "{{ sender.unit or sender.name }}")
    w.p("{% if consent.sip_given %}☒{% else %}☐{% endif %} {{ text.consent_sip }}", "Choice")
    w.p("{% if consent.information_given %}☒{% else %}☐{% endif %} {{ text.consent_information }}", "Choice")
    w.h2("{{ text.consent_categories }}")
    with w.each("category in consent.categories"):
        w.p("__{{ category.letter }}__\t{{ category.label }}", "Lettered")
    w.h2("{{ text.consent_recipients }}")
    widths = (8.4, 8.0)
    w.table(
        ["{{ text.consent_recipients }}", "{{ text.consent_categories }}"],
        widths,
        "to in consent.recipients",
        ["{{ to.name }}", _CHOICES.format("choice in to.choices", "choice", "{{ choice.box }}")],
    )
    for _ in range(2):
        w.add_row(["Annan:", _CHOICES.format("category in consent.categories", "category", "☐")], widths)
    w.h2("{{ text.consent_limits }}")
    with w.when("consent.limits"):
        w.p("{{ consent.limits }}")
        w.otherwise()
        w.p("\t", "Answerline")
    w.p("{{ text.consent_valid }} {% if consent.valid_to %}{{ consent.valid_to|datum }}{% endif %}\t", "Answerline")
    w.p("{{ text.consent_voluntary }} {{ text.consent_withdraw }}", "Boxed")
    w.p("☐ {{ text.consent_told }}", "Choice")
    w.h2("{{ text.consent_written }}")
    w.p("Datum och namnteckning \t", "Answerline")
    w.p("{{ text.consent_guardians }} 1 \t", "Answerline")
    w.p("{{ text.consent_guardians }} 2 \t", "Answerline")
    w.p("{{ text.consent_guardians_rule }}", "Small")
    w.p("{{ text.consent_child_view }} \t", "Answerline")
    w.p("{{ text.consent_representative }} \t", "Answerline")
    w.p(
        "{{ text.consent_spoken }}{% if consent.spoken %} {{ consent.taken_by or '' }}, "
        "{{ consent.information_on|datum or consent.sip_on|datum or '' }}"
        "{% else %} (namn, datum){% endif %} \t",
        "Answerline",
    )
    w.p("{{ text.consent_not_gdpr }}", "Small")
    return w.document


def preparation(look: Look) -> Document:
    """Vad är viktigt för dig? With what has been answered, and room for the rest."""
    w = page.new("Inför ditt SIP-möte", look, 12)
    page.footer(w)
    w.h1("{{ text.preparation_heading }}")
    w.p("{{ text.preparation_intro }}", "Lead")
    with w.when("person.name"):
        w.fact("{{ text.label_name }}", "{{ person.name }}")
    for key in _QUESTIONS:
        w.h2(f"{{{{ text.preparation_{key} }}}}")
        with w.when(f"preparation.{key}"):
            w.p(f"{{{{ preparation.{key} }}}}", "Ownwords")
            w.otherwise()
            w.p("\t", "Answerline")
            w.p("\t", "Answerline")
    w.p("{{ text.preparation_closing }}", "Boxed")
    return w.document


def followup(look: Look) -> Document:
    """One follow-up: own words, outcome per goal and insats, decision."""
    w = page.new("Uppföljning av samordnad individuell plan", look, label=5.2)
    page.footer(w, copy=True)
    w.h1("{{ text.followup_heading }}")
    w.fact("{{ text.plan_person }}", "**{{ person.label }}**")
    w.fact("{{ text.followup_held }}", "{{ followup.held_on|datum }}")
    w.fact("Plan", "version {{ plan.number }}, upprättad {{ plan.established_on|datum }}", "plan.established_on")
    w.fact("{{ text.followup_present }}", "{{ followup.present }}", "followup.present")
    w.section("{{ text.followup_own_words }}", "followup.own_words", "Ownwords")
    with w.when("followup.goals"):
        w.h2("Målen")
        w.table(
            [
                "{{ text.followup_goal }}",
                "{{ text.followup_result }}",
                "{{ text.followup_next }}",
                "{{ text.followup_note }}",
            ],
            (5.6, 3.2, 2.8, 4.8),
            "goal in followup.goals",
            [
                "{{ goal.text or text.plan_goal }}",
                "{{ goal.result or '–' }}",
                "{{ goal.next or '–' }}",
                "{{ goal.note or '–' }}",
            ],
        )
    with w.when("followup.actions"):
        w.h2("Insatserna")
        w.table(
            [
                "{{ text.followup_action }}",
                "{{ text.plan_action_responsible }}",
                "{{ text.followup_result }}",
                "{{ text.followup_next }}",
                "{{ text.followup_note }}",
            ],
            (4.4, 3.4, 2.4, 2.3, 3.9),
            "action in followup.actions",
            [
                "{{ action.text }}",
                "{{ action.responsible or action.performer }}",
                "{{ action.result or '–' }}",
                "{{ action.next or '–' }}",
                "{{ action.note or '–' }}",
            ],
        )
    w.h2("Så går vi vidare")
    w.fact("{{ text.followup_decision }}", "**{{ followup.decision }}**")
    w.fact("{{ text.followup_consent }}", "{{ followup.consent_valid }}", "followup.consent_valid")
    w.fact("{{ text.followup_next_on }}", "{{ followup.next_on|datum }}", "followup.next_on")
    _extras(w)
    return w.document


def closure(look: Look) -> Document:
    """That the SIP has ended, why, and that help goes on."""
    w = page.new("Avslut av samordnad individuell plan", look, 11)
    page.footer(w, copy=True)
    w.h1("{{ text.closure_heading }}")
    w.p("{{ text.closure_notice }}", "Lead")
    w.fact("{{ text.label_person }}", "**{{ person.label }}**")
    w.fact("{{ text.closure_date }}", "{{ closure.on_date|datum }}")
    w.fact("{{ text.closure_reason }}", "{{ closure.reason }}", "closure.reason")
    w.fact("{{ text.closure_decided_by }}", "{{ closure.decided_by }}", "closure.decided_by")
    w.fact("{{ text.closure_told }}", "{{ closure.told }}", "closure.told")
    with w.when("closure.note"):
        w.p("{{ closure.note }}", "Afterfacts")
    w.section("{{ text.closure_goal_outcome }}", "closure.goal_outcome")
    _extras(w)
    w.p("{{ text.closure_insatser }} {{ text.closure_again }}", "Boxed")
    w.p(
        "{{ sender.name or '' }}{% if sender.unit %}, {{ sender.unit }}{% endif %}"
        "{% if sender.phone %}, {{ sender.phone }}{% endif %}"
    )
    return w.document


def _extras(w: page.Writer) -> None:
    with w.when("extras"):
        w.h2("Övrigt")
        with w.each("extra in extras"):
            w.p("__{{ extra.label }}__ {{ extra.value }}")
