"""Templates that are too much to read: tags, elements, entities."""

from engine_docs import docx, para, unzipped

from .making import Attack, changed, stored

_INTRICATE, _LONG = "för stor eller invecklad", "saknar sitt slut"


def attributes(count: int) -> str:
    written = " ".join(f'a{n}=""' for n in range(count))
    return f"<w:p {written}/>"


_OPEN, _SHUT = "<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"
BULK = {
    "10,000 blocks in each other": Attack(
        lambda: stored(para("{% if x %}" * 10_000 + "{% endif %}" * 10_000)), _INTRICATE
    ),
    "1,000 blocks in each other": Attack(
        lambda: stored(para("{% if x %}" * 1000 + "{% endif %}" * 1000)), "Fler än 12 block"
    ),
    "1,000 paragraph blocks in each other": Attack(
        lambda: stored(para("{%p if x %}") * 1000 + para("{%p endif %}") * 1000), "Fler än 12 block"
    ),
    "1,500 branches": Attack(
        lambda: stored(para("{% if x %}", *["{% elif x %}"] * 1500, "{% endif %}")), "fler än 100 grenar"
    ),
    "20,000 tags in a paragraph": Attack(lambda: stored(para("{{ x }}" * 20_000)), _INTRICATE),
    "1,000 tags in a run": Attack(lambda: stored(para("{{ x }}" * 1000)), text="x" * 1000, data={"x": "x"}),
    "1,000 run tags in a run": Attack(
        lambda: stored(para("{%r if x %}y{%r endif %}" * 500)), text="y" * 500, data={"x": True}
    ),
    "500 loops over bookmarks": Attack(
        lambda: stored(
            para("x"),
            *(
                para("{%p for i in xs %}")
                + f'<w:p><w:bookmarkStart w:id="{n}" w:name="b{n}"/><w:bookmarkEnd w:id="{n}"/></w:p>'
                + para("{%p endfor %}")
                for n in range(500)
            ),
        ),
        text="x",
        data={"xs": []},
    ),
    "100,000 opening marks": Attack(lambda: stored(para("{{" * 100_000)), _INTRICATE),
    "100,000 closing marks": Attack(lambda: stored(para("}}" * 100_000)), _INTRICATE),
    "quotes between opening marks": Attack(lambda: stored(para('{{ " ' * 1900)), _LONG),
    "curly quotes between opening marks": Attack(lambda: stored(para("{{ ”“' " * 1900)), _LONG),
    "quotes that never end": Attack(lambda: stored(para(('{% "' + "'" * 1990) * 200)), _LONG),
    "braces as entities": Attack(
        lambda: stored(f"<w:p><w:r><w:t>{'&#123;&#x7B;x&#125;&#x7d;' * 5000}</w:t></w:r></w:p>"), _INTRICATE
    ),
    "a tag of 100,000 characters": Attack(lambda: stored(para("{{ x" + " " * 100_000 + "}}")), _LONG),
    "700 long tags": Attack(
        lambda: stored(para("{{ x" + " ~ x" * 480 + " }}") * 700), "för långa tillsammans", data={"x": "x"}
    ),
    "200,000 elements": Attack(lambda: stored("<w:p/>" * 200_000 + para("{{ x }}")), _INTRICATE),
    "200,000 attributes": Attack(lambda: stored(attributes(260_000)), _INTRICATE),
    "60,000 attributes": Attack(
        lambda: stored(attributes(60_000), para("{{ x }}")),
        text="\nx",
        data={"x": "x"},
    ),
    "10,000 elements in each other": Attack(
        lambda: stored(_OPEN * 5000 + para("x") + _SHUT * 5000), "går inte att läsa"
    ),
    "tables in tables": Attack(
        lambda: stored("<w:tbl><w:tr><w:tc>" * 60 + para("{{ x }}") + "<w:p/></w:tc></w:tr></w:tbl>" * 60, para("y")),
        text="x" + "\n" * 60 + "\ny",
        data={"x": "x"},
    ),
}
for _name, _entities in {
    "a billion laughs": "".join(f"<!ENTITY e{n + 1} '{f'&e{n};' * 10}'>" for n in range(9)),
    "a quadratic bomb": f"<!ENTITY e9 '{'x' * 100_000}'>",
    "an entity from a file": "<!ENTITY e9 SYSTEM 'file:///etc/passwd'>",
    "an entity from the net": "<!ENTITY e9 SYSTEM 'http://localhost:1/x'>",
    "parameter entities": "<!ENTITY % a SYSTEM 'file:///etc/passwd'> %a; <!ENTITY e9 'x'>",
}.items():
    _xml = f"<?xml version='1.0'?><!DOCTYPE w:document [<!ENTITY e0 'ha'>{_entities}]>"
    _body = unzipped(docx(para("&e9;" * 40))).partition("?>")[2].replace("&amp;", "&")
    for _part in ("word/document.xml", "word/settings.xml", "[Content_Types].xml", "_rels/.rels"):
        BULK[f"{_name} in {_part}"] = Attack(
            lambda content=_xml + _body, part=_part: changed(**{part: content.encode()}),
            "Delen word" if _part.startswith("word") else "avklippt eller skadad",
        )
for _encoding in ("utf-7", "cp037", "utf-32", "utf-16"):
    BULK[f"elements hidden by {_encoding}"] = Attack(
        lambda code=_encoding: changed(
            **{"word/x.xml": f"<?xml version='1.0' encoding='{code}'?><!DOCTYPE x [<!ENTITY e 'x'>]><x/>".encode(code)}
        ),
        "DTD" if _encoding in ("utf-16", "utf-32") else "går inte att läsa",
    )
