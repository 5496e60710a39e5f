"""Pair the control tags into blocks and see that each opens and closes at one level of the tree."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from sipctl.language import _

from .hoist import INSTRUCTION, beside, block_parent, forget_ranges, lift_to_run, replace_by_tags
from .tags import TOKEN, TOKEN_START, Draft, Tag
from .wordxml import DOC_PR, SDT_PR, Element, P, T, ancestor, drop, w

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


def settle(draft: Draft) -> None:
    """Pair the tags, move those that stand alone to a common level, and note those that cannot be."""
    blocks = pair(draft)
    sound = [block for block in blocks if block.sound]
    _promote(draft, sound)
    uneven = [tag for block in sound if not _is_level(block) for tag in block.tags if not tag.level]
    # The last first: then what stands after a tag in its run is moved once, and not once for each tag.
    for tag in sorted(uneven, key=lambda each: each.number, reverse=True):
        lift_to_run(draft, tag)
    unique: list[Element] = []
    for block in sound:
        if not _is_level(block):
            draft.report.error(block.tags[-1].spot, *_crooked(block))
        elif block.keyword == "for":
            unique += _take_unique(draft, block)
    forget_ranges(draft, unique)


def forget_unique(draft: Draft, block: Block) -> None:
    """Let go of the bookmarks and numbers in a block that is repeated."""
    forget_ranges(draft, _take_unique(draft, block))


def _take_unique(draft: Draft, block: Block) -> list[Element]:
    """Bookmarks and numbers of controls and drawings may occur only once, so none may be repeated."""
    start, end = block.tags[0].at, block.tags[-1].at
    between: list[Element] = []
    for node in start.itersiblings() if start.tag != T else ():
        if node is end:
            break
        for number in [each for sdt in node.iter(SDT_PR) for each in sdt.iterchildren(w("id"))]:
            drop(number)
        for drawing in [each for each in node.iter(DOC_PR) if TOKEN_START not in each.get("id", "")]:
            drawing.set("id", draft.add_own("output", "none|_number", block.tags[0]).token)
        between += list(node.iter(w("bookmarkStart"), w("bookmarkEnd")))
    return between


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
            _("Lägg till {{% end{word} %}}.").format(word=block.keyword),
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
            _("Lägg till {{% {word} … %}} före, eller ta bort det.").format(word=wanted),
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


def _is_level(block: Block) -> bool:
    parent = block_parent(block.tags[0])
    return all(block_parent(tag) is parent for tag in block.tags[1:])


def _promote(draft: Draft, blocks: list[Block]) -> None:
    """Plain tags alone in paragraphs of their own mean ``{%p``; say so and do it."""
    spanning = [block for block in blocks if not _is_level(block) and _spans_paragraphs(block)]
    homes: dict[Element, list[Tag]] = {}
    for tag in sorted((tag for block in spanning for tag in _plain(block)), key=lambda each: each.number):
        homes.setdefault(ancestor(tag.at, P), []).append(tag)
    alone = {home for home, group in homes.items() if not beside(home, group)}
    chosen = [block for block in spanning if _can_promote(block, alone)]
    kept = {tag.number for block in chosen for tag in block.tags}
    for home, group in homes.items():
        if home in alone and all(tag.number in kept for tag in group):
            replace_by_tags(draft, home, group)
    for block in chosen:
        opening = block.tags[0]
        draft.report.add(
            "warning",
            opening.spot,
            _("{tag} går över flera stycken.").format(tag=opening.shown),
            _("Skriv {{%p {word} … %}}, så försvinner styckets tomrad.").format(word=opening.keyword),
        )


def _plain(block: Block) -> list[Tag]:
    return [tag for tag in block.tags if not tag.level]


def _spans_paragraphs(block: Block) -> bool:
    if not _plain(block) or any(tag.level not in ("", "p") for tag in block.tags):
        return False
    return len(_plain(block)) < len(block.tags) or len({ancestor(tag.at, P) for tag in block.tags}) > 1


def _can_promote(block: Block, alone: set[Element]) -> bool:
    homes = {ancestor(tag.at, P) for tag in _plain(block)}
    parents = {home.getparent() for home in homes if home is not None}
    parents |= {tag.at.getparent() for tag in block.tags if tag.level}
    return homes <= alone and len(parents) == 1


def _crooked(block: Block) -> tuple[str, str]:
    opening, closing = block.tags[0], block.tags[-1]
    message = _("{first} och {last} står på olika nivåer i dokumentet.").format(first=opening.shown, last=closing.shown)
    if opening.level != closing.level:
        return message, _("Använd samma slag av fält (p, tr eller tc) i början och slutet.")
    return message, _("Använd {%p … %} för hela stycken, {%tr … %} för tabellrader och {%tc … %} för celler.")
