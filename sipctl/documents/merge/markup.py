"""Names and orders of elements that the merging needs, and where a new child has its place."""

from sipctl.documents.template.wordxml import PPR, RPR, SECT_PR, Element, w

R_NS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
VAL, TYPE, ID = w("val"), w("type"), w("id")

# The sequences of ISO/IEC 29500-1, CT_PPr, CT_RPr and CT_SectPr: a child in the wrong place makes the file invalid.
_SEQUENCES = {
    PPR: "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs"
    " suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd"
    " snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment"
    " textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    RPR: "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid"
    " vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em"
    " lang eastAsianLayout specVanish oMath rPrChange",
    SECT_PR: "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType"
    " pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings"
    " sectPrChange",
}
_PLACES = {parent: {w(name): n for n, name in enumerate(names.split())} for parent, names in _SEQUENCES.items()}


def put(parent: Element, child: Element) -> Element:
    """Insert ``child`` where the schema wants it among its siblings."""
    places = _PLACES[parent.tag]
    mine = places.get(child.tag, len(places))
    for number, sibling in enumerate(parent):
        if places.get(sibling.tag, len(places)) > mine:
            parent.insert(number, child)
            return child
    parent.append(child)
    return child


def child(parent: Element, name: str, /, **values: str) -> Element:
    """A new child of Word's with attributes of Word's, at the end."""
    return fill(parent.makeelement(w(name)), parent, **values)


def fill(element: Element, parent: Element | None = None, /, **values: str) -> Element:
    """Set attributes of Word's, and add to a parent if there is one."""
    for name, value in values.items():
        element.set(w(name), value)
    if parent is not None:
        parent.append(element)
    return element


def properties(paragraph: Element) -> Element:
    """The paragraph's properties, made if there are none."""
    found = paragraph.find(PPR)
    if found is None:
        found = paragraph.makeelement(PPR)
        paragraph.insert(0, found)
    return found
