"""What may be written in a tag: an allow-list over the syntax tree."""

import difflib
import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from jinja2 import TemplateSyntaxError, nodes

from sipctl.language import _

from .dialect import BLOCK, FILTERS, TESTS, VARIABLE, dialect, written

KEYWORDS = ("if", "elif", "else", "endif", "for", "endfor", "set", "vm")
_OF_CELLS = ("cellbg", "colspan", "hm")
"""Tags of docxtpl that change how cells look, which is Word's work."""
_MEANT = {
    **dict.fromkeys(("elseif", "elsif"), "elif"),
    "om": "if",
    "annars": "else",
    "för": "for",
    "foreach": "for",
    "endforeach": "endfor",
    "slut": "endif",
}
_OF_JINJA = (
    *("include", "import", "from", "extends", "block", "endblock", "macro", "endmacro", "call", "endcall", "with"),
    *("endwith", "filter", "endfilter", "raw", "endraw", "do", "autoescape", "endautoescape", "endset"),
)
_MAX_NUMBER = 10**9
_MAX_DEPTH, _MAX_NODES = 40, 200
_RESERVED = frozenset({"self", "super", "caller", "loop"})
_PLAIN = (
    *(nodes.CondExpr, nodes.And, nodes.Or, nodes.Not, nodes.Compare, nodes.Operand),
    *(nodes.Concat, nodes.Keyword, nodes.If),
)
_KEYWORD_ARGUMENTS = {"join": "attribute", "default": "boolean", "d": "boolean"}
_FILTER_ARGUMENTS = {"join": 2, "default": 2, "d": 2}


class Objection(NamedTuple):
    """What is wrong in a tag and what to do."""

    message: str
    remedy: str = ""


def parse(kind: str, source: str) -> tuple[nodes.Node | None, list[Objection]]:
    """The syntax tree of one tag, and what is not allowed in it."""
    if kind == "output":
        return _parse_output(source)
    keyword = source.split(None, 1)[0] if source else ""
    if keyword not in KEYWORDS:
        return None, [_unknown_keyword(keyword)]
    if keyword in ("if", "elif", "for", "set"):
        return _parse_block(keyword, source)
    if source != keyword:
        return None, [Objection(_("Efter {word} ska inget mer stå.").format(word=keyword), _else_hint(source))]
    return None, []


def _else_hint(source: str) -> str:
    if source.startswith("else if"):
        return _("Skriv elif i stället för else if.")
    return _("Ta bort det som står efter ordet.")


def _parse_output(source: str) -> tuple[nodes.Node | None, list[Objection]]:
    if not source:
        return None, [Objection(_("Fältet är tomt."), _("Skriv ett namn, till exempel {{ person.name }}."))]
    body = _parse(written(VARIABLE, source))
    match body:
        case [nodes.Output(nodes=[expression])]:
            return expression, _objections(expression)
    return None, [_unreadable(source)]


def _parse_block(keyword: str, source: str) -> tuple[nodes.Node | None, list[Objection]]:
    text = source.replace("elif", "if", 1) if keyword == "elif" else source
    closing = "" if keyword == "set" else "end" + text.split(None, 1)[0]
    body = _parse(written(BLOCK, text) + (written(BLOCK, closing) if closing else ""))
    match body:
        case [nodes.If(body=[], elif_=[], else_=[]) | nodes.For() | nodes.Assign()]:
            return body[0], _objections(body[0])
    return None, [_unreadable(source)]


def _parse(source: str) -> list[nodes.Node]:
    try:
        return dialect("").parse(source).body
    except (TemplateSyntaxError, ValueError, SyntaxError, RecursionError, OverflowError):
        return []


def _unknown_keyword(keyword: str) -> Objection:
    message = _("Ordet ”{word}” är inte tillåtet efter {{%.").format(word=keyword)
    if keyword in _OF_CELLS:
        return Objection(message, _("Ställ in cellernas färg och bredd i Word i stället."))
    near = [_MEANT[keyword.lower()]] if keyword.lower() in _MEANT else []
    if near or keyword not in _OF_JINJA:
        near = near or difflib.get_close_matches(keyword.lower(), KEYWORDS, 1, 0.65)
    if near:
        return Objection(message, _("Menade du ”{word}”?").format(word=near[0]))
    return Objection(message, _("Tillåtna ord: {words}.").format(words=", ".join(KEYWORDS)))


def _unreadable(source: str) -> Objection:
    message = _("Det går inte att förstå ”{source}”.").format(source=source[:80])
    if re.search(r"(?<![=!<>])=(?!=)", source) and not source.startswith("set"):
        return Objection(message, _("Skriv == för att jämföra."))
    if "&&" in source or "||" in source:
        return Objection(message, _("Skriv and och or."))
    if source.startswith("{") or source.endswith("}"):
        return Objection(message, _("Skriv två klammerparenteser på var sida, inte tre."))
    if source.count("(") != source.count(")"):
        return Objection(message, _("Varje ( ska ha ett )."))
    if source.count('"') % 2 or source.count("'") % 2:
        return Objection(message, _("Ett citattecken saknas."))
    return Objection(message, _("Jämför med ett fält som fungerar, till exempel {{ person.name }}."))


def _objections(node: nodes.Node) -> list[Objection]:
    # Deep trees exhaust the stack of whoever walks them, Python's own compiler included; wide ones take time.
    if _is_large(node):
        return [Objection(_("Uttrycket har för många led."), _("Dela upp det med {% set namn = … %}."))]
    return list(objections(node))


def _is_large(node: nodes.Node) -> bool:
    level, count = [node], 0
    for _depth in range(_MAX_DEPTH):
        count += len(level)
        level = [child for each in level for child in each.iter_child_nodes()]
        if not level:
            return count > _MAX_NODES
    return True


