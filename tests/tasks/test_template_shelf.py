"""The user's own templates: which is in force for whom, the way back, and a stop half-way."""

import io
import json
import os
import subprocess
import sys
import zipfile
from hashlib import sha256
from pathlib import Path

import own_packs
import pytest
import walkthrough

from sipctl import region
from sipctl.documents.template import docx_text
from sipctl.errors import Damaged, NotFound, UsageFault
from sipctl.paths import Home, shipped
from sipctl.process.guidance import Guidance
from sipctl.tasks import issue
from sipctl.tasks import template_shelf as shelf
from sipctl.tasks.desk import Desk
from sipctl.tasks.orders import letters
from sipctl.vocabulary.documents import DocumentKind

CALL = DocumentKind.CALL
PLAN = DocumentKind.PLAN
STANDARD = shipped("standard", "call.docx").read_bytes()


def reworded(word: str) -> bytes:
    """The shipped kallelse with another heading."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(STANDARD)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "word/document.xml":
                assert b"Verksamhet, namn och telefon" in content
                content = content.replace(b"Verksamhet, namn och telefon", word.encode())
            target.writestr(name, content)
    return out.getvalue()


@pytest.fixture
def place(tmp_path: Path) -> Home:
    """A home without a store: templates can be made before ``init``."""
    return Home(tmp_path / "hem")


def index(place: Home) -> list[dict[str, str]]:
    return list(json.loads((place.templates / shelf.INDEX).read_text("utf-8")))


def used(place: Home) -> dict[str, bytes]:
    """The bytes in force, by key."""
    return {key: shelf.read(row.path(place)) for key, row in shelf.in_force(place).items()}


# --- what is in force ---


def test_nothing_is_in_force_before_anything_is_installed(place: Home) -> None:
    assert (shelf.rows(place), shelf.in_force(place)) == ([], {})
    assert not place.root.exists()


def test_the_latest_is_in_force_and_earlier_ones_are_kept(place: Home) -> None:
    one, two = b"one", b"two"
    assert shelf.install(place, CALL, "", "kallelse.docx", one)
    assert shelf.install(place, CALL, "", "kallelse-2.docx", two)
    assert used(place) == {"call": two}
    assert [(row["kind"], row["for"], row["sha256"], row["name"]) for row in index(place)] == [
        ("call", "", sha256(one).hexdigest(), "kallelse.docx"),
        ("call", "", sha256(two).hexdigest(), "kallelse-2.docx"),
    ]
    assert {path.name: path.read_bytes() for path in place.templates.glob("*.docx")} == {
        f"{sha256(one).hexdigest()[:16]}.docx": one,
        f"{sha256(two).hexdigest()[:16]}.docx": two,
    }


def test_the_same_bytes_again_change_nothing(place: Home) -> None:
    shelf.install(place, CALL, "", "kallelse.docx", b"one")
    before = index(place)
    assert not shelf.install(place, CALL, "", "annat namn.docx", b"one")
    assert index(place) == before
    assert shelf.install(place, CALL, "0480", "kallelse.docx", b"one")  # for somebody else it is news
    assert set(shelf.in_force(place)) == {"call", "call-0480"}


@pytest.mark.skipif(os.name == "nt", reason="modes are POSIX")
def test_only_the_user_may_read_them(place: Home) -> None:
    shelf.install(place, CALL, "", "kallelse.docx", b"one")
    assert oct(place.templates.stat().st_mode & 0o777) == "0o700"
    assert {oct(path.stat().st_mode & 0o777) for path in place.templates.iterdir()} == {"0o600"}


def test_back_to_an_earlier_version_and_to_the_packs_own(place: Home) -> None:
    for content in (b"one", b"two"):
        shelf.install(place, CALL, "", "kallelse.docx", content)
    row = shelf.choose(place, CALL, "", sha256(b"one").hexdigest()[:8].upper())
    assert row is not None
    assert used(place) == {"call": b"one"}
    assert shelf.choose(place, CALL, "", shelf.PACK) is None
    assert used(place) == {}
    shelf.choose(place, CALL, "", sha256(b"two").hexdigest())
    assert used(place) == {"call": b"two"}
    assert len(index(place)) == 5


def test_choosing_what_is_in_force_adds_no_row(place: Home) -> None:
    shelf.choose(place, CALL, "", shelf.PACK)
    assert not place.templates.exists()
    shelf.install(place, CALL, "", "kallelse.docx", b"one")
    shelf.choose(place, CALL, "", sha256(b"one").hexdigest())
    assert len(index(place)) == 1


@pytest.mark.parametrize("version", ["", "1", "zzzz", "..", "0000000000"])
def test_a_version_that_is_not_there(place: Home, version: str) -> None:
    shelf.install(place, CALL, "", "kallelse.docx", b"one")
    with pytest.raises(NotFound):
        shelf.choose(place, CALL, "", version)
    with pytest.raises(NotFound):
        shelf.choose(place, PLAN, "", sha256(b"one").hexdigest())
    with pytest.raises(NotFound):
        shelf.choose(place, CALL, "0480", sha256(b"one").hexdigest())


def test_a_beginning_that_two_versions_share(place: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [shelf.Row("call", "", f"abcd{n}" + "0" * 59, "kallelse.docx", "2026-03-02T10:00:00+00:00") for n in "12"]
    monkeypatch.setattr(shelf, "rows", lambda home: rows)
    with pytest.raises(UsageFault, match="Flera versioner"):
        shelf.choose(place, CALL, "", "abcd")


# --- damage, and a stop half-way ---


@pytest.mark.parametrize("content", ["", "{", "[1]", '[{"kind": "call"}]', '{"a": 1}', "null"])
def test_an_index_that_cannot_be_read_is_said_and_not_written_over(place: Home, content: str) -> None:
    shelf.install(place, CALL, "", "kallelse.docx", b"one")
    path = place.templates / shelf.INDEX
    path.write_text(content, "utf-8")
    with pytest.raises(Damaged, match="Förteckningen"):
        shelf.install(place, CALL, "", "kallelse.docx", b"two")
    assert path.read_text("utf-8") == content


def test_a_changed_template_is_not_used_and_is_put_right_by_installing_it(place: Home) -> None:
    shelf.install(place, CALL, "", "kallelse.docx", b"one")
    path = shelf.in_force(place)["call"].path(place)
    path.write_bytes(b"other")
    with pytest.raises(Damaged, match="inte den som installerades"):
        shelf.read(path)
    assert not shelf.install(place, CALL, "", "kallelse.docx", b"one")
    assert shelf.read(path) == b"one"


def test_a_template_that_is_gone_is_said(place: Home) -> None:
    shelf.install(place, CALL, "", "kallelse.docx", b"one")
    path = shelf.in_force(place)["call"].path(place)
    path.unlink()
    with pytest.raises(NotFound, match="finns inte"):
        shelf.read(path)


_KILLED = """
import os, sys
from pathlib import Path
from sipctl.paths import Home
from sipctl.tasks import template_shelf as shelf
from sipctl.vocabulary.documents import DocumentKind

