"""``store``: keys and the store's own health."""

from pathlib import Path
from typing import Annotated, Any

import typer

from sipctl.commands.common import JsonOption, NoInputOption, ask_key, asker, can_ask, new_app
from sipctl.errors import UsageFault
from sipctl.language import _
from sipctl.ui import show

app = new_app(_("Nycklar och kontroll av registret."))
key_app = new_app(_("Nycklarna som öppnar registret."))
app.add_typer(key_app, name="key")

_KINDS = {
    "keyring": lambda: _("datorns nyckelförråd"),
    "passphrase": lambda: _("lösenfras"),
    "keyfile": lambda: _("nyckelfil"),
    "recovery": lambda: _("återställningskod"),
    "authority": lambda: _("myndighetens nyckel"),
    "demo": lambda: _("öppen nyckel, bara för påhittade uppgifter"),
}

KindArgument = Annotated[
    str, typer.Argument(metavar=_("SLAG"), help="keyring, passphrase, keyfile, recovery, authority")
]


@app.command("verify", help=_("Kontrollera registret: filen, loggen, och att varje ärendes fakta stämmer.\n\n"
                              "Exempel: sipctl store verify"))  # fmt: skip
def verify(json: JsonOption = False) -> None:
    """Exit code 14 when something is damaged."""
    from sipctl.tasks.desk import open_desk
    from sipctl.tasks.verify import verify_store

    with open_desk(ask_key()) as desk:
        found = verify_store(desk)
    if json:
        show.envelope("store.verify", found)
    else:
        show.say(_("Registret är helt. Ärenden: {cases}, fakta: {facts}, rader i loggen: {rows}.").format(**found))


@key_app.command("list", help=_("Visa vilka nycklar som finns.\n\nExempel: sipctl store key list"))
def list_keys(json: JsonOption = False) -> None:
    """Kinds only; a key is never shown."""
    from sipctl.paths import home
    from sipctl.store.keys import read_keyring

    ring = read_keyring(home())
    kinds = [slot["kind"] for slot in ring.slots]
    if json:
        show.envelope("keys", {"kinds": kinds, "require_passphrase": ring.require_passphrase})
        return
    for kind in kinds:
        show.say(_KINDS[kind]())
    if ring.require_passphrase:
        show.say(_("Lösenfras krävs; andra nycklar på datorn används inte."))


@key_app.command("add", help=_("Lägg till en nyckel, eller byt den som finns av samma slag.\n\n"
                               "Exempel: sipctl store key add recovery --file kod.txt"))  # fmt: skip
def add_key(
    kind: KindArgument,
    file: Annotated[Path | None, typer.Option("--file", help=_("Fil att läsa eller skriva."))] = None,
    no_input: NoInputOption = False,
) -> None:
    """The store is opened with a key that works before another is added."""
    from sipctl.tasks.keyslots import add

    phrase = _new_phrase(file, no_input) if kind == "passphrase" else ""
    code = add(kind, file, phrase, ask_key())
    if code and file is None:
        show.say(_("Ny återställningskod (den gamla gäller inte längre): {code}").format(code=code))
    show.say(_("Klart."))


@key_app.command("remove", help=_("Ta bort en nyckel. Den sista går inte att ta bort.\n\n"
                                  "Exempel: sipctl store key remove keyring"))  # fmt: skip
def remove_key(kind: KindArgument) -> None:
    """The store itself is untouched."""
    from sipctl.tasks.keyslots import remove

    remove(kind, ask_key())
    show.say(_("Klart."))


def _new_phrase(file: Path | None, no_input: bool) -> str:
    if file:
        from sipctl.store.keys import read_secret

        return read_secret(file)
    if not can_ask(no_input):
        raise UsageFault(_("Lösenfrasen måste skrivas i en terminal eller läsas ur en fil."), _("Ange --file FIL."))
    from sipctl.ui.single import ask_secret

    speaker: Any = asker()
    return str(ask_secret(speaker, _("Ny lösenfras"), repeat=_("Lösenfrasen en gång till")))
