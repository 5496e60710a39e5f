"""Templates that nothing is to be said of, for tests that add one fault and look at what is said."""

import io
import zipfile

from engine_docs import docx, run, zipped

from sipctl.documents.template import Finding, inspect

PACKAGE = "application/vnd.openxmlformats-package."
OFFICE = "application/vnd.openxmlformats-officedocument."
TITLE = "<dc:title>Kallelse</dc:title>"
STYLES = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="22"/><w:lang w:val="sv-SE"/></w:rPr></w:rPrDefault>'
    "</w:docDefaults>"
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Rubrik1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Egen"><w:name w:val="Egen"/><w:basedOn w:val="Rubrik1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Rubrik2"><w:name w:val="Rubrik två"/>'
    '<w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Rubrik3"><w:name w:val="heading 3"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/></w:style>'
    '<w:style w:type="character" w:styleId="Dold"><w:name w:val="Dold"/><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="table" w:styleId="Rutor"><w:name w:val="Rutor"/><w:tblPr><w:tblBorders>'
    '<w:insideH w:val="single"/></w:tblBorders></w:tblPr></w:style>'
    '<w:style w:type="table" w:styleId="MinaRutor"><w:name w:val="Mina rutor"/><w:basedOn w:val="Rutor"/></w:style>'
)


def styled(style: str, *texts: str) -> str:
    """A paragraph in a style."""
    inner = "".join(text if text.startswith("<w:") else run(text) for text in texts)
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{inner}</w:p>'


def heading(level: int, text: str = "Rubrik") -> str:
    return styled(f"Rubrik{level}", text)


def core(*elements: str) -> tuple[str, str]:
    """Content type and content of the core properties."""
    spaces = (
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"'
    )
    return f"{PACKAGE}core-properties+xml", f"<cp:coreProperties {spaces}>{''.join(elements)}</cp:coreProperties>"


def sound(
    *body: str,
    parts: dict[str, str] | None = None,
    extra: dict[str, tuple[str, str]] | None = None,
    relations: str = "",
    styles: str = STYLES,
) -> bytes:
    """A heading, this body, Swedish, a title; ``extra`` are parts by full name: content type and content."""
    document = docx(heading(1), *body, parts={"styles": styles, **(parts or {})}, relations=relations)
    added = {"docProps/core.xml": core(TITLE), **(extra or {})}
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        contents = {name: archive.read(name) for name in archive.namelist()}
    overrides = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, (kind, _text) in added.items())
    types = contents["[Content_Types].xml"].decode()
    contents["[Content_Types].xml"] = types.replace("</Types>", f"{overrides}</Types>").encode()
    return zipped({**contents, **{name: text.encode() for name, (_kind, text) in added.items()}})


def said(document: bytes) -> list[Finding]:
    """Everything that is said of a template."""
    return inspect(document, "kallelse.docx").findings


def lines(document: bytes) -> list[str]:
    """The same, one line each: severity, place, text around, message."""
    return [f"{f.severity} | {f.place} | {f.text_around} | {f.message}" for f in said(document)]
