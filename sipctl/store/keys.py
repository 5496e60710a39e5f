"""The data key and the slots it is kept in (``sip.key.json``).

The store is encrypted with a random 256-bit data key. A slot is one way to get at it: the
system's key store, a key file, a passphrase, the recovery code, or the authority's own key.
``check`` tells a wrong key from a damaged database without opening it.
"""

import hashlib
import hmac
import json
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sipctl.codes import is_recovery_code, new_recovery_code, plain_code
from sipctl.errors import Damaged, NoKeySource, SipctlError, UsageFault, WrongKey
from sipctl.files import write_private
from sipctl.language import _
from sipctl.paths import Home
from sipctl.settings import no_store

SERVICE = "sipctl"
KEY_BYTES = 32
ATTEMPTS = 3
"""How often a passphrase is asked for before the command gives up."""
Slot = dict[str, Any]


class KeyRing:
    """The contents of ``sip.key.json``: no key in clear."""

    def __init__(self, store_id: str, check: str, slots: list[Slot], require_passphrase: bool = False):
        self.store_id = store_id
        self.check = check
        self.slots = slots
        self.require_passphrase = require_passphrase
        self.unfinished = False  # its store is being made; stays true only when that was cut short

    def slot(self, kind: str) -> Slot | None:
        """The slot of that kind, if there is one."""
        return next((slot for slot in self.slots if slot["kind"] == kind), None)

    def put(self, slot: Slot) -> None:
        """Add or replace the slot of its kind."""
        self.slots = [*(old for old in self.slots if old["kind"] != slot["kind"]), slot]


def new_keyring() -> tuple[KeyRing, bytes]:
    """A ring without slots, and its fresh data key."""
    key = os.urandom(KEY_BYTES)
    return KeyRing(os.urandom(8).hex(), _check_value(key), []), key


def read_keyring(home: Home) -> KeyRing:
    """Raises ``NoStore`` when there is none or it was never finished, ``Damaged`` when it cannot be understood."""
    ring = _read(home)
    if ring.unfinished:
        raise no_store()
    return ring


def unfinished(home: Home) -> KeyRing | None:
    """The slots of a store that was never finished: its ``init`` was killed before anything was kept in it."""
    ring = _read(home) if home.keys.exists() else None
    return ring if ring and ring.unfinished else None


def _read(home: Home) -> KeyRing:
    try:
        return _ring(json.loads(home.keys.read_text("utf-8")))
    except FileNotFoundError:
        if home.store.exists():
            raise Damaged(
                _("Nyckelfilen sip.key.json saknas bredvid registret."),
                _("Lägg tillbaka den från säkerhetskopian; utan den kan registret inte öppnas."),
            ) from None
        raise no_store() from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _damaged() from error


def _ring(raw: Any) -> KeyRing:
    """Raises what a dict and a list raise when the file holds something else."""
    texts = [raw["store"], raw["check"], *(slot["kind"] for slot in raw["slots"])]
    if not all(isinstance(text, str) and text.isascii() for text in texts):
        raise ValueError
    ring = KeyRing(raw["store"], raw["check"], list(raw["slots"]), bool(raw.get("require_passphrase")))
    ring.unfinished = bool(raw.get("unfinished"))
    return ring


def write_keyring(home: Home, ring: KeyRing) -> None:
    """Write the ring, whole or not at all."""
    content = {
        "sipctl-keys": 1,
        "store": ring.store_id,
        "check": ring.check,
        "require_passphrase": ring.require_passphrase,
        "slots": ring.slots,
    } | ({"unfinished": True} if ring.unfinished else {})
    write_private(home.keys, json.dumps(content, indent=1).encode(), replace=True)


def find_key(home: Home, ask: Callable[[], str] | None = None) -> bytes:
    """The data key, from the first source that has one.

    Order: ``SIPCTL_KEY_FILE``, ``SIPCTL_PASSPHRASE_FILE``, the system's key store, then ``ask``
    (which prompts on a terminal; None when nobody can be asked). A key is never an option.
    """
    ring = read_keyring(home)
    if slot := ring.slot("demo"):
        return _checked(ring, _stored(slot, "key", KEY_BYTES))
    if key_file := os.environ.get("SIPCTL_KEY_FILE"):
        if ring.require_passphrase:
            raise passphrase_required()
        return _checked(ring, read_key_file(Path(key_file)))
    if phrase_file := os.environ.get("SIPCTL_PASSPHRASE_FILE"):
        return unlock(ring, read_secret(Path(phrase_file)))
    if not ring.require_passphrase and ring.slot("keyring") and (key := _from_system(ring)):
        return _checked(ring, key)
    if ask and (ring.slot("passphrase") or ring.slot("recovery")):
        return _unlock_asking(ring, ask)
    raise NoKeySource(
        _("Det finns ingen nyckel att öppna registret med här."),
        _(
            "Ange nyckelfilen i SIPCTL_KEY_FILE, lägg lösenfrasen i en fil och ange den i "
            "SIPCTL_PASSPHRASE_FILE, eller kör i en terminal där lösenfrasen eller "
            "återställningskoden kan skrivas in."
        ),
    )


