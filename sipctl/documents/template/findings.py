"""What a check of a template found, and where."""

from dataclasses import dataclass, field
from typing import Literal

from sipctl.errors import Fault, TemplateFault
from sipctl.language import _

Severity = Literal["error", "warning", "advice"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to know about a template. ``place`` is for people, ``part`` is the name in the zip.

    ``anchor`` is the paragraph it stands in, by its number among all of the part's in document order.
    The numbers that follow are those of ``place``: of the outermost table, or of the paragraph outside tables.
    """

    severity: Severity
    part: str
    place: str
    text_around: str
    message: str
    remedy: str = ""
    anchor: int | None = field(default=None, compare=False)
    table: int | None = field(default=None, compare=False)
    row: int | None = field(default=None, compare=False)
    column: int | None = field(default=None, compare=False)
    paragraph: int | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a template, as a person would look for it."""

    part: str
    place: str
    around: str = ""
    anchor: int | None = None


@dataclass(slots=True)
class Report:
    """Gathers findings; the same finding twice at one place is one finding."""

    findings: dict[Finding, None] = field(default_factory=dict)

    def add(self, severity: Severity, spot: Spot, message: str, remedy: str = "") -> None:
        """Note one finding."""
        finding = Finding(severity, spot.part, spot.place, spot.around, message, remedy, spot.anchor)
        self.findings.setdefault(finding)

    def error(self, spot: Spot, message: str, remedy: str = "") -> None:
        """Note what makes the template unusable."""
        self.add("error", spot, message, remedy)

    @property
    def errors(self) -> list[Finding]:
        """The findings that stop the template."""
        return [finding for finding in self.findings if finding.severity == "error"]


def refusal(name: str, errors: list[Finding]) -> TemplateFault:
    """The error that carries every finding."""
    what = _("Mallen {name} kan inte användas: {count} fel.").format(name=name, count=len(errors))
    if len(errors) == 1:
        what = _("Mallen {name} kan inte användas: {message}").format(name=name, message=errors[0].message)
    remedy = errors[0].remedy if len(errors) == 1 else _("Rätta felen i Word och kontrollera mallen igen.")
    return TemplateFault(what, remedy, [Fault(e.place, f"{e.message} {e.remedy}".strip()) for e in errors])
