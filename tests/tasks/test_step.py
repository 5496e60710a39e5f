"""A step is finished whole or not at all; what was answered is never lost; a stop anywhere can be gone on from."""

import copy
import tomllib
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import walkthrough
from testworld import ROOT, Made, Outcome
from walkthrough import SECTIONS, answers_of, do, open_section, walked

from sipctl import region
from sipctl.errors import Busy, Damaged, NotFound, RuleNotMet, UsageFault
from sipctl.model.casefile import TABLES, CaseFile
from sipctl.paths import Home
from sipctl.process import facts
from sipctl.process.form.answers import items_of
from sipctl.store import cases, listing, trail
from sipctl.tasks.desk import Desk
from sipctl.tasks.step import begin, begin_new, finish, from_file, keep
from sipctl.tasks.verify import disagreements, verify_store

REF = walkthrough.REF
Run = Callable[..., Outcome]


def told(case: CaseFile) -> dict[str, Any]:
    """What the case says, without the ids and times that differ from run to run."""
    names = {row.id: f"{table}{i}" for table in TABLES for i, row in enumerate(getattr(case, table))}
    names |= {case.case.id: "case", case.person.id: "person"}

    def plain(row: Any, name: str) -> Any:
        value = getattr(row, name)
        if name == "source" and ":" in value:
            kind, _colon, number = value.partition(":")
            return f"{kind}:{names[int(number)]}"
        return names.get(value, value) if isinstance(value, int) and not isinstance(value, bool) else value

    skipped = {"sip_number", "revision", "issued_at"}
    rows = {table: getattr(case, table) for table in TABLES} | {"case": [case.case], "person": [case.person]}
    found = {
        table: [{name: plain(row, name) for name in type(row).model_fields if name not in skipped} for row in each]
        for table, each in rows.items()
    }
    found["facts"].sort(key=lambda fact: (fact["kind"], fact["source"], str(fact["voided_by"])))
    return found


@pytest.fixture
def stored(desk: Desk) -> Callable[[], tuple[dict[str, Any], int]]:
    """The case as it stands in the store, and how many changes the log has."""

    def look() -> tuple[dict[str, Any], int]:
        changes = [e for e in trail.entries(desk.store.connection) if e.action not in ("case.read", "person.lookup")]
        return told(cases.load(desk.store, REF)), len(changes)

    return look


def draft_of(desk: Desk, step: str) -> dict[str, Any] | None:
    row = cases.load_draft(desk.store, cases.load(desk.store, REF).case.id, step)
    return dict(row.answers) if row else None


# --- the whole case ---


def test_the_adult_goes_from_new_to_closed(desk: Desk) -> None:
    steps = [case.case.step for _section, case in walkthrough.walk(desk)]
    assert steps == [
        "assess", "plan", "invite", "meeting", "meeting", "meeting", "followup", "followup", "close", "done",
    ]  # fmt: skip
    assert verify_store(desk)["cases"] == 1


# --- all or nothing ---

BAD = {
    "assess": {"needs_kommun": "kanske"},
    "plan": {"participants": [{"key": "D1", "kind": "unit", "unit": "Finns Inte"}]},
    "invite": {"starts_at": "i morgon"},
    "meeting": {"held_at": "2031-01-01T10:00"},
    "followup": {"decision": "something"},
    "close": {"close_reason": None},
}


@pytest.mark.parametrize("section", BAD)
def test_a_fault_anywhere_in_the_answers_changes_nothing(desk: Desk, stored: Callable[[], Any], section: str) -> None:
    for before in SECTIONS[: SECTIONS.index(section)]:
        do(desk, before)
    held = stored()
    with pytest.raises(UsageFault) as caught:
        do(desk, section, **BAD[section])
    assert caught.value.faults
    assert stored() == held
    do(desk, section)


