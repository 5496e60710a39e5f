"""The environment templates are compiled and run in: a sandbox that reads plain data and nothing else.

It is the second wall; the first is the allow-list in ``syntax``.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from jinja2 import StrictUndefined, Undefined, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.tests import TESTS as JINJA_TESTS
from jinja2.visitor import NodeTransformer

from .album import FILTERS as OF_PICTURES
from .album import markup
from .filters import filters, is_even, is_odd, property_text, word_text

# Delimiters nobody can write in a document: noncharacters are refused in templates and values.
VARIABLE, BLOCK, COMMENT = ("\ufde0", "\ufde1"), ("\ufde2", "\ufde3"), ("\ufde4", "\ufde5")

FILTERS = frozenset(name for name in filters("") if not name.startswith("_"))
TESTS = frozenset(
    {
        *("defined", "undefined", "none", "true", "false", "odd", "even"),
        *("string", "number", "integer", "float", "boolean", "mapping", "sequence", "iterable"),
    }
)
LOOP = frozenset({"index", "index0", "revindex", "revindex0", "first", "last", "length"})

_SERIES = (list, tuple, str)


def written(delimiters: tuple[str, str], source: str) -> str:
    """A tag as jinja2 reads it. The spaces keep a leading minus from being jinja2's white space sign."""
    return f"{delimiters[0]} {source} {delimiters[1]}"


class Missing(StrictUndefined):
    """A missing name: fails wherever it is used, and says only its name."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        return str(self._undefined_name)


class ByteCode(CodeGenerator):
    """Makes code that yields bytes: what never changes is encoded once, when the template is compiled.

    ``finalize`` gives bytes too. With jinja2's text, which is joined and encoded anew for every document, filling
    in a plan takes a quarter more time.
    """

    @staticmethod
    def _default_finalize(value: Any) -> Any:
        return value

    def _output_const_repr(self, group: Iterable[Any]) -> str:
        return repr(b"".join(each.encode() if each.__class__ is str else each for each in group))

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        self.write(finalize.src or "(")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        self.write(")")


class Dialect(ImmutableSandboxedEnvironment):
    """Reads dicts and lists by key and number, and nothing else of any object."""

    code_generator_class = ByteCode

    def getattr(self, obj: Any, attribute: str) -> Any:
        """A part of a group. What is not given has no parts either."""
        if obj.__class__ is dict:
            try:
                return obj[attribute]
            except KeyError:
                return self.undefined(name=attribute)
        if obj is None or isinstance(obj, Undefined):
            return obj
        if obj.__class__ is LoopContext and attribute in LOOP:
            return getattr(obj, attribute)
        return self.undefined(name=attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """An item of a list or a letter of a text by number, or a part of a group by name."""
        if obj.__class__ in _SERIES and argument.__class__ is int:
            return obj[argument] if -len(obj) <= argument < len(obj) else self.undefined(name=str(argument))
        return self.getattr(obj, str(argument))


@lru_cache(maxsize=8)
def dialect(none_text: str, of_word: bool = True) -> Dialect:
    """The environment that templates are compiled in; nothing of jinja2's own globals is there.

    Values are escaped by ``finalize`` and not by autoescape, so that no value can claim to be safe.
    """
    environment = Dialect(
        *(BLOCK[0], BLOCK[1], VARIABLE[0], VARIABLE[1], COMMENT[0], COMMENT[1]),
        keep_trailing_newline=True,
        undefined=Missing,
        finalize=word_text(none_text, markup) if of_word else property_text(none_text),
        autoescape=False,
        cache_size=0,
    )
    environment.globals = {}
    environment.filters = {**filters(none_text), **OF_PICTURES}
    environment.tests = {name: JINJA_TESTS[name] for name in TESTS} | {"odd": is_odd, "even": is_even}
    return environment


class Tighten(NodeTransformer):
    """Loops and comparisons count their work, ``~`` writes None as elsewhere, ``if`` without ``else`` is empty."""

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802 - named by jinja2
        self.generic_visit(node)
        return nodes.Filter(nodes.List(node.nodes), "_fuse", [], [], None, None, lineno=node.lineno)

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        steps = sum(1 + sum(1 for _part in each.find_all(nodes.Node)) for each in node.body)
        rows = [nodes.Const(1 + steps, lineno=node.lineno)]
        node.iter = nodes.Filter(node.iter, "_rows", rows, [], None, None, lineno=node.lineno)
        return node

    def visit_Compare(self, node: nodes.Compare) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        node.expr = _weighed(node.expr)
        for operand in node.ops:
            operand.expr = _weighed(operand.expr)
        return node

    def visit_CondExpr(self, node: nodes.CondExpr) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        node.expr2 = node.expr2 or nodes.Const("", lineno=node.lineno)
        return node


def _weighed(node: nodes.Expr) -> nodes.Expr:
    """Long texts and lists cost what it takes to compare them; what is written in the tag is short."""
    if isinstance(node, nodes.Const | nodes.List | nodes.Tuple):
        return node
    return nodes.Filter(node, "_weigh", [], [], None, None, lineno=node.lineno)
