"""Region packs: what ships, how packs build on each other, and every fault named with its key."""

import re
import subprocess
import sys
import tomllib
from copy import deepcopy
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sipctl import region
from sipctl.errors import NotFound, SipctlError, UsageFault
from sipctl.paths import Home, shipped
from sipctl.process.form import Form, Kind
from sipctl.process.guidance import Guidance
from sipctl.process.walk import walk
from sipctl.region_rules import Pack, findings
from sipctl.vocabulary import Category, DocumentKind, Step

SHIPPED = ["sormland", "standard", "vastra-gotaland"]
STANDARD: dict[str, Any] = tomllib.loads(shipped("standard", region.FILE).read_text("utf-8"))
KNOWN = {name: list(STANDARD[name]) for name in ("steps", "days", "codes", "texts")}
HEAD = '[pack]\nid = "{id}"\nname = "Eget"\nversion = "1"\nnotice = "Vårt eget."\nextends = "{extends}"\n'


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def write(home: Home, pack_id: str = "eget", more: str = "", extends: str = "standard") -> Path:
    """A pack of the user's own; ``more`` is TOML after the head."""
    folder = home.packs / pack_id
    folder.mkdir(parents=True, exist_ok=True)
    (folder / region.FILE).write_text(HEAD.format(id=pack_id, extends=extends) + more, "utf-8")
    return folder


def where(faults: Any) -> list[str]:
    return [fault.where for fault in faults]


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


# --- faults ---


@pytest.mark.parametrize(
    ("more", "key", "what"),
    [
        ("[text]\n", "text", "Menade du ”texts”"),
        ("[texts]\nletter_hedding = 'x'", "texts.letter_hedding", "Menade du ”letter_heading”"),
        ("[texts]\nletter_heading = 3", "texts.letter_heading", "text inom citattecken"),
        ("[texts]\nletter_heading = 'Hej {namn}'", "texts.letter_heading", "klamrar"),
        ('[texts]\nletter_heading = "a\\u202Eb"', "texts.letter_heading", "osynliga"),
        ("[texts]\nx-hus = 'x'", "texts.x-hus", "okänd"),
        ("[days]\nreply_by = 'sju'", "days.reply_by", "helt tal"),
        ("[days]\nreply_by = true", "days.reply_by", "helt tal"),
        ("[days]\nreply_by = -1", "days.reply_by", "helt tal"),
        ("[days]\nreply_by = 99999", "days.reply_by", "helt tal"),
        ("[days]\nreplyby = 1", "days.replyby", "Menade du ”reply_by”"),
        ("[days]\nx_egen = 1", "days.x_egen", "okänd"),
        ("[codes]\nksi_sip = 12", "codes.ksi_sip", "citattecken"),
        ("[codes]\nchild_meeting_from = 'jul'", "codes.child_meeting_from", "opened, accepted"),
        ("[steps]\nplann = 'x'", "steps.plann", "Menade du ”plan”"),
        ("[steps]\nplan = ''", "steps.plan", "text inom citattecken"),
        ("[[steps]]\nplan = 'x'", "steps", "[steps]"),
        ("[criteria]\nkey = 'x'", "criteria", "[[criteria]]"),
        ("[[criteria]]\nkey = 'Å'\ntext = 'x'", "criteria[1].key", "små bokstäver"),
        ("[[criteria]]\nkey = 'a'", "criteria[1].text", "text inom citattecken"),
        ("[[criteria]]\nkey = 'a'\ntext = 'x'\nhnt = 'y'", "criteria[1].hnt", "Menade du ”hint”"),
        ("[[criteria]]\nkey = 'a'\ntext = 'x'\n[[criteria]]\nkey = 'a'\ntext = 'y'", "criteria[2].key", "två gånger"),
        ("[[categories]]\nkey = 'helth'\ntext = 'x'", "categories.helth", "Menade du ”health”"),
    ],
)
def test_each_fault_is_named_with_its_key(more: str, key: str, what: str, home: Home) -> None:
    folder = write(home, more=more)
    [fault] = region.check(folder, home)
    assert fault.where == f"eget/region.toml: {key}"
    assert what in fault.what
    with pytest.raises(UsageFault) as caught:
        region.load("eget", home)
    assert caught.value.faults == (fault,)
    assert str(folder) in caught.value.remedy


A = "{value = 'a', text = 'A'}"
QUESTION = {"step": '"assess"', "key": '"x-a"', "text": '"Fråga?"', "kind": '"yesno"'}


