"""Check and compile a Word template: all its faults at once, or a ``Template`` that can be rendered."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from jinja2 import TemplateError
from lxml import etree

from sipctl.errors import NotFound, TemplateFault
from sipctl.language import _

from .archive import Archive
from .blocks import in_order, settle
from .dialect import BLOCK, VARIABLE, Tighten, dialect, written
from .findings import Finding, Report, Spot, refusal
from .guards import guard, mark_character
from .hoist import INSTRUCTION, hoist
from .merge import check_merges, merge_marked
from .names import Known, Names
from .package import WORD_TYPE, Package, open_package
from .properties import read_properties
from .render import Part, Template
from .safety import make_safe
from .syntax import parse
from .tags import RESERVED, Draft, Tag, read_tags
from .unfilled import check_unfilled, unbind
from .wordxml import W_NS, Element, UnsafeXmlError, tidy
from .wordxml import parse as parse_xml

__all__ = ["Finding", "Known", "Template", "check", "compile"]

_PROPERTY_TYPES = (
    "application/vnd.openxmlformats-package.core-properties+xml",
    "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    "application/vnd.openxmlformats-officedocument.custom-properties+xml",
)
_HOLE = re.compile(rf"<\?{INSTRUCTION} (\w+)\?>|\ufdd0(\d+)\ufdd1")
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def check(source: str | Path | bytes, name: str | None = None, known: Known | None = None) -> list[Finding]:
    """Everything to know about a template, errors first."""
    data, name = _read(source, name)
    try:
        findings = list(_Study(data, name, known).report.findings)
    except TemplateFault as fault:
        return [Finding("error", "", name, "", fault.what, fault.remedy)]
    order = ("error", "warning", "advice")
    return sorted(findings, key=lambda finding: order.index(finding.severity))


def compile(
    source: str | Path | bytes,
    name: str | None = None,
    known: Known | None = None,
    none_text: str = "Ej angivet",
) -> Template:
    """A template ready to render; raises ``TemplateFault`` with every error there is."""
    data, name = _read(source, name)
    study = _Study(data, name, known)
    if study.report.errors:
        raise refusal(name, study.report.errors)
    parts = [_compile_part(plan, name, none_text) for plan in study.plans if plan.touched]
    changing = {part.name for part in parts}
    unchanged = [entry for entry in study.package.entries.values() if entry.name not in changing]
    return Template(
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        names=frozenset(study.names.used),
        findings=tuple(study.report.findings),
        parts=tuple(parts),
        archive=Archive(unchanged, [part.name for part in parts]),
        places={used: spot.place for used, spot in study.names.used.items()},
    )


def _read(source: str | Path | bytes, name: str | None) -> tuple[bytes, str]:
    if isinstance(source, bytes):
        return source, name or _("mallen")
    path = Path(source)
    try:
        return path.read_bytes(), name or path.name
    except (FileNotFoundError, IsADirectoryError) as error:
        raise NotFound(
            _("Mallen {name} finns inte.").format(name=path.name), _("Kontrollera namnet och mappen.")
        ) from error


@dataclass(slots=True)
class _Study:
    """One reading of a template: its parts with their tags at the right levels, and the findings."""

    data: bytes
    name: str
    known: Known | None
    report: Report = field(default_factory=Report)
    plans: list[Draft] = field(default_factory=list)
    package: Package = field(init=False)
    names: Names = field(init=False)

    def __post_init__(self) -> None:
        self.names = Names(self.known, self.report)
        self.package = make_safe(open_package(self.data, self.name), self.report)
        for part, label, of_word in _parts(self.package):
            self._study_part(part, label, of_word)

    def _study_part(self, part: str, label: str, of_word: bool) -> None:
        content = self.package.entries[part].content
        if b"{" not in content and b"}" not in content:
            return
        try:
            root = parse_xml(content)
        except UnsafeXmlError:
            return  # already said
        draft = Draft(part, root, (self.name, label) if label else (self.name,), self.report)
        if _is_odd(draft, of_word):
            return
        if of_word:
            tidy(draft.root)
            read_tags(draft)
            check_unfilled(draft)
            unbind(draft)
            hoist(draft)
            merge_marked(draft)
        else:
            read_properties(draft)
        settle(draft)
        check_merges(draft)
        self._check_tags(draft)
        self.plans.append(draft)

    def _check_tags(self, draft: Draft) -> None:
        self.names.start_part()
        for tag in in_order(draft):
            node, faults = parse(tag.kind, tag.source) if tag.kind != "comment" else (None, [])
            for fault in faults:
                self.report.error(tag.spot, fault.message, fault.remedy)
            self.names.follow(tag, None if faults else node)


def _is_odd(draft: Draft, of_word: bool) -> bool:
    spot = Spot(draft.part, ", ".join(draft.path))
    remedy = _("Öppna mallen i Word och spara den på nytt.")
    text = etree.tostring(draft.root, encoding="unicode")
    if RESERVED.search(text):
        draft.report.error(spot, _("Mallen innehåller otillåtna tecken."), remedy)
        return True
    if of_word and draft.root.nsmap.get("w") != W_NS:
        draft.report.error(spot, _("Mallen är inte skriven som Word skriver sina filer."), remedy)
        return True
    return False


def _parts(package: Package) -> Iterator[tuple[str, str, bool]]:
    """The parts that may hold tags: name, what a person calls it, whether it is Word text."""
    yield package.main, "", True
    for kind, one in (("header", _("sidhuvud")), ("footer", _("sidfot"))):
        found = package.of_type(f"{WORD_TYPE}{kind}+xml")
        for number, part in enumerate(found, 1):
            yield part, f"{one} {number}" if len(found) > 1 else one, True
    for kind in ("footnotes", "endnotes"):
        for part in package.of_type(f"{WORD_TYPE}{kind}+xml"):
            yield part, "", True
    for part in package.of_type(*_PROPERTY_TYPES):
        yield part, _("dokumentegenskaper"), False


def _compile_part(draft: Draft, name: str, none_text: str) -> Part:
    of_word = draft.root.tag.startswith(f"{{{W_NS}}}")
    guarded = guard(draft) if of_word else False
    environment = dialect(none_text, of_word)
    try:
        tree = Tighten().visit(environment.parse(_DECLARATION + _source(draft)))
        return Part(draft.part, environment.from_string(tree), guarded)
    except (TemplateError, SyntaxError, ValueError, RecursionError) as error:
        spot = Spot(draft.part, name)
        report = Report()
        report.error(spot, _("Mallen går inte att förstå."), _("Dela upp mallen i mindre delar."))
        raise refusal(name, report.errors) from error


def _source(draft: Draft) -> str:
    """The part as jinja2 source: tags where the tokens and instructions are."""

    def fill(hole: re.Match[str]) -> str:
        number = hole[1] or hole[2]
        return _as_jinja(draft.tags[int(number)]) if number.isdigit() else mark_character(number)

    return _HOLE.sub(fill, _serialise(draft.root))


def _as_jinja(tag: Tag) -> str:
    if tag.kind == "comment":
        return ""
    return written(VARIABLE if tag.kind == "output" else BLOCK, tag.source)


def _serialise(root: Element) -> str:
    text: str = etree.tostring(root, encoding="unicode", with_tail=False)
    return text
