"""Where docxtpl is right, its documents and ours have the same text."""

import io

import pytest
from docxtpl import DocxTemplate
from engine_docs import cell, docx, para, row, run, table

from sipctl.documents.template import compile
from sipctl.documents.template.text import docx_text

DATA = {
    "name": "Test Testsson",
    "n": 2,
    "yes": True,
    "no": False,
    "empty": [],
    "words": ["ett", "två", "tre"],
    "goals": [
        {"text": "Sova", "actions": [{"what": "Samtal"}, {"what": "Promenad"}]},
        {"text": "Arbeta", "actions": [{"what": "Praktik"}]},
    ],
}
LOOP = row("{%tr for g in goals %}", ""), row("{{ loop.index }}", "{{ g.text }}"), row("{%tr endfor %}", "")
TEMPLATES = {
    "values": [para("Hej {{ name }}, {{ n }}."), para("{{ name|upper }} {{ words|join(', ') }}")],
    "escaping asked for": [para("{{ name|e }} {{ words|count }} {{ name|escape }}")],
    "split runs": [para("Hej ", run("{{ na", "<w:b/>"), "me", " }", "} slut")],
    "inline if": [para("a{% if yes %}b{% else %}c{% endif %}d{% if no %}e{% endif %}f")],
    "if over runs": [para("a{% if no %}", run("b", "<w:b/>"), "{% endif %}c")],
    "inline for": [para("{% for w in words %}{{ w }}{% if not loop.last %}, {% endif %}{% endfor %}.")],
    "paragraphs": [para("{%p if no %}"), para("bort"), para("{%p else %}"), para("kvar"), para("{%p endif %}")],
    "loop of paragraphs": [para("{%p for g in goals %}"), para("- {{ g.text }}"), para("{%p endfor %}")],
    "runs": [para("a ", "{%r if yes %}", run("b", "<w:b/>"), "{%r endif %}", " c")],
    "rows": [table(row("Nr", "Mål"), *LOOP), para("slut")],
    "rows in rows": [
        table(
            row("{%tr for g in goals %}", ""),
            row("{{ g.text }}", ""),
            row("{%tr for a in g.actions %}", ""),
            row("", "{{ a.what }}"),
            row("{%tr endfor %}", ""),
            row("{%tr endfor %}", ""),
        ),
        para("slut"),
    ],
    "cells": [table(row("{%tc for w in words %}", "{{ w }}", "{%tc endfor %}")), para("slut")],
    "paragraphs in a cell": [
        table(row(cell(para("{%p for w in words %}"), para("{{ w }}"), para("{%p endfor %}")), "x")),
        para("slut"),
    ],
    "a table left out": [para("{%p if no %}"), table(row("a", "b")), para("{%p endif %}"), para("slut")],
    "nested tables": [table(row(cell(table(row("Nr", "Mål"), *LOOP), para("x")), "y")), para("slut")],
    "set": [para("{% set m = goals[1] %}{{ m.text }}"), para("{{ m.text|lower }}")],
    "comments": [para("a{# bort #}b"), para("{#p bort #}"), para("c")],
    "vertical merge": [
        table(row("{%tr for w in words %}", ""), row("{% vm %}{{ name }}", "{{ w }}"), row("{%tr endfor %}", "")),
        para("slut"),
    ],
    "smart quotes": [para("{% if name == ”Test Testsson” %}ja{% endif %}")],
    "header": [para("x")],
}


@pytest.mark.parametrize("which", TEMPLATES)
def test_the_same_text_as_docxtpl(which):
    parts = {"header1": para("{{ name }} {{ n }}")} if which == "header" else None
    source = docx(*TEMPLATES[which], parts=parts)
    oracle = DocxTemplate(io.BytesIO(source))
    oracle.render(DATA)
    buffer = io.BytesIO()
    oracle.save(buffer)
    assert docx_text(compile(source).render(DATA)) == docx_text(buffer.getvalue())
