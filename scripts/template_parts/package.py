"""The same bytes from the same document, whatever the day and the machine."""

import io
import zipfile

from docx.document import Document

_TIME = (1980, 1, 1, 0, 0, 0)
_SUPERFLUOUS = ("docProps/thumbnail.jpeg", "customXml/", "word/stylesWithEffects.xml", "word/webSettings.xml")


def pack(document: Document) -> bytes:
    """A .docx with sorted entries and no times."""
    for parent in (document.part.package, document.part):
        for key, relation in list(parent.rels.items()):
            if not relation.is_external and str(relation.target_part.partname).lstrip("/").startswith(_SUPERFLUOUS):
                parent.rels.pop(key)
    raw, tidy = io.BytesIO(), io.BytesIO()
    document.save(raw)
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(tidy, "w") as target:
        names = sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name))
        for name in names:
            entry = zipfile.ZipInfo(name, _TIME)
            entry.compress_type, entry.external_attr, entry.create_system = zipfile.ZIP_DEFLATED, 0, 0
            target.writestr(entry, source.read(name))
    return tidy.getvalue()
