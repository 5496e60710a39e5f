"""The plan: own words first, then situation, needs with goals and insatser, and the four contents."""

from docx.document import Document

from template_parts import page
from template_parts.look import Look
from template_parts.writer import Writer

_WIDTHS = (3.8, 3.2, 2.7, 2.2, 2.5, 2.0)


def plan(look: Look) -> Document:
    """One version of the plan. The four compulsory contents are always there, given or not."""
    w = page.new("Samordnad individuell plan", look, label=5.6)
    page.footer(w, copy=True)
    page.running_header(w, "Samordnad individuell plan{% if plan.draft %} – UTKAST{% endif %}\t{{ person.label }}")
    with w.when("plan.draft"):
        w.p("UTKAST – planen är inte upprättad", "Draft")
    w.h1(
        "{% if plan.draft %}{{ text.plan_heading_draft }}"
        "{% elif plan.revision %}{{ text.plan_heading_revision }}{% else %}{{ text.plan_heading }}{% endif %}"
    )
    _facts(w)
    w.section("{{ text.plan_matters }}", "plan.matters", "Ownwords")
    w.section("{{ text.plan_situation }}", "plan.situation")
    w.section("{{ text.plan_purpose }}", "plan.purpose")
    w.section("{{ text.plan_long_goal }}", "plan.long_goal")
    _needs(w)
    _others(w)
    w.section("{{ text.plan_crisis }}", "plan.crisis", "Boxed")
    w.section("{{ text.plan_oral_health }}", "plan.oral_health")
    _end(w)
    return w.document


def _facts(w: Writer) -> None:
    w.fact("{{ text.plan_person }}", "**{{ person.label }}**")
    w.fact("{{ text.label_version }}", "{{ plan.number }}, {{ plan.kind }}")
    w.fact("{{ text.plan_established }}", "{{ plan.established_on|datum }}", "plan.established_on")
    w.fact(
        "{{ text.plan_responsible }}",
        "**{{ plan.responsible.huvudman }}**{% if plan.responsible.unit %}, {{ plan.responsible.unit }}{% endif %}",
    )
    w.fact(
        "{{ text.plan_responsible_person }}",
        "{{ plan.responsible.person }}{% if plan.responsible.phone %}, {{ plan.responsible.phone }}{% endif %}",
        "plan.responsible.person",
    )
    w.fact("{{ text.label_convener }}", "{{ sip.convener }}", "sip.convener")
    w.fact("{{ text.plan_present }}", r"{{ plan.present|join('\n', attribute='line') }}", "plan.present")
    w.fact("{{ text.plan_absent }}", r"{{ plan.absent|join('\n', attribute='line') }}", "plan.absent")


def _needs(w: Writer) -> None:
    w.h2("Behov, mål och insatser")
    with w.when("not plan.needs"):
        w.p("{{ text.not_stated }}")
    with w.each("need in plan.needs"):
        w.h3("{{ need.number }}. {{ need.text or text.plan_need }}")
        with w.each("goal in need.goals"):
            _goal(w)


def _goal(w: Writer) -> None:
    w.p("{{ text.plan_goal }} {{ goal.number }}{% if goal.text %}: {{ goal.text }}{% endif %}", "Heading4")
    with w.when("goal.own_words"):
        w.p("{{ goal.own_words }}", "Goalwords")
    with w.when("goal.actions"):
        w.table(
            [
                f"{{{{ text.plan_{key} }}}}"
                for key in (
                    "action",
                    "action_responsible",
                    "action_huvudman",
                    "action_start",
                    "action_frequency",
                    "action_due",
                )
            ],
            _WIDTHS,
            "action in goal.actions",
            [
                "{{ action.text }}",
                "{{ action.responsible or '–' }}",
                "{{ action.performer }}",
                "{{ action.start or '–' }}",
                "{{ action.frequency or '–' }}",
                "{{ action.due|kortdatum or '–' }}",
            ],
        )


def _others(w: Writer) -> None:
    w.h2("{{ text.plan_actions_others }}")
    with w.when("plan.others"):
        with w.each("action in plan.others"):
            w.p(
                "{{ action.text }} "
                "({{ action.performer }}{% if action.responsible %}: {{ action.responsible }}{% endif %})",
                "ListBullet",
            )
        w.otherwise()
        w.p("{% if plan.others_none %}{{ text.plan_others_none }}{% else %}{{ text.not_stated }}{% endif %}")


def _end(w: Writer) -> None:
    with w.when("plan.followup_on or plan.followup_by"):
        w.h2("{{ text.plan_followup }}")
        w.p(
            "{% if plan.followup_on %}**{{ plan.followup_on|datum }}**. {% endif %}"
            "{% if plan.followup_by %}{{ text.plan_followup_by }}: {{ plan.followup_by }}.{% endif %}"
        )
    w.section("{{ text.plan_comment }}", "plan.comment", "Ownwords")
    w.section("{{ text.plan_changed_why }}", "plan.changed_why")
    with w.when("extras"):
        w.h2("Övrigt")
        with w.each("extra in extras"):
            w.p("__{{ extra.label }}__ {{ extra.value }}")
    w.section("{{ text.plan_copies }}", "plan.copies_to")
    w.p("{{ text.plan_no_signature }} {{ text.plan_other_plans }}", "Small")