def test_every_fault_is_named_at_once_with_its_place(desk: Desk) -> None:
    do(desk, "new")
    with pytest.raises(UsageFault) as caught:
        do(desk, "assess", needs_kommun="ja", decision=None, offer="perhaps", no_such_key=1)
    assert {fault.where for fault in caught.value.faults} == {"needs_kommun", "decision", "offer", "no_such_key"}


def test_an_unknown_case_is_not_found(desk: Desk) -> None:
    with pytest.raises(NotFound):
        begin(desk, "2026-0099", "assess")


def test_a_plan_without_the_four_contents_is_not_established_and_nothing_is_changed(
    desk: Desk, stored: Callable[[], Any]
) -> None:
    walked(desk, "narrow")
    held, answers = stored(), answers_of("meeting")
    for key in ("needs", "others_none", "responsible_huvudman"):
        del answers[key]
    work = open_section(desk, "meeting")
    empty = answers | {"needs": [], "others_none": None, "responsible_huvudman": None}
    with pytest.raises(RuleNotMet) as caught:
        finish(work, work.answers | empty)
    assert {fault.where.partition(".")[0] for fault in caught.value.faults} >= {"needs", "responsible_huvudman"}
    assert "fyra delar" in caught.value.what
    assert stored() == held


@pytest.mark.parametrize("missing", ["others_none", "responsible_huvudman"])
def test_each_missing_content_is_named_alone(desk: Desk, missing: str) -> None:
    walked(desk, "narrow")
    with pytest.raises(RuleNotMet) as caught:
        do(desk, "meeting", **{missing: None})
    assert [fault.where for fault in caught.value.faults] == [missing]


def test_the_meeting_can_be_kept_as_a_draft_plan_until_the_contents_are_there(desk: Desk) -> None:
    walked(desk, "narrow")
    case = do(desk, "meeting", responsible_huvudman=None, establish=False)
    assert case.draft_plan
    assert case.plan is None
    assert case.case.step == "meeting"
    case = do(desk, "meeting")
    assert case.plan
    assert case.draft_plan is None
    assert len(case.meetings) == 1, "the same meeting, entered in two goes"


# --- out of place ---


@pytest.mark.parametrize(
    ("last", "name"),
    [
        ("new", "plan"),
        ("new", "invite"),
        ("new", "meeting"),
        ("new", "followup"),
        ("narrow", "followup"),
        ("new", "reopen"),
        *(("close", name) for name in ("assess", "plan", "invite", "meeting", "followup", "close", "consent")),
    ],
)
def test_a_form_out_of_its_place_is_refused_with_the_way_on(
    desk: Desk, stored: Callable[[], Any], last: str, name: str
) -> None:
    walked(desk, last)
    held = stored()
    with pytest.raises(RuleNotMet) as caught:
        begin(desk, REF, name)
    assert "sipctl" in caught.value.remedy
    assert stored() == held


@pytest.mark.parametrize(("last", "name"), [("close", "edit"), ("close", "reopen"), ("new", "close"), ("new", "edit")])
def test_a_form_in_its_place_opens(desk: Desk, last: str, name: str) -> None:
    walked(desk, last)
    assert begin(desk, REF, name).form.questions


def test_a_closed_case_goes_on_after_it_was_opened_again(desk: Desk) -> None:
    walked(desk)
    work = begin(desk, REF, "reopen")
    case = finish(work, {"on_date": "2026-09-15", "reason": "Måendet har försämrats."})
    assert case.case.step != "done"
    assert begin(desk, REF, case.case.step)


# --- registering ---


def test_a_new_case_is_ours_with_a_number_of_its_own(desk: Desk) -> None:
    one, other = do(desk, "new"), do(desk, "new", id_number=None, name="Prov Provsson")
    assert (one.case.ref, other.case.ref) == ("2026-0001", "2026-0002")
    assert one.case.our_role == "convening"
    assert one.case.sip_number != other.case.sip_number
    assert one.case.kommun == "0480", "our own kommun, when nothing else is said"
    assert (one.person.birth_date, one.person.legal_sex) == (date(1980, 1, 5), "woman")


