"""The address book: units of kommun, region and others that are called to meetings."""

from sqlmodel import SQLModel

from sipctl.model.columns import key_field, term
from sipctl.vocabulary.units import Huvudman, SendBy, UnitType


class Unit(SQLModel, table=True):
    """A unit. ``body`` is the code of the kommun (4 digits) or region (2 digits) it belongs to.

    ``entrance`` marks the unit that takes in calls when the right one is not known.
    """

    id: int = key_field()
    name: str
    huvudman: Huvudman = term(Huvudman)
    body: str = ""
    type: UnitType = term(UnitType, default=UnitType.OTHER)
    entrance: bool = False
    send_by: SendBy = term(SendBy, default=SendBy.LETTER)
    hsa_id: str = ""
    phone: str = ""
    address: str = ""
    active: bool = True
