"""The real key store of the system: init puts the key there, and the next command needs nothing else."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

SCRIPT = """
set -eu
printf '%s' "$KEYRING_PASSWORD" | gnome-keyring-daemon --unlock --components=secrets --daemonize >/dev/null
sipctl() { "$PYTHON" -m sipctl "$@"; }
sipctl init --unit Vuxenenheten --kommun 0480 --coordinator "Test Testsson" --keyring \\
    --recovery-file "$SIPCTL_HOME.kod.txt" --no-input
echo ---
sipctl unit add "Vårdcentralen Norr" --huvudman region --body 04
sipctl unit list
sipctl case list
echo ---
sipctl store key list
sipctl store key add keyfile --file "$SIPCTL_HOME.nyckel.txt"
sipctl store key remove keyring
sipctl case list || echo "code $?"
SIPCTL_KEY_FILE="$SIPCTL_HOME.nyckel.txt" sipctl case list
"""


@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the key store of GNOME is Linux")
def test_the_systems_key_store_opens_the_store(needs: Callable[..., None], tmp_path: Path) -> None:
    needs("gnome-keyring-daemon", "dbus-run-session", "bash")
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("SIPCTL_", "DBUS_"))}
    del environment["PYTHON_KEYRING_BACKEND"]
    environment |= {"PYTHON": sys.executable, "SIPCTL_HOME": str(tmp_path / "hem"), "KEYRING_PASSWORD": "prov"}
    done = subprocess.run(
        ["dbus-run-session", "--", "bash", "-c", SCRIPT],
        env=environment,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=60,
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stderr
    made, used, changed = done.stdout.split("---\n")
    assert "klart" in made
    assert "Vårdcentralen Norr" in used
    assert "datorns nyckelförråd" in changed
    assert "code 13" in changed, "the key was taken away, yet the store still opens without a source"
    kept = list(Path(environment["XDG_DATA_HOME"]).rglob("*.keyring"))
    assert kept, "nothing was kept by the key store that the test started"
    key = (tmp_path / "hem.nyckel.txt").read_text().strip()
    assert all(key.encode() not in path.read_bytes() for path in kept)
    assert not (tmp_path / "hem" / "nyckel.txt").exists()
