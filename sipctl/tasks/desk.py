"""What every task stands on: this home's settings, the open store, the day and the guidance."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

from sipctl.errors import RuleNotMet, UsageFault
from sipctl.language import _
from sipctl.paths import Home, home
from sipctl.settings import Settings, load_settings
from sipctl.store import keys
from sipctl.store.connection import Store, open_store

if TYPE_CHECKING:
    from sipctl.model.casefile import CaseFile
    from sipctl.model.participant import Participant
    from sipctl.process.context import Context
    from sipctl.process.guidance import Guidance

AskSecret = Callable[[], str]


class Desk:
    """An open store with all that is needed to work on cases."""

    def __init__(self, home: Home, settings: Settings, store: Store, today: date):
        self.home = home
        self.settings = settings
        self.store = store
        self.today = today
        self._packs: dict[str, Guidance] = {}
        self._steps: dict[str, str] = {}
        self._bodies: dict[int, str] | None = None
        self._store_id = ""

    @property
    def store_id(self) -> str:
        """The store's own random name."""
        self._store_id = self._store_id or self.store.meta("store_id")
        return self._store_id

    @property
    def guidance(self) -> Guidance:
        """The region pack chosen in the settings."""
        return self.guidance_of(self.settings.pack)

    def guidance_of(self, pack: str) -> Guidance:
        """A region pack by name: a case keeps the one it began with. Read and checked once.

        The user's own templates go before the pack's.
        """
        from sipctl import region
        from sipctl.tasks.template_shelf import equipped

        if pack not in self._packs:
            self._packs[pack] = equipped(region.load(pack, self.home), self.home)
        return self._packs[pack]

    def body_of(self, participant: Participant) -> str:
        """The code of the kommun or region whose unit it is, from the address book; empty when not known."""
        from sipctl.store.units import bodies

        if participant.unit_id is None:
            return ""
        if self._bodies is None:
            self._bodies = bodies(self.store)
        return self._bodies.get(participant.unit_id, "")

    @property
    def step_names(self) -> dict[str, str]:
        """The steps in the chosen pack's words, without loading the pack."""
        if not self._steps:
            from sipctl.step_names import step_names

            self._steps = step_names(self.settings.pack, self.home)
        return self._steps

    def case(self, ref: str, purpose: str) -> CaseFile:
        """The whole case, the reading logged with its purpose; raises ``NotFound``."""
        from sipctl.store import cases

        return cases.load(self.store, ref, purpose)

    def context(self, pack: str = "") -> Context:
        """The world around a case, as the forms and rules need it."""
        from sipctl.places import find_kommun, is_test_number, kommun_name
        from sipctl.process.context import Context
        from sipctl.store.units import cards
        from sipctl.vocabulary.units import Huvudman

        def code_of(text: str) -> str | None:
            if text == self.settings.body:  # the demo's county is invented
                return text
            found = find_kommun(text)
            return found[0][0] if len(found) == 1 else None

        return Context(
            today=self.today,
            guidance=(self.guidance_of(pack) if pack else self.guidance).spoken(),
            unit=self.settings.unit,
            huvudman=Huvudman(self.settings.huvudman),
            coordinator=self.settings.coordinator,
            phone=self.settings.phone,
            kommun=self.settings.body if len(self.settings.body) == 4 else "",
            kommun_name=kommun_name(self.settings.body),
            journal=self.settings.journal,
            units=cards(self.store),
            find_kommun=code_of,
            is_accepted_number=is_test_number if self.settings.demo else lambda number: True,
        )


@contextmanager
def open_desk(ask: AskSecret | None = None) -> Iterator[Desk]:
    """Open the store of this home, and close it afterwards."""
    place = home()
    ring = keys.read_keyring(place)
    settings = load_settings(place)
    today = current_day(settings)
    if not settings.demo and ring.slot("demo"):
        raise RuleNotMet(
            _("En demo kan inte bli ett riktigt register: dess nyckel ligger i klartext bredvid."),
            _("Gör ett eget register för riktiga uppgifter med sipctl init."),
        )
    store = open_store(place, ask)
    try:
        yield Desk(place, settings, store, today)
    finally:
        store.close()


def current_day(settings: Settings) -> date:
    """Today. ``SIPCTL_TODAY`` fixes it, in stores for demo data only."""
    fixed = os.environ.get("SIPCTL_TODAY")
    if not fixed:
        return date.today()
    if not settings.demo:
        raise UsageFault(
            _("SIPCTL_TODAY gäller bara register med påhittade uppgifter."),
            _("Ta bort variabeln; i ett riktigt register används dagens datum."),
        )
    try:
        return date.fromisoformat(fixed)
    except ValueError:
        raise UsageFault(_("SIPCTL_TODAY är inget datum."), _("Skriv det som 2026-12-01.")) from None
