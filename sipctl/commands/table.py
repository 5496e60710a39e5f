"""Every top-level command: name, Swedish alias, module, one line of help. Imports nothing heavy.

Root help and completion of names are made from this table alone; the module behind a command is
imported when the command is run.
"""

from sipctl.language import N_, _


class Entry:
    """A command. ``group`` is true when it has commands of its own.

    A plain class: ``dataclasses`` or ``typing`` would take longer to load than the help to print.
    """

    def __init__(self, name: str, module: str, help: str, alias: str = "", group: bool = False):
        self.name = name
        self.module = module
        self.help = help
        self.alias = alias
        self.group = group


SECTIONS: tuple[tuple[str, tuple[Entry, ...]], ...] = (
    (
        N_("Komma igång"),
        (
            Entry("init", "setup", N_("Sätt upp sipctl på den här datorn.")),
            Entry("demo", "demo", N_("Prova med påhittade uppgifter, från behov till avslut.")),
            Entry("where", "setup", N_("Visa var dina uppgifter ligger.")),
            Entry("doctor", "setup", N_("Kontrollera att allt fungerar.")),
        ),
    ),
    (
        N_("Varje dag"),
        (
            Entry("next", "today", N_("Visa vad som ska göras, i alla ärenden."), "nasta"),
            Entry("guide", "today", N_("Fortsätt med ärendets nästa steg.")),
            Entry("case", "case", N_("Registrera, visa, ändra och återöppna ärenden."), "arende", group=True),
        ),
    ),
    (
        N_("De sex stegen"),
        (
            Entry("assess", "steps", N_("1. Bedöm behovet av SIP."), "bedom"),
            Entry("plan", "steps", N_("2. Planera mötet med den enskilde."), "planera"),
            Entry("invite", "invite", N_("3. Kalla och bjud in till mötet."), "kalla"),
            Entry("meeting", "steps", N_("4. Skriv in mötet och upprätta planen."), "mote"),
            Entry("followup", "steps", N_("5. Följ upp planen."), "folj-upp"),
            Entry("close", "steps", N_("6. Avsluta ärendet."), "avsluta"),
        ),
    ),
    (
        N_("Runt ärendet"),
        (
            Entry("consent", "consent", N_("Lämna, begränsa eller ta tillbaka samtycke."), "samtycke"),
            Entry("document", "document", N_("Gör ett Word-dokument eller en journalanteckning."), "dokument"),
            Entry("unit", "unit", N_("Adressbok över enheter."), "enhet", group=True),
            Entry("template", "template", N_("Regionens Word-mallar."), "mall", group=True),
        ),
    ),
    (
        N_("Siffror"),
        (Entry("export", "export", N_("Ta ut siffror ur registret."), "ta-ut", group=True),),
    ),
    (
        N_("Registret"),
        (
            Entry("store", "store", N_("Nycklar och kontroll av registret."), "register", group=True),
            Entry("audit", "audit", N_("Vem har läst och ändrat vad."), "logg", group=True),
        ),
    ),
)

ENTRIES: dict[str, Entry] = {entry.name: entry for __, entries in SECTIONS for entry in entries}
ALIASES: dict[str, str] = {entry.alias: entry.name for entry in ENTRIES.values() if entry.alias}


def root_help() -> str:
    """The help of ``sipctl`` itself."""
    lines = [_("Användning: sipctl KOMMANDO [ÄRENDE] [VAL]"), ""]
    lines += [_("Verktyg för dig som samordnar SIP, samordnad individuell plan."), ""]
    lines += [_("Exempel:"), *_examples()]
    for title, entries in SECTIONS:
        lines += ["", f"{_(title)}:"]
        for entry in entries:
            name = f"{entry.name} ({entry.alias})" if entry.alias else entry.name
            lines.append(f"  {name:<22}{_(entry.help)}")
    lines += ["", _("Val som alltid går att använda:")]
    lines += [f"  {name:<22}{text}" for name, text in _options()]
    lines += ["", _("Hjälp om ett kommando: sipctl KOMMANDO --help")]
    return "\n".join(lines)


def _examples() -> list[str]:
    return [
        "  sipctl demo                 " + _("prova utan riktiga uppgifter"),
        "  sipctl case new             " + _("registrera ett ärende"),
        "  sipctl guide 2026-0007      " + _("fortsätt med ärendets nästa steg"),
        "  sipctl next                 " + _("se vad som ska göras"),
        "  sipctl document 2026-0007 plan",
    ]


def _options() -> list[tuple[str, str]]:
    return [
        ("--lang sv|en", _("Språk för kommandon och frågor.")),
        ("--home " + _("MAPP"), _("Använd registret i en annan mapp (som SIPCTL_HOME).")),
        ("--plain", _("Enkla frågor utan omritning, för skärmläsare och enkla terminaler.")),
        ("--version", _("Visa version.")),
        ("-h, --help", _("Visa hjälp.")),
    ]
