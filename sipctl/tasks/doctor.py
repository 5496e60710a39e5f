"""``doctor``: what must work on this machine, checked one by one. Never opens a case."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sipctl.errors import SipctlError
from sipctl.language import _
from sipctl.paths import Home, home, synced_service
from sipctl.settings import load_settings
from sipctl.store import keys, migrate, trail
from sipctl.store.connection import connect
from sipctl.tasks.desk import AskSecret


@dataclass(frozen=True, slots=True)
class Check:
    """One check: what was looked at, what was found, what to do when it is not well."""

    what: str
    ok: bool
    found: str
    remedy: str = ""


def examine(ask: AskSecret | None = None) -> list[Check]:
    """Every check, in the order a person would go; ``ask`` prompts for the passphrase."""
    place = home()
    return [_python(), _folder(place), *_store(place, ask), _packs(place), _office()]


def _python() -> Check:
    version = ".".join(str(part) for part in sys.version_info[:3])
    return Check("Python", sys.version_info >= (3, 11), version)


def _folder(place: Home) -> Check:
    if service := synced_service(place.root):
        return Check(
            _("Mapp"), False, str(place.root),
            _("Mappen ligger i {service} och kopieras till molnet. Flytta den (SIPCTL_HOME).").format(service=service),
        )  # fmt: skip
    return Check(_("Mapp"), True, str(place.root))


def _store(place: Home, ask: AskSecret | None) -> Iterator[Check]:
    for what, look in _looks(ask):
        try:
            yield Check(what, True, look(place))
        except SipctlError as problem:
            yield Check(what, False, problem.what, problem.remedy)
            return


def _looks(ask: AskSecret | None) -> list[tuple[str, Callable[[Home], str]]]:
    return [
        (_("Inställningar"), lambda place: load_settings(place).unit),
        (_("Nyckelfack"), lambda place: ", ".join(slot["kind"] for slot in keys.read_keyring(place).slots)),
        (_("Register"), lambda place: _open(place, ask)),
    ]


def _open(place: Home, ask: AskSecret | None) -> str:
    store = connect(place, keys.find_key(place, ask))
    try:
        rows = trail.verify(store.connection)
        count = store.connection.execute('SELECT count(*) FROM "case"').fetchone()[0]
    finally:
        store.close()
    return _("version {version}, antal ärenden {cases}, loggen hel (rader: {rows})").format(
        version=migrate.newest(), cases=count, rows=rows
    )


def _packs(place: Home) -> Check:
    from sipctl import region

    return Check(_("Regionpaket"), True, ", ".join(info.id for info in region.available(place)))


def _office() -> Check:
    """Nice to have: documents are Word files whether or not a word processor is installed."""
    found = shutil.which("soffice") or shutil.which("libreoffice") or shutil.which("winword")
    return Check(_("Ordbehandlare"), True, found or _("ingen hittad (behövs bara för att öppna dokumenten)"))