def question(**values: str) -> str:
    rows = {**QUESTION, **values}
    return "\n[[questions]]\n" + "\n".join(f"{key} = {value}" for key, value in rows.items() if value)


@pytest.mark.parametrize(
    ("more", "key"),
    [
        (question(step='"bedom"'), "x-a.step"),
        (question(key='"skola"'), "skola.key"),
        (question(key='"x-Å"'), "x-Å.key"),
        (question(key=""), "[1].key"),
        (question(text='" "'), "x-a.text"),
        (question(kind='"group"'), "x-a.kind"),
        (question(kind='"idnumber"'), "x-a.kind"),
        (question(required='"ja"'), "x-a.required"),
        (question(why="1"), "x-a.why"),
        (question(category='"hälsa"'), "x-a.category"),
        (question(check='"kod"'), "x-a.check"),
        (question(choices=f"[{A}]"), "x-a.choices"),
        (question(kind='"choice"'), "x-a.choices"),
        (question(kind='"many"', choices="['a']"), "x-a.choices"),
        (question(kind='"many"', choices=f"[{A}, {A}]"), "x-a.choices[2].value"),
        (question(when='"x-b"'), "x-a.when"),
        (question(when="{key = 'offer'}"), "x-a.when"),
        (question(when="{key = 'offer', is = []}"), "x-a.when"),
        (question(when="{key = 'offer', is = 1.5}"), "x-a.when"),
        (question(when="{key = 'x-b', is = true}"), "x-a.when.key"),
        (question(when="{key = 'x-a', is = true}"), "x-a.when.key"),
        (question() + question(), "x-a.key"),
        (question() + question(key='"x-b"', step='"plan"', when="{key = 'x-a', is = true}"), "x-b.when.key"),
    ],
)  # fmt: skip
def test_each_fault_of_a_question_is_named(more: str, key: str, home: Home) -> None:
    assert where(region.check(write(home, more=more), home)) == [f"eget/region.toml: questions.{key}"]


def test_all_faults_come_at_once_the_parents_too(home: Home) -> None:
    write(home, "lan", "[days]\nfel = 1")
    folder = write(home, "kommun", "[days]\nfel = 1\n[texts]\nfel = 'x'\n[pack2]\n", extends="lan")
    expected = ["kommun/region.toml: pack2", "kommun/region.toml: days.fel", "kommun/region.toml: texts.fel"]
    assert where(region.check(folder, home)) == [*expected, "lan/region.toml: days.fel"]
    with pytest.raises(UsageFault) as caught:
        region.load("kommun", home)
    assert where(caught.value.faults) == expected  # one file at a time is what a person mends
    broken = {info.id: bool(info.faults) for info in region.available(home)}
    assert broken == {"kommun": True, "lan": True, **dict.fromkeys(SHIPPED, False)}


def test_a_pack_that_builds_on_nothing_must_say_everything(home: Home) -> None:
    folder = write(home)
    file = folder / region.FILE
    file.write_text(file.read_text("utf-8").replace('extends = "standard"', ""), "utf-8")
    found = where(region.check(folder, home))
    assert len(found) == sum(len(keys) for keys in KNOWN.values()) + len(Category) + 1
    file.write_text(shipped("standard", region.FILE).read_text("utf-8").replace('"standard"', '"eget"', 1), "utf-8")
    text = file.read_text("utf-8").replace('id = "standard"', 'id = "eget"')
    file.write_text(text, "utf-8")
    assert region.check(folder, home) == []
    assert region.load("eget", home).texts == PACK.texts


@pytest.mark.parametrize("key", ["id", "name", "version", "notice"])
def test_a_pack_says_who_it_is(key: str, home: Home) -> None:
    folder = write(home)
    file = folder / region.FILE
    file.write_text(re.sub(rf"^{key} = .*\n", "", file.read_text("utf-8"), flags=re.M), "utf-8")
    assert where(region.check(file, home)) == [f"eget/region.toml: pack.{key}"]


