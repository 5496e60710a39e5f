"""Nothing that a recipient may not know is in the data or the document: every field has a marker."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from sip_samples import SETTINGS, adult, child, close, guidance, issue
from test_content import text_of

from sipctl.documents import fields, template
from sipctl.documents.content import build
from sipctl.model.casefile import TABLES, CaseFile
from sipctl.model.participant import Participant
from sipctl.settings import Settings
from sipctl.vocabulary.case import Route, TargetGroup
from sipctl.vocabulary.consent import Category
from sipctl.vocabulary.documents import DocumentKind
from sipctl.vocabulary.people import Protection

C = Category
BOTH = frozenset({C.SOCIAL, C.HEALTH})
BASIC: frozenset[Category] = frozenset()
HEALTH = frozenset({C.HEALTH})

# Written by hand, apart from the registry: what a recipient must be allowed to meet the marker of a
# column. A column that is not here must never be seen in any document.
NEEDS: dict[str, frozenset[Category]] = {
    **dict.fromkeys(("case.sip_number", "case.ref", "case.convener_unit", "case.coordinator"), BASIC),
    **dict.fromkeys(("person.name", "person.id_number", "person.language"), BASIC),
    **dict.fromkeys(("person.address", "person.phone", "person.kommun"), frozenset({C.CONTACT})),
    "person.adaptations": HEALTH,
    **dict.fromkeys(("participants.name", "participants.role", "participants.unit_name"), BASIC),
    **dict.fromkeys(("meetings.place", "meetings.contact", "meetings.chair", "meetings.note_taker"), BASIC),
    **{
        f"preparations.{name}": BOTH
        for name in ["works_well", "hard", "matters", "wishes", "support", "who_begins", "purpose", "questions"]
    },
    **dict.fromkeys(("plans.situation", "plans.purpose", "plans.matters", "plans.long_goal"), BOTH),
    **dict.fromkeys(("plans.comment", "plans.copies_to", "plans.changed_why"), BOTH),
    **dict.fromkeys(("plans.crisis", "plans.oral_health", "discharges.ward", "discharges.fast_contact"), HEALTH),
    **dict.fromkeys(("plans.responsible_person", "plans.followup_by", "consents.taken_by"), BASIC),
    **dict.fromkeys(("needs.text", "goals.text", "goals.own_words", "followups.present", "followups.own_words"), BOTH),
    **dict.fromkeys(("statuses.reason", "statuses.goal_outcome", "statuses.told"), BOTH),
    "statuses.decided_by": BASIC,
    **dict.fromkeys(("extras.label_as_asked", "extras.value"), BOTH),
    "attendances.substitute": BASIC,
}
OF_PERFORMER = {
    "kommun": frozenset({C.SOCIAL}),
    "region": HEALTH,
    "school": frozenset({C.SCHOOL}),
    "relative": frozenset({C.FAMILY}),
    "individual": BOTH,
    "other": BOTH,
}
FOR_THE_INDIVIDUAL_ALONE = {
    f"preparations.{name}" for name in ("shall_come", "shall_not_come", "not_talk_about", "where_when")
} | {"consents.limits"}
MARK = re.compile("Zz[0-9]{4}zZ")
SUBSETS = [
    frozenset({C.BASIC}),
    *(frozenset({C.BASIC, each}) for each in C if each is not C.BASIC),
    frozenset({C.BASIC, C.SOCIAL, C.HEALTH}),
    frozenset(C),
]
RENDERED = (SUBSETS[0], SUBSETS[-2], SUBSETS[-1])  # the document says what the data says: a few will do


class Marked:
    """A case where every text column of every row holds a marker, and what each marker stands for."""

    def __init__(self, case: CaseFile):
        self.case = case
        self.where: dict[str, tuple[str, str, Any]] = {}
        for table, row in _rows(case):
            for name, info in type(row).model_fields.items():
                if info.annotation in (str, str | None) and name not in ("key", "need_key", "goal_key", "action_key"):
                    setattr(row, name, self.mark(table, name, row))
                elif name == "questions":
                    row.questions = [self.mark(table, name, row), self.mark(table, name, row)]
        self.settings = Settings(
            **{name: self.mark("settings", name, None) for name in ("unit", "coordinator", "phone", "address")}
        )

    def mark(self, table: str, name: str, row: Any) -> str:
        text = f"Zz{len(self.where):04}zZ"
        self.where[text] = (table, name, row)
        return text

    def found(self, text: str) -> Iterator[tuple[str, str, Any]]:
        return (self.where[mark] for mark in sorted(set(MARK.findall(text))))


def _rows(case: CaseFile) -> Iterator[tuple[str, Any]]:
    yield "case", case.case
    yield "person", case.person
    for table in TABLES:
        yield from ((table, row) for row in getattr(case, table))


def full_case() -> CaseFile:
    """A case with a row in every table that a document reads, and every kind of participant."""
    case = adult()
    close(case)
    case.case.route = Route.DISCHARGE
    case.add("participants", key="D8", position=8, kind="guardian", name="Vår Dnadssson")
    case.add("participants", key="D9", position=9, kind="representative", representative="god_man", name="God Mansson")
    case.add("discharges", ward="x", fast_contact="x")
    for step in ("meeting", "followup", "close"):
        case.add("extras", step=step, key="x-a", label_as_asked="x", value="x", pack="standard")
    goal = case.goals[0]
    for n, performer in enumerate(("school", "other"), 90):
        case.add(
            "actions", plan_id=goal.plan_id, goal_key=goal.key, key=f"I{n}", position=n, text="x", performer=performer
        )
    case.add("deviations", kind="other", found_on="2026-09-01", what="x")
    case.add("filed", what="x", system="x", on_date="2026-09-01")
    return case


RECIPIENTS = {"individual": None, "region": 0, "kommun": 2, "relative": 3, "other": 4, "guardian": 6, "god man": 7}


def render(kind: DocumentKind, data: dict[str, Any]) -> str:
    found = _compiled.setdefault(kind, template.compile(guidance().templates[kind.value], known=dict(fields.KNOWN)))
    return text_of(found.render(data))


_compiled: dict[DocumentKind, Any] = {}


@pytest.fixture(scope="module")
def marked() -> Marked:
    return Marked(full_case())


@pytest.mark.parametrize("kind", DocumentKind)
@pytest.mark.parametrize("who", RECIPIENTS)
def test_nothing_outside_what_is_allowed(kind: DocumentKind, who: str, marked: Marked) -> None:
    case, index = marked.case, RECIPIENTS[who]
    recipient = None if index is None else case.participants[index]
    for allowed in SUBSETS if recipient else SUBSETS[-1:]:
        data = build(kind, case, issue(recipient, case, settings=marked.settings, allowed=allowed))
        texts = [json.dumps(data)]
        if allowed in RENDERED:
            texts.append(render(kind, data))
        for text in texts:
            for table, name, row in marked.found(text):
                place = f"{table}.{name} in {kind} to {who} with {sorted(allowed)}"
                assert needs(case, recipient, table, name, row) <= allowed | {C.BASIC}, place


def needs(case: CaseFile, to: Participant | None, table: str, name: str, row: Any) -> frozenset[Category]:
    """What must be allowed; ``{None}`` (never allowed) for what this recipient may not see at all."""
    never: frozenset[Any] = frozenset({None})
    column = f"{table}.{name}"
    if table == "settings" or (table == "participants" and row is to):
        return never if name in ("document_scope",) else BASIC
    if table == "actions" and name in ("text", "responsible", "start", "frequency"):
        return OF_PERFORMER[row.performer]
    if table == "outcomes" and name == "note":
        action = next((a for a in case.actions if a.key == row.action_key), None)
        return OF_PERFORMER[action.performer] if action else BOTH
    if column == "participants.phone":  # the unit that answers for the plan may be rung
        return BASIC if row.id == case.plans[-1].responsible_participant else never
    if column in FOR_THE_INDIVIDUAL_ALONE:
        return BASIC if to is None else never
    if to is None and table == "person":
        return BASIC
    return NEEDS.get(column, never)


def test_the_individual_gets_it_all(marked: Marked) -> None:
    seen = {
        f"{table}.{name}"
        for kind in DocumentKind
        for table, name, _ in marked.found(json.dumps(build(kind, marked.case, issue(None, marked.case))))
    }
    assert set(NEEDS) - seen == set()
    assert FOR_THE_INDIVIDUAL_ALONE - seen == set()


def test_withheld_looks_like_never_given() -> None:
    case, bare = adult(), adult()
    for name in ("situation", "purpose", "matters", "long_goal", "comment", "copies_to", "changed_why", "crisis"):
        setattr(bare.plans[-1], name, "")
    bare.plans[-1].oral_health = ""
    bare.needs, bare.goals, bare.actions = [], [], []
    only_basic = frozenset({C.BASIC})
    to = case.participants[0]
    withheld = build(DocumentKind.PLAN, case, issue(to, case, allowed=only_basic))["plan"]
    never = build(DocumentKind.PLAN, bare, issue(bare.participants[0], bare, allowed=only_basic))["plan"]
    assert withheld == never


def test_numbers_of_goals_do_not_tell_of_gaps() -> None:
    case = child()
    school = case.participants[3]
    case.needs[0].position = 2
    data = build(DocumentKind.PLAN, case, issue(school, case, allowed=frozenset({C.BASIC, C.SCHOOL})))
    (need,) = data["plan"]["needs"]
    assert (need["number"], need["text"]) == ("1", None)
    assert [a["performer"] for a in need["goals"][0]["actions"]] == ["skolan"]


def test_free_text_in_an_addiction_case_needs_that_consent() -> None:
    case = adult()
    case.case.target_group = TargetGroup.ADDICTION
    to = case.participants[0]
    data = build(DocumentKind.PLAN, case, issue(to, case, allowed=frozenset({C.BASIC, *BOTH})))
    assert data["plan"]["situation"] is None
    assert data["plan"]["followup_on"]


def test_a_school_sees_no_health_data_unless_allowed() -> None:
    case = child()
    data = build(
        DocumentKind.INVITATION, case, issue(case.participants[3], case, allowed=frozenset({C.BASIC, C.SCHOOL}))
    )
    assert "BUP" not in json.dumps(data["others"], ensure_ascii=False)
    assert [row["line"] for row in data["others"]][-1] == "Vera Bupsson (regionen)"
    assert data["recipient"]["brings"]
    assert data["meeting"]["questions"] == []


# --- protected personal data ----------------------------------------------------------------------


def protected_guardian() -> Marked:
    case = child()
    case.participants[0].protection = Protection.MARKED
    return Marked(case)


@pytest.mark.parametrize("kind", DocumentKind)
def test_the_other_guardian_learns_no_address_phone_school_or_place(kind: DocumentKind) -> None:
    marked = protected_guardian()
    case = marked.case
    other = case.participants[1]
    data = build(kind, case, issue(other, case, settings=marked.settings))
    hidden = {"address", "phone", "kommun", "place", "contact", "unit", "unit_name", "convener_unit", "copies_to"}
    for text in (json.dumps(data), render(kind, data)):
        for table, name, row in marked.found(text):
            assert row is other or name not in hidden, f"{table}.{name} in {kind}"


def test_who_else_is_called_is_roles_only_for_such_a_recipient() -> None:
    case = child()
    case.participants[0].protection = Protection.REGISTERED
    data = build(DocumentKind.INVITATION, case, issue(case.participants[1], case))
    assert [row["line"] for row in data["others"]] == ["Vårdnadshavare", "Kurator (regionen)", "Rektor"]


def test_units_in_duty_keep_the_place_but_not_the_home() -> None:
    case = child()
    case.participants[0].protection = Protection.MARKED
    unit = case.participants[2]
    data = build(DocumentKind.CALL, case, issue(unit, case))
    assert data["meeting"]["place"] == "Familjecentralen, rum Snäckan"
    assert data["others"][-1]["unit"] == "Lindskolan"
    assert (data["person"]["address"], data["person"]["phone"], data["person"]["kommun"]) == (None, None, None)
    case.participants[0].protection = Protection.NONE
    assert build(DocumentKind.CALL, case, issue(unit, case))["person"]["address"]


def test_the_protected_keep_their_own() -> None:
    case = child()
    guardian = case.participants[0]
    guardian.protection = Protection.MARKED
    data = build(DocumentKind.INVITATION, case, issue(guardian, case))
    assert data["recipient"]["address"] == guardian.address
    assert data["meeting"]["place"]
    case.person.protection = Protection.MARKED
    assert build(DocumentKind.LETTER, case, issue(None, case))["recipient"]["address"] == case.person.address


def test_one_who_has_left_is_protected_still() -> None:
    case = child()
    case.participants[0].protection = Protection.MARKED
    case.participants[0].left_on = case.case.opened_on
    assert build(DocumentKind.INVITATION, case, issue(case.participants[1], case))["meeting"]["place"] is None


# --- ways of sending that are not protected -----------------------------------------------------------


@pytest.mark.parametrize("kind", DocumentKind)
def test_without_a_protected_way_there_is_no_name_and_no_number(kind: DocumentKind) -> None:
    case = adult()
    close(case)
    case.case.coordinator = ""
    case.preparations[-1].purpose = "Att Test Testsson (800105-2383) ska få sova."
    case.participants[3].name = "Anna Provsson"
    text = json.dumps(
        build(kind, case, issue(case.participants[0], case, settings=SETTINGS, name_person=False)), ensure_ascii=False
    )
    for secret in ("Testsson", "19800105", "800105"):
        assert secret not in text, kind
    assert re.search(r"\bTest\b", text) is None
    assert "T.T., ärende 2026-0007" in text


def test_initials_give_way_to_the_case_number_when_somebody_is_protected() -> None:
    case = adult()
    case.participants[3].protection = Protection.MARKED
    data = build(DocumentKind.CALL, case, issue(case.participants[0], case, name_person=False))
    assert data["person"]["label"] == "ärende 2026-0007"
    assert data["person"]["initials"] is None
