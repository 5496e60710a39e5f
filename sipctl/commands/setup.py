"""``init``, ``where``, ``doctor``."""

from pathlib import Path
from typing import Annotated, Any

import typer

from sipctl.commands.common import JsonOption, NoInputOption, ask_key, asker, can_ask, new_app
from sipctl.errors import UsageFault
from sipctl.language import _
from sipctl.ui import show

app = new_app()


def _text(flag: str, help_text: str) -> Any:
    return typer.Option(flag, help=help_text, show_default=False)


@app.command("init", help=_("Sätt upp sipctl på den här datorn: er enhet, er regions paket och nyckeln.\n\n"
                            "Exempel: sipctl init\n\n"
                            "Exempel: sipctl init --unit Vuxenenheten --kommun 0480 --coordinator \"Test Testsson\" "
                            "--key-file nyckel.txt --recovery-file kod.txt --no-input"))  # fmt: skip
def init(
    unit: Annotated[str, _text("--unit", _("Er enhets namn."))] = "",
    huvudman: Annotated[str, _text("--huvudman", _("kommun, region eller other."))] = "",
    body: Annotated[str, _text("--kommun", _("Kommunens namn eller kod, eller regionens kod (två siffror)."))] = "",
    coordinator: Annotated[str, _text("--coordinator", _("Ditt namn, som det ska stå i breven."))] = "",
    phone: Annotated[str, _text("--phone", _("Ditt telefonnummer."))] = "",
    pack: Annotated[str, _text("--pack", _("Regionpaket: standard, vastra-gotaland, sormland …"))] = "",
    decision: Annotated[
        str, _text("--decision", _("Diarienummer för myndighetens beslut om att använda sipctl."))
    ] = "",
    keyring: Annotated[bool, typer.Option("--keyring", help=_("Spara nyckeln i datorns nyckelförråd."))] = False,
    passphrase_file: Annotated[Path | None, _text("--passphrase-file", _("Fil med lösenfrasen."))] = None,
    key_file: Annotated[
        Path | None, _text("--key-file", _("Skriv en nyckelfil, som SIPCTL_KEY_FILE pekar på."))
    ] = None,
    recovery_file: Annotated[Path | None, _text("--recovery-file", _("Skriv återställningskoden i en fil."))] = None,
    authority_key: Annotated[str, _text("--authority-key", _("Myndighetens publika nyckel (64 tecken)."))] = "",
    require_passphrase: Annotated[
        bool, typer.Option("--require-passphrase", help=_("Kräv lösenfras varje gång; inga andra nycklar."))
    ] = False,
    no_input: NoInputOption = False,
) -> None:
    """Asks for what is not given; ends with the recovery page handed over."""
    from sipctl.commands.setup_dialogue import fill_in, hand_over, set_up_asking
    from sipctl.paths import home
    from sipctl.settings import Settings
    from sipctl.tasks.setup import KeyWish, recovery_page, refuse_existing, set_up

    refuse_existing(home())
    given = Settings(unit, huvudman, body, "other", coordinator, phone, "", pack, decision)
    phrase = _phrase(passphrase_file)
    wish = KeyWish(keyring, phrase, key_file, authority_key, require_passphrase)
    if can_ask(no_input):
        given, wish = fill_in(asker(), given, wish)
    elif recovery_file is None:
        raise UsageFault(_("Återställningskoden måste sparas någonstans."), _("Ange --recovery-file FIL."))
    settings = checked(given)
    if recovery_file and recovery_file.exists():
        raise UsageFault(_("Filen {file} finns redan.").format(file=recovery_file.name), _("Välj ett annat namn."))
    code = set_up_asking(asker(), settings, wish) if can_ask(no_input) else set_up(home(), settings, wish)
    hand_over(recovery_page(code, home(), settings.unit), recovery_file, None if no_input else asker, settings)


def checked(given: Any) -> Any:
    """Settings that hold together, kommun as its code; raises ``UsageFault``."""

    from sipctl import region
    from sipctl.paths import home
    from sipctl.places import find_kommun, region_name
    from sipctl.vocabulary.units import Huvudman

    if not given.unit or not given.coordinator:
        raise UsageFault(_("Enhet och samordnare behövs."), _("Ange --unit och --coordinator."))
    huvudman = given.huvudman or (Huvudman.REGION if len(given.body) == 2 else Huvudman.KOMMUN)
    if huvudman not in list(Huvudman):
        raise UsageFault(_("Huvudmannen ska vara kommun, region eller other."), _("Rätta --huvudman."))
    region.load(given.pack or "standard", home())
    found = find_kommun(given.body) if given.body else []
    is_region = len(given.body) == 2 and bool(region_name(given.body))
    if given.body and not is_region and len(found) != 1:
        raise UsageFault(_("Kommunen eller regionen går inte att känna igen."), _("Ange koden, till exempel 0480."))
    code = given.body if is_region else (found[0][0] if found else "")
    return given._replace(huvudman=str(huvudman), body=code, pack=given.pack or "standard")


def _phrase(path: Path | None) -> str:
    if path is None:
        return ""
    try:
        return path.read_text("utf-8-sig").rstrip("\r\n")
    except (OSError, UnicodeDecodeError):
        raise UsageFault(_("Filen med lösenfrasen går inte att läsa."), _("Kontrollera --passphrase-file.")) from None


@app.command("where", help=_("Visa var dina uppgifter ligger.\n\nExempel: sipctl where"))
def where(json: JsonOption = False) -> None:
    """The folders of this installation."""
    from sipctl.paths import home, synced_service

    place = home()
    rows = {
        "home": place.root, "store": place.store, "keys": place.keys, "settings": place.settings,
        "documents": place.documents, "packs": place.packs,
    }  # fmt: skip
    if json:
        show.envelope("where", {key: str(path) for key, path in rows.items()})
        return
    labels = {
        "home": _("Hemmapp"), "store": _("Register (krypterat)"), "keys": _("Nyckelfack"),
        "settings": _("Inställningar"), "documents": _("Dokument"), "packs": _("Egna regionpaket"),
    }  # fmt: skip
    for key, path in rows.items():
        missing = "" if path.exists() else _("  (finns inte än)")
        show.exact(f"{labels[key]:<22}{path}{missing}")
    if service := synced_service(place.root):
        show.note(_("OBS! Mappen ligger i {service} och kopieras till molnet.").format(service=service))


@app.command("doctor", help=_("Kontrollera att sipctl fungerar på den här datorn.\n\nExempel: sipctl doctor"))
def doctor(json: JsonOption = False) -> None:
    """Each check with its outcome; exit code 1 when one fails."""
    from dataclasses import asdict

    from sipctl.tasks.doctor import examine

    checks = examine(ask_key())
    if json:
        show.envelope("doctor", [asdict(check) for check in checks])
    else:
        for check in checks:
            mark = _("ok  ") if check.ok else _("FEL ")
            show.say(f"{mark}{check.what}: {check.found}")
            if check.remedy:
                show.say(f"    {check.remedy}")
    if not all(check.ok for check in checks):
        raise typer.Exit(1)
