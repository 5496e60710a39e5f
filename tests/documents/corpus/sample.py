"""What a sample of the corpus is, and the two ways to make one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from attacks.making import contents
from engine_docs import RELS, docx, zipped

Finding = tuple[str, str, str]
"""Severity, place and message, as ``check`` gives them for a template called ``mall.docx``."""


@dataclass(frozen=True)
class Sample:
    """A template. ``text`` is all that is in the document, None where the template is refused.

    ``findings`` are all there are. ``parts`` are pieces that other parts have in the result. ``differs`` is why
    docxtpl's document is another: it raises, its text or those parts are others, or its XML is not valid.
    """

    name: str
    source: bytes
    text: str | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    parts: Mapping[str, str] = field(default_factory=dict)
    differs: str = ""
    known: Mapping[str, Any] | None = None


def filled(
    name: str,
    *body: str,
    text: str,
    data: Mapping[str, Any] | None = None,
    findings: tuple[Finding, ...] = (),
    parts_of_result: Mapping[str, str] | None = None,
    differs: str = "",
    **more: Any,
) -> Sample:
    """A template of these blocks that comes to this text."""
    source = with_references(docx(*body, **more), list(more.get("parts", ())))
    return Sample(name, source, text, data or {}, findings, parts_of_result or {}, differs)


def with_references(source: bytes, parts: list[str]) -> bytes:
    """The same document with its first header and footer shown on every page."""
    shown = [(number, part[:6]) for number, part in enumerate(parts) if part in ("header1", "footer1")]
    references = "".join(
        f'<w:{kind}Reference xmlns:r="{RELS.rstrip("/")}" w:type="default" r:id="p{number}"/>' for number, kind in shown
    )
    files = contents(source)
    main = files["word/document.xml"].replace(b"<w:sectPr><w:pgSz", f"<w:sectPr>{references}<w:pgSz".encode())
    return zipped(files | {"word/document.xml": main})


def refused(name: str, *body: str, findings: tuple[Finding, ...], known: Mapping[str, Any] | None = None, **more: Any):
    """A template of these blocks that is stopped by these findings."""
    return Sample(name, docx(*body, **more), None, findings=findings, known=known)
