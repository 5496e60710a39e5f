"""The dialogue's logic, with scripted replies instead of a terminal."""

from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sipctl.errors import Interrupted
from sipctl.process.form import Choice, Form, Kind, Prefer, Q
from sipctl.process.form.answers import validate
from sipctl.ui import single
from sipctl.ui.asker import BACK, Prompt, Reply, Tone, interrupted
from sipctl.ui.dialogue import Paused, run

TODAY = date(2026, 10, 7)
GOAL = (Q("text", "Mål?", required=True), Q("due", "När?", Kind.DATE, prefer=Prefer.FUTURE))
NEED = (
    Q("text", "Behov?", required=True),
    Q("goals", "Målen", Kind.GROUP, fields=GOAL, prefix="M", item_name="mål"),
)
FORM = Form(
    "demo",
    "Planera",
    1,
    (
        Q("by", "Vem?", Kind.CHOICE, (Choice("kommun", "Kommunen"), Choice("region", "Regionen")), required=True),
        Q("interpreter", "Tolk?", Kind.YESNO, required=True),
        Q("language", "Språk?", when=lambda i, t: i.get("interpreter") is True, required=True),
        Q("held", "När?", Kind.DATE, prefer=Prefer.PAST),
        Q(
            "needs",
            "Behov",
            Kind.GROUP,
            fields=NEED,
            prefix="B",
            item_name="behov",
            item_title=lambda i: i.get("text", ""),
        ),
        Q("present", "Närvaro", Kind.GROUP, fields=(Q("came", "Kom?", Kind.YESNO, required=True),), fixed=True),
        Q("crisis", "Krisplan?", Kind.YESNO, offered=True),
        Q("other", "Övrigt?", offered=True),
    ),
)
DONE: dict[str, Any] = {"by": "kommun", "interpreter": False, "held": None, "needs": []}


@dataclass
class Script:
    """Hands over the replies one by one; Ctrl-C when they run out."""

    replies: list[Reply]
    prompts: list[Prompt] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def say(self, text: str, tone: Tone = Tone.PLAIN) -> None:
        self.said.append(text)

    def ask(self, prompt: Prompt) -> Reply:
        self.prompts.append(prompt)
        if not self.replies:
            raise interrupted()
        return self.replies.pop(0)

    def secret(self, text: str) -> str:
        return str(self.ask(Prompt(text)))

    def keys(self) -> str:
        return ""

    @property
    def asked(self) -> list[str]:
        return [p.text for p in self.prompts]


def go(answers: dict[str, Any], *replies: Reply, form: Form = FORM, **kw: Any) -> tuple[Script, list[Any], Any]:
    """Run with scripted replies: the script, every saved state, and the outcome."""
    script, saved = Script(list(replies)), []
    outcome: Any
    try:
        outcome = run(form, answers, script, lambda a: saved.append(deepcopy(a)), TODAY, **kw)
    except (Interrupted, Paused) as stop:
        outcome = stop
    return script, saved, outcome


def test_straight_through_saves_after_every_reply() -> None:
    script, saved, outcome = go({}, "region", "j", "arabiska", "fredag", "done", "n", "done")
    expected = {"by": "region", "interpreter": True, "language": "arabiska", "held": "2026-10-02", "needs": []}
    assert outcome == expected == saved[-1]
    assert [len(s) for s in saved] == [1, 2, 3, 4, 5]
    assert " = fredag 2 oktober 2026" in script.said


def test_the_given_answers_are_left_alone() -> None:
    given_answers = {"by": "region"}
    go(given_answers, "j")
    assert given_answers == {"by": "region"}


def test_ctrl_c_loses_nothing_and_the_next_run_goes_on() -> None:
    _script, saved, outcome = go({}, "region", "nej")
    assert isinstance(outcome, Interrupted)
    assert "sparat" in outcome.what
    script, _saved, _outcome = go(saved[-1])
    assert script.asked == ["När?"]
    assert any("2 av 4" in s for s in script.said)


def test_back_goes_over_what_is_hidden() -> None:
    script, _saved, _outcome = go({"by": "region", "interpreter": False}, BACK, BACK, "kommun")
    assert script.asked == ["När?", "Tolk?", "Vem?", "När?"]
    assert [p.back for p in script.prompts] == [True, True, False, True]
    assert script.prompts[1].current == "nej"


def test_back_at_the_very_first_question_stays() -> None:
    script, _saved, _outcome = go({}, BACK, "kommun")
    assert script.asked == ["Vem?", "Vem?", "Tolk?"]


