"""Reading an answers file: TOML or JSON, as people's editors and shells happen to save it.

What is wrong is said with a line number and never with the line itself: it is personal data.
"""

import codecs
import json
import re
import sys
import tomllib
from pathlib import Path
from typing import Any

from sipctl.errors import NotFound, UsageFault
from sipctl.language import _
from sipctl.process.form import Answers

LIMIT = 5_000_000
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read_answers(path_or_dash: str | Path) -> Answers:
    """The answers in a file, or from standard input for ``-``. Not yet checked against a form."""
    raw = _read(str(path_or_dash))
    if len(raw) > LIMIT:
        raise UsageFault(_("Filen är större än 5 MB och kan inte vara en svarsfil."))
    text = _decoded(raw)
    suffix = Path(path_or_dash).suffix.lower()
    is_json = suffix == ".json" or (suffix != ".toml" and text.lstrip().startswith("{"))
    try:
        answers = _json(text) if is_json else _toml(text)
    except RecursionError:
        raise UsageFault(_("Svarsfilen har för många nivåer i varandra.")) from None
    if not isinstance(answers, dict):
        raise UsageFault(_("Svarsfilen ska innehålla ett objekt med frågornas nycklar."), _example())
    return answers


def _read(place: str) -> bytes:
    try:
        if place == "-":
            return sys.stdin.buffer.read(LIMIT + 1)
        with open(place, "rb") as file:
            return file.read(LIMIT + 1)
    except FileNotFoundError:
        raise NotFound(_("Svarsfilen finns inte."), _("Kontrollera namnet och mappen.")) from None
    except OSError:
        raise UsageFault(_("Svarsfilen går inte att läsa."), _("Kontrollera att du får öppna filen.")) from None


def _decoded(raw: bytes) -> str:
    encoding = next((name for mark, name in _MARKS if raw.startswith(mark)), "utf-8")
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise _wrong(_("Svarsfilen är inte sparad som UTF-8"), line, _save_as_utf8()) from None
    if "\0" in text:
        raise UsageFault(_("Svarsfilen är inte sparad som UTF-8."), _save_as_utf8())
    return text


def _toml(text: str) -> Answers:
    try:
        return tomllib.loads(text)
    except ValueError as error:  # also a number with too many digits
        raise _wrong(_("Svarsfilen är inte riktig TOML"), _toml_line(str(error), text), _example()) from None


def _toml_line(message: str, text: str) -> int | None:
    if "end of document" in message:
        return text.count("\n") + 1
    found = re.search(r"at line ([0-9]+)", message)
    return int(found[1]) if found else None


# --- JSON ---


class _TwiceError(ValueError):
    """The same key twice in one object: JSON allows it, and the first answer would be lost."""


def _json(text: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise _wrong(_("Svarsfilen är inte riktig JSON"), error.lineno, _example()) from None
    except _TwiceError:
        raise _wrong(_("Samma nyckel står två gånger i svarsfilen"), _line_of_double(text)) from None
    except ValueError:
        raise _wrong(_("Svarsfilen har ett tal som inte kan läsas"), None) from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _TwiceError
    return found


def _no_constant(name: str) -> Any:
    raise ValueError(name)  # NaN and Infinity are not JSON


def _line_of_double(text: str) -> int | None:
    """The line of the first key that its object has already; the reader does not tell."""
    seen: list[set[str]] = []
    for token in re.finditer(r'[{}]|("(?:[^"\\]|\\.)*")(\s*:)?', text):
        if token[0] == "{":
            seen.append(set())
        elif token[0] == "}":
            seen.pop()
        elif token[2]:
            key = json.loads(token[1])
            if key in seen[-1]:
                return text.count("\n", 0, token.start()) + 1
            seen[-1].add(key)
    return None


# --- what to say ---


def _wrong(what: str, line: int | None, remedy: str = "") -> UsageFault:
    sentence = _("{what} (rad {line}).").format(what=what, line=line) if line else f"{what}."
    return UsageFault(sentence, remedy)


def _example() -> str:
    return _("Börja från en mall: kör kommandot med --print-answers och fyll i den.")


def _save_as_utf8() -> str:
    return _("Spara den som UTF-8 i redigeraren.")


def read_section(source: str, name: str) -> dict[str, Any]:
    """The answers to one form: the whole file, or its section ``name`` where the file has one.

    ``FILE#SECTION`` picks another section, for a step that is done several times.
    """
    path, _hash, section = source.partition("#")
    answers = read_answers(path)
    wanted = section or name
    if isinstance(answers.get(wanted), dict):
        return dict(answers[wanted])
    if section:
        raise UsageFault(
            _("Svarsfilen har inget avsnitt {section}.").format(section=section), _("Kontrollera namnet efter #.")
        )
    return answers
