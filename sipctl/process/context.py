"""What the forms and rules need to know about the world around a case."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sipctl.process.guidance import Guidance
from sipctl.vocabulary import Huvudman, SendBy


@dataclass(frozen=True, slots=True)
class UnitCard:
    """A unit of the address book, as offered in lists."""

    id: int
    name: str
    huvudman: Huvudman
    phone: str
    address: str
    send_by: SendBy


@dataclass(frozen=True, slots=True)
class Context:
    """Today, who we are, what the pack says, and the address book.

    ``find_kommun`` gives the kommun code for a code or name, or None.
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
    units: tuple[UnitCard, ...] = ()
    find_kommun: Callable[[str], str | None] = lambda text: text
    is_accepted_number: Callable[[str], bool] = lambda number: True

    def unit_card(self, unit_id: int | str | None) -> UnitCard | None:
        """The unit with that id."""
        return next((card for card in self.units if str(card.id) == str(unit_id)), None)
