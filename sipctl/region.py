"""Region packs: a region's own wording, days, codes, questions and templates, read as plain data.

A pack is a folder with a ``region.toml`` and, if it likes, ``*.docx``. It builds on another pack
(``extends``) and says only what differs. The user's folder of packs wins over the shipped ones, so
a pack there may extend the shipped pack of its own name. The law is not a pack's to change.
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sipctl.errors import Fault, NotFound, SipctlError, UsageFault
from sipctl.language import _
from sipctl.paths import Home, shipped
from sipctl.process.form import Answers, Choice, Kind, Q
from sipctl.process.form.values import meant
from sipctl.process.guidance import Guidance, Law
from sipctl.region_rules import MERGED, Pack, findings
from sipctl.vocabulary.consent import Category
from sipctl.vocabulary.documents import DocumentKind
from sipctl.vocabulary.steps import Step

STANDARD = "standard"
FILE = "region.toml"
_PACK_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_TEMPLATE = re.compile(rf"({'|'.join(DocumentKind)})(-(kommun|region|[0-9]{{2}}|[0-9]{{4}}))?")


@dataclass(frozen=True, slots=True)
class PackInfo:
    """A pack that is there to be chosen; ``faults`` is empty when it can be used."""

    id: str
    name: str
    version: str
    notice: str
    folder: Path
    shipped: bool
    extends: str = ""
    faults: tuple[Fault, ...] = ()


def load(pack_id: str, home: Home | None = None) -> Guidance:
    """The pack with what it inherits, and the law.

    Raises ``NotFound`` when there is no such pack, ``UsageFault`` with every fault (file and key)
    when it, or one it builds on, cannot be used.
    """
    chain = _chain(_find(pack_id, home), _roots(home))
    for pack in chain:
        if faults := _faults(pack, chain):
            raise _unusable(pack.folder, faults)
    return _guidance(chain)


def available(home: Home | None = None) -> list[PackInfo]:
    """The packs to choose from, the user's own first; a shipped pack of the same name is hidden."""
    found: dict[str, PackInfo] = {}
    for root in _roots(home):
        for file in sorted(root.glob(f"*/{FILE}")):
            found.setdefault(file.parent.name, _info(file.parent, home, is_shipped=root == shipped()))
    return list(found.values())


def check(path: Path, home: Home | None = None) -> list[Fault]:
    """Everything wrong with the pack at ``path`` (its folder or its ``region.toml``), parents included.

    Packs it builds on are sought beside it, then in the user's folder, then among the shipped ones.
    """
    folder = (path.parent if path.name == FILE else path).absolute()
    try:
        chain = _chain(folder, [folder.parent, *_roots(home)])
    except SipctlError as error:
        return list(error.faults)
    return [fault for pack in chain for fault in _faults(pack, chain)]


def _info(folder: Path, home: Home | None, *, is_shipped: bool) -> PackInfo:
    try:
        pack = _read(folder)
    except SipctlError:
        pack = Pack(folder, {})
    return PackInfo(
        id=folder.name,
        name=pack.word("name") or folder.name,
        version=pack.word("version"),
        notice=pack.word("notice"),
        folder=folder,
        shipped=is_shipped,
        extends=pack.word("extends"),
        faults=tuple(check(folder, home)),
    )


# --- finding and reading ---


def _roots(home: Home | None) -> list[Path]:
    return [home.packs.absolute(), shipped()] if home else [shipped()]


def _candidates(pack_id: str, roots: Iterable[Path]) -> list[Path]:
    """The folders that hold a pack of that name, the first to be preferred."""
    if not _PACK_ID.fullmatch(pack_id):
        return []
    return [root / pack_id for root in roots if (root / pack_id / FILE).is_file()]


def _find(pack_id: str, home: Home | None) -> Path:
    if found := _candidates(pack_id, _roots(home)):
        return found[0]
    names = sorted({file.parent.name for root in _roots(home) for file in root.glob(f"*/{FILE}")})
    raise NotFound(
        _("Det finns inget regionpaket som heter ”{name}”.").format(name=pack_id) + meant(pack_id, names),
        _("De paket som finns: {names}.").format(names=", ".join(names)),
    )


def _chain(folder: Path, roots: Sequence[Path]) -> list[Pack]:
    """The pack and those it builds on, nearest first."""
    packs = [_read(folder)]
    while parent := packs[-1].word("extends"):
        packs.append(_read(_parent(parent, packs, roots)))
    return packs


def _parent(pack_id: str, packs: Sequence[Pack], roots: Sequence[Path]) -> Path:
    """The first pack of that name that is not already in the chain."""
    folders = _candidates(pack_id, roots)
    used = {pack.folder for pack in packs}
    if free := [folder for folder in folders if folder not in used]:
        return free[0]
    if folders:
        what = _("Paketen bygger på varandra i en cirkel.")
    else:
        what = _("Det finns inget regionpaket som heter ”{name}”.").format(name=pack_id)
    child = packs[-1].folder
    raise _unusable(child, [_fault(child, "pack.extends", what)])


