"""Templates made by hand in LibreOffice Writer (see ``writer/README.md``): findings, text, still a document."""

import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from sip_samples import adult, issue

from sipctl.documents import fields, template
from sipctl.documents.content import build
from sipctl.errors import TemplateFault
from sipctl.vocabulary.documents import DocumentKind

FOLDER = Path(__file__).parent / "writer"
KINDS = {
    "kallelse": DocumentKind.CALL,
    "plan": DocumentKind.PLAN,
    "brev": DocumentKind.LETTER,
    "brev-ram": DocumentKind.LETTER,
}
RENDERED = ("kallelse", "plan", "brev")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

QUOTES = "Typografiska citattecken i fältet har rättats."
UNTITLED = "Mallen har ingen titel. Titeln är det som läses upp först, och det som syns i fönstret."
IN_LETTER = [
    (
        "warning",
        "stycke 2 (”Inbjudan till ditt SIP-möte”)",
        "En bild saknar alternativtext. Den som inte ser bilden får inte veta vad den visar.",
    ),
    (
        "warning",
        "stycke 5 (”Frågorna vi pratar om:”)",
        "En kommentar av Okänd författare följer med till mottagaren.",
    ),
    ("warning", "dokumentegenskaper", UNTITLED),
    ("advice", "stycke 3 (”Hej {{ person.first_name or ”…”)", QUOTES),
    ("advice", "stycke 4 (”Vi ses {{ meeting.weekday }}…”)", QUOTES),
    (
        "advice",
        "textruta 1",
        "Texten står i en flytande textruta. Den kan läsas upp i fel ordning eller inte alls.",
    ),
]
FINDINGS = {
    "kallelse": [
        ("warning", "dokumentegenskaper", UNTITLED),
        ("advice", "stycke 7 (”Plats: {{ meeting.place or ”m…”)", QUOTES),
        ("advice", "stycke 8 (”Övriga: {{ others|join(”; ”,…”)", QUOTES),
        ("advice", "tabell 1", "Rubrikraden kan delas mellan två sidor."),
        ("advice", "tabell 1, rad 3, kolumn 1", QUOTES),
        ("advice", "tabell 1, rad 3, kolumn 2", QUOTES),
        ("advice", "tabell 1, rad 3, kolumn 3", QUOTES),
        ("advice", "stycke 18 (”Samtycke: {{ consent.covers|j…”)", QUOTES),
    ],
    "plan": [
        (
            "warning",
            "tabell 1",
            "Tabellen har ingen rubrikrad. Den som lyssnar får inte veta vad kolumnerna betyder.",
        ),
        ("warning", "dokumentegenskaper", UNTITLED),
        ("advice", "tabell 1, rad 3, kolumn 3", QUOTES),
    ],
    "brev": IN_LETTER,
    "brev-ram": [
        (
            "error",
            "stycke 6 (”{%p for q in meeting.question…”)",
            "Bredvid {%p for q in meeting.questions %} står annat, som skulle försvinna med stycket.",
        ),
        *IN_LETTER,
    ],
}