def _unlock_asking(ring: KeyRing, ask: Callable[[], str]) -> bytes:
    for _slip in range(ATTEMPTS - 1):
        try:
            return unlock(ring, ask())
        except WrongKey:
            continue
    return unlock(ring, ask())


def unlock(ring: KeyRing, secret: str) -> bytes:
    """Open with a passphrase or the recovery code, told apart by the code's check characters."""
    kind = "recovery" if is_recovery_code(secret) and ring.slot("recovery") else "passphrase"
    slot = ring.slot(kind)
    if slot is None:
        raise WrongKey(
            _("Registret öppnas inte med den lösenfrasen eller koden."),
            _("Kontrollera återställningskoden tecken för tecken."),
        )
    wrap = _derive(plain_code(secret) if kind == "recovery" else secret, slot)
    return _checked(ring, _unbox(slot, wrap))


def read_key_file(path: Path) -> bytes:
    """The data key from a key file (64 hex characters). Refused when others can read it (POSIX)."""
    try:
        mode = path.stat().st_mode
        text = path.read_text("ascii").strip()
    except (OSError, UnicodeDecodeError):
        raise NoKeySource(
            _("Nyckelfilen som SIPCTL_KEY_FILE pekar på går inte att läsa."),
            _("Kontrollera sökvägen och att du har rätt att läsa filen."),
        ) from None
    if os.name != "nt" and mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise NoKeySource(
            _("Nyckelfilen kan läsas av andra på datorn."),
            _("Gör den privat med chmod 600 och prova igen."),
        )
    try:
        key = bytes.fromhex(text)
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise NoKeySource(
            _("Nyckelfilen innehåller ingen nyckel."),
            _("Den ska innehålla de 64 tecken som sipctl skrev när den gjordes."),
        )
    return key


def add_key_file(ring: KeyRing, key: bytes, path: Path) -> None:
    """Write the data key to a private file of the user's choice."""
    write_private(path, key.hex().encode() + b"\n")
    ring.put({"kind": "keyfile"})


def add_passphrase(ring: KeyRing, key: bytes, phrase: str) -> None:
    """Keep the data key under a passphrase (argon2id)."""
    if len(phrase) < 12:
        raise UsageFault(
            _("Lösenfrasen är för kort."),
            _("Välj minst tolv tecken, gärna fyra ord som bara du kommer på."),
        )
    ring.put(_boxed("passphrase", key, phrase))


def add_recovery(ring: KeyRing, key: bytes) -> str:
    """Keep the data key under a new recovery code, which is returned and shown once."""
    code = new_recovery_code()
    ring.put(_boxed("recovery", key, plain_code(code)))
    return code


def add_authority(ring: KeyRing, key: bytes, public_key: str) -> None:
    """Seal the data key to the authority's public key (64 hex characters, X25519)."""
    from nacl.public import PublicKey, SealedBox

    try:
        box = SealedBox(PublicKey(bytes.fromhex(public_key.strip())))
    except (ValueError, TypeError) as error:
        raise UsageFault(
            _("Myndighetens nyckel går inte att läsa."), _("Den ska vara 64 tecken, 0–9 och a–f.")
        ) from error
    ring.put({"kind": "authority", "public": public_key.strip(), "box": box.encrypt(key).hex()})


def add_open(ring: KeyRing, key: bytes) -> None:
    """Leave the key in clear beside the store: invented data only, so that a demo needs no key file."""
    ring.put({"kind": "demo", "key": key.hex()})


def add_system(ring: KeyRing, key: bytes) -> bool:
    """Keep the data key in the system's key store. False when there is none that keeps it."""
    try:
        import keyring

        keyring.set_password(SERVICE, ring.store_id, key.hex())
    except Exception:  # backends raise what they like
        return False
    # Read back: the null backend swallows what it is given and says nothing.
    if _from_system(ring) != key:
        return False
    ring.put({"kind": "keyring"})
    return True


