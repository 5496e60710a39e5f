"""The parts of the merged file: pictures, headers and the like, each kept once, with their relationships."""

import hashlib
import io
import posixpath
import zipfile
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple
from xml.sax.saxutils import quoteattr

from lxml import etree

from sipctl.documents.template.package import CONTENT_TYPES, DOCX_TYPE, Package
from sipctl.documents.template.wordxml import Element, parse

from .markup import R_NS

MAIN = "word/document.xml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_LEVEL = 6
_REFERENCES = etree.XPath("descendant-or-self::*/@r:*", namespaces={"r": R_NS})


class Relation(NamedTuple):
    """Where a relationship goes: its full type, and the name of a part or an address outside."""

    type: str
    target: str
    external: bool

    @property
    def kind(self) -> str:
        """The last word of the type: ``header``, ``image`` …"""
        return self.type.rpartition("/")[2]


def relations(package: Package, part: str) -> dict[str, Relation]:
    """The relationships of a part of a letter, by id; a target that is not there is left out."""
    entry = package.entries.get(_rels_of(part))
    found = _read_relations(entry.content, posixpath.dirname(part)) if entry else {}
    return {key: each for key, each in found.items() if each.external or each.target in package.entries}


@lru_cache(maxsize=256)  # letters from one template have the same
def _read_relations(content: bytes, folder: str) -> dict[str, Relation]:
    found = {}
    for each in parse(content):
        target, external = each.get("Target", ""), each.get("TargetMode") == "External"
        if not external:
            target = posixpath.normpath(posixpath.join(f"/{folder}", target)).lstrip("/")
        found[each.get("Id", "")] = Relation(each.get("Type", ""), target, external)
    return found


def references(root: Element) -> Iterable[tuple[Element, str, str]]:
    """Every attribute that names a relationship: its element, its name, the id."""
    found: Any = _REFERENCES(root)
    for value in found:
        yield value.getparent(), value.attrname, str(value)


class Parts:
    """All parts but the long ones, which are streamed; relationships by the part that has them."""

    def __init__(self) -> None:
        self._contents: dict[str, bytes] = {}
        self._types: dict[str, str] = {MAIN: DOCX_TYPE}
        self._relations: dict[str, dict[Relation, str]] = {}
        self._kept: dict[object, str] = {}

    def relate(self, owner: str, relation: Relation) -> str:
        """The id by which ``owner`` reaches the target; the same for the same target."""
        own = self._relations.setdefault(owner, {})
        return own.setdefault(relation, f"rId{len(own) + 1}")

    def add(self, name: str, content_type: str, content: bytes = b"") -> None:
        """A part with a name of its own."""
        self._types[name] = content_type
        if content:
            self._contents[name] = content

    def carry(self, package: Package, relation: Relation) -> Relation:
        """The same relation in the merged file, with its target brought along."""
        if relation.external:
            return relation
        return relation._replace(target=self._adopt(package, relation.target, ()))

    def carry_all(self, package: Package, part: str) -> dict[str, Relation]:
        """All relations of a part, to go with it under the ids they have."""
        return {key: self.carry(package, each) for key, each in relations(package, part).items()}

    def keep(self, name: str, content_type: str, content: bytes, own: Mapping[str, Relation]) -> str:
        """Keep a part once however often it comes; the name it has here. Its own relations keep their ids."""
        key = (content_type, hashlib.sha256(content).digest(), tuple(sorted(own.items())))
        if key not in self._kept:
            stem, ending = posixpath.splitext(name)
            new = f"{stem.rstrip('0123456789')}{len(self._kept) + 1}{ending}"
            self._kept[key] = new
            self.add(new, content_type, content)
            if own:
                self._relations[new] = {relation: number for number, relation in own.items()}
        return self._kept[key]

    def _adopt(self, package: Package, part: str, above: tuple[str, ...]) -> str:
        own = {
            key: each if each.external else each._replace(target=self._adopt(package, each.target, (*above, part)))
            for key, each in relations(package, part).items()
            if each.target not in above
        }
        return self.keep(part, package.types[part], package.entries[part].content, own)

    def write(self, streams: Mapping[str, Iterable[bytes]]) -> bytes:
        """The whole file. ``streams`` are the long parts, piece by piece."""
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as archive:
            for name, listing in self._listings():
                archive.writestr(_info(name), listing)
            for name, pieces in streams.items():
                with archive.open(_info(name), "w", force_zip64=True) as file:
                    for piece in pieces:
                        file.write(piece)
            for name, content in self._contents.items():
                archive.writestr(_info(name), content)
        return buffer.getvalue()

    def _listings(self) -> Iterable[tuple[str, str]]:
        types = "".join(
            f"<Override PartName={quoteattr('/' + name)} ContentType={quoteattr(kind)}/>"
            for name, kind in self._types.items()
        )
        yield (
            CONTENT_TYPES,
            (
                f'{_HEAD}<Types xmlns="{_PACKAGE}content-types"><Default Extension="rels" '
                f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{types}</Types>'
            ),
        )
        yield "_rels/.rels", _relations_xml({Relation(f"{R_NS}/officeDocument", MAIN, False): "rId1"}, "")
        for owner, own in self._relations.items():
            yield _rels_of(owner), _relations_xml(own, "/")


def _relations_xml(own: Mapping[Relation, str], root: str) -> str:
    lines = (
        f"<Relationship Id={quoteattr(number)} Type={quoteattr(each.type)} "
        f"Target={quoteattr(each.target if each.external else root + each.target)}"
        f"{' TargetMode=' + quoteattr('External') if each.external else ''}/>"
        for each, number in own.items()
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}relationships">{"".join(lines)}</Relationships>'


def _rels_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _info(name: str) -> zipfile.ZipInfo:
    # 1 January 1980, as in every document: the same letters give the same bytes.
    info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    info.compress_type, info.external_attr, info.create_system = zipfile.ZIP_DEFLATED, 0, 0
    return info
