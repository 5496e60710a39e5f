"""Templates made by script, each with the text that comes of it or the findings that stop it.

The docxtpl project's engine is the oracle where it is right. Where it is not, a sample says why, and its test shows
that the oracle still does otherwise, so that no such remark outlives its reason.
"""

from . import (
    blocks,
    boxes,
    characters,
    controls,
    faults,
    fields,
    margins,
    merges,
    notes,
    places,
    properties,
    realistic,
    runs,
    tables,
    tracked,
)
from .sample import Sample

_MODULES = (
    *(runs, blocks, tables, merges, margins, notes, boxes, controls, properties, fields, tracked),
    *(characters, realistic, faults, places),
)
CORPUS: dict[str, Sample] = {
    f"{module.__name__.rpartition('.')[2]}: {sample.name}": sample for module in _MODULES for sample in module.SAMPLES
}

__all__ = ["CORPUS", "Sample"]
