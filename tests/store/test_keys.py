"""Every way to the data key, their order, and what is said when the way is barred."""

import json
import os
import stat
from pathlib import Path
from typing import Any

import pytest
from key_stores import InMemory
from nacl.public import PrivateKey, SealedBox
from testworld import Made

from sipctl.errors import Damaged, NoKeySource, NoStore, SipctlError, UsageFault, WrongKey
from sipctl.paths import Home
from sipctl.store import keys
from sipctl.store.connection import open_store

PHRASE = "fyra påhittade ord här"
AUTHORITY = PrivateKey.generate()
posix = pytest.mark.skipif(os.name == "nt", reason="file modes are POSIX")


@pytest.fixture(scope="session")
def slots_once(made_once: Made) -> list[keys.Slot]:
    """Slots of the shared store's key for passphrase and authority: deriving takes its time, once."""
    ring, key = keys.read_keyring(Home(made_once.root)), keys.read_key_file(made_once.key_file)
    keys.add_passphrase(ring, key, PHRASE)
    keys.add_authority(ring, key, bytes(AUTHORITY.public_key).hex())
    return ring.slots


@pytest.fixture
def ring(home: Home, slots_once: list[keys.Slot], monkeypatch: pytest.MonkeyPatch) -> keys.KeyRing:
    """The test's own store with every kind of slot but the system's, and no source to open it with."""
    monkeypatch.delenv("SIPCTL_KEY_FILE")
    found = keys.read_keyring(home)
    found.slots = [dict(slot) for slot in slots_once]
    keys.write_keyring(home, found)
    return found


@pytest.fixture
def data_key(made: Made) -> bytes:
    return made.key


@pytest.fixture
def phrase_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "fras.txt"
    path.write_text(PHRASE + "\n", "utf-8")
    monkeypatch.setenv("SIPCTL_PASSPHRASE_FILE", str(path))
    return path


def never() -> str:
    raise AssertionError("nobody may be asked here")


def opens(home: Home, ask: Any = None) -> bool:
    """Does the store open, so that a row can be read?"""
    store = open_store(home, ask)
    try:
        return bool(store.meta("store_id"))
    finally:
        store.close()


# --- each source ---


def test_the_key_file_opens_the_store(made: Made, home: Home) -> None:
    assert opens(home, never)


@pytest.mark.parametrize("content", [PHRASE.encode(), b"\xef\xbb\xbf" + PHRASE.encode() + b"\r\n"])
def test_the_passphrase_file_opens_the_store_as_any_editor_saves_it(
    ring: keys.KeyRing, home: Home, phrase_file: Path, content: bytes
) -> None:
    phrase_file.write_bytes(content)
    assert opens(home, never)


def test_the_systems_key_store_opens_the_store(
    ring: keys.KeyRing, home: Home, data_key: bytes, system: InMemory
) -> None:
    assert keys.add_system(ring, data_key)
    keys.write_keyring(home, ring)
    assert system.kept == {("sipctl", ring.store_id): data_key.hex()}
    assert opens(home, never)


def test_the_passphrase_typed_opens_the_store(ring: keys.KeyRing, home: Home) -> None:
    assert opens(home, lambda: PHRASE)


@pytest.mark.parametrize("typed", [str, str.lower, lambda code: code.replace("-", " ").replace("0", "O")])
def test_the_recovery_code_opens_the_store_however_it_is_typed(
    ring: keys.KeyRing, made: Made, home: Home, typed: Any
) -> None:
    assert opens(home, lambda: typed(made.recovery))


def test_the_authority_opens_the_store_with_its_own_key(ring: keys.KeyRing, home: Home, data_key: bytes) -> None:
    slot = ring.slot("authority")
    assert slot
    assert SealedBox(AUTHORITY).decrypt(bytes.fromhex(slot["box"])) == data_key


def test_nothing_opens_with_another_authoritys_key(ring: keys.KeyRing) -> None:
    slot = ring.slot("authority")
    assert slot
    with pytest.raises(Exception, match="decrypt"):
        SealedBox(PrivateKey.generate()).decrypt(bytes.fromhex(slot["box"]))


# --- their order ---


