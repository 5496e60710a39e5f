"""What keeps the engine fast, shown without a clock: which code a document is made by, and how often."""

import io
import sys
import zipfile
from collections import Counter

import pytest
from engine_docs import cell, docx, para, row, table

from sipctl.documents.template import compile
from sipctl.documents.template.package import open_package

ROOM = "sipctl.documents.template."
# Where a document is made: the engine's own rooms for it, the code jinja2 has generated, and what packs the zip.
USED = {
    *(ROOM + name for name in ("render", "dialect", "filters", "archive", "album", "package")),
    *("<generated>", "jinja2.runtime", "jinja2.nodes", "zlib", "builtins"),
}
LETTER = (
    para("Hej {{ name }}"),
    table(row("{%tr for r in rows %}"), row("{{ r.a }}"), row("{%tr endfor %}"), row("x")),
)


def data(rows=2):
    return {"name": "Test Testsson", "rows": [{"a": f"rad {number}"} for number in range(rows)]}


def calls(template, values, **options):
    """How often each function is called while a document is made, by its module and name."""
    seen = Counter()

    def note(frame, event, argument):
        if event == "c_call":
            seen[argument.__module__ or "builtins", argument.__name__] += 1
        elif event == "call":
            module = frame.f_globals.get("__name__", "<generated>")
            seen[module or "<generated>", frame.f_code.co_name] += 1

    template.render(values, **options)  # what is only done once is not what this is about
    sys.setprofile(note)
    try:
        template.render(values, **options)
    finally:
        sys.setprofile(None)
    # The end of the watch is seen too.
    return Counter({key: count for key, count in seen.items() if key[0] not in ("sys", __name__)})


def modules(seen):
    return {module for module, _name in seen}


def test_a_document_is_made_in_few_rooms():
    seen = calls(compile(docx(*LETTER, parts={"header1": para("{{ name }}")})), data())
    assert modules(seen) <= USED
    assert {ROOM + "render", ROOM + "filters", "zlib"} <= modules(seen)


def test_nothing_is_parsed_compiled_or_mended_but_where_it_must():
    plain = compile(docx(*LETTER))
    assert ROOM + "wordxml" in modules(calls(plain, data(), verify=True))
    ending = cell(para("{%p for r in rows %}"), para("{{ r.a }}"), para("{%p endfor %}"))
    guarded = compile(docx(table(row(ending)), para("x")))
    assert calls(guarded, data())[ROOM + "guards", "mend"] == 1
    assert ROOM + "guards" not in modules(calls(plain, data()))


def test_each_changed_part_is_packed_once_and_no_other():
    source = docx(*LETTER, parts={"header1": para("{{ name }}"), "header2": para("fast text")})
    seen = calls(compile(source), data())
    assert {name: count for (module, name), count in seen.items() if module == "zlib"} == {"compressobj": 2, "crc32": 2}


@pytest.mark.parametrize("changed", [False, True], ids=["nothing to fill in", "fields"])
def test_the_bytes_of_unchanged_parts_are_copied(changed):
    picture = bytes(range(256)) * 40
    source = repacked(docx(*(LETTER if changed else [para("fast")]), files={"word/media/logo.png": picture}))
    template = compile(source)
    before = open_package(source, "mall.docx").entries
    after = open_package(template.render(data()), "brev.docx").entries
    filled = {part.name for part in template.parts}
    assert filled == ({"word/document.xml"} if changed else set())
    assert after.keys() == before.keys()
    for name in before.keys() - filled:
        assert (after[name].method, after[name].compressed) == (before[name].method, before[name].compressed), name


def repacked(source):
    """The same parts packed as we never pack: some not at all, some as hard as it goes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(source)) as old, zipfile.ZipFile(buffer, "w") as new:
        for number, name in enumerate(old.namelist()):
            method = zipfile.ZIP_STORED if number % 2 else zipfile.ZIP_DEFLATED
            new.writestr(name, old.read(name), method, 9)
    return buffer.getvalue()


def test_the_work_grows_with_the_rows_and_no_faster():
    template = compile(docx(*LETTER))
    few, more, most = (sum(calls(template, data(rows)).values()) for rows in (10, 20, 30))
    assert more - few == most - more
    assert (more - few) / 10 < 12  # calls for a row with one field


def test_text_that_never_changes_costs_no_calls():
    short, long = (compile(docx(*LETTER, *[para("fast text & mer")] * count)) for count in (1, 500))
    assert calls(short, data()) == calls(long, data())


def test_the_same_data_gives_the_same_bytes_and_no_time():
    template = compile(docx(*LETTER))
    documents = {template.render(data()) for _again in range(3)} | {compile(docx(*LETTER)).render(data())}
    assert len(documents) == 1
    with zipfile.ZipFile(io.BytesIO(documents.pop())) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
