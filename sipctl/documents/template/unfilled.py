"""Tags that stand where nothing is filled in, or where Word would overwrite what is."""

from sipctl.language import _

from .filling import release
from .findings import Report, Severity, Spot
from .leaves import DELETED_TEXT
from .package import Package
from .places import anchor_near
from .tags import OPENERS, TOKEN_START, Draft, shorten
from .wordxml import DELETED, DOC_PR, PIC_PR, SDT, Element, T, UnsafeXmlError, parse, w

_DRAWN = "application/vnd.openxmlformats-officedocument.drawingml."
_NAMES = (w("tag"), w("alias"))


def check_unfilled(draft: Draft) -> None:
    """Tags where they are never filled in: deleted text, field codes, formulas, alternative texts."""
    for deleted in draft.root.iter(*DELETED):
        text = "".join(piece.text or "" for piece in deleted.iter(T, DELETED_TEXT))
        _note_unfilled(draft, deleted, "error", text, _("spårad borttagen text"))
    for element in draft.root.iter():
        if element.tag == w("instrText"):
            _note_unfilled(draft, element, "error", element.text, _("en fältkod"))
        elif element.tag not in (T, DELETED_TEXT):
            _note_unfilled(draft, element, "error", element.text, _("en formel eller ett diagram"))
    # Asked of the tree as a whole: reading each element's attributes is quadratic in their number.
    for value in draft.root.xpath("//@*[contains(., '{')]"):
        _check_attribute(draft, value.getparent(), str(value))


def check_drawn(package: Package, report: Report) -> None:
    """Tags in charts and SmartArt, which are parts of their own."""
    for part in package.of_type(f"{_DRAWN}chart+xml", f"{_DRAWN}diagramData+xml"):
        try:
            written = "".join(parse(package.entries[part].content).itertext())
        except UnsafeXmlError:
            continue  # already said
        opener = OPENERS.search(written)
        if opener:
            message = _("Ett fält står i {where}, där det inte fylls i.").format(where=_("ett diagram eller SmartArt"))
            around = shorten(" ".join(written[opener.start() :].split()), 60)
            report.add("warning", Spot(part, package.name, around), message, _("Flytta fältet till vanlig text."))


def _check_attribute(draft: Draft, element: Element, value: str) -> None:
    if element.tag in _NAMES:
        return  # the control is filled by it
    if element.tag in (DOC_PR, PIC_PR):
        # A picture with nothing but a field there has become a frame, and is not met here.
        remedy = _("Låt alternativtexten till en vanlig bild vara ett enda fält, så byts bilden ut.")
    else:
        remedy = _("Flytta fältet till vanlig text.")
    _note_unfilled(draft, element, "warning", value, _("en alternativtext eller annan egenskap"), remedy)


def _note_unfilled(
    draft: Draft, element: Element, severity: Severity, text: str | None, where: str, remedy: str = ""
) -> None:
    if not text or not OPENERS.search(text):
        return
    anchor = anchor_near(element, draft.anchors)
    spot = Spot(draft.part, ", ".join(draft.path), shorten(" ".join(text.split()), 60), anchor)
    draft.report.add(
        severity,
        spot,
        _("Ett fält står i {where}, där det inte fylls i.").format(where=where),
        remedy or _("Flytta fältet till vanlig text, eller godkänn ändringarna i Word."),
    )


def unbind(draft: Draft) -> None:
    """Let go of content controls that would show other text than theirs when Word opens the document."""
    for control in draft.root.iter(SDT):
        if any(TOKEN_START in (text.text or "") for text in control.iter(T)):
            release(control)
