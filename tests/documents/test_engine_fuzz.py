"""Templates, data and broken files at random: refused with a sentence, or a sound document. Long with SIPCTL_LONG=1."""

import io
import os
import time
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from attacks.making import contents, packed
from docx import Document
from engine_docs import docx, para, row, run, table, zipped
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from lxml import etree
from random_templates import DATA, PROSE, TEXTS, templates

from sipctl.documents.template import check, compile, docx_text
from sipctl.documents.template.filters import visible
from sipctl.errors import TemplateFault

LONG = os.environ.get("SIPCTL_LONG") == "1"
SECONDS = 5  # of processor time, for what takes some milliseconds


def fuzz(examples: int) -> Callable[[Any], Any]:
    """The same examples in every run, or twenty times as many new ones in a long run."""
    return settings(
        max_examples=examples * (20 if LONG else 1),
        derandomize=not LONG,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )


def sound(document: bytes) -> None:
    """Whole, well-formed in every part, with nothing of the engine's own left, and opened by others."""
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        assert archive.testzip() is None
        for name in archive.namelist():
            content = archive.read(name)
            root = etree.fromstring(content)
            assert b"<?sip" not in content
            assert not any("\ufdd0" <= character <= "\ufdef" for character in content.decode())
            for cell in root.iter("{*}tc"):
                assert etree.QName(cell[-1]).localname in ("p", "sdt")
            for outer, inner in (("tbl", "tr"), ("tr", "tc")):
                assert all(each.find(f".//{{*}}{inner}") is not None for each in root.iter(f"{{*}}{outer}"))
    assert Document(io.BytesIO(document)).element is not None


def attempt(source: bytes, data: dict[str, Any]) -> bytes | None:
    """The document, or None when the template or the data is refused; nothing else may happen."""
    begun = time.process_time()
    try:
        return compile(source, "mall.docx").render(data)
    except TemplateFault:
        return None
    finally:
        assert time.process_time() - begun < SECONDS


@given(templates(), DATA)
@fuzz(100)
def test_any_template_with_any_data(source: bytes, data: dict[str, Any]) -> None:
    document = attempt(source, data)
    if document is not None:
        sound(document)
        assert attempt(source, data) == document, "the same data gives the same bytes"


@given(templates())
@fuzz(60)
def test_check_says_whether_it_can_be_compiled(source: bytes) -> None:
    findings = check(source, "mall.docx")
    assert check(source, "mall.docx") == findings
    errors = {(f.place, f"{f.message} {f.remedy}".strip()) for f in findings if f.severity == "error"}
    said = set()
    try:
        compile(source, "mall.docx")
    except TemplateFault as fault:
        said = {(each.where, each.what) for each in fault.faults}
    assert said == errors


@given(st.lists(st.tuples(TEXTS, st.integers(0, 5), PROSE.map(lambda text: text.replace("{", "")), st.integers(0, 9))))
@example([("a\r\n\tb\x00\ud800\u202e& <", kind, "", 3) for kind in range(6)])
@fuzz(60)
def test_every_text_comes_out(pieces: list[tuple[str, int, str, int]]) -> None:
    body, data = [], {}
    for number, (value, kind, before, cut) in enumerate(pieces):
        name = f"v{number}"
        data[name] = value
        tag = f"{before}[{{{{ {name} }}}}]"
        body.append(
            [
                para(tag),
                para(run(tag[:cut]), run(tag[cut:], "<w:b/>")),
                table(row("x", tag)),
                para(f"{{% if {name} is defined %}}{tag}{{% endif %}}"),
                para("{%p if true %}") + para(tag) + para("{%p endif %}"),
                f"<w:sdt><w:sdtPr/><w:sdtContent>{para(tag)}</w:sdtContent></w:sdt>",
            ][kind]
        )
    source = docx(*body, "<w:p/>")
    shown = docx_text(compile(source).render(data))
    for value in data.values():
        assert f"[{visible(value)}]" in shown


# Broken files


SOUND = docx(
    para("Hej {{ a }}{% if b %}, ", run("{{ x", "<w:b/>"), " }}{% endif %}"),
    table(row("{%tr for x in xs %}"), row("{{ x.t }}"), row("{%tr endfor %}")),
    parts={"header1": para("{{ y }}")},
)
PLAIN = {"a": "A", "b": True, "x": "X", "y": "Y", "xs": [{"t": "t"}]}
CHANGES = st.lists(
    st.tuples(
        st.sampled_from(["flip", "cut", "insert", "copy", "drop", "swap"]),
        st.integers(0, 9999),
        st.integers(0, 9999),
        st.binary(min_size=1, max_size=6)
        | st.sampled_from([b"<", b"</", b">", b"{", b"}}", b"&", b"w:p", b"\0", b'"', b"<w:tc/>"]),
    ),
    min_size=1,
    max_size=4,
)


def mutated(data: bytes, changes: list[tuple[str, int, int, bytes]]) -> bytes:
    for kind, one, other, piece in changes:
        at, to = sorted((one % (len(data) + 1), other % (len(data) + 1)))
        if kind == "flip" and at < len(data):
            data = data[:at] + bytes([data[at] ^ (1 << other % 8)]) + data[at + 1 :]
        elif kind == "cut":
            data = data[:at] if other % 2 else data[at:]
        elif kind == "insert":
            data = data[:at] + piece + data[at:]
        elif kind == "copy":
            data = data[:at] + data[at : min(to, at + 200)] + data[at:]
        elif kind == "drop":
            data = data[:at] + data[min(to, at + 20) :]
        elif kind == "swap":
            data = data[:at] + piece + data[at + len(piece) :]
    return data


def refused_or_sound(source: bytes) -> None:
    errors = [finding for finding in check(source, "mall.docx") if finding.severity == "error"]
    document = attempt(source, PLAIN)
    assert not (errors and document)
    if document is not None:
        with zipfile.ZipFile(io.BytesIO(document)) as archive:
            for name in archive.namelist():
                if name.endswith((".xml", ".rels")):
                    etree.fromstring(archive.read(name))


@given(CHANGES, st.booleans())
@fuzz(250)
def test_broken_bytes(changes: list[tuple[str, int, int, bytes]], is_packed: bool) -> None:
    source = SOUND if is_packed else packed(contents(SOUND), zipfile.ZIP_STORED)
    refused_or_sound(mutated(source, changes))


@given(CHANGES, st.sampled_from(sorted(contents(SOUND))))
@fuzz(250)
def test_broken_parts(changes: list[tuple[str, int, int, bytes]], part: str) -> None:
    files = contents(SOUND)
    refused_or_sound(zipped(files | {part: mutated(files[part], changes)}))


@pytest.mark.parametrize("at", range(0, len(SOUND), 61))
def test_every_truncation_is_refused(at: int) -> None:
    assert attempt(SOUND[:at], PLAIN) is None


def test_data_in_itself_is_refused() -> None:
    data: dict[str, Any] = {"a": "x"}
    data["b"] = [data]
    with pytest.raises(TypeError, match="nested"):
        compile(SOUND).render(data)
