"""The document's properties: title and the like."""

from collections.abc import Mapping

from attacks.making import contents
from engine_docs import docx, para, zipped

from .sample import Sample

DATA = {"name": "Test & Co", "n": 2, "words": ["a", "b"]}
CORE = "application/vnd.openxmlformats-package.core-properties+xml"
APP = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
CUSTOM = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
PACKAGE_REL = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
LIBRE_REL = "http://schemas.openxmlformats.org/officedocument/2006/relationships/metadata/core-properties"
DOCUMENT_RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
TYPES_NS = "http://schemas.openxmlformats.org/officeDocument/2006/"


def with_part(path: str, content: str, kind: str, relation: str) -> bytes:
    """A document with one part more, related from the package."""
    files: dict[str, bytes] = contents(docx(para("x {{ n }}")))
    override = f'<Override PartName="/{path}" ContentType="{kind}"/></Types>'
    related = f'<Relationship Id="prop" Type="{relation}" Target="{path}"/></Relationships>'
    files["[Content_Types].xml"] = files["[Content_Types].xml"].replace(b"</Types>", override.encode())
    files["_rels/.rels"] = files["_rels/.rels"].replace(b"</Relationships>", related.encode())
    return zipped(files | {path: f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>{content}'.encode()})


def core(title: str) -> str:
    return (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{title}</dc:title></cp:coreProperties>"
    )


def sample(name: str, source: bytes, parts: Mapping[str, str], differs: str = "") -> Sample:
    return Sample(name, source, "x 2", DATA, parts=parts, differs=differs)


_APP = f'<Properties xmlns="{TYPES_NS}extended-properties"><Company>{{{{ name }}}}</Company></Properties>'
_CUSTOM = (
    f'<Properties xmlns="{TYPES_NS}custom-properties" xmlns:vt="{TYPES_NS}docPropsVTypes"><property '
    'fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="Ärende"><vt:lpwstr>{{ n }}</vt:lpwstr></property>'
    "</Properties>"
)

SAMPLES = [
    sample(
        "a title",
        with_part("docProps/core.xml", core("Plan {{ n }} {% if n == 2 %}två{% endif %}"), CORE, PACKAGE_REL),
        {"docProps/core.xml": "<dc:title>Plan 2 två</dc:title>"},
    ),
    sample(
        "an ampersand in the title",
        with_part("docProps/core.xml", core("{{ name }}"), CORE, PACKAGE_REL),
        {"docProps/core.xml": "<dc:title>Test &amp; Co</dc:title>"},
    ),
    sample(
        "a title as LibreOffice 24 relates it",
        with_part("docProps/core.xml", core("Plan {{ n }}"), CORE, LIBRE_REL),
        {"docProps/core.xml": "<dc:title>Plan 2</dc:title>"},
        "The part is looked for by the relation of older programs, and is replaced by an empty one.",
    ),
    sample(
        "the company",
        with_part("docProps/app.xml", _APP, APP, DOCUMENT_RELS + "extended-properties"),
        {"docProps/app.xml": "<Company>Test &amp; Co</Company>"},
        "Only the core properties are filled in.",
    ),
    sample(
        "a property of one's own",
        with_part("docProps/custom.xml", _CUSTOM, CUSTOM, DOCUMENT_RELS + "custom-properties"),
        {"docProps/custom.xml": "<vt:lpwstr>2</vt:lpwstr>"},
        "Only the core properties are filled in.",
    ),
]
