"""``document CASE KIND``: make a Word document, or print a journal note."""

from enum import StrEnum
from typing import Annotated, Any

import typer

from sipctl.commands.common import CaseRequired, JsonOption, YesOption, ask_key, asker, can_ask, new_app, resolve_case
from sipctl.errors import Interrupted, RuleNotMet, UsageFault
from sipctl.language import _
from sipctl.ui import show
from sipctl.vocabulary.documents import DocumentKind
from sipctl.vocabulary.steps import Step

app = new_app()

Kind = StrEnum("Kind", {kind.name: kind.value for kind in DocumentKind} | {"JOURNAL": "journal"})  # type: ignore[misc]

KindArgument = Annotated[Kind, typer.Argument(metavar=_("SORT"), help=", ".join(kind.value for kind in Kind))]
ToOption = Annotated[
    list[str],
    typer.Option("--to", metavar=_("DELTAGARE"), help=_("Mottagarens nyckel, som D2 (flera går bra).")),
]
AgainOption = Annotated[bool, typer.Option("--again", help=_("Gör om det som redan lämnats, exakt som det var."))]
ClipboardOption = Annotated[bool, typer.Option("--clipboard", help=_("Lägg journalanteckningen i urklipp."))]
StepOption = Annotated[Step | None, typer.Option("--step", help=_("Steget som journalanteckningen gäller."))]


@app.command("document", help=_("Gör ett Word-dokument i ärendet, eller skriv ut en journalanteckning.\n\n"
                                "Exempel: sipctl document 2026-0007 plan\n\n"
                                "Exempel: sipctl document 2026-0007 plan --to D2\n\n"
                                "Exempel: sipctl document 2026-0007 journal --step meeting"))  # fmt: skip
def document(
    case: CaseRequired,
    kind: KindArgument,
    to: ToOption = [],  # noqa: B006 - Typer reads the default, nobody changes it
    again: AgainOption = False,
    step: StepOption = None,
    clipboard: ClipboardOption = False,
    yes: YesOption = False,
    json: JsonOption = False,
) -> None:
    """Consent is checked first; what goes beyond it is refused and nothing is written."""
    from sipctl.tasks.desk import open_desk
    from sipctl.tasks.issue import issue, make_again
    from sipctl.tasks.orders import orders

    with open_desk(ask_key()) as desk:
        found = desk.case(resolve_case(desk, case), f"document.{kind.value}")
        if kind.value == "journal":
            _journal(desk, found, step, clipboard)
        elif again:
            _report([{"file": str(path)} for path in make_again(desk, found, DocumentKind(kind.value))], json)
        else:
            wanted = orders(found, DocumentKind(kind.value), to)
            _confirm(found, wanted, desk.today, yes)
            _report([_row(item) for item in issue(desk, found, wanted)], json)


def make_letters(desk: Any, ref: str, *, interactive: bool, yes: bool) -> None:
    """The letters of a meeting that has just been called or changed.

    With protected data in the case each letter is shown and confirmed singly.
    """
    from sipctl.tasks.issue import issue
    from sipctl.tasks.orders import letters
    from sipctl.tasks.permission import cautions

    case = desk.case(ref, "document.letters")
    wanted = letters(case)
    try:
        careful = cautions(case, wanted, desk.today)
        for caution in careful:
            show.note(caution)
        made = issue(desk, case, wanted) if yes or not careful else _one_by_one(desk, case, wanted, interactive)
    except RuleNotMet as problem:
        show.error(problem)
        show.note(_("Mötet är bokat, men breven är inte gjorda."))
        return
    except Interrupted:
        raise Interrupted(
            _("Avbrutet. Mötet är bokat, men alla brev är inte gjorda."),
            _("Se vilka som finns med sipctl case show {ref}; gör resten med sipctl document.").format(ref=ref),
        ) from None
    _report([_row(item) for item in made], as_json=False)


def _one_by_one(desk: Any, case: Any, wanted: Any, interactive: bool) -> list[Any]:
    from sipctl.tasks.issue import issue, preview

    if not interactive:
        show.note(_("Breven är inte gjorda. Gör dem ett i taget, eller bekräfta alla med:"))
        for kind in dict.fromkeys(order.kind.value for order in wanted):
            show.note(f"  sipctl document {case.case.ref} {kind} --yes")
        return []
    made = []
    for order in wanted:
        show.note("\n" + _("Brev till {who}:").format(who=order.to) + "\n")
        show.note(preview(desk, case, order))
        if _agreed(_("Läs igenom brevet.")):
            made += issue(desk, case, [order])
        else:
            show.note(_("Brevet är inte gjort. Gör det senare med:"))
            show.note(f"  sipctl document {case.case.ref} {order.kind.value} --to {order.recipient.key}")
    return made


def _journal(desk: Any, case: Any, step: Step | None, clipboard: bool) -> None:
    from sipctl.tasks.issue import journal
    from sipctl.tasks.overview import latest_step

    text = journal(desk, case, step or latest_step(case))
    if clipboard:
        show.to_clipboard(text)
        show.note(_("Anteckningen ligger i urklipp. Klistra in den i journalen och töm sedan urklipp."))
    else:
        show.say(text)


def _confirm(case: Any, wanted: Any, today: Any, yes: bool) -> None:
    """Protected data or limits in words: each letter is looked at by a person before it leaves."""
    from sipctl.tasks.permission import cautions

    for caution in cautions(case, wanted, today):
        if yes:
            show.note(caution)
        elif not can_ask():
            raise UsageFault(caution, _("Gå igenom varje dokument, och bekräfta med --yes."))
        elif not _agreed(caution):
            raise UsageFault(_("Inget dokument gjordes."), _("Ändra samtycket eller mottagarna och prova igen."))


def _agreed(caution: str) -> bool:
    from sipctl.ui.single import ask_yes_no

    return bool(ask_yes_no(asker(), _("{caution} Ska dokumentet göras?").format(caution=caution), default=False))


def _row(item: Any) -> dict[str, str]:
    return {
        "file": str(item.path),
        "kind": item.kind.text,
        "recipient": item.recipient,
        "send_by": item.send_by,
        "advice": " ".join(item.advice),
        "calendar": str(item.calendar or ""),
    }


def _report(rows: list[dict[str, str]], as_json: bool) -> None:
    if as_json:
        show.envelope("documents", rows)
        return
    for row in rows:
        show.say(_("Skrev {what}:").format(what=_what(row)))
        show.exact(f"  {row['file']}")
    if any(row.get("calendar") for row in rows):
        show.say(_("Bredvid varje brev ligger en kalenderfil (.ics) att bifoga."))
    _warn_if_synced(rows)
    for advice in dict.fromkeys(row["advice"] for row in rows if row.get("advice")):
        show.note(_("Tänk på: {advice}").format(advice=advice))


def _warn_if_synced(rows: list[dict[str, str]]) -> None:
    from pathlib import Path

    from sipctl.paths import synced_service

    if rows and (service := synced_service(Path(rows[0]["file"]))):
        show.note(_("OBS! Mappen ligger i {service} och kopieras till molnet.").format(service=service))


def _what(row: dict[str, str]) -> str:
    """The kind of document and, unless the kind itself says so, for whom."""
    if "recipient" not in row:
        return _("dokument")
    if row["recipient"] in row["kind"]:
        return row["kind"]
    return _("{kind} till {recipient} ({send_by})").format(**row)
