"""Move control tags to the level of the tree they work on: paragraph, row, cell or run."""

from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from lxml import etree

from sipctl.language import _

from .leaves import OPAQUE, leaves
from .tags import TOKEN, Draft, Tag
from .wordxml import (
    PPR,
    RANGE_MARKS,
    RPR,
    SECT_PR,
    TC,
    TCPR,
    TR,
    XML_SPACE,
    Element,
    P,
    R,
    T,
    ancestor,
    child_like,
    drop,
    w,
)

INSTRUCTION = "sip"
V_MERGE, GRID_SPAN = w("vMerge"), w("gridSpan")
_VAL = w("val")
_ELEMENTS = {"tr": TR, "tc": TC, "p": P}


def hoist(draft: Draft) -> None:
    """Put every tag that names its level there; what would be lost with it is an error."""
    for level, name in _ELEMENTS.items():
        chosen = [tag for tag in draft.tags if tag.level == level and is_there(draft, tag)]
        homes = [(ancestor(tag.at, name), tag) for tag in chosen]
        for home, group in groupby(homes, key=lambda pair: pair[0]):
            _hoist_group(draft, home, [tag for _home, tag in group])
    # The last first: then what stands after a tag in its run is moved once, and not once for each tag.
    for tag in reversed(draft.tags):
        if tag.level == "r" and not tag.faulty:
            lift_to_run(draft, tag)


def _hoist_group(draft: Draft, home: Element | None, group: list[Tag]) -> None:
    if home is None:
        for tag in group:
            _fault(draft, [tag], _("{tag} står inte i en tabell.").format(tag=tag.shown), _("Använd {%p … %}."))
    elif breaks_section(home):
        _fault(
            draft,
            group,
            _("Stycket med {tag} bär en avsnittsbrytning, som försvinner.").format(tag=group[0].shown),
            _("Lägg avsnittsbrytningen i ett eget stycke."),
        )
    elif not beside(home, group):
        replace_by_tags(draft, home, group)
    elif any(tag.kind != "comment" for tag in group):
        _fault(draft, group, *_text_beside(group[0]))
    else:
        draft.report.add("warning", group[0].spot, *_commented_out(group[0]))
        replace_by_tags(draft, home, group)


def is_there(draft: Draft, tag: Tag) -> bool:
    """Whether a tag is still in the part, and in nothing that has been taken away."""
    return next(reversed([tag.at, *tag.at.iterancestors()])) is draft.root


def breaks_section(home: Element) -> bool:
    """Whether an element is a paragraph that ends a section of the document."""
    return home.tag == P and home.find(f"{PPR}/{SECT_PR}") is not None


def _fault(draft: Draft, group: list[Tag], message: str, remedy: str) -> None:
    draft.report.error(group[0].spot, message, remedy)
    for tag in group:
        tag.faulty = True


def _text_beside(tag: Tag) -> tuple[str, str]:
    if tag.level == "p":
        return (
            _("Bredvid {tag} står annat, som skulle försvinna med stycket.").format(tag=tag.shown),
            _("Låt {%p … %} stå ensamt i sitt stycke."),
        )
    if tag.level == "tr":
        return (
            _("På raden med {tag} står annat, som skulle försvinna med raden.").format(tag=tag.shown),
            _("Låt {%tr … %} stå ensamt på en egen tabellrad."),
        )
    return (
        _("I cellen med {tag} står annat, som skulle försvinna med cellen.").format(tag=tag.shown),
        _("Låt {%tc … %} stå ensamt i en egen cell."),
    )


def _commented_out(comment: Tag) -> tuple[str, str]:
    message = {
        "p": _("{tag} tar bort hela stycket, även det som står bredvid."),
        "tr": _("{tag} tar bort hela tabellraden, även det som står bredvid."),
        "tc": _("{tag} tar bort hela cellen, även det som står bredvid."),
    }[comment.level]
    remedy = _("Om bara anteckningen ska bort: skriv {# … #} utan p, tr eller tc.")
    return message.format(tag=comment.shown), remedy


def beside(home: Element, group: list[Tag]) -> bool:
    """Whether anything visible but these tags is in the element."""
    own = {tag.number for tag in group}
    for paragraph in home.iter(P):
        text = "".join(leaf.text for leaf in leaves(paragraph))
        if OPAQUE in text or TOKEN.sub("", text).strip():
            return True
        if any(int(number) not in own for number in TOKEN.findall(text)):
            return True
    return False


