"""What a word is: a stored key with a text for people."""

from enum import StrEnum
from typing import Self

from sipctl.language import _


class Term(StrEnum):
    """A stored key with a text for people: ``Route.DISCHARGE == "discharge"``, ``.text`` is Swedish."""

    _label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        """Make the member a plain string with a label beside it."""
        member = str.__new__(cls, value)
        member._value_ = value
        member._label = label
        return member

    @property
    def text(self) -> str:
        """The text in the language of the run."""
        return _(self._label)
