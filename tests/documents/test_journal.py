"""Journal notes: dated, short, with the code where there is one."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sip_samples import adult, child, close, discharge, guidance, issue

from sipctl.documents.journal import note
from sipctl.model.casefile import CaseFile
from sipctl.vocabulary.case import CloseReason, OurRole, Route
from sipctl.vocabulary.plans import PlanKind
from sipctl.vocabulary.steps import Step


def write(step: Step, case: CaseFile, **changes: Any) -> str:
    return note(step, case, issue(None, case, **changes))


@pytest.mark.parametrize("step", Step)
@pytest.mark.parametrize("make", [adult, child, discharge])
def test_every_step_has_a_dated_note_without_the_persons_name(step: Step, make: Any) -> None:
    case = make()
    close(case)
    text = write(step, case)
    heading, *_, signature = text.splitlines()
    assert heading == f"2026-08-31 SIP: {guidance().steps[step]}"
    assert case.case.sip_number in signature
    assert case.person.name not in text.replace("Anna Testsson", "")
    assert text.endswith(".\n")
    assert "None" not in text
    assert "  " not in text


@pytest.mark.parametrize("step", Step)
def test_a_case_with_nothing_in_it_has_a_heading_and_a_signature(step: Step) -> None:
    full = adult()
    assert len(write(step, CaseFile(case=full.case, person=full.person)).splitlines()) == 2


def test_established_has_the_code_of_its_route() -> None:
    case = adult()
    assert "Åtgärdskod: AU124." in write(Step.MEETING, case)
    case.case.route = Route.DISCHARGE
    assert "Åtgärdskod: AU125." in write(Step.MEETING, case)


def test_a_draft_or_a_revision_has_no_code_of_establishing() -> None:
    assert "Åtgärdskod" not in write(Step.MEETING, child())
    case = adult()
    case.plans[-1].kind = PlanKind.REVISION
    text = write(Step.MEETING, case)
    assert "reviderad" in text
    assert "Åtgärdskod" not in text


def test_followup_has_its_code_unless_the_pack_has_none() -> None:
    case = adult()
    assert "Åtgärdskod: AW010." in write(Step.FOLLOWUP, case)
    assert "Åtgärdskod" not in write(Step.FOLLOWUP, case, guidance=replace(guidance(), codes={}))


def test_assess_tells_decision_offer_and_consent() -> None:
    case = adult()
    case.add("assessments", on_date=date(2026, 8, 5), decision=True, offer="accepted", offered_on=date(2026, 8, 10))
    text = write(Step.ASSESS, case)
    assert "En SIP behövs. Datum: 2026-08-05." in text
    assert "Samtycke 2026-08-10: muntligt, den enskilde själv, mottaget av Kim Provsson." in text
    case.add("assessments", on_date=date(2026, 8, 6), decision=False, reason="Vården räcker")
    assert "Skäl: Vården räcker. Datum: 2026-08-06." in write(Step.ASSESS, case)


def test_being_called_tells_the_answer() -> None:
    case = adult()
    case.case.our_role = OurRole.CALLED
    values = {"answer": "substitute", "substitute": "Jo Vikariesson"}
    case.add("calls_received", received_on=date(2026, 8, 4), sender_unit="Påhittets vårdcentral", **values)
    assert "Svar: skickar ersättare (Jo Vikariesson). Datum: 2026-08-04." in write(Step.ASSESS, case)


def test_invite_names_who_was_sent_what_day() -> None:
    case = adult()
    for p, day in zip(case.participants, (date(2026, 8, 30), date(2026, 8, 31)), strict=False):
        case.add("invitations", meeting_id=case.meetings[0].id, participant_id=p.id, kind="kallelse", sent_on=day)
    text = write(Step.INVITE, case)
    assert "skickats till: Psykosmottagningen Provsala, Påhittets vårdcentral." in text
    assert "Skickat 2026-08-30 och 2026-08-31." in text


def test_closing_for_another_reason_tells_it() -> None:
    case = adult()
    close(case)
    case.statuses[-1].close_reason = CloseReason.OTHER
    case.statuses[-1].reason = "Flyttar utomlands."
    assert "Orsak: Flyttar utomlands. Datum: 2027-03-15." in write(Step.CLOSE, case)