def objections(node: nodes.Node) -> Iterator[Objection]:
    """Everything in a syntax tree that the dialect does not have."""
    check = _CHECKS.get(type(node))
    if check is None:
        yield _not_allowed(node)
        return
    faults = list(check(node))
    yield from faults
    for child in () if faults else node.iter_child_nodes():
        yield from objections(child)


def _not_allowed(node: nodes.Node) -> Objection:
    remedy = _("Räkna ut det i förväg, eller välj ett annat fält.")
    if isinstance(node, nodes.Call):
        return Objection(_("Anrop med parenteser är inte tillåtna."), _("Använd ett fält eller ett filter."))
    if isinstance(node, nodes.Slice):
        return Objection(_("Delar av text eller listor med [ : ] är inte tillåtna."), remedy)
    if isinstance(node, nodes.Sub):
        remedy = _("Ett namn får inte ha bindestreck. Ska något räknas ut: gör det i förväg.")
    if isinstance(node, nodes.BinExpr | nodes.UnaryExpr):
        return Objection(_("Räkning är inte tillåten i mallar."), remedy)
    return Objection(_("{kind} är inte tillåtet i mallar.").format(kind=type(node).__name__), remedy)


def _free(node: Any) -> Iterator[Objection]:
    yield from ()


def _check_name(node: nodes.Name) -> Iterator[Objection]:
    storing = node.ctx != "load"
    if node.name.startswith("_") or (node.name in _RESERVED and (storing or node.name != "loop")):
        yield _bad_name(node.name)


def _bad_name(name: str) -> Objection:
    return Objection(_("Namnet ”{name}” är inte tillåtet.").format(name=name), _("Använd ett av mallens fält."))


def _check_attribute(node: nodes.Getattr) -> Iterator[Objection]:
    if node.attr.startswith("_"):
        yield _bad_name(node.attr)


def _check_item(node: nodes.Getitem) -> Iterator[Objection]:
    place = node.arg.node if isinstance(node.arg, nodes.Neg) else node.arg
    if isinstance(place, nodes.Const) and type(place.value) in (str, int):
        if str(place.value).startswith("_"):
            yield _bad_name(str(place.value))
    else:
        yield Objection(_("Inom [ ] får bara ett tal eller en text stå."), _("Skriv till exempel plan.goals[0]."))


def _check_constant(node: nodes.Const) -> Iterator[Objection]:
    if isinstance(node.value, int | float) and node.value > _MAX_NUMBER:
        yield Objection(_("Talet är för stort."), _("Skriv långa nummer som text, inom citattecken."))


def _check_negative(node: nodes.Neg) -> Iterator[Objection]:
    if not isinstance(node.node, nodes.Const) or type(node.node.value) not in (int, float):
        yield _not_allowed(node)


def _check_filter(node: nodes.Filter) -> Iterator[Objection]:
    if node.name not in FILTERS:
        near = difflib.get_close_matches(node.name, FILTERS, 1)
        hint = _("Menade du ”{word}”?").format(word=near[0]) if near else _filter_list()
        yield Objection(_("Filtret ”{name}” finns inte.").format(name=node.name), hint)
        return
    arguments = [*node.args, *(keyword.value for keyword in node.kwargs)]
    names_fit = all(keyword.key == _KEYWORD_ARGUMENTS.get(node.name) for keyword in node.kwargs)
    fits = node.node and names_fit and len(arguments) <= _FILTER_ARGUMENTS.get(node.name, 0)
    if not fits or node.dyn_args or node.dyn_kwargs or not all(_is_argument(each) for each in arguments):
        yield Objection(_("Filtret ”{name}” används på fel sätt.").format(name=node.name), _filter_list())


def _is_argument(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Const | nodes.Neg | nodes.Name | nodes.Getattr | nodes.Getitem)


def _filter_list() -> str:
    return _("Tillåtna filter: {names}.").format(names=", ".join(sorted(FILTERS)))


def _check_test(node: nodes.Test) -> Iterator[Objection]:
    if node.name not in TESTS or node.args or node.kwargs or node.dyn_args or node.dyn_kwargs:
        tests = ", ".join(sorted(TESTS))
        yield Objection(
            _("Prövningen ”is {name}” är inte tillåten.").format(name=node.name),
            _("Tillåtna prövningar: {names}.").format(names=tests),
        )


def _check_series(node: nodes.List | nodes.Tuple) -> Iterator[Objection]:
    if not all(isinstance(item, nodes.Const) for item in node.items):
        yield Objection(_("En lista i mallen får bara ha texter och tal."), _('Skriv till exempel ["a", "b"].'))


def _check_for(node: nodes.For) -> Iterator[Objection]:
    if not isinstance(node.target, nodes.Name) or node.test or node.recursive:
        yield Objection(_("for får bara ha formen ”for namn in lista”."), _("Pröva villkor med ett if inuti."))


def _check_assign(node: nodes.Assign) -> Iterator[Objection]:
    if not isinstance(node.target, nodes.Name):
        yield Objection(_("set får bara ha formen ”set namn = värde”."), _("Sätt ett namn i taget."))


_CHECKS: dict[type[nodes.Node], Callable[[Any], Iterator[Objection]]] = {
    **dict.fromkeys(_PLAIN, _free),
    nodes.Name: _check_name,
    nodes.Getattr: _check_attribute,
    nodes.Getitem: _check_item,
    nodes.Const: _check_constant,
    nodes.Neg: _check_negative,
    nodes.Filter: _check_filter,
    nodes.Test: _check_test,
    nodes.List: _check_series,
    nodes.Tuple: _check_series,
    nodes.For: _check_for,
    nodes.Assign: _check_assign,
}
