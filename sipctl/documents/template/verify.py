"""Read a finished document once more. What was compiled cannot come out crooked; this is how that is seen to."""

import io
import zipfile
from collections.abc import Container

from sipctl.errors import Fault, TemplateFault
from sipctl.language import _

from .package import CONTENT_TYPES
from .wordxml import UnsafeXmlError, parse


def verify(document: bytes, template: str, filled: Container[str]) -> None:
    """Parse every part that the engine has written: the ``filled`` ones, relationships and content types.

    Raises ``TemplateFault`` that names each part that is not sound XML, in the document from that template.
    """
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        written = [name for name in archive.namelist() if name in filled or _is_ours(name)]
        unsound = [name for name in written if not _is_sound(archive.read(name))]
    if unsound:
        what = _("Dokumentet från mallen {name} blev inte riktig XML (i {parts}).").format(
            name=template, parts=", ".join(unsound)
        )
        remedy = _("Använd inte dokumentet. Meddela den som sköter sipctl hos er.")
        raise TemplateFault(what, remedy, [Fault(part, what) for part in unsound])


def _is_ours(name: str) -> bool:
    return name == CONTENT_TYPES or name.endswith(".rels")


def _is_sound(content: bytes) -> bool:
    try:
        parse(content)
    except UnsafeXmlError:
        return False
    return True
