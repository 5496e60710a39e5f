"""Small Word documents for the engine's tests, written as XML so that every tag is where it is meant to be."""

import io
import zipfile
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml."
RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
SECTION = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'


def run(text: str, properties: str = "") -> str:
    return f'<w:r>{properties and f"<w:rPr>{properties}</w:rPr>"}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def para(*texts: str) -> str:
    """A paragraph with one run for each text."""
    return f"<w:p>{''.join(text if text.startswith('<w:') else run(text) for text in texts)}</w:p>"


def cell(*content: str, properties: str = "") -> str:
    inner = "".join(each if each.startswith("<w:") else para(each) for each in content)
    return f'<w:tc><w:tcPr><w:tcW w:w="2000" w:type="dxa"/>{properties}</w:tcPr>{inner}</w:tc>'


def row(*cells: str) -> str:
    return f"<w:tr>{''.join(each if each.startswith(('<w:tc>', '<?')) else cell(each) for each in cells)}</w:tr>"


def table(*rows: str) -> str:
    grid = '<w:tblGrid><w:gridCol w:w="2000"/><w:gridCol w:w="2000"/></w:tblGrid>'
    properties = '<w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr>'
    return f"<w:tbl>{properties}{grid}{''.join(rows)}</w:tbl>"


def part(root: str, content: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:{root} {NAMESPACES}>{content}</w:{root}>'


def docx(
    *body: str,
    parts: dict[str, str] | None = None,
    relations: str = "",
    files: dict[str, bytes] | None = None,
    kind: str = "document",
) -> bytes:
    """A document of these blocks; ``parts`` are header1, footer1, footnotes … by their root's content."""
    types, related, contents = "", relations, dict(files or {})
    for number, (name, content) in enumerate((parts or {}).items()):
        root = {"header": "hdr", "footer": "ftr"}.get(name.rstrip("0123456789"), name)
        word = name.rstrip("0123456789")
        types += f'<Override PartName="/word/{name}.xml" ContentType="{TYPES}{word}+xml"/>'
        related += f'<Relationship Id="p{number}" Type="{RELS}{word}" Target="{name}.xml"/>'
        contents[f"word/{name}.xml"] = part(root, content).encode()
    package = "http://schemas.openxmlformats.org/package/2006/"
    main = f"{TYPES}{kind}.main+xml" if "/" not in kind else kind
    contents |= {
        "[Content_Types].xml": (
            f'<Types xmlns="{package}content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{main}"/>{types}</Types>'
        ).encode(),
        "_rels/.rels": (
            f'<Relationships xmlns="{package}relationships"><Relationship Id="r1" '
            f'Type="{RELS}officeDocument" Target="word/document.xml"/></Relationships>'
        ).encode(),
        "word/_rels/document.xml.rels": (
            f'<Relationships xmlns="{package}relationships">{related}</Relationships>'
        ).encode(),
        "word/document.xml": part("document", f"<w:body>{''.join(body)}{SECTION}</w:body>").encode(),
    }
    contents = {**contents, **(files or {})}
    return zipped(contents)


def zipped(contents: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def unzipped(document: bytes, name: str = "word/document.xml") -> str:
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        return archive.read(name).decode()
