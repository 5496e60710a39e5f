"""Fill a compiled template with data."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from typing import Any, NamedTuple

from jinja2 import Template as JinjaTemplate
from jinja2 import UndefinedError
from jinja2.runtime import Context

from sipctl.errors import Fault, TemplateFault
from sipctl.language import _

from .album import ALBUM, Album, Gallery
from .archive import Archive
from .filters import MAX_WORK, WORK_LEFT, UnfitError, spend
from .findings import Finding
from .guards import mend
from .verify import verify as verify_document

_HANDFUL = 200
_SCALARS = frozenset({str, int, float, bool, type(None), date, datetime})


class Place(NamedTuple):
    """Where a tag stands, and the tag as its author wrote it."""

    where: str
    tag: str


class Part(NamedTuple):
    """A part that changes with the data; ``lines`` are the tags by their lines in jinja2's source."""

    name: str
    template: JinjaTemplate
    guarded: bool
    lines: dict[int, Place]

    def place(self, error: Exception) -> Place | None:
        """The tag that was being filled in when something was raised."""
        found, traceback = None, error.__traceback__
        while traceback is not None:
            if traceback.tb_frame.f_code is self.template.root_render_func.__code__:
                found = self.lines.get(self.template.get_corresponding_lineno(traceback.tb_lineno))
            traceback = traceback.tb_next
        return found


@dataclass(frozen=True, slots=True)
class Template:
    """A checked template: compiled once, rendered any number of times.

    ``names`` are the dotted names it uses, ``sha256`` is that of the template's bytes and
    ``findings`` are the warnings and advice from the check.
    """

    name: str
    sha256: str
    names: frozenset[str]
    findings: tuple[Finding, ...] = field(repr=False)
    parts: tuple[Part, ...] = field(repr=False)
    archive: Archive = field(repr=False)
    gallery: Gallery = field(repr=False, compare=False)
    places: dict[str, str] = field(repr=False)

    def render(self, data: dict[str, Any], verify: bool = False) -> bytes:
        """The document as bytes; the same data gives the same bytes.

        ``data`` is plain: dict, list, str, int, float, bool, None, date and datetime, else ``TypeError``. A name the
        data does not have raises ``TemplateFault``. A dict may be a picture, see ``picture``. With ``verify``
        what was written is parsed, which takes several times as long; ``TemplateFault`` names an unsound part.
        """
        check_plain(data)
        album = Album()
        values = {**data, WORK_LEFT: [MAX_WORK], ALBUM: album}
        contents, placed = [], {}
        for part in self.parts:
            before = len(album.images)
            contents.append(self._fill(part, values))
            if images := album.images[before:]:
                placed[part.name] = images
        document = self.gallery.pack(contents, placed) if placed else self.archive.pack(contents)
        if verify:
            verify_document(document, self.name, {part.name for part in self.parts})
        return document

    def _fill(self, part: Part, values: dict[str, Any]) -> bytes:
        environment = part.template.environment
        try:
            # Not new_context: it copies the values, and goes through globals that there are none of.
            pieces: Iterable[Any] = part.template.root_render_func(Context(environment, values, None, {}))
            content = _joined(iter(pieces), values[WORK_LEFT])
        except UndefinedError as error:
            raise self._missing(error.message or "", part.place(error)) from None
        except UnfitError as error:
            raise self._stopped(str(error), part.place(error)) from None
        except (TypeError, ValueError, LookupError, AttributeError, ArithmeticError, RecursionError) as error:
            # The message of the original may quote a value, so it is not passed on.
            reason = _("Ett värde är av ett annat slag än mallen väntar sig ({kind}).")
            raise self._stopped(reason.format(kind=type(error).__name__), part.place(error)) from None
        return mend(content) if part.guarded else content

    def _missing(self, name: str, at: Place | None) -> TemplateFault:
        paths = [path for path in sorted(self.names) if path == name or path.endswith(f".{name}")]
        shown = paths[0] if len(paths) == 1 else name
        what = _("Fältet ”{field}” saknas i uppgifterna till mallen {name}.").format(field=shown, name=self.name)
        place = at.where if at else self.places.get(shown, self.name)
        return TemplateFault(what, _("Rätta namnet i mallen eller lägg till uppgiften."), [Fault(place, what)])

    def _stopped(self, reason: str, at: Place | None) -> TemplateFault:
        what = _("Mallen {name} kunde inte fyllas i. {reason}").format(name=self.name, reason=reason)
        fault = Fault(at.where, f"{at.tag}: {reason}") if at else Fault(self.name, reason)
        return TemplateFault(what, _("Rätta mallen i Word."), [fault])


def _joined(pieces: Iterator[bytes], left: list[int]) -> bytes:
    """All pieces as one, counted by the handful, so that what is too much is never put together."""
    kept: list[bytes] = []
    while handful := tuple(islice(pieces, _HANDFUL)):
        kept.append(b"".join(handful))
        spend(left, len(kept[-1]))
    return b"".join(kept)


def check_plain(data: Any) -> None:
    """Raise ``TypeError`` for anything that is not plain data, naming its keys and never its value."""
    if not isinstance(data, dict):
        raise TypeError(f"data must be a dict, not {type(data).__name__}")
    try:
        odd = _odd(data)
    except RecursionError:
        raise TypeError("data is nested too deeply, or in itself") from None
    if odd is not None:
        raise TypeError(f"not plain data at {odd}")


def _odd(value: Any) -> str | None:
    kind = value.__class__
    if kind is dict:
        for key, inner in value.items():
            if key.__class__ is not str:
                return f"a key of type {key.__class__.__name__}"
            if inner.__class__ not in _SCALARS and (odd := _odd(inner)) is not None:
                return f"{key}.{odd}"
        return None
    if kind is list:
        for number, inner in enumerate(value):
            if inner.__class__ not in _SCALARS and (odd := _odd(inner)) is not None:
                return f"{number}.{odd}"
        return None
    return f"({kind.__name__})"
