"""Adding and removing keys of an existing store."""

from __future__ import annotations

from pathlib import Path

from sipctl.errors import UsageFault
from sipctl.files import write_private
from sipctl.language import _
from sipctl.store import keys, trail
from sipctl.tasks.desk import AskSecret, Desk, open_desk


def add(kind: str, file: Path | None, phrase: str, ask: AskSecret | None) -> str:
    """Add a key of that kind. Returns the recovery code when that is what was made."""
    with open_desk(ask) as desk:
        ring = keys.read_keyring(desk.home)
        code = _put(ring, desk.store.key, kind, file, phrase)
        _record(desk, ring, f"key.add.{kind}")
    return code


def remove(kind: str, ask: AskSecret | None) -> None:
    """Take the key of that kind away."""
    with open_desk(ask) as desk:
        ring = keys.read_keyring(desk.home)
        keys.remove_slot(ring, kind)
        _record(desk, ring, f"key.remove.{kind}")


def _put(ring: keys.KeyRing, key: bytes, kind: str, file: Path | None, phrase: str) -> str:
    if ring.require_passphrase and kind in ("keyfile", "keyring"):
        raise keys.passphrase_required()
    if kind == "recovery":
        code = keys.add_recovery(ring, key)
        if file:
            write_private(file, code.encode() + b"\n")
        return code
    if kind == "passphrase":
        keys.add_passphrase(ring, key, phrase)
    elif kind == "keyring":
        if not keys.add_system(ring, key):
            raise UsageFault(_("Datorns nyckelförråd går inte att använda här."), _("Välj en annan nyckel."))
    elif kind in ("keyfile", "authority"):
        if file is None:
            raise UsageFault(_("Ange filen med --file."), "")
        if kind == "keyfile":
            keys.add_key_file(ring, key, file)
        else:
            keys.add_authority(ring, key, keys.read_secret(file))
    else:
        raise UsageFault(_("Okänt slag av nyckel."), "keyring, passphrase, keyfile, recovery, authority")
    return ""


def _record(desk: Desk, ring: keys.KeyRing, action: str) -> None:
    with desk.store.transaction() as connection:
        trail.record(connection, action)
        keys.write_keyring(desk.home, ring)
