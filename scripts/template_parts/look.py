"""How a pack's templates look: colours, typefaces and how the document's name is set."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Look:
    """One pack's look. Every text colour has at least 4.5:1 against what it stands on.

    ``title`` says how the document's name is set: over a thin ``rule``, in a filled ``band``, or
    beside a thick ``bar``. Calibri and Cambria are on every Windows and Mac with Word; elsewhere
    Carlito and Caladea have the same widths, so that a page stays a page.
    """

    accent: str
    tint: str
    warm: str = "8F4318"
    sand: str = "FBF6EC"
    ink: str = "20302D"
    quiet: str = "55625F"
    hairline: str = "C6D2CE"
    body: str = "Calibri"
    display: str = "Cambria"
    title: str = "rule"


STANDARD = Look(accent="17564F", tint="EAF2EF")
VASTRA_GOTALAND = Look(
    accent="0F4C81", tint="E9F1F9", sand="F6F8FB", ink="1D2B3A", hairline="C3D0DE", display="Calibri", title="band"
)
SORMLAND = Look(
    accent="6B2D50", tint="F7EEF3", sand="FBF7F1", ink="33222C", hairline="DCCBD4", display="Cambria", title="bar"
)
