"""Invented cases for the documents' tests: an adult, a child, a discharge. Only test numbers."""

from datetime import date, datetime
from typing import Any

from sip_parts import (
    EVERYTHING,
    SETTINGS,
    TODAY,
    attend,
    consent,
    guidance,
    issue,
    meeting,
    new_case,
    prepare,
    rows,
)

from sipctl.model.casefile import CaseFile
from sipctl.model.followup import Followup
from sipctl.model.meeting import Meeting
from sipctl.model.person import Person
from sipctl.model.plan import Plan

__all__ = ["EVERYTHING", "SETTINGS", "TODAY", "adult", "child", "close", "discharge", "guidance", "issue"]


def adult() -> CaseFile:
    """Test Testsson, 46, with a psychosis: meeting, plan and follow-up."""
    person = Person.model_validate(
        {
            "name": "Test Testsson",
            "id_kind": "personal",
            "id_number": "198001052383",
            "birth_date": date(1980, 1, 5),
            "kommun": "Påhittstad",
            "address": "Testvägen 12 lgh 1101, 000 01 Påhittstad",
            "phone": "070-000 00 46",
            "adaptations": "Pauser, och ett rum utan surrande ventilation",
        }
    )
    case = new_case(person, "2026-0007", "7K3M-9QXT", route="opencare", target_group="mental_illness")
    unit = {"kind": "unit", "send_by": "secure_mail"}
    people = (
        unit
        | {"name": "Robin Påhittsson", "role": "psykiatrisjuksköterska", "huvudman": "region"}
        | {
            "unit_name": "Psykosmottagningen Provsala",
            "phone": "010-000 00 21",
            "brings": "Aktuell läkemedelslista och"
            " den krisplan som ni gjorde i våras. Förslag till vem som är fast vårdkontakt.",
        }
        | {"address": "Provsala sjukhus, 000 02 Provsala"},
        unit | {"name": "", "role": "distriktsläkare", "huvudman": "region", "unit_name": "Påhittets vårdcentral"},
        unit
        | {"name": "Alex Exempelsson", "role": "boendestödjare", "huvudman": "kommun"}
        | {"unit_name": "Boendestödet Påhittstad", "phone": "010-000 00 22"},
        {"kind": "relative", "name": "Anna Testsson", "role": "syster", "address": "Annas väg 3, 000 03 Annanstad"}
        | {"phone": "070-000 00 99"},
        {"kind": "other", "name": "Sam Handläggsson", "unit_name": "Försäkringskassan", "role": "handläggare"},
    )
    for position, values in enumerate(people, 1):
        case.add("participants", key=f"D{position}", position=position, **values)
    prepare(case)
    consent(case, [["social", "health"], ["social", "health"], ["social"], ["family"], []])
    held = meeting(case)
    attend(case, held, ("came", "absent", "substitute", "came", "excused"))
    plan = _adult_plan(case, held)
    _adult_followup(case, plan)
    return case


def _adult_plan(case: CaseFile, held: Meeting) -> Plan:
    responsible = case.participants[2]
    plan: Plan = case.add(
        "plans",
        number=1,
        kind="plan",
        meeting_id=held.id,
        established_on=date(2026, 9, 14),
        responsible_huvudman="kommun",
        responsible_participant=responsible.id,
        situation="Test bor i egen lägenhet sedan två år. Han har boendestöd två gånger i veckan och kontakt med"
        " psykosmottagningen. Under sommaren har sömnen blivit sämre och rösterna starkare.\nHan har slutat gå till"
        " musikcaféet.",
        purpose="Trygga nätter och en vardag med musik, där Test vet vem han kan ringa.",
        matters="Jag vill sova om nätterna och slippa vara rädd. Jag vill spela gitarr med andra igen.",
        long_goal="Att bo kvar hemma och ha en meningsfull sysselsättning.",
        crisis="Tidiga tecken: Test sover mindre än fyra timmar två nätter i rad, svarar inte i telefon.\nDå ringer"
        " Test, Anna eller boendestödet psykosmottagningen, 010-000 00 21. Kvällar och nätter: 1177.",
        oral_health="Tid hos tandvården är bokad i oktober.",
        comment="Det känns bra att det står vem som gör vad.",
        copies_to="Test, Anna, Psykosmottagningen Provsala, Boendestödet Påhittstad",
        followup_on=date(2026, 12, 14),
        followup_by="Kim Provsson, Socialpsykiatrin Påhittstad",
    )
    rows(case, plan, _ADULT_NEEDS)
    return plan