left = int(sys.argv[2])
def counted(function):
    def call(*arguments, **named):
        global left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), 9)
        return function(*arguments, **named)
    return call
for name in ("open", "fsync", "replace", "link"):
    setattr(os, name, counted(getattr(os, name)))
shelf.install(Home(Path(sys.argv[1])), DocumentKind.CALL, "", "ny.docx", b"new")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs kill -9")
def test_killed_at_any_step_the_earlier_or_the_new_is_in_force(place: Home) -> None:
    shelf.install(place, CALL, "", "kallelse.docx", b"old")
    new = place.templates / f"{sha256(b'new').hexdigest()[:16]}.docx"
    seen = []
    for steps in range(20):
        done = subprocess.run([sys.executable, "-c", _KILLED, str(place.root), str(steps)], capture_output=True)
        found = used(place)["call"]
        seen.append((done.returncode, found))
        if done.returncode == 0:
            break
        assert found in (b"old", b"new")
        shelf.choose(place, CALL, "", sha256(b"old").hexdigest())
        new.unlink(missing_ok=True)
    assert seen[0] == (-9, b"old")
    assert seen[-1] == (0, b"new")
    assert len(seen) > 8  # both files: opened, synced, put in place


# --- whose template a recipient gets ---


def guidance(own: str = "", packs: str = "") -> Guidance:
    """Guidance with these keys in each place; a template is told by its path."""
    return Guidance("", "", "", "", {}, (), (), {}, {}, {},
                    templates={key: Path("pack", key) for key in packs.split()},
                    installed={key: Path("own", key) for key in own.split()})  # fmt: skip


