"""The template engine: Word documents with ``{{ tags }}``, checked, compiled once, rendered many times.

Usable on its own: ``compile(path) → Template``, ``Template.render(data) → bytes``. From file to document:
``package`` opens safely, ``tags`` reads, ``hoist`` and ``blocks`` put the control tags at their level,
``names`` and ``syntax`` check, ``render`` fills, ``archive`` writes. Besides tags, a picture whose alternative text
is a field gives its place to a picture in the data (``frames``, ``picture``), and content controls are filled by
their names (``controls``).
"""

from sipctl.documents.template.annotate import annotate
from sipctl.documents.template.picture import PICTURE_SHAPE
from sipctl.documents.template.study import Finding, Inspection, Known, Template, check, compile, inspect
from sipctl.documents.template.text import docx_text

__all__ = [
    "PICTURE_SHAPE",
    "Finding",
    "Inspection",
    "Known",
    "Template",
    "annotate",
    "check",
    "compile",
    "docx_text",
    "inspect",
]
