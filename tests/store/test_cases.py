"""A case goes in and comes out whole; two windows never write over each other."""

import contextlib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from enum import Enum
from types import UnionType
from typing import Any, get_args, get_origin

import pytest
import walkthrough
from pydantic import NaiveDatetime
from sqlmodel import SQLModel
from testworld import Made

from sipctl.errors import Busy, NotFound, SipctlError
from sipctl.model.case import Case, Draft
from sipctl.model.casefile import TABLES, CaseFile
from sipctl.model.document import Template
from sipctl.model.person import Person
from sipctl.store import cases, trail
from sipctl.store.connection import Store
from sipctl.tasks.desk import Desk

DAY = date(2026, 3, 2)

# --- a case with a row in every table, and a value in every column ---

LINKS = {"participant_id": "participants", "meeting_id": "meetings", "plan_id": "plans", "consent_id": "consents",
         "followup_id": "followups", "responsible_participant": "participants", "passed_to": "participants",
         "based_on": "plans", "supersedes": "consents"}  # fmt: skip
ORDER = ("participants", "meetings", "consents", "plans", "followups")


EXAMPLES: dict[type, Any] = {
    int: 3,
    date: date(2024, 2, 29),
    datetime: datetime(2026, 3, 2, 13, 5, tzinfo=UTC),
    NaiveDatetime: datetime(2026, 3, 2, 13, 5),
    list: ["social", "health"],
    dict: {"å": [1, None, {"b": "c"}]},
}


def value_for(name: str, info: Any) -> Any:
    """A value that is not the column's default."""
    annotation = info.annotation
    if get_origin(annotation) is UnionType:
        annotation = next(kind for kind in get_args(annotation) if kind is not type(None))
    kind = get_origin(annotation) or annotation
    if issubclass(kind, Enum):
        return [member for member in kind if member != info.default][-1]
    if kind is bool:
        return info.default is not True
    return EXAMPLES.get(kind, f"Åäö {name}\n”rad två”")


def full_row(case: CaseFile, table: str) -> None:
    """A row whose every column says something."""
    values: dict[str, Any] = {}
    for name, info in TABLES[table].model_fields.items():
        if name in ("id", "case_id", "unit_id", "voided_by"):
            continue
        if name in LINKS:
            rows = getattr(case, LINKS[name])
            values[name] = rows[0].id if rows else None
        else:
            values[name] = value_for(name, info)
    if table == "documents":
        values["template_sha"] = "sha"
    if table == "calls_received":
        values["passed_to"] = "en annan enhet"
    case.add(table, **values)


def full_case(ref: str) -> CaseFile:
    person = Person.model_validate(
        {name: value_for(name, info) for name, info in Person.model_fields.items() if name != "id"}
    )
    values = {name: value_for(name, info) for name, info in Case.model_fields.items() if name != "id"}
    case = CaseFile(Case.model_validate(values | {"ref": ref, "person_id": person.id, "revision": 0}), person)
    for table in (*ORDER, *(name for name in TABLES if name not in ORDER)):
        full_row(case, table)
    return case


def content(case: CaseFile) -> dict[str, list[dict[str, Any]]]:
    """Every column of every row."""
    found = {name: [columns(row) for row in getattr(case, name)] for name in TABLES}
    return found | {"case": [columns(case.case)], "person": [columns(case.person)]}


def columns(row: SQLModel) -> dict[str, Any]:
    return {name: getattr(row, name) for name in type(row).model_fields}


@pytest.fixture
def store(made: Made) -> Iterator[Store]:
    with made.store() as opened:
        with opened.transaction() as connection:
            connection.execute("INSERT INTO template VALUES ('sha', 'plan.docx', ?)", (b"PK\x00",))
        yield opened


@pytest.fixture
def saved(store: Store) -> CaseFile:
    return cases.create(store, full_case, DAY, "new")


def test_the_full_case_leaves_no_column_at_its_default() -> None:
    case = full_case("2026-0001")
    for name, table in TABLES.items():
        (row,) = getattr(case, name)
        for column, info in table.model_fields.items():
            if column not in ("unit_id", "voided_by", "based_on", "supersedes"):
                assert getattr(row, column) not in (info.default, None, "", []), f"{name}.{column}"


def test_every_column_of_every_table_comes_back(made: Made, saved: CaseFile) -> None:
    with made.store() as another:
        loaded = cases.load(another, saved.case.ref)
    assert content(loaded) == content(saved)


