"""The two documents that engines are compared on: an invitation of one page and a plan of four.

They are made as a unit would make them in Word (python-docx starts from Word's own template, with its styles and
theme), from one description each: ``field`` writes a place to fill in as the engine that is to fill it wants it.
Everybody and everything in them is invented.
"""

import io
import struct
import zlib
from collections.abc import Callable
from typing import Any

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm
from docx.text.paragraph import Paragraph
from specimen_texts import GOALS, INVITED, LETTER, MEETING_NOTES, PRESENT

__all__ = ["invitation", "invitation_data", "merge_data", "plan", "plan_data"]

Field = Callable[[Paragraph, str], None]


def invitation(engine: str = "tags") -> bytes:
    """The letter with its seventeen fields, participants, logo, header and footer.

    ``engine`` is ``tags`` for ours and docxtpl's dialect, or ``merge`` for Word's merge fields.
    """
    field = _FIELDS[engine]
    document = Document()
    section = document.sections[0]
    head = section.header.paragraphs[0]
    head.add_run().add_picture(io.BytesIO(logo()), width=Cm(3))
    _write(field, head, "\t", "{sender.unit}", "\t", "{document.date}")
    _write(field, section.footer.paragraphs[0], "SIP ", "{sip.number}", " · ", "{sender.address}")
    _write(field, document.add_paragraph(), "{recipient.name}", ", ", "{recipient.role}")
    _write(field, document.add_paragraph(), "{recipient.unit}")
    _write(field, document.add_paragraph(), "{recipient.address}")
    document.add_heading("Inbjudan till SIP-möte", 1)
    _write(field, document.add_paragraph(), LETTER[0], "{person.name}", ".")
    for label, name in (("När", "meeting.time"), ("Var", "meeting.place"), ("Hur", "meeting.form"),
                        ("Varför", "meeting.purpose"), ("Svara senast", "meeting.reply_by")):  # fmt: skip
        paragraph = document.add_paragraph(style="List Bullet")
        paragraph.add_run(f"{label}: ").bold = True
        _write(field, paragraph, f"{{{name}}}")
    document.add_heading("Vilka som är inbjudna", 2)
    _participants(document, field, engine)
    for text in LETTER[1:]:
        document.add_paragraph(text)
    _write(field, document.add_paragraph(), "Ta gärna med: ", "{recipient.brings}")
    _write(field, document.add_paragraph(), "Med vänlig hälsning ", "{sender.name}", ", ", "{sender.phone}")
    return _saved(document)


def _participants(document: Any, field: Field, engine: str) -> None:
    heads, cells = ("Namn", "Roll", "Enhet"), ("{other.name}", "{other.role}", "{other.unit}")
    if engine == "tags":
        _table(document, heads, "other in others", cells)
        return
    table = document.add_table(rows=1, cols=3, style="Table Grid")
    _fill_row(table.rows[0], heads)
    for cell, piece in zip(table.add_row().cells, cells, strict=True):
        _write(field, cell.paragraphs[0], piece)


def plan() -> bytes:
    """The plan: loops of goals, each with a table that loops over the actions."""
    document = Document()
    section = document.sections[0]
    _write(_tag, section.header.paragraphs[0], "{sender.unit}", "\t\t", "{document.date}")
    _write(_tag, section.footer.paragraphs[0], "SIP ", "{sip.number}", "\t\tSamordnad individuell plan")
    document.add_heading("Samordnad individuell plan", 1)
    for label, name in (("Gäller", "person.name"), ("Mötet", "meeting.time"), ("Plats", "meeting.place"),
                        ("Ansvarig", "plan.responsible"), ("Följs upp", "plan.followup")):  # fmt: skip
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{label}: ").bold = True
        _write(_tag, paragraph, f"{{{name}}}")
    document.add_heading("Deltagare", 2)
    _loop(document, "person in present", "List Bullet", "{person.name}", ", ", "{person.role}")
    document.add_heading("Vad jag vill", 2)
    _write(_tag, document.add_paragraph(), "{plan.wish}")
    document.add_paragraph("{%p for goal in goals %}")
    document.add_heading("Mål {{ loop.index }}: {{ goal.goal }}", 2)
    _write(_tag, document.add_paragraph(), "Behov: ", "{goal.need}")
    columns = ("Insats", "Ansvarig", "Klar senast", "Så märks det")
    names = ("{action.what}", "{action.who}", "{action.when}", "{action.sign}")
    _table(document, columns, "action in goal.actions", names)
    _write(_tag, document.add_paragraph(), "Det här gör jag själv: ", "{goal.own}")
    document.add_paragraph("{%p if goal.comment %}")
    _write(_tag, document.add_paragraph(), "{goal.comment}")
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("{%p endfor %}")
    document.add_heading("Från mötet", 2)
    _loop(document, "note in notes", "Normal", "{note}")
    document.add_heading("Underskrifter", 2)
    _table(document, ("Namn", "Roll", "Underskrift"), "person in present", ("{person.name}", "{person.role}", ""))
    return _saved(document)


