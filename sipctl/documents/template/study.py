"""Check and compile a Word template: all its faults at once, or a ``Template`` that can be rendered."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from jinja2 import TemplateError
from lxml import etree

from sipctl.errors import NotFound, TemplateFault
from sipctl.language import _

from .album import Gallery
from .archive import Archive
from .blocks import settle
from .bounds import MAX_TAG_TEXT
from .controls import Controls
from .dialect import BLOCK, VARIABLE, Tighten, dialect, written
from .findings import Finding, Report, Spot, refusal
from .frames import read_frames, without_placeholders
from .guards import guard, mark_character
from .hoist import INSTRUCTION, hoist
from .inspection import look_over
from .joining import join_paragraphs
from .merge import check_merges, merge_marked
from .names import Known, Names
from .package import WORD_TYPE, Package, open_package
from .pairs import events
from .properties import read_properties
from .render import Part, Place, Template
from .safety import make_safe
from .syntax import parse
from .tags import RESERVED, Draft, Tag, read_tags
from .unfilled import check_drawn, check_unfilled, unbind
from .wordxml import SDT, W_NS, Element, UnsafeXmlError, tidy
from .wordxml import parse as parse_xml

__all__ = ["Finding", "Inspection", "Known", "Template", "check", "compile", "inspect"]

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
        return _by_weight(_Study(data, name, known).report.findings)
    except TemplateFault as fault:
        return [_unreadable(fault, name)]


class Inspection(NamedTuple):
    """All findings, errors first, and the dotted names the template uses; None when it cannot be read."""

    findings: list[Finding]
    names: frozenset[str] | None


def inspect(
    source: str | Path | bytes,
    name: str | None = None,
    known: Known | None = None,
    foreign: Mapping[str, str] | None = None,
) -> Inspection:
    """``check``, and what would leak or shut somebody out.

    ``foreign`` are names that exist but not here, each with the sentence that says where they belong.
    """
    data, name = _read(source, name)
    try:
        study = _Study(data, name, known, foreign or {})
    except TemplateFault as fault:
        return Inspection([_unreadable(fault, name)], None)
    findings = look_over(study.opened, text_parts(study.opened), study.report)
    return Inspection(_by_weight(findings), frozenset(study.names.used))


def _unreadable(fault: TemplateFault, name: str) -> Finding:
    return Finding("error", "", name, "", fault.what, fault.remedy)


def _by_weight(findings: Iterable[Finding]) -> list[Finding]:
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
    changing = [part.name for part in parts]
    entries = without_placeholders(study.package.entries, study.plans)
    unchanged = [entry for name, entry in entries.items() if name not in changing]
    return Template(
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        names=frozenset(study.names.used),
        findings=tuple(study.report.findings),
        parts=tuple(parts),
        archive=Archive(unchanged, changing),
        gallery=Gallery(entries, changing),
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
    foreign: Mapping[str, str] = field(default_factory=dict)
    report: Report = field(default_factory=Report)
    plans: list[Draft] = field(default_factory=list)
    opened: Package = field(init=False)
    package: Package = field(init=False)
    names: Names = field(init=False)
    _tag_text: int = 0

    def __post_init__(self) -> None:
        self.names = Names(self.known, self.report, self.foreign)
        self.opened = open_package(self.data, self.name)
        self.package = make_safe(self.opened, self.report)
        check_drawn(self.package, self.report)
        for part, label, of_word in text_parts(self.package):
            self._study_part(part, label, of_word)

    def _study_part(self, part: str, label: str, of_word: bool) -> None:
        content = self.package.entries[part].content
        if not any(sign in content for sign in (b"{", b"}", b"sdtContent")):
            return
        try:
            root = parse_xml(content)
        except UnsafeXmlError:
            return  # already said
        draft = Draft(part, root, (self.name, label) if label else (self.name,), self.report)
        if _is_odd(draft, of_word):
            return
        self.names.start_part()
        if of_word:
            tidy(draft.root)
        controls = Controls(draft, self.names)  # before any paragraph is taken away
        if of_word:
            read_tags(draft)
            read_frames(draft)
            check_unfilled(draft)
            unbind(draft)
            join_paragraphs(draft)
            hoist(draft)
            merge_marked(draft)
        else:
            read_properties(draft)
        self._tag_text += sum(len(tag.source) for tag in draft.tags)
        if self._tag_text > MAX_TAG_TEXT:
            spot = Spot(part, ", ".join(draft.path))
            self.report.error(spot, _("Mallens fält är för långa tillsammans."), _("Dela upp mallen i mindre delar."))
            return
        settle(draft)
        check_merges(draft)
        self._check_tags(draft, controls)
        self.plans.append(draft)

    def _check_tags(self, draft: Draft, controls: Controls) -> None:
        for event, node in events(draft, SDT):
            if event == "start":
                controls.open(node)
            elif event == "end":
                controls.close(node)
            elif not node.own:
                self._check_tag(node)

    def _check_tag(self, tag: Tag) -> None:
        kind = "output" if tag.kind == "frame" else tag.kind
        node, faults = parse(kind, tag.source) if kind != "comment" else (None, [])
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


def text_parts(package: Package) -> Iterator[tuple[str, str, bool]]:
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
        source, lines = _source(draft)
        tree = Tighten().visit(environment.parse(source))
        return Part(draft.part, environment.from_string(tree), guarded, lines)
    except (TemplateError, SyntaxError, ValueError, RecursionError) as error:
        spot = Spot(draft.part, name)
        report = Report()
        report.error(spot, _("Mallen går inte att förstå."), _("Dela upp mallen i mindre delar."))
        raise refusal(name, report.errors) from error


def _source(draft: Draft) -> tuple[str, dict[int, Place]]:
    """The part as jinja2 source: tags where the tokens and instructions are; and which tag is on which line of it."""
    pieces, lines, line, at = [_DECLARATION], {}, _DECLARATION.count("\n") + 1, 0
    xml = _serialise(draft.root)
    for hole in _HOLE.finditer(xml):
        between, at = xml[at : hole.start()], hole.end()
        line += between.count("\n")
        number = hole[1] or hole[2]
        tag = draft.tags[int(number)] if number.isdigit() else None
        pieces += (between, _as_jinja(tag) if tag else mark_character(number))
        if tag and tag.kind != "comment":
            line += 1
            lines[line] = Place(tag.spot.place, tag.shown)
    return "".join((*pieces, xml[at:])), lines


def _as_jinja(tag: Tag) -> str:
    if tag.kind == "comment":
        return ""
    # On a line of its own: jinja2 remembers lines, so that what fails when it is filled in has a place too.
    if tag.kind == "frame":
        width, height = tag.frame
        return written(BLOCK, f"\nset {tag.variable} = ({tag.source})|_frame({width}, {height})")
    return written(VARIABLE if tag.kind == "output" else BLOCK, f"\n{tag.source}")


def _serialise(root: Element) -> str:
    text: str = etree.tostring(root, encoding="unicode", with_tail=False)
    return text
