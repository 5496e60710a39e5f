"""The names of WordprocessingML and the one safe way to parse it."""

import re
from typing import Any, TypeAlias

from lxml import etree

# lxml has no types of its own, and its stubs make every parent and text optional.
Element: TypeAlias = Any

W_NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MC_NS = "http://schemas.openxmlformats.org/markup-compatibility/2006"
STRICT_NS = "http://purl.oclc.org/ooxml/"
WP_NS = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
W14_NS = "http://schemas.microsoft.com/office/word/2010/wordml"
W15_NS = "http://schemas.microsoft.com/office/word/2012/wordml"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def w(name: str) -> str:
    """The qualified name of an element or attribute in Word's own namespace."""
    return f"{{{W_NS}}}{name}"


P, R, T, TBL, TR, TC = w("p"), w("r"), w("t"), w("tbl"), w("tr"), w("tc")
PPR, RPR, TCPR = w("pPr"), w("rPr"), w("tcPr")
SDT, SDT_CONTENT, SDT_PR = w("sdt"), w("sdtContent"), w("sdtPr")
BODY, HDR, FTR, SECT_PR, TEXT_BOX = w("body"), w("hdr"), w("ftr"), w("sectPr"), w("txbxContent")
DOC_PR = f"{{{WP_NS}}}docPr"  # a drawing's number, name and alternative text
PIC_PR = "{http://schemas.openxmlformats.org/drawingml/2006/picture}cNvPr"  # the same of the picture in it
FOOTNOTE, ENDNOTE = w("footnote"), w("endnote")
DELETED = frozenset({w("del"), w("moveFrom")})
FALLBACK = f"{{{MC_NS}}}Fallback"

# Marks that start or end a range and may stand anywhere between blocks, rows, cells or runs.
RANGE_MARKS = frozenset(
    w(name)
    for name in (
        *("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "permStart", "permEnd"),
        *("moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd"),
    )
)

_VOLATILE = frozenset(
    {f"{{{W14_NS}}}{name}" for name in ("paraId", "textId")}
    | {w(name) for name in ("rsidR", "rsidRPr", "rsidRDefault", "rsidP", "rsidTr", "rsidDel", "rsidSect")}
)
_NOISE = frozenset({w("proofErr"), w("lastRenderedPageBreak")})


# The package format has only the two first; in some others a part could hide from what searches its bytes.
_ENCODINGS = frozenset({b"utf-8", b"utf-16", b"us-ascii", b"iso-8859-1", b"windows-1252"})
_BEFORE = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"
_ENCODING = re.compile(rb"(?:\xef\xbb\xbf)?\s*<\?xml[^>]*?\sencoding\s*=\s*[\"']([^\"']*)")


class UnsafeXmlError(Exception):
    """A part that is not well-formed XML, or that has a DTD."""


def parse(content: bytes) -> Element:
    """The root of a part. No DTD, no entities, no network; comments and instructions are dropped."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    encoding = _ENCODING.match(content[:200])
    if not content.lstrip(_BEFORE).startswith(b"<") or (encoding and encoding[1].lower() not in _ENCODINGS):
        raise UnsafeXmlError("syntax")
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnsafeXmlError("syntax") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnsafeXmlError("dtd")
    return root


def tidy(root: Element) -> None:
    """Drop what Word writes for its own use and what would be doubled by a loop: edit marks and blanks."""
    for element in list(root.iter()):
        if element.tag in _NOISE:
            drop(element)
            continue
        if element.tail and not element.tail.strip():
            element.tail = None
        if len(element) and element.text and not element.text.strip():
            element.text = None
        for name in _VOLATILE.intersection(element.keys()):
            del element.attrib[name]


def drop(element: Element) -> None:
    """Take an element out of its tree."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def child_like(parent: Element, tag: str) -> Element:
    """A new last child with its parent's prefix."""
    return etree.SubElement(parent, tag)


def ancestor(element: Element, tag: str) -> Element | None:
    """The nearest ancestor with this name, inside the same text box."""
    for above in element.iterancestors():
        if above.tag == tag:
            return above
        if above.tag == TEXT_BOX:
            return None
    return None
