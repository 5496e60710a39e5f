"""A long part that grows letter by letter: the body, the notes. Kept packed, never as one tree."""

import zlib
from collections.abc import Iterator

from lxml import etree

from sipctl.documents.template.wordxml import MC_NS, W_NS, Element

from .markup import R_NS

_IGNORABLE = f"{{{MC_NS}}}Ignorable"
_HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# Enough to keep thousands of letters small in memory; the file is packed harder when it is written.
_LEVEL = 1


class Stream:
    """What is inside one root element, under the namespaces that all letters declared."""

    def __init__(self) -> None:
        self._namespaces: dict[str | None, str] = {"w": W_NS, "r": R_NS, "mc": MC_NS}
        self._ignorable: dict[str, None] = {}
        self._pieces: list[bytes] = []

    def __bool__(self) -> bool:
        return bool(self._pieces)

    def add(self, holder: Element) -> None:
        """Append the children of ``holder``."""
        ignorable = holder.getroottree().getroot().get(_IGNORABLE, "").split()
        if self._declare(holder.nsmap):
            self._ignorable |= dict.fromkeys(ignorable)
            piece = _inside(etree.tostring(holder, encoding="UTF-8", with_tail=False))
        else:
            # A prefix that means something else here: each child carries the namespaces of its own letter.
            for each in holder:
                each.set(_IGNORABLE, " ".join(ignorable))
            piece = b"".join(etree.tostring(each, encoding="unicode").encode() for each in holder)
        self._pieces.append(zlib.compress(piece, _LEVEL))

    def _declare(self, namespaces: dict[str | None, str]) -> bool:
        """Take up the prefixes, unless one of them already means something else."""
        if any(self._namespaces.get(prefix, uri) != uri for prefix, uri in namespaces.items()):
            return False
        self._namespaces |= namespaces
        return True

    def written(self, *names: str) -> Iterator[bytes]:
        """The part, piece by piece, inside elements of these names of Word's, outermost first."""
        root: Element = etree.Element(f"{{{W_NS}}}{names[0]}", nsmap=self._namespaces)  # type: ignore[arg-type]
        if self._ignorable:
            root.set(_IGNORABLE, " ".join(self._ignorable))
        yield _HEAD + etree.tostring(root)[:-2] + b">" + b"".join(b"<w:%b>" % n.encode() for n in names[1:])
        for piece in self._pieces:
            yield zlib.decompress(piece)
        yield b"".join(b"</w:%b>" % name.encode() for name in reversed(names))


def _inside(xml: bytes) -> bytes:
    """What stands between the start tag and the end tag of a serialised element."""
    xml = xml[xml.index(b"?>") + 2 :].lstrip() if xml.startswith(b"<?xml") else xml
    end = xml.index(b">")
    return b"" if xml[end - 1 : end] == b"/" else xml[end + 1 : xml.rindex(b"</")]