def test_the_key_file_comes_before_all_else(
    ring: keys.KeyRing, made: Made, home: Home, phrase_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SIPCTL_KEY_FILE", str(made.key_file))
    phrase_file.write_text("en helt annan lösenfras")
    assert opens(home, never)


def test_a_wrong_key_file_is_not_passed_over_for_the_next_source(
    ring: keys.KeyRing, made: Made, home: Home, phrase_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SIPCTL_KEY_FILE", str(made.key_file))
    made.key_file.write_text("00" * 32)
    with pytest.raises(WrongKey):
        open_store(home, lambda: PHRASE)


def test_the_passphrase_file_comes_before_the_systems_key_store(
    ring: keys.KeyRing, home: Home, data_key: bytes, system: InMemory, phrase_file: Path
) -> None:
    keys.add_system(ring, data_key)
    keys.write_keyring(home, ring)
    system.kept["sipctl", ring.store_id] = "00" * 32
    assert opens(home, never)


def test_the_systems_key_store_comes_before_asking(
    ring: keys.KeyRing, home: Home, data_key: bytes, system: InMemory
) -> None:
    keys.add_system(ring, data_key)
    keys.write_keyring(home, ring)
    assert opens(home, never)


def test_an_emptied_key_store_leads_to_asking(
    ring: keys.KeyRing, home: Home, data_key: bytes, system: InMemory
) -> None:
    keys.add_system(ring, data_key)
    keys.write_keyring(home, ring)
    system.kept.clear()
    assert opens(home, lambda: PHRASE)


def test_a_key_store_that_forgets_is_not_relied_on(ring: keys.KeyRing, data_key: bytes) -> None:
    """The null backend, which the tests run with, takes what it is given and keeps nothing."""
    assert keys.add_system(ring, data_key) is False
    assert ring.slot("keyring") is None


def test_a_required_passphrase_shuts_the_other_ways(
    ring: keys.KeyRing, made: Made, home: Home, data_key: bytes, system: InMemory, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys.add_system(ring, data_key)
    ring.require_passphrase = True
    keys.write_keyring(home, ring)
    with pytest.raises(NoKeySource):
        open_store(home)
    assert opens(home, lambda: PHRASE)
    monkeypatch.setenv("SIPCTL_KEY_FILE", str(made.key_file))
    with pytest.raises(NoKeySource, match="krävs"):
        open_store(home, lambda: PHRASE)


# --- the wrong key ---


@pytest.mark.parametrize("typed", ["en helt annan lösenfras", PHRASE.upper(), PHRASE + " ", ""])
def test_a_wrong_passphrase_is_a_wrong_key(ring: keys.KeyRing, home: Home, typed: str) -> None:
    with pytest.raises(WrongKey):
        open_store(home, lambda: typed)


def test_a_slip_in_the_recovery_code_is_a_wrong_key(ring: keys.KeyRing, made: Made, home: Home) -> None:
    first = "A" if made.recovery[0] != "A" else "B"
    with pytest.raises(WrongKey):
        open_store(home, lambda: first + made.recovery[1:])


def test_the_recovery_code_of_another_store_is_a_wrong_key(ring: keys.KeyRing, home: Home) -> None:
    with pytest.raises(WrongKey):
        open_store(home, keys.new_recovery_code)


def test_the_key_of_another_store_is_a_wrong_key(
    ring: keys.KeyRing, home: Home, data_key: bytes, system: InMemory
) -> None:
    keys.add_system(ring, data_key)
    keys.write_keyring(home, ring)
    system.kept["sipctl", ring.store_id] = keys.new_keyring()[1].hex()
    with pytest.raises(WrongKey):
        open_store(home, never)


def test_a_passphrase_where_there_is_only_a_recovery_code_is_a_wrong_key(made: Made, home: Home) -> None:
    os.environ.pop("SIPCTL_KEY_FILE")
    with pytest.raises(WrongKey):
        open_store(home, lambda: PHRASE)


# --- no key ---


def test_without_any_source_it_is_said_which_there_are(ring: keys.KeyRing, home: Home) -> None:
    with pytest.raises(NoKeySource) as caught:
        open_store(home)
    assert "SIPCTL_KEY_FILE" in caught.value.remedy


def test_nobody_is_asked_when_no_answer_would_help(ring: keys.KeyRing, home: Home) -> None:
    ring.slots = [slot for slot in ring.slots if slot["kind"] in ("keyfile", "authority")]
    keys.write_keyring(home, ring)
    with pytest.raises(NoKeySource):
        open_store(home, never)


@pytest.mark.parametrize("content", [b"", b"00" * 31, b"zz" * 32, b"\xff\xfe0\x00"])
def test_a_key_file_without_a_key_is_no_source(made: Made, home: Home, content: bytes) -> None:
    made.key_file.write_bytes(content)
    with pytest.raises(NoKeySource):
        open_store(home)


def test_a_missing_key_file_is_no_source(made: Made, home: Home) -> None:
    made.key_file.unlink()
    with pytest.raises(NoKeySource):
        open_store(home, never)


@posix
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o601])
def test_a_key_file_that_others_may_touch_is_refused(made: Made, home: Home, mode: int) -> None:
    made.key_file.chmod(mode)
    with pytest.raises(NoKeySource, match="andra"):
        open_store(home)


def test_a_missing_passphrase_file_is_no_source(ring: keys.KeyRing, home: Home, phrase_file: Path) -> None:
    phrase_file.unlink()
    with pytest.raises(NoKeySource):
        open_store(home, never)


# --- the file of slots ---


def test_the_file_of_slots_holds_no_key_and_is_private(ring: keys.KeyRing, home: Home, data_key: bytes) -> None:
    content = home.keys.read_text("utf-8")
    assert data_key.hex() not in content
    assert PHRASE not in content
    assert {slot["kind"] for slot in json.loads(content)["slots"]} == {
        "keyfile", "passphrase", "recovery", "authority",
    }  # fmt: skip
    if os.name != "nt":
        assert stat.S_IMODE(home.keys.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe{\x00}\x00",
        b'{"store": "a"}',
        b'{"store": "a", "check": "b", "slots": 3}',
        b'{"store": "a", "check": "b", "slots": ["keyfile"]}',
        b'{"store": "a", "check": "b", "slots": [{"no": "kind"}]}',
        b'{"store": "a", "check": 7, "slots": []}',
        '{"store": "a", "check": "å", "slots": []}'.encode(),
    ],
)
def test_a_file_of_slots_that_cannot_be_understood_is_damaged(made: Made, home: Home, content: bytes) -> None:
    home.keys.write_bytes(content)
    with pytest.raises(Damaged):
        open_store(home, lambda: PHRASE)


