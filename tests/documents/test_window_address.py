"""The recipient's address stands where a window envelope shows it, and nothing else can be seen there."""

import re
import shutil
import subprocess
from dataclasses import dataclass
from html import unescape
from itertools import product
from pathlib import Path

import pytest
from sip_samples import adult, child, discharge, guidance, issue

from sipctl.documents import fields, template
from sipctl.documents.content import build
from sipctl.model.casefile import CaseFile
from sipctl.paths import shipped
from sipctl.settings import Settings
from sipctl.vocabulary.documents import DocumentKind

LETTERS = (DocumentKind.CALL, DocumentKind.INVITATION, DocumentKind.LETTER)
TEMPLATES = [path for path in sorted(shipped().glob("*/*.docx")) if path.stem in {kind.value for kind in LETTERS}]
MM = 25.4 / 72
A4 = (210, 297)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed"),
    pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler is not installed"),
]


@dataclass(frozen=True)
class Box:
    """Edges in millimetres."""

    left: float
    top: float
    right: float
    bottom: float

    def holds(self, other: "Box") -> bool:
        return (
            self.left <= other.left
            and other.right <= self.right
            and self.top <= other.top
            and other.bottom <= self.bottom
        )

    def touches(self, other: "Box") -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


@dataclass(frozen=True)
class Envelope:
    """ISO 269 sizes, windows as makers publish them: 15 mm from the right edge. ``folds``: leaves of the A4."""

    width: float
    height: float
    folds: int
    window_top: float
    window_height: float
    window_width: float = 95

    def seen(self, right: float, down: float) -> Box:
        """The part of the paper in the window; 0 to 1 tell how far the letter has slid right and down."""
        x = right * (self.width - A4[0])
        y = down * (self.height - A4[1] / self.folds)
        edge = self.width - 15 - x
        return Box(edge - self.window_width, self.window_top - y, edge, self.window_top + self.window_height - y)


ENVELOPES = {
    "E65": Envelope(220, 110, 3, 40, 30),
    "C65": Envelope(229, 114, 3, 39, 35),
    "C5": Envelope(229, 162, 2, 44, 35),
    "C4": Envelope(229, 324, 1, 42, 40),
}


def crowded() -> CaseFile:
    """As many lines as fit: unit, name with role, c/o, street, place; and a long sender."""
    case = adult()
    to = case.participants[0]
    to.unit_name = "Mottagningen för psykosvård och stöd, Provsala"
    to.address = "c/o Sjukhusets postrum, Provsalavägen 112, 000 02 Provsala"
    case.person.address = "c/o Påhittsson, Lilla Testvägen 12 lgh 1101, 000 01 Påhittstad"
    return case


CASES = {"vuxen": adult, "barn": child, "utskrivning": discharge, "trångt": crowded}


@dataclass(frozen=True)
class Page:
    """The first page of a letter: its words with their places, and the address that was to be there."""

    name: str
    words: list[tuple[str, Box]]
    address: list[str]

    def inside(self, box: Box) -> list[str]:
        return [word for word, place in self.words if box.holds(place)]

    def touching(self, box: Box) -> list[str]:
        return [word for word, place in self.words if box.touches(place)]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[Page]:
    folder = tmp_path_factory.mktemp("letters")
    address: dict[str, list[str]] = {}
    for (name, make), path in product(CASES.items(), TEMPLATES):
        case, kind = make(), DocumentKind(path.stem)
        to = None if kind is DocumentKind.LETTER else case.participants[0]
        given = issue(to, case, guidance=guidance(path.parent.name), **(_long_sender() if name == "trångt" else {}))
        data = build(kind, case, given)
        made = folder / f"{name}-{path.parent.name}-{kind.value}.docx"
        made.write_bytes(template.compile(path, known=dict(fields.KNOWN)).render(data))
        address[made.stem] = data["recipient"]["block"].split()
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    files = [str(folder / f"{name}.docx") for name in address]
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *files]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    return [Page(name, words(folder / f"{name}.pdf"), expected) for name, expected in address.items()]


def _long_sender() -> dict[str, Settings]:
    unit = "Socialpsykiatrin och boendestödet i norra Påhittstads kommun"
    address = "Provgatan 1 B, Gamla stadshuset, plan 3, 000 00 Påhittstad"
    return {"settings": issue(None).settings._replace(unit=unit, address=address)}


_WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>')


def words(pdf: Path) -> list[tuple[str, Box]]:
    """Every word of the first page with its place."""
    command = ["pdftotext", "-bbox", "-l", "1", str(pdf), "-"]
    found = subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8", timeout=60).stdout
    return [
        (unescape(word), Box(*(float(number) * MM for number in numbers))) for *numbers, word in _WORD.findall(found)
    ]


def test_every_letter_has_an_address(pages: list[Page]) -> None:
    assert len(pages) == len(CASES) * len(TEMPLATES) == 4 * 5
    assert all(len(page.address) > 3 for page in pages)


@pytest.mark.parametrize("name", ENVELOPES)
def test_the_window_shows_the_whole_address_and_nothing_else(pages: list[Page], name: str) -> None:
    seen = ENVELOPES[name].seen(0.5, 0.5)
    for page in pages:
        assert page.inside(seen) == page.touching(seen) == page.address, page.name


@pytest.mark.parametrize("name", ENVELOPES)
def test_nothing_else_shows_however_the_letter_slides(pages: list[Page], name: str) -> None:
    for right, down in product((0, 0.5, 1), repeat=2):
        seen = ENVELOPES[name].seen(right, down)
        for page in pages:
            assert [word for word in page.touching(seen) if word not in page.address] == [], (page.name, right, down)


def test_lines_of_the_address_are_as_written_below_who_it_is() -> None:
    case = crowded()
    data = build(DocumentKind.CALL, case, issue(case.participants[0], case))
    case.participants[1].address = "c/o Postrummet,  Provgatan 2\n000 02 Provsala"
    other = build(DocumentKind.CALL, case, issue(case.participants[1], case))
    assert data["recipient"]["block"] == (
        "Mottagningen för psykosvård och stöd, Provsala\nRobin Påhittsson, psykiatrisjuksköterska\n"
        "c/o Sjukhusets postrum\nProvsalavägen 112\n000 02 Provsala"
    )
    assert other["recipient"]["block"] == (
        "Påhittets vårdcentral\nDistriktsläkare\nc/o Postrummet\nProvgatan 2\n000 02 Provsala"
    )
