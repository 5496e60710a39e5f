"""Strategies for templates put together at random, and for the data they are filled with."""

from datetime import date

from corpus.boxes import box
from engine_docs import cell, docx, para, row, run, table
from hypothesis import strategies as st

# What no part may hold as it is; whatever else there is in Unicode may stand in a template.
_UNFIT = [chr(number) for number in range(32) if chr(number) not in "\t\n"] + ["\ufffe", "\uffff"]
LETTERS = st.one_of(
    st.sampled_from("ab {}%#\"'&<>|-\u00a0\u00ad\u200b\u202e\u0308”“„’å🙂\t\n"),
    st.characters(exclude_categories=["Cs"], exclude_characters=_UNFIT),
)
PROSE = st.text(LETTERS, max_size=8)

NAMES = ["a", "b", "xs", "g", "g.t", "g.ys", "x", "x.t", "y", "loop.index", "loop.last", "nope"]
EXPRESSIONS = st.one_of(
    st.sampled_from(NAMES),
    st.builds(
        str.format,
        st.sampled_from(
            (
                *("{0}|upper", "{0}|d('-')", "{0} ~ {1}", "{0}|join(', ')", "{0}|first", "{0}|length", "not {0}"),
                *("{0} == {1}", "{0} in {1}", "'{0}' if {1}", "{0}[0]", "{0}['t']", "{0} is defined", "{0}|datum"),
                *("{0}|klockan", "({0})", "{0} < {1}", "{0} and {1} or {0}", "[1, 'a']", "{0}|ja_nej", "{0}|title"),
                "{0}|join(', ', attribute='t')",
            )
        ),
        st.sampled_from(NAMES),
        st.sampled_from(NAMES),
    ),
)
OUTPUTS = EXPRESSIONS.map("{{{{ {} }}}}".format)
LOOSE = st.one_of(
    st.sampled_from(
        ["{% vm %}", "{# c #}", "{#p c #}", "{{", "}}", "{%", "%}", "{_{ a }_}", "{% else %}", "{%- if a -%}"]
    ),
    st.builds(
        "{{%{} {} %}}".format, st.sampled_from(["", "p", "tr", "tc", "r"]), st.sampled_from(["if a", "endif", "endfor"])
    ),
    st.text(LETTERS, max_size=12).map("{{{{{}}}}}".format),
    st.text(LETTERS, max_size=12).map("{{%{}%}}".format),
)
OPENINGS = st.one_of(
    EXPRESSIONS.map("if {}".format),
    st.builds("for {} in {}".format, st.sampled_from(["x", "y"]), st.sampled_from(["xs", "g.ys", "x.ys", "a", "nope"])),
)


def pair(level: str) -> st.SearchStrategy[tuple[str, str]]:
    """An opening and its closing tag at a level."""
    return OPENINGS.map(lambda inner: (f"{{%{level} {inner} %}}", f"{{%{level} end{inner.split()[0]} %}}"))


@st.composite
def lines(draw: st.DrawFn, depth: int = 0) -> str:
    """The inside of a paragraph: texts, tags and blocks in the line."""
    pieces = []
    for _ in range(draw(st.integers(0, 3))):
        kind = draw(st.integers(0, 11))
        if kind < 4:
            pieces.append(draw(PROSE))
        elif kind < 8:
            pieces.append(draw(OUTPUTS))
        elif kind == 8:
            pieces.append(draw(LOOSE) if draw(st.integers(0, 3)) == 0 else "{# c #}")
        elif depth < 2:
            opening, closing = draw(pair(draw(st.sampled_from(["", "", "r"]))))
            pieces.append(opening + draw(lines(depth=depth + 1)) + closing)
    return "".join(pieces)


