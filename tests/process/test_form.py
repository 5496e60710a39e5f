"""The form engine: what shows, what holds, and that the answers file reads back."""

import tomllib
from copy import deepcopy
from datetime import date, datetime, time
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sipctl.process.form import Choice, Form, Kind, Prefer, Q
from sipctl.process.form.answers import (
    add_item,
    all_keys,
    clean,
    display,
    dotted,
    first_unanswered,
    get,
    hidden,
    missing,
    move_item,
    normalise,
    position,
    progress,
    put,
    question_at,
    read_reply,
    remove_item,
    skeleton,
    summary,
    validate,
    walk,
)
from sipctl.process.text import printable

GOAL = (Q("text", "Vad är målet?", required=True), Q("due", "När?", Kind.DATE))
NEED = (
    Q("text", "Vad behövs?", required=True),
    Q("goals", "Mål", Kind.GROUP, fields=GOAL, prefix="M", item_name="mål"),
)
PRESENT = (Q("came", "Kom personen?", Kind.YESNO, required=True),)
FORM = Form(
    "plan",
    "Planera",
    1,
    (
        Q("by", "Vem?", Kind.CHOICE, (Choice("kommun", "Kommunen"), Choice("region", "Regionen")), required=True),
        Q("interpreter", "Behövs tolk?", Kind.YESNO),
        Q("language", "Vilket språk?", when=lambda i, t: i.get("interpreter") is True, required=True),
        Q("dialect", "Vilken dialekt?", when=lambda i, t: bool(i.get("language"))),
        Q("held", "När?", Kind.DATE),
        Q("clock", "Vilken tid?", Kind.TIME),
        Q("starts", "När börjar det?", Kind.DATETIME),
        Q("minutes", "Hur länge?", Kind.NUMBER, check=lambda v, i: "För kort." if v < 5 else None),
        Q("areas", "Vad?", Kind.MANY, (Choice("home", "Boende"), Choice("work", "Arbete"))),
        Q("idn", "Personnummer?", Kind.IDNUMBER),
        Q("situation", "Läget?", Kind.LONG),
        Q("needs", "Behov", Kind.GROUP, fields=NEED, prefix="B", item_name="behov", required=True),
        Q("attendance", "Närvaro", Kind.GROUP, fields=PRESENT, fixed=True),
        Q("crisis", "Krisplan?", Kind.YESNO, offered=True, required=True),
    ),
)
FULL: dict[str, Any] = {
    "by": "kommun",
    "interpreter": True,
    "language": "arabiska",
    "dialect": "irakisk",
    "held": "2026-12-01",
    "clock": "13:00",
    "starts": "2026-12-01T13:00",
    "minutes": 60,
    "areas": ["home"],
    "idn": "191212121212",
    "situation": "Ett\ntvå",
    "needs": [
        {"key": "B1", "text": "Bo", "goals": [{"key": "M1", "text": "Lya", "due": "2027-03-01"}]},
        {"key": "B2", "text": "Jobb", "goals": []},
    ],
    "attendance": [{"key": "P1", "came": True}],
    "crisis": False,
}


def full(**changed: Any) -> dict[str, Any]:
    return deepcopy(FULL) | changed


def faults(answers: dict[str, Any], complete: bool = True) -> dict[str, str]:
    return {f.where: f.what for f in validate(FORM, normalise(FORM, answers), complete)}


# --- walking ---


def test_places_of_nested_questions() -> None:
    paths = [dotted(v.path) for v in walk(FORM, FULL)]
    assert paths[-9:] == [
        "needs.B1.text",
        "needs.B1.goals",
        "needs.B1.goals.M1.text",
        "needs.B1.goals.M1.due",
        "needs.B2.text",
        "needs.B2.goals",
        "attendance",
        "attendance.P1.came",
        "crisis",
    ]
    assert question_at(FORM, ("needs", "B1", "goals", "M1", "due")).kind is Kind.DATE


def test_a_walk_hands_over_the_live_item() -> None:
    answers = full()
    place = ("needs", "B1", "goals", "M1", "text")
    found = next(v for v in walk(FORM, answers) if v.path == place)
    found.item["text"] = "Annat"
    assert get(answers, place) == "Annat"


