"""Templates as an office would have them, made with python-docx: styles, lists, sections, headers."""

import io
from collections.abc import Callable
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.shared import Cm

from .sample import Sample

DATA: dict[str, Any] = {
    "person": {"name": "Test Testsson", "street": "Testvägen 12", "town": "000 01 Påhittstad"},
    "meeting": {"date": "2026-09-14", "time": "13:00", "place": "Vård & omsorg, rum <3>"},
    "sender": {"name": "Kim Provsson", "unit": "Socialpsykiatrin Påhittstad"},
    "number": "2026-0007",
    "people": [{"name": "Robin Påhittsson", "role": "sjuksköterska"}, {"name": "Alex Exempelsson", "role": ""}],
    "goals": [
        {
            "text": "Sova hela natten",
            "actions": [{"what": "Läkarbesök", "who": "region"}, {"what": "Kvällsrutin", "who": "kommun"}],
        },
        {"text": "Spela gitarr", "actions": []},
    ],
    "open": True,
}


def made(build: Callable[[Any], None]) -> bytes:
    document = Document()
    build(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def letter(document: Any) -> None:
    document.core_properties.title = "Kallelse {{ number }}"
    section = document.sections[0]
    section.header.paragraphs[0].text = "{{ sender.unit }}\t\t{{ number }}"
    section.footer.paragraphs[0].text = "Frågor? Kontakta {{ sender.name }}."
    for line in ("{{ person.name }}", "{{ person.street }}", "{{ person.town }}"):
        document.add_paragraph(line, "No Spacing")
    document.add_heading("Kallelse till möte", 1)
    paragraph = document.add_paragraph("Du kallas till möte den ")
    paragraph.add_run("{{ meeting.da").bold = True
    paragraph.add_run("te|datum }}").italic = True
    paragraph.add_run(" klockan {{ meeting.time|klockan }}.")
    document.add_paragraph("{%p if meeting.place %}")
    document.add_paragraph("Plats: {{ meeting.place }}")
    document.add_paragraph("{%p endif %}")
    document.add_heading("De här kommer", 2)
    document.add_paragraph("{%p for p in people %}")
    document.add_paragraph("{{ p.name }}{% if p.role %}, {{ p.role }}{% endif %}", "List Bullet")
    document.add_paragraph("{%p endfor %}")


def plan(document: Any) -> None:
    document.add_heading("Plan för {{ person.name }}", 0)
    grid = document.add_table(7, 3, "Table Grid")
    rows = (
        ("Mål", "Insats", "Ansvar"),
        ("{%tr for g in goals %}", "", ""),
        ("{{ loop.index }}. {{ g.text }}", "", ""),
        ("{%tr for a in g.actions %}", "", ""),
        ("{% vm %}", "{{ a.what }}", "{{ a.who|capitalize }}"),
        ("{%tr endfor %}", "", ""),
        ("{%tr endfor %}", "", ""),
    )
    for cells, texts in zip(grid.rows, rows, strict=True):
        for cell, text in zip(cells.cells, texts, strict=True):
            cell.text = text
    document.add_paragraph("Slut på planen.")


def landscape(document: Any) -> None:
    document.add_paragraph("{{ person.name }}")
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Cm(29.7), Cm(21)
    section.header.is_linked_to_previous = False
    section.header.paragraphs[0].text = "Liggande {{ number }}"
    document.add_paragraph("{%p for g in goals %}")
    document.add_paragraph("{{ g.text }}: {{ g.actions|length }}", "List Number")
    document.add_paragraph("{%p endfor %}")


def first_page(document: Any) -> None:
    section = document.sections[0]
    section.different_first_page_header_footer = True
    section.first_page_header.paragraphs[0].text = "Först: {{ sender.unit }}"
    section.header.paragraphs[0].text = "Sedan: {{ number }}"
    document.add_paragraph("{% if open %}Öppen{% else %}Stängd{% endif %} kallelse").add_run().add_break()


_PLAIN = "\n".join
SAMPLES = [
    Sample(
        "a letter",
        made(letter),
        _PLAIN(
            (
                *("Test Testsson", "Testvägen 12", "000 01 Påhittstad", "Kallelse till möte"),
                "Du kallas till möte den 14 september 2026 klockan 13.00.",
                *("Plats: Vård & omsorg, rum <3>", "De här kommer", "Robin Påhittsson, sjuksköterska"),
                *("Alex Exempelsson", "Socialpsykiatrin Påhittstad\t\t2026-0007", "Frågor? Kontakta Kim Provsson."),
            )
        ),
        DATA,
        parts={"docProps/core.xml": "<dc:title>Kallelse 2026-0007</dc:title>"},
        differs="It has no filters for dates, and loses text after an ampersand.",
    ),
    Sample(
        "a plan",
        made(plan),
        "Plan för Test Testsson\nMål\tInsats\tAnsvar\n1. Sova hela natten\t\t\n"
        "\tLäkarbesök\tRegion\n\tKvällsrutin\tKommun\n2. Spela gitarr\t\t\nSlut på planen.",
        DATA,
    ),
    Sample(
        "a landscape section",
        made(landscape),
        "Test Testsson\n\nSova hela natten: 2\nSpela gitarr: 0\nLiggande 2026-0007",
        DATA,
    ),
    Sample(
        "another first page",
        made(first_page),
        "Öppen kallelse\n\nFörst: Socialpsykiatrin Påhittstad\nSedan: 2026-0007",
        DATA,
    ),
]
