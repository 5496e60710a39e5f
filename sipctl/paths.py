"""The only place that knows folders. ``SIPCTL_HOME`` puts everything under one of them."""

import os
from pathlib import Path
from typing import NamedTuple


class Home(NamedTuple):
    """The folders of one installation: data, config, documents, packs and private work files."""

    root: Path

    @property
    def store(self) -> Path:
        """The encrypted database."""
        return self.root / "sip.db"

    @property
    def keys(self) -> Path:
        """The key slots (no key in clear)."""
        return self.root / "sip.key.json"

    @property
    def settings(self) -> Path:
        """Who we are: unit, huvudman, kommun, coordinator, pack."""
        return self.root / "settings.toml"

    @property
    def documents(self) -> Path:
        """Letters and plans, one folder per case reference."""
        return self.root / "dokument"

    @property
    def packs(self) -> Path:
        """Region packs installed by the user; they win over the shipped ones."""
        return self.root / "paket"

    @property
    def templates(self) -> Path:
        """The user's own Word templates, by hash, and the index of which are in force."""
        return self.root / "mallar"

    @property
    def work(self) -> Path:
        """Private, short-lived files: texts open in an editor. Never the system's temp folder."""
        return self.root / "arbete"


def home() -> Home:
    """``SIPCTL_HOME``, else the user's data folder for sipctl."""
    chosen = os.environ.get("SIPCTL_HOME")
    if chosen:
        return Home(Path(chosen).expanduser().absolute())
    from platformdirs import user_data_path

    return Home(user_data_path("sipctl", appauthor=False, roaming=False))


def shipped(*parts: str) -> Path:
    """A file or folder shipped under ``sipctl/templates``."""
    return Path(__file__).parent.joinpath("templates", *parts)


def example(name: str) -> Path:
    """An answers file from ``examples/``: inside the package when installed, beside it in a checkout."""
    inside = Path(__file__).parent / "examples" / name
    return inside if inside.exists() else Path(__file__).parent.parent / "examples" / name


def demo_folder() -> Path:
    """Where ``demo`` goes when no folder is given."""
    chosen = os.environ.get("SIPCTL_HOME")
    return Path(chosen).expanduser().absolute() / "demo" if chosen else Path.home() / "sipctl-demo"


SYNCED = ("onedrive", "dropbox", "google drive", "googledrive", "icloud", "nextcloud", "creative cloud")


def synced_service(path: Path) -> str:
    """Name of the cloud service whose folder ``path`` lies in, or an empty string."""
    for part in path.absolute().parts:
        for service in SYNCED:
            if part.lower().startswith(service):
                return part
    return ""
