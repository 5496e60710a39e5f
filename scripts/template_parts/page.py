"""An empty A4 document with our styles, properties, header and footer."""

from datetime import datetime
from typing import Any

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm

from template_parts.look import Look
from template_parts.styles import dress
from template_parts.writer import Writer

_MADE = datetime(2026, 1, 1)
_COMPAT = (
    '<w:compat {ns}><w:compatSetting w:name="compatibilityMode" '
    'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
)


def new(
    title: str, look: Look, size: float = 10.5, *, bottom: float = 2.0, label: float = 4.0, letter: bool = False
) -> Writer:
    """A document titled ``title``, ready to be written in.

    ``size`` is the body's in points; ``bottom`` the margin and ``label`` the width of labels in centimetres.
    """
    document = docx.Document()
    dress(document, look, size, label, letter=letter)
    _settings(document)
    _properties(document, title)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(2.3), Cm(2.3)
    section.top_margin, section.bottom_margin = Cm(2.1 if letter else 1.9), Cm(bottom)
    section.header_distance, section.footer_distance = Cm(1.0), Cm(0.9)
    return Writer(document, document.element.body, look)


def _settings(document: Document) -> None:
    """Modern layout rules, Swedish proofing, and nothing of what python-docx's own template brings."""
    settings = document.settings.element
    for child in list(settings):
        settings.remove(child)
    settings.append(parse_xml(f'<w:defaultTabStop {nsdecls("w")} w:val="567"/>'))
    settings.append(parse_xml(_COMPAT.format(ns=nsdecls("w"))))
    settings.append(parse_xml(f'<w:themeFontLang {nsdecls("w")} w:val="sv-SE"/>'))


def _properties(document: Document, title: str) -> None:
    properties = document.core_properties
    properties.title, properties.language, properties.author = title, "sv-SE", "sipctl"
    properties.last_modified_by, properties.comments, properties.keywords = "sipctl", "", "SIP"
    properties.created = properties.modified = _MADE
    properties.revision = 1


def footer(page: Writer, *, copy: bool = False) -> None:
    """SIP number, page x of y, and the pack's notice in small print; ``copy`` adds that it is one."""
    section = page.document.sections[0]
    for part in (section.footer, section.first_page_footer):
        _empty(part)
        _footer_lines(Writer(page.document, part._element, page.look), copy=copy)
    section.different_first_page_header_footer = False


def _footer_lines(writer: Writer, *, copy: bool) -> None:
    line = writer.p("SIP-nummer {{ sip.number }}\tSida ", "Footer")
    writer.number(line, "PAGE")
    writer.run(line, " av ")
    writer.number(line, "NUMPAGES")
    small = "{{ document.notice or '' }}"
    writer.p(("{{ text.copy_notice }} " if copy else "") + small, "Footer")


def band(page: Writer, text: str) -> None:
    """A band or a heavy rule across the top of every page, where the look has one."""
    if page.look.title == "rule":
        return
    section = page.document.sections[0]
    section.header_distance = Cm(0.6)  # above what any window envelope may show
    _empty(section.header)
    Writer(page.document, section.header._element, page.look).p(text, "Band")


def _empty(part: Any) -> None:
    part.is_linked_to_previous = False
    for paragraph in list(part.paragraphs):
        part._element.remove(paragraph._element)


def running_header(page: Writer, text: str) -> None:
    """A header from the second page on."""
    section = page.document.sections[0]
    section.different_first_page_header_footer = True
    for part in (section.first_page_header, section.header):
        _empty(part)
    Writer(page.document, section.first_page_header._element, page.look).p("", "Header")
    Writer(page.document, section.header._element, page.look).p(text, "Header")
