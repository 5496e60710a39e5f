"""Pair the control tags into blocks and see that each opens and closes at one level of the tree."""

from collections.abc import Iterator
from dataclasses import dataclass

from sipctl.language import _

from .hoist import INSTRUCTION, beside, block_parent, forget_ranges, lift_to_run, replace_by_tags
from .tags import TOKEN, Draft, Tag
from .wordxml import SDT_PR, Element, P, T, ancestor, drop, w

MAX_DEPTH = 12
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
    return [draft.tags[number] for number in _numbers(draft.root)]


def _numbers(root: Element) -> Iterator[int]:
    for node in root.iter():
        if getattr(node, "target", None) == INSTRUCTION:
            yield int(node.text)
        elif isinstance(node.tag, str) and node.text:
            yield from map(int, TOKEN.findall(node.text))


def settle(draft: Draft) -> None:
    """Pair the tags, move those that stand alone to a common level, and note those that cannot be."""
    blocks = pair(draft)
    sound = [block for block in blocks if block.sound]
    _promote(draft, sound)
    for block in sound:
        if not _is_level(block):
            for tag in block.tags:
                if not tag.level:
                    lift_to_run(draft, tag)
    for block in sound:
        if not _is_level(block):
            draft.report.error(block.tags[-1].spot, *_crooked(block))
        elif block.keyword == "for":
            _forget_unique(draft, block)


def _forget_unique(draft: Draft, block: Block) -> None:
    """Bookmarks and numbers of content controls may occur only once, so none may be repeated."""
    start, end = block.tags[0].at, block.tags[-1].at
    between: list[Element] = []
    for node in start.itersiblings() if start.tag != T else ():
        if node is end:
            break
        for number in [each for sdt in node.iter(SDT_PR) for each in sdt.iterchildren(w("id"))]:
            drop(number)
        between += list(node.iter(w("bookmarkStart"), w("bookmarkEnd")))
    forget_ranges(draft, between)


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