def test_every_change_of_every_table_comes_back(made: Made, store: Store, saved: CaseFile) -> None:
    """All rows but those that may never change."""
    frozen = ("statuses", "facts", "plans", "needs", "goals", "actions")
    for name in [name for name in TABLES if name not in frozen]:
        (row,) = getattr(saved, name)
        texts = [c for c, info in type(row).model_fields.items() if info.annotation is str and c != "template_sha"]
        for column in texts:
            saved.change(row, **{column: "ändrat"})
    saved.change(saved.person, name="Prov Ändradsson")
    cases.save(store, saved, "case.edit")
    with made.store() as another:
        loaded = cases.load(another, saved.case.ref)
    assert content(loaded) == content(saved)
    assert loaded.case.revision == 1
    assert loaded.person.name == "Prov Ändradsson"


def test_what_is_dropped_is_gone_and_what_is_added_is_there(made: Made, store: Store, saved: CaseFile) -> None:
    saved.drop("filed", saved.filed[0])
    saved.add("extras", step="plan", key="x-a", label_as_asked="Vad?", value='"svar"', pack="standard 1")
    cases.save(store, saved, "case.edit")
    assert saved.removed == []
    with made.store() as another:
        loaded = cases.load(another, saved.case.ref)
    assert loaded.filed == []
    assert [row.key for row in loaded.extras] == ["Åäö key\n”rad två”", "x-a"]


def test_a_finished_case_loads_as_it_was_saved(desk: Desk) -> None:
    for _section, case in walkthrough.walk(desk):
        loaded = cases.load(desk.store, case.case.ref)
        after = content(loaded)
        assert after == content(case)


def test_a_case_is_loaded_with_one_query_a_table_however_many_there_are(store: Store) -> None:
    refs = [cases.create(store, lambda ref: nobody(ref), DAY, "new").case.ref for _number in range(4)]
    one, many = queries(store, refs[:1]), queries(store, refs)
    assert len(one) == len(many) == len(TABLES) + 2


def nobody(ref: str) -> CaseFile:
    person = Person.model_validate({"name": "Prov Provsson", "id_kind": "unknown"})
    values = {"ref": ref, "person_id": person.id, "route": "opencare", "opened_on": DAY}
    case = CaseFile(Case.model_validate(values), person)
    case.add("statuses", on_date=DAY, kind="opened")
    return case


def queries(store: Store, refs: list[str]) -> list[str]:
    seen: list[str] = []
    store.connection.set_trace_callback(seen.append)
    try:
        assert len(cases.load_many(store, refs)) == len(refs)
    finally:
        store.connection.set_trace_callback(None)
    return [sql for sql in seen if sql.startswith("SELECT") and "FROM meta" not in sql]


def test_several_cases_come_in_the_order_asked_for_each_with_its_own_rows(store: Store) -> None:
    refs = [cases.create(store, full_or(number), DAY, "new").case.ref for number in range(3)]
    loaded = cases.load_many(store, [refs[2], refs[0]])
    assert [case.case.ref for case in loaded] == [refs[2], refs[0]]
    assert [len(case.statuses) for case in loaded] == [3, 1]
    assert all(row.case_id == case.case.id for case in loaded for row in case.statuses)


def full_or(number: int) -> Any:
    def build(ref: str) -> CaseFile:
        case = nobody(ref)
        for _again in range(number):
            case.add("statuses", on_date=DAY, kind="resting")
        return case

    return build


def test_an_unknown_reference_is_not_found(store: Store, saved: CaseFile) -> None:
    for refs in (["2026-0099"], [saved.case.ref, "2026-0099"], ["' OR 1=1 --"]):
        with pytest.raises(NotFound):
            cases.load_many(store, refs)


def test_references_are_counted_by_year(store: Store) -> None:
    days = (DAY, DAY, date(2027, 1, 4), DAY)
    refs = [cases.create(store, nobody, day, "new").case.ref for day in days]
    assert refs == ["2026-0001", "2026-0002", "2027-0001", "2026-0003"]


def test_the_ten_thousandth_case_of_a_year_gets_a_longer_reference(store: Store, saved: CaseFile) -> None:
    store.connection.execute("UPDATE \"case\" SET ref = '2026-9999'")
    assert cases.create(store, nobody, DAY, "new").case.ref == "2026-10000"
    assert cases.create(store, nobody, DAY, "new").case.ref == "2026-10001"


def test_a_person_is_found_by_number(store: Store, desk: Desk) -> None:
    walkthrough.do(desk, "new")
    found = cases.find_person(store, "198001052383")
    assert found
    assert found.name == "Test Testsson"
    assert cases.find_person(store, "198001052384") is None


def test_a_template_is_kept_once(store: Store, saved: CaseFile) -> None:
    again, new = (
        Template(sha="sha", name="annan.docx", content=b"annat"),
        Template(sha="ny", name="ny.docx", content=b"n"),
    )
    cases.save(store, saved, "document.issue", templates=[again, new])
    assert store.rows("SELECT count(*) FROM template") == [(2,)]
    kept = cases.load_template(store, "sha")
    assert kept
    assert kept.content == b"PK\x00"
    assert cases.load_template(store, "okänd") is None