_ADULT_NEEDS: tuple[Any, ...] = (
    (
        "Trygghet och sömn om nätterna",
        (
            (
                "Sova hela natten utan att vara rädd",
                "Sammanhängande sömn minst sex timmar, fem nätter i veckan",
                (
                    (
                        "Läkarbesök: se över medicinen och tiderna för den",
                        "region",
                        0,
                        "genast",
                        "en gång",
                        "2026-09-30",
                    ),
                    (
                        "Boendestöd på kvällen: kvällsrutin och medicin",
                        "kommun",
                        2,
                        "21 september",
                        "måndag–fredag",
                        None,
                    ),
                    ("Ringer på söndagar", "relative", 3, "pågår", "varje vecka", None),
                ),
            ),
            (
                "Veta vem jag ringer när rösterna blir starka",
                "",
                (("Telefontid med fast vårdkontakt", "region", 0, "genast", "vardagar 8–9", None),),
            ),
        ),
    ),
    (
        "Sysselsättning och gemenskap",
        (
            (
                "Spela gitarr med andra igen",
                "Deltar i musikcaféet en gång i veckan",
                (
                    (
                        "Följer med till musikcaféet de första gångerna",
                        "kommun",
                        2,
                        "oktober",
                        "torsdagar",
                        "2026-11-30",
                    ),
                    ("Tar fram gitarren och övar en stund", "individual", None, "nu", "varje dag", None),
                ),
            ),
        ),
    ),
)


def _adult_followup(case: CaseFile, plan: Plan) -> Followup:
    held: Followup = case.add(
        "followups",
        plan_id=plan.id,
        held_on=date(2026, 12, 14),
        present="Test, Anna, Robin från psykosmottagningen och Alex från boendestödet",
        consent_valid=True,
        own_words="Jag sover mycket bättre. Musikcaféet är roligt men bussen är jobbig.",
        decision="continue",
        next_on=date(2027, 3, 15),
    )
    goals = (
        ("M11", "partly", "continue", "Fyra nätter av sju"),
        ("M12", "reached", "end", ""),
        ("M21", "reached", "continue", ""),
    )
    for key, result, after, note in goals:
        case.add("outcomes", followup_id=held.id, goal_key=key, goal_result=result, next=after, note=note)
    actions = (
        ("I111", "done", "end", "Ny tid för medicinen"),
        ("I112", "ongoing", "continue", ""),
        ("I113", "ongoing", "continue", ""),
        ("I121", "changed", "change", "Telefontid även på eftermiddagen"),
        ("I211", "done", "end", ""),
    )
    for key, result, after, note in actions:
        case.add("outcomes", followup_id=held.id, action_key=key, action_result=result, next=after, note=note)
    return held


def close(case: CaseFile) -> None:
    """End the case."""
    case.add(
        "statuses",
        on_date=date(2027, 3, 15),
        kind="closed",
        close_reason="one_huvudman",
        reason="Test behöver inte längre boendestöd på kvällarna. Psykosmottagningen fortsätter.",
        goal_outcome="Test sover de flesta nätter och spelar i musikcaféet varje torsdag.",
        decided_by="Kim Provsson, efter mötet",
        told="Test, Anna, Psykosmottagningen Provsala och Boendestödet Påhittstad",
    )


