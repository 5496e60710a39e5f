"""Find the tags in a part, whole, and put a short token in the place of each."""

import re
from dataclasses import dataclass, field

from sipctl.language import _

from .cleaning import clean
from .findings import Report, Spot
from .leaves import LITERALS, OPAQUE, Span, holders, leaves, replace
from .places import Located, Path, paragraphs
from .wordxml import Element

# A token is <number> between two noncharacters: XML allows them and no document may hold them.
TOKEN_START, TOKEN_END = "\ufdd0", "\ufdd1"
TOKEN = re.compile(f"{TOKEN_START}(\\d+){TOKEN_END}")
RESERVED = re.compile("[\ufdd0-\ufdef]")

OPENERS = re.compile(r"\{\{|\{%|\{#")
_STRAYS = re.compile(r"\{\{|\{%|\{#|\}\}|%\}")
_MAX_TAG = 2000
_SHOWN = 200
_QUOTED = rf"\"[^\"{OPAQUE}]*\"|'[^'{OPAQUE}]*'|[“”„][^“”„\"{OPAQUE}]*[“”\"]|[‘’‚][^‘’‚'{OPAQUE}]*[‘’']"
_CLOSERS = {
    opener: re.compile(rf"(?:{_QUOTED}|(?!\{{[{{%#]|{end})[^\"'“”„‘’‚{OPAQUE}])*?{end}")
    for opener, end in (("{{", r"\}\}"), ("{%", r"%\}"))
}
_LEVEL = re.compile(r"(tr|tc|p|r)(?:\s+|$)")
# A field may be called p or r: in an output it is a level only when another name follows.
_OUTPUT_LEVEL = re.compile(r"(tr|tc|p|r)\s+(?!(?:or|and|is|in|if|not)\b)(?=\w)")


@dataclass(slots=True)
class Tag:
    """One tag of a template. ``at`` is the text or the instruction that holds it now.

    ``own`` are those the engine has put in, which no author has to answer for; ``frame`` is the size of a picture;
    ``joins`` is whether it has a minus sign at its beginning and at its end.
    """

    number: int
    kind: str  # output, block, comment or frame
    level: str  # "", p, tr, tc or r
    source: str
    spot: Spot
    at: Element
    faulty: bool = False
    own: bool = False
    frame: tuple[int, int] = (0, 0)
    joins: tuple[bool, bool] = (False, False)

    @property
    def keyword(self) -> str:
        """``if``, ``endfor`` and so on; empty for an output."""
        return self.source.split(None, 1)[0] if self.kind == "block" and self.source else ""

    @property
    def token(self) -> str:
        """What stands for the tag in a text."""
        return f"{TOKEN_START}{self.number}{TOKEN_END}"

    @property
    def variable(self) -> str:
        """A name of the engine's own for what the tag came to; no author's name begins so."""
        return f"_v{self.number}"

    @property
    def shown(self) -> str:
        """The tag as its author would write it."""
        if self.kind == "comment":
            return f"{{#{self.level} … #}}"
        if self.kind == "block":
            return self.like(self.source)
        return f"{{{{ {self.source} }}}}"

    def like(self, source: str, level: str | None = None) -> str:
        """A control tag as an author would write it, at this tag's level or another."""
        return f"{{%{self.level if level is None else level} {source} %}}"


@dataclass(slots=True)
class Draft:
    """A part on its way to becoming a template; ``anchors`` are its paragraphs' numbers before anything is moved."""

    part: str
    root: Element
    path: Path
    report: Report
    tags: list[Tag] = field(default_factory=list)
    touched: bool = False
    anchors: dict[Element, int] = field(default_factory=dict)

    def add(self, kind: str, level: str, source: str, spot: Spot, at: Element) -> Tag:
        """A new tag with the next number."""
        self.touched = True
        tag = Tag(len(self.tags), kind, level, source, spot, at)
        self.tags.append(tag)
        return tag

    def add_own(self, kind: str, source: str, of: Tag) -> Tag:
        """A new tag that does a part of another's work."""
        tag = self.add(kind, of.level, source, of.spot, of.at)
        tag.own = True
        return tag


def read_tags(draft: Draft) -> None:
    """Find every tag of a part of Word text and note the faults in their writing."""
    for located in list(paragraphs(draft.root, draft.path)):
        draft.anchors[located.element] = located.anchor
        _read_paragraph(draft, located)