def _read(folder: Path) -> Pack:
    try:
        return Pack(folder, tomllib.loads((folder / FILE).read_text("utf-8-sig")))  # Notepad writes a BOM
    except FileNotFoundError:
        what = _("Filen finns inte.")
    except OSError as error:
        what = _("Filen går inte att läsa ({reason}).").format(reason=error.strerror or type(error).__name__)
    except UnicodeDecodeError:
        what = _("Filen är inte sparad som UTF-8.")
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line ([0-9]+)", str(error))
        place = _("på rad {line}").format(line=line[1]) if line else _("i slutet av filen")
        what = _("Filen följer inte formatet TOML {place}.").format(place=place)
    raise _unusable(folder, [_fault(folder, "", what)])


def _fault(folder: Path, key: str, what: str) -> Fault:
    file = f"{folder.name}/{FILE}"
    return Fault(f"{file}: {key}" if key else file, what)


def _unusable(folder: Path, faults: Sequence[Fault]) -> UsageFault:
    return UsageFault(
        _("Regionpaketet ”{name}” går inte att använda.").format(name=folder.name),
        _("Rätta {file} och försök igen.").format(file=folder / FILE),
        list(faults),
    )


def _faults(pack: Pack, chain: Sequence[Pack]) -> list[Fault]:
    parents = chain[chain.index(pack) + 1 :]
    return [_fault(pack.folder, key, what) for key, what in findings(pack, parents, _known(chain[-1]))]


def _known(last: Pack) -> dict[str, list[str]]:
    """The keys of the shipped standard pack: those that forms, letters and deadlines ask for."""
    standard = last if last.folder == shipped(STANDARD) else _read(shipped(STANDARD))
    return {name: list(standard.table(name)) for name in MERGED}


# --- building ---


def _guidance(chain: Sequence[Pack]) -> Guidance:
    pack = chain[0]
    criteria = next((found.rows("criteria") for found in chain if found.rows("criteria")), [])
    return Guidance(
        pack=pack.folder.name,
        version=pack.word("version"),
        name=pack.word("name"),
        notice=pack.word("notice"),
        steps=_merged(chain, "steps"),
        criteria=tuple(_choice(row, "key") for row in criteria),
        categories=_categories(chain),
        days=_merged(chain, "days"),
        codes=_merged(chain, "codes"),
        texts=_merged(chain, "texts"),
        sources=tuple(source for found in chain for source in found.table("pack").get("sources", [])),
        laws=_laws(),
        extras=_extras(chain),
        templates=_templates(chain),
    )


def _merged(chain: Sequence[Pack], name: str) -> dict[str, Any]:
    """The parents' values with the child's on top."""
    return {key: value for pack in reversed(chain) for key, value in pack.table(name).items()}


def _categories(chain: Sequence[Pack]) -> tuple[Choice, ...]:
    """The vocabulary's categories in its order; a pack may reword any of them."""
    worded = {row["key"]: row for pack in reversed(chain) for row in pack.rows("categories")}
    return tuple(_choice(worded[category.value], "key") for category in Category)


def _extras(chain: Sequence[Pack]) -> dict[str, tuple[Q, ...]]:
    """The packs' own questions by step; one with the same key replaces the parent's in its place."""
    rows = {row["key"]: row for pack in reversed(chain) for row in pack.rows("questions")}
    return {
        step.value: tuple(_question(row) for row in rows.values() if row["step"] == step)
        for step in Step
        if any(row["step"] == step for row in rows.values())
    }


def _question(row: dict[str, Any]) -> Q:
    return Q(
        key=row["key"],
        text=row["text"],
        kind=Kind(row["kind"]),
        choices=tuple(_choice(choice, "value") for choice in row.get("choices", [])),
        required=row.get("required", False),
        when=_condition(row["when"]["key"], row["when"]["is"]) if "when" in row else None,
        why=row.get("why", ""),
        source=row.get("source", ""),
        category=row.get("category", ""),
        offered=row.get("offered", False),
    )


def _condition(key: str, wanted: Any) -> Callable[[Answers, Answers], bool]:
    """Asked when the step's answer to ``key`` is (or holds) one of the wanted values."""
    accepted = [(type(value), value) for value in (wanted if isinstance(wanted, list) else [wanted])]

    def shows(item: Answers, top: Answers) -> bool:
        answer = top.get(key)
        # The type too, or the answer 1 would do for true.
        return any((type(v), v) in accepted for v in (answer if isinstance(answer, list) else [answer]))

    return shows


def _choice(row: dict[str, Any], identity: str) -> Choice:
    return Choice(row[identity], row["text"], row.get("hint", ""))


def _templates(chain: Sequence[Pack]) -> dict[str, Path]:
    """The Word files by kind of document, and by kind and recipient ("call-0480"); the nearest pack's wins."""
    return {
        file.stem: file
        for pack in reversed(chain)
        for file in sorted(pack.folder.glob("*.docx"))
        if _TEMPLATE.fullmatch(file.stem) and file.is_file()
    }


def _laws() -> tuple[Law, ...]:
    rows = tomllib.loads(shipped("law.toml").read_text("utf-8"))["law"]
    return tuple(
        Law(row["id"], row["citation"], row["text"], row["valid_from"], row.get("valid_to"), row["mark"] != "?")
        for row in rows
    )
