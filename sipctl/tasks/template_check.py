"""Checking a template: everything the engine sees, and what that kind of document must say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from sipctl.documents import fields, kinds, needed, template
from sipctl.errors import NotFound, UsageFault
from sipctl.files import write_private
from sipctl.language import _
from sipctl.process.guidance import Guidance
from sipctl.process.text import printable
from sipctl.vocabulary.documents import DocumentKind

Finding = template.Finding
_ORDER = ("error", "warning", "advice")


def read(file: Path) -> bytes:
    """The template's bytes; raises ``NotFound``."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise NotFound(
            _("Mallen {name} finns inte eller går inte att läsa.").format(name=printable(file.name)),
            _("Kontrollera namnet och mappen."),
        ) from error


def findings(source: bytes, name: str, kind: DocumentKind | None, guidance: Guidance) -> list[Finding]:
    """Everything to know about a template, errors first.

    Without ``kind`` any field is right, and the needs are those of the kind that the file is named after.
    """
    known = fields.known_for(kind, tuple(guidance.texts))
    found = template.inspect(source, name, known, kinds.foreign(kind))
    if found.names is None:
        return found.findings
    has_errors = any(each.severity == "error" for each in found.findings)
    if kind and has_errors and (instead := _other_kind(source, name, kind, guidance)):
        return instead
    meant = kind or kinds.kind_by_name(Path(name).stem)
    needs = _missing(name, meant, found.names, guidance) if meant else [_kindless(name)]
    return sorted([*found.findings, *needs], key=lambda finding: _ORDER.index(finding.severity))


def _other_kind(source: bytes, name: str, kind: DocumentKind, guidance: Guidance) -> list[Finding]:
    """For a template clearly made for another kind: one sentence instead of a fault for each field."""
    found = template.inspect(source, name, fields.known_for(None, tuple(guidance.texts)))
    fitting = kinds.kinds_with(found.names or ())
    if kind in fitting or not fitting:
        return []
    message = _("Mallen kontrolleras som {kind}, men har fält som bara finns i: {kinds}.")
    wrong = Finding(
        "error",
        *("", name, ""),
        message.format(kind=kind.text, kinds=", ".join(each.text for each in fitting)),
        _("Är det rätt fil? Kontrollera den annars med --kind {kind}.").format(kind=fitting[0].value),
    )
    return [wrong, *found.findings]


def _kindless(name: str) -> Finding:
    message = _("Mallen är inte kontrollerad mot det som lagen kräver, för det framgår inte vilket dokument den är.")
    return Finding("advice", "", name, "", message, _("Ange slaget, till exempel --kind plan."))


def _missing(name: str, kind: DocumentKind, used: frozenset[str], guidance: Guidance) -> Iterator[Finding]:
    for need in needed.missing(kind, used):
        remedy = _("Lägg in {names}. Så gör regionpaketets mall: sipctl template new {kind}")
        yield Finding(
            "advice" if need.weight == "practice" else "warning",
            *("", name, ""),
            _why(need, guidance).format(what=_(need.what)),
            remedy.format(names=_(" eller ").join(need.names), kind=kind.value),
        )


def _why(need: needed.Need, guidance: Guidance) -> str:
    if need.weight == "practice":
        return _("Det framgår inte {what}. God praxis är att ta med det.")
    if need.weight == "use":
        return _("Det framgår inte {what}. Utan det fyller dokumentet inte sin uppgift.")
    citation = guidance.citation(need.law, date.today())
    return _("Det framgår inte {what}. Lagen kräver det: {law}.").replace("{law}", citation)


def annotate(source: bytes, name: str, found: list[Finding], out: Path) -> None:
    """Write a copy of the template with every finding as a comment at its place; never over a file."""
    if out.suffix.lower() != ".docx":
        raise UsageFault(_("Kopian med kommentarer är ett Word-dokument."), _("Ge den ett namn som slutar på .docx."))
    write_private(out, template.annotate(source, found, date.today(), name))
