"""What the forms and rules need to know about the world around a case."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sipctl.process.guidance import Guidance
from sipctl.vocabulary.units import Huvudman, SendBy


@dataclass(frozen=True, slots=True)
class UnitCard:
    """A unit of the address book, as offered in lists. ``name`` is unique: see ``store.units.cards``."""

    id: int
    name: str
    huvudman: Huvudman
    phone: str
    address: str
    send_by: SendBy


@dataclass(frozen=True, slots=True)
class Context:
    """Today, who we are, what the pack says, and the address book.

    ``kommun_name`` is our kommun as people call it. ``find_kommun`` gives the kommun code for a code or name, or None.
    ``is_accepted_number`` is false for real identity numbers in a store for demo data.
    """

    today: date
    guidance: Guidance
    unit: str
    huvudman: Huvudman
    coordinator: str
    phone: str
    kommun: str
    journal: str = ""
    kommun_name: str = ""
    units: tuple[UnitCard, ...] = ()
    find_kommun: Callable[[str], str | None] = lambda text: text
    is_accepted_number: Callable[[str], bool] = lambda number: True

    def unit_card(self, name: str | None) -> UnitCard | None:
        """The unit with that name, as it stands in answers."""
        return next((card for card in self.units if card.name == name), None)

    def unit_by_id(self, unit_id: int | None) -> UnitCard | None:
        """The unit a participant links to, while it is in the address book."""
        return next((card for card in self.units if card.id == unit_id), None)
