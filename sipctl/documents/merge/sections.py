"""Section properties: each letter begins on a new page, with its own headers and with page 1."""

from collections.abc import Callable

from sipctl.documents.template.wordxml import BODY, PPR, RANGE_MARKS, SECT_PR, Element, P, drop, w

from .markup import TYPE, VAL, child, fill, properties, put

HEADER_REF, FOOTER_REF = w("headerReference"), w("footerReference")
R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_KIND, _START, _PAGE_NUMBERS, _FRAME = w("type"), w("start"), w("pgNumType"), w("framePr")
_KEEP_NEXT, _P_STYLE = w("keepNext"), w("pStyle")
_ON_NEW_PAGE = ("nextPage", "oddPage", "evenPage")
Running = tuple[str, str]
"""A header or footer: the reference's tag, and default, first or even."""


def sections(body: Element) -> list[Element]:
    """The section properties of a letter in their order; the last is the body's own, made if it is missing."""
    if not len(body) or body[-1].tag != SECT_PR:
        child(body, "sectPr")
    for each in list(body.iter(w("printerSettings"))):
        drop(each)
    return [each for each in body.iter(SECT_PR) if each.getparent().tag in (PPR, BODY)]


def begin(section: Element, duplex: bool) -> None:
    """Let a letter's first section begin on a new page, numbered 1 unless the template says otherwise."""
    kind = section.find(_KIND)
    if kind is None:
        kind = put(section, section.makeelement(_KIND))
    if duplex or kind.get(VAL) not in _ON_NEW_PAGE:
        kind.set(VAL, "oddPage" if duplex else "nextPage")
    numbers = section.find(_PAGE_NUMBERS)
    if numbers is None:
        numbers = put(section, section.makeelement(_PAGE_NUMBERS))
    if numbers.get(_START) is None:
        numbers.set(_START, "1")


def number_notes_anew(section: Element, name: str) -> None:
    """Let the notes (``footnotePr`` or ``endnotePr``) begin with 1 in this section."""
    notes = section.find(w(name))
    if notes is None:
        notes = put(section, section.makeelement(w(name)))
    restart = notes.find(w("numRestart"))
    if restart is None:
        restart = child(notes, "numRestart")
    fill(restart, val="eachSect")


def set_running(section: Element, even_odd: bool, titled: bool, number: Callable[[Running, str], str | None]) -> None:
    """Let the references name the merged file's headers and footers; ``number`` gives the id for an old one.

    A letter without different even pages gets the same on even ones, since another letter may turn them on for
    the whole file. What no page shows is left out.
    """
    for reference in [each for each in section if each.tag in (HEADER_REF, FOOTER_REF)]:
        kind = reference.get(TYPE, "default")
        shown = kind == "default" or (kind == "first" and titled) or (kind == "even" and even_odd)
        new = number((reference.tag, kind), reference.get(R_ID, "")) if shown else None
        if new is None:
            drop(reference)
            continue
        reference.set(R_ID, new)
        if kind == "default" and not even_odd:
            add_running(section, (reference.tag, "even"), new)


def add_running(section: Element, running: Running, number: str) -> None:
    """One more reference to a header or footer."""
    tag, kind = running
    put(section, section.makeelement(tag, {TYPE: kind, R_ID: number}))


def running_in(section: Element) -> set[Running]:
    """Which headers and footers a section has of its own."""
    return {(each.tag, each.get(TYPE, "default")) for each in section if each.tag in (HEADER_REF, FOOTER_REF)}


def last_paragraph(body: Element) -> Element | None:
    """The last paragraph of a letter, be it in a table."""
    block = _last_block(body)
    if block is None or block.tag == P:
        return block
    inside = list(block.iter(P))
    return inside[-1] if inside else None


def close(body: Element) -> None:
    """Move the body's section properties to its last paragraph, since another letter follows."""
    section, block = body[-1], _last_block(body)
    if block is None or block.tag != P or block.find(f"{PPR}/{SECT_PR}") is not None or _is_framed(block):
        block = _smallest(body)
        section.addprevious(block)
    put(properties(block), section)
    # LibreOffice takes a chain of paragraphs kept together, that ends where the page is full, over to a page of its
    # own. So the chain is let go of at its last line; with the next letter there is nothing to keep together anyway.
    before = block.getprevious()
    _let_go(block)
    if before is not None and before.tag == P and _style(before) == _style(block):
        _let_go(before)


def _style(paragraph: Element) -> str | None:
    style = paragraph.find(f"{PPR}/{_P_STYLE}")
    return None if style is None else style.get(VAL)


def _let_go(paragraph: Element) -> None:
    own = properties(paragraph)
    keep = own.find(_KEEP_NEXT)
    if keep is None:
        keep = put(own, own.makeelement(_KEEP_NEXT))
    keep.set(VAL, "false")


def _last_block(body: Element) -> Element | None:
    return next((each for each in reversed(body) if each.tag not in RANGE_MARKS and each.tag != SECT_PR), None)


def _is_framed(paragraph: Element) -> bool:
    return paragraph.find(f"{PPR}/{_FRAME}") is not None


def _smallest(body: Element) -> Element:
    """A paragraph so low that it makes no new page; Word has one after a table at the end anyway."""
    paragraph = body.makeelement(P)
    own = properties(paragraph)
    child(own, "spacing", before="0", after="0", line="20", lineRule="exact")
    child(child(own, "rPr"), "sz", val="2")
    return paragraph
