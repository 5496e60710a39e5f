"""The invented unit that the tests work at, and its store, opened without the environment's help."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sipctl.paths import Home
from sipctl.settings import Settings, load_settings
from sipctl.store import keys
from sipctl.store.connection import Store, connect
from sipctl.store.units import put
from sipctl.tasks.desk import Desk

ROOT = Path(__file__).parents[1]
DAY = date(2026, 3, 2)
SETTINGS = Settings(
    unit="Vuxenenheten Solberga",
    huvudman="kommun",
    body="0480",
    coordinator="Test Testsson",
    phone="0155-00 00 00",
    pack="standard",
)
_UNIT = {"entrance": False, "send_by": "secure_mail", "hsa_id": "", "phone": "0155-00 00 02", "address": ""}
UNITS = [
    _UNIT | {"name": "Psykosmottagningen Solberga", "huvudman": "region", "body": "04", "type": "psychiatry"},
    _UNIT | {"name": "Hemtjänsten Solberga", "huvudman": "kommun", "body": "0480", "type": "social"},
    _UNIT | {"name": "Vårdcentralen Solberga", "huvudman": "region", "body": "04", "type": "primary_care"},
]
NAMES = ("Testsson", "Påhittsson", "Solberga")
"""Names in the adult case, none of which may stand in clear in a file."""


@dataclass(frozen=True)
class Made:
    """A store with a key file and the recovery code that came with it."""

    root: Path
    recovery: str

    @property
    def home(self) -> Home:
        return Home(self.root)

    @property
    def key_file(self) -> Path:
        return self.root / "nyckel.txt"

    @property
    def key(self) -> bytes:
        return keys.read_key_file(self.key_file)

    @contextmanager
    def store(self) -> Iterator[Store]:
        """The store, opened and closed again."""
        opened = connect(self.home, self.key)
        try:
            yield opened
        finally:
            opened.close()

    @contextmanager
    def desk(self, today: date = DAY) -> Iterator[Desk]:
        """A desk at the store; ``desk.today`` may be set to go on another day."""
        with self.store() as store:
            yield Desk(self.home, load_settings(self.home), store, today)

    def fill_address_book(self) -> None:
        with self.store() as store:
            put(store, UNITS)


@dataclass(frozen=True)
class Outcome:
    """What one command line gave."""

    code: int
    out: str
    err: str
