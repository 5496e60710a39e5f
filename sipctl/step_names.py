"""What the region pack calls the six steps: for lists, which must not load and check a whole pack."""

from typing import Any

from sipctl.language import _
from sipctl.paths import Home, shipped
from sipctl.vocabulary.steps import Step

_STANDARD = "standard"


def step_names(pack: str, home: Home) -> dict[str, str]:
    """Step → its name in the pack, or in the packs it builds on, in the language of the run.

    The shipped ``standard`` pack uses the vocabulary's own words (a test compares), so it is not read.
    """
    found: dict[str, str] = {}
    seen: set[str] = set()
    while pack and pack not in seen:
        seen.add(pack)
        data = _read(pack, home)
        found = data.get("steps", {}) | found
        pack = data.get("pack", {}).get("extends", "")
    return {step.value: _(found.get(step.value) or step._label) for step in Step}


def _read(pack: str, home: Home) -> dict[str, Any]:
    import tomllib  # the standard pack's names are known without it

    folders = [home.packs / pack] + ([] if pack == _STANDARD else [shipped(pack)])
    for folder in folders:
        try:
            return tomllib.loads((folder / "region.toml").read_text("utf-8"))
        except (OSError, ValueError):
            continue  # a faulty pack is told of where it is used, not in a list
    return {}
