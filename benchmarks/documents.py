"""What a Word document costs: processor time, ours and two others', as ratios measured in the same run.

    python benchmarks/documents.py [--rounds N] [--strict]

Two documents (``specimens``): an invitation and a plan of four pages. Every maker gives the same text, which is
seen to before anything is timed. Rounds are interleaved, so that a busy moment of the machine touches all makers,
and the least disturbed round of each counts. The floor does nothing but deflate the parts that change, as we do, and
put them beside the others' bytes as they are. We and the floor take turns document by document: in a row of its own
the processor learns the floor's single branch pattern by heart, which it never does between letters. Ratios never
stop a build: ``--strict`` is for people.
"""

import argparse
import gc
import io
import json
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate
from mailmerge import MailMerge
from specimens import invitation, invitation_data, merge_data, plan, plan_data

from sipctl.documents import fields
from sipctl.documents.template import Template, compile, docx_text
from sipctl.documents.template.archive import LEVEL
from sipctl.documents.template.package import open_package
from sipctl.paths import shipped
from sipctl.vocabulary.documents import DocumentKind

Make = Callable[[], bytes]
OURS, FLOOR, DOCXTPL, CACHED, MERGE = (
    *("sipctl", "floor: deflate and copy", "docxtpl", "docxtpl, one object for all", "docx-mailmerge2"),
)
FASTER, OVER_FLOOR, GROWN_MB = 20.0, 2.0, 60.0
FEW, MANY = 500, 5_000

# A process that holds nothing but the engine: its libraries, then five hundred documents, then five thousand.
MEMORY = '''
import json, resource, sys
from pathlib import Path
from sipctl.documents.template import compile

def peak():
    """Kilobytes. On Linux ru_maxrss begins at what the process that started this one had; VmHWM is our own."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return int(status.read_text().partition("VmHWM:")[2].split()[0])

seen = [peak()]
template, data = compile(Path(sys.argv[1])), json.loads(Path(sys.argv[2]).read_text("utf-8"))
for count in map(int, sys.argv[3:]):
    for number in range(count):
        data["sip"]["number"] = str(number)
        template.render(data)
    seen.append(peak())
print(json.dumps(seen))
'''


@dataclass(frozen=True)
class Specimen:
    """A document and everybody who makes it."""

    name: str
    source: bytes
    data: dict[str, Any]
    makers: dict[str, Make]


