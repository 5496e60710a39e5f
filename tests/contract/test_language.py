"""Both languages, whole: no Swedish in an English run, no parser's English in a Swedish one.

Texts are looked up while modules load, so each language is looked at in a process of its own.
"""

import ast
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
LANGUAGES = ("sv", "en")

_SWEDISH = re.compile(
    r"[åäöÅÄÖ]|\b(och|inte|eller|att|som|ska|har|vad|vilka|vilken|av|om|kan|finns|nej|ja|det|den|ett|till|med|ert?|"
    r"arende|fil|mapp|uppgifter|samtycke|kallelse|insats|insatser|enskilde|avsluta|kommunen|regionen)\b",
    re.IGNORECASE,
)
# Shown on purpose: names of places and packs, Swedish institutions beside their English, Swedish aliases
# of commands, and what the language option itself is called.
_ON_PURPOSE = re.compile(
    r"Gnesta, Nyköping, Oxelösund|Strängnäs|Vingåker|Sörmland|Västra Götaland|förvaltare \(administrator\)|"
    r"\((nasta|arende|bedom|planera|kalla|mote|folj-upp|avsluta|samtycke|dokument|enhet|mall|register|logg)\)"
)
_PARSER_WORDS = re.compile(
    r"\b(Usage|Options|Arguments|Commands?|Show this|OPTIONS|COMMAND|ARGS|INTEGER|RANGE|default|required|"
    r"Error|Missing|Invalid|No such|Did you mean|Got unexpected|Try|Possible|is not|does not|requires)\b"
)

WRONG = [
    ["case", "lits"],
    ["caze"],
    ["case"],
    ["store", "key"],
    ["next", "--days", "x"],
    ["next", "--days", "-1"],
    ["next", "--days"],
    ["next", "--dayz", "3"],
    ["case", "list", "--json=3"],
    ["case", "list", "--format", "z"],
    ["case", "list", "x"],
    ["document"],
    ["document", "2026-0001", "x"],
    ["template", "check"],
    ["template", "check", "x.docx", "--kind", "z"],
    ["unit", "add", "x"],
    ["unit", "add", "x", "--huvudman", "z"],
    ["--foo"],
    ["-x"],
]


def in_language(
    language: str, *arguments: str, home: Path | None = None, code: str = ""
) -> subprocess.CompletedProcess[str]:
    """The command line, or a piece of code, in a fresh process of that language."""
    environment = {**os.environ, "SIPCTL_LANG": language, "PYTHONUTF8": "1", "COLUMNS": "100"}
    if home:
        environment["SIPCTL_HOME"] = str(home)
    command = [sys.executable, *(["-c", code] if code else ["-m", "sipctl"]), *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", cwd=ROOT, env=environment)


def shown(language: str, code: str, *arguments: str, home: Path | None = None) -> Any:
    """What the code prints as JSON."""
    done = in_language(language, *arguments, home=home, code=code)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def swedish_in(text: str) -> list[str]:
    """The Swedish words and letters in a text."""
    return [found[0] for found in _SWEDISH.finditer(_ON_PURPOSE.sub("", text))]


# --- the catalogue ---


def test_the_catalogue_is_whole_and_in_step_with_the_sources() -> None:
    done = subprocess.run(
        [sys.executable, "scripts/texts.py", "--check"], capture_output=True, text=True, encoding="utf-8", cwd=ROOT
    )
    assert done.returncode == 0, done.stderr + done.stdout


def test_a_text_is_marked_before_anything_is_put_into_it() -> None:
    """``_(f"…")`` and ``_("…" + x)`` are in no catalogue."""
    wrong = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in sorted((ROOT / "sipctl").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ("_", "N_")
        and any(isinstance(argument, ast.JoinedStr | ast.BinOp) or _is_format(argument) for argument in node.args)
    ]
    assert wrong == []


def _is_format(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format"


_LOOKED_UP = """
import importlib, json, pkgutil
import sipctl.language as language
import sys
names, look_up = [], language._
def noted(text):
    names.append([sys._getframe(1).f_globals["__name__"], text])
    return look_up(text)
language._ = noted
import sipctl
for found in pkgutil.walk_packages(sipctl.__path__, "sipctl."):
    if not found.name.startswith("sipctl.commands."):
        importlib.import_module(found.name)
print(json.dumps([name for name in names if not name[0].startswith("sipctl.commands.")]))
"""


def test_only_commands_look_texts_up_while_they_load() -> None:
    """``__main__`` chooses the language before it imports them; everything else may come earlier."""
    assert shown("sv", _LOOKED_UP) == []


# --- help ---

_HELP = """
import json
from sipctl.language import language_from_environment, set_language
set_language(language_from_environment())
import typer.main
from sipctl.cli import app

def walk(command, name, parent):
    context = command.context_class(command, info_name=name, parent=parent)
    yield context.command_path, command.get_help(context)
    for child in (command.list_commands(context) if hasattr(command, "list_commands") else []):
        yield from walk(command.get_command(context, child), child, context)

print(json.dumps(dict(walk(typer.main.get_command(app), "sipctl", None))))
"""


@pytest.fixture(scope="module")
def helps() -> dict[str, dict[str, str]]:
    """The help page of every command, by language."""
    return {language: shown(language, _HELP) for language in LANGUAGES}


def test_every_command_has_help_in_both_languages(helps: dict[str, dict[str, str]]) -> None:
    assert helps["sv"].keys() == helps["en"].keys()
    assert {"sipctl", "sipctl case list", "sipctl store key add", "sipctl invite"} <= helps["sv"].keys()
    same = [path for path, page in helps["sv"].items() if page == helps["en"][path]]
    assert same == []


def test_no_swedish_in_english_help(helps: dict[str, dict[str, str]]) -> None:
    assert {path: words for path, page in helps["en"].items() if (words := swedish_in(page))} == {}


def test_none_of_the_parsers_english_in_swedish_help(helps: dict[str, dict[str, str]]) -> None:
    found = {path: _PARSER_WORDS.findall(page) for path, page in helps["sv"].items()}
    assert {path: words for path, words in found.items() if words} == {}


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["case", "--help"], ["document", "-h"]], ids=" ".join)
def test_help_on_the_real_command_line(arguments: list[str]) -> None:
    swedish, english = (in_language(language, *arguments) for language in LANGUAGES)
    assert (swedish.returncode, english.returncode) == (0, 0)
    assert swedish.stdout.startswith("Användning: sipctl")
    assert english.stdout.startswith("Usage: sipctl")
    assert swedish_in(english.stdout) == []
    assert _PARSER_WORDS.findall(swedish.stdout) == []


