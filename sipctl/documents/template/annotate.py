"""A copy of a template in which every finding is a Word comment at its place."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import takewhile

from lxml import etree

from sipctl.errors import TemplateFault
from sipctl.language import _

from .archive import Archive, deflate
from .filters import visible
from .findings import Finding
from .hygiene import OWN_NAME
from .package import CONTENT_TYPES, WORD_TYPE, Package, open_package
from .reading import RELATIONS
from .safety import as_document, serialise
from .wordxml import BODY, PPR, SECT_PR, W_NS, XML_SPACE, Element, P, R, T, UnsafeXmlError, child_like, parse, w

_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
_INITIALS = "sip"


def annotate(source: bytes, findings: Sequence[Finding], on: date | None = None, name: str | None = None) -> bytes:
    """The template with the findings as comments of that day; the same findings give the same bytes.

    What stands where Word has no comments (headers, properties) is told at the first paragraph. Raises
    ``TemplateFault`` for what is no sound Word document.
    """
    package = open_package(source, name or _("mallen"))
    body, comments = _root(package, package.main), _Comments(package, on)
    for paragraph, told in _by_paragraph(body, package.main, findings):
        for lines in told:
            _mark(paragraph, comments.add(lines))
    changed = {package.main: body, comments.part: comments.root, **comments.enrolled()}
    entries = {**package.entries, **{name: deflate(name, serialise(root)) for name, root in changed.items()}}
    return Archive(entries.values(), ()).pack(())


def _root(package: Package, part: str) -> Element:
    try:
        return parse(package.entries[part].content)
    except UnsafeXmlError as error:
        raise _unsound(part) from error


def _unsound(part: str) -> TemplateFault:
    remedy = _("Öppna mallen i Word och spara den på nytt.")
    return TemplateFault(_("Delen {part} går inte att läsa.").format(part=part), remedy)


# --- where ---

_Told = list[list[str]]
"""The comments at one paragraph, each as lines."""


def _by_paragraph(body: Element, main: str, findings: Iterable[Finding]) -> list[tuple[Element, _Told]]:
    paragraphs = list(body.iter(P)) or [_only_paragraph(body, main)]
    told: dict[Element, _Told] = {}
    placeless: list[str] = []
    for finding in findings:
        if finding.part == main and finding.anchor is not None and finding.anchor < len(paragraphs):
            told.setdefault(_outermost(paragraphs[finding.anchor]), []).append(_lines(finding))
        else:
            placeless += [f"{finding.place}:", *_lines(finding)]
    first = _outermost(paragraphs[0])
    if placeless:
        told[first] = [placeless, *told.get(first, ())]
    return list(told.items())


def _outermost(paragraph: Element) -> Element:
    """Word has no comments inside text boxes: the paragraph that the box hangs on."""
    return next(reversed([paragraph, *paragraph.iterancestors(P)]))


def _only_paragraph(body: Element, main: str) -> Element:
    holder = body.find(BODY)
    if holder is None:
        raise _unsound(main)
    paragraph = child_like(holder, P)
    section = holder.find(SECT_PR)
    if section is not None:
        section.addprevious(paragraph)
    return paragraph


def _lines(finding: Finding) -> list[str]:
    word = {"error": _("Fel"), "warning": _("Varning")}.get(finding.severity, _("Råd"))
    return [f"{word}: {finding.message}", *filter(None, [finding.remedy])]


def _mark(paragraph: Element, number: str) -> None:
    start, end = (child_like(paragraph, w(f"commentRange{which}")) for which in ("Start", "End"))
    before = takewhile(lambda each: each.tag in (PPR, start.tag) and each is not start, paragraph)
    paragraph.insert(sum(1 for _each in before), start)
    reference = child_like(child_like(paragraph, R), w("commentReference"))
    for each in (start, end, reference):
        each.set(w("id"), number)


# --- the comments themselves ---


class _Comments:
    """The comments of a document: those it has, and ours after them."""

    def __init__(self, package: Package, on: date | None):
        self._package = package
        self._attributes = {"author": OWN_NAME, "initials": _INITIALS}
        if on:
            self._attributes["date"] = f"{on.isoformat()}T00:00:00Z"
        folder, _slash, file = package.main.rpartition("/")
        self._relations_part = f"{folder}/_rels/{file}.rels".lstrip("/")
        self._relations = self._read(self._relations_part, f"{{{_PACKAGE}relationships}}Relationships")
        known = [name for name, kind in package.types.items() if kind == f"{WORD_TYPE}comments+xml"]
        self._is_new = not known
        self.part = known[0] if known else f"{folder}/comments.xml".lstrip("/")
        self.root = self._read(self.part, w("comments"))
        numbers = [each.get(w("id"), "") for each in self.root]
        self._last = max((int(number) for number in numbers if number.isdecimal()), default=-1)

    def _read(self, part: str, name: str) -> Element:
        if part in self._package.entries:
            return _root(self._package, part)
        return etree.Element(name, nsmap={"w": W_NS} if name == w("comments") else None)

    def add(self, lines: Iterable[str]) -> str:
        """A comment of these lines; its number."""
        self._last += 1
        comment = child_like(self.root, w("comment"))
        for name, value in {"id": str(self._last), **self._attributes}.items():
            comment.set(w(name), value)
        for number, line in enumerate(lines):
            paragraph = child_like(comment, P)
            if number == 0:
                child_like(child_like(paragraph, R), w("annotationRef"))
            text = child_like(child_like(paragraph, R), T)
            text.text = visible(line)
            text.set(XML_SPACE, "preserve")
        return str(self._last)

    def enrolled(self) -> dict[str, Element]:
        """The parts that tell of the comments, changed: content types and relationships."""
        types = _root(self._package, CONTENT_TYPES)
        as_document(types)
        if not self._is_new:
            return {CONTENT_TYPES: types}
        override = child_like(types, f"{{{_PACKAGE}content-types}}Override")
        override.set("PartName", f"/{self.part}")
        override.set("ContentType", f"{WORD_TYPE}comments+xml")
        relation = child_like(self._relations, f"{{{_PACKAGE}relationships}}Relationship")
        taken = {each.get("Id") for each in self._relations}
        relation.set("Id", next(f"sip{n}" for n in range(1, len(taken) + 2) if f"sip{n}" not in taken))
        relation.set("Type", f"{RELATIONS}/comments")
        relation.set("Target", self.part.rpartition("/")[2])
        return {CONTENT_TYPES: types, self._relations_part: self._relations}