def test_a_reply_that_does_not_hold_is_asked_again_to_be_mended() -> None:
    script, saved, _outcome = go({"by": "kommun", "interpreter": False}, "31/9", "kanske", "")
    assert script.asked[:3] == ["När?"] * 3
    assert (script.prompts[1].again, script.prompts[1].refused) == (True, "31/9")
    assert "kalendern" in script.said[-2]
    assert saved[-1]["held"] is None


def test_a_required_question_is_not_skipped() -> None:
    script, saved, _outcome = go({}, "", "kommun")
    assert script.asked == ["Vem?", "Vem?", "Tolk?"]
    assert len(saved) == 1


def test_a_question_hidden_again_keeps_its_answer_in_the_draft() -> None:
    answers = DONE | {"interpreter": True, "language": "arabiska"}
    _script, _saved, outcome = go(answers, "n", "change", "1", "nej", "done")
    assert outcome["interpreter"] is False
    assert outcome["language"] == "arabiska"


def test_a_changed_answer_that_shows_a_new_question_leads_there() -> None:
    script, _saved, outcome = go(DONE, "n", "change", "1", "ja", "finska", "done")
    assert "Språk?" in script.asked
    assert outcome["language"] == "finska"


def test_an_answer_is_emptied_by_an_empty_reply() -> None:
    answers = DONE | {"held": "2026-10-01"}
    script, _saved, outcome = go(answers, "n", "change", "2", "", "done")
    assert script.prompts[3].current == "2026-10-01"
    assert outcome["held"] is None


# --- groups ---

START = {"by": "kommun", "interpreter": False, "held": None}


def test_nested_groups() -> None:
    replies = ["add", "Bo", "add", "Lya", "1/3", "done", "add", "Jobb", "done", "done", "n", "done"]
    script, saved, outcome = go(START, *replies)
    assert outcome["needs"] == [
        {"key": "B1", "text": "Bo", "goals": [{"key": "M1", "text": "Lya", "due": "2027-03-01"}]},
        {"key": "B2", "text": "Jobb", "goals": []},
    ]
    assert saved[0]["needs"] == [{"key": "B1"}]
    goal = next(p for p in script.prompts if p.text == "Mål?")
    assert goal.place == "4 av 4, Behov 1: Bo, Mål 1"


def test_a_resumed_item_is_finished_before_the_menu() -> None:
    draft = START | {"needs": [{"key": "B1", "text": "Bo", "goals": [{"key": "M1"}]}]}
    script, _saved, _outcome = go(draft, "Lya", "", "done", "done", "n")
    assert script.asked[:4] == ["Mål?", "När?", "Målen", "Behov"]


def test_an_item_left_before_its_first_answer_goes_away() -> None:
    script, saved, _outcome = go(START, "add", BACK, "done")
    assert script.asked[:3] == ["Behov", "Behov?", "Behov"]
    assert saved[-1]["needs"] == []


def test_back_from_a_group_goes_to_the_question_before() -> None:
    script, _saved, _outcome = go(START, BACK)
    assert script.asked == ["Behov", "När?"]


def test_a_removed_key_is_not_minted_again() -> None:
    needs = [{"key": "B1", "text": "Bo", "goals": []}, {"key": "B2", "text": "Jobb", "goals": []}]
    replies = ["n", "change", "3", "remove", "B2", "j", "add", "Vän", "done", "done", "done"]
    _script, _saved, outcome = go(START | {"needs": needs}, *replies)
    assert [n["key"] for n in outcome["needs"]] == ["B1", "B3"]


def test_keys_of_earlier_versions_are_not_minted() -> None:
    _script, saved, _outcome = go(START, "add", taken=["B4", "M9"])
    assert saved[-1]["needs"][0]["key"] == "B5"


def test_moving_and_changing_an_item() -> None:
    needs = [{"key": f"B{n}", "text": t, "goals": []} for n, t in enumerate(["Bo", "Jobb", "Vän"], 1)]
    move = ["n", "change", "3", "move", "B1", "B2", "move", "B3", "first"]
    change = ["edit", "B2", "0", "Studier", "done", "done", "done"]
    _script, _saved, outcome = go(START | {"needs": needs}, *move, *change)
    assert [n["text"] for n in outcome["needs"]] == ["Vän", "Studier", "Bo"]


def test_a_required_group_cannot_be_left_empty() -> None:
    group = Q("needs", "Behov", Kind.GROUP, fields=NEED, prefix="B", required=True)
    script, _saved, _outcome = go({}, form=Form("s", "S", 1, (group,)))
    assert [c.value for c in script.prompts[0].choices] == ["add"]


