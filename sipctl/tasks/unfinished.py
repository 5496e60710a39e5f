"""One run of letters at a time, and what a run that was cut off has left behind.

The files of a run are made before their cases are saved, all together. Each file is noted first, by name and
hash, so that after a kill or a power cut the next run knows it for its own: it was never given out, and is made
anew, on whatever day. A file that somebody has changed since, or that its case has in the store, is left alone.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from sipctl.errors import Busy
from sipctl.files import private_folder, unwritable
from sipctl.language import _
from sipctl.store.listing import document_names
from sipctl.tasks.desk import Desk

_NAME = "utskick.txt"
_BEYOND = 1 << 30
"""Windows locks bytes and lets nobody read them: one far beyond the end is locked."""


class Notes:
    """The files of the run that is going on. ``note`` before a file is written, ``settle`` when cases are saved."""

    def __init__(self, file: BinaryIO, documents: Path):
        self._file = file
        self._documents = documents

    def note(self, path: Path, content: bytes) -> None:
        """This file is about to be written."""
        name = path.relative_to(self._documents).as_posix()
        self._file.write(f"{hashlib.sha256(content).hexdigest()} {name}\n".encode())
        self._file.flush()

    def settle(self) -> None:
        """What has been noted is in its case, or taken away."""
        self._file.seek(0)
        self._file.truncate()

    def left_behind(self) -> list[Path]:
        """The files of an earlier run that are still as it made them, and the one that it was writing."""
        self._file.seek(0)
        noted = [line.decode().split(" ", 1) for line in self._file.read().splitlines() if b" " in line]
        found = [(self._documents / name, sha) for sha, name in noted]
        parts = [part for path, _sha_of in found[-1:] for part in path.parent.glob(f".{path.name}.*.part")]
        return parts + [path for path, sha in found if path.is_file() and _sha(path) == sha]


@contextmanager
def only_run(desk: Desk) -> Iterator[Notes]:
    """The notes of the run, while no other is going on; what an earlier one left behind is taken away first.

    Raises ``Busy`` when another run is going on.
    """
    path = private_folder(desk.home.work) / _NAME
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
    except OSError as error:
        raise unwritable(path.parent, error) from error
    with os.fdopen(descriptor, "r+b") as file:
        _lock(file)
        notes = Notes(file, desk.home.documents)
        _take_away_left(desk, notes)
        yield notes


def _take_away_left(desk: Desk, notes: Notes) -> None:
    if left := notes.left_behind():
        kept = document_names(desk.store)
        for path in left:
            if path.with_suffix(".docx").name not in kept:
                path.unlink(missing_ok=True)
    notes.settle()


def _lock(file: BinaryIO) -> None:
    """Held until the file is closed or the process is gone. A disk that knows no locks is used without."""
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(_BEYOND)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        raise Busy(
            _("Ett annat fönster håller på att göra brev."), _("Vänta tills det är klart, och kör kommandot igen.")
        ) from None
    except OSError:
        pass


def _sha(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
