"""What ``init`` asks on a terminal, and how it hands over the recovery page."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from sipctl.errors import Interrupted, SipctlError
from sipctl.language import _
from sipctl.paths import home, synced_service
from sipctl.process.form import Choice
from sipctl.region import STANDARD, available
from sipctl.settings import Settings
from sipctl.tasks.setup import KeyWish, set_up, write_recovery_page
from sipctl.ui import show
from sipctl.ui.asker import Tone
from sipctl.vocabulary.units import Huvudman


def fill_in(asker: Any, given: Settings, wish: KeyWish) -> tuple[Settings, KeyWish]:
    """Ask for what was not given on the command line."""
    try:
        return _fill_in(asker, given, wish)
    except Interrupted:
        raise Interrupted(_("Avbrutet. Inget är uppsatt än."), _("Kör sipctl init igen när du vill.")) from None


def _fill_in(asker: Any, given: Settings, wish: KeyWish) -> tuple[Settings, KeyWish]:
    from sipctl.ui.single import ask_choice, ask_text

    for line in _what_it_is():
        asker.say(line)
    unit = given.unit or ask_text(asker, _("Vad heter er enhet?"))
    huvudmen = tuple(Choice(h.value, h.text) for h in Huvudman)
    huvudman = given.huvudman or ask_choice(asker, _("Vem är er huvudman?"), huvudmen)
    body = given.body or _ask_body(asker, huvudman)
    coordinator = given.coordinator or ask_text(asker, _("Vad heter du? (så står det i breven)"))
    phone = given.phone or ask_text(asker, _("Ditt telefonnummer"), required=False)
    pack = given.pack or ask_choice(asker, _("Vilket regionpaket?"), _packs(), current=STANDARD)
    decision = given.decision or ask_text(
        asker, _("Diarienummer för beslutet om att använda sipctl"), required=False, why=_decision_why()
    )
    settings = given._replace(
        unit=unit, huvudman=huvudman, body=body, coordinator=coordinator, phone=phone, pack=pack, decision=decision
    )
    return settings, _ask_key(asker, wish)


def set_up_asking(asker: Any, settings: Settings, wish: KeyWish) -> str:
    """The recovery code of the new store; asks for another key when the system's key store won't do."""
    while True:
        try:
            return set_up(home(), settings, wish)
        except SipctlError as problem:
            if not wish.system:
                raise
            asker.say(f"{problem.what} {problem.remedy}", Tone.WRONG)
            wish = _ask_key(asker, replace(wish, system=False))


def hand_over(page: str, path: Path | None, make_asker: Callable[[], Any] | None, settings: Settings) -> None:
    """Show or write the recovery page, and go on only when somebody has taken care of it."""
    if path:
        try:
            write_recovery_page(path, page)
        except SipctlError:
            show.note(page)  # the store is made: the code must not be lost with the file
            raise
        show.say(_("Återställningskoden står i {file}. Skriv ut den, lås in den och radera filen.").format(file=path))
    elif make_asker:
        _show_until_kept(page, make_asker)
    show.say(_("sipctl är klart att använda."))
    if service := synced_service(home().root):
        show.note(_("OBS! Mappen ligger i {service} och kopieras till molnet.").format(service=service))
    if settings.demo:
        show.say(_("Utan beslut går det bara att använda påhittade uppgifter och Skatteverkets testnummer."))
    show.say(_("Nästa: sipctl unit import FIL (adressbok) eller sipctl case new (första ärendet)."))


def _show_until_kept(page: str, make_asker: Callable[[], Any]) -> None:
    from sipctl.ui.single import ask_yes_no

    show.note("\n" + page)
    try:
        while not ask_yes_no(make_asker(), _("Har du skrivit upp koden och lagt den på ett säkert ställe?")):
            show.note(_("Gör det nu: koden visas inte igen."))
    except Interrupted:
        raise Interrupted(
            _("Avbrutet. Registret är uppsatt, men ingen har sagt att återställningskoden är sparad."),
            _("Har du den inte: gör en ny med sipctl store key add recovery."),
        ) from None


def _what_it_is() -> list[str]:
    return [
        _("sipctl är en arbetskopia på den här datorn: det hjälper dig genom stegen i en SIP, gör breven och planen "
          "och räknar rätt."),
        _("Det är inte journalen. Det som är viktigt för du in i er journal eller personakt, och har regionen en "
          "gemensam tjänst används den först."),
        _("Ingenting skickas någonstans. Uppgifterna är krypterade och ligger kvar på datorn."),
        _("Din myndighet bestämmer om sipctl får användas med riktiga uppgifter."),
        "",
    ]  # fmt: skip


def _decision_why() -> str:
    return _(
        "Den personuppgiftsansvarige måste ha beslutat om arbetskopian. Hoppa över om beslut saknas: då tar "
        "sipctl bara emot påhittade uppgifter."
    )


def _ask_body(asker: Any, huvudman: str) -> str:
    from sipctl.places import find_kommun, region_name
    from sipctl.ui.single import ask_text

    if huvudman == Huvudman.REGION:
        question = _("Regionens kod (två siffror, till exempel 04)")
        bad = _("Det finns ingen region med den koden.")
        return str(ask_text(asker, question, check=lambda text: None if region_name(text) else bad))
    bad = _("Det finns ingen kommun med det namnet, eller flera; skriv koden, till exempel 0480.")
    text = ask_text(
        asker, _("Vilken kommun?"), required=huvudman == Huvudman.KOMMUN,
        check=lambda text: None if len(find_kommun(text)) == 1 else bad,
    )  # fmt: skip
    return find_kommun(text)[0][0] if text else ""


def _packs() -> tuple[Choice, ...]:
    return tuple(Choice(info.id, info.name) for info in available(home()))


def _ask_key(asker: Any, wish: KeyWish) -> KeyWish:
    from sipctl.ui.single import ask_choice, ask_secret

    if wish.system or wish.passphrase or wish.key_file:
        return wish
    options = (
        Choice("system", _("datorns nyckelförråd"), _("öppnas när du är inloggad")),
        Choice("passphrase", _("lösenfras"), _("skrivs varje gång")),
    )
    if ask_choice(asker, _("Hur ska registret öppnas?"), options) == "system":
        return replace(wish, system=True)
    too_short = _("Välj minst tolv tecken, gärna fyra ord som bara du kommer på.")
    phrase = ask_secret(
        asker, _("Lösenfras"), repeat=_("Lösenfrasen en gång till"),
        check=lambda text: None if len(text) >= 12 else too_short,
    )  # fmt: skip
    return replace(wish, passphrase=phrase)