# --- two windows ---


def unchanged(made: Made, ref: str) -> contextlib.AbstractContextManager[None]:
    @contextlib.contextmanager
    def compare() -> Iterator[None]:
        with made.store() as before_store:
            before = content(cases.load(before_store, ref))
            count = trail.verify(before_store.connection)
        yield
        with made.store() as after_store:
            assert trail.verify(after_store.connection) == count
            assert content(cases.load(after_store, ref)) == before

    return compare()


def test_a_case_that_was_saved_meanwhile_is_busy_and_nothing_is_changed(made: Made, saved: CaseFile) -> None:
    ref = saved.case.ref
    with made.store() as mine, made.store() as theirs:
        my_case, their_case = cases.load(mine, ref), cases.load(theirs, ref)
        their_case.change(their_case.filed[0], by="de andra")
        cases.save(theirs, their_case, "case.edit")
        my_case.change(my_case.person, name="Mitt Namnsson")
        my_case.drop("filed", my_case.filed[0])
        with unchanged(made, ref), pytest.raises(Busy):
            cases.save(mine, my_case, "case.edit")
        assert cases.load(mine, ref).filed[0].by == "de andra"


def test_two_saves_from_the_same_window_follow_each_other(store: Store, saved: CaseFile) -> None:
    for expected in (1, 2, 3):
        saved.change(saved.filed[0], by=f"nummer {expected}")
        cases.save(store, saved, "case.edit")
        assert saved.case.revision == expected
    assert cases.load(store, saved.case.ref).case.revision == 3


@pytest.mark.parametrize("stop", [KeyboardInterrupt, SystemExit])
def test_a_save_that_is_interrupted_anywhere_changes_nothing(
    made: Made, saved: CaseFile, stop: type[BaseException]
) -> None:
    """Stopped before the first, the second … statement that the save sends, until it comes through."""
    ref, at = saved.case.ref, 0
    while True:
        with made.store() as mine:
            case = cases.load(mine, ref)
            case.change(case.person, name=f"Stoppad Före {at}")
            case.add("filed", what="plan", system="journalen", on_date=DAY)
            with interrupted(mine, at, stop) as came_through, contextlib.suppress(stop):
                if at % 4 == 0:
                    with unchanged(made, ref):
                        cases.save(mine, case, "case.edit")
                else:
                    cases.save(mine, case, "case.edit")
            assert not mine.connection.in_transaction
        if came_through():
            break
        at += 1
    assert at > 5
    with made.store() as after:
        loaded = cases.load(after, ref)
        assert loaded.person.name == f"Stoppad Före {at}"
        assert len(loaded.filed) == 2
        assert trail.verify(after.connection)


@contextlib.contextmanager
def interrupted(store: Store, at: int, stop: type[BaseException]) -> Iterator[Any]:
    """Raise ``stop`` before statement number ``at``; yields whether it never came to that."""
    real, sent = store.connection, [0]

    class Stopping:
        def __getattr__(self, name: str) -> Any:
            return getattr(real, name)

        def execute(self, *arguments: Any) -> Any:
            sent[0] += 1
            if sent[0] == at + 1 and not arguments[0].startswith("ROLLBACK"):
                raise stop
            return real.execute(*arguments)

        def cursor(self, *arguments: Any) -> Any:
            sent[0] += 1
            if sent[0] == at + 1:
                raise stop
            return real.cursor(*arguments)

    store.connection = Stopping()
    try:
        yield lambda: sent[0] <= at
    finally:
        store.connection = real


# --- drafts ---


def draft(case_id: int = 0, step: str = "new", **answers: Any) -> Draft:
    return Draft(case_id=case_id, step=step, form_version=1, pack="standard 1", answers=answers, base_revision=2,
                 saved_at=cases.now())  # fmt: skip


def test_a_draft_is_kept_as_it_is(made: Made, store: Store) -> None:
    answers = {"name": "Åsa ”Test” Öberg", "none": None, "yes": True, "n": 3, "items": [{"key": "D1", "x": []}]}
    kept = draft(**answers)
    cases.save_draft(store, kept)
    with made.store() as another:
        found = cases.load_draft(another, 0, "new")
    assert found
    assert found.model_dump(exclude={"saved_at"}) == kept.model_dump(exclude={"saved_at"})
    assert found.saved_at.replace(tzinfo=UTC) == kept.saved_at.astimezone(UTC)


def test_a_draft_saved_again_takes_the_place_of_the_one_before(store: Store) -> None:
    for name in ("ett", "två"):
        cases.save_draft(store, draft(name=name))
    cases.save_draft(store, draft(step="called", name="tre"))
    cases.save_draft(store, draft(case_id=7, step="plan", name="fyra"))
    assert store.rows("SELECT count(*) FROM draft") == [(3,)]
    found = cases.load_draft(store, 0, "new")
    assert found
    assert found.answers == {"name": "två"}
    assert cases.load_draft(store, 7, "new") is None


