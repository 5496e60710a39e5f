"""``unit``: the address book of units."""

from pathlib import Path
from typing import Annotated

import typer

from sipctl.commands.common import FormatOption, JsonOption, ask_key, chosen_format, new_app
from sipctl.language import _
from sipctl.ui import show
from sipctl.ui.show import Format
from sipctl.vocabulary.units import Huvudman, SendBy, UnitType

app = new_app(_("Adressbok över enheter som kallas till möten."))


@app.command("list", help=_("Lista enheterna.\n\nExempel: sipctl unit list --format csv > enheter.csv"))
def list_(json: JsonOption = False, fmt: FormatOption = Format.TABLE) -> None:
    """Every active unit."""
    from sipctl.store.units import listing
    from sipctl.tasks.desk import open_desk

    form = chosen_format(fmt, json)
    with open_desk(ask_key()) as desk:
        rows = listing(desk.store)
    if form in (Format.TABLE, Format.TEXT):
        rows = [
            row | {
                "huvudman": Huvudman(row["huvudman"]).text, "type": UnitType(row["type"]).text,
                "send_by": SendBy(row["send_by"]).text, "entrance": bool(row["entrance"]),
            }
            for row in rows
        ]  # fmt: skip
    columns = {"name": _("Enhet"), "huvudman": _("Huvudman"), "type": _("Slag"), "send_by": _("Skickas med"),
               "phone": _("Telefon"), "entrance": _("Ingång")}  # fmt: skip
    # CSV carries every column under its key, so that it can be edited and imported again.
    if form == Format.CSV:
        from sipctl.store.units import COLUMNS

        columns = {key: key for key in COLUMNS}
    show.listing("units", rows, columns, form, _("Adressboken är tom. Fyll den med sipctl unit import FIL."))


@app.command("add", help=_("Lägg till en enhet.\n\nExempel: sipctl unit add \"Vårdcentralen Norr\" --huvudman region "
                           "--type primary_care --send-by secure_mail"))  # fmt: skip
def add(
    name: Annotated[str, typer.Argument(metavar=_("NAMN"), help=_("Enhetens namn."))],
    huvudman: Annotated[Huvudman, typer.Option("--huvudman", help=_("Enhetens huvudman."))],
    unit_type: Annotated[UnitType, typer.Option("--type", help=_("Slag av enhet."))] = UnitType.OTHER,
    body: Annotated[str, typer.Option("--body", help=_("Kommunens eller regionens kod."))] = "",
    send_by: Annotated[SendBy, typer.Option("--send-by", help=_("Hur breven skickas."))] = SendBy.LETTER,
    phone: Annotated[str, typer.Option("--phone", help=_("Telefon."))] = "",
    address: Annotated[str, typer.Option("--address", help=_("Adress."))] = "",
    hsa_id: Annotated[str, typer.Option("--hsa-id", help=_("HSA-id."))] = "",
    entrance: Annotated[
        bool, typer.Option("--entrance", help=_("Tar emot kallelser när rätt enhet är okänd."))
    ] = False,
) -> None:
    """Updates the unit of the same name and body."""
    from sipctl.store.units import put
    from sipctl.tasks.desk import open_desk
    from sipctl.tasks.units import check_unit

    unit = check_unit(
        {"name": name, "huvudman": huvudman.value, "type": unit_type.value, "body": body, "send_by": send_by.value,
         "phone": phone, "address": address, "hsa_id": hsa_id, "entrance": entrance}
    )  # fmt: skip
    with open_desk(ask_key()) as desk:
        added, _updated = put(desk.store, [unit])
    show.say(_("Enheten är tillagd.") if added else _("Enheten är uppdaterad."))


@app.command("import", help=_("Läs in enheter ur en fil (CSV eller Excel).\n\n"
                              "Exempel: sipctl unit import enheter.xlsx\n\n"
                              "Kolumner: namn, huvudman, kod, slag, ingång, skickas med, hsa-id, telefon, "
                              "adress."))  # fmt: skip
def import_(
    file: Annotated[Path, typer.Argument(metavar=_("FIL"), help=_("CSV- eller Excelfil."))],
    dry_run: Annotated[bool, typer.Option("--dry-run", help=_("Visa vad som skulle hända; ändra inget."))] = False,
) -> None:
    """All rows, or none: every faulty row is named."""
    from sipctl.store.units import put
    from sipctl.tasks.desk import open_desk
    from sipctl.tasks.units import read_units

    units = read_units(file)
    if dry_run:
        show.say(_("Enheter som skulle läsas in: {n}.").format(n=len(units)))
        return
    with open_desk(ask_key()) as desk:
        added, updated = put(desk.store, units)
    show.say(_("Enheter tillagda: {added}, uppdaterade: {updated}.").format(added=added, updated=updated))
