"""Cases in and out of the store, whole: one query per table in, one transaction out.

Every load and save leaves a row in the trail within its own transaction.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy.orm.attributes import instance_state, set_committed_value
from sqlmodel import Session, SQLModel, col, select

from sipctl.errors import Busy, NotFound
from sipctl.language import _
from sipctl.model.case import Case, Draft
from sipctl.model.casefile import TABLES, CaseFile
from sipctl.model.document import Template
from sipctl.model.person import Person
from sipctl.model.plan import Plan
from sipctl.store import trail
from sipctl.store.connection import Store

NEW_CASE = 0
"""The case id under which the draft of ``case new`` is kept: there is no case yet."""


def load(store: Store, ref: str, purpose: str = "") -> CaseFile:
    """The case with that reference; raises ``NotFound``. The reading is logged."""
    return load_many(store, [ref], purpose)[0]


def load_many(store: Store, refs: list[str], purpose: str = "") -> list[CaseFile]:
    """Several cases with one query per table; raises ``NotFound`` for the first unknown one."""
    with store.transaction() as connection, store.session() as session:
        cases = session.exec(select(Case).where(col(Case.ref).in_(refs))).all()
        by_ref = {case.ref: case for case in cases}
        for ref in refs:
            if ref not in by_ref:
                raise unknown_case(ref)
        files = _assemble(session, list(by_ref.values()))
        trail.record(connection, "case.read", refs, purpose)
    return [files[by_ref[ref].id] for ref in refs]


def save(
    store: Store,
    case: CaseFile,
    action: str,
    purpose: str = "",
    draft_step: str = "",
    templates: Iterable[Template] = (),
) -> None:
    """Write the whole case in one transaction, and end the draft of ``draft_step`` with it.

    ``templates`` are those its new documents were made from; their bytes are kept, once.

    Raises ``Busy`` when somebody else saved the case after it was loaded; nothing is changed then.
    """
    with store.transaction() as connection:
        with store.session() as session:
            if _stale(connection, [case]):
                raise changed_meanwhile(case.case.ref)
            _raise_revisions(connection, [case])
            _keep_templates(connection, templates)
            _write(session, [case])
        if draft_step:
            drop_draft(connection, case.case.id, draft_step)
        trail.record(connection, action, [case.case.ref], purpose)
    case.removed.clear()


def create(store: Store, build: Callable[[str], CaseFile], on: date, draft: str) -> CaseFile:
    """Mint the next reference of the year, let ``build`` make the case with it, and save that."""
    with store.transaction() as connection:
        ref = _next_ref(connection, on.year)
        case = build(ref)
        with store.session() as session:
            _write(session, [case])
        drop_draft(connection, NEW_CASE, draft)
        trail.record(connection, "case.new", [ref])
    return case


def save_many(
    store: Store, files: Sequence[CaseFile], action: str, purpose: str = "", templates: Iterable[Template] = ()
) -> list[CaseFile]:
    """Write many cases in one transaction, with as many statements as for one.

    Returns those that somebody else changed after they were loaded: they are left as they are.
    """
    with store.transaction() as connection:
        stale = {case.case.ref for case in _stale(connection, files)}
        fresh = [case for case in files if case.case.ref not in stale]
        with store.session() as session:
            _keep_templates(connection, templates)
            _raise_revisions(connection, fresh)
            _write(session, fresh)
        trail.record(connection, action, [case.case.ref for case in fresh], purpose)
    for case in fresh:
        case.removed.clear()
    return [case for case in files if case.case.ref in stale]


def find_person(store: Store, id_number: str) -> Person | None:
    """The person with that number, if registered before. Part of registering, logged as a look-up."""
    with store.transaction() as connection, store.session() as session:
        person = session.exec(select(Person).where(Person.id_number == id_number)).first()
        trail.record(connection, "person.lookup")
    return person


def load_draft(store: Store, case_id: int, step: str) -> Draft | None:
    """The unfinished answers of a step."""
    with store.session() as session:
        return session.get(Draft, (case_id, step))


def save_draft(store: Store, draft: Draft) -> None:
    """Keep the answers so far: one UPSERT, on disk when this returns."""
    with store.transaction() as connection:
        connection.execute(
            "INSERT INTO draft (case_id, step, form_version, pack, answers, base_revision, saved_at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (case_id, step) DO UPDATE SET "
            "form_version = excluded.form_version, pack = excluded.pack, answers = excluded.answers, "
            "base_revision = excluded.base_revision, saved_at = excluded.saved_at",
            (
                draft.case_id,
                draft.step,
                draft.form_version,
                draft.pack,
                json.dumps(draft.answers, ensure_ascii=False),
                draft.base_revision,
                # As SQLAlchemy writes a DateTime, so that reading it back needs no special case.
                draft.saved_at.strftime("%Y-%m-%d %H:%M:%S.%f"),
            ),
        )


def drop_draft(connection: Any, case_id: int, step: str) -> None:
    """Forget the draft (it is applied, or the user starts afresh)."""
    connection.execute("DELETE FROM draft WHERE case_id = ? AND step = ?", (case_id, step))


def load_template(store: Store, sha: str) -> Template | None:
    """The kept bytes of a template."""
    with store.session() as session:
        return session.get(Template, sha)


def unknown_case(ref: str) -> NotFound:
    """The one sentence for a reference that is not there."""
    return NotFound(_("Det finns inget ärende {ref}.").format(ref=ref), _("Se alla ärenden med sipctl case list."))


def changed_meanwhile(ref: str) -> Busy:
    """The one sentence for a case that somebody else saved."""
    return Busy(
        _("Ärendet {ref} har ändrats i ett annat fönster sedan du öppnade det.").format(ref=ref),
        _("Öppna det på nytt; dina svar finns kvar som utkast."),
    )


def now() -> datetime:
    """UTC: how times of registration are stored. Times of meetings are local and naive."""
    return datetime.now(UTC)


def _assemble(session: Session, cases: list[Case]) -> dict[int, CaseFile]:
    person_ids = {case.person_id for case in cases}
    persons = {p.id: p for p in session.exec(select(Person).where(col(Person.id).in_(person_ids)))}
    files = {case.id: CaseFile(case, persons[case.person_id]) for case in cases}
    for name, table in TABLES.items():
        for row in _rows_of(session, table, list(files)):
            getattr(files[row.case_id], name).append(row)
    return files


def _rows_of(session: Session, table: type[SQLModel], case_ids: list[int]) -> Iterable[Any]:
    columns: Any = table
    return session.exec(select(table).where(columns.case_id.in_(case_ids)).order_by(columns.id))


def _stale(connection: Any, files: Sequence[CaseFile]) -> list[CaseFile]:
    """The cases whose revision is another than when they were loaded."""
    wanted = json.dumps([case.case.id for case in files])
    rows = connection.execute('SELECT id, revision FROM "case" WHERE id IN (SELECT value FROM json_each(?))', (wanted,))
    now = dict(rows.fetchall())
    return [case for case in files if now.get(case.case.id) != case.case.revision]


def _raise_revisions(connection: Any, files: Sequence[CaseFile]) -> None:
    """Within the transaction that found them unchanged, so nobody can have come between."""
    connection.executemany(
        'UPDATE "case" SET revision = revision + 1 WHERE id = ?', [(case.case.id,) for case in files]
    )
    for case in files:
        set_committed_value(case.case, "revision", case.case.revision + 1)


def _keep_templates(connection: Any, templates: Iterable[Template]) -> None:
    rows = [(each.sha, each.name, each.content) for each in templates]
    if rows:
        connection.executemany("INSERT OR IGNORE INTO template (sha, name, content) VALUES (?, ?, ?)", rows)


def _write(session: Session, files: Sequence[CaseFile]) -> None:
    """New and changed rows only: a session takes its time over each one it is given."""
    for case in files:
        session.add_all(row for row in case.rows() if _is_new_or_changed(row) and not isinstance(row, Plan))
        for row in case.removed:
            session.delete(row)
    session.flush()
    # Plans last: once a plan is established its needs, goals and insatser can't be touched.
    session.add_all(plan for case in files for plan in case.plans if _is_new_or_changed(plan))
    session.flush()


def _is_new_or_changed(row: SQLModel) -> bool:
    state = instance_state(row)
    return state.modified or not state.has_identity


def _next_ref(connection: Any, year: int) -> str:
    row = connection.execute(
        'SELECT max(CAST(substr(ref, 6) AS INTEGER)) FROM "case" WHERE ref LIKE ?', (f"{year}-%",)
    ).fetchone()
    return f"{year}-{(row[0] or 0) + 1:04d}"