def _read_paragraph(draft: Draft, located: Located) -> None:
    pieces = list(leaves(located.element))
    text = "".join(piece.text for piece in pieces)
    if "{" not in text and "}" not in text:
        return
    spans = []
    found = find_tags(text)
    for (start, end), at in zip(found, holders(pieces, [start for start, _end in found]), strict=True):
        tag = make_tag(draft, text[start:end], _spot(draft, located, text, start, end), at)
        spans.append(Span(start, end, "" if tag.kind == "comment" and not tag.level else tag.token))
    _check_strays(draft, located, text, spans)
    draft.touched |= any(written in text for written, _meant in LITERALS)
    replace(pieces, spans)


def find_tags(text: str) -> list[tuple[int, int]]:
    """Where the tags of a text start and end; one that is not closed is left out."""
    found, at = [], 0
    while opener := OPENERS.search(text, at):
        end = _closing(text, opener)
        if end > 0:
            found.append((opener.start(), end))
        at = end if end > 0 else opener.end()
    return found


def _closing(text: str, opener: re.Match[str]) -> int:
    limit = opener.start() + _MAX_TAG
    pattern = _CLOSERS.get(opener[0])
    if pattern and (match := pattern.match(text, opener.end(), limit)):
        return match.end()
    # Without regard to quotes: a lone apostrophe must not swallow the rest of the paragraph.
    end = text.find("#}" if opener[0] == "{#" else ("}}" if opener[0] == "{{" else "%}"), opener.end(), limit)
    between = text[opener.end() : end]
    # A comment may hold fields: that is how one is put aside.
    fits = OPAQUE not in between and (opener[0] == "{#" or not OPENERS.search(between))
    return end + 2 if end >= 0 and fits else -1


def make_tag(draft: Draft, written: str, spot: Spot, at: Element) -> Tag:
    """The tag that was written, cleaned and with its level apart from its source."""
    kind = {"{{": "output", "{%": "block", "{#": "comment"}[written[:2]]
    source, repairs, joins = clean(written[2:-2])
    level = ""
    pattern = _OUTPUT_LEVEL if kind == "output" else _LEVEL
    # A comment is prose: only {#p directly after the mark is a level there.
    if (kind != "comment" or not written[2:3].isspace()) and (match := pattern.match(source)):
        level, source = match[1], source[match.end() :].strip()
    for repair in repairs if kind != "comment" else ():
        draft.report.add("advice", spot, repair)
    if kind == "output" and level:
        draft.report.add(
            "advice",
            spot,
            _("{{{{{level} … }}}} fyller i vanlig text, precis som {{{{ … }}}}.").format(level=level),
        )
        level = ""
    tag = draft.add(kind, level, source, spot, at)
    tag.joins = joins
    return tag


def _spot(draft: Draft, located: Located, text: str, start: int, end: int) -> Spot:
    around = " ".join(text[max(0, start - 30) : end + 30].replace(OPAQUE, " ").split())
    return Spot(draft.part, place_of(located, text), around, located.anchor)


def spot_of(draft: Draft, located: Located, around: str) -> Spot:
    """The place of something in a paragraph whose tags have been read."""
    text = "".join(leaf.text for leaf in leaves(located.element))
    written = TOKEN.sub(lambda token: draft.tags[int(token[1])].shown, text)
    return Spot(draft.part, place_of(located, written), around, located.anchor)


def place_of(located: Located, text: str) -> str:
    """A paragraph's place; one that would have to be counted to is known by its beginning too."""
    flat = " ".join(text[:_SHOWN].replace(OPAQUE, " ").split())
    path = list(located.path)
    if located.numbered and flat:
        path[-1] += f" (”{shorten(flat, 30)}”)"
    return ", ".join(path)


def shorten(text: str, length: int) -> str:
    """At most so many characters, with an ellipsis for the rest."""
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def _check_strays(draft: Draft, located: Located, text: str, spans: list[Span]) -> None:
    rest = list(text)
    for span in spans:
        rest[span.start : span.end] = " " * (span.end - span.start)
    for stray in _STRAYS.finditer("".join(rest)):
        spot = _spot(draft, located, text, stray.start(), stray.end())
        if stray[0] == "{#":
            draft.report.error(
                spot,
                _("{mark} saknar sitt slut i samma stycke.").format(mark=stray[0]),
                _("Flera stycken tas bort så: {%p if false %} i ett eget stycke före, {%p endif %} i ett eget efter."),
            )
        elif stray[0][0] == "{":
            draft.report.error(
                spot,
                _("{mark} saknar sitt slut i samma stycke.").format(mark=stray[0]),
                _("Skriv hela fältet i ett stycke, till exempel {{ person.name }}."),
            )
        else:
            draft.report.add(
                "warning",
                spot,
                _("{mark} saknar sin början i samma stycke.").format(mark=stray[0]),
                _("Ta bort det, eller skriv hela fältet i ett stycke."),
            )
