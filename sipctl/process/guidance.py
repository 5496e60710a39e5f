"""What law and region pack say, as plain data that the rules read: wording, days, codes, citations.

``sipctl.region`` builds it from ``templates/law.toml`` and the pack's ``region.toml``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from sipctl.process.form import Choice, Q


@dataclass(frozen=True, slots=True)
class Law:
    """One citation with the time it holds. ``text`` says in plain words what it demands."""

    id: str
    citation: str
    text: str
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Guidance:
    """A loaded region pack together with the law. Texts are Swedish as the pack words them."""

    pack: str
    version: str
    name: str
    notice: str
    steps: Mapping[str, str]
    criteria: tuple[Choice, ...]
    categories: tuple[Choice, ...]
    days: Mapping[str, int]
    codes: Mapping[str, str]
    texts: Mapping[str, str]
    sources: tuple[str, ...] = ()
    laws: tuple[Law, ...] = ()
    extras: Mapping[str, tuple[Q, ...]] = field(default_factory=dict)
    templates: Mapping[str, Path] = field(default_factory=dict)

    def law(self, law_id: str, on: date) -> Law | None:
        """The provision with that id as it stood ``on`` that day."""
        return next(
            (
                law
                for law in self.laws
                if law.id == law_id and law.valid_from <= on and (law.valid_to is None or on <= law.valid_to)
            ),
            None,
        )

    def citation(self, law_id: str, on: date) -> str:
        """Its citation, or an empty string when nothing with that id was in force."""
        found = self.law(law_id, on)
        return found.citation if found else ""
