"""One Word file of many letters, for the printer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sipctl.documents.merge import merge
from sipctl.files import write_private


def merge_letters(letters: Sequence[Path], target: Path, *, duplex: bool = False, replace: bool = False) -> None:
    """Write the letters after one another into ``target``; with ``duplex`` each begins on a new sheet."""
    write_private(target.absolute(), merge((path.read_bytes() for path in letters), duplex=duplex), replace=replace)