def remove_slot(ring: KeyRing, kind: str) -> None:
    """Take a slot away; the last one that opens the store stays."""
    if ring.slot(kind) is None:
        raise UsageFault(_("Det finns ingen nyckel av det slaget."), _("Se sipctl store key list."))
    # The authority's slot opens the store at the authority, the recovery code in an emergency: neither every day.
    everyday = {slot["kind"] for slot in ring.slots} - {"authority", "recovery"}
    if everyday == {kind} or (ring.require_passphrase and kind == "passphrase"):
        raise UsageFault(
            _("Det är den sista nyckeln; utan den går registret inte att öppna."),
            _("Lägg till en annan först."),
        )
    if kind == "keyring":
        forget_in_system(ring)
    ring.slots = [slot for slot in ring.slots if slot["kind"] != kind]


def _from_system(ring: KeyRing) -> bytes | None:
    try:
        import keyring

        found = keyring.get_password(SERVICE, ring.store_id)
        return bytes.fromhex(found) if found else None
    except Exception:  # no backend, locked, D-Bus away: not an error, there are other sources
        return None


def forget_in_system(ring: KeyRing) -> None:
    """Take the data key out of the system's key store."""
    try:
        import keyring

        keyring.delete_password(SERVICE, ring.store_id)
    except Exception as error:
        raise SipctlError(
            _("Nyckeln kunde inte tas bort ur datorns nyckelförråd."),
            _("Lås upp nyckelförrådet och prova igen."),
        ) from error


def read_secret(path: Path) -> str:
    """A secret kept in a file: the recovery code on its page, else the text without the last line end."""
    try:
        text = path.read_text("utf-8-sig")
        codes = [line.strip() for line in text.splitlines() if is_recovery_code(line)]
        return codes[0] if codes else text.rstrip("\r\n")
    except (OSError, UnicodeDecodeError):
        raise NoKeySource(
            _("Filen som SIPCTL_PASSPHRASE_FILE pekar på går inte att läsa."),
            _("Kontrollera sökvägen och att du har rätt att läsa filen."),
        ) from None


def passphrase_required() -> NoKeySource:
    """The one sentence for a store whose policy is a passphrase every time."""
    return NoKeySource(
        _("Här krävs lösenfras; andra nycklar på datorn är inte tillåtna."),
        _("Så har det bestämts för det här registret (require_passphrase)."),
    )


def _check_value(key: bytes) -> str:
    return hmac.new(key, b"sipctl key check", hashlib.sha256).hexdigest()[:16]


def _checked(ring: KeyRing, key: bytes) -> bytes:
    if not hmac.compare_digest(_check_value(key), ring.check):
        raise WrongKey(
            _("Nyckeln hör inte till det här registret."),
            _("Kontrollera att SIPCTL_HOME och nyckeln hör ihop."),
        )
    return key


def _boxed(kind: str, key: bytes, secret: str) -> Slot:
    from nacl.secret import SecretBox

    slot: Slot = {"kind": kind, **_cost(), "salt": os.urandom(16).hex()}
    slot["box"] = SecretBox(_derive(secret, slot)).encrypt(key).hex()
    return slot


def _cost() -> dict[str, int]:
    from nacl.pwhash import argon2id

    return {"ops": argon2id.OPSLIMIT_MODERATE, "mem": argon2id.MEMLIMIT_MODERATE}


def _derive(secret: str, slot: Slot) -> bytes:
    from nacl.pwhash import argon2id

    try:
        salt, ops, mem = bytes.fromhex(slot["salt"]), int(slot["ops"]), int(slot["mem"])
        return argon2id.kdf(KEY_BYTES, secret.encode(), salt, opslimit=ops, memlimit=mem)
    except (KeyError, TypeError, ValueError) as error:
        raise _damaged() from error


def _unbox(slot: Slot, wrap: bytes) -> bytes:
    from nacl.exceptions import CryptoError
    from nacl.secret import SecretBox

    box = _stored(slot, "box", SecretBox.NONCE_SIZE + KEY_BYTES + SecretBox.MACBYTES)
    try:
        return bytes(SecretBox(wrap).decrypt(box))
    except CryptoError:
        raise WrongKey(
            _("Registret öppnas inte med den lösenfrasen eller koden."),
            _("Skriv den igen; skilj på stora och små bokstäver i lösenfrasen."),
        ) from None


def _stored(slot: Slot, name: str, length: int) -> bytes:
    """So many bytes, kept in the slot as hex characters."""
    try:
        value = bytes.fromhex(slot[name])
    except (KeyError, TypeError, ValueError) as error:
        raise _damaged() from error
    if len(value) != length:
        raise _damaged()
    return value


def _damaged() -> Damaged:
    return Damaged(_("Nyckelfilen sip.key.json är skadad."), _("Lägg tillbaka den från säkerhetskopian."))
