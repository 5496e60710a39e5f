"""``init`` makes all of it or nothing, touches nothing outside its own folder, and its keys can be changed."""

import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import keyring
import pytest
from key_stores import InMemory
from testworld import ROOT, SETTINGS, Made, Outcome

from sipctl.errors import Damaged, NoKeySource, NoStore, SipctlError, UsageFault, WrongKey
from sipctl.paths import Home, home
from sipctl.settings import load_settings
from sipctl.store import keys, migrate, trail
from sipctl.store.connection import open_store
from sipctl.tasks import keyslots
from sipctl.tasks.desk import current_day, open_desk
from sipctl.tasks.doctor import examine
from sipctl.tasks.setup import KeyWish, recovery_page, set_up

PHRASE = "fyra påhittade ord här"
Run = Callable[..., Outcome]


# --- nothing outside the test's own folders ---


def test_every_folder_lies_in_the_tests_own_world(tmp_path_factory: pytest.TempPathFactory) -> None:
    own = tmp_path_factory.getbasetemp()
    assert home().root.is_relative_to(own)
    assert Path.home().is_relative_to(own)
    del os.environ["SIPCTL_HOME"]
    assert home().root.is_relative_to(own), "without SIPCTL_HOME the real user's folder would be used"
    assert "null" in type(keyring.get_keyring()).__module__
    assert [name for name in os.environ if name.startswith("SIPCTL_") and name != "SIPCTL_NO_SKIP"] == []


def test_a_command_writes_nothing_outside_its_home(made: Made, run: Run, tmp_path: Path) -> None:
    examples = ROOT / "examples" / "adult.toml"
    for arguments in (["case", "new", "--answers", examples], ["case", "list"], ["doctor"]):
        assert run(*arguments).code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["hem"], "something was written to the current folder"
    written = [path for path in Path(os.environ["HOME"]).parent.rglob("*") if path.is_file()]
    assert written == []


# --- all ---


def test_a_new_store_is_complete_and_private(tmp_path: Path) -> None:
    place = Home(tmp_path / "ny" / "hem")
    code = set_up(place, SETTINGS, KeyWish(key_file=place.root / "nyckel.txt"))
    assert load_settings(place) == SETTINGS
    assert [slot["kind"] for slot in keys.read_keyring(place).slots] == ["keyfile", "recovery"]
    os.environ |= {"SIPCTL_HOME": str(place.root), "SIPCTL_KEY_FILE": str(place.root / "nyckel.txt")}
    with open_desk() as desk:
        assert desk.store.meta("store_id") == keys.read_keyring(place).store_id
        assert [entry.action for entry in trail.entries(desk.store.connection)] == ["init"]
        assert desk.store.rows("PRAGMA user_version") == [(migrate.newest(),)]
    assert code in recovery_page(code, place, SETTINGS.unit)
    assert all(check.ok for check in examine())
    if sys.platform != "win32":
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (place.root, *place.root.iterdir())}
        assert {name for name, mode in modes.items() if mode & 0o077} == set()


def test_every_store_has_a_key_and_a_code_of_its_own(made: Made, tmp_path: Path) -> None:
    place = Home(tmp_path / "annat")
    code = set_up(place, SETTINGS, KeyWish(key_file=place.root / "nyckel.txt"))
    assert code != made.recovery
    assert keys.read_key_file(place.root / "nyckel.txt") != made.key
    with pytest.raises(SipctlError, match="hör inte till"):
        open_store(place)  # SIPCTL_KEY_FILE points to the other store's key


def test_a_passphrase_that_is_required_is_the_only_way_in(tmp_path: Path) -> None:
    place = Home(tmp_path / "hem")
    set_up(place, SETTINGS, KeyWish(passphrase=PHRASE, require_passphrase=True))
    with pytest.raises(NoKeySource):
        open_store(place)
    open_store(place, lambda: PHRASE).close()
    os.environ["SIPCTL_HOME"] = str(place.root)
    with pytest.raises(NoKeySource, match="lösenfras"):
        keyslots.add("keyfile", tmp_path / "nyckel.txt", "", lambda: PHRASE)
    assert not (tmp_path / "nyckel.txt").exists()


