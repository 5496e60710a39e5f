"""Who uses this installation: unit, huvudman, body, coordinator, region pack, decision."""

import json
from typing import Any, NamedTuple

from sipctl.errors import NoStore, SipctlError
from sipctl.files import write_private
from sipctl.language import _
from sipctl.paths import Home


class Settings(NamedTuple):
    """Contents of ``settings.toml``. ``decision`` is the controller's reference for this working copy;
    without one the store holds demo data only."""

    unit: str = ""
    huvudman: str = "kommun"
    body: str = ""
    unit_type: str = "other"
    coordinator: str = ""
    phone: str = ""
    address: str = ""
    pack: str = "standard"
    decision: str = ""
    journal: str = ""

    @property
    def demo(self) -> bool:
        """Without a decision: only the tax agency's test numbers, and the date may be fixed."""
        return not self.decision


def load_settings(home: Home) -> Settings:
    """Read the settings; raises ``NoStore`` when this home was never initialised."""
    try:
        values = _parsed(home.settings.read_text("utf-8"))
    except FileNotFoundError:
        if not home.store.exists():
            raise no_store() from None
        raise SipctlError(
            _("Inställningarna {file} saknas bredvid registret.").format(file=home.settings.name),
            _("Lägg tillbaka filen från säkerhetskopian; se mappen med sipctl where."),
        ) from None
    except (OSError, ValueError) as error:  # among them what is no UTF-8 and no TOML
        raise SipctlError(
            _("Inställningarna i {file} går inte att läsa.").format(file=home.settings),
            _("Rätta filen, eller lägg tillbaka den från säkerhetskopian."),
        ) from error
    return Settings(**{key: str(value) for key, value in values.items() if key in Settings._fields})


def _parsed(text: str) -> dict[str, Any]:
    """The file as ``save_settings`` writes it, a JSON string to a line; what somebody has made otherwise is TOML.

    Every command reads it, and a reader of TOML takes a sixth of an interpreter's start to load.
    """
    values: dict[str, Any] = {}
    for line in text.removesuffix("\n").split("\n"):
        key, _equals, value = line.partition(" = ")
        if key not in Settings._fields or key in values or not value.startswith('"'):
            return _toml(text)
        try:
            values[key] = json.loads(value)
        except ValueError:
            return _toml(text)
    return values


def _toml(text: str) -> dict[str, Any]:
    import tomllib

    return tomllib.loads(text)


def save_settings(home: Home, settings: Settings) -> None:
    """Write the settings as TOML."""
    # A JSON string is a valid TOML basic string once non-ASCII is left as it is.
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in settings._asdict().items()]
    write_private(home.settings, ("\n".join(lines) + "\n").encode(), replace=True)


def no_store() -> NoStore:
    """The one sentence for a home without a store."""
    return NoStore(
        _("Här finns inget sipctl-register än."),
        _("Kör sipctl init för att börja, eller sipctl demo för att prova med påhittade uppgifter."),
    )
