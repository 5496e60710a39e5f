"""The template engine: Word documents with ``{{ tags }}``, checked, compiled once, rendered many times.

Usable on its own: ``compile(path) → Template``, ``Template.render(data) → bytes``. From file to document:
``package`` opens safely, ``tags`` reads, ``hoist`` and ``blocks`` put the control tags at their level,
``names`` and ``syntax`` check, ``render`` fills, ``archive`` writes.
"""

from sipctl.documents.template.study import Finding, Known, Template, check, compile
from sipctl.documents.template.text import docx_text

__all__ = ["Finding", "Known", "Template", "check", "compile", "docx_text"]