def test_the_folder_carries_the_packs_name(home: Home) -> None:
    folder = write(home)
    folder.rename(home.packs / "annat")
    assert where(region.check(home.packs / "annat", home)) == ["annat/region.toml: pack.id"]


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"\xff\xfe\x00", "UTF-8"),
        (b"[pack]\nid = x\n", "rad 2"),
        (b"[pack", "TOML"),
        (b"[pack]\n[pack]\n", "TOML"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_why(content: bytes, what: str, home: Home) -> None:
    folder = write(home)
    (folder / region.FILE).write_bytes(content)
    [fault] = region.check(folder, home)
    assert (fault.where, what in fault.what) == ("eget/region.toml", True)
    assert [info.faults for info in region.available(home) if info.id == "eget"] == [(fault,)]
    assert where(region.check(folder / "finns-inte", home)) == ["finns-inte/region.toml"]


def test_a_file_saved_by_notepad_is_read(home: Home) -> None:
    folder = write(home, more='[texts]\nletter_closing = "Vi ses!"\n')
    file = folder / region.FILE
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    assert region.load("eget", home).texts["letter_closing"] == "Vi ses!"


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.just("x-a"),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["key", "is", "text", "step"]), inner),
    max_leaves=5,
)


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=200)
@given(st.lists(st.tuples(st.sampled_from(["pack", "steps", "criteria", "categories", "days", "codes", "texts",
                                           "questions", "x"]), st.sampled_from(["", "0", "key", "reply_by", "when"]),
                          _JSON), max_size=3))  # fmt: skip
def test_whatever_a_pack_holds_it_is_judged_and_never_crashes(changes: list[tuple[str, str, Any]]) -> None:
    data = deepcopy(STANDARD)
    data["questions"] = [{"step": "plan", "key": "x-b", "text": "?", "kind": "text", "when": {"key": "held", "is": 1}}]
    for table, key, value in changes:
        inner = data.get(table)
        if key and isinstance(inner, dict):
            inner[key] = value
        elif key and isinstance(inner, list) and inner and isinstance(inner[0], dict):
            inner[0][key] = value
        else:
            data[table] = value
    pack = Pack(shipped("standard"), data)
    found = list(findings(pack, [], KNOWN))
    assert all(isinstance(key, str) and what for key, what in found)
    if not found:  # what is judged sound can be used
        assert region._guidance([pack]).texts == data["texts"]


# --- the packs' own questions ---


def shown(pack: Guidance, step: str, answers: dict[str, Any]) -> list[str]:
    form = Form(step, step, 1, pack.extras[step])
    return [visible.q.key for visible in walk(form, answers)]


def test_a_condition_shows_and_hides(home: Home) -> None:
    more = (
        question()
        + question(key='"x-b"', when="{key = 'x-a', is = true}", kind='"long"', required="true", why='"Därför."')
        + question(key='"x-c"', kind='"many"', choices="[{value = 'p', text = 'P'}, {value = 'q', text = 'Q'}]")
        + question(
            key='"x-d"', when="{key = 'x-c', is = ['q', 'r']}", kind='"number"', offered="true", category='"health"'
        )
    )
    write(home, more=more)
    pack = region.load("eget", home)
    assert shown(pack, "assess", {}) == ["x-a", "x-c"]
    assert shown(pack, "assess", {"x-a": True, "x-c": ["p", "q"]}) == ["x-a", "x-b", "x-c", "x-d"]
    assert shown(pack, "assess", {"x-a": 1, "x-c": ["p"]}) == ["x-a", "x-c"]  # 1 is not yes
    _, b, c, d = pack.extras["assess"]
    assert (b.kind, b.required, b.why) == (Kind.LONG, True, "Därför.")
    assert [choice.text for choice in c.choices] == ["P", "Q"]
    assert (d.offered, d.category) == (True, "health")


def test_a_child_pack_replaces_a_question_in_its_place_and_adds_its_own(home: Home) -> None:
    write(home, "lan", question() + question(key='"x-b"'))
    more = question(text='"Ny fråga?"') + question(key='"x-c"', when="{key = 'x-b', is = true}")
    write(home, "kommun", more, extends="lan")
    assert [(q.key, q.text) for q in region.load("kommun", home).extras["assess"]] == [
        ("x-a", "Ny fråga?"), ("x-b", "Fråga?"), ("x-c", "Fråga?"),
    ]  # fmt: skip


def test_the_shipped_conditions_work() -> None:
    vgr, sormland = region.load("vastra-gotaland"), region.load("sormland")
    assert shown(vgr, "plan", {"x-formote": True}) == ["x-formote", "x-formote-om"]
    assert shown(vgr, "plan", {"x-formote": False}) == ["x-formote"]
    assert "x-prator-utanfor" in shown(sormland, "invite", {"x-prator": "delvis"})
    assert "x-prator-utanfor" not in shown(sormland, "invite", {"x-prator": "ja"})
    [school] = vgr.extras["assess"]
    assert school.when
    assert [school.when({}, {"offer": offer}) for offer in ("accepted", "declined", None)] == [True, False, False]


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
