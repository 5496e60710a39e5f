"""Work with a region's own Word templates: begin one, try it, take it in force, go back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sipctl import places
from sipctl.documents import fields, kinds, template
from sipctl.documents.sample import sample
from sipctl.errors import Fault, NoStore, NotFound, TemplateFault, UsageFault
from sipctl.files import write_private
from sipctl.language import _
from sipctl.paths import home
from sipctl.process.form.values import meant
from sipctl.process.guidance import Guidance
from sipctl.process.text import printable
from sipctl.settings import load_settings
from sipctl.tasks import template_shelf as shelf
from sipctl.tasks.template_check import Finding, findings, read
from sipctl.tasks.templates import guidance
from sipctl.vocabulary.documents import DocumentKind

TRIALS = "mallprov"
_SUFFIX = ".docx"


@dataclass(frozen=True, slots=True)
class Installed:
    """What ``install`` did: ``is_new`` is false when the template was in force already."""

    is_new: bool
    version: str
    findings: tuple[Finding, ...]


def install(file: Path, kind: DocumentKind, whose: str, pack: str = "") -> Installed:
    """Check the template, try it with invented data, keep it and take it in force.

    ``whose`` is "" (all), "kommun", "region" or a body's code. Raises ``TemplateFault`` with every error,
    and then nothing is installed.
    """
    whose, words = _whose(whose), guidance(pack)
    content = read(file)
    found = findings(content, file.name, kind, words)
    _refuse(file, found)
    compiled = template.compile(content, name=file.name, known=fields.known_for(kind, words.texts))
    for empty in (False, True):  # what only shows when it is filled in shows now
        compiled.render(sample(kind, words, empty=empty))
    is_new = shelf.install(home(), kind, whose, file.name, content)
    return Installed(is_new, compiled.sha256[:8], tuple(found))


def choose(kind: DocumentKind, version: str, whose: str) -> str:
    """Go back to an earlier version of one's own template, or to the pack's; returns the version, "" for the pack's."""
    chosen = shelf.choose(home(), kind, _whose(whose), version)
    return chosen.sha256[:8] if chosen else ""


def preview(source: str, kind: DocumentKind | None, pack: str, whose: str, output: Path | None, *, empty: bool) -> Path:
    """Fill a template (a file, or the one in force for a kind) with invented data, and write the document."""
    words = guidance(pack)
    name, kind, content = _meant(source, kind, words, _whose(whose))
    compiled = template.compile(content, name=name, known=fields.known_for(kind, words.texts))
    path = _target(output, f"{kind.value}-tom" if empty else kind.value)
    write_private(path, compiled.render(sample(kind, words, empty=empty)))
    return path


def begin(kind: DocumentKind, pack: str, output: Path | None) -> Path:
    """A copy of the pack's template to begin from."""
    words = guidance(pack)
    path = _target(output, f"{kind.value}-egen")
    write_private(path, shelf.read(_of_pack(words, kind)))
    return path


def field_guide(kind: DocumentKind | None, pack: str, output: Path) -> Path:
    """Write the list of fields as a Word document."""
    from sipctl.documents import field_guide as document

    words = guidance(pack)
    path = _target(output, "")
    write_private(path, document.field_guide(kind, words.texts, words.name))
    return path


def _refuse(file: Path, found: list[Finding]) -> None:
    errors = [finding for finding in found if finding.severity == "error"]
    if errors:
        raise TemplateFault(
            _("Mallen {name} är inte installerad. Antal fel: {n}.").format(name=printable(file.name), n=len(errors)),
            _("Rätta felen i Word och försök igen."),
            [Fault(error.place, f"{error.message} {error.remedy}".rstrip()) for error in errors],
        )


def _whose(text: str) -> str:
    whose = text.strip().lower()
    if whose in shelf.OF_HUVUDMAN or places.body_name(whose) or (whose.isdigit() and whose in _own_bodies()):
        return whose
    raise UsageFault(
        _("”{word}” är ingen kommun eller region.").format(word=printable(text)),
        _("Skriv kommun, region eller en kod: fyra siffror för en kommun, två för en region."),
    )


def _own_bodies() -> tuple[str, ...]:
    """Our own kommun and its region: in the demo they are invented."""
    try:
        body = load_settings(home()).body
    except NoStore:
        return ()
    return (body, body[:2])


def _meant(source: str, kind: DocumentKind | None, words: Guidance, whose: str) -> tuple[str, DocumentKind, bytes]:
    """Name, kind and bytes of the template: the one in force for a kind, else a file."""
    if source in list(DocumentKind):
        found = DocumentKind(source)
        return f"{found.value}{_SUFFIX}", found, shelf.read(_in_force(words, found, whose))
    file = Path(source)
    if not file.suffix and not file.exists():
        raise UsageFault(
            _("”{word}” är varken en fil eller ett slags dokument.").format(word=printable(source))
            + meant(source, list(DocumentKind)),
            _kinds(),
        )
    kind = kind or kinds.kind_by_name(file.stem)
    if kind is None:
        raise UsageFault(_("Ange med --kind vilket slags dokument mallen är till för."), _kinds())
    return file.name, kind, read(file)


def _kinds() -> str:
    return _("Ett av: {values}.").format(values=", ".join(DocumentKind))


def _in_force(words: Guidance, kind: DocumentKind, whose: str) -> Path:
    return words.template(kind, *shelf.recipient(whose)) or _of_pack(words, kind)


def _of_pack(words: Guidance, kind: DocumentKind) -> Path:
    if path := words.templates.get(kind.value):
        return path
    raise NotFound(
        _("Paketet {pack} har ingen mall för {kind}.").format(pack=words.pack, kind=kind.text),
        _("Se sipctl template list."),
    )


def _target(output: Path | None, stem: str) -> Path:
    """The file asked for, else the next free one among the trials."""
    if output is not None:
        if output.suffix.lower() != _SUFFIX:
            raise UsageFault(
                _("Filen {file} ska sluta på .docx.").format(file=printable(output.name)),
                _("Den blir ett Word-dokument."),
            )
        return output
    folder = home().documents / TRIALS
    number = 1
    while (path := folder / f"{stem}-{number}{_SUFFIX}").exists():
        number += 1
    return path
