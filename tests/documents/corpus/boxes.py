"""Text boxes, which Word writes twice: once for itself and once for old programs."""

from engine_docs import para, row, run, table

from .sample import filled

DATA = {"name": "Test Testsson", "words": ["a", "b"], "no": False, "yes": True}


def box(*content: str) -> str:
    inner = f"<w:txbxContent>{''.join(content)}</w:txbxContent>"
    graphic = (
        '<wp:inline><wp:extent cx="2000000" cy="500000"/><wp:docPr id="1" name="Ruta 1"/><a:graphic><a:graphicData '
        'uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/>'
        f"<wps:spPr/><wps:txbx>{inner}</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline>"
    )
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>{graphic}</w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:shape><v:textbox>{inner}</v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


SAMPLES = [
    filled("a name in a box", para("x", box(para("Hej {{ name }}"))), text="x\nHej Test Testsson", data=DATA),
    filled(
        "a split tag in a box",
        para(box(para(run("{{ na", "<w:b/>"), "me", " }}")), "y"),
        text="y\nTest Testsson",
        data=DATA,
    ),
    filled(
        "tags in the box and around it",
        para("{{ name }} {% if yes %}ja{% endif %}", box(para("{{ words|join(', ') }}")), "{{ name }}"),
        text="Test Testsson jaTest Testsson\na, b",
        data=DATA,
    ),
    filled(
        "a loop of paragraphs in a box",
        para("x", box(para("{%p for w in words %}"), para("{{ w }}"), para("{%p endfor %}"))),
        text="x\na\nb",
        data=DATA,
    ),
    filled(
        "a box that would come out empty",
        para("x", box(para("{%p if no %}"), para("bort"), para("{%p endif %}"))),
        text="x\n",
        data=DATA,
        differs="A box is left without a paragraph, which Word does not open.",
    ),
    filled(
        "a table in a box",
        para("x", box(table(row("{%tr for w in words %}"), row("{{ w }}"), row("{%tr endfor %}")), para("z"))),
        text="x\na\nb\nz",
        data=DATA,
    ),
]
