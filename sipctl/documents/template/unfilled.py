"""Tags that stand where nothing is filled in, or where Word would overwrite what is."""

from sipctl.language import _

from .findings import Severity, Spot
from .leaves import DELETED_TEXT
from .tags import OPENERS, TOKEN_START, Draft, shorten
from .wordxml import DELETED, SDT, T, drop, w


def check_unfilled(draft: Draft) -> None:
    """Tags where they are never filled in: deleted text, field codes, formulas, alternative texts."""
    for deleted in draft.root.iter(*DELETED):
        text = "".join(piece.text or "" for piece in deleted.iter(T, DELETED_TEXT))
        _note_unfilled(draft, "error", text, _("spårad borttagen text"))
    for element in draft.root.iter():
        if element.tag == w("instrText"):
            _note_unfilled(draft, "error", element.text, _("en fältkod"))
        elif element.tag not in (T, DELETED_TEXT):
            _note_unfilled(draft, "error", element.text, _("en formel eller ett diagram"))
        for value in element.values():
            _note_unfilled(draft, "warning", value, _("en alternativtext eller annan egenskap"))


def _note_unfilled(draft: Draft, severity: Severity, text: str | None, where: str) -> None:
    if not text or not OPENERS.search(text):
        return
    spot = Spot(draft.part, ", ".join(draft.path), shorten(" ".join(text.split()), 60))
    draft.report.add(
        severity,
        spot,
        _("Ett fält står i {where}, där det inte fylls i.").format(where=where),
        _("Flytta fältet till vanlig text, eller godkänn ändringarna i Word."),
    )


def unbind(draft: Draft) -> None:
    """Let go of content controls that would show other text than theirs when Word opens the document."""
    for control in draft.root.iter(SDT):
        if any(TOKEN_START in (text.text or "") for text in control.iter(T)):
            for binding in list(control.iter(w("dataBinding"), w("showingPlcHdr"))):
                drop(binding)