def test_a_stale_answer_to_a_hidden_question_shows_nothing() -> None:
    answers = full(interpreter=False)
    assert {"language", "dialect"}.isdisjoint(v.path[0] for v in walk(FORM, answers))
    assert answers["language"] == "arabiska"
    assert {"language", "dialect"}.isdisjoint(clean(FORM, answers))
    assert sorted(hidden(FORM, answers)) == [("dialect",), ("language",)]


def test_clean_drops_the_unknown_and_keeps_the_original() -> None:
    answers = full(x=1)
    answers["needs"][0]["y"] = 2
    before = deepcopy(answers)
    cleaned = clean(FORM, answers)
    assert cleaned == FULL
    assert answers == before
    assert clean(FORM, cleaned) == cleaned


# --- what is left ---


def test_what_is_unanswered_and_what_is_missing() -> None:
    assert first_unanswered(FORM, {}).path == ("by",)  # type: ignore[union-attr]
    answers = {"by": None, "interpreter": None}
    assert first_unanswered(FORM, answers).path == ("by",)  # type: ignore[union-attr]
    answers["by"] = "kommun"
    assert first_unanswered(FORM, answers).path == ("held",)  # type: ignore[union-attr]
    assert [v.path for v in missing(FORM, answers)] == [("needs",)]
    assert first_unanswered(FORM, FULL, offered=True) is None
    assert first_unanswered(FORM, full(needs=[{"key": "B1", "text": "Bo"}])).path == ("needs", "B1", "goals")  # type: ignore[union-attr]


def test_progress_counts_a_group_as_one() -> None:
    assert progress(FORM, {}) == (0, 10)  # the fixed group without items has nothing to ask
    assert progress(FORM, FULL) == (13, 13)
    assert progress(FORM, full(needs=[{"key": "B1"}])) == (12, 13)
    assert position(FORM, FULL, ("needs", "B1", "text")) == (12, 13)
    assert position(FORM, FULL, ("crisis",)) == (0, 13)


# --- validate ---


def test_complete_answers_hold() -> None:
    assert faults(FULL) == {}
    assert faults(full(situation=None, idn=None)) == {}


def test_every_fault_at_once_with_its_place() -> None:
    answers = {
        "by": "komun",
        "interpreter": "ja",
        "held": "2026-02-30",
        "clock": "25:00",
        "starts": "2026-12-01T13:00+01:00",
        "minutes": 3,
        "areas": ["home", "wrok"],
        "idn": "191212121213",
        "situation": "a\x1b[2Jb",
        "needs": [{"text": ""}, {"text": "Bo", "goals": [{"due": "snart"}]}],
        "atendance": [],
    }
    found = faults(answers)
    assert set(found) == {
        "by",
        "interpreter",
        "held",
        "clock",
        "starts",
        "minutes",
        "areas",
        "idn",
        "situation",
        "needs.B1.text",
        "needs.B2.goals.M1.text",
        "needs.B2.goals.M1.due",
        "atendance",
    }
    assert "kommun, region" in found["by"]
    assert "Menade du ”kommun”?" in found["by"]
    assert "work" in found["areas"]
    assert found["minutes"] == "För kort."
    assert "Läget?" in found["situation"]
    assert "Menade du ”attendance”?" in found["atendance"]
    assert "1912" not in found["idn"]


def test_required_only_when_complete() -> None:
    assert set(faults({"by": "kommun"})) == {"needs"}
    assert faults({"by": "kommun"}, complete=False) == {}


def test_the_hidden_is_nobodys_concern() -> None:
    assert faults(full(interpreter=False, language=17)) == {}


@pytest.mark.parametrize("value", ["a\nb", "x" * 201, "\u202eanna", "a\u00adb", "\ue000", 17, ["a"], {"a": 1}])
def test_texts_that_cannot_be_kept(value: Any) -> None:
    assert set(faults(full(language=value))) == {"language"}


def test_limits_of_long_texts() -> None:
    assert faults(full(situation="å\n" * 9_999 + "å")) == {}
    assert set(faults(full(situation="x" * 20_001))) == {"situation"}