NYKOPING = ("kommun", "0480")
EVERY = "call call-kommun call-region call-0480"


@pytest.mark.parametrize(
    ("own", "packs", "to", "wanted"),
    [
        ("", "call", NYKOPING, "pack/call"),
        ("", EVERY, NYKOPING, "pack/call-0480"),
        ("", EVERY, ("kommun", "1980"), "pack/call-kommun"),
        ("", EVERY, ("region", "04"), "pack/call-region"),
        ("", EVERY, ("region", ""), "pack/call-region"),
        ("", EVERY, ("other", ""), "pack/call"),
        ("", EVERY, ("", ""), "pack/call"),
        ("call", EVERY, NYKOPING, "own/call"),
        ("call-kommun call", EVERY, NYKOPING, "own/call-kommun"),
        (EVERY, EVERY, NYKOPING, "own/call-0480"),
        ("call-region", EVERY, NYKOPING, "pack/call-0480"),
        ("plan", "", NYKOPING, None),
        ("call-0980", "call", ("region", "09"), "own/call-0980"),
        ("call-09", "call", ("kommun", "0980"), "own/call-09"),
        ("call-04", "call", NYKOPING, "pack/call"),
    ],
)
def test_the_most_particular_goes_first_and_the_own_before_the_packs(
    own: str, packs: str, to: tuple[str, str], wanted: str | None
) -> None:
    found = guidance(own, packs).template("call", *to)
    assert found == (Path(wanted) if wanted else None)


def test_a_pack_may_have_a_template_for_some_recipients(place: Home) -> None:
    parent = own_packs.write(place, "lan")
    child = own_packs.write(place, "kommun", extends="lan")
    for path in (parent / "call-0480.docx", parent / "call-kommun.docx", child / "call-kommun.docx"):
        path.write_bytes(STANDARD)
    for name in ("call-9.docx", "call-alla.docx", "kallelse-0480.docx", "call-0480-2.docx", "~$call.docx"):
        (child / name).write_bytes(STANDARD)
    assert region.check(child, place) == []
    pack = region.load("kommun", place)
    assert set(pack.templates) == {*DocumentKind, "call-0480", "call-kommun"}
    assert pack.template("call", "kommun", "0480") == parent / "call-0480.docx"
    assert pack.template("call", "kommun", "1980") == child / "call-kommun.docx"
    assert pack.template("call", "region", "04") == shipped("standard", "call.docx")


def test_the_letters_of_a_meeting_go_out_in_each_recipients_template(desk: Desk) -> None:
    shelf.install(desk.home, CALL, "region", "region.docx", reworded("REGIONENS RAD"))
    shelf.install(desk.home, CALL, "0480", "nykoping.docx", reworded("NYKÖPINGS RAD"))
    case = walkthrough.walked(desk, "invite")
    wanted = [order for order in letters(case) if order.kind == CALL]
    texts = {order.recipient.unit_name: issue.preview(desk, case, order) for order in wanted if order.recipient}
    rows = {name: [row for row in ("REGIONENS RAD", "NYKÖPINGS RAD") if row in text] for name, text in texts.items()}
    assert rows == {"Psykosmottagningen Solberga": ["REGIONENS RAD"], "Hemtjänsten Solberga": ["NYKÖPINGS RAD"]}


def test_what_was_given_out_is_made_again_after_the_template_is_changed(desk: Desk) -> None:
    shelf.install(desk.home, CALL, "", "egen.docx", reworded("FÖRSTA RADEN"))
    case = walkthrough.walked(desk, "invite")
    order = next(order for order in letters(case) if order.kind == CALL)
    made = issue.issue(desk, case, [order])[0]
    shelf.install(desk.home, CALL, "", "egen.docx", reworded("ANDRA RADEN"))
    made.path.unlink()
    assert issue.make_again(desk, case, CALL) == [made.path]
    assert "FÖRSTA RADEN" in docx_text(made.path.read_bytes())
