"""``template``: the region's Word templates."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from sipctl.commands.common import FormatOption, JsonOption, chosen_format, new_app
from sipctl.errors import TemplateFault
from sipctl.language import _
from sipctl.ui import show
from sipctl.ui.show import Format
from sipctl.vocabulary.documents import DocumentKind

app = new_app(_("Regionens Word-mallar."))

PackOption = Annotated[str, typer.Option("--pack", help=_("Regionpaket; annars det som är valt."))]


@app.command("list", help=_("Lista mallarna i regionpaketet.\n\nExempel: sipctl template list"))
def list_(pack: PackOption = "", json: JsonOption = False, fmt: FormatOption = Format.TABLE) -> None:
    """Each kind of document with its file and the pack it comes from."""
    from sipctl.tasks import templates

    columns = {"kind": _("Sort"), "what": _("Dokument"), "pack": _("Ur paket"), "file": _("Fil")}
    show.listing("templates", templates.listing(pack), columns, chosen_format(fmt, json))


@app.command("check", help=_("Kontrollera en mall: alla fel på en gång, med plats och åtgärd.\n\n"
                             "Exempel: sipctl template check kallelse.docx --kind call"))  # fmt: skip
def check(
    file: Annotated[Path, typer.Argument(metavar=_("FIL"), help=_("Word-fil (.docx eller .dotx)."))],
    kind: Annotated[
        DocumentKind | None, typer.Option("--kind", help=_("Sorts dokument, för kontroll av fältnamn."))
    ] = None,
    pack: PackOption = "",
    json: JsonOption = False,
) -> None:
    """Exit code 6 when the template cannot be used."""
    from sipctl.tasks import templates

    findings = templates.check(file, kind, pack)
    if json:
        show.envelope("template.check", [asdict(finding) for finding in findings])
    else:
        for finding in findings:
            show.say(f"{_severity(finding.severity)}: {finding.place}\n  {finding.message} {finding.remedy}".rstrip())
    errors = sum(finding.severity == "error" for finding in findings)
    if errors:
        raise TemplateFault(
            _("Mallen {name} kan inte användas: {n} fel.").format(name=file.name, n=errors), _("Rätta felen i Word.")
        )
    if not json:
        show.say(_("Mallen går att använda."))


@app.command("fields", help=_("Lista fälten som en mall kan använda.\n\nExempel: sipctl template fields --kind plan"))
def fields(
    kind: Annotated[DocumentKind | None, typer.Option("--kind", help=_("Bara fälten för ett slags dokument."))] = None,
    json: JsonOption = False,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Name, meaning, category of information, example."""
    from sipctl.tasks import templates

    columns = {"name": _("Fält"), "meaning": _("Betyder"), "category": _("Uppgifter om"), "example": _("Exempel")}
    show.listing("template.fields", templates.names(kind), columns, chosen_format(fmt, json))


def _severity(severity: str) -> str:
    return {"error": _("Fel"), "warning": _("Varning")}.get(severity, _("Råd"))