FRAME = ["Till: Test Testsson", "Testvägen 12 lgh 1101, 000 01 Påhittstad"]
TEXTS = {
    "kallelse": {
        "word/document.xml": [
            "Kallelse till SIP-möte - måndag 14 september 2026",
            "Socialpsykiatrin Påhittstad, kommunen",
            "Psykosmottagningen Provsala\nRobin Påhittsson, psykiatrisjuksköterska\nProvsala sjukhus\n000 02 Provsala",
            "Vi kallar till ett ”första möte”. Mötet gäller Test Testsson, 19800105-2383.",
            "Tid och plats",
            "Tid: måndag 14 september 2026 klockan 10.00 -- 11.15 ",
            "Plats: Träffpunkten Linden, rum Björken, Provgatan 1, Påhittstad. Svara senast 7 september 2026.",
            "Övriga: Distriktsläkare, Påhittets vårdcentral (regionen); Alex Exempelsson, boendestödjare, Boendestödet"
            " Påhittstad (kommunen); Anna Testsson, syster; Sam Handläggsson, handläggare, Försäkringskassan",
            "Kom – eller skicka en ersättare som får besluta. Se 10 kap. 8 § socialtjänstlagen…",
            "Andra som är kallade",
            *("Namn", "Roll och enhet", "Huvudman"),
            *("–", "distriktsläkare, Påhittets vårdcentral", "regionen"),
            *("Alex Exempelsson", "boendestödjare, Boendestödet Påhittstad", "kommunen"),
            *("Anna Testsson", "syster, Ej angivet", "annan"),
            *("Sam Handläggsson", "handläggare, Försäkringskassan", "annan"),
            "Frågor till mötet",
            "Vad behövs för att jag ska sova bättre?",
            "Vem ringer jag när rösterna blir starka?",
            "Hur kan jag börja spela i musikcaféet igen?",
            "Ta med: Aktuell läkemedelslista och den krisplan som ni gjorde i våras."
            " Förslag till vem som är fast vårdkontakt.",
            "Samtycke: adress och telefonnummer, stöd från socialtjänsten och hur vardagen fungerar, hälsa, vård och"
            " behandling, alkohol, droger, läkemedel och spel, förskola, skola och utbildning, arbete, sysselsättning"
            " och ekonomi, familj och närstående. Hälsningar Kim Provsson, 010-000 00 10",
        ],
        "word/footer1.xml": ["SIP-nummer 7K3M-9QXT, 31 augusti 2026. Sida 1"],
    },
    "plan": {
        "word/document.xml": [
            "Samordnad individuell plan",
            "Planen gäller Test Testsson (19800105-2383). Upprättad 14 september 2026",
            "Huvudansvarig: Alex Exempelsson, Boendestödet Påhittstad, kommunen",
            "Vad är viktigt för mig?",
            "”Jag vill sova om nätterna och slippa vara rädd. Jag vill spela gitarr med andra igen.”",
            "Behov 1 - Trygghet och sömn om nätterna",
            "Mål 1.1. Sova hela natten utan att vara rädd",
            *("Insats", "Vem", "Ansvarig", "Klart"),
            "Läkarbesök: se över medicinen och tiderna för den",
            *("regionen", "Psykosmottagningen Provsala", "30 september 2026"),
            "Boendestöd på kvällen: kvällsrutin och medicin",
            *("kommunen", "Boendestödet Påhittstad", "Ej angivet"),
            *("Ringer på söndagar", "närstående", "Anna Testsson", "Ej angivet"),
            "Mål 1.2. Veta vem jag ringer när rösterna blir starka",
            *("Insats", "Vem", "Ansvarig", "Klart"),
            *("Telefontid med fast vårdkontakt", "regionen", "Psykosmottagningen Provsala", "Ej angivet"),
            "Behov 2 - Sysselsättning och gemenskap",
            "Mål 2.1. Spela gitarr med andra igen",
            *("Insats", "Vem", "Ansvarig", "Klart"),
            "Följer med till musikcaféet de första gångerna",
            *("kommunen", "Boendestödet Påhittstad", "30 november 2026"),
            *("Tar fram gitarren och övar en stund", "den enskilde", "-", "Ej angivet"),
            "Vad andra gör",
            "Ringer på söndagar (närstående)",
            "Tar fram gitarren och övar en stund (den enskilde)",
            "Uppföljning",
            "Vi följer upp den 14 december 2026; Kim Provsson, Socialpsykiatrin Påhittstad kallar. Närvarande: Test"
            " Testsson, den enskilde; Robin Påhittsson, psykiatrisjuksköterska, Psykosmottagningen Provsala"
            " (regionen); Alex Exempelsson, boendestödjare, Boendestödet Påhittstad (kommunen), ersattes av Jo"
            " Vikariesson; Anna Testsson, syster.",
        ],
        "word/header1.xml": ["SIP-nummer 7K3M-9QXT\t\tTest Testsson, 19800105-2383"],
        "word/footnotes.xml": [
            "\tPlanen görs enligt 10 kap. 8–9 §§ socialtjänstlagen (2025:400)"
            " och 16 kap. 4 § hälso- och sjukvårdslagen (2017:30).",
        ],
    },
    "brev": {
        "word/document.xml": [
            "Inbjudan till ditt SIP-möte",
            "Hej Test!",
            "Vi ses måndag den 14 september 2026 klockan 10.00. Platsen är Träffpunkten Linden, rum Björken,"
            " Provgatan 1, Påhittstad. Välkommen!",
            "Frågorna vi pratar om:",
            "Vad behövs för att jag ska sova bättre?",
            "Vem ringer jag när rösterna blir starka?",
            "Hur kan jag börja spela i musikcaféet igen?",
            "Kim Provsson, Socialpsykiatrin Påhittstad",
            "Ring 010-000 00 10 om du undrar något.",
            *FRAME,  # as a drawing, and again as what older programs show
            *FRAME,
            "☐ Jag kommer",
            "7 september 2026 är sista dagen att svara.",
        ],
        "word/comments.xml": ["Kim: stämmer rubriken?"],
    },
}


def rendered(name: str) -> bytes:
    """The adult's case in that template."""
    kind, case = KINDS[name], adult()
    given: dict[str, Any] = build(kind, case, issue(None if name == "brev" else case.participants[0], case))
    return template.compile(FOLDER / f"{name}.docx", known=dict(fields.KNOWN)).render(given)


def texts(document: bytes) -> dict[str, list[str]]:
    """Each part's paragraphs, empty ones left out."""
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        parts = {
            name: [text for p in etree.fromstring(archive.read(name)).iter(f"{W}p") if (text := own_text(p))]
            for name in archive.namelist()
            if re.fullmatch(r"word/(document|header\d+|footer\d+|footnotes|comments)\.xml", name)
        }
    return {name: found for name, found in parts.items() if found}


