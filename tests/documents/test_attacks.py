"""Everything made to do harm is refused in a sentence, or comes to nothing, in a second and a hundred megabytes."""

import io
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from attacks import ATTACKS
from engine_docs import docx, para, row, table

from sipctl.documents.template import compile, docx_text

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="measures with fork and limits of resources")

SECONDS, MEGABYTES = 1.0, 100
# What no sentence for an administrator has in it.
_RAW = re.compile(r"Traceback|Error\b|Exception|File \"|0x[0-9a-f]{6}|[a-z_]+\.py\b|\bNone\b|jinja|lxml")
_OUTSIDE = (b"TargetMode", b"attachedTemplate", b"DDE", b"INCLUDE", b"vbaProject", b"<!DOCTYPE")


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """What became of every file, in one run: each in a process of its own."""
    folder, jobs = tmp_path_factory.mktemp("attacks"), []
    for number, attack in enumerate(ATTACKS.values()):
        path = folder / f"{number}.bin"
        path.write_bytes(attack.source())
        jobs.append({"file": str(path), "data": dict(attack.data)})
    (folder / "jobs.json").write_text(json.dumps(jobs))
    script = Path(__file__).with_name("guarded_run.py")
    done = subprocess.run([sys.executable, script, folder / "jobs.json"], capture_output=True, check=True, timeout=300)
    results = json.loads(done.stdout)
    for job, result in zip(jobs, results, strict=True):
        made = Path(job["file"]).with_suffix(".out")
        result["document"] = made.read_bytes() if made.exists() else b""
    return dict(zip(ATTACKS, results, strict=True))


@pytest.mark.parametrize("name", ATTACKS)
def test_it_is_refused_or_comes_to_nothing(name: str, outcomes: dict[str, dict[str, Any]]) -> None:
    attack, result = ATTACKS[name], outcomes[name]
    assert result["outcome"] == ("refused" if attack.says else "rendered"), result
    if attack.says:
        sentences = [result["what"], *result["faults"]]
        assert any(attack.says in sentence for sentence in sentences), sentences
        assert result["remedy"]
        for sentence in (*sentences, *result["findings"]):
            assert not _RAW.search(sentence), sentence
            assert len(sentence) < 400
        assert result["what"].endswith((".", "!", "?")), result["what"]
    else:
        assert result["text"] == attack.text
        assert not [finding for finding in result["findings"] if finding.startswith("error")]
        with zipfile.ZipFile(io.BytesIO(result["document"])) as archive:
            inside = b"".join(archive.read(each) for each in archive.namelist() if each.endswith((".xml", ".rels")))
        assert not [word for word in _OUTSIDE if word in inside]


@pytest.mark.parametrize("name", ATTACKS)
def test_it_takes_neither_time_nor_memory(name: str, outcomes: dict[str, dict[str, Any]]) -> None:
    result = outcomes[name]
    assert result["seconds"] < SECONDS, result["seconds"]
    assert result["megabytes"] < MEGABYTES, result["megabytes"]


def test_a_large_honest_document_is_not_taken_for_an_attack() -> None:
    """Two thousand rows of eight fields, some over several lines, and a thousand fields outside them."""
    fields = [f"f{number}" for number in range(8)]
    loop = [row("{%tr for r in rows %}"), row(*(f"{{{{ r.{name} }}}}" for name in fields)), row("{%tr endfor %}")]
    source = docx(*(para("{{ title|upper }}") for _ in range(1000)), table(*loop), para("slut"))
    rows = [
        dict.fromkeys(fields, f"Rad {number}\nmed en {{text}} av vanlig längd, och lite till") for number in range(2000)
    ]
    text = docx_text(compile(source).render({"title": "Mål", "rows": rows}))
    assert text.count("MÅL\n") == 1000
    assert text.count("lite till") == 16_000
