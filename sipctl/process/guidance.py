"""What law and region pack say, as plain data that the rules read: wording, days, codes, citations.

``sipctl.region`` builds it from ``templates/law.toml`` and the pack's ``region.toml``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from sipctl.language import _, current_language
from sipctl.places import same_bodies
from sipctl.process.form import Choice, Q


@dataclass(frozen=True, slots=True)
class Law:
    """One citation with the time it holds. ``text`` says in plain words what it demands.

    ``confirmed`` is false for what a lawyer is still to look at.
    """

    id: str
    citation: str
    text: str
    valid_from: date
    valid_to: date | None = None
    confirmed: bool = True


@dataclass(frozen=True, slots=True)
class Guidance:
    """A loaded region pack together with the law. Texts are Swedish as the pack words them.

    ``templates`` (the packs') and ``installed`` (the user's own) have the same keys: a kind of document
    ("call"), or a kind and whom it is for ("call-kommun", "call-region", "call-0480").
    """

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
    installed: Mapping[str, Path] = field(default_factory=dict)

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

    def template(self, kind: str, huvudman: str = "", body: str = "") -> Path | None:
        """The Word template for a recipient, None when nobody has one.

        ``body`` is the code of the recipient's kommun or region. A template of the user's own goes before
        the packs', and among each the one that is most particularly for this recipient.
        """
        keys = [f"{kind}-{whose}" for whose in (*same_bodies(body), huvudman) if whose]
        wanted = [mapping.get(key) for mapping in (self.installed, self.templates) for key in (*keys, kind)]
        return next(filter(None, wanted), None)

    def spoken(self) -> "Guidance":
        """The same guidance as a dialogue says it, in the language of the run.

        Documents, and what is stored, keep the pack's own Swedish; a pack's texts that no catalogue
        has (a region's own) are the same in every language.
        """
        if current_language() == "sv":
            return self
        return replace(
            self,
            steps={step: _(name) for step, name in self.steps.items()},
            criteria=_choices(self.criteria),
            categories=_choices(self.categories),
            laws=tuple(replace(law, citation=_(law.citation)) for law in self.laws),
            extras={step: tuple(_question(q) for q in questions) for step, questions in self.extras.items()},
        )

    def citation(self, law_id: str, on: date) -> str:
        """Its citation, or an empty string when nothing with that id was in force.

        What no lawyer has confirmed yet says so: it is shown where a question or an advice leans on it.
        """
        found = self.law(law_id, on)
        if found is None:
            return ""
        return found.citation if found.confirmed else _("{law}; ska bekräftas av jurist").format(law=found.citation)


def _choices(choices: tuple[Choice, ...]) -> tuple[Choice, ...]:
    return tuple(replace(choice, text=_(choice.text), hint=_(choice.hint)) for choice in choices)


def _question(q: Q) -> Q:
    return replace(q, text=_(q.text), why=_(q.why), source=_(q.source), choices=_choices(q.choices))
