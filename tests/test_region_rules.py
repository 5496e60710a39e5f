"""Region packs: every fault named with its key, and the packs' own questions."""

import re
import tomllib
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from own_packs import A, question, where, write

from sipctl import region
from sipctl.errors import UsageFault
from sipctl.paths import Home, shipped
from sipctl.process.form import Form, Kind
from sipctl.process.form.walk import walk
from sipctl.process.guidance import Guidance
from sipctl.region_rules import Pack, findings
from sipctl.vocabulary.consent import Category

SHIPPED = ["sormland", "standard", "vastra-gotaland"]
STANDARD: dict[str, Any] = tomllib.loads(shipped("standard", region.FILE).read_text("utf-8"))
KNOWN = {name: list(STANDARD[name]) for name in ("steps", "days", "codes", "texts")}
PACK = region.load("standard")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home without anything in it."""
    return Home(tmp_path)


# --- faults ---


@pytest.mark.parametrize(
    ("more", "key", "what"),
    [
        ("sources = 'en'", "pack.sources", "lista"),
        ("sources = [1]", "pack.sources", "lista"),
        ("nam = 'x'", "pack.nam", "Menade du ”name”"),
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
