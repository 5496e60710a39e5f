"""``store verify``: the file, the trail, and every case's facts against a recomputation."""

from __future__ import annotations

from typing import Any

from sipctl.errors import Damaged, Fault
from sipctl.language import _
from sipctl.model.casefile import CaseFile
from sipctl.process import facts
from sipctl.process.steps import next_step
from sipctl.store import cases, trail
from sipctl.store.connection import translated
from sipctl.store.listing import references
from sipctl.tasks.desk import Desk

_AT_A_TIME = 500


def verify_store(desk: Desk) -> dict[str, Any]:
    """Counts of what was checked; raises ``Damaged`` naming each case whose facts do not agree."""
    connection = desk.store.connection
    with translated():
        broken = [row[0] for row in connection.execute("PRAGMA cipher_integrity_check")]
        whole = connection.execute("PRAGMA integrity_check").fetchone()[0]
        links = connection.execute("PRAGMA foreign_key_check").fetchone()
    if broken or whole != "ok" or links:
        raise Damaged(_("Registret är skadat."), _("Lägg tillbaka senaste säkerhetskopian."))
    rows = trail.verify(connection)
    refs, count, faults = references(desk.store), 0, []
    for start in range(0, len(refs), _AT_A_TIME):
        for case in cases.load_many(desk.store, refs[start : start + _AT_A_TIME], "verify"):
            count += len(case.facts)
            if wrong := disagreements(desk, case):
                faults.append(Fault(case.case.ref, ", ".join(wrong)))
    if faults:
        raise Damaged(
            _("Fakta stämmer inte i {n} ärenden.").format(n=len(faults)),
            _("Öppna och spara ärendena igen (sipctl case edit), så räknas de om."),
            faults,
        )
    return {"cases": len(refs), "facts": count, "rows": rows}


def disagreements(desk: Desk, case: CaseFile) -> list[str]:
    """Kinds of facts that a recomputation would change."""
    guidance = desk.guidance_of(case.case.pack)
    wanted = {(e.kind, e.source, e.on_date) for e in [*facts.events(case), *facts.dues(case, guidance)]}
    live = {(f.kind, f.source, f.on_date) for f in case.facts if f.voided_by is None}
    kinds = {kind.value for kind, _source, _date in wanted ^ live}
    return sorted(kinds | ({"step"} if case.case.step != next_step(case) else set()))