def main() -> int:
    """Measure, print the tables, and say which budgets are not met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--strict", action="store_true", help="exit 1 when a budget is not met")
    chosen = parser.parse_args()
    print(", ".join(f"{name} {version(name)}" for name in ("docxtpl", "docx-mailmerge2", "lxml", "jinja2")))
    missed: list[str] = []
    for specimen in (invitations(), plans()):
        see_that_they_agree(specimen)
        missed += report(specimen, measure(specimen.makers, chosen.rounds))
    report_shipped(chosen.rounds)
    missed += report_memory(plans())
    for line in missed:
        print(f"NOT MET: {line}")
    return 1 if missed and chosen.strict else 0


def invitations() -> Specimen:
    """The letter: seventeen fields, six participants, logo, header and footer."""
    source, data = invitation(), invitation_data()
    merged, (values, rows) = invitation("merge"), merge_data()

    def merge() -> bytes:
        with MailMerge(io.BytesIO(merged)) as document:
            document.merge(**values)
            document.merge_rows("other_name", rows)
            return written(document.write)

    return Specimen("inbjudan", source, data, {**makers(source, data), MERGE: merge})


def plans() -> Specimen:
    """Five goals with four actions each; merge fields know no loops in loops."""
    source, data = plan(), plan_data()
    return Specimen("plan, fyra sidor", source, data, makers(source, data))


def makers(source: bytes, data: dict[str, Any]) -> dict[str, Make]:
    """Those who read the same template."""
    template = compile(source)
    # Its documentation makes an object for each document; one that is used again reads the file anew by itself.
    kept = DocxTemplate(io.BytesIO(source))

    def fill(document: DocxTemplate) -> bytes:
        document.render(data)
        return written(document.save)

    return {
        OURS: lambda: template.render(data),
        FLOOR: floor(template, template.render(data)),
        DOCXTPL: lambda: fill(DocxTemplate(io.BytesIO(source))),
        CACHED: lambda: fill(kept),
    }


def written(save: Callable[[io.BytesIO], None]) -> bytes:
    """What a library writes to a file."""
    buffer = io.BytesIO()
    save(buffer)
    return buffer.getvalue()


def floor(template: Template, document: bytes) -> Make:
    """The least that must be done for each document when its text is there already."""
    changing = {part.name for part in template.parts}
    entries = open_package(document, "document.docx").entries.values()
    contents = [entry.content for entry in entries if entry.name in changing]
    rest = b"".join(entry.compressed for entry in entries if entry.name not in changing)

    def deflate_and_copy() -> bytes:
        pieces = [rest]
        for content in contents:
            packer = zlib.compressobj(LEVEL, zlib.DEFLATED, -15)
            pieces += (packer.compress(content), packer.flush(), zlib.crc32(content).to_bytes(4, "little"))
        return b"".join(pieces)

    return deflate_and_copy


def see_that_they_agree(specimen: Specimen) -> None:
    """Nobody wins by leaving something out."""
    texts = {name: docx_text(make()) for name, make in specimen.makers.items() if name != FLOOR}
    for name, text in texts.items():
        if text != texts[OURS]:
            raise SystemExit(f"{specimen.name}: {name} has another text")
    again = specimen.makers[OURS]()
    if again != specimen.makers[OURS]():
        raise SystemExit(f"{specimen.name}: the same data gave other bytes")


def measure(makers: dict[str, Make], rounds: int, turns: int = 20) -> dict[str, float]:
    """Least processor seconds for a document over all rounds, the first of which does not count."""
    quick = {name: make for name, make in makers.items() if name in (OURS, FLOOR)}
    slow = {name: make for name, make in makers.items() if name not in quick}
    best = dict.fromkeys(makers, float("inf"))
    for number in range(rounds + 1):
        gc.collect()  # nobody pays for another's garbage
        costs = [{name: cpu_of(make) for name, make in slow.items()}]
        # Quick work is disturbed by little, and everything is divided by it: it gets more chances.
        costs += [in_turns(quick, turns) for _again in range(5)]
        for each in costs if number else ():
            best |= {name: min(best[name], cost) for name, cost in each.items()}
    return {name: best[name] for name in makers}


def in_turns(makers: dict[str, Make], turns: int) -> dict[str, float]:
    """Mean processor seconds for a document, the makers taking turns."""
    spent = dict.fromkeys(makers, 0.0)
    for _turn in range(turns):
        for name, make in makers.items():
            spent[name] += cpu_of(make)
    return {name: seconds / turns for name, seconds in spent.items()}


def cpu_of(make: Callable[[], object]) -> float:
    """Processor seconds of one run."""
    began = time.process_time()
    make()
    return time.process_time() - began


def report(specimen: Specimen, costs: dict[str, float]) -> list[str]:
    """Print the table of one document; returns what is over its budget."""
    ours, missed = costs[OURS], []
    compiling = min(cpu_of(lambda: compile(specimen.source)) for _again in range(5))
    size, templates = len(specimen.makers[OURS]()), len(specimen.source)
    print(f"\n## {specimen.name}: template {templates / 1000:.0f} kB, document {size / 1000:.0f} kB, "
          f"compiled once in {compiling * 1000:.1f} ms\n")  # fmt: skip
    print("| maker | CPU ms | × sipctl |\n|---|---:|---:|")
    for name, cost in costs.items():
        print(f"| {name} | {cost * 1000:.2f} | {cost / ours:.2f} |")
    faster, over = costs[DOCXTPL] / ours, ours / costs[FLOOR]
    print(f"\n{faster:.1f} × docxtpl (budget ≥ {FASTER:g}), {over:.2f} × the floor (budget ≤ {OVER_FLOOR:g})")
    if faster < FASTER:
        missed.append(f"{specimen.name}: {faster:.1f} × docxtpl, budget {FASTER:g}")
    if over > OVER_FLOOR:
        missed.append(f"{specimen.name}: {over:.2f} × the floor, budget {OVER_FLOOR:g}")
    return missed


def report_shipped(rounds: int) -> None:
    """Print what each shipped template costs with its sample data."""
    print("\n## the shipped templates (standard)\n\n| document | compile ms | CPU ms | × floor |\n|---|---:|---:|---:|")
    for kind in DocumentKind:
        source, data = shipped("standard", f"{kind.value}.docx").read_bytes(), fields.example_data(kind)
        template = compile(source)
        pair = {OURS: _render(template, data), FLOOR: floor(template, template.render(data))}
        costs = measure(pair, rounds)
        compiling = min(cpu_of(_compile(source)) for _again in range(5))
        print(
            f"| {kind.value} | {compiling * 1000:.1f} | {costs[OURS] * 1000:.2f} | {costs[OURS] / costs[FLOOR]:.2f} |"
        )


def _render(template: Template, data: dict[str, Any]) -> Make:
    return lambda: template.render(data)


def _compile(source: bytes) -> Callable[[], object]:
    return lambda: compile(source)


def report_memory(specimen: Specimen) -> list[str]:
    """Print the peak of a process that makes many; returns what is over its budget."""
    with tempfile.TemporaryDirectory() as folder:
        source, data = Path(folder, "specimen.docx"), Path(folder, "specimen.json")
        source.write_bytes(specimen.source)
        data.write_text(json.dumps(specimen.data), "utf-8")
        command = [sys.executable, "-c", MEMORY, str(source), str(data), str(FEW), str(MANY - FEW)]
        done = subprocess.run(command, capture_output=True, check=True)
    unit = 1024 if sys.platform != "darwin" else 1  # Linux counts in kilobytes
    loaded, few, many = (peak * unit / 1e6 for peak in json.loads(done.stdout))
    print(f"\n## memory\n\nLibraries loaded {loaded:.1f} MB, after {FEW} documents {few:.1f} MB, "
          f"after {MANY} {many:.1f} MB (budget: at most {GROWN_MB:g} MB over the libraries)\n")  # fmt: skip
    missed = [f"memory grows by {many - few:.1f} MB between {FEW} and {MANY} documents"] if many - few > 1 else []
    if many - loaded > GROWN_MB:
        missed.append(f"memory: {many - loaded:.0f} MB over the libraries, budget {GROWN_MB:g}")
    return missed


if __name__ == "__main__":
    raise SystemExit(main())