def test_the_page_with_the_recovery_code_opens_the_store_as_it_is(tmp_path: Path) -> None:
    place = Home(tmp_path / "hem")
    page = recovery_page(set_up(place, SETTINGS, KeyWish(passphrase=PHRASE)), place, SETTINGS.unit)
    (tmp_path / "sida.txt").write_text(page, "utf-8")
    os.environ["SIPCTL_PASSPHRASE_FILE"] = str(tmp_path / "sida.txt")
    open_store(place).close()


def test_the_systems_key_store_needs_no_question(tmp_path: Path, system: InMemory) -> None:
    place = Home(tmp_path / "hem")
    set_up(place, SETTINGS, KeyWish(system=True))
    open_store(place).close()
    assert len(system.kept) == 1


# --- or nothing ---


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_second_init_is_refused_and_changes_nothing(made: Made) -> None:
    before = files(made.root)
    with pytest.raises(UsageFault, match="finns redan"):
        set_up(made.home, SETTINGS, KeyWish(key_file=made.root / "annan.txt"))
    assert files(made.root) == before


def test_slots_without_their_store_are_not_written_over(made: Made) -> None:
    """The store may be on its way back from a copy: without its slots it could never be opened."""
    made.home.store.unlink()
    before = files(made.root)
    with pytest.raises(UsageFault):
        set_up(made.home, SETTINGS, KeyWish(key_file=made.root / "annan.txt"))
    assert files(made.root) == before


WISHES = {
    "no key": (KeyWish(), "Välj hur"),
    "short passphrase": (KeyWish(passphrase="kort"), "kort"),
    "no key store": (KeyWish(system=True), "nyckelförråd"),
    "authority's key is none": (KeyWish(authority="00"), "Myndighetens"),
}


@pytest.mark.parametrize("name", WISHES)
def test_an_init_that_fails_leaves_nothing_behind(tmp_path: Path, name: str) -> None:
    wish, sentence = WISHES[name]
    place = Home(tmp_path / "hem")
    with pytest.raises(SipctlError, match=sentence):
        set_up(place, SETTINGS, wish)
    assert files(tmp_path) == {}
    set_up(place, SETTINGS, KeyWish(key_file=tmp_path / "nyckel.txt"))