def replace_by_tags(draft: Draft, home: Element, group: list[Tag]) -> None:
    """Take an element away and leave its control tags, and the ends of ranges, where it stood."""
    parent = home.getparent()
    marks = loose_marks(home)
    if home.tag != P:
        # Between rows or cells a lone mark would hide that a table came out empty: let the range go.
        forget_ranges(draft, marks)
        marks = []
        hand_on_merges(home)
    kept = marks + [instruction(tag) for tag in group if tag.kind == "block"]
    place = parent.index(home)
    parent.remove(home)
    for offset, node in enumerate(kept):
        parent.insert(place + offset, node)


def hand_on_merges(row: Element) -> None:
    """Let the cells merged over rows that begin in this one begin in the next."""
    below = next(row.itersiblings(TR), None)
    going_on = dict(_merged(below)) if row.tag == TR and below is not None else {}
    for column, merge in _merged(row) if going_on else ():
        if merge.get(_VAL) == "restart" and column in going_on:
            going_on[column].set(_VAL, "restart")


def _merged(row: Element) -> Iterator[tuple[int, Element]]:
    column = 0
    for cell in row.iterchildren(TC):
        merge = cell.find(f"{TCPR}/{V_MERGE}")
        if merge is not None:
            yield column, merge
        column += width_of(cell)


def width_of(cell: Element) -> int:
    """Over how many columns of the grid a cell goes."""
    span = cell.find(f"{TCPR}/{GRID_SPAN}")
    width = span.get(_VAL, "1") if span is not None else "1"
    return int(width) if width.isdigit() else 1


def instruction(tag: Tag) -> Element:
    """The node that holds a tag between elements."""
    tag.at = etree.ProcessingInstruction(INSTRUCTION, str(tag.number))
    return tag.at


def loose_marks(home: Element) -> list[Element]:
    """Range marks whose other end is outside the element."""
    marks = list(home.iter(*RANGE_MARKS))
    ends = Counter(map(_range, marks))
    return [mark for mark in marks if ends[_range(mark)] == 1]


def _range(mark: Element) -> tuple[str, str]:
    return str(mark.tag).removesuffix("Start").removesuffix("End"), mark.get(w("id"), "")


def forget_ranges(draft: Draft, marks: list[Element]) -> None:
    """Take both ends of the ranges out of the part."""
    ranges = {_range(mark) for mark in marks}
    for mark in list(draft.root.iter(*RANGE_MARKS)) if ranges else ():
        if _range(mark) in ranges:
            drop(mark)


def lift_to_run(draft: Draft, tag: Tag) -> None:
    """Split the run a tag stands in, so that the tag comes between two runs."""
    text, run = tag.at, tag.at.getparent()
    if text.tag != T or run is None or run.tag != R:
        return
    before, _token, after = (text.text or "").partition(tag.token)
    rest = _rest_of_run(draft, text, run, after)
    place = run.getparent()
    node = instruction(tag)
    place.insert(place.index(run) + 1, node)
    if rest is not None:
        place.insert(place.index(node) + 1, rest)
    text.text = before
    if not before:
        drop(text)
    if _is_empty(run):
        drop(run)


def _rest_of_run(draft: Draft, text: Element, run: Element, after: str) -> Element | None:
    """A run with the same formatting and all that follows; None when nothing does."""
    following = list(text.itersiblings())
    if not after and not following:
        return None
    rest = child_like(run.getparent(), R)
    properties = run.find(RPR)
    if properties is not None:
        rest.append(etree.fromstring(etree.tostring(properties, with_tail=False)))
    if after:
        piece = child_like(rest, T)
        piece.text = after
        piece.set(XML_SPACE, "preserve")
        for number in TOKEN.findall(after):
            draft.tags[int(number)].at = piece
    rest.extend(following)
    return rest


def _is_empty(run: Element) -> bool:
    return all(child.tag == RPR for child in run)


def block_parent(tag: Tag) -> Element | None:
    """The element a tag stands directly in, to be compared with that of its block's other tags."""
    return tag.at if tag.at.tag == T else tag.at.getparent()
