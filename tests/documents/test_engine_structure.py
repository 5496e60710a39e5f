"""Templates put together at random: whatever the check lets through comes out as Word can open it."""

import random

import pytest
from engine_docs import cell, docx, para, row, run, table, unzipped
from lxml import etree

from sipctl.documents.template import compile
from sipctl.errors import TemplateFault

LOOSE = ["{%p if a %}", "{%p else %}", "{% endif %}", "{{ x }}", "{%tr endfor %}", "{#p c #}", "{% vm %}", "{{"]
INLINE = [("{% if a %}", "{% endif %}"), ("{% for x in xs %}", "{% endfor %}"), ("{%r if a %}", "{%r endif %}")]
BLOCKS = [("{%p if a %}", "{%p endif %}"), ("{%p for x in xs %}", "{%p endfor %}"), INLINE[0]]
ROWS = [("{%tr for x in xs %}", "{%tr endfor %}"), ("{%tr if a %}", "{%tr endif %}")]
DATA = [
    {"a": True, "b": "B&\n<", "x": "X", "xs": ["1", "2"]},
    {"a": True, "b": "B", "x": "X", "xs": []},
    {"a": False, "b": None, "x": "X", "xs": []},
]


class Maker:
    """Makes mostly sound templates, with a few loose tags."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def texts(self):
        chance = self.random.random()
        if chance < 0.4:
            return [self.random.choice(["t", "{{ b }}", "", "a{# c #}b", "{% set q = b %}"])]
        if chance < 0.65:
            opening, closing = self.random.choice(INLINE)
            return [opening, *self.texts(), closing]
        if chance < 0.66:
            return [self.random.choice(LOOSE)]
        return self.texts() + self.texts()

    def paragraph(self):
        pieces = []
        for text in self.texts():
            split = self.random.random() < 0.3 and len(text) > 2
            pieces += [text[:2], run(text[2:], "<w:b/>")] if split else [text]
        return para(*pieces)

    def block(self, depth):
        chance = self.random.random()
        if chance < 0.5:
            return self.paragraph()
        if chance < 0.75:
            opening, closing = self.random.choice(BLOCKS)
            inner = [self.block(depth) for _ in range(self.random.randint(0, 2))]
            other = para("{%p else %}") + self.block(depth) if self.random.random() < 0.3 else ""
            return "".join([para(opening), *inner, other, para(closing)])
        return self.table(depth + 1) if depth < 2 else self.paragraph()

    def table(self, depth):
        return table(*[self.row(depth) for _ in range(self.random.randint(1, 3))])

    def row(self, depth):
        chance = self.random.random()
        if chance < 0.6:
            return row(*[self.cell(depth) for _ in range(self.random.randint(1, 2))])
        if chance < 0.7:
            return row("{%tc for x in xs %}", self.cell(depth), "{%tc endfor %}")
        opening, closing = self.random.choice(ROWS)
        return row(opening, "") + self.row(depth) + row(closing, "")

    def cell(self, depth):
        inner = "".join(self.block(depth) for _ in range(self.random.randint(1, 2)))
        return cell(inner + "<w:p/>" if inner.endswith("</w:tbl>") else inner)

    def document(self):
        body = [self.block(0) for _ in range(self.random.randint(1, 3))]
        return docx(*body, parts={"header1": self.block(1) + self.paragraph()})


def is_sound(root):
    for each in root.iter("{*}tc"):
        assert etree.QName(each[-1]).localname == "p"
    for outer, inner in (("tbl", "tr"), ("tr", "tc")):
        assert all(each.find(f"{{*}}{inner}") is not None for each in root.iter(f"{{*}}{outer}"))
    for each in root.iter("{*}p"):
        assert all(etree.QName(child).localname in ("r", "pPr") for child in each)
    assert len(root)
    return True


@pytest.mark.parametrize("seed", range(6))
def test_whatever_passes_the_check_renders_soundly(seed):
    maker, passed = Maker(seed), 0
    for _ in range(40):
        source = maker.document()
        try:
            template = compile(source)
        except TemplateFault:
            continue
        passed += 1
        for data in DATA:
            document = template.render(data)
            for name in ("word/document.xml", "word/header1.xml"):
                xml = unzipped(document, name)
                assert "<?sip" not in xml
                assert not any("\ufdd0" <= character <= "\ufdef" for character in xml)
                assert is_sound(etree.fromstring(xml.encode()))
    assert passed > 10
