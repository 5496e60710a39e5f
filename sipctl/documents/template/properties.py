"""Tags in the document's properties: title, subject and the like, one value to an element."""

from sipctl.language import _

from .findings import Spot
from .leaves import OPAQUE
from .tags import Draft, find_tags, make_tag, shorten


def read_properties(draft: Draft) -> None:
    """Find the tags of a properties part; there are no levels, only text."""
    for element in draft.root.iter():
        text = (element.text or "").replace(OPAQUE, "")
        if len(element) or ("{" not in text and "}" not in text):
            continue
        spot = Spot(draft.part, ", ".join(draft.path), shorten(" ".join(text.split()), 60))
        kept, at = [], 0
        for start, end in find_tags(text):
            tag = make_tag(draft, text[start:end], spot, element)
            if tag.level:
                draft.report.error(
                    spot,
                    _("{tag} har ingen mening i en egenskap.").format(tag=tag.shown),
                    _("Skriv {% … %} utan p, tr, tc eller r."),
                )
            kept += [text[at:start], "" if tag.kind == "comment" else tag.token]
            at = end
        rest = text[at:]
        if "{{" in rest or "{%" in rest:
            draft.report.error(
                spot, _("Ett fält saknar sitt slut."), _("Skriv hela fältet, till exempel {{ person.name }}.")
            )
        element.text = "".join(kept) + rest
