"""``init``: folders, settings, key, encrypted store, trail. All or nothing."""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass
from pathlib import Path

from sipctl.errors import SipctlError, UsageFault
from sipctl.files import private_folder, write_private
from sipctl.language import _
from sipctl.paths import Home
from sipctl.settings import Settings, save_settings
from sipctl.store import keys, trail
from sipctl.store.connection import connect


@dataclass(frozen=True, slots=True)
class KeyWish:
    """How the store is to be opened. The recovery code is always made besides."""

    system: bool = False
    passphrase: str = ""
    key_file: Path | None = None
    authority: str = ""
    require_passphrase: bool = False
    open_demo: bool = False


def set_up(home: Home, settings: Settings, wish: KeyWish) -> str:
    """Make the store and return the recovery code, to be handed over and kept elsewhere.

    Raises ``UsageFault`` when there is a store already; an attempt that fails leaves nothing behind,
    and one that was killed is cleared away by the next.
    """
    refuse_existing(home)
    _clear_unfinished(home)
    private_folder(home.root)
    ring, key = keys.new_keyring()
    places = (*_store_files(home), home.keys, home.settings, wish.key_file)
    made_here = [path for path in places if path and not path.exists()]
    try:
        return _make(home, settings, wish, ring, key)
    except BaseException:
        for path in made_here:
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)
        if ring.slot("keyring"):
            with contextlib.suppress(SipctlError):
                keys.forget_in_system(ring)
        raise


def refuse_existing(home: Home) -> None:
    """Raises ``UsageFault`` when there is a store already: better before the questions than after them."""
    if (home.store.exists() or home.keys.exists()) and not keys.unfinished(home):
        raise UsageFault(
            _("Här finns redan ett register."),
            _("Se sipctl where. Ändra uppgifter om er enhet i settings.toml, och nycklar med sipctl store key."),
        )


def _store_files(home: Home) -> tuple[Path, Path]:
    return home.store, home.store.with_name(f"{home.store.name}-journal")


def _clear_unfinished(home: Home) -> None:
    ring = keys.unfinished(home)
    if ring is None:
        return
    for path in _store_files(home):
        path.unlink(missing_ok=True)
    if ring.slot("keyring"):
        with contextlib.suppress(SipctlError):
            keys.forget_in_system(ring)
    home.keys.unlink()  # last: until then the next attempt knows what it sees


def _make(home: Home, settings: Settings, wish: KeyWish, ring: keys.KeyRing, key: bytes) -> str:
    _add_slots(ring, key, wish)
    code = keys.add_recovery(ring, key)
    ring.unfinished = True
    keys.write_keyring(home, ring)
    store = connect(home, key, create=True)
    if os.name != "nt":
        home.store.chmod(0o600)
    try:
        with store.transaction() as connection:
            trail.start(connection)
            connection.execute("INSERT INTO meta VALUES ('store_id', ?)", (ring.store_id,))
            trail.record(connection, "init")
    finally:
        store.close()
    save_settings(home, settings)
    ring.unfinished = False
    keys.write_keyring(home, ring)
    return code


def _add_slots(ring: keys.KeyRing, key: bytes, wish: KeyWish) -> None:
    if wish.system and not keys.add_system(ring, key):
        raise SipctlError(
            _("Datorns nyckelförråd går inte att använda här."),
            _("Välj lösenfras eller nyckelfil i stället."),
        )
    if wish.passphrase:
        keys.add_passphrase(ring, key, wish.passphrase)
    ring.require_passphrase = wish.require_passphrase
    if wish.key_file:
        keys.add_key_file(ring, key, wish.key_file)
    if wish.authority:
        keys.add_authority(ring, key, wish.authority)
    if wish.open_demo:
        keys.add_open(ring, key)
    if not ring.slots:
        raise UsageFault(_("Välj hur registret ska öppnas."), _("Ange --keyring, --passphrase-file eller --key-file."))


def recovery_page(code: str, home: Home, unit: str) -> str:
    """What is printed and put in the safe."""
    return "\n".join(
        [
            _("Återställningskod för sipctl"),
            "",
            f"    {code}",
            "",
            _("Enhet: {unit}").format(unit=unit),
            _("Mapp: {folder}").format(folder=home.root),
            "",
            _("Koden öppnar registret om lösenfrasen är glömd eller datorns nyckelförråd är borta."),
            _("Skriv ut sidan, lås in den och spara den inte på samma dator."),
            _("Den som har koden och registret kan läsa allt. sipctl visar den bara den här gången."),
            "",
        ]
    )


def write_recovery_page(path: Path, page: str) -> None:
    """Write the page to a file of the user's choice, which must not exist."""
    write_private(path, page.encode())
