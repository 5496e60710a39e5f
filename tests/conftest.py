"""What all tests share: a world of their own, a store made once and copied, and the real command line."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import keyring
import pytest
import walkthrough
from key_stores import InMemory
from testworld import DAY, SETTINGS, Made, Outcome

from sipctl.paths import Home
from sipctl.tasks.desk import Desk, open_desk
from sipctl.tasks.setup import KeyWish, set_up

# --- nothing outside the test's own folder ---

_FOLDERS = (
    "HOME",
    "USERPROFILE",
    "APPDATA",
    "LOCALAPPDATA",
    "XDG_DATA_HOME",
    "XDG_CONFIG_HOME",
    "XDG_CACHE_HOME",
    "XDG_STATE_HOME",
    "XDG_RUNTIME_DIR",
)


@pytest.fixture(autouse=True)
def _world_of_its_own(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Folders, settings and key store of the person who runs the tests are out of reach."""
    world = tmp_path_factory.mktemp("world", numbered=True)
    for name in [*os.environ]:
        if name.startswith("SIPCTL_") and name != "SIPCTL_NO_SKIP":
            monkeypatch.delenv(name)
    for name in _FOLDERS:
        folder = world / name.lower()
        folder.mkdir(mode=0o700)
        monkeypatch.setenv(name, str(folder))
    monkeypatch.setenv("SIPCTL_HOME", str(world / "hem"))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "100")


# --- the longest first ---

_LONGEST = (
    *("tests/journeys/", "test_attacks", "test_corpus", "test_pdf", "test_merge", "test_engine_fuzz", "test_annotate"),
    *("test_system_keyring", "test_writer_templates", "test_template_shelf", "test_window_address", "test_language"),
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files go whole to one worker: one that takes a minute must not be the last to begin."""
    items.sort(key=lambda item: not any(name in item.nodeid for name in _LONGEST))


# --- a skip is a failure where everything is said to be installed ---


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """With ``SIPCTL_NO_SKIP=1`` nothing may be left out in silence (an expected failure is not a skip)."""
    report: pytest.TestReport = yield
    if os.environ.get("SIPCTL_NO_SKIP") == "1" and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"skipped although SIPCTL_NO_SKIP=1: {reason}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Iterator[None]:
    """The same for a whole module that is left out (``importorskip``)."""
    report: pytest.CollectReport = yield
    if os.environ.get("SIPCTL_NO_SKIP") == "1" and report.skipped:
        report.outcome = "failed"
        report.longrepr = f"skipped although SIPCTL_NO_SKIP=1: {report.longrepr}"
    return report


@pytest.fixture
def needs() -> Callable[..., None]:
    """``needs("soffice")``: skip, naming what is missing, unless all these programs are installed."""

    def check(*programs: str) -> None:
        if missing := [program for program in programs if shutil.which(program) is None]:
            pytest.skip(f"not installed: {', '.join(missing)}")

    return check


# --- a store ---


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The store that each test gets a copy of. Made by the real ``init``: argon2id takes its second, once."""
    root = tmp_path_factory.mktemp("made") / "hem"
    code = set_up(Home(root), SETTINGS, KeyWish(key_file=root / "nyckel.txt"))
    made = Made(root, code)
    made.fill_address_book()
    return made


@pytest.fixture(scope="session")
def finished_once(made_once: Made, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A store with the adult case in it, from new to closed."""
    root = tmp_path_factory.mktemp("finished") / "hem"
    shutil.copytree(made_once.root, root)
    made = Made(root, made_once.recovery)
    with made.desk() as desk:
        walkthrough.walked(desk)
    return made


def _copied(shared: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Made:
    made = Made(tmp_path / "hem", shared.recovery)
    shutil.copytree(shared.root, made.root)
    monkeypatch.setenv("SIPCTL_HOME", str(made.root))
    monkeypatch.setenv("SIPCTL_KEY_FILE", str(made.key_file))
    monkeypatch.setenv("SIPCTL_TODAY", DAY.isoformat())
    return made


@pytest.fixture
def made(made_once: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Made:
    """A store of the test's own, for demo data, without cases, that its key file opens."""
    return _copied(made_once, tmp_path, monkeypatch)


@pytest.fixture
def finished(finished_once: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Made:
    """A store of the test's own with one closed case in it."""
    return _copied(finished_once, tmp_path, monkeypatch)


@pytest.fixture
def home(made: Made) -> Home:
    """The home of the store without cases."""
    return made.home


@pytest.fixture
def desk(made: Made) -> Iterator[Desk]:
    """That store opened on 2 March 2026, with three units in the address book."""
    with open_desk() as opened:
        yield opened


@pytest.fixture
def system() -> Iterator[InMemory]:
    """A key store of the system that lasts as long as the test."""
    before, mine = keyring.get_keyring(), InMemory()
    keyring.set_keyring(mine)
    yield mine
    keyring.set_keyring(before)


# --- the command line ---


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., Outcome]:
    """``run("case", "list", stdin="…", SIPCTL_LANG="en")``: the real command in a process of its own."""

    def runs(*arguments: str | Path, stdin: str = "", timeout: float = 60, **environment: str) -> Outcome:
        done = subprocess.run(
            [sys.executable, "-m", "sipctl", *map(str, arguments)],
            input=stdin.encode(),
            capture_output=True,
            cwd=tmp_path,
            env=os.environ | environment,
            timeout=timeout,
        )
        return Outcome(done.returncode, done.stdout.decode(), done.stderr.decode())

    return runs