@pytest.mark.parametrize(
    ("value", "where"),
    [
        ({"text": "Bo"}, "needs"),
        (["Bo"], "needs"),
        ([{"key": 7, "text": "Bo"}], "needs"),
        ([{"key": "B.1", "text": "Bo"}], "needs"),
        ([{"key": "B1", "text": "Bo"}, {"key": "B1", "text": "Bo"}], "needs"),
        (
            [
                {"key": "B1", "text": "Bo", "goals": [{"key": "M1", "text": "a"}]},
                {"key": "B2", "text": "Bo", "goals": [{"key": "M1", "text": "b"}]},
            ],
            "needs.B2.goals.M1",
        ),
    ],
)
def test_items_need_a_key_of_their_own(value: Any, where: str) -> None:
    assert set(faults(full(needs=value))) == {where}


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.floats(allow_nan=False),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["key", "text", "goals", "due", "x"]), inner, max_size=4)
        ),
        max_leaves=8,
    ),
    st.sampled_from([q.key for q in FORM.questions]),
)
@settings(max_examples=150)
def test_no_shape_of_file_breaks_the_engine(value: Any, key: str) -> None:
    answers = normalise(FORM, full(**{key: value}))
    validate(FORM, answers)
    assert normalise(FORM, answers) == answers


# --- normalise ---


def test_toml_values_become_stored_ones() -> None:
    raw = {
        "held": date(2026, 12, 1),
        "clock": time(13),
        "starts": datetime(2026, 12, 1, 13),
        "idn": "19121212-1212",
        "language": "  A\u030asa ",
        "situation": "ett\r\ntvå\n",
        "needs": [{"text": " Bo "}, {"key": "B7", "goals": [{}, {"due": date(2027, 3, 1)}]}],
        "okänd": date(2026, 1, 1),
    }
    assert normalise(FORM, raw) == {
        "held": "2026-12-01",
        "clock": "13:00",
        "starts": "2026-12-01T13:00",
        "idn": "191212121212",
        "language": "Åsa",
        "situation": "ett\ntvå",
        "needs": [
            {"key": "B8", "text": "Bo"},
            {"key": "B7", "goals": [{"key": "M1"}, {"key": "M2", "due": "2027-03-01"}]},
        ],
        "okänd": "2026-01-01",
    }


# --- items ---


def test_keys_are_never_used_twice() -> None:
    goals = question_at(FORM, ("needs", "B1", "goals"))
    items: list[dict[str, Any]] = [{"key": "M2"}, {"key": "M9"}]
    assert add_item(items, goals)["key"] == "M10"
    assert add_item(items, goals, {"M31", "B50"})["key"] == "M32"
    move_item(items, "M32", 0)
    remove_item(items, "M9")
    assert [i["key"] for i in items] == ["M32", "M2", "M10"]
    assert all_keys(FULL) == {"B1", "B2", "M1", "P1"}


def test_get_and_put() -> None:
    answers = full()
    put(answers, ("needs", "B2", "text"), "Annat")
    assert get(answers, ("needs", "B2"))["text"] == "Annat"
    assert get(answers, ("needs", "B9", "text"), "-") == "-"
    with pytest.raises(KeyError):
        put(answers, ("needs", "B9", "text"), "x")


# --- words ---


def test_answers_in_words() -> None:
    rows = {dotted(path): shown for path, _text, shown in summary(FORM, FULL)}
    assert rows["by"] == "Kommunen"
    assert rows["interpreter"] == "ja"
    assert rows["held"] == "1 december 2026"
    assert rows["clock"] == "13.00"
    assert rows["starts"] == "1 december 2026 kl. 13.00"
    assert rows["idn"] == "19121212-1212"
    assert rows["needs"] == "Behov 1, Behov 2"
    assert rows["needs.B2.goals"] == "inga"
    assert summary(FORM, {})[0][2] == "inte besvarad"
    assert display(FORM.questions[0], None) == "hoppades över"


def test_what_is_shown_obeys_nobody() -> None:
    assert printable("a\x1b[2J\u202eb\tc\nd") == "a[2Jb c d"
    assert "\x1b" not in display(Q("t", "T"), "\x1b]0;x\x07")


