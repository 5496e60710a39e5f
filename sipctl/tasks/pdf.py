"""Word files as PDF, tagged for screen readers: through Word where it is installed, else LibreOffice.

The converter works on copies with numbers for names, in a private folder of its own that is removed afterwards:
so no name of a file stands on a command line, nothing of a letter lies in the system's temp folder, and no lock
file is left beside the original. A PDF gets its place beside its Word file only when it is whole.

The way through Word (PowerShell and COM, Windows) is **untested**: there is no Word where the tests run. Word
started so loads no start-up templates and runs no macros; COM add-ins stay on, since turning them off there
turns them off for the user as well.
"""

import base64
import os
import secrets
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from sipctl.errors import Fault, NotFound, PartlyFailed, SipctlError
from sipctl.files import private_folder, write_private
from sipctl.language import _

Progress = Callable[[int, int], None]

_CHUNK = 40
_NO_WINDOW = 0x0800_0000 if sys.platform == "win32" else 0
_SECONDS_TO_START, _SECONDS_EACH = 90, 15

# What the export dialogue would ask, kept in the profile and not on the command line, where only LibreOffice 7.4
# and later understand filter options. Links are never followed and macros never run.
_REGISTRY = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
{items}
</oor:items>
"""
_ITEM = """<item oor:path="/org.openoffice.Office.{path}">\
<prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>"""
_PDF = "Common/Filter/PDF/Export"
_OPTIONS = (
    (_PDF, "UseTaggedPDF", "true"),
    (_PDF, "PDFUACompliance", "true"),
    (_PDF, "ExportBookmarks", "true"),
    (_PDF, "DisplayPDFDocumentTitle", "true"),
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Writer/Content/Update", "Link", "2"),
)

_OFFICE_PLACES = {
    "win32": tuple(rf"C:\{each}\LibreOffice\program\soffice.exe" for each in ("Program Files", "Program Files (x86)")),
    "darwin": ("/Applications/LibreOffice.app/Contents/MacOS/soffice",),
}

_FOLDER_VARIABLE = "PDF_FOLDER"
# Open(name, no conversion prompt, read-only, not in the list of recent files). ExportAsFixedFormat: PDF (17), do
# not open, for print, all pages, contents only, with properties, bookmarks from headings (1), structure tags.
_WORD_SCRIPT = rf"""
$ErrorActionPreference = 'Stop'
$folder = $env:{_FOLDER_VARIABLE}
$before = @(Get-Process WINWORD -ErrorAction SilentlyContinue | ForEach-Object {{ $_.Id }})
$word = New-Object -ComObject Word.Application
try {{
  Get-Process WINWORD | Where-Object {{ $before -notcontains $_.Id }} | ForEach-Object {{ $_.Id }} |
    Set-Content -LiteralPath (Join-Path $folder 'word.pid') -Encoding ascii
  $word.Visible = $false
  $word.DisplayAlerts = 0
  $word.AutomationSecurity = 3
  foreach ($name in Get-Content -LiteralPath (Join-Path $folder 'todo.txt')) {{
    try {{
      $document = $word.Documents.Open((Join-Path $folder ($name + '.docx')), $false, $true, $false)
      $document.ExportAsFixedFormat((Join-Path $folder ($name + '.pdf')), 17, $false, 0, 0, 1, 1, 0, $true, $true, 1, $true, $true, $false)
      $document.Close(0)
    }} catch {{ }}
  }}
}} finally {{
  $word.Quit(0)
  [void][Runtime.InteropServices.Marshal]::ReleaseComObject($word)
}}
"""  # noqa: E501 - a call in PowerShell is not broken without back-ticks


class _Job(NamedTuple):
    """One file: where it is, and the number it has in the private folder."""

    source: Path
    number: str

    @property
    def target(self) -> Path:
        return self.source.with_suffix(".pdf")


def to_pdf(
    files: Sequence[Path],
    work: Path,
    progress: Progress | None = None,
    *,
    replace: bool = False,
    blank_pages: bool = False,
) -> list[Path]:
    """Make a PDF beside each Word file and return their paths, in the order of ``files``.

    ``work`` is the home's private work folder. ``progress(done, all)`` is called as files come out. An existing
    PDF is left alone unless ``replace``. ``blank_pages`` keeps the empty pages that duplex printing needs, and that
    LibreOffice otherwise leaves out; Word keeps them always.

    Raises ``SipctlError`` when neither Word nor LibreOffice is installed or nothing could be made, and
    ``PartlyFailed`` with a fault for each file that gave no PDF; the others are done.
    """
    if not files:
        return []
    command = _converter()
    folder = private_folder(work) / f"pdf-{secrets.token_hex(4)}"
    private_folder(folder)
    try:
        _write_profile(folder, blank_pages)
        jobs = [_Job(path, f"{number:05}") for number, path in enumerate(files, 1)]
        faults = dict(_refused(jobs, replace))
        ready = [job for job in jobs if job.number not in faults]
        skipped = len(faults)
        for start in range(0, len(ready), _CHUNK):
            chunk = ready[start : start + _CHUNK]
            told = partial(_tell, progress, len(jobs), skipped + start)
            faults |= _convert(chunk, folder, command, told, replace)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    _report(jobs, faults)
    return [job.target for job in jobs]


_Command = Callable[[Path, Sequence[_Job]], list[str]]
_Told = Callable[[int], None]


def _refused(jobs: Sequence[_Job], replace: bool) -> Iterator[tuple[str, str]]:
    for job in jobs:
        if not job.source.is_file():
            yield job.number, _("Filen finns inte.")
        elif job.target.exists() and not replace:
            yield job.number, _("Det finns redan en pdf med det namnet.")


def _tell(progress: Progress | None, count: int, before: int, done: int) -> None:
    if progress:
        progress(before + done, count)


def _report(jobs: Sequence[_Job], faults: dict[str, str]) -> None:
    if not faults:
        return
    told = [Fault(job.source.name, faults[job.number]) for job in jobs if job.number in faults]
    remedy = _("Skälet står vid varje fil. En Word-fil kan också öppnas och sparas som pdf för hand.")
    if len(faults) == len(jobs):
        raise SipctlError(_("Ingen pdf kunde göras."), remedy, told)
    what = _("{failed} av {count} filer kunde inte göras till pdf.").format(failed=len(faults), count=len(jobs))
    raise PartlyFailed(what, remedy, told)


# --- one chunk of files ---


def _convert(jobs: Sequence[_Job], folder: Path, command: _Command, told: _Told, replace: bool) -> dict[str, str]:
    """Convert and put in place; the reason for each that failed. A file that stops the program is left out and
    the rest are tried again, until nothing comes out twice in a row."""
    faults: dict[str, str] = {}
    left, fruitless, reason = list(jobs), 0, ""
    for job in jobs:
        shutil.copyfile(job.source, folder / f"{job.number}.docx")
    while left and fruitless < 2:
        ended, reason = _run(command, left, folder, told, len(jobs) - len(left))
        made = [job for job in left if _is_whole(folder / f"{job.number}.pdf")]
        faults |= _place(made, folder, replace)
        left = [job for job in left if job not in made]
        fruitless = 0 if made else fruitless + 1
        for job in left if ended else left[:1]:
            faults[job.number] = reason
        left = [] if ended else left[1:]
    faults |= {job.number: reason for job in left}
    for job in jobs:
        (folder / f"{job.number}.docx").unlink(missing_ok=True)
    told(len(jobs))
    return faults


def _is_whole(pdf: Path) -> bool:
    """Whether the converter got to the end of it."""
    try:
        with pdf.open("rb") as file:
            file.seek(max(0, pdf.stat().st_size - 1024))
            return b"%%EOF" in file.read()
    except FileNotFoundError:
        return False


def _place(made: Sequence[_Job], folder: Path, replace: bool) -> dict[str, str]:
    faults = {}
    for job in made:
        pdf = folder / f"{job.number}.pdf"
        try:
            write_private(job.target, pdf.read_bytes(), replace=replace)
        except SipctlError as error:
            faults[job.number] = error.what
        pdf.unlink()
    return faults


def _run(command: _Command, jobs: Sequence[_Job], folder: Path, told: _Told, before: int) -> tuple[bool, str]:
    """Run the converter; whether it came to its end by itself, and why a file is missing if one is."""
    # The program's own temporary files hold the text of the letters, so they go into the private folder too.
    environment = os.environ | dict.fromkeys(("TMPDIR", "TMP", "TEMP", _FOLDER_VARIABLE), str(folder))
    try:
        process = subprocess.Popen(
            command(folder, jobs),
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            creationflags=_NO_WINDOW,
        )
    except OSError:
        return False, _("Programmet som gör pdf startade inte.")
    try:
        limit = time.monotonic() + _SECONDS_TO_START + _SECONDS_EACH * len(jobs)
        while process.poll() is None and time.monotonic() < limit:
            time.sleep(0.1)
            told(before + sum((folder / f"{job.number}.pdf").exists() for job in jobs))
        if process.poll() is None:
            return False, _("Det tog för lång tid att göra pdf av filen.")
        return process.returncode == 0, _("Filen gick inte att göra till pdf.")
    finally:
        _end(process, folder)


def _end(process: "subprocess.Popen[bytes]", folder: Path) -> None:
    """End the program with its children, if it runs: soffice is a script that starts another program, and Word
    is started by the system, not by PowerShell."""
    if process.poll() is not None:
        return
    if sys.platform == "win32":
        pids = (folder / "word.pid").read_text("ascii").split() if (folder / "word.pid").exists() else []
        for pid in (str(process.pid), *pids):
            subprocess.run(["taskkill", "/F", "/T", "/PID", pid], capture_output=True, check=False)
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


# --- the programs ---


def check_program() -> None:
    """Raise ``NotFound`` when neither Word nor LibreOffice is installed."""
    _converter()


def _converter() -> _Command:
    if word_is_installed():
        return _word_command
    program = _office()
    if program is None:
        raise NotFound(
            _("Varken Word eller LibreOffice finns på datorn, så ingen pdf kan göras."),
            _("Installera LibreOffice, eller öppna Word-filen och spara den som pdf."),
        )
    return lambda folder, jobs: [
        program,
        f"-env:UserInstallation={(folder / 'profile').absolute().as_uri()}",
        *("--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck", "--nofirststartwizard"),
        *("--convert-to", "pdf:writer_pdf_Export", "--outdir", str(folder)),
        *(str(folder / f"{job.number}.docx") for job in jobs),
    ]


def _office() -> str | None:
    found = (shutil.which(name) for name in ("soffice", "libreoffice"))
    usual = (place for place in _OFFICE_PLACES.get(sys.platform, ()) if Path(place).is_file())
    return next((program for program in (*found, *usual) if program), None)


def _write_profile(folder: Path, blank_pages: bool) -> None:
    options = (*_OPTIONS, (_PDF, "IsSkipEmptyPages", "false" if blank_pages else "true"))
    items = "\n".join(_ITEM.format(path=path, name=name, value=value) for path, name, value in options)
    write_private(folder / "profile" / "user" / "registrymodifications.xcu", _REGISTRY.format(items=items).encode())


def word_is_installed() -> bool:
    """Whether Word makes the PDF files here, and not LibreOffice."""
    if sys.platform != "win32":
        return False
    import winreg

    try:
        winreg.CloseKey(winreg.OpenKey(winreg.HKEY_CLASSES_ROOT, r"Word.Application\CLSID"))
    except OSError:
        return False
    return shutil.which("powershell") is not None


def _word_command(folder: Path, jobs: Sequence[_Job]) -> list[str]:
    """PowerShell with a script that never varies: the folder is in a variable, the file names are in a file."""
    write_private(folder / "todo.txt", "\n".join(job.number for job in jobs).encode(), replace=True)
    script = base64.b64encode(_WORD_SCRIPT.encode("utf-16-le")).decode()
    return ["powershell", "-NoProfile", "-NonInteractive", "-WindowStyle", "Hidden", "-EncodedCommand", script]