def test_a_finished_step_takes_its_own_draft_with_it_only(store: Store, saved: CaseFile) -> None:
    cases.save_draft(store, draft(saved.case.id, "plan", a=1))
    cases.save_draft(store, draft(saved.case.id, "edit", a=1))
    cases.save(store, saved, "case.plan", draft_step="plan")
    assert cases.load_draft(store, saved.case.id, "plan") is None
    assert cases.load_draft(store, saved.case.id, "edit")


def test_a_draft_is_not_in_the_log_and_not_in_the_case(store: Store, saved: CaseFile) -> None:
    count = trail.verify(store.connection)
    cases.save_draft(store, draft(saved.case.id, "plan", a=1))
    assert trail.verify(store.connection) == count
    assert cases.load(store, saved.case.ref).case.revision == 0


# --- what may never change ---


def test_a_case_has_one_draft_plan(store: Store) -> None:
    case = cases.create(store, nobody, DAY, "new")
    case.add("plans", number=1, kind="draft")
    cases.save(store, case, "case.plan")
    case.add("plans", number=2, kind="draft")
    with pytest.raises(SipctlError):
        cases.save(store, case, "case.plan")
    other = cases.create(store, nobody, DAY, "new")
    other.add("plans", number=1, kind="draft")
    cases.save(store, other, "case.plan")


ESTABLISHED = [
    "UPDATE plan SET matters = 'x' WHERE kind <> 'draft'",
    "UPDATE plan SET kind = 'draft' WHERE kind <> 'draft'",
    "DELETE FROM plan",
    *(f"UPDATE {table} SET text = 'x'" for table in ("need", "goal", "action")),
    *(f"UPDATE {table} SET position = 9" for table in ("need", "goal", "action")),
    "UPDATE action SET due = '2030-01-01'",
    "INSERT INTO need SELECT 7, case_id, plan_id, 'B9', 9, 'x' FROM need LIMIT 1",
    "INSERT INTO goal SELECT 7, case_id, plan_id, need_key, 'M9', 9, 'x', 'x' FROM goal LIMIT 1",
    "INSERT INTO action (id, case_id, plan_id, goal_key, key, position, text, performer, responsible, start, frequency)"
    " SELECT 7, case_id, plan_id, goal_key, 'I9', 9, 'x', 'kommun', '', '', '' FROM action LIMIT 1",
    *(f"DELETE FROM {table}" for table in ("need", "goal", "action")),
    "UPDATE status SET on_date = '2020-01-01'",
    "UPDATE status SET reason = 'x'",
    *(
        f"UPDATE fact SET {column} = 'x' WHERE kind = 'established'"
        for column in ("kind", "on_date", "source", "kommun", "unit", "huvudman", "route", "age_band", "sex",
                       "target_group")
    ),
]  # fmt: skip


@pytest.mark.parametrize("statement", ESTABLISHED)
def test_what_is_established_or_has_happened_is_never_changed(finished: Made, statement: str) -> None:
    with finished.store() as store:
        before = content(cases.load(store, "2026-0001"))
        with pytest.raises(SipctlError), store.transaction() as connection:
            connection.execute(statement)
        assert content(cases.load(store, "2026-0001")) == before


@pytest.mark.parametrize("statement", ESTABLISHED)
def test_only_the_triggers_stand_in_the_way(finished: Made, statement: str) -> None:
    """The statements above are sound: without the triggers each of them changes something."""
    with finished.store() as store:
        for (name,) in store.rows("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
            store.connection.execute(f"DROP TRIGGER {name}")
        store.connection.execute("PRAGMA foreign_keys=OFF")
        store.connection.execute("PRAGMA ignore_check_constraints=ON")
        assert store.connection.execute(statement).rowcount > 0


def test_a_draft_plan_and_a_due_date_move_and_a_fact_is_voided(desk: Desk) -> None:
    walkthrough.walked(desk, "plan")
    with desk.store.transaction() as connection:
        for statement in (
            "UPDATE plan SET matters = 'x'",
            "UPDATE need SET text = 'x'",
            "DELETE FROM action",
            "UPDATE fact SET on_date = '2026-05-05' WHERE kind LIKE 'due_%'",
            "UPDATE fact SET voided_by = id WHERE kind = 'created'",
        ):
            assert connection.execute(statement).rowcount > 0, statement


def test_every_table_has_its_list_in_the_case() -> None:
    """A table that belongs to a case but is not loaded with it would be forgotten in extracts and erasure."""
    owned = {
        mapper.class_
        for mapper in SQLModel._sa_registry.mappers
        if "case_id" in mapper.columns and mapper.class_ is not Draft
    }
    assert owned == set(TABLES.values())