# --- replies ---


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        (Kind.TEXT, "  Anna \t Berg\n", "Anna Berg"),
        (Kind.TEXT, "sam\u00adordna\u200bd", "samordnad"),
        (Kind.LONG, "ett\r\n\r\ntvå\n", "ett\n\ntvå"),
        (Kind.DATE, "fredag", "2026-10-02"),
        (Kind.DATETIME, "1/12 kl 13", "2025-12-01T13:00"),
        (Kind.TIME, "kl 9", "09:00"),
        (Kind.NUMBER, "1 000", 1000),
        (Kind.YESNO, "J", True),
        (Kind.YESNO, "nej", False),
        (Kind.IDNUMBER, "121212-1212", "201212121212"),
        (Kind.TEXT, "   ", None),
    ],
)
def test_a_reply_is_read(kind: Kind, typed: str, value: Any) -> None:
    assert read_reply(Q("q", "Fråga?", kind, prefer=Prefer.PAST), typed, date(2026, 10, 7)) == value


@pytest.mark.parametrize(
    ("kind", "typed"),
    [(Kind.TEXT, "a\x1bb"), (Kind.TEXT, "x" * 201), (Kind.NUMBER, "tre"), (Kind.YESNO, "kanske")],
)
def test_a_reply_that_does_not_hold(kind: Kind, typed: str) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        read_reply(Q("q", "Fråga?", kind), typed, date(2026, 10, 7))


# --- skeleton ---

_CATEGORIES = ["L", "M", "N", "P", "S", "Zs"]
LINE = st.text(st.characters(categories=_CATEGORIES) | st.sampled_from("\"'\\#[]="), max_size=20)
LINES = st.lists(LINE, max_size=4).map("\n".join) | st.sampled_from(['"""', 'a"', '\\"""\n""""', "a\n\\"])


def _maybe(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=fields)


GOALS = st.lists(_maybe(text=LINE, due=st.dates().map(str)), max_size=3)
ANSWERS = _maybe(
    by=st.sampled_from(["kommun", "region"]),
    interpreter=st.booleans(),
    language=LINE,
    held=st.dates().map(date.isoformat),
    clock=st.times().map(lambda t: t.isoformat("minutes")),
    starts=st.datetimes().map(lambda t: t.isoformat("T", "minutes")),
    minutes=st.integers(-(10**14), 10**14),
    areas=st.lists(st.sampled_from(["home", "work"]), unique=True),
    situation=LINES,
    needs=st.lists(_maybe(text=LINE, goals=GOALS), max_size=3),
    attendance=st.lists(_maybe(came=st.booleans()), max_size=2),
)


@given(ANSWERS)
@example({"situation": "ett\n\n\n\ntvå"})
@example({"situation": 'sade "hej"'})
@example({"situation": 'rad\n"""'})
@settings(max_examples=200)
def test_the_answers_file_reads_back(raw: dict[str, Any]) -> None:
    answers = normalise(FORM, raw)
    assert normalise(FORM, tomllib.loads(skeleton(FORM, answers))) == answers


def test_the_answers_file_explains_itself() -> None:
    text = skeleton(FORM, {"needs": [{"key": "B1", "text": 'Säger "hej"'}]})
    assert '# Vem? (krävs)\n#   kommun = Kommunen\n#   region = Regionen\n# by = "kommun"\n' in text
    assert "# Vilket språk? (krävs, frågas inte med nuvarande svar)\n" in text
    assert '[[needs]]\nkey = "B1"\n' in text
    assert "# [[needs.goals]]\n" in text
    assert tomllib.loads(skeleton(FORM, {})) == {}


def test_a_filled_in_template_item_is_read() -> None:
    lines = skeleton(FORM, {"needs": [{"key": "B1"}]}).split("\n")
    start = lines.index("# [[needs.goals]]")
    lines[start] = "[[needs.goals]]"
    lines[lines.index('# text = ""', start)] = 'text = "Lya"'
    answers = normalise(FORM, tomllib.loads("\n".join(lines)))
    assert answers["needs"] == [{"key": "B1", "goals": [{"key": "M1", "text": "Lya"}]}]
