"""A small step to run in a terminal: ``python demo_dialogue.py [--plain] [ANSWERS.json]``.

Used by the terminal tests; the answers are written to the file after every reply.
"""

import json
import sys
from datetime import date
from pathlib import Path

from sipctl.errors import SipctlError
from sipctl.process.form import Choice, Form, Kind, Prefer, Q
from sipctl.ui.ask import open_asker
from sipctl.ui.dialogue import Paused, run

GOAL = (
    Q("text", "Vad är målet?", required=True),
    Q("due", "När ska det vara nått?", Kind.DATE, prefer=Prefer.FUTURE),
)
NEED = (
    Q("text", "Vad behöver personen?", required=True),
    Q("goals", "Mål", Kind.GROUP, fields=GOAL, prefix="M", item_name="mål", item_title=lambda i: i.get("text", "")),
)
FORM = Form(
    "demo",
    "Planera",
    1,
    (
        Q(
            "by",
            "Vem uppmärksammade behovet?",
            Kind.CHOICE,
            (
                Choice("kommun", "Kommunen"),
                Choice("region", "Regionen"),
                Choice("self", "Den enskilde själv eller någon närstående som personen har bett om hjälp"),
            ),
            required=True,
            why="Både kommunen och regionen ska ta initiativ när de ser ett behov.",
            source="2 kap. 7 § socialtjänstlagen",
        ),
        Q("held", "När hölls mötet?", Kind.DATE, required=True, prefer=Prefer.PAST),
        Q("interpreter", "Behövs tolk?", Kind.YESNO, required=True),
        Q("language", "Vilket språk?", when=lambda i, t: i.get("interpreter") is True),
        Q("areas", "Vad handlar det om?", Kind.MANY, (Choice("home", "Boende"), Choice("work", "Arbete"))),
        Q("situation", "Hur ser läget ut?", Kind.LONG, why="Skriv med personens egna ord."),
        Q("needs", "Behov", Kind.GROUP, fields=NEED, prefix="B", item_name="behov", required=True),
        Q("crisis", "Finns en krisplan?", Kind.YESNO, offered=True),
    ),
    intro="Ett litet steg att prova på.",
)


def main() -> None:
    arguments = [a for a in sys.argv[1:] if not a.startswith("--")]
    path = Path(arguments[0]) if arguments else None
    answers = json.loads(path.read_text("utf-8")) if path and path.exists() else {}

    def save(current: dict[str, object]) -> None:
        if path:
            path.write_text(json.dumps(current, ensure_ascii=False), "utf-8")

    folder = path.parent / "arbete" if path else None
    try:
        run(FORM, answers, open_asker(plain="--plain" in sys.argv), save, date(2026, 10, 7), folder)
    except Paused:
        print("PAUSED", file=sys.stderr)
    except SipctlError as error:
        print(error.what, error.remedy, sep="\n", file=sys.stderr)
        sys.exit(error.exit_code)
    else:
        print("DONE", file=sys.stderr)


if __name__ == "__main__":
    main()
