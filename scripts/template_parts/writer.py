"""Writes paragraphs, tables and control tags into a part of a document."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from docx.document import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from template_parts.look import Look
from template_parts.markup import twips

_INLINE = re.compile(r"(\*\*.+?\*\*|__.+?__|~~.+?~~|\^\^.+?\^\^|[☐☒]|\t)")


class Writer:
    """``element`` (the body, a header or footer) grows downwards as it is written.

    In texts ``**bold**`` and ``__label__`` (bold, in the accent colour) are marked up, a tab is a
    tab; ``~~small print~~`` and ``^^box^^`` (a typeface that has check boxes) likewise.
    """

    def __init__(self, document: Document, element: Any, look: Look):
        self.document, self.element, self.look = document, element, look
        self._frame: dict[str, str] | None = None

    def p(self, text: str, style: str = "Normal") -> Any:
        """One paragraph."""
        paragraph = OxmlElement("w:p")
        properties = OxmlElement("w:pPr")
        if style != "Normal":
            properties.append(_valued("w:pStyle", style))
        if self._frame:
            properties.append(_attributed("w:framePr", self._frame))
        if len(properties):
            paragraph.append(properties)
        self.run(paragraph, text)
        self._append(paragraph)
        return paragraph

    def run(self, paragraph: Any, text: str) -> None:
        """More text at the end of a paragraph."""
        for piece in filter(None, _INLINE.split(text)):
            paragraph.append(_run(piece))

    def number(self, paragraph: Any, code: str) -> None:
        """A field: PAGE or NUMPAGES."""
        paragraph.append(
            parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr=" {code} "><w:r><w:t>1</w:t></w:r></w:fldSimple>')
        )

    def h1(self, text: str) -> None:
        """The document's own name."""
        self.p(text, "Heading1")

    def h2(self, text: str) -> None:
        """A section."""
        self.p(text, "Heading2")

    def h3(self, text: str) -> None:
        """A part of a section."""
        self.p(text, "Heading3")

    def fact(self, label: str, value: str, only_if: str = "") -> None:
        """A label and its value; the line is left out when ``only_if`` is not given."""
        with self.when(only_if):
            self.p(f"__{label}__\t{value}", "Fact")

    def section(self, heading: str, value: str, style: str = "Normal") -> None:
        """A heading with one text, left out whole when there is none. ``value`` is a name."""
        with self.when(value):
            self.h2(heading)
            self.p(f"{{{{ {value} }}}}", style)

    @contextmanager
    def when(self, condition: str, otherwise: bool = False) -> Iterator[None]:
        """What is written inside is kept when the condition holds (always, for an empty one)."""
        if condition:
            self.p(f"{{%p if {condition} %}}")
        yield
        if condition:
            self.p("{%p endif %}")

    def otherwise(self) -> None:
        """The other half of a ``when``."""
        self.p("{%p else %}")

    @contextmanager
    def each(self, loop: str) -> Iterator[None]:
        """What is written inside is repeated: ``each("need in plan.needs")``."""
        self.p(f"{{%p for {loop} %}}")
        yield
        self.p("{%p endfor %}")

    @contextmanager
    def frame(self, *, x: float, y: float, width: float, height: float, exact: bool = False) -> Iterator[None]:
        """What is written inside stands at a fixed place on the page (centimetres)."""
        self._frame = {
            "w": twips(width),
            "h": twips(height),
            "hRule": "exact" if exact else "atLeast",
            "hSpace": "0",
            "wrap": "around",
            "vAnchor": "page",
            "hAnchor": "page",
            "x": twips(x),
            "y": twips(y),
        }
        yield
        self._frame = None

    def table(self, headers: Sequence[str], widths: Sequence[float], loop: str, cells: Sequence[str]) -> None:
        """A table with a flagged header row and one row for each turn of the loop."""
        table = parse_xml(
            f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblStyle w:val="SipTable"/>'
            f'<w:tblW w:w="{twips(sum(widths))}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
            '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" '
            'w:noHBand="1" w:noVBand="1"/></w:tblPr><w:tblGrid>'
            + "".join(f'<w:gridCol w:w="{twips(width)}"/>' for width in widths)
            + "</w:tblGrid></w:tbl>"
        )
        self._append(table)
        self._row(table, headers, widths, "Cellhead", header=True)
        if loop:
            self._row(table, [f"{{%tr for {loop} %}}"] + [""] * (len(widths) - 1), widths, "Cell")
        self._row(table, cells, widths, "Cell")
        if loop:
            self._row(table, ["{%tr endfor %}"] + [""] * (len(widths) - 1), widths, "Cell")

    def add_row(self, cells: Sequence[str], widths: Sequence[float]) -> None:
        """One more row at the end of the table just written."""
        self._row(self.element.findall(qn("w:tbl"))[-1], cells, widths, "Cell")

    def _row(
        self, table: Any, cells: Sequence[str], widths: Sequence[float], style: str, *, header: bool = False
    ) -> None:
        row = parse_xml(f"<w:tr {nsdecls('w')}><w:trPr><w:cantSplit/></w:trPr></w:tr>")
        if header:
            row.find(qn("w:trPr")).append(OxmlElement("w:tblHeader"))
        for text, width in zip(cells, widths, strict=True):
            cell = parse_xml(f'<w:tc {nsdecls("w")}><w:tcPr><w:tcW w:w="{twips(width)}" w:type="dxa"/></w:tcPr></w:tc>')
            Writer(self.document, cell, self.look).p(text, style)
            row.append(cell)
        table.append(row)

    def _append(self, element: Any) -> None:
        last = self.element.find(qn("w:sectPr"))
        if last is None:
            self.element.append(element)
        else:
            last.addprevious(element)


def _run(piece: str) -> Any:
    run = OxmlElement("w:r")
    marks = {"**": "Strong", "__": "Label", "~~": "Quiet", "^^": "Box"}
    marked = marks.get(piece[:2]) if len(piece) > 4 else None
    style = "Box" if piece in ("☐", "☒") else marked
    if style:
        properties = OxmlElement("w:rPr")
        properties.append(_valued("w:rStyle", style))
        run.append(properties)
    if piece == "\t":
        run.append(OxmlElement("w:tab"))
        return run
    text = OxmlElement("w:t")
    text.text = piece[2:-2] if marked else piece
    text.set(qn("xml:space"), "preserve")
    run.append(text)
    return run


def _valued(tag: str, value: str) -> Any:
    return _attributed(tag, {"val": value})


def _attributed(tag: str, values: dict[str, str]) -> Any:
    element = OxmlElement(tag)
    for name, value in values.items():
        element.set(qn(f"w:{name}"), value)
    return element