def test_a_fixed_group_is_answered_item_by_item() -> None:
    answers = DONE | {"present": [{"key": "P1"}, {"key": "P2"}]}
    script, _saved, outcome = go(answers, "j", BACK, "n", "j", "n", "done")
    assert script.asked[:4] == ["Kom?"] * 4
    assert outcome["present"] == [{"key": "P1", "came": False}, {"key": "P2", "came": True}]


# --- the end ---


def test_voluntary_questions_wait_for_the_offer() -> None:
    script, _saved, outcome = go(DONE, "j", "", BACK, "j", "hej", "done")
    assert script.asked == [
        "Vill du svara på fler frågor? (valfritt)",
        "Krisplan?",
        "Övrigt?",
        "Krisplan?",
        "Övrigt?",
        "Stämmer det här?",
    ]
    assert (outcome["crisis"], outcome["other"]) == (True, "hej")


def test_the_offer_can_be_taken_up_later() -> None:
    script, _saved, outcome = go(DONE, "n", "more", BACK, "done")
    assert script.asked[-2:] == ["Krisplan?", "Stämmer det här?"]
    assert outcome == DONE


def test_stopping_with_a_draft() -> None:
    _script, saved, outcome = go(DONE, "n", "pause")
    assert isinstance(outcome, Paused)
    assert outcome.answers == DONE == saved[-1]


def test_what_does_not_hold_at_the_end_is_mended_there() -> None:
    end = Q("end", "Slut?", Kind.DATE, check=lambda v, i: "Slutet är före början." if v < i["start"] else None)
    form = Form("s", "S", 1, (Q("start", "Start?", Kind.DATE), end))
    answers = {"start": "2026-12-01", "end": "2026-11-01"}
    script, _saved, outcome = go(answers, "done", "2026-12-31", "done", form=form)
    assert any("Slutet är före början." in s for s in script.said)
    assert outcome["end"] == "2026-12-31"


def test_a_proposal_is_where_the_reply_starts() -> None:
    q = Q("place", "Var?", default=lambda i, t: "Vårdcentralen")
    script, saved, _outcome = go({}, form=Form("s", "S", 1, (q,)))
    assert script.prompts[0].current == "Vårdcentralen"
    assert saved == []


WORDS = ["j", "n", "add", "done", "edit", "remove", "move", "change", "more", "first", "kommun"]
WORDS += ["Bo", "1/3", "0", "1", "3", "4", "B1", "B2", "M1"]
REPLIES = st.sampled_from([BACK, "", *WORDS])


class Lenient(Script):
    """Passes over replies that this question's list does not have."""

    def ask(self, prompt: Prompt) -> Reply:
        allowed = {c.value for c in prompt.choices}
        while (reply := super().ask(prompt)) is not BACK and allowed and reply not in allowed:
            pass
        return reply if reply is not BACK or prompt.back else self.ask(prompt)


@given(st.lists(REPLIES, max_size=60))
@settings(max_examples=150, deadline=None)
def test_whatever_is_replied_the_draft_holds(replies: list[Reply]) -> None:
    saved: list[Any] = [{}]
    try:
        outcome = run(FORM, {}, Lenient(list(replies)), lambda a: saved.append(deepcopy(a)), TODAY)
        assert validate(FORM, outcome) == []
        assert outcome == saved[-1]
    except (Interrupted, Paused):
        assert validate(FORM, saved[-1], complete=False) == []


# --- single questions ---


def test_a_passphrase_is_asked_for_twice() -> None:
    script = Script(["kort", "lång nog", "lång nagg", "lång nog", "lång nog"])
    too_short = single.ask_secret(
        script, "Lösenfras", repeat="En gång till", check=lambda s: None if len(s) > 5 else "För kort."
    )
    assert too_short == "lång nog"
    assert script.said == ["För kort.", "De två var inte lika. Försök igen."]


def test_yes_or_no_and_the_reference() -> None:
    assert single.ask_yes_no(Script(["kanske", "JA"]), "Säkert?") is True
    assert single.ask_confirm_reference(Script(["2026-0008", "2026-0007 "]), "2026-0007") is True
    assert single.ask_confirm_reference(Script([""]), "2026-0007") is False
    assert single.ask_choice(Script(["", "a"]), "Vilken?", [Choice("a", "A")]) == "a"
    assert single.ask_text(Script(["", " Anna  Berg "]), "Namn?") == "Anna Berg"


@pytest.mark.parametrize("reply", ["a\x1b[2Jb", "x" * 201])
def test_a_text_that_cannot_be_kept_is_asked_again(reply: str) -> None:
    assert single.ask_text(Script([reply, "Anna"]), "Namn?") == "Anna"
