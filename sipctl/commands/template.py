"""``template``: the region's Word templates."""

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from sipctl.commands.common import FormatOption, JsonOption, chosen_format, new_app
from sipctl.errors import TemplateFault
from sipctl.language import _
from sipctl.ui import show
from sipctl.ui.show import Format
from sipctl.vocabulary.documents import DocumentKind

app = new_app(_("Regionens Word-mallar."))

PackOption = Annotated[str, typer.Option("--pack", help=_("Regionpaket; annars det som är valt."))]
FileArgument = Annotated[Path, typer.Argument(metavar=_("FIL"), help=_("Word-fil (.docx eller .dotx)."))]
KindArgument = Annotated[
    DocumentKind, typer.Argument(metavar=_("SORT"), help=_("Ett av: {values}.").format(values=", ".join(DocumentKind)))
]
WhoseOption = Annotated[
    str,
    typer.Option(
        "--for", metavar=_("VEM"), help=_("Bara för kommun, för region eller för en viss (kod, till exempel 0480).")
    ),
]
OutputOption = Annotated[
    Path | None, typer.Option("--output", metavar=_("FIL"), help=_("Word-fil att skriva; annars en i hemmappen."))
]


@app.command("list", help=_("Lista mallarna som används: regionpaketets och era egna.\n\n"
                            "Exempel: sipctl template list\n\n"
                            "Exempel: sipctl template list --all"))  # fmt: skip