# --- complaints about the command line ---


@pytest.mark.parametrize("arguments", WRONG, ids=" ".join)
def test_complaints_are_in_the_language_of_the_run(arguments: list[str]) -> None:
    swedish, english = (in_language(language, *arguments) for language in LANGUAGES)
    assert (swedish.returncode, english.returncode) == (2, 2)
    assert (swedish.stdout, english.stdout) == ("", "")
    assert swedish.stderr != english.stderr
    assert _PARSER_WORDS.findall(swedish.stderr) == []
    assert swedish_in(english.stderr) == []


def test_the_option_wins_over_the_environment() -> None:
    assert in_language("sv", "--lang", "en", "where", "--help").stdout.startswith("Usage:")
    assert in_language("en", "where", "--help", "--lang=sv").stdout.startswith("Användning:")
    assert in_language("en", "--lang", "xx", "where").stderr == "The language is sv or en, for example --lang en.\n"


# --- words, packs, forms ---

_WORDS = """
import json
from sipctl.language import language_from_environment, set_language
set_language(language_from_environment())
import importlib, pkgutil
from sipctl import region, vocabulary
from sipctl.tasks import templates
from sipctl.vocabulary.term import Term

for module in pkgutil.iter_modules(vocabulary.__path__):
    importlib.import_module(f"sipctl.vocabulary.{module.name}")

def subclasses(kind):
    for each in kind.__subclasses__():
        yield from (each, *subclasses(each))

found = {str(type(term).__name__) + "." + term.name: term.text for kind in subclasses(Term) for term in kind}
for info in region.available():
    pack = region.load(info.id).spoken()
    found |= {f"{info.id} step {key}": text for key, text in pack.steps.items()}
    for choice in (*pack.criteria, *pack.categories):
        found[f"{info.id} {choice.value}"] = f"{choice.text} {choice.hint}"
    for q in (q for questions in pack.extras.values() for q in questions):
        found[f"{info.id} {q.key}"] = " ".join([q.text, q.why, q.source, *(c.text + " " + c.hint for c in q.choices)])
    found |= {f"{info.id} {law.id} {law.valid_from}": law.citation for law in pack.laws}
found |= {"field " + row["name"]: row["meaning"] + " " + row["category"] for row in templates.names(None)}
print(json.dumps(found))
"""


def test_vocabulary_packs_citations_and_fields_are_english_in_an_english_run() -> None:
    swedish, english = (shown(language, _WORDS) for language in LANGUAGES)
    assert swedish.keys() == english.keys()
    assert {name: words for name, text in english.items() if (words := swedish_in(text))} == {}
    assert sum(bool(swedish_in(text)) for text in swedish.values()) > len(swedish) / 3  # the detector detects


