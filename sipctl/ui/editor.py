"""A long text in the user's own editor, by way of a private file that is wiped afterwards."""

import contextlib
import os
import secrets
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

from sipctl.errors import SipctlError
from sipctl.files import private_folder, write_private
from sipctl.language import _


def edit(text: str, folder: Path) -> str:
    """The text as it was when the editor closed. Raises ``SipctlError`` if no editor could run."""
    private_folder(folder)
    work = folder / f"text-{secrets.token_hex(4)}"
    work.mkdir(mode=0o700)
    path = work / "text.txt"
    try:
        write_private(path, _for_editor(text))
        _run([*_command(), str(path)])
        return _decoded(path.read_bytes())
    finally:
        _wipe(work)


def _command() -> list[str]:
    chosen = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if chosen:
        # Backslashes are path separators on Windows, not escapes.
        words = shlex.split(chosen, posix=sys.platform != "win32")
        return [w.strip('"') for w in words]
    if sys.platform == "win32":
        return ["notepad"]
    found = next((name for name in ("nano", "vim", "vi") if shutil.which(name)), None)
    if found is None:
        raise _no_editor()
    return [found]


def _run(command: list[str]) -> None:
    program = shutil.which(command[0])
    if program is None:
        raise _no_editor()
    # The editor draws on stdout; when that is a file, it gets the terminal we ask on instead.
    screen = None if sys.stdout is not None and sys.stdout.isatty() else sys.stderr
    try:
        done = subprocess.run([program, *command[1:]], stdout=screen, check=False)
    except OSError:
        raise _no_editor() from None
    if done.returncode != 0:
        raise SipctlError(_("Redigeraren avslutades med ett fel, så texten är oförändrad."))


def _no_editor() -> SipctlError:
    return SipctlError(_("Ingen redigerare hittades. Skriv texten här, eller ange en i miljövariabeln EDITOR."))


def _for_editor(text: str) -> bytes:
    if sys.platform == "win32":
        return text.replace("\n", "\r\n").encode("utf-8-sig")
    return (text + "\n" if text else "").encode()


def _decoded(raw: bytes) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")  # what older Notepads save as "ANSI"


def _wipe(work: Path) -> None:
    """Overwrite and remove all the editor left: the text, its backups and swap files."""
    for path in list(work.iterdir()):
        with contextlib.suppress(OSError), path.open("r+b") as file:
            file.write(b"\0" * path.stat().st_size)
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(OSError):
            path.unlink()
    with contextlib.suppress(OSError):
        work.rmdir()