def test_the_same_person_again_is_the_same_person(desk: Desk) -> None:
    one, other = do(desk, "new"), do(desk, "new", name="Test Nygift", address=None)
    assert one.person.id == other.person.id
    assert other.person.name == "Test Nygift"
    assert other.person.address == one.person.address, "what is not told anew stays"
    assert cases.load(desk.store, one.case.ref).person.name == "Test Nygift"


CALLED = {
    "id_number": "198001052383", "name": "Test Testsson", "protection": "none", "route": "opencare",
    "received_on": "2026-03-01", "sender_unit": "Psykosmottagningen Solberga", "sip_number": "7K3M-9QXT",
    "meeting_at": "2026-03-20T10:00", "place": "Rum 2", "reply_by": "2026-03-10", "answer": "none",
}  # fmt: skip


def test_a_case_we_are_called_to_is_anothers(desk: Desk) -> None:
    case = finish(begin_new(desk, called=True), CALLED)
    assert (case.case.our_role, case.case.step, case.case.sip_number) == ("called", "called", "7K3M-9QXT")
    assert case.case.convener_unit == "Psykosmottagningen Solberga"
    assert {fact.kind.value for fact in case.facts} >= {"opened", "due_own_reply", "due_meeting"}
    for name in ("assess", "plan", "invite", "meeting"):
        with pytest.raises(RuleNotMet):
            begin(desk, case.case.ref, name)
    assert begin(desk, case.case.ref, "close")


def test_our_answer_to_a_call_counts_as_taking_part(desk: Desk) -> None:
    ref = finish(begin_new(desk, called=True), CALLED).case.ref
    work = begin(desk, ref, "edit")
    case = finish(work, work.answers | {"answer": "yes", "answered_on": "2026-03-02", "status": "keep"})
    kinds = {fact.kind.value for fact in case.facts if fact.voided_by is None}
    assert "participated" in kinds
    assert "due_own_reply" not in kinds


def test_a_demo_store_takes_no_real_number(desk: Desk) -> None:
    """A number with a right check digit that the tax agency has not set aside for tests."""
    with pytest.raises(UsageFault) as caught:
        do(desk, "new", id_number="191212121212")
    assert [fault.where for fault in caught.value.faults] == ["id_number"]
    assert listing.references(desk.store) == []


# --- drafts ---


def test_every_kept_reply_is_there_when_the_work_is_taken_up(desk: Desk, made: Made) -> None:
    do(desk, "new")
    work, given = open_section(desk, "assess"), answers_of("assess")
    for count in range(1, len(given) + 1):
        partly = dict(list(given.items())[:count])
        keep(work, partly)
        with made.desk(desk.today) as another_window:
            assert begin(another_window, REF, "assess").answers == partly


def test_a_draft_comes_back_as_it_is_however_unfinished(desk: Desk) -> None:
    """A half-typed list, a skipped answer, an answer that is hidden just now."""
    do(desk, "new")
    do(desk, "assess")
    odd = {"matters": None, "needs": [{"key": "B1", "goals": []}], "info_consent": False, "info_giver": "individual"}
    keep(open_section(desk, "plan"), copy.deepcopy(odd))
    work = open_section(desk, "plan")
    assert work.answers == odd
    assert work.notices == []


def test_a_new_case_half_registered_is_taken_up_too(desk: Desk) -> None:
    keep(begin_new(desk, called=False), {"name": "Prov Provsson"})
    assert begin_new(desk, called=False).answers == {"name": "Prov Provsson"}
    assert begin_new(desk, called=True).answers == {}
    do(desk, "new")
    assert begin_new(desk, called=False).answers == {}


