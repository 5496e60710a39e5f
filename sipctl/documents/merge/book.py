"""The merged file as it grows, letter by letter."""

from collections.abc import Iterable, Mapping

from sipctl.documents.template.package import WORD_TYPE, Package
from sipctl.documents.template.safety import serialise
from sipctl.documents.template.wordxml import BODY, W_NS, Element, UnsafeXmlError, parse, w
from sipctl.errors import Fault, TemplateFault
from sipctl.language import _

from . import sections
from .letter import Letter, Names
from .looks import Look, counted_styles, standard_styles
from .markup import R_NS
from .notes import KINDS as NOTES
from .notes import LettersNotes, Notes
from .numbering import Numbering, rename_styles
from .parts import MAIN, Parts, Relation, references, relations
from .settings import common_settings, has_even_odd
from .stream import Stream
from .styles import Styles
from .themes import typefaces, write_out

_EMPTY = f'<w:{{}} xmlns:w="{W_NS}"><w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/></w:pPr></w:p></w:{{}}>'  # noqa: E501
_OF_A_LOOK = ("styles", "numbering", "theme", "settings", "fontTable")


class Book:
    """Takes letters with ``add`` and gives the file with ``finish``."""

    def __init__(self, duplex: bool) -> None:
        self._duplex = duplex
        self._parts, self._names = Parts(), Names()
        self._styles, self._numbering = Styles(), Numbering()
        self._body, self._notes = Stream(), Notes()
        self._looks: dict[object, Look] = {}
        self._headers: dict[object, str] = {}
        self._running: set[sections.Running] = set()
        self._settings: list[Element] = []
        self._fonts: dict[str, Element] = {}
        self._theme: bytes | None = None
        self._letters = 0
        self._pending: Element | None = None

    def add(self, package: Package) -> None:
        """Take in one more letter."""
        self._letters += 1
        reached = relations(package, package.main)
        look = self._look(package, {each.kind: each.target for each in reached.values() if not each.external})
        letter = Letter(self._letters, look, self._names, {}, {})
        body = _parsed(package, package.main).find(BODY)
        notes = LettersNotes(self._notes)
        counts = letter.rewrite(body, _Anew(look, self._numbering), notes.number)
        self._bring(body, package, package.main, MAIN)
        self._move_notes(notes, letter, package, reached)
        counts |= self._run_headers(body, package, letter, reached, notes.kinds)
        if counts and (last := sections.last_paragraph(body)) is not None:
            letter.mark_end(last)
        self._flush()
        self._pending = body

    def finish(self) -> bytes:
        """The file. Raises ``ValueError`` when no letter was added."""
        if self._pending is None:
            raise ValueError("nothing to merge")
        self._body.add(self._pending)
        kinds = self._notes.kinds()
        self._single("styles", self._styles.written())
        settings = common_settings(self._settings, [NOTES[kind] for kind in kinds])
        self._single("settings", serialise(settings))
        if self._numbering:
            self._single("numbering", self._numbering.written())
        if self._fonts:
            self._single("fontTable", serialise(_list("fonts", self._fonts.values())))
        if self._theme:
            kind = "application/vnd.openxmlformats-officedocument.theme+xml"
            self._parts.add("word/theme/theme1.xml", kind, self._theme)
            self._parts.relate(MAIN, Relation(f"{R_NS}/theme", "word/theme/theme1.xml", False))
        for kind in kinds:
            self._single(kind)
        return self._parts.write({MAIN: self._body.written("document", "body")} | self._notes.written())

    def _single(self, name: str, content: bytes = b"") -> None:
        self._parts.add(f"word/{name}.xml", f"{WORD_TYPE}{name}+xml", content)
        self._parts.relate(MAIN, Relation(f"{R_NS}/{name}", f"word/{name}.xml", False))

    def _flush(self) -> None:
        """Write out the letter before, now that another follows it."""
        if self._pending is not None:
            sections.close(self._pending)
            self._body.add(self._pending)

    # --- what letters from one template share ---

    def _look(self, package: Package, parts: Mapping[str, str]) -> Look:
        key = tuple(package.entries[parts[kind]].content if kind in parts else None for kind in _OF_A_LOOK)
        if key not in self._looks:
            self._looks[key] = self._new_look(package, parts)
        return self._looks[key]

    def _new_look(self, package: Package, parts: Mapping[str, str]) -> Look:
        found = {kind: _parsed(package, parts[kind]) for kind in _OF_A_LOOK if kind in parts}
        theme = package.entries[parts["theme"]].content if "theme" in parts else None
        if not self._looks:
            self._theme = theme
        faces = None if theme == self._theme else typefaces(found.get("theme"))
        root = found.get("styles", _list("styles", ()))
        for part in (root, found.get("numbering")):
            if faces is not None and part is not None:
                write_out(part, faces)
        number = len(self._looks)
        lists = self._numbering.take(
            found.get("numbering"), number, lambda e: self._bring(e, package, parts["numbering"], "word/numbering.xml")
        )
        counted = counted_styles(root, lists)
        taken = self._styles.take(root, lists.shared)
        rename_styles(lists.abstracts, taken)
        if "settings" in found:
            self._settings.append(found["settings"])
        for font in found.get("fontTable", ()):
            if font.get(w("name")) not in self._fonts:
                self._bring(font, package, parts["fontTable"], "word/fontTable.xml")
                self._fonts[font.get(w("name"))] = font
        standard = standard_styles(root)
        own = {kind: taken[name] for kind, name in standard.items() if taken[name] != self._styles.standard.get(kind)}
        return Look(
            key=number,
            renamed={old: new for old, new in taken.items() if old != new},
            standard=own,
            base=standard.get("paragraph", ""),
            lists=lists,
            counted=counted,
            faces=faces,
            even_odd=has_even_odd(found.get("settings")),
        )

    # --- what one letter has of its own ---

    def _bring(self, root: Element, package: Package, part: str, owner: str) -> None:
        """Let what names relationships of a letter's part name those of the merged file's ``owner``."""
        reached = relations(package, part)
        for element, name, number in list(references(root)):
            if element.tag in (sections.HEADER_REF, sections.FOOTER_REF):
                continue
            if number in reached:
                element.set(name, self._parts.relate(owner, self._parts.carry(package, reached[number])))
            else:
                del element.attrib[name]

    def _move_notes(
        self, notes: LettersNotes, letter: Letter, package: Package, reached: Mapping[str, Relation]
    ) -> None:
        parts = {each.kind: each.target for each in reached.values() if each.kind in NOTES}
        roots = {kind: _parsed(package, part) for kind, part in parts.items() if kind in notes.kinds}
        notes.move(letter, roots, lambda root, kind: self._bring(root, package, parts[kind], f"word/{kind}.xml"))

    def _run_headers(
        self, body: Element, package: Package, letter: Letter, reached: Mapping[str, Relation], notes: Iterable[str]
    ) -> bool:
        """Set up the letter's sections with their headers and footers; whether one tells the number of pages."""
        own = sections.sections(body)
        titled = any(section.find(w("titlePg")) is not None for section in own)
        counts = False

        def number(_running: sections.Running, old: str) -> str | None:
            nonlocal counts
            if old not in reached:
                return None
            counts |= b"NUMPAGES" in package.entries[reached[old].target].content.upper()
            name = self._header(package, letter, reached[old].target)
            return self._parts.relate(MAIN, Relation(reached[old].type, name, False))

        for section in own:
            sections.set_running(section, letter.look.even_odd, titled, number)
        sections.begin(own[0], self._duplex)
        for kind in notes:
            sections.number_notes_anew(own[0], f"{NOTES[kind]}Pr")
        for tag, which in sorted(self._running - sections.running_in(own[0])):
            if which != "first" or titled:
                sections.add_running(own[0], (tag, which), self._empty(tag))
        self._running |= set().union(*(sections.running_in(section) for section in own))
        return counts

    def _header(self, package: Package, letter: Letter, part: str) -> str:
        """The header or footer in the merged file: the same one for the same content."""
        content, own = package.entries[part].content, self._parts.carry_all(package, part)
        fields = b"instrText" in content or b"fldSimple" in content
        key = (
            *(content, tuple(own.items()), letter.look.key),
            letter.end if b"NUMPAGES" in content.upper() else "",
            tuple(letter.bookmarks.items()) if fields else (),
        )
        if key not in self._headers:
            root = _parsed(package, part)
            letter.rewrite(root, letter.look.shared_list, lambda _kind, old: old)
            self._headers[key] = self._parts.keep(part, package.types[part], serialise(root), own)
        return self._headers[key]

    def _empty(self, tag: str) -> str:
        """The id of a header or footer with nothing in it: without one, the letter would take the one before's."""
        kind = "header" if tag == sections.HEADER_REF else "footer"
        content = _EMPTY.format(*["hdr" if kind == "header" else "ftr"] * 2).encode()
        name = self._parts.keep(f"word/{kind}.xml", f"{WORD_TYPE}{kind}+xml", content, {})
        return self._parts.relate(MAIN, Relation(f"{R_NS}/{kind}", name, False))


class _Anew:
    """The lists of one letter: those that count begin anew, and are made only if they are used."""

    def __init__(self, look: Look, numbering: Numbering):
        self._look, self._numbering = look, numbering
        self._own: dict[str, str] = {}

    def __call__(self, old: str) -> str:
        if old not in self._look.lists.counted:
            return self._look.shared_list(old)
        if old not in self._own:
            self._own[old] = self._numbering.anew(self._look.shared_list(old))
        return self._own[old]


def _parsed(package: Package, part: str) -> Element:
    try:
        return parse(package.entries[part].content)
    except UnsafeXmlError as error:
        what = _("Filen {name} är avklippt eller skadad.").format(name=package.name)
        raise TemplateFault(what, _("Gör brevet på nytt."), [Fault(package.name, what)]) from error


def _list(name: str, children: Iterable[Element]) -> Element:
    root = parse(f'<w:{name} xmlns:w="{W_NS}" xmlns:r="{R_NS}"/>'.encode())
    root.extend(children)
    return root
