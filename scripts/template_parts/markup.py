"""Pieces of WordprocessingML that the styles are made of."""


def twips(centimetres: float) -> str:
    """Word's own measure, twentieths of a point; 567 a centimetre is near enough."""
    return str(round(centimetres * 567))


def font(name: str) -> str:
    """A typeface for every kind of character."""
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="{name}"/>'


def size(points: float) -> str:
    """A type size in points."""
    return f'<w:sz w:val="{round(points * 2)}"/><w:szCs w:val="{round(points * 2)}"/>'


def color(value: str) -> str:
    """A text colour."""
    return f'<w:color w:val="{value}"/>'


_RUN_ORDER = ("<w:rFonts", "<w:b/>", "<w:i/>", "<w:color", "<w:spacing", "<w:sz ", "<w:szCs")


def in_order(run: str) -> str:
    """The run properties in the order that the schema wants."""
    pieces = [f"<{piece}" for piece in run.split("<") if piece]
    return "".join(piece for start in _RUN_ORDER for piece in pieces if piece.startswith(start))


def spacing(before: int = 0, after: int = 0, line: int = 264) -> str:
    """Space before and after in twentieths of a point, and the line height."""
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="auto"/>'


def tabs(position: int, kind: str = "left") -> str:
    """One tab stop."""
    return f'<w:tabs><w:tab w:val="{kind}" w:pos="{position}"/></w:tabs>'


def answer_tab() -> str:
    """A line to write on, out to the right margin."""
    return '<w:tabs><w:tab w:val="right" w:leader="underscore" w:pos="9299"/></w:tabs>'


def hairlines(line: str) -> str:
    """Thin lines under and between paragraphs of the same style."""
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="2" w:color="{line}"/>' for side in ("bottom", "between")
    )
    return f"<w:pBdr>{edges}</w:pBdr>"


def dashes(line: str) -> str:
    """A line to cut along."""
    return f'<w:pBdr><w:top w:val="dashed" w:sz="6" w:space="6" w:color="{line}"/></w:pBdr>'


def fill_and_bar(fill: str, bar: str) -> str:
    """A tinted box with a bar at its left."""
    edges = (
        f'<w:top w:val="single" w:sz="24" w:space="1" w:color="{fill}"/>'
        f'<w:left w:val="single" w:sz="24" w:space="6" w:color="{bar}"/>'
        f'<w:bottom w:val="single" w:sz="24" w:space="1" w:color="{fill}"/>'
    )
    return f'<w:pBdr>{edges}</w:pBdr><w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>'


def edges(color: str) -> str:
    """Borders of one colour all round, which pad a filled paragraph."""
    sides = ("top", "left", "bottom", "right")
    return "".join(f'<w:{side} w:val="single" w:sz="36" w:space="4" w:color="{color}"/>' for side in sides)


def numbered(number: int) -> str:
    """Membership of a list."""
    return f'<w:numPr><w:numId w:val="{number}"/></w:numPr>'
