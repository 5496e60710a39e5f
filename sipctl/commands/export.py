"""``export``: what leaves the house. Counts of one's own unit now."""

from pathlib import Path
from typing import Annotated, Any

import typer

from sipctl.commands.common import FormatOption, JsonOption, ask_key, chosen_format, new_app
from sipctl.language import _
from sipctl.ui import show
from sipctl.ui.show import Format

app = new_app(_("Ta ut siffror ur registret."))


@app.command("counts", help=_("Räkna: hur många, för vilka, i tid? För den egna enheten.\n\n"
                              "Exempel: sipctl export counts --year 2026\n\n"
                              "Exempel: sipctl export counts --from 2026-01-01 --to 2026-06-30 --json"))  # fmt: skip
def counts(
    year: Annotated[int | None, typer.Option("--year", help=_("Hela året; annars det här."))] = None,
    first: Annotated[str, typer.Option("--from", metavar=_("DATUM"), help=_("Första dagen."))] = "",
    last: Annotated[str, typer.Option("--to", metavar=_("DATUM"), help=_("Sista dagen."))] = "",
    kommun: Annotated[
        str, typer.Option("--kommun", metavar=_("KOD"), help=_("Bara en kommun, till exempel 0480."))
    ] = "",
    unit: Annotated[str, typer.Option("--unit", metavar=_("ENHET"), help=_("Bara en sammankallande enhet."))] = "",
    output: Annotated[
        Path | None, typer.Option("--output", metavar=_("FIL"), help=_("Skriv till en fil i stället för skärmen."))
    ] = None,
    json: JsonOption = False,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Figures with their definitions; marked as internal."""
    from sipctl.tasks import counting
    from sipctl.tasks.desk import open_desk

    form = chosen_format(fmt, json)
    with open_desk(ask_key()) as desk:
        data = counting.counts(desk, counting.period(year, first, last, desk.today), kommun, unit)
    with show.to_file(output):
        if form == Format.JSON:
            show.envelope("counts", data)
            return
        _show(data, form)


def _show(data: dict[str, Any], form: Format) -> None:
    if form != Format.CSV:
        show.say(
            _("Internt, kan omfattas av sekretess. {first} till {last}.").format(first=data["from"], last=data["to"])
        )
        if data["so_far"]:
            show.say(_("Perioden är inte slut: siffrorna är till och med i dag."))
        show.say(_("Definitioner, utgåva {n} (ett förslag; officiella finns inte). Hela texten: --format csv.").format(
            n=data["definitions"]))  # fmt: skip
    columns = {"number": _("Nr"), "title": _("Räknat"), "value": _("Antal"), "of": _("Av")}
    if form == Format.CSV:
        columns |= {"definition": _("Definition"), "from": _("Från"), "to": _("Till"), "edition": _("Utgåva"),
                    "audience": _("Märkning")}  # fmt: skip
    notes = {"from": data["from"], "to": data["to"], "edition": data["definitions"],
             "audience": _("Internt, kan omfattas av sekretess")}  # fmt: skip
    show.listing("counts", [row | notes for row in data["rows"]], columns, form)
