"""Pair the control tags, in the order they stand in the document, into blocks."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from sipctl.language import _

from .hoist import INSTRUCTION
from .tags import TOKEN, Draft, Tag

MAX_DEPTH = 12
MAX_BRANCHES = 100
_ENDS = {"endif": "if", "endfor": "for"}


@dataclass(slots=True)
class Block:
    """The tags of one ``if`` or ``for``: the opening, what lies between, the closing."""

    tags: list[Tag]
    closed: bool = False

    @property
    def keyword(self) -> str:
        """``if`` or ``for``."""
        return self.tags[0].keyword

    @property
    def sound(self) -> bool:
        """Whether it is worth looking at the levels."""
        return self.closed and not any(tag.faulty for tag in self.tags)


def in_order(draft: Draft) -> list[Tag]:
    """The tags as they stand in the document now."""
    return [tag for _event, tag in events(draft)]


def events(draft: Draft, *tags: str) -> list[tuple[str, Any]]:
    """What stands in the document now: each ``tag``, and the ``start`` and ``end`` of elements of these kinds."""
    return list(_events(draft, tags))


def _events(draft: Draft, tags: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    for event, node in etree.iterwalk(draft.root, events=("start", "end", "pi")):
        if event == "pi":
            if node.target == INSTRUCTION:
                yield "tag", draft.tags[int(node.text)]
        elif node.tag in tags:
            yield event, node
        elif event == "start" and node.text:
            yield from (("tag", draft.tags[int(number)]) for number in TOKEN.findall(node.text))


def pair(draft: Draft) -> list[Block]:
    """The blocks of a part; what does not pair is noted."""
    done: list[Block] = []
    stack: list[Block] = []
    for tag in in_order(draft):
        if tag.keyword in ("if", "for"):
            stack.append(Block([tag]))
            if len(stack) == MAX_DEPTH + 1:
                draft.report.error(tag.spot, _("Fler än 12 block ligger i varandra."), _("Dela upp mallen."))
        elif tag.keyword in ("else", "elif"):
            _add_branch(draft, stack, tag)
        elif tag.keyword in _ENDS:
            done += _close(draft, stack, tag)
    for block in stack:
        opening = block.tags[0]
        draft.report.error(
            opening.spot,
            _("{tag} saknar sitt slut.").format(tag=opening.shown),
            _("Lägg till {end}.").format(end=opening.like(f"end{block.keyword}")),
        )
    return done


def _add_branch(draft: Draft, stack: list[Block], tag: Tag) -> None:
    block = stack[-1] if stack else None
    if block is None or (block.keyword == "for" and tag.keyword == "elif"):
        draft.report.error(
            tag.spot,
            _("{tag} står utanför ett {{% if %}}.").format(tag=tag.shown),
            _("Flytta det in mellan {% if … %} och {% endif %}."),
        )
    elif any(earlier.keyword == "else" for earlier in block.tags):
        draft.report.error(
            tag.spot,
            _("{tag} kommer efter {{% else %}}.").format(tag=tag.shown),
            _("Låt {% else %} stå sist i blocket, och bara en gång."),
        )
    elif len(block.tags) > MAX_BRANCHES:
        draft.report.error(tag.spot, _("Ett block har fler än 100 grenar."), _("Dela upp mallen."))
    else:
        block.tags.append(tag)


def _close(draft: Draft, stack: list[Block], tag: Tag) -> list[Block]:
    wanted = _ENDS[tag.keyword]
    if not any(block.keyword == wanted for block in stack):
        draft.report.error(
            tag.spot,
            _("{tag} saknar sin början.").format(tag=tag.shown),
            _missing_start(stack, wanted),
        )
        return []
    if stack[-1].keyword != wanted:
        inner = stack[-1].tags[0]
        draft.report.error(
            tag.spot,
            _("{tag} stänger före {inner}: blocken korsar varandra.").format(tag=tag.shown, inner=inner.shown),
            _("Stäng först det block som öppnades sist."),
        )
        while stack[-1].keyword != wanted:
            stack.pop()
        stack.pop()
        return []
    block = stack.pop()
    block.tags.append(tag)
    block.closed = True
    return [block]


def _missing_start(stack: list[Block], wanted: str) -> str:
    if not stack:
        return _("Lägg till {{% {word} … %}} före, eller ta bort det.").format(word=wanted)
    opening = stack[-1].tags[0]
    return _("Det som är öppet är {tag}, och det slutar med {end}.").format(
        tag=opening.shown, end=opening.like(f"end{opening.keyword}")
    )
