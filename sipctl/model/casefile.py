"""One case with all that belongs to it, as it stands in memory.

There is no ``Relationship`` anywhere (it fails when detached and costs milliseconds a case):
a case is loaded with one query per table, worked on as plain lists, and saved as a whole.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from sqlmodel import SQLModel

from sipctl.model.assessment import Assessment, Discharge, Preparation
from sipctl.model.case import CallReceived, Case, Extra, Filed, Status
from sipctl.model.consent import Consent, ConsentGuardian, ConsentScope
from sipctl.model.document import Document
from sipctl.model.fact import Fact
from sipctl.model.followup import Followup, Outcome
from sipctl.model.meeting import Attendance, Deviation, Invitation, Meeting
from sipctl.model.participant import Participant
from sipctl.model.person import Person
from sipctl.model.plan import Action, Goal, Need, Plan
from sipctl.model.unit import Unit  # noqa: F401 - participants link to its table
from sipctl.vocabulary.people import ParticipantKind
from sipctl.vocabulary.plans import PlanKind


@dataclass
class CaseFile:
    """A case, its person and its rows, each list in the order the rows were made."""

    case: Case
    person: Person
    statuses: list[Status] = field(default_factory=list)
    assessments: list[Assessment] = field(default_factory=list)
    preparations: list[Preparation] = field(default_factory=list)
    discharges: list[Discharge] = field(default_factory=list)
    calls_received: list[CallReceived] = field(default_factory=list)
    participants: list[Participant] = field(default_factory=list)
    consents: list[Consent] = field(default_factory=list)
    scopes: list[ConsentScope] = field(default_factory=list)
    guardians: list[ConsentGuardian] = field(default_factory=list)
    meetings: list[Meeting] = field(default_factory=list)
    invitations: list[Invitation] = field(default_factory=list)
    attendances: list[Attendance] = field(default_factory=list)
    plans: list[Plan] = field(default_factory=list)
    needs: list[Need] = field(default_factory=list)
    goals: list[Goal] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)
    followups: list[Followup] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    deviations: list[Deviation] = field(default_factory=list)
    filed: list[Filed] = field(default_factory=list)
    extras: list[Extra] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    removed: list[SQLModel] = field(default_factory=list)

    def add(self, table: str, **values: Any) -> Any:
        """Make a row in the list named ``table`` ("plans") and return it.

        The values are validated here, since SQLModel tables do not validate when constructed.
        Raises ``ValueError`` for a value or a name the table does not know.
        """
        kind = TABLES[table]
        if unknown := values.keys() - kind.model_fields.keys():
            raise ValueError(f"{table} has no {sorted(unknown)}")
        row = kind.model_validate({"case_id": self.case.id, **values})
        getattr(self, table).append(row)
        return row

    def change(self, row: Any, **values: Any) -> None:
        """Set values on a row, validated as in ``add``; only what differs is written."""
        kind = type(row)
        if unknown := values.keys() - kind.model_fields.keys():
            raise ValueError(f"{kind.__name__} has no {sorted(unknown)}")
        checked = kind.model_validate({**row.model_dump(), **values})
        for name in values:
            if getattr(row, name) != getattr(checked, name):
                setattr(row, name, getattr(checked, name))

    def drop(self, table: str, row: Any) -> None:
        """Take a row out of its list; it is deleted at the next save."""
        getattr(self, table).remove(row)
        self.removed.append(row)

    def rows(self) -> list[SQLModel]:
        """Every row that belongs to the case, the case and the person first."""
        return [self.case, self.person, *(row for name in TABLES for row in getattr(self, name))]

    def participant(self, participant_id: int | None) -> Participant | None:
        """The participant with that id."""
        return next((p for p in self.participants if p.id == participant_id), None)

    def by_key(self, key: str | None) -> Participant | None:
        """The participant with that key ("D2")."""
        return next((p for p in self.participants if p.key == key), None)

    @property
    def active_participants(self) -> list[Participant]:
        """Those who have not left, in their order."""
        return sorted((p for p in self.participants if p.left_on is None), key=lambda p: (p.position, p.id))

    @property
    def others(self) -> list[Participant]:
        """Everybody active but the individual."""
        return [p for p in self.active_participants if p.kind != ParticipantKind.PERSON]

    @property
    def draft_plan(self) -> Plan | None:
        """The plan being worked on."""
        return next((plan for plan in self.plans if plan.kind == PlanKind.DRAFT), None)

    @property
    def plan(self) -> Plan | None:
        """The plan in force: the latest version that is no draft."""
        settled = [plan for plan in self.plans if plan.kind != PlanKind.DRAFT]
        return max(settled, key=lambda plan: plan.number) if settled else None

    def needs_of(self, plan: Plan) -> list[Need]:
        """The plan's needs in order."""
        return _of_plan(self.needs, plan)

    def goals_of(self, plan: Plan, need_key: str | None = None) -> list[Goal]:
        """The plan's goals in order, all or those under one need."""
        return [g for g in _of_plan(self.goals, plan) if need_key is None or g.need_key == need_key]

    def actions_of(self, plan: Plan, goal_key: str | None = None) -> list[Action]:
        """The plan's insatser in order, all or those under one goal."""
        return [a for a in _of_plan(self.actions, plan) if goal_key is None or a.goal_key == goal_key]


def _of_plan(rows: Sequence[Any], plan: Plan) -> list[Any]:
    return sorted((row for row in rows if row.plan_id == plan.id), key=lambda row: row.position)


TABLES: dict[str, type[SQLModel]] = {
    "statuses": Status,
    "assessments": Assessment,
    "preparations": Preparation,
    "discharges": Discharge,
    "calls_received": CallReceived,
    "participants": Participant,
    "consents": Consent,
    "scopes": ConsentScope,
    "guardians": ConsentGuardian,
    "meetings": Meeting,
    "invitations": Invitation,
    "attendances": Attendance,
    "plans": Plan,
    "needs": Need,
    "goals": Goal,
    "actions": Action,
    "followups": Followup,
    "outcomes": Outcome,
    "deviations": Deviation,
    "filed": Filed,
    "extras": Extra,
    "documents": Document,
    "facts": Fact,
}
assert list(TABLES) == [f.name for f in fields(CaseFile)][2:-1]  # one list per table, none forgotten
