"""The environment templates are compiled and run in: a sandbox that reads plain data and nothing else.

It is the second wall; the first is the allow-list in ``syntax``.
"""

from functools import lru_cache
from typing import Any

from jinja2 import StrictUndefined, Undefined, nodes
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.tests import TESTS as JINJA_TESTS
from jinja2.visitor import NodeTransformer

from .filters import filters, property_text, word_text

# Delimiters nobody can write in a document: noncharacters are refused in templates and values.
VARIABLE, BLOCK, COMMENT = ("\ufde0", "\ufde1"), ("\ufde2", "\ufde3"), ("\ufde4", "\ufde5")

FILTERS = frozenset(name for name in filters("") if not name.startswith("_"))
TESTS = frozenset({"defined", "undefined", "none", "true", "false", "odd", "even"})
LOOP = frozenset({"index", "index0", "first", "last", "length"})


def written(delimiters: tuple[str, str], source: str) -> str:
    """A tag as jinja2 reads it. The spaces keep a leading minus from being jinja2's white space sign."""
    return f"{delimiters[0]} {source} {delimiters[1]}"


class Missing(StrictUndefined):
    """A missing name: fails wherever it is used, and says only its name."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        return str(self._undefined_name)


class Dialect(ImmutableSandboxedEnvironment):
    """Reads dicts and lists by key and number, and nothing else of any object."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        """A part of a group. What is not given has no parts either."""
        if obj.__class__ is dict:
            return obj[attribute] if attribute in obj else self.undefined(name=attribute)
        if obj is None or isinstance(obj, Undefined):
            return obj
        if obj.__class__ is LoopContext and attribute in LOOP:
            return getattr(obj, attribute)
        return self.undefined(name=attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """An item of a list by number, or a part of a group by name."""
        if obj.__class__ is list and argument.__class__ is int:
            return obj[argument] if argument < len(obj) else self.undefined(name=str(argument))
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
        finalize=(word_text if of_word else property_text)(none_text),
        autoescape=False,
        cache_size=0,
    )
    environment.globals = {}
    environment.filters = dict(filters(none_text))
    environment.tests = {name: JINJA_TESTS[name] for name in TESTS}
    return environment


class Tighten(NodeTransformer):
    """Loops count their rounds, ``~`` writes None as elsewhere, and an ``if`` without ``else`` is empty."""

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802 - named by jinja2
        self.generic_visit(node)
        return nodes.Filter(nodes.List(node.nodes), "_fuse", [], [], None, None, lineno=node.lineno)

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        node.iter = nodes.Filter(node.iter, "_rows", [], [], None, None, lineno=node.lineno)
        return node

    def visit_CondExpr(self, node: nodes.CondExpr) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        node.expr2 = node.expr2 or nodes.Const("", lineno=node.lineno)
        return node