@pytest.mark.parametrize(
    "damage",
    [
        {"box": None},
        {"box": "zz"},
        {"box": "00"},
        {"box": 7},
        {"salt": None},
        {"salt": "00"},
        {"salt": "zz"},
        {"ops": None},
        {"ops": "x"},
        {"mem": 0},
        {"mem": [1]},
    ],
)
def test_a_damaged_slot_is_named_damaged_not_a_wrong_passphrase(
    ring: keys.KeyRing, home: Home, damage: dict[str, Any]
) -> None:
    slot = ring.slot("passphrase")
    assert slot
    slot |= damage
    keys.write_keyring(home, ring)
    with pytest.raises(Damaged):
        open_store(home, lambda: PHRASE)


def test_a_store_without_its_slots_is_damaged(made: Made, home: Home) -> None:
    home.keys.unlink()
    with pytest.raises(Damaged, match="saknas"):
        open_store(home)


def test_an_empty_home_has_no_store(tmp_path: Path) -> None:
    with pytest.raises(NoStore):
        open_store(Home(tmp_path / "tom"))


def test_slots_without_their_store_are_no_store(made: Made, home: Home) -> None:
    home.store.unlink()
    with pytest.raises(NoStore):
        open_store(home)


# --- adding and taking away ---


def test_a_short_passphrase_is_refused(ring: keys.KeyRing, data_key: bytes) -> None:
    with pytest.raises(UsageFault):
        keys.add_passphrase(ring, data_key, "elva tecken")


def test_a_new_recovery_code_ends_the_old_one(ring: keys.KeyRing, made: Made, home: Home, data_key: bytes) -> None:
    code = keys.add_recovery(ring, data_key)
    keys.write_keyring(home, ring)
    assert opens(home, lambda: code)
    with pytest.raises(WrongKey):
        open_store(home, lambda: made.recovery)


@pytest.mark.parametrize("key", ["", "00", "zz" * 32, "å" * 64])
def test_an_authority_key_that_is_none_is_refused(ring: keys.KeyRing, data_key: bytes, key: str) -> None:
    with pytest.raises(UsageFault):
        keys.add_authority(ring, data_key, key)


def test_a_key_file_is_never_written_over(ring: keys.KeyRing, data_key: bytes, tmp_path: Path) -> None:
    path = tmp_path / "annan.txt"
    path.write_text("något annat")
    with pytest.raises(SipctlError):
        keys.add_key_file(ring, data_key, path)
    assert path.read_text() == "något annat"


def test_the_last_key_that_sipctl_can_use_stays(ring: keys.KeyRing) -> None:
    """The authority's slot opens the store at the authority, the recovery code in an emergency."""
    keys.remove_slot(ring, "passphrase")
    with pytest.raises(UsageFault, match="sista"):
        keys.remove_slot(ring, "keyfile")
    keys.remove_slot(ring, "authority")
    keys.remove_slot(ring, "recovery")
    assert [slot["kind"] for slot in ring.slots] == ["keyfile"]


def test_a_required_passphrase_cannot_be_taken_away(ring: keys.KeyRing) -> None:
    ring.require_passphrase = True
    with pytest.raises(UsageFault, match="sista"):
        keys.remove_slot(ring, "passphrase")


def test_a_key_taken_out_of_the_systems_key_store_is_gone_there(
    ring: keys.KeyRing, data_key: bytes, system: InMemory
) -> None:
    keys.add_system(ring, data_key)
    keys.remove_slot(ring, "keyring")
    assert system.kept == {}
    assert ring.slot("keyring") is None


def test_a_kind_of_key_that_is_not_there_cannot_be_removed(ring: keys.KeyRing) -> None:
    with pytest.raises(UsageFault):
        keys.remove_slot(ring, "keyring")
