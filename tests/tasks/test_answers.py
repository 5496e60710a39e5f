"""Answers files as editors and shells save them."""

import io
import json
from pathlib import Path

import pytest

from sipctl.errors import NotFound, UsageFault
from sipctl.tasks.answers import LIMIT, read_answers

TOML = 'name = "Åsa Öberg"\nheld = 2026-12-01\n'


def write(tmp_path: Path, name: str, content: bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings_with_a_mark_are_read(tmp_path: Path, encoding: str) -> None:
    assert read_answers(write(tmp_path, "a.toml", TOML.encode(encoding)))["name"] == "Åsa Öberg"


@pytest.mark.parametrize(("mark", "encoding"), [(b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")])
def test_both_orders_of_utf16(tmp_path: Path, mark: bytes, encoding: str) -> None:
    content = mark + json.dumps({"name": "Åsa"}, ensure_ascii=False).encode(encoding)
    assert read_answers(write(tmp_path, "a.json", content)) == {"name": "Åsa"}


def test_windows_line_ends(tmp_path: Path) -> None:
    content = 'text = """\r\nett\r\ntvå"""\r\n'.encode()
    assert read_answers(write(tmp_path, "a.toml", content)) == {"text": "ett\ntvå"}


@pytest.mark.parametrize("content", [TOML, '{"name": "Åsa Öberg"}', '\n {"name": "Åsa Öberg"}'])
def test_standard_input_is_told_apart(monkeypatch: pytest.MonkeyPatch, content: str) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content.encode("utf-8-sig"))))
    assert read_answers("-")["name"] == "Åsa Öberg"


@pytest.mark.parametrize(
    ("name", "content", "line"),
    [
        ("a.toml", b'a = 1\nsecret = "Anna\n', "rad 2"),
        ("a.toml", b"a = 1\nsecret = 2\nsecret = 3\n", "rad 3"),
        ("a.toml", b"a = 1\nsecret = 2026-02-30\n", "rad 2"),
        ("a.toml", b'a = 1\nb = """\nAnna\n', "rad 4"),
        ("a.json", b'{"a": 1,\n "secret": Anna}', "rad 2"),
        ("a.json", b'{"a": 1,\n "b": [{"secret": 1,\n "x": "}",\n "secret": 2}]}', "rad 4"),
        ("a.toml", b'a = 1\nsecret = "\xe5sa"\n', "rad 2"),
    ],
)
def test_what_is_wrong_is_told_by_line_and_not_by_content(tmp_path: Path, name: str, content: bytes, line: str) -> None:
    with pytest.raises(UsageFault) as caught:
        read_answers(write(tmp_path, name, content))
    told = caught.value.what + caught.value.remedy
    assert line in told
    assert "Anna" not in told
    assert "secret" not in told
    assert caught.value.__cause__ is None


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.json", b"[1, 2]"),
        ("a.json", b'{"a": NaN}'),
        ("a.json", b'{"a": ' + b"1" * 5000 + b"}"),
        ("a.json", b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}"),
        ("a.toml", b"a = " + b"[" * 100_000 + b"]" * 100_000),
        ("a.toml", "a = 1".encode("utf-16-le")),
        ("a.toml", b"# " + b"x" * LIMIT),
    ],
)
def test_other_oddities_are_one_sentence(tmp_path: Path, name: str, content: bytes) -> None:
    with pytest.raises(UsageFault):
        read_answers(write(tmp_path, name, content))


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        read_answers(tmp_path / "Anna Berg.toml")
    with pytest.raises(UsageFault):
        read_answers(tmp_path)
