"""See that each block opens and closes at one level of the tree, or at places where it can be cut."""

from collections.abc import Iterator
from itertools import takewhile

from sipctl.language import _

from .hoist import beside, block_parent, breaks_section, forget_ranges, lift_to_run, replace_by_tags
from .pairs import Block, pair
from .tags import TOKEN_START, Draft, Tag
from .wordxml import DOC_PR, SDT_PR, TC, Element, P, T, ancestor, drop, w


def settle(draft: Draft) -> None:
    """Pair the tags, move those that stand alone to a common level, and note those that cannot be."""
    sound = [block for block in pair(draft) if block.sound]
    _promote(draft, sound)
    uneven = [tag for block in sound if not _is_level(block) for tag in block.tags if not tag.level]
    # The last first: then what stands after a tag in its run is moved once, and not once for each tag.
    for tag in sorted(uneven, key=lambda each: each.number, reverse=True):
        lift_to_run(draft, tag)
    unique: list[Element] = []
    for block in sound:
        if not _is_level(block) and not _is_split(block):
            draft.report.error(block.tags[-1].spot, *_crooked(block))
            continue
        if not _is_level(block):
            draft.report.add("warning", block.tags[0].spot, *_cut(block))
        if block.keyword == "for":
            unique += _take_unique(draft, block)
    forget_ranges(draft, unique)


def forget_unique(draft: Draft, block: Block) -> None:
    """Let go of the bookmarks and numbers in a block that is repeated."""
    forget_ranges(draft, _take_unique(draft, block))


def _take_unique(draft: Draft, block: Block) -> list[Element]:
    """Bookmarks and numbers of controls and drawings may occur only once, so none may be repeated."""
    between: list[Element] = []
    for node in _between(block.tags[0].at, block.tags[-1].at):
        for number in [each for sdt in node.iter(SDT_PR) for each in sdt.iterchildren(w("id"))]:
            drop(number)
        for drawing in [each for each in node.iter(DOC_PR) if TOKEN_START not in each.get("id", "")]:
            drawing.set("id", draft.add_own("output", "none|_number", block.tags[0]).token)
        between += list(node.iter(w("bookmarkStart"), w("bookmarkEnd")))
    return between


def _between(start: Element, end: Element) -> Iterator[Element]:
    """The elements between two tags at a level, or in paragraphs at a level."""
    if start.tag == T:
        return
    first, last = start.getparent(), end.getparent()
    yield from takewhile(lambda node: node is not end, start.itersiblings())
    if first is not last:
        yield from takewhile(lambda node: node is not last, first.itersiblings())
        yield from end.itersiblings(preceding=True)


def _is_level(block: Block) -> bool:
    parent = block_parent(block.tags[0])
    return all(block_parent(tag) is parent for tag in block.tags[1:])


def _is_split(block: Block) -> bool:
    """Whether the tags stand between runs of paragraphs at a level, so that a cut there leaves sound XML.

    What is repeated or left out ends one paragraph and begins another. The first paragraph's properties always stay,
    those of the others may go.
    """
    homes: list[Element] = [block_parent(tag) for tag in block.tags]
    return (
        all(home.tag == P and home.getparent() is homes[0].getparent() for home in homes)
        and not any(tag.level not in ("", "r") for tag in block.tags)
        and not any(breaks_section(home) for home in homes if home is not homes[0])
    )


def _cut(block: Block) -> tuple[str, str]:
    opening, closing = block.tags[0].shown, block.tags[-1].shown
    return (
        _("{first} och {last} står i olika stycken, med text bredvid sig.").format(first=opening, last=closing),
        _("Se i ett provdokument att raderna bryts rätt. Annars: skriv {{%p {first} %}} i ett eget stycke.").format(
            first=block.tags[0].source
        ),
    )


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
        odd, level = (closing, opening.level) if opening.level else (opening, closing.level)
        remedy = _("Skriv {tag}, så att början och slutet är av samma slag.")
        return message, remedy.format(tag=odd.like(odd.source, level))
    if opening.level:
        return message, _("Ställ båda i samma tabell, samma cell eller samma innehållskontroll, eller båda utanför.")
    cells = [ancestor(tag.at, TC) for tag in (opening, closing)]
    level = "tr" if None not in cells and cells[0] is not cells[1] else "p"
    first, last = opening.like(opening.source, level), closing.like(closing.source, level)
    if level == "tr":
        remedy = _("Skriv {first} på en egen tabellrad före de rader det gäller, och {last} på en egen rad efter.")
    else:
        remedy = _("Skriv {first} i ett eget stycke före de stycken det gäller, och {last} i ett eget stycke efter.")
    return message, remedy.format(first=first, last=last)
