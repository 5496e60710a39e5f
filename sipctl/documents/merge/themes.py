"""Typefaces and colours by the theme's names: written out for letters whose theme is not the file's."""

from sipctl.documents.template.wordxml import Element, w

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_FONTS = w("rFonts")
_FACES = {"ascii": "latin", "hansi": "latin", "eastasia": "ea", "bidi": "cs"}
_SLOTS = {"asciiTheme": "ascii", "hAnsiTheme": "hAnsi", "eastAsiaTheme": "eastAsia", "cstheme": "cs"}
_COLOURS = tuple(
    w(name)
    for name in ("themeColor", "themeTint", "themeShade", "themeFill", "themeFillTint", "themeFillShade")
)  # fmt: skip


def typefaces(theme: Element | None) -> dict[str, str]:
    """The theme's typefaces: ``minorlatin`` → ``Calibri`` and so on."""
    found = {}
    if theme is not None:
        for size in ("major", "minor"):
            for face in ("latin", "ea", "cs"):
                font = theme.find(f".//{_DRAWING}{size}Font/{_DRAWING}{face}")
                if font is not None and font.get("typeface"):
                    found[size + face] = font.get("typeface")
    return found


def write_out(root: Element, faces: dict[str, str]) -> None:
    """Replace the theme's names below ``root``. Word always writes a colour's value beside its name."""
    for fonts in root.iter(_FONTS):
        for slot, plain in _SLOTS.items():
            name = fonts.attrib.pop(w(slot), "").lower()
            face = faces.get(name[:5] + _FACES.get(name[5:], ""))
            if name and face:
                fonts.set(w(plain), face)
    for element in root.iter():
        if isinstance(element.tag, str):
            for name in _COLOURS:
                element.attrib.pop(name, None)