def test_a_draft_made_on_an_older_form_keeps_what_still_fits(desk: Desk) -> None:
    do(desk, "new")
    keep(open_section(desk, "assess"), {"noticed_by": "Siv Påhittsson", "a_question_that_was": "borta"})
    desk.store.connection.execute("UPDATE draft SET form_version = form_version - 1")
    work = open_section(desk, "assess")
    assert work.answers["noticed_by"] == "Siv Påhittsson"
    assert "a_question_that_was" not in work.answers
    assert len(work.notices) == 1
    assert "Frågorna har ändrats" in work.notices[0]
    finish(work, from_file(work, answers_of("assess")))


def test_a_draft_made_with_another_version_of_the_pack_keeps_what_still_fits(desk: Desk) -> None:
    do(desk, "new")
    keep(open_section(desk, "assess"), {"noticed_by": "Siv Påhittsson", "x-gammal": "borta"})
    desk.store.connection.execute("UPDATE draft SET pack = 'standard 0'")
    work = open_section(desk, "assess")
    assert work.answers["noticed_by"] == "Siv Påhittsson"
    assert "x-gammal" not in work.answers
    assert len(work.notices) == 1


def test_a_case_keeps_the_pack_it_began_with(desk: Desk) -> None:
    do(desk, "new")
    desk.settings = desk.settings._replace(pack="sormland")
    assert open_section(desk, "assess").context.guidance.pack == "standard"
    assert begin_new(desk, called=False).context.guidance.pack == "sormland"


def test_a_draft_on_a_case_that_changed_meanwhile_is_laid_over_it(desk: Desk) -> None:
    walked(desk, "assess")
    keep(open_section(desk, "plan"), {"matters": "Att få sova."})
    work = begin(desk, REF, "edit")
    finish(work, work.answers | {"phone": "070-000 00 01", "status": "keep"})
    again = open_section(desk, "plan")
    assert again.answers["matters"] == "Att få sova."
    assert len(again.notices) == 1
    assert "Ärendet har ändrats" in again.notices[0]


def test_people_who_came_to_the_case_meanwhile_are_in_the_taken_up_draft(desk: Desk) -> None:
    """A fixed group has one item a participant: a draft must not hide the new one."""
    walked(desk, "invite")
    work = open_section(desk, "replies")
    people = [item["key"] for item in items_of(work.answers["replies"])]
    keep(work, {"replies": [{"key": "D1", "answer": "yes"}], "change": "keep"})
    edit = begin(desk, REF, "edit")
    finish(edit, edit.answers | {"status": "keep"})
    again = open_section(desk, "replies")
    assert [item["key"] for item in items_of(again.answers["replies"])] == people
    assert next(item for item in items_of(again.answers["replies"]) if item["key"] == "D1")["answer"] == "yes"


# --- two windows ---


def test_a_case_that_another_window_saved_meanwhile_is_busy_and_the_answers_are_kept(
    desk: Desk, made: Made, stored: Callable[[], Any]
) -> None:
    do(desk, "new")
    mine = open_section(desk, "assess")
    given = from_file(mine, answers_of("assess"))
    keep(mine, given)
    with made.desk(desk.today) as theirs:
        work = begin(theirs, REF, "edit")
        finish(work, work.answers | {"phone": "070-000 00 01", "status": "keep"})
    held = stored()
    with pytest.raises(Busy) as caught:
        finish(mine, given)
    assert "utkast" in caught.value.remedy
    assert stored() == held
    assert draft_of(desk, "assess") == given
    again = open_section(desk, "assess")
    assert finish(again, again.answers).assessments[0].noticed_by == given["noticed_by"]
    assert cases.load(desk.store, REF).person.phone == "070-000 00 01"


def test_the_second_of_two_windows_on_one_step_is_told_so_from_the_command_line(made: Made, run: Run) -> None:
    """The other window is a process of its own; ours had the form open already."""
    examples = ROOT / "examples" / "adult.toml"
    assert run("case", "new", "--answers", examples).code == 0
    with made.desk() as desk:
        mine = begin(desk, REF, "assess")
        assert run("assess", REF, "--answers", examples).code == 0
        with pytest.raises(Busy):
            finish(mine, from_file(mine, answers_of("assess")))
        assert len(cases.load(desk.store, REF).assessments) == 1


