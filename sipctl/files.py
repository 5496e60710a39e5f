"""Writing files so that a reader sees all of it or nothing, and nobody else reads it at all."""

import os
from pathlib import Path

from sipctl.errors import SipctlError
from sipctl.language import _


def private_folder(folder: Path) -> Path:
    """Make ``folder`` (0700) with its parents."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(folder, error) from error
    return folder


def write_private(path: Path, content: bytes, *, replace: bool = False) -> None:
    """Write ``content`` (0600) under its final name only when it is whole and on disk.

    Raises ``SipctlError`` if ``path`` exists (unless ``replace``) or the folder can't be written.
    """
    private_folder(path.parent)
    part = path.with_name(f".{path.name}.{os.urandom(4).hex()}.part")
    try:
        _write_and_sync(part, content)
        _rename(part, path, replace)
        _sync_folder(path.parent)
    except FileExistsError as error:
        raise SipctlError(
            _("Filen {file} finns redan.").format(file=path.name),
            _("Välj ett annat namn, eller flytta filen som finns."),
        ) from error
    except OSError as error:
        raise unwritable(path.parent, error) from error
    finally:
        part.unlink(missing_ok=True)


def ensure_private(path: Path, content: bytes, *, replace: bool = False) -> None:
    """``write_private``, but content with when the very same is there already."""
    try:
        if path.read_bytes() == content:
            return
    except OSError:
        pass  # not there, or not ours to read: writing tells
    if path.exists() and not replace:
        raise SipctlError(
            _("Filen {file} finns redan.").format(file=path.name), _("Flytta filen, och kör kommandot igen.")
        )
    write_private(path, content, replace=replace)


def put_in_place(part: Path, path: Path) -> None:
    """Give a private file that another library wrote its final name, once it is on disk."""
    if os.name != "nt":
        part.chmod(0o600)
    descriptor = os.open(part, os.O_RDWR | getattr(os, "O_BINARY", 0))
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    _rename(part, path, replace=True)
    _sync_folder(path.parent)


def unwritable(folder: Path, error: OSError) -> SipctlError:
    """The one sentence for a folder that takes no files."""
    return SipctlError(
        _("Det går inte att skriva i mappen {folder} ({reason}).").format(
            folder=folder, reason=error.strerror or type(error).__name__
        ),
        _("Kontrollera att mappen finns, att den inte är skrivskyddad och att disken inte är full."),
    )


def _write_and_sync(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _rename(part: Path, path: Path, replace: bool) -> None:
    if replace:
        os.replace(part, path)
    elif os.name == "nt":
        os.rename(part, path)  # refuses an existing target on Windows
    else:
        os.link(part, path)  # rename would overwrite on POSIX; a hard link refuses


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # Windows cannot open a folder for syncing
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