def _table(document: Any, heads: tuple[str, ...], each: str, cells: tuple[str, ...]) -> None:
    table = document.add_table(rows=1, cols=len(heads), style="Table Grid")
    _fill_row(table.rows[0], heads)
    _fill_row(table.add_row(), (f"{{%tr for {each} %}}",))
    for cell, piece in zip(table.add_row().cells, cells, strict=True):
        _write(_tag, cell.paragraphs[0], piece)
    _fill_row(table.add_row(), ("{%tr endfor %}",))


def _loop(document: Any, each: str, style: str, *pieces: str) -> None:
    document.add_paragraph(f"{{%p for {each} %}}")
    _write(_tag, document.add_paragraph(style=style), *pieces)
    document.add_paragraph("{%p endfor %}")


def _fill_row(row: Any, texts: tuple[str, ...]) -> None:
    for cell, text in zip(row.cells, texts, strict=False):
        cell.text = text


def _write(field: Field, paragraph: Paragraph, *pieces: str) -> None:
    """Runs of text, and a field for each piece in braces."""
    for piece in pieces:
        if piece.startswith("{"):
            field(paragraph, piece[1:-1])
        else:
            paragraph.add_run(piece)


def _tag(paragraph: Paragraph, name: str) -> None:
    paragraph.add_run(f"{{{{ {name} }}}}")


def _merge_field(paragraph: Paragraph, name: str) -> None:
    simple = OxmlElement("w:fldSimple")
    simple.set(qn("w:instr"), f" MERGEFIELD {name.replace('.', '_')} ")
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = f"«{name}»"
    run.append(text)
    simple.append(run)
    paragraph._p.append(simple)


_FIELDS: dict[str, Field] = {"tags": _tag, "merge": _merge_field}


def logo() -> bytes:
    """A PNG of 200 × 60 points with a pattern, so that it weighs what a logo weighs (some ten kilobytes)."""
    width, height = 200, 60
    rows = b"".join(
        b"\0" + bytes(value for x in range(width) for value in (x * y % 251, x ^ y, 120)) for y in range(height)
    )
    chunks = ((b"IHDR", struct.pack(">2I5B", width, height, 8, 2, 0, 0, 0)), (b"IDAT", zlib.compress(rows)),
              (b"IEND", b""))  # fmt: skip
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )


def _saved(document: Any) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def invitation_data() -> dict[str, Any]:
    """Seventeen fields and six participants."""
    return {
        "sender": {"unit": "Vuxenenheten Påhittstad", "name": "Kim Påhittsson", "phone": "010-000 00 00",
                   "address": "Provgatan 1, 000 00 Påhittstad"},
        "document": {"date": "2 mars 2026"},
        "sip": {"number": "7K3M-9QXT"},
        "recipient": {"name": "Robin Påhittsson", "role": "psykiatrisjuksköterska",
                      "unit": "Psykosmottagningen Provsala", "address": "Provsala sjukhus, 000 02 Provsala",
                      "brings": "Aktuell läkemedelslista och den krisplan som ni gjorde i våras."},
        "person": {"name": "Test Testsson"},
        "meeting": {"time": "måndag 16 mars 2026, klockan 10.00–11.00", "form": "på plats",
                    "place": "Sammanträdesrum Eken, Provgatan 1, 000 00 Påhittstad",
                    "purpose": "Att samordna stödet i vardagen inför hösten, och att se vem som gör vad.",
                    "reply_by": "9 mars 2026"},
        "others": [dict(zip(("name", "role", "unit"), each, strict=True)) for each in INVITED],
    }  # fmt: skip


def merge_data() -> tuple[dict[str, str], list[dict[str, str]]]:
    """The same for merge fields: single values, and the rows of the table."""
    data = invitation_data()
    rows = [{f"other_{name}": value for name, value in each.items()} for each in data.pop("others")]
    return {f"{group}_{name}": value for group, parts in data.items() for name, value in parts.items()}, rows


def plan_data() -> dict[str, Any]:
    """Five goals with four actions each."""
    data = invitation_data()
    goals = [
        {"need": need, "goal": goal, "own": own, "comment": comment,
         "actions": [dict(zip(("what", "who", "when", "sign"), each, strict=True)) for each in actions]}
        for need, goal, own, comment, actions in GOALS
    ]  # fmt: skip
    return {
        **{key: data[key] for key in ("sender", "document", "sip", "person", "meeting")},
        "plan": {"responsible": "Kim Påhittsson, Vuxenenheten Påhittstad", "followup": "14 september 2026",
                 "wish": MEETING_NOTES[0]},
        "present": [dict(zip(("name", "role"), each, strict=False)) for each in PRESENT],
        "goals": goals,
        "notes": MEETING_NOTES[1:],
    }  # fmt: skip
