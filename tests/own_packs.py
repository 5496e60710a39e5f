"""Region packs of the user's own, for tests."""

from pathlib import Path
from typing import Any

from sipctl import region
from sipctl.paths import Home

HEAD = '[pack]\nid = "{id}"\nname = "Eget"\nversion = "1"\nnotice = "Vårt eget."\nextends = "{extends}"\n'


def write(home: Home, pack_id: str = "eget", more: str = "", extends: str = "standard") -> Path:
    """A pack of the user's own; ``more`` is TOML after the head."""
    folder = home.packs / pack_id
    folder.mkdir(parents=True, exist_ok=True)
    (folder / region.FILE).write_text(HEAD.format(id=pack_id, extends=extends) + more, "utf-8")
    return folder


def where(faults: Any) -> list[str]:
    """The places of the faults, in order."""
    return [fault.where for fault in faults]


A = "{value = 'a', text = 'A'}"
QUESTION = {"step": '"assess"', "key": '"x-a"', "text": '"Fråga?"', "kind": '"yesno"'}


def question(**values: str) -> str:
    """TOML of one question; a value is written as it is, an empty one left out."""
    rows = {**QUESTION, **values}
    return "\n[[questions]]\n" + "\n".join(f"{key} = {value}" for key, value in rows.items() if value)
