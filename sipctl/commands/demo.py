"""``demo [DIR]``: try sipctl with invented data."""

from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from sipctl.commands.common import new_app
from sipctl.language import _
from sipctl.ui import show

app = new_app()


@app.command("demo", help=_("Prova med påhittade uppgifter: ett helt län, och ett ärende från behov till avslut.\n\n"
                            "Exempel: sipctl demo"))  # fmt: skip
def demo(
    folder: Annotated[
        Path | None, typer.Argument(metavar=_("MAPP"), help=_("Tom mapp att skriva i."), show_default=False)
    ] = None,
) -> None:
    """Never touches a real store."""
    from sipctl.paths import demo_folder
    from sipctl.tasks.demo import make

    place = folder or demo_folder()
    show.say(_("Jag hittar på ett län med två kommuner, en region och en skola …"))
    ref = make(place, date.today(), _tell)
    _what_next(place, ref)


def _tell(shown: Any) -> None:
    show.say("")
    show.say(f"{shown.on}  {shown.title}")
    for question, answer in shown.answers:
        show.say(f"    {_short(question, 40):<42}{_short(answer, 60)}")
    for path in shown.files:
        show.say("    " + _("skrev {file}").format(file=path.name))


def _short(text: str, width: int) -> str:
    return text if len(text) <= width else f"{text[: width - 1]}…"


def _what_next(place: Path, ref: str) -> None:
    folder = place / "dokument" / ref
    show.say("")
    show.say(_("Klart. Ärende {ref} gick från behov till avslut, och dokumenten ligger här:").format(ref=ref))
    show.exact(f"  {folder}")
    show.say(_("Öppna planen ({plan}) och kallelsen ({call}) i Word.").format(
        plan=f"{ref}-plan-v1.docx", call=f"{ref}-kallelse-D1-v1.docx"))  # fmt: skip
    show.say("")
    show.say(_("Prova vidare:"))
    for command in ("next", "case list --all", f"case show {ref}", "guide"):
        show.exact(f"  sipctl --home {place} {command}")