def list_(
    everything: Annotated[bool, typer.Option("--all", help=_("Visa även tidigare versioner."))] = False,
    pack: PackOption = "",
    json: JsonOption = False,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Each kind of document, whom the template is for, and where it comes from."""
    from sipctl.tasks import templates

    columns = {"kind": _("Sort"), "what": _("Dokument"), "whose": _("För"), "from": _("Kommer från")}
    if everything:
        columns |= {"version": _("Version"), "installed_at": _("Installerad"), "in_force": _("Används")}
    columns |= {"name": _("Namn"), "file": _("Fil")}
    show.listing("templates", templates.listing(pack, everything=everything), columns, chosen_format(fmt, json))


@app.command("check", help=_("Kontrollera en mall: alla fel på en gång, med plats och åtgärd.\n\n"
                             "Exempel: sipctl template check kallelse.docx --kind call\n\n"
                             "Exempel: sipctl template check plan.docx --kind plan --annotate fel.docx"))  # fmt: skip
def check(
    file: FileArgument,
    kind: Annotated[
        DocumentKind | None,
        typer.Option("--kind", help=_("Sorts dokument, för kontroll av fälten och av det som lagen kräver.")),
    ] = None,
    annotate: Annotated[
        Path | None,
        typer.Option("--annotate", metavar=_("FIL"), help=_("Skriv en kopia med en Word-kommentar vid varje fynd.")),
    ] = None,
    pack: PackOption = "",
    json: JsonOption = False,
) -> None:
    """Exit code 6 when the template cannot be used."""
    from sipctl.tasks import templates

    findings = templates.check(file, kind, pack, annotate)
    if annotate:
        show.note(_("Kopian med kommentarer: {file}").format(file=annotate))
    if json:
        show.envelope("template.check", [asdict(finding) for finding in findings])
    else:
        _tell(findings)
    errors = sum(finding.severity == "error" for finding in findings)
    if errors:
        raise TemplateFault(
            _("Mallen {name} kan inte användas: {n} fel.").format(name=file.name, n=errors), _("Rätta felen i Word.")
        )
    if not json:
        show.say(_("Mallen går att använda."))


@app.command("fields", help=_("Lista fälten som en mall kan använda, på skärmen eller som Word-dokument.\n\n"
                              "Exempel: sipctl template fields --kind plan\n\n"
                              "Exempel: sipctl template fields --kind call --word falt.docx"))  # fmt: skip
def fields(
    kind: Annotated[DocumentKind | None, typer.Option("--kind", help=_("Bara fälten för ett slags dokument."))] = None,
    word: Annotated[
        Path | None,
        typer.Option("--word", metavar=_("FIL"), help=_("Skriv listan som Word-dokument, med anvisningar.")),
    ] = None,
    pack: PackOption = "",
    json: JsonOption = False,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Name, meaning, category of information, example."""
    from sipctl.tasks import template_work, templates

    if word is not None:
        show.say(_("Fälten står i {file}.").format(file=template_work.field_guide(kind, pack, word)))
        return
    columns = {"name": _("Fält"), "meaning": _("Betyder"), "category": _("Uppgifter om"), "example": _("Exempel")}
    show.listing("template.fields", templates.names(kind), columns, chosen_format(fmt, json))


@app.command("new", help=_("Börja på en egen mall: en kopia av regionpaketets.\n\n"
                           "Exempel: sipctl template new call --output kallelse.docx"))  # fmt: skip
def new(kind: KindArgument, output: OutputOption = None, pack: PackOption = "") -> None:
    """Where the copy is, and what to do next."""
    from sipctl.tasks import template_work

    path = template_work.begin(kind, pack, output)
    show.say(_("Mallen att börja från: {file}").format(file=path))
    show.note(_("Ändra i Word, och gå sedan vidare med:"))
    for step in ("check", "preview", "install"):
        show.note(f"  sipctl template {step} {_quoted(path)} --kind {kind.value}")
    show.note(_("Fälten som går att använda: sipctl template fields --kind {kind}").format(kind=kind.value))


@app.command("preview", help=_("Prova en mall med påhittade uppgifter.\n\n"
                               "Exempel: sipctl template preview kallelse.docx --kind call\n\n"
                               "Exempel: sipctl template preview plan --empty"))  # fmt: skip
def preview(
    source: Annotated[str, typer.Argument(metavar=_("MALL"), help=_("En Word-fil, eller ett slags dokument."))],
    kind: Annotated[DocumentKind | None, typer.Option("--kind", help=_("Sorts dokument, när MALL är en fil."))] = None,
    whose: WhoseOption = "",
    empty: Annotated[bool, typer.Option("--empty", help=_("Lämna allt tomt som kan saknas."))] = False,
    output: OutputOption = None,
    pack: PackOption = "",
) -> None:
    """Where the document is."""
    from sipctl.tasks import template_work

    path = template_work.preview(source, kind, pack, whose, output, empty=empty)
    show.say(_("Provet finns i {file}").format(file=path))


@app.command("install", help=_("Ta en egen mall i bruk, när den är kontrollerad utan fel.\n\n"
                               "Exempel: sipctl template install kallelse.docx --kind call\n\n"
                               "Exempel: sipctl template install kallelse.docx --kind call --for 0480"))  # fmt: skip
def install(
    file: FileArgument,
    kind: Annotated[DocumentKind, typer.Option("--kind", help=_("Sorts dokument som mallen är till för."))],
    whose: WhoseOption = "",
    pack: PackOption = "",
) -> None:
    """Exit code 6, and nothing installed, when the template has errors."""
    from sipctl.tasks import template_work, templates

    done = template_work.install(file, kind, whose, pack)
    _tell(finding for finding in done.findings if finding.severity != "error")
    text = _("Mallen används nu för {what} till {who}. Version: {version}.")
    if not done.is_new:
        text = _("Mallen används redan för {what} till {who}. Version: {version}.")
    show.say(text.format(what=kind.text, who=templates.whose_text(whose), version=done.version))


@app.command("use", help=_("Gå tillbaka till en tidigare version av en egen mall, eller till regionpaketets.\n\n"
                           "Exempel: sipctl template use call 3f9a2c01\n\n"
                           "Exempel: sipctl template use call pack"))  # fmt: skip
def use(
    kind: KindArgument,
    version: Annotated[
        str, typer.Argument(metavar=_("VERSION"), help=_("Versionens första tecken (se list --all), eller pack."))
    ],
    whose: WhoseOption = "",
) -> None:
    """Which template is in force now."""
    from sipctl.tasks import template_work, templates

    chosen = template_work.choose(kind, version, whose)
    text = _("Den egna mallen, version {version}, används nu för {what} till {who}.")
    if not chosen:
        text = _("Ingen egen mall används nu för {what} till {who}.")
    show.say(text.format(what=kind.text, who=templates.whose_text(whose), version=chosen))


def _quoted(path: Path) -> str:
    return f'"{path}"' if " " in str(path) else str(path)


def _tell(findings: Iterable[Any]) -> None:
    for finding in findings:
        show.say(f"{_severity(finding.severity)}: {_where(finding)}\n  {finding.message} {finding.remedy}".rstrip())


def _where(finding: Any) -> str:
    """The place, with the text there unless the place has it already."""
    if not finding.text_around or "”" in finding.place:
        return str(finding.place)
    return f"{finding.place} (”{finding.text_around}”)"


def _severity(severity: str) -> str:
    return {"error": _("Fel"), "warning": _("Varning")}.get(severity, _("Råd"))
