"""Give files to the engine, each in a process of its own that measures itself: ``python guarded_run.py JOBS.json``.

A job is ``{"file": …, "data": …}``; printed is a list of outcomes in the same order, each with the seconds of
processor time and the megabytes above where it began. What takes too much of either is killed, and says so.
"""

import contextlib
import json
import os
import resource
import sys
import time
from pathlib import Path
from typing import Any

from engine_docs import docx, para

from sipctl.documents.template import Finding, annotate, check, compile, docx_text, inspect
from sipctl.errors import TemplateFault

SECONDS = 5
MEGABYTES = 400


def outcome(path: Path, data: dict[str, Any]) -> dict[str, Any]:
    """What became of one file, and what checking, annotating and rendering cost: the dearest of them."""
    source, costs = path.read_bytes(), []

    def timed(action: Any) -> Any:
        begun = time.process_time()
        try:
            return action()
        finally:
            costs.append(time.process_time() - begun)

    findings = timed(lambda: check(source, "mall.docx"))
    looked = timed(lambda: inspect(source, "mall.docx"))
    made: dict[str, Any] = {"findings": [f"{f.severity}: {f.message}" for f in findings], "outcome": "refused"}
    if looked.names is not None:
        timed(lambda: _annotated(source, looked.findings))
    try:
        document = timed(lambda: compile(source, "mall.docx").render(data))
        made |= {"outcome": "rendered", "text": docx_text(document), "size": len(document)}
        path.with_suffix(".out").write_bytes(document)
    except TemplateFault as fault:
        made |= {"outcome": "refused", "what": fault.what, "remedy": fault.remedy}
        made["faults"] = [f"{each.where}: {each.what}" for each in fault.faults]
    return made | {"seconds": max(costs)}


def _annotated(source: bytes, findings: list[Finding]) -> None:
    with contextlib.suppress(TemplateFault):
        annotate(source, findings)


def alone(job: dict[str, Any]) -> dict[str, Any]:
    """The outcome of a job in a process of its own."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _bound()
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        try:
            made = outcome(Path(job["file"]), job["data"])
        except BaseException as error:  # whatever it is, it is the outcome
            made = {"outcome": f"crashed: {type(error).__name__}", "seconds": 0}
        made["megabytes"] = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
        with os.fdopen(writing, "w") as pipe:
            json.dump(made, pipe)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        written = pipe.read()
    os.waitpid(child, 0)
    return json.loads(written) if written else {"outcome": "killed", "seconds": SECONDS, "megabytes": MEGABYTES}


def _bound() -> None:
    now = int(Path("/proc/self/statm").read_text().split()[0]) * os.sysconf("SC_PAGESIZE")
    most = now + MEGABYTES * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(jobs: Path) -> None:
    """Do all jobs; one harmless document first, so that what is loaded once is not counted."""
    docx_text(compile(docx(para("{% for x in xs %}{{ x }}{% endfor %}"))).render({"xs": ["x"]}))
    json.dump([alone(job) for job in json.loads(jobs.read_text())], sys.stdout)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