@st.composite
def paragraphs(draw: st.DrawFn, depth: int = 0) -> str:
    """A paragraph whose text is cut into runs anywhere, some of them changed, linked or boxed."""
    text = draw(lines())
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=4)))
    runs = []
    for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True):
        made = run(text[start:end], draw(st.sampled_from(["", "", "<w:b/>"])))
        wrap = draw(st.integers(0, 20))
        if wrap == 0:
            made = f'<w:ins w:id="1" w:author="x">{made}</w:ins>'
        elif wrap == 1:
            made = f'<w:hyperlink w:anchor="x">{made}</w:hyperlink>'
        elif wrap == 2:
            made = f"<w:sdt><w:sdtPr/><w:sdtContent>{made}</w:sdtContent></w:sdt>"
        elif wrap == 3:
            made += "<w:r><w:tab/><w:br/></w:r>"
        elif wrap == 4:
            made += f'<w:bookmarkStart w:id="{start}" w:name="b{start}"/><w:bookmarkEnd w:id="{start}"/>'
        elif wrap == 5 and depth == 0:
            made += box(draw(paragraphs(depth=1)))
        runs.append(made)
    return f"<w:p>{''.join(runs)}</w:p>"


@st.composite
def blocks(draw: st.DrawFn, depth: int = 0) -> str:
    """A paragraph, a block of paragraphs, a table, or a control around some of them."""
    kind = draw(st.integers(0, 9))
    if kind < 4 or depth > 2:
        return draw(paragraphs())
    if kind < 7:
        opening, closing = draw(pair(draw(st.sampled_from(["p", "p", ""]))))
        inner = "".join(draw(st.lists(blocks(depth=depth + 1), max_size=2)))
        other = para("{%p else %}") + draw(paragraphs()) if draw(st.integers(0, 3)) == 0 else ""
        return para(opening) + inner + other + para(closing)
    if kind < 9:
        return table(*draw(st.lists(rows(depth=depth + 1), min_size=1, max_size=3)))
    return f"<w:sdt><w:sdtPr/><w:sdtContent>{draw(blocks(depth=depth + 1))}</w:sdtContent></w:sdt>"


@st.composite
def rows(draw: st.DrawFn, depth: int) -> str:
    """A row, or rows within a block."""
    kind = draw(st.integers(0, 9))
    if kind < 6:
        return row(*draw(st.lists(cells(depth=depth), min_size=1, max_size=2)))
    if kind < 7:
        opening, closing = draw(pair("tc"))
        return row(opening, draw(cells(depth=depth)), closing)
    opening, closing = draw(pair("tr"))
    return row(opening, "") + draw(rows(depth=depth)) + row(closing, "")


@st.composite
def cells(draw: st.DrawFn, depth: int) -> str:
    """A cell, merged or not, that ends with a paragraph as every cell does."""
    merged = draw(
        st.sampled_from(["", "", "", '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"])
    )
    inner = "".join(draw(st.lists(blocks(depth=depth), min_size=1, max_size=2)))
    return cell(inner if inner.endswith("</w:p>") else inner + "<w:p/>", properties=merged)


@st.composite
def templates(draw: st.DrawFn) -> bytes:
    """A whole document, some with a header or a footnote."""
    body = draw(st.lists(blocks(), min_size=1, max_size=3))
    parts = {}
    if draw(st.integers(0, 3)) == 0:
        parts["header1"] = draw(blocks(depth=2)) + "<w:p/>"
    if draw(st.integers(0, 5)) == 0:
        parts["footnotes"] = f'<w:footnote w:id="1">{draw(blocks(depth=2))}</w:footnote>'
    return docx(*body, "<w:p/>", parts=parts)


# Anything a person can have in a file, half surrogate pairs and control characters included.
TEXTS = st.text(st.one_of(LETTERS, st.characters(codec=None), st.sampled_from("\x00\r\ud800\ufdd0\u2028")), max_size=12)
SCALARS = st.one_of(st.none(), st.booleans(), st.integers(), st.dates(date(1, 1, 1)), TEXTS)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(["t", "ys", "items", "__class__"]), inner, max_size=3),
    ),
    max_leaves=8,
)
ITEMS = st.fixed_dictionaries({"t": TEXTS, "ys": st.lists(TEXTS, max_size=2)})
# Mostly what the templates expect, so that much is rendered; sometimes anything at all.
DATA = st.one_of(
    st.fixed_dictionaries(
        {
            "a": SCALARS,
            "b": SCALARS,
            "x": TEXTS,
            "y": TEXTS,
            "nope": st.just([]),
            "xs": st.lists(ITEMS, max_size=3),
            "g": ITEMS,
        }
    ),
    st.dictionaries(st.sampled_from(["a", "b", "xs", "g", "x", "y"]), VALUES),
)