# --- stopped at every save ---


class StoppedError(Exception):
    """The power went."""


def take(desk: Desk, section: str, save: Callable[[], None]) -> None:
    """A section as a dialogue goes through it: every reply is kept, then the step is finished.

    ``save`` is called right after each save and may raise: a window closed at that very moment.
    """
    work = open_section(desk, section)
    given = from_file(work, answers_of(section))
    for key in given:
        if work.answers.get(key, ...) != given[key]:
            keep(work, work.answers | {key: given[key]})
            save()
    finish(work, work.answers)
    save()


def test_a_finished_step_leaves_no_draft_behind(desk: Desk) -> None:
    for section in SECTIONS:
        work = open_section(desk, section)
        keep(work, from_file(work, answers_of(section)))
        assert desk.store.rows("SELECT step FROM draft") == [(work.name,)]
        finish(work, work.answers)
        assert desk.store.rows("SELECT count(*) FROM draft") == [(0,)], section


def stop_after(count: int) -> Callable[[], None]:
    left = [count]

    def save() -> None:
        left[0] -= 1
        if left[0] == 0:
            raise StoppedError

    return save


def test_stopped_at_any_save_and_taken_up_again_gives_the_same_case(desk: Desk, home: Home) -> None:
    """Every section, stopped after its first, second … save. What is taken up comes from the store alone."""
    stops = 0
    for section in SECTIONS:
        before, saves = home.store.read_bytes(), [0]

        def count(saves: list[int] = saves) -> None:
            saves[0] += 1

        take(desk, section, count)
        wanted = told(cases.load(desk.store, REF))
        for number in range(1, saves[0] + 1):
            home.store.write_bytes(before)  # nothing is being written; SQLite notices that the file is another
            with pytest.raises(StoppedError):
                take(desk, section, stop_after(number))
            if number < saves[0]:  # else the step was finished, and nothing is left of it to do
                take(desk, section, lambda: None)
            case = cases.load(desk.store, REF)
            assert told(case) == wanted, f"{section}, stopped at save {number}"
            assert disagreements(desk, case) == []
            stops += 1
    assert stops > 60
    assert verify_store(desk)["cases"] == 1


# --- facts go with every save ---


def test_facts_are_written_with_the_step_they_belong_to(desk: Desk) -> None:
    for _section, case in walkthrough.walk(desk):
        loaded = cases.load(desk.store, REF)
        assert disagreements(desk, loaded) == []
        live = {(f.kind, f.source) for f in loaded.facts if f.voided_by is None}
        assert live >= {(event.kind, event.source) for event in facts.events(case)}


def test_verify_reads_a_pack_once_however_many_cases_there_are(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("Anna Provsson", "Bo Provsson", "Cilla Provsson"):
        do(desk, "new", id_number=None, name=name)
    loaded, load = [], region.load
    monkeypatch.setattr(region, "load", lambda *arguments: loaded.append(1) or load(*arguments))
    assert verify_store(Desk(desk.home, desk.settings, desk.store, desk.today))["cases"] == 3
    assert len(loaded) == 1


def test_facts_that_do_not_agree_are_found_by_verify(desk: Desk) -> None:
    walked(desk, "meeting")
    desk.store.connection.execute("UPDATE fact SET voided_by = id WHERE kind = 'established'")
    with pytest.raises(Damaged) as caught:
        verify_store(desk)
    assert [(fault.where, fault.what) for fault in caught.value.faults] == [(REF, "established")]


def test_the_example_is_the_one_that_is_shipped() -> None:
    assert tomllib.loads((ROOT / "examples" / "adult.toml").read_text("utf-8")) == walkthrough.ADULT
