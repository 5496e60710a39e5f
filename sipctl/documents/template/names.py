"""Follow every name in a template to the data it will be given, and say when there is none."""

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, TypeAlias

from jinja2 import nodes

from sipctl.language import _

from .dialect import LOOP
from .findings import Report, Severity, Spot
from .picture import PICTURE
from .tags import Tag

Known: TypeAlias = dict[str, "Known | None"]
"""The names a template may use: None for a value, a dict for a group or for the items of a list."""


class _Anything:
    """The shape of what cannot be followed."""


ANYTHING = _Anything()
_Shape: TypeAlias = "Known | _Anything | None"


class _Ref(NamedTuple):
    path: str
    shape: _Shape


class Reached(NamedTuple):
    """Where the name of a content control leads, and how that is written in a tag."""

    kind: Literal["value", "group", "picture", "perhaps", "unknown"]
    expression: str
    path: str
    shape: _Shape
    remedy: str = ""


_UNKNOWN = _Ref("", ANYTHING)
_LOOP = _Ref("", dict.fromkeys(LOOP))
_SAME_SHAPE = frozenset({"default", "d", "first", "last"})


@dataclass(slots=True)
class Names:
    """Resolves names in document order; ``used`` maps each dotted name to its first place.

    ``foreign`` are names of other documents, each with the sentence that says which.
    """

    known: Known | None
    report: Report
    foreign: Mapping[str, str] = field(default_factory=dict)
    used: dict[str, Spot] = field(default_factory=dict)
    _scopes: list[dict[str, _Ref]] = field(default_factory=lambda: [{}])
    _spot: Spot = field(default_factory=lambda: Spot("", ""))

    def start_part(self) -> None:
        """A new part sees nothing that another has set."""
        self._scopes = [{}]

    def reach(self, name: str) -> Reached:
        """What the dotted name of a content control leads to, without a finding if it leads nowhere."""
        for scope in reversed(self._scopes):
            for variable, ref in scope.items():
                # A row of a list has the list's path: plan.goals.text is the text of the goal at hand.
                if ref.path and name.startswith(f"{ref.path}."):
                    rest = name[len(ref.path) + 1 :]
                    return self._reached(f"{variable}.{rest}", ref, rest.split("."))
        first, *rest_of_name = name.split(".")
        for scope in reversed(self._scopes):
            if first in scope:
                return self._reached(name, scope[first], rest_of_name)
        if self.known is None:
            return Reached("perhaps", name, name, ANYTHING)
        return self._reached(name, _Ref("", self.known), [first, *rest_of_name])

    def _reached(self, expression: str, ref: _Ref, steps: list[str]) -> Reached:
        path, shape = ref
        for step in steps:
            path = f"{path}.{step}" if path else step
            if isinstance(shape, dict) and step in shape:
                shape = shape[step]
            elif not isinstance(shape, _Anything):
                return Reached("unknown", expression, path, None, self._suggestion(step, list(shape or ())))
        if isinstance(shape, _Anything):
            return Reached("perhaps", expression, path, shape)
        if shape is None:
            return Reached("value", expression, path, shape)
        return Reached("picture" if PICTURE in shape else "group", expression, path, shape)

    def use(self, reached: Reached, spot: Spot) -> None:
        """Note that a content control uses a name."""
        self.used.setdefault(reached.path, spot)

    def enter(self, variable: str, reached: Reached) -> None:
        """Begin what is repeated for each row of a list."""
        self._scopes.append({variable: _Ref(reached.path, reached.shape)})

    def leave(self) -> None:
        """The end of what is repeated."""
        self._scopes.pop()

    def follow(self, tag: Tag, node: nodes.Node | None) -> None:
        """Resolve one tag, and open or close the scope it begins or ends."""
        self._spot = tag.spot
        match node:
            case nodes.For(target=nodes.Name(name=name), iter=series):
                ref = self._resolve(series)
                self._scopes.append({name: ref, "loop": _LOOP})
            case nodes.If(test=test):
                self._resolve(test)
            case nodes.Assign(target=nodes.Name(name=name), node=value):
                self._scopes[-1][name] = self._resolve(value)
            case nodes.Expr():
                self._check_written(self._resolve(node), tag)
        if tag.keyword == "for" and not isinstance(node, nodes.For):
            self._scopes.append({})
        elif tag.keyword == "endfor" and len(self._scopes) > 1:
            self._scopes.pop()

    def _check_written(self, ref: _Ref, tag: Tag) -> None:
        if isinstance(ref.shape, dict) and PICTURE in ref.shape:
            return
        if tag.kind == "frame":
            if not isinstance(ref.shape, _Anything):
                self.report.error(
                    self._spot,
                    _("Fältet ”{name}” är ingen bild.").format(name=ref.path),
                    _("Skriv ett bildfält som alternativtext, eller en vanlig text."),
                )
        elif isinstance(ref.shape, dict):
            self.report.error(
                self._spot,
                _("”{name}” har flera delar och kan inte skrivas ut som den är.").format(name=ref.path or tag.source),
                _("Välj en del: {parts}.").format(parts=", ".join(sorted(ref.shape)[:8])),
            )

    def _resolve(self, node: nodes.Node, lenient: bool = False) -> _Ref:
        ref = self._reach(node, lenient)
        if ref.path and ref.path not in self.used:
            self.used[ref.path] = self._spot
        return ref

    def _reach(self, node: nodes.Node, lenient: bool) -> _Ref:
        match node:
            case nodes.Name(name=name):
                return self._top(name, lenient)
            case nodes.Getattr(node=base, attr=name) | nodes.Getitem(node=base, arg=nodes.Const(value=str(name))):
                return self._step(self._reach(base, lenient), name, lenient)
            case nodes.Getitem(node=base):
                return self._reach(base, lenient)
            case nodes.Filter() if node.node is not None:
                return self._filtered(node)
            case nodes.Test(node=inner, name="defined" | "undefined"):
                self._resolve(inner, lenient=True)
                return _UNKNOWN
            case nodes.CondExpr(expr1=first):
                self._resolve_children(node)
                return _Ref("", self._reach(first, lenient).shape)
        self._resolve_children(node)
        return _UNKNOWN

    def _resolve_children(self, node: nodes.Node) -> None:
        for child in node.iter_child_nodes():
            self._resolve(child)

    def _filtered(self, node: nodes.Filter) -> _Ref:
        assert node.node is not None
        ref = self._resolve(node.node, lenient=node.name in ("default", "d"))
        for argument in node.args:
            self._resolve(argument)
        for keyword in node.kwargs:
            if keyword.key == "attribute" and isinstance(keyword.value, nodes.Const):
                self._use(self._step(ref, str(keyword.value.value), False))
        if node.name in _SAME_SHAPE:
            return ref
        return _UNKNOWN

    def _use(self, ref: _Ref) -> None:
        if ref.path:
            self.used.setdefault(ref.path, self._spot)

    def _top(self, name: str, lenient: bool) -> _Ref:
        for scope in reversed(self._scopes):
            if name in scope:
                return scope[name]
        if name == "loop":
            self.report.error(self._spot, _("loop finns bara inuti ett for."), _("Flytta fältet in i upprepningen."))
            return _UNKNOWN
        if self.known is None:
            return _Ref(name, ANYTHING)
        if name in self.known:
            return _Ref(name, self.known[name])
        local = [own for scope in self._scopes for own in scope if own != "loop"]
        self._complain(name, name, [*self.known, *local], lenient)
        return _UNKNOWN

    def _step(self, base: _Ref, name: str, lenient: bool) -> _Ref:
        path = f"{base.path}.{name}" if base.path else ""
        if isinstance(base.shape, _Anything):
            return _Ref(path, ANYTHING)
        if base.shape is not None and name in base.shape:
            return _Ref(path, base.shape[name])
        self._complain(name, path or name, list(base.shape or ()), lenient)
        return _UNKNOWN

    def _complain(self, name: str, path: str, choices: list[str], lenient: bool) -> None:
        # In "is defined" and default an unknown name is harmless, but hardly what was meant.
        severity: Severity = "warning" if lenient else "error"
        if path in self.foreign:
            message = _("Fältet ”{name}” hör inte till det här slaget av dokument.").format(name=path)
            self.report.add(severity, self._spot, message, self.foreign[path])
            return
        message = _("Fältet ”{name}” finns inte.").format(name=path)
        self.report.add(severity, self._spot, message, self._suggestion(name, choices))

    def _suggestion(self, name: str, choices: list[str]) -> str:
        near = difflib.get_close_matches(name, sorted(choices), 1, 0.6)
        if near:
            return _("Menade du ”{name}”?").format(name=near[0])
        elsewhere = [path for path in _paths(self.known or {}) if path.rpartition(".")[2] == name]
        if elsewhere:
            return _("Menade du ”{name}”?").format(name=elsewhere[0])
        if not choices:
            return _("Det som står före punkten har inga delar.")
        return _("Fälten visas av: sipctl template fields")


def _paths(known: Known, before: str = "") -> Iterator[str]:
    for name, inner in known.items():
        yield before + name
        if inner:
            yield from _paths(inner, f"{before}{name}.")
