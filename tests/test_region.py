"""Region packs: what ships, the law beside them, and how packs build on each other."""

import re
import subprocess
import sys
import tomllib
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from own_packs import where, write

from sipctl import region
from sipctl.errors import NotFound, SipctlError, UsageFault
from sipctl.paths import Home, shipped
from sipctl.vocabulary.consent import Category
from sipctl.vocabulary.documents import DocumentKind
from sipctl.vocabulary.steps import Step

SHIPPED = ["sormland", "standard", "vastra-gotaland"]
STANDARD: dict[str, Any] = tomllib.loads(shipped("standard", region.FILE).read_text("utf-8"))


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home without anything in it."""
    return Home(tmp_path)


# --- what ships ---


def test_the_shipped_packs_are_whole_and_without_faults() -> None:
    found = region.available()
    assert [info.id for info in found] == SHIPPED
    assert all(info.shipped and info.version == "2026.1" and not info.faults for info in found)


@pytest.mark.parametrize("pack_id", SHIPPED)
def test_each_pack_says_that_it_is_no_official_template(pack_id: str) -> None:
    pack = region.load(pack_id)
    assert "Inte en officiell mall" in pack.notice
    assert pack.sources
    assert all(re.search(r"\((V|P|\?)[):;]", source) for source in pack.sources)


@pytest.mark.parametrize("pack_id", SHIPPED)
def test_each_pack_covers_the_vocabulary(pack_id: str) -> None:
    pack = region.load(pack_id)
    assert list(pack.steps) == [step.value for step in Step]
    assert [c.value for c in pack.categories] == [c.value for c in Category]
    assert len(pack.criteria) == 7
    assert {f"agenda_{n}" for n in range(1, 10)} <= pack.texts.keys()
    assert not [key for key in pack.texts if not key.isidentifier()]  # templates read text.<key>


def test_the_days_and_codes_that_the_domain_names() -> None:
    pack = region.load("standard")
    assert pack.days["discharge_call"] == 3
    assert (pack.days["followup_grace"], pack.days["erase_after"], pack.days["child_meeting"]) == (14, 90, 21)
    codes = {
        key: pack.codes[key] for key in ("kva_established", "kva_established_discharge", "kva_followup", "ksi_sip")
    }
    assert list(codes.values()) == ["AU124", "AU125", "AW010", ""]


def test_every_day_and_code_carries_its_mark() -> None:
    text = shipped("standard", region.FILE).read_text("utf-8")
    for name in ("days", "codes"):
        block = text.split(f"[{name}]")[1].split("\n# ---")[0]
        rows = [line for line in block.splitlines() if "=" in line]
        assert len(rows) == len(STANDARD[name])
        assert all(re.search(r"# (V|P|\?): |# någon KSI-kod", line) for line in rows)


def test_the_regional_packs_differ_where_the_regions_do() -> None:
    standard, vgr, sormland = (region.load(pack_id) for pack_id in ("standard", "vastra-gotaland", "sormland"))
    assert list(vgr.steps.values()) == [
        "Upptäck behov", "Förbered", "Kalla/bjud in till SIP-möte", "SIP-möte", "Följ upp", "Avsluta",
    ]  # fmt: skip
    assert "skolan" in vgr.texts["call_duty_why"]
    assert "Prator" in sormland.texts["copy_notice"]
    assert sormland.days["child_meeting"] == 0
    assert [q.key for q in vgr.extras["assess"]] == ["x-skola"]
    assert [q.key for q in sormland.extras["assess"]] == ["x-delregion"]
    assert not standard.extras
    assert vgr.texts["letter_right_no"] == standard.texts["letter_right_no"]


def test_the_letter_to_the_individual_keeps_the_two_rights_and_short_sentences() -> None:
    texts = region.load("standard").texts
    assert "säga nej" in texts["letter_right_no"]
    assert "ta med dig någon" in texts["letter_right_bring"]
    plain = [text for key, text in texts.items() if key.startswith(("letter_", "preparation_"))]
    words = [len(sentence.split()) for text in plain for sentence in re.split(r"[.?!:]", text)]
    assert max(words) <= 20


# --- the law ---


def laws() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = tomllib.loads(shipped("law.toml").read_text("utf-8"))["law"]
    return rows


def test_provisions_are_marked_dated_and_never_overlap() -> None:
    spans: dict[str, list[tuple[date, date]]] = {}
    for row in laws():
        assert set(row) - {"valid_to"} == {"id", "citation", "text", "valid_from", "mark"}
        assert row["mark"] in ("V", "P", "?")
        assert row["text"].endswith(".")
        spans.setdefault(row["id"], []).append((row["valid_from"], row.get("valid_to", date.max)))
    for dates in spans.values():
        ordered = sorted(dates)
        assert all(end < start for (_, end), (start, _) in pairwise(ordered))


@pytest.mark.parametrize("law_id", ["sip_social", "contents", "participation", "relatives"])
def test_the_new_social_services_act_takes_over_overnight(law_id: str) -> None:
    pack = region.load("standard")
    assert "2 kap. 7 § socialtjänstlagen (2001:453)" in pack.citation(law_id, date(2025, 6, 30))
    assert "10 kap. 8–9 §§ socialtjänstlagen (2025:400)" in pack.citation(law_id, date(2025, 7, 1))


@given(st.dates(date(2018, 1, 1), date(2035, 1, 1)))
def test_when_a_sip_is_to_be_made_is_cited_on_any_day(on: date) -> None:
    pack = PACK
    for law_id in ("sip_social", "sip_health", "discharge", "contents", "guardians", "secrecy_consent"):
        assert pack.citation(law_id, on)


PACK = region.load("standard")


def test_ids_that_the_program_asks_for_exist() -> None:
    source = Path(region.__file__).parent
    asked = set()
    for file in source.rglob("*.py"):
        asked |= set(re.findall(r"(?:citation\(|\.law\(|_law\(guidance, )\"([a-z_]+)\"", file.read_text("utf-8")))
    assert asked <= {row["id"] for row in laws()}
    assert {"sip_social", "contents"} <= asked


def test_days_that_the_program_asks_for_exist() -> None:
    asked = set()
    for file in Path(region.__file__).parent.rglob("*.py"):
        text = file.read_text("utf-8")
        asked |= set(re.findall(r"_days\(guidance, \"([a-z_]+)\"|\.days(?:\.get\(|\[)\"([a-z_]+)\"", text))
    keys = {key for pair in asked for key in pair if key}
    assert keys <= STANDARD["days"].keys()
    assert {"discharge_call", "reply_by"} <= keys


# --- building on each other ---


def test_a_pack_says_only_what_differs(home: Home) -> None:
    write(
        home,
        more='[texts]\nletter_closing = "Vi ses!"\nx_hus = "Hus B"\n[days]\nreply_by = 10\n[codes]\nksi_sip = "K1"',
    )
    own, standard = region.load("eget", home), region.load("standard")
    assert (own.pack, own.name, own.version, own.notice) == ("eget", "Eget", "1", "Vårt eget.")
    assert own.texts == {**standard.texts, "letter_closing": "Vi ses!", "x_hus": "Hus B"}
    assert own.days == {**standard.days, "reply_by": 10}
    assert own.codes == {**standard.codes, "ksi_sip": "K1"}
    assert (own.steps, own.criteria, own.laws) == (standard.steps, standard.criteria, standard.laws)


def test_criteria_are_replaced_as_a_list_and_categories_reworded_one_by_one(home: Home) -> None:
    criteria = '[[criteria]]\nkey = "egen"\ntext = "Vår egen"\n'
    categories = '[[categories]]\nkey = "health"\ntext = "vård"\nhint = "inte recept"'
    write(home, more=criteria + categories)
    own = region.load("eget", home)
    assert [(c.value, c.text) for c in own.criteria] == [("egen", "Vår egen")]
    assert [c.value for c in own.categories] == [c.value for c in Category]
    assert [(c.text, c.hint) for c in own.categories if c.value == "health"] == [("vård", "inte recept")]


def test_three_generations_the_nearest_wins(home: Home) -> None:
    write(home, "lan", '[texts]\nletter_closing = "Länet"\nletter_about = "Länet"')
    write(home, "kommun", '[texts]\nletter_closing = "Kommunen"', extends="lan")
    texts = region.load("kommun", home).texts
    assert (texts["letter_closing"], texts["letter_about"]) == ("Kommunen", "Länet")
    assert texts["letter_heading"] == PACK.texts["letter_heading"]


def test_the_users_pack_wins_and_may_build_on_the_shipped_one_of_its_name(home: Home) -> None:
    folder = write(home, "sormland", "[days]\nreply_by = 2", extends="sormland")
    own = region.load("sormland", home)
    assert own.days["reply_by"] == 2
    assert own.texts["copy_notice"] == region.load("sormland").texts["copy_notice"]
    found = {info.id: info for info in region.available(home)}
    assert (found["sormland"].folder, found["sormland"].shipped) == (folder, False)
    assert found["standard"].shipped
    assert len(found) == 3


def test_shipped_packs_build_on_the_users_standard(home: Home) -> None:
    write(home, "standard", "[days]\nreply_by = 4")
    assert region.load("sormland", home).days["reply_by"] == 4
    assert region.load("sormland").days["reply_by"] == 7


def test_templates_come_from_the_nearest_pack_by_file_name(home: Home, tmp_path: Path) -> None:
    parent = write(home, "lan")
    child = write(home, "kommun", extends="lan")
    for file in (parent / "plan.docx", parent / "call.docx", child / "call.docx", child / "annat.docx"):
        file.write_bytes(b"")
    (child / "letter.docx").mkdir()
    found = region.load("kommun", home).templates
    assert (found["plan"], found["call"]) == (parent / "plan.docx", child / "call.docx")
    assert found.keys() <= {kind.value for kind in DocumentKind}
    assert "letter" not in found or found["letter"].is_file()


def test_a_cycle_is_named_with_file_and_key(home: Home) -> None:
    write(home, "ett", extends="tva")
    write(home, "tva", extends="ett")
    for pack_id in ("ett", "tva"):
        with pytest.raises(UsageFault) as caught:
            region.load(pack_id, home)
        [fault] = caught.value.faults
        assert fault.where.endswith("/region.toml: pack.extends")
        assert "cirkel" in fault.what
    write(home, "sig", extends="sig")
    assert where(region.check(home.packs / "sig", home)) == ["sig/region.toml: pack.extends"]


def test_a_missing_parent_and_a_missing_pack_are_told_apart(home: Home) -> None:
    write(home, extends="skane")
    with pytest.raises(UsageFault) as caught:
        region.load("eget", home)
    assert where(caught.value.faults) == ["eget/region.toml: pack.extends"]
    with pytest.raises(NotFound, match="Menade du ”sormland”") as missing:
        region.load("sörmland", home)
    assert "standard" in missing.value.remedy


@pytest.mark.parametrize("pack_id", ["", ".", "..", "../eget", "/etc", "EGET", "eget/..", "e\x00t", "standard\n"])
def test_a_pack_name_is_never_a_path(pack_id: str, home: Home) -> None:
    write(home)
    with pytest.raises(NotFound):
        region.load(pack_id, home)


# --- cost ---


def test_loading_a_pack_brings_in_nothing_heavy() -> None:
    code = (
        "import sys, sipctl.region as r; r.load('sormland')\n"
        "heavy = {'pydantic', 'sqlmodel', 'sqlalchemy', 'docx', 'lxml', 'questionary', 'rich', 'typer'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_every_error_names_what_to_do(home: Home) -> None:
    write(home, extends="finns-inte")
    for pack_id in ("eget", "saknas"):
        with pytest.raises(SipctlError) as caught:
            region.load(pack_id, home)
        assert caught.value.what.endswith((".", "?"))
        assert caught.value.remedy
