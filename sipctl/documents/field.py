"""What is known about one name that a template may use."""

from dataclasses import dataclass
from typing import Any

from sipctl.vocabulary.consent import Category


@dataclass(frozen=True, slots=True)
class Field:
    """One name: ``meaning`` is for whoever edits a template, ``example`` a plain JSON value.

    A recipient sees the field only with ``category`` and all of ``also``. Further marks:
    ``whereabouts`` tells where somebody lives or is; ``home`` is the individual's own such data;
    ``own`` is for the individual alone; ``free`` is text in anybody's words, which may touch on
    anything.
    """

    name: str
    category: Category
    meaning: str
    example: Any
    also: frozenset[Category] = frozenset()
    whereabouts: bool = False
    home: bool = False
    own: bool = False
    free: bool = False

    @property
    def needs(self) -> frozenset[Category]:
        """Every category a recipient must be allowed."""
        return self.also | {self.category}

    @property
    def empty(self) -> list[str] | None:
        """How "not given" is written."""
        return [] if isinstance(self.example, list) else None


def basic(name: str, meaning: str, example: Any) -> Field:
    """Goes with every document."""
    return Field(name, Category.BASIC, meaning, example)


def where(name: str, meaning: str, example: Any) -> Field:
    """Goes with every document, but tells where somebody is."""
    return Field(name, Category.BASIC, meaning, example, whereabouts=True)


def home(name: str, meaning: str, example: Any) -> Field:
    """The individual's own contact data."""
    return Field(name, Category.CONTACT, meaning, example, whereabouts=True, home=True)


def health(name: str, meaning: str, example: Any) -> Field:
    """Free text about health."""
    return Field(name, Category.HEALTH, meaning, example, free=True)


def free(name: str, meaning: str, example: Any, *, own: bool = False, whereabouts: bool = False) -> Field:
    """Text in anybody's words: it needs both sides' categories."""
    also = frozenset({Category.HEALTH})
    return Field(name, Category.SOCIAL, meaning, example, also, free=True, own=own, whereabouts=whereabouts)


def people(prefix: str) -> tuple[Field, ...]:
    """The fields of a person in a list."""
    return (
        basic(f"{prefix}.role", "Roll", "biståndshandläggare"),
        basic(f"{prefix}.huvudman", "Huvudman i ord", "kommunen"),
        where(f"{prefix}.unit", "Enhet", "Äldreenheten Påhittstad"),
        where(f"{prefix}.name", "Namn", "Kim Påhittsson"),
        where(f"{prefix}.substitute", "Ersättare som kom", None),
        basic(f"{prefix}.line", "Allt om deltagaren som mottagaren får veta, på en rad", "Kim Påhittsson, kommunen"),
    )