_FORMS = """
import json, sys
from sipctl.language import language_from_environment, set_language
set_language(language_from_environment())
from sipctl.process.questions import FORMS, module_of, new
from sipctl.store import cases, listing
from sipctl.tasks.desk import open_desk

def texts(q):
    yield from (q.text, q.why, q.source, q.item_name)
    for choice in q.choices:
        if choice.text not in names:
            yield from (choice.text, choice.hint)
    for inner in q.fields:
        yield from texts(inner)

found = {}
with open_desk() as desk:
    forms = {f"new {called}": new.form(desk.context(), called=called) for called in (False, True)}
    rows = [cases.load(desk.store, ref, "show") for ref in listing.references(desk.store)]
    names = {card.name for card in desk.context().units}
    names |= {word for case in rows for p in case.participants for word in (p.name, p.unit_name)}
    for case in rows:
        for pack in ("standard", "sormland", "vastra-gotaland"):
            for name in FORMS:
                forms[f"{case.case.ref} {pack} {name}"] = module_of(name).form(case, desk.context(pack))
    for name, form in forms.items():
        found[name] = [form.title, form.intro, *(text for q in form.questions for text in texts(q))]
    routes = sorted({f"{case.case.route} {case.case.our_role}" for case in rows})
print(json.dumps([found, routes]))
"""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo county, made in an English run."""
    folder = tmp_path_factory.mktemp("demo") / "county"
    done = in_language("en", "demo", str(folder))
    assert done.returncode == 0, done.stderr
    return folder


def test_every_form_of_every_case_asks_in_english(demo: Path) -> None:
    found, routes = shown("en", _FORMS, home=demo)
    assert {"discharge convening", "opencare called", "opencare convening"} <= set(routes)
    assert len(found) > 300
    assert {(name, text) for name, texts in found.items() for text in texts if swedish_in(text)} == set()


# --- what is stored and what is given out stays Swedish ---


def test_what_an_english_run_has_stored_is_swedish(demo: Path) -> None:
    """Stored words and documents outlive the run: data is the same whatever language asks for it."""
    for arguments in (["next", "--days", "400", "--json"], ["case", "list", "--all", "--json"]):
        swedish, english = (in_language(language, *arguments, home=demo) for language in LANGUAGES)
        assert swedish.stdout == english.stdout
    due = json.loads(in_language("en", "next", "--days", "400", "--json", home=demo).stdout)["data"]
    texts = (ROOT / "sipctl" / "locale" / "sipctl.pot").read_text("utf-8")
    notes = {re.sub(r"[0-9]+(?=\.$)", "{n}", row["note"]) for row in due}
    assert len(notes) > 4
    assert {note for note in notes if f'msgid "{note}"' not in texts} == set()


@pytest.mark.parametrize("step", ["assess", "plan", "invite", "meeting"])
def test_the_journal_note_is_swedish_in_an_english_run(demo: Path, step: str) -> None:
    notes = [
        in_language(language, "document", "2026-0001", "journal", "--step", step, home=demo) for language in LANGUAGES
    ]
    assert notes[0].returncode == 0, notes[0].stderr
    assert notes[0].stdout == notes[1].stdout
    assert swedish_in(notes[1].stdout)


_DOCUMENTS = """
import json, os
from pathlib import Path
from sipctl.documents.template.text import docx_text
folder = Path(os.environ["SIPCTL_HOME"])
print(json.dumps({path.name: docx_text(path.read_bytes()) for path in sorted(folder.rglob("*.docx"))}))
"""


def test_documents_of_an_english_run_are_swedish(demo: Path) -> None:
    made = shown("sv", _DOCUMENTS, home=demo)
    assert len(made) > 8
    english = re.compile(r"\b(the|and|of|is|call to|meeting|consent|municipality|health|person's)\b")
    assert {name: words for name, text in made.items() if (words := english.findall(text))} == {}


# --- screens ---

_SCREENS = [
    ["next", "--days", "400"],
    ["case", "list", "--all"],
    ["case", "show", "2026-0001"],
    ["case", "show", "2026-0005"],
    ["doctor"],
    ["where"],
    ["template", "list"],
    ["store", "verify"],
    ["store", "key", "list"],
    ["audit", "verify"],
    ["case", "show", "2026-9999"],
    ["followup", "2026-0005", "--no-input"],
    ["reopen", "2026-0001"],
]


@pytest.mark.parametrize("arguments", _SCREENS, ids=" ".join)
def test_screens_of_an_english_run_are_english(demo: Path, arguments: list[str]) -> None:
    done = in_language("en", *arguments, home=demo)
    assert done.stdout or done.stderr
    assert list(_swedish_lines(done.stdout + done.stderr, demo)) == []


def _swedish_lines(text: str, home: Path) -> Iterator[str]:
    """Lines with Swedish in them, save names of units and paths, which are data."""
    names = re.compile(r"\b(Boendestödet|Hemtjänsten|Psykosmottagningen|Vuxenenheten)\b.*|(/|[A-Z]:\\).*")
    for line in text.replace(str(home), "").splitlines():
        if swedish_in(names.sub("", line)):
            yield line
