"""One Word file of many letters, for the printer."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from sipctl.documents.merge import merge
from sipctl.errors import UsageFault
from sipctl.files import unwritable, write_private
from sipctl.language import _


def check_target(target: Path, *, replace: bool = False, pdf: bool = False) -> None:
    """Refuse, before the letters are made, a file that they could not be put in afterwards.

    Raises ``UsageFault`` for the name, and ``SipctlError`` for a folder that takes no files.
    """
    if target.suffix.casefold() != ".docx":
        raise UsageFault(
            _("{file} är inget namn på en Word-fil.").format(file=target.name), _("Välj ett namn som slutar på .docx.")
        )
    files = [target, target.with_suffix(".pdf")] if pdf else [target]
    if taken := [path for path in files if path.is_dir() or (path.exists() and not replace)]:
        raise UsageFault(
            _("Filen {file} finns redan.").format(file=taken[0].name), _("Välj ett annat namn, eller --force.")
        )
    _check_folder(target.absolute())


def merge_letters(letters: Sequence[Path], target: Path, *, duplex: bool = False, replace: bool = False) -> None:
    """Write the letters after one another into ``target``; with ``duplex`` each begins on a new sheet."""
    write_private(target.absolute(), merge((path.read_bytes() for path in letters), duplex=duplex), replace=replace)


def _check_folder(target: Path) -> None:
    """Try with an empty file: what a folder says of itself is not always so. Missing folders are made later."""
    folder = next(folder for folder in target.parents if folder.exists())
    attempt = folder / f".{os.urandom(4).hex()}.part"
    try:
        attempt.touch(mode=0o600)
        attempt.unlink()
    except OSError as error:
        raise unwritable(folder, error) from error