def test_an_init_that_fails_late_takes_its_keys_back(
    tmp_path: Path, system: InMemory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The key file and the system's key store were written to before the store could not be made."""
    place = Home(tmp_path / "hem")
    wish = KeyWish(system=True, key_file=tmp_path / "nyckel.txt")

    def stop(*_arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(trail, "record", stop)
    with pytest.raises(KeyboardInterrupt):
        set_up(place, SETTINGS, wish)
    assert files(tmp_path) == {}
    assert system.kept == {}


def test_an_init_that_fails_spares_what_was_there_before(tmp_path: Path) -> None:
    place = Home(tmp_path / "hem")
    place.root.mkdir()
    place.settings.write_text('unit = "Skriven för hand"\n', "utf-8")
    (tmp_path / "nyckel.txt").write_text("något annat")
    before = files(tmp_path)
    with pytest.raises(SipctlError, match="finns redan"):
        set_up(place, SETTINGS, KeyWish(key_file=tmp_path / "nyckel.txt"))
    assert files(tmp_path) == before


KILLED = """
import os, signal, sys
from pathlib import Path
from sipctl.paths import Home
from sipctl.settings import Settings
from sipctl.tasks import setup

def die(*_arguments, **_named):
    os.kill(os.getpid(), signal.SIGKILL)

setattr(setup if sys.argv[2] != "start" else setup.trail, sys.argv[2], die)
root = Path(sys.argv[1])
setup.set_up(Home(root), Settings(unit="Enheten", coordinator="Test Testsson"), setup.KeyWish(passphrase="x" * 12))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
@pytest.mark.parametrize("where", ["connect", "start", "save_settings"])
def test_an_init_that_was_killed_can_be_done_again(tmp_path: Path, where: str) -> None:
    """Killed with the slots written: before the store, with an empty one, and before the settings."""
    place = Home(tmp_path / "hem")
    killed = subprocess.run([sys.executable, "-c", KILLED, str(place.root), where])
    assert killed.returncode == -9
    assert place.keys.exists()
    os.environ["SIPCTL_HOME"] = str(place.root)
    with pytest.raises(NoStore), open_desk():
        pass
    set_up(place, SETTINGS, KeyWish(key_file=tmp_path / "nyckel.txt"))
    os.environ["SIPCTL_KEY_FILE"] = str(tmp_path / "nyckel.txt")
    with open_desk() as desk:
        assert [entry.action for entry in trail.entries(desk.store.connection)] == ["init"]
    assert [slot["kind"] for slot in keys.read_keyring(place).slots] == ["keyfile", "recovery"]


# --- settings and the day ---


def test_settings_come_back_as_written_whatever_they_hold(made: Made) -> None:
    from sipctl.settings import save_settings

    odd = SETTINGS._replace(unit='Enheten "Å" \\ \t\u2028 = [x]', decision="KS 2026/17", journal="åäö\nrad två")
    save_settings(made.home, odd)
    assert load_settings(made.home) == odd
    assert not load_settings(made.home).demo


def test_a_store_that_has_lost_its_settings_is_not_called_missing(made: Made) -> None:
    made.home.settings.unlink()
    with pytest.raises(SipctlError, match=r"settings\.toml saknas") as told, open_desk():
        pass
    assert "init" not in str(told.value.remedy)


def test_settings_that_cannot_be_read_are_named(made: Made) -> None:
    for content in (b"unit = ", b"\xff\xfe", b"unit = 'a'\nunit = 'b'"):
        made.home.settings.write_bytes(content)
        with pytest.raises(SipctlError, match="Inställningarna"):
            load_settings(made.home)


def test_only_a_demo_store_may_have_its_day_fixed(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:

    monkeypatch.setenv("SIPCTL_TODAY", "2026-12-24")
    assert current_day(SETTINGS).isoformat() == "2026-12-24"
    with pytest.raises(UsageFault):
        current_day(SETTINGS._replace(decision="KS 2026/17"))
    monkeypatch.setenv("SIPCTL_TODAY", "24 december")
    with pytest.raises(UsageFault):
        current_day(SETTINGS)


# --- keys of a store that exists ---


def test_a_key_is_added_and_used_and_taken_away(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    other = made.root / "annan.txt"
    keyslots.add("keyfile", other, "", None)
    monkeypatch.setenv("SIPCTL_KEY_FILE", str(other))
    open_store(made.home).close()
    keyslots.add("passphrase", None, PHRASE, None)
    keyslots.remove("keyfile", None)
    assert [slot["kind"] for slot in keys.read_keyring(made.home).slots] == ["recovery", "passphrase"]


def test_whoever_types_the_passphrase_is_asked_once(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SIPCTL_KEY_FILE")
    asked = []

    def ask() -> str:
        asked.append(1)
        return made.recovery

    keyslots.add("keyfile", made.root / "annan.txt", "", ask)
    assert len(asked) == 1


def test_a_slip_in_the_passphrase_may_be_made_twice(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SIPCTL_KEY_FILE")
    replies = iter(["fel", "fel igen", made.recovery, "aldrig"])
    open_store(made.home, lambda: next(replies)).close()
    replies = iter(["fel", "fel igen", "fel en tredje", made.recovery])
    with pytest.raises(WrongKey):
        open_store(made.home, lambda: next(replies))
    assert next(replies) == made.recovery


def test_a_new_recovery_code_can_be_written_to_a_file(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    code = keyslots.add("recovery", made.root / "kod.txt", "", None)
    assert (made.root / "kod.txt").read_text() == code + "\n"
    monkeypatch.delenv("SIPCTL_KEY_FILE")
    open_store(made.home, lambda: code).close()


@pytest.mark.parametrize("kind", ["keyfile", "authority", "keyring", "något annat"])
def test_a_key_that_cannot_be_added_changes_nothing(made: Made, kind: str) -> None:
    before = made.home.keys.read_bytes()
    with pytest.raises(UsageFault):
        keyslots.add(kind, None, "", None)
    assert made.home.keys.read_bytes() == before


def test_a_log_that_cannot_be_written_lets_no_key_be_added(made: Made) -> None:
    with made.store() as store:
        store.connection.execute("DELETE FROM meta WHERE key = 'trail_key'")
    before = made.home.keys.read_bytes()
    with pytest.raises(Damaged):
        keyslots.add("recovery", None, "", None)
    assert made.home.keys.read_bytes() == before


# --- from the command line ---


def test_init_from_flags_alone(run: Run, tmp_path: Path) -> None:
    arguments = ["init", "--unit", "Vuxenenheten", "--kommun", "Nyköping", "--coordinator", "Test Testsson",
                 "--key-file", "nyckel.txt", "--recovery-file", "kod.txt", "--no-input"]  # fmt: skip
    done = run(*arguments)
    assert done.code == 0, done.err
    settings = load_settings(home())
    assert (settings.body, settings.huvudman, settings.pack) == ("0480", "kommun", "standard")
    assert keys.is_recovery_code((tmp_path / "kod.txt").read_text("utf-8").split()[3])
    assert run("case", "list", SIPCTL_KEY_FILE=str(tmp_path / "nyckel.txt")).code == 0
    assert run(*arguments).code == 2


def test_init_without_a_place_for_the_recovery_code_makes_nothing(run: Run, tmp_path: Path) -> None:
    done = run("init", "--unit", "Vuxenenheten", "--coordinator", "Test Testsson", "--key-file", "nyckel.txt",
               "--no-input")  # fmt: skip
    assert done.code == 2
    assert "--recovery-file" in done.err
    assert files(tmp_path) == {}


def test_a_demo_does_not_become_a_store_for_real_data(tmp_path: Path) -> None:

    from sipctl.settings import save_settings

    place = Home(tmp_path / "demo")
    set_up(place, SETTINGS, KeyWish(open_demo=True))
    os.environ["SIPCTL_HOME"] = str(place.root)
    with open_desk() as desk:
        assert desk.settings.demo
    save_settings(place, SETTINGS._replace(decision="DNR 1"))
    with pytest.raises(SipctlError, match="demo"), open_desk():
        pass


def test_a_recovery_page_that_cannot_be_written_is_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from sipctl.commands.setup_dialogue import hand_over

    (tmp_path / "i-vagen").write_text("")
    with pytest.raises(SipctlError):
        hand_over("sidan med koden", tmp_path / "i-vagen" / "kod.txt", None, SETTINGS)
    assert "sidan med koden" in capsys.readouterr().err


@pytest.mark.parametrize(
    "text",
    [
        '# Vår enhet\nunit = "Enheten"\n',
        "unit = 'Enheten'\n",
        'unit="Enheten"\nextra = 3\n',
        'unit = """\nEnheten"""\n',
        "[table]\nx = 1\n[unit]\n",
    ],
)
def test_settings_edited_by_hand_are_read_as_toml(made: Made, text: str) -> None:
    import tomllib

    made.home.settings.write_text(text, "utf-8")
    assert load_settings(made.home).unit == str(tomllib.loads(text)["unit"])


@pytest.mark.parametrize("text", ['unit = "a"\nunit = "b"\n', 'unit = "a\n', "unit = \n", 'unit = "\\u00"\n'])
def test_settings_that_are_no_toml_are_refused_however_they_look(made: Made, text: str) -> None:
    made.home.settings.write_text(text, "utf-8")
    with pytest.raises(SipctlError, match="går inte att läsa"):
        load_settings(made.home)
