"""What is judged of a template apart from filling it in: what goes out with it, and can everybody read it."""

from collections.abc import Iterable
from dataclasses import replace

from .accessible import check_accessible
from .findings import Finding, Report
from .hygiene import check_hygiene
from .links import check_links
from .package import Package
from .places import Step
from .reading import Reading, Sheet
from .tags import place_of


def look_over(package: Package, parts: Iterable[tuple[str, str, bool]], report: Report) -> list[Finding]:
    """All findings after a look at what leaks and what shuts somebody out, as they stand in the document.

    ``parts`` are name, label and whether it is Word text; ``report`` has what is known before.
    """
    reading = Reading(package, parts)
    check_hygiene(reading, report)
    check_links(reading, report)
    check_accessible(reading, report)
    sheets = {sheet.part: sheet for sheet in reading.sheets}
    placed = [_placed(each, sheets[each.part]) if each.part in sheets else each for each in report.findings]
    order = {part: number for number, part in enumerate(sheets)}
    return sorted(placed, key=lambda each: (order.get(each.part, len(order)), each.anchor or 0))


def _placed(finding: Finding, sheet: Sheet) -> Finding:
    """The finding with its place in figures; in words too, where only the part has been named."""
    paragraph = sheet.anchored(finding.anchor)
    if paragraph is None:
        return finding
    bare = finding.place in (sheet.path[0], ", ".join(sheet.path))
    place = place_of(paragraph.located, paragraph.text) if bare else finding.place
    figures = {step.kind: step.number for step in reversed(paragraph.located.path) if isinstance(step, Step)}
    table, row, column, number = map(figures.get, ("table", "row", "column", "paragraph"))
    return replace(finding, place=place, table=table, row=row, column=column, paragraph=number)
