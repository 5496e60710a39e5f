"""Footnotes and endnotes: every letter's own, under new numbers, in one part of each kind."""

from collections.abc import Callable, Iterator, Mapping

from sipctl.documents.template.wordxml import W_NS, Element, drop, parse

from .letter import Letter
from .markup import ID, TYPE
from .stream import Stream

KINDS = {"footnotes": "footnote", "endnotes": "endnote"}
_SEPARATORS = "".join(
    f'<w:{{0}} w:type="{kind}" w:id="{number}"><w:p><w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/>'
    f"</w:pPr><w:r><w:{kind}/></w:r></w:p></w:{{0}}>"
    for kind, number in (("separator", "-1"), ("continuationSeparator", "0"))
)


class Notes:
    """The notes of the merged file."""

    def __init__(self) -> None:
        self._streams = {kind: Stream() for kind in KINDS}
        self._count = dict.fromkeys(KINDS, 0)

    def kinds(self) -> list[str]:
        """``footnotes`` and ``endnotes``, as there are any."""
        return [kind for kind, stream in self._streams.items() if stream]

    def written(self) -> dict[str, Iterator[bytes]]:
        """The parts, piece by piece."""
        return {f"word/{kind}.xml": self._streams[kind].written(kind) for kind in self.kinds()}

    def next(self, kind: str) -> str:
        """The number of one more note."""
        self._count[kind] += 1
        return str(self._count[kind])

    def add(self, kind: str, root: Element) -> None:
        """Append the notes below ``root``, whose numbers are the merged file's."""
        stream = self._streams[kind]
        if not stream:
            separators = _SEPARATORS.format(KINDS[kind])
            stream.add(parse(f'<w:{kind} xmlns:w="{W_NS}">{separators}</w:{kind}>'.encode()))
        stream.add(root)


class LettersNotes:
    """The notes of one letter: numbered as the text refers to them, then moved."""

    def __init__(self, notes: Notes) -> None:
        self._notes = notes
        self._numbers: dict[tuple[str, str], str] = {}

    @property
    def kinds(self) -> list[str]:
        """The kinds of notes that the letter refers to."""
        return list(dict.fromkeys(kind for kind, _old in self._numbers))

    def number(self, kind: str, old: str) -> str:
        """What a note is called in the merged file."""
        key = (kind, old)
        if key not in self._numbers:
            self._numbers[key] = self._notes.next(kind)
        return self._numbers[key]

    def move(self, letter: Letter, roots: Mapping[str, Element], bring: Callable[[Element, str], None]) -> None:
        """Move the notes below ``roots``, by kind; ``bring`` sees to what they refer to."""
        for kind in self.kinds:
            root = roots[kind]
            for note in list(root):
                new = self._numbers.get((kind, note.get(ID, "")))
                if new is None or note.get(TYPE, "normal") != "normal":
                    drop(note)
                else:
                    note.set(ID, new)
            letter.rewrite(root, letter.look.shared_list, self.number)
            bring(root, kind)
            self._notes.add(kind, root)