def child() -> CaseFile:
    """Lo Provsson, 14, with school, child psychiatry and two guardians."""
    person = Person.model_validate(
        {
            "name": "Lo Provsson",
            "id_kind": "personal",
            "id_number": "201201032396",
            "birth_date": date(2012, 1, 3),
            "kommun": "Påhittstad",
            "address": "Barnvägen 4, 000 04 Påhittstad",
        }
    )
    case = new_case(person, "2026-0012", "M2XW-40GE", route="opencare", target_group="children")
    people: tuple[dict[str, Any], ...] = (
        {
            "kind": "guardian",
            "name": "Ida Provsson",
            "address": "Barnvägen 4, 000 04 Påhittstad",
            "phone": "070-000 00 31",
        },
        {
            "kind": "guardian",
            "name": "Bo Bortasson",
            "address": "Bos gata 9, 000 09 Bortastad",
            "phone": "070-000 00 32",
        },
        {"kind": "unit", "name": "Vera Bupsson", "role": "kurator", "huvudman": "region", "unit_name": "BUP Provsala"},
        {
            "kind": "other",
            "name": "Rut Rektorsson",
            "role": "rektor",
            "unit_name": "Lindskolan",
            "address": "Skolgatan 1, 000 04 Påhittstad",
            "brings": "Åtgärdsprogram och frånvaro den här terminen",
        },
    )
    for position, values in enumerate(people, 1):
        case.add("participants", key=f"D{position}", position=position, **values)
    prepare(case)
    case.preparations[-1].matters = "Jag vill orka gå till skolan. Jag vill att vuxna slutar tjata."
    case.preparations[-1].purpose = "Att Lo ska orka med skolan igen."
    case.preparations[-1].questions = [
        "Hur kan jag orka en hel skoldag?",
        "Vem kan jag prata med när det blir för mycket?",
    ]
    consent(case, [["social", "health", "school", "family"]] * 3 + [["school"]])
    held = meeting(
        case, place="Familjecentralen, rum Snäckan", contact="", starts_at=datetime(2026, 9, 16, 15, 30), minutes=60
    )
    attend(case, held, ("came", "absent", "came", "came"))
    plan = case.add(
        "plans",
        number=1,
        kind="draft",
        meeting_id=held.id,
        responsible_huvudman="region",
        responsible_person="Vera Bupsson",
        matters="Jag vill orka gå till skolan. Jag vill att vuxna slutar tjata.",
        others_none=False,
        followup_on=date(2026, 11, 2),
    )
    school = ("Anpassat schema och en egen plats att vila", "school", 3, "genast", "varje dag", date(2026, 10, 30))
    care = ("Samtal hos kurator", "region", 2, "september", "varannan vecka", None)
    rows(case, plan, (("Orka vara i skolan", (("Vara i skolan tre hela dagar i veckan", "", (school, care)),)),))
    return case


def discharge() -> CaseFile:
    """Siv Påhittsson, 82, on her way home from hospital; no consent to share information yet."""
    person = Person.model_validate(
        {
            "name": "Siv Påhittsson",
            "id_kind": "personal",
            "id_number": "194401032133",
            "birth_date": date(1944, 1, 3),
            "kommun": "Påhittstad",
            "address": "Sivs gränd 2, 000 05 Påhittstad",
            "language": "Tolk i finska",
            "adaptations": "Hörslinga. Går med rollator.",
        }
    )
    case = new_case(person, "2026-0021", "Q8RD-2M5H", route="discharge", target_group="elderly")
    unit = {"kind": "unit", "send_by": "sdk"}
    people = (
        unit
        | {
            "name": "Mia Biståndsson",
            "role": "biståndshandläggare",
            "huvudman": "kommun",
            "unit_name": "Äldreenheten Påhittstad",
            "address": "Provgatan 1, 000 00 Påhittstad",
            "brings": "Beslut om hemtjänst och larm. Kan korttidsplats bli aktuell?",
        },
        unit | {"name": "Lars Rehabsson", "role": "fysioterapeut", "huvudman": "kommun", "unit_name": "Kommunrehab"},
        unit
        | {
            "name": "Eva Provsson",
            "role": "distriktssköterska",
            "huvudman": "region",
            "unit_name": "Påhittets vårdcentral",
        },
        {"kind": "relative", "name": "Kaj Påhittsson", "role": "son"},
    )
    for position, values in enumerate(people, 1):
        case.add("participants", key=f"D{position}", position=position, **values)
    case.add(
        "discharges",
        ready_at=datetime(2026, 8, 31, 14, 30),
        home_on=date(2026, 9, 3),
        ward="Avdelning 31, Provsala sjukhus",
        fast_contact="Eva Provsson, Påhittets vårdcentral",
    )
    case.add(
        "preparations",
        purpose="Att Siv ska komma hem tryggt och klara natten.",
        questions=["Vem hjälper mig på natten?", "Hur får jag hem rullstolen?"],
    )
    consent(case, [["social", "health"], ["social", "health"], ["social", "health"], []])
    meeting(
        case,
        starts_at=datetime(2026, 9, 3, 13, 0),
        minutes=45,
        place="Hemma hos Siv, eller video om hemgången dröjer",
        contact="Eva Provsson, 010-000 00 33",
        reply_by=date(2026, 9, 2),
    )
    return case