def own_text(paragraph: etree._Element) -> str:
    """The paragraph's text without that of frames anchored in it."""
    signs = {f"{W}br": "\n", f"{W}tab": "\t"}
    pieces = (
        signs.get(str(each.tag)) or each.text or ""
        for each in paragraph.iter(f"{W}t", *signs)
        if next(each.iterancestors(f"{W}p")) is paragraph and next(each.iterancestors(f"{W}r"), None) is not None
    )
    return "".join(pieces)


@pytest.mark.parametrize("name", KINDS)
def test_findings(name: str) -> None:
    known = dict(fields.known_for(KINDS[name]))
    found = template.inspect(FOLDER / f"{name}.docx", known=known).findings
    assert [(each.severity, each.place, each.message) for each in found] == [
        (severity, f"{name}.docx, {place}", message) for severity, place, message in FINDINGS[name]
    ]


def test_a_frame_that_would_vanish_with_a_tag_is_refused() -> None:
    with pytest.raises(TemplateFault, match=r"brev-ram\.docx .* skulle försvinna"):
        template.compile(FOLDER / "brev-ram.docx", known=dict(fields.KNOWN))


@pytest.mark.parametrize("name", RENDERED)
def test_complete_text(name: str) -> None:
    assert texts(rendered(name)) == TEXTS[name]


def test_values_take_the_look_of_where_their_tag_begins() -> None:
    document = etree.fromstring(zipfile.ZipFile(io.BytesIO(rendered("kallelse"))).read("word/document.xml"))
    marked = {
        mark: ["".join(run.itertext(f"{W}t")) for run in document.iter(f"{W}r") if _marked(run, mark)]
        for mark in ("b", "i")
    }
    assert marked == {"b": [], "i": []}, "half a tag in bold is no reason to set the value in bold"


def _marked(run: etree._Element, mark: str) -> bool:
    return run.find(f"{W}rPr/{W}{mark}") is not None and next(run.iterancestors(f"{W}tbl"), None) is None


def test_the_tag_that_a_content_control_cut_in_two_is_filled_within_it() -> None:
    document = etree.fromstring(zipfile.ZipFile(io.BytesIO(rendered("brev"))).read("word/document.xml"))
    controls = list(document.iter(f"{W}sdt"))
    assert ["".join(each.itertext(f"{W}t")) for each in controls] == [
        "Träffpunkten Linden, rum Björken, Provgatan 1, Påhittstad",
        "☐",
        "7 september 2026",
    ]
    assert list(document.iter(f"{W}showingPlcHdr")) == [], "what is filled in is no placeholder"


@pytest.mark.parametrize("name", RENDERED)
def test_parts_without_tags_are_as_writer_saved_them(name: str) -> None:
    with (
        zipfile.ZipFile(FOLDER / f"{name}.docx") as before,
        zipfile.ZipFile(io.BytesIO(rendered(name))) as after,
    ):
        assert after.testzip() is None
        assert sorted(after.namelist()) == sorted(before.namelist())
        changed = {each for each in before.namelist() if before.read(each) != after.read(each)}
    assert changed - {"docProps/core.xml"} <= set(TEXTS[name]) - {"word/comments.xml"}


@pytest.mark.parametrize("name", RENDERED)
def test_rendering_adds_no_fault_to_the_schema(name: str, tmp_path: Path) -> None:
    audit = pytest.importorskip("openxml_audit")
    made = tmp_path / f"{name}.docx"
    made.write_bytes(rendered(name))
    faults = [
        {
            (fault.part_uri, fault.node, fault.description)
            for fault in audit.OpenXmlValidator().validate(str(path)).errors
        }
        for path in (FOLDER / f"{name}.docx", made)
    ]
    assert faults[1] <= faults[0]


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
@pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler is not installed")
def test_all_of_it_is_on_paper(tmp_path: Path) -> None:
    for name in RENDERED:
        (tmp_path / f"{name}.docx").write_bytes(rendered(name))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    made = [str(tmp_path / f"{name}.docx") for name in RENDERED]
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), *made]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    for name in RENDERED:
        command = ["pdftotext", "-raw", str(tmp_path / f"{name}.pdf"), "-"]
        paper = subprocess.run(command, check=True, capture_output=True, encoding="utf-8", timeout=60).stdout
        assert "{" not in paper
        left = _packed(paper)
        for part in sorted(set(TEXTS[name]) - {"word/comments.xml"}, key="word/document.xml".__eq__):
            for text in map(_packed, TEXTS[name][part]):
                assert text in left, text
                left = left if part == "word/document.xml" else left.replace(text, "")  # between two pages


def _packed(text: str) -> str:
    """Without white space: lines break where they like."""
    return re.sub(r"\s", "", text)
