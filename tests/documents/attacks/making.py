"""How the attempts are made."""

import io
import random
import zipfile
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from engine_docs import docx, para


class Attack(NamedTuple):
    """``says`` is part of the refusal; without it the document is rendered, with ``text``."""

    source: Callable[[], bytes]
    says: str = ""
    text: str = ""
    data: Mapping[str, Any] = MappingProxyType({})


def stored(*body: str, **more: Any) -> bytes:
    """A document that is not packed at all, so that nothing can be said of how hard it is packed."""
    files = contents(docx(*body, **more))
    return packed(files, zipfile.ZIP_STORED)


def packed(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def contents(document: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def changed(**parts: bytes) -> bytes:
    """A sound document with other parts, by name; ``/`` is written ``__`` and ``.`` is written ``_``."""
    return packed(contents(docx(para("x"))) | parts, zipfile.ZIP_STORED)


def noise(length: int) -> bytes:
    return random.Random(length).randbytes(length)


def tag(written: str, says: str, **data: Any) -> Attack:
    return Attack(lambda: docx(para(written)), says, "", data)


def core(title: str) -> dict[str, bytes]:
    """Core properties that the package knows."""
    kind = "application/vnd.openxmlformats-package.core-properties+xml"
    types = contents(docx(para("x")))["[Content_Types].xml"].replace(
        b"</Types>", f'<Override PartName="/docProps/core.xml" ContentType="{kind}"/></Types>'.encode()
    )
    namespace = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
    text = f'<cp:coreProperties xmlns:cp="{namespace}"><cp:category>{title}</cp:category></cp:coreProperties>'
    return {"[Content_Types].xml": types, "docProps/core.xml": text.encode()}
