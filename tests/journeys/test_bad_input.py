"""Bad input: one clear sentence, the right exit code, nothing changed, and nobody named in what is said."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import walkthrough
from casework import contents, drafts, papers
from terminal import CTRL_C, EXAMPLES, Terminal
from testworld import Made

pytestmark = pytest.mark.slow
needs_terminal = pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")

REF = "2026-0001"
PERSONAL = ("Testsson", "Påhittsson", "8001052383", "0105-2383", "Provgatan")
NEW = {"id_number": "198001052383", "name": "Test Testsson", "protection": "none", "route": "opencare"}
MEETING_DAY = "2026-03-31"


@pytest.fixture(scope="session")
def replied_once(made_once: Made, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A store with the adult's case in it, when the letters are out and answered and the meeting is next."""
    made = Made(tmp_path_factory.mktemp("replied") / "hem", made_once.recovery)
    shutil.copytree(made_once.root, made.root)
    with made.desk() as desk:
        walkthrough.walked(desk, "narrow")
    return made


@pytest.fixture
def hem(replied_once: Made, made: Made, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of that store, as the one in use."""
    shutil.rmtree(made.root)
    shutil.copytree(replied_once.root, made.root)
    return made.root


@pytest.fixture
def refused(run: Callable[..., Any]) -> Callable[..., str]:
    """Run a command that must be refused: checks the code, that nothing changed, and what is said of whom."""

    def check(code: int, *arguments: str | Path, home: Path | None = None, **more: Any) -> str:
        before = (contents(home), drafts(home)) if home else None
        outcome = run(*arguments, **more)
        assert outcome.code == code, f"exit {outcome.code}: {outcome.err}"
        if home:
            assert (contents(home), drafts(home)) == before, "something was changed"
        said = outcome.err.strip()
        assert said, "no sentence"
        assert "Traceback" not in said
        assert "Något gick fel i sipctl" not in said
        assert not [personal for personal in PERSONAL if personal in said]
        assert outcome.out.strip() == ""
        return str(said)

    return check


def answers(folder: Path, given: dict[str, Any], name: str = "svar.json") -> Path:
    path = folder / name
    path.write_text(json.dumps(given), "utf-8")
    return path


def meeting() -> dict[str, Any]:
    return walkthrough.answers_of("meeting")


# --- numbers ---


@pytest.mark.parametrize(
    "number",
    ["198001052384", "198002302383", "19800105238", "200013012383"],
    ids=["check digit", "30 February", "too short", "month 13"],
)
def test_a_number_that_cannot_be_right(number: str, refused: Any, made: Made, tmp_path: Path) -> None:
    file = answers(tmp_path, NEW | {"id_number": number})
    said = refused(2, "case", "new", "--answers", file, home=made.root)
    assert "id_number" in said
    assert "person- eller samordningsnummer" in said
    assert number not in said


def test_a_real_number_has_no_place_among_invented_ones(refused: Any, made: Made, tmp_path: Path) -> None:
    # A right number that is not among the tax agency's: built here, since none may be written down.
    from sipctl.places import is_test_number
    from sipctl.process.identity import is_number

    tried = (f"19800105{last:04}" for last in range(10_000))
    other = next(number for number in tried if is_number(number) and not is_test_number(number))
    said = refused(2, "case", "new", "--answers", answers(tmp_path, NEW | {"id_number": other}), home=made.root)
    assert "Skatteverkets testnummer" in said
    assert other not in said


@pytest.mark.parametrize("written", ["198001052383", "19800105-2383", "800105-2383"])
def test_a_number_on_the_command_line_is_refused_before_anything_else(written: str, refused: Any, made: Made) -> None:
    said = refused(2, "case", "show", written, home=made.root)
    assert "Skriv aldrig ett personnummer på kommandoraden" in said
    assert written not in said


# --- days ---


def test_nobody_is_called_to_a_meeting_that_has_been(refused: Any, hem: Path, tmp_path: Path) -> None:
    change = {"change": "rebook", "starts_at": "2026-03-17T13:00", "form": "phone", "reply_by": "2026-03-18",
              "sent_on": "2026-03-18"}  # fmt: skip
    file = answers(tmp_path, change)
    said = refused(2, "invite", REF, "--answers", file, home=hem, SIPCTL_TODAY="2026-03-18")
    assert "starts_at: Datumet har redan passerat" in said


def test_a_meeting_that_was_held_is_entered_afterwards(run: Any, hem: Path, tmp_path: Path) -> None:
    outcome = run("meeting", REF, "--answers", answers(tmp_path, meeting()), SIPCTL_TODAY="2026-05-20")
    assert outcome.code == 0, outcome.err


# --- the four contents ---


def _without_actions(given: dict[str, Any]) -> None:
    for need in given["needs"]:
        for goal in need["goals"]:
            goal["actions"] = []


def _nobody_of_the_huvudmen(given: dict[str, Any]) -> None:
    for need in given["needs"]:
        for goal in need["goals"]:
            for action in goal["actions"]:
                action["performer"] = "relative"


@pytest.mark.parametrize(
    ("spoil", "where", "what"),
    [
        (_without_actions, "needs", "vilka insatser som behövs"),
        (_nobody_of_the_huvudmen, "needs", "vilka insatser kommunen eller regionen svarar för"),
        (lambda given: given.pop("others_none"), "others_none", "eller att ingen annan gör något"),
        (lambda given: given.pop("responsible_huvudman"), "responsible_huvudman", "det övergripande ansvaret"),
    ],
    ids=["insatser", "huvudmän", "others", "responsible"],
)
def test_no_plan_without_the_four_contents(
    spoil: Callable[[dict[str, Any]], Any], where: str, what: str, refused: Any, run: Any, hem: Path, tmp_path: Path
) -> None:
    given = meeting()
    spoil(given)
    file = answers(tmp_path, given)
    said = refused(5, "meeting", REF, "--answers", file, home=hem, SIPCTL_TODAY=MEETING_DAY)
    assert "lagen kräver fyra delar" in said
    assert f"  {where}: " in said
    assert what in said
    # The same answers are kept as a draft of the plan when nobody claims that it is established.
    file = answers(tmp_path, given | {"establish": False})
    assert run("meeting", REF, "--answers", file, SIPCTL_TODAY=MEETING_DAY).code == 0


@needs_terminal
def test_in_the_dialogue_a_missing_content_leads_back_to_the_answers(hem: Path) -> None:
    t = Terminal("--plain", "meeting", REF, SIPCTL_TODAY=MEETING_DAY)
    t.accepts("Blev mötet av?")
    t.accepts("När hölls mötet?")
    for _participant in range(4):
        t.picks("Kom deltagaren?", "kom")
    # The draft from the planning is gone through once more, to be completed.
    t.picks("Vilken enhet eller person?", "Boendestödet Solberga")
    t.types("När ska det vara klart?")
    for group in ("Insatser - Boendestöd", "Mål - Jag vill", "Behov - Stöd att klara vardagen hemma"):
        t.picks(group, "Klar")
    t.types("Planen har inga insatser som någon annan")
    t.picks("Vilken huvudman har det övergripande ansvaret?", "regionen")
    t.types("Huvudansvarig person")
    t.types("När följs planen upp?")
    t.accepts("Vem kallar till uppföljningen?")
    t.accepts("Är planen klar att upprätta?")
    t.is_content()
    t.sees("lagen kräver fyra delar, och det saknas 1", "”Planen har inga insatser", "Dina svar är sparade")
    t.picks("Stämmer det här?", "Ändra ett svar")
    t.picks("Vilket svar vill du ändra?", "Planen har inga insatser")
    t.types("Planen har inga insatser", "j")
    t.picks("Stämmer det här?", "Klart")
    t.sees("Klart: SIP-möte")
    t.ends()


# --- consent, cases, keys, folders ---


def test_a_document_beyond_consent_is_not_made(refused: Any, run: Any, hem: Path, tmp_path: Path) -> None:
    file = answers(tmp_path, {"what": "withdraw", "withdrawn_kinds": ["sip"], "withdrawn_on": "2026-03-19",
                              "withdrawn_by": "den enskilde"})  # fmt: skip
    assert run("consent", REF, "--answers", file, SIPCTL_TODAY="2026-03-19").code == 0
    said = refused(5, "document", REF, "call", "--to", "D1", "--yes", home=hem, SIPCTL_TODAY="2026-03-19")
    assert "Samtycket till SIP är tillbakataget" in said
    assert papers(hem) == {}


@pytest.mark.parametrize(
    "arguments",
    [("case", "show", "2026-0099"), ("plan", "2026-0099", "--print-answers"), ("document", "2026-0099", "plan")],
    ids=lambda arguments: arguments[0],
)
def test_an_unknown_case(arguments: tuple[str, ...], refused: Any, made: Made) -> None:
    assert "Det finns inget ärende 2026-0099." in refused(4, *arguments, home=made.root)


def test_a_recipient_who_is_not_there(refused: Any, hem: Path) -> None:
    said = refused(4, "document", REF, "plan", "--to", "D9", home=hem, SIPCTL_TODAY=MEETING_DAY)
    assert "D9" in said


def test_a_folder_that_takes_no_files(refused: Any, hem: Path) -> None:
    """A file stands where the case's folder should be: the same to us as a write-protected one, also for root."""
    shutil.rmtree(hem / "dokument", ignore_errors=True)
    (hem / "dokument").write_text("")
    said = refused(1, "document", REF, "agenda", home=hem, SIPCTL_TODAY=MEETING_DAY)
    assert "Det går inte att skriva i mappen" in said


@pytest.mark.skipif(os.name == "nt", reason="permissions are another matter on Windows")
def test_a_key_file_that_everybody_can_read(refused: Any, made: Made) -> None:
    made.key_file.chmod(0o644)
    assert "Nyckelfilen kan läsas av andra" in refused(13, "case", "list")


def test_no_store_no_case(refused: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIPCTL_HOME", str(tmp_path / "tom"))
    assert "sipctl init" in refused(10, "case", "list")


def test_without_a_terminal_the_way_by_file_is_named(refused: Any, made: Made) -> None:
    assert "--answers" in refused(2, "case", "new", home=made.root)


# --- texts that nobody should get to write ---

EVIL = {
    "escape sequence": "Test\x1b[31m Testsson",
    "bell": "Test\x07 Testsson",
    "right to left": "Test \u202eTestsson",
    "null": "Test\x00Testsson",
    "ten thousand letters": "A" * 10_000,
}
ODD = {"markup": "Test [/] [bold]Testsson", "emoji": "Test 🙂 Testsson", "quotes": 'Test "Testsson" {{ 7*7 }}'}


@pytest.mark.parametrize("name", EVIL.values(), ids=EVIL.keys())
def test_a_name_that_cannot_be_kept(name: str, refused: Any, made: Made, tmp_path: Path) -> None:
    said = refused(2, "case", "new", "--answers", answers(tmp_path, NEW | {"name": name}), home=made.root)
    assert "  name: ”Namn”" in said
    assert not {"\x1b", "\x07", "\u202e", "\x00"} & set(said)
    assert len(said) < 500


@pytest.mark.parametrize("name", ODD.values(), ids=ODD.keys())
def test_an_odd_name_is_a_name(name: str, run: Any, made: Made, tmp_path: Path) -> None:
    assert run("case", "new", "--answers", answers(tmp_path, NEW | {"name": name})).code == 0
    assert name in run("case", "list", "--names").out
    shown = json.loads(run("case", "show", REF, "--names", "--json").out)
    assert shown["data"]["name"] == name


@needs_terminal
@pytest.mark.parametrize("way", [[], ["--plain"]])
def test_odd_names_in_the_terminal(way: list[str], made: Made) -> None:
    t = Terminal(*way, "case", "new")
    t.types("Personnummer", "19800105-2384")
    t.sees("Numret stämmer inte")
    t.types("", "19800105-2383")
    t.types("Namn", "A" * 1000)
    t.sees("är för lång: högst 200 tecken")
    t.types("", "Test \u202eTestsson")
    t.sees("osynliga tecken")
    t.types("", "Test [/] 🙂 Testsson")
    t.picks("skyddade personuppgifter?", "inga")
    t.sees("Hur börjar ärendet?", ">")
    t.press(CTRL_C)
    t.ends(130)
    assert drafts(made.root)["new"]["name"] == "Test [/] 🙂 Testsson"
    assert "\u202e" not in t.since("Har personen")


# --- how it looks ---


@needs_terminal
def test_a_narrow_window_holds_every_line(hem: Path) -> None:
    t = Terminal("document", REF, "call", "--to", "D9", columns=40, rows=20)
    t.ends(4)
    assert f"Det finns ingen deltagare D9 i ärende {REF}." in t.screen, "a word was cut at the edge"
    assert len(t.lines) > 1
    t = Terminal("case", "new", columns=40, rows=20)
    t.sees("Personnummer eller samordningsnummer", ">")
    t.press("?\r")
    t.sees("Hoppa över om numret är okänt")
    t.press(CTRL_C)
    t.ends(130)
    assert "Skriv ? för att se varför något frågas. Ctrl-B går tillbaka." in t.screen


@needs_terminal
def test_no_colour_means_none(made: Made) -> None:
    t = Terminal("case", "new", NO_COLOR="1")
    t.types("Personnummer", "19800105-2384")
    t.sees("Numret stämmer inte")
    t.types("", "19800105-2383")
    t.types("Namn", "Test Testsson")
    t.sees("skyddade personuppgifter?", "Välj med pilarna")
    t.press(CTRL_C)
    t.ends(130)
    assert not t.is_coloured
    coloured = Terminal("case", "new")
    coloured.sees("skyddade personuppgifter?", "Välj med pilarna")
    coloured.press(CTRL_C)
    coloured.ends(130)
    assert coloured.is_coloured, "the check above would not notice colours"


@pytest.mark.skipif(os.name == "nt", reason="a closed pipe is another matter on Windows")
@pytest.mark.parametrize("command", [("case", "list"), ("template", "fields"), ("--help",)], ids=" ".join)
def test_a_reader_that_has_had_enough(command: tuple[str, ...], hem: Path) -> None:
    """As ``sipctl case list | head -0``, with the reader gone before anything is written."""
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as gone:
        done = subprocess.run(
            [sys.executable, "-m", "sipctl", *command], stdout=gone, stderr=subprocess.PIPE, text=True, check=False
        )
    assert (done.returncode, done.stderr) == (0, "")


# --- files ---


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le-bom"])
def test_answers_as_editors_save_them(encoding: str, run: Any, made: Made, tmp_path: Path) -> None:
    text = (EXAMPLES / "adult.toml").read_text("utf-8")
    raw = b"\xff\xfe" + text.encode("utf-16-le") if encoding == "utf-16-le-bom" else text.encode(encoding)
    (tmp_path / "svar.toml").write_bytes(raw)
    outcome = run("case", "new", "--answers", tmp_path / "svar.toml")
    assert outcome.code == 0, outcome.err
    assert "Test Testsson" in run("case", "list", "--names").out


def test_an_unknown_key_is_told_with_the_one_that_was_meant(refused: Any, made: Made, tmp_path: Path) -> None:
    given = {key: value for key, value in NEW.items() if key != "route"} | {"rutte": "opencare", "route": "opencare"}
    said = refused(2, "case", "new", "--answers", answers(tmp_path, given), home=made.root)
    assert "rutte: Formuläret har ingen fråga med den nyckeln. Menade du ”route”?" in said


BROKEN = {
    "no end of text": ('[new]\nname = "Test Testsson\n', "rad 2"),
    "no value": ("[new]\nname =\n", "rad 2"),
    "twice": ('[new]\nname = "Test Testsson"\nname = "Siv Påhittsson"\n', "rad"),
    "latin": ('[new]\nname = "Påhittsson"\n'.encode("cp1252"), "inte sparad som UTF-8 (rad 2)"),
}


@pytest.mark.parametrize(("content", "where"), BROKEN.values(), ids=BROKEN.keys())
def test_broken_files(content: str | bytes, where: str, refused: Any, made: Made, tmp_path: Path) -> None:
    path = tmp_path / "svar.toml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    said = refused(2, "case", "new", "--answers", path, home=made.root)
    assert where in said


def test_every_fault_is_told_at_once(refused: Any, made: Made, tmp_path: Path) -> None:
    given = NEW | {"name": "", "route": "elsewhere", "protection": 7}
    said = refused(2, "case", "new", "--answers", answers(tmp_path, given), home=made.root)
    assert "Att rätta: 3" in said
    assert all(f"  {key}: " in said for key in ("name", "route", "protection"))


def test_a_day_ahead_has_not_happened(refused: Any, run: Any, made: Made, tmp_path: Path) -> None:
    assert run("case", "new", "--answers", answers(tmp_path, NEW)).code == 0
    assess = walkthrough.answers_of("assess") | {"on_date": "2026-03-03"}
    said = refused(2, "assess", REF, "--answers", answers(tmp_path, assess), home=made.root)
    assert "on_date: Datumet ligger i framtiden" in said
    assert date.fromisoformat("2026-03-03") > date.fromisoformat(os.environ["SIPCTL_TODAY"])
