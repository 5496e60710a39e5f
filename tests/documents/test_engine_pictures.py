"""Pictures from a value: into a frame in the template, or into running text."""

import base64
import io
import struct
import subprocess
import zipfile
import zlib

import pytest
from docx import Document
from docx.shared import Mm
from engine_docs import RELS, docx, para, run, unzipped
from lxml import etree
from openxml_audit import OpenXmlValidator

from sipctl.documents.template import check, compile
from sipctl.documents.template.picture import PICTURE_SHAPE
from sipctl.errors import TemplateFault

A = "http://schemas.openxmlformats.org/drawingml/2006/main"
PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
SVG = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
JPEG = (
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAFA3PEY8MlBGQUZaVVBfeMiCeG5uePWvuZHI////////////////////////////////////////"
    "////////////2wBDAVVaWnhpeOuCguv/////////////////////////////////////////////////////////////////////////wAAR"
    "CAACAAMDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAP/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFQEBAQAAAAAAAAAAAAAAAAAA"
    "AgT/xAAUEQEAAAAAAAAAAAAAAAAAAAAA/9oADAMBAAIRAxEAPwCQAKH/2Q=="
)


def png(width, height, color=(0, 90, 160), declared=None):
    def chunk(kind, content):
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", *(declared or (width, height)), 8, 2, 0, 0, 0)
    rows = (b"\0" + bytes(color) * width) * height
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def value(content, alt="Region Påhitts logotyp", **more):
    written = content if isinstance(content, str) else base64.b64encode(content).decode()
    return {"picture": written, "alt": alt, **more}


OLD, WIDE, TALL = png(4, 4, (200, 0, 0)), png(40, 10), png(10, 40, (0, 120, 60))


def drawing(descr="{{ logo }}", title="", cx=360000, cy=180000, more="", effect="", number=7):
    alt = (descr and f'descr="{descr}"') + (title and f' title="{title}"')
    return (
        f'<w:r><w:drawing><wp:inline><wp:extent cx="{cx}" cy="{cy}"/><wp:docPr id="{number}" name="Bild" {alt}/>'
        f'<a:graphic><a:graphicData uri="{PIC}"><pic:pic xmlns:pic="{PIC}">'
        f'<pic:nvPicPr><pic:cNvPr id="0" name="bild.png" {alt}/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip xmlns:r="{RELS.rstrip("/")}" r:embed="rId9">{effect}</a:blip>{more}'
        '<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>'
        f'<a:ext cx="{cx}" cy="{cy}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def alone(*names, **more):
    """A paragraph with nothing but the picture."""
    return f"<w:p>{drawing(*names, **more)}</w:p>"


RELATION = f'<Relationship Id="rId9" Type="{RELS}image" Target="media/image1.png"/>'


RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OF_HEADER = {"word/_rels/header1.xml.rels": f'<Relationships xmlns="{RELATIONS}">{RELATION}</Relationships>'.encode()}


def framed(*body, parts=None, relations=RELATION, files=None):
    return docx(*body, parts=parts, relations=relations, files={"word/media/image1.png": OLD, **(files or {})})


def contents(document):
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        assert archive.testzip() is None
        assert len(set(archive.namelist())) == len(archive.namelist())
        return {name: archive.read(name) for name in archive.namelist()}


def shown(document, part="word/document.xml"):
    """What each picture of a part shows: size, alternative text, the bytes its relationship leads to."""
    found = contents(document)
    folder, name = part.rsplit("/", 1)
    relations = etree.fromstring(found[f"{folder}/_rels/{name}.rels"])
    targets = {each.get("Id"): f"{folder}/{each.get('Target')}" for each in relations}
    pictures = []
    for element in etree.fromstring(found[part]).iter("{*}inline", "{*}anchor"):
        blip, extent, named = (next(element.iter(f"{{*}}{tag}")) for tag in ("blip", "extent", "docPr"))
        rid = blip.get(f"{{{RELS.rstrip('/')}}}embed")
        size = int(extent.get("cx")), int(extent.get("cy"))
        assert {(int(e.get("cx")), int(e.get("cy"))) for e in element.iter(f"{{{A}}}ext") if e.get("cx")} == {size}
        pictures.append((size, named.get("descr"), found[targets[rid]]))
    return pictures


def made(source, data):
    return compile(source).render(data)


def test_a_frame_shows_the_picture_of_the_value_with_its_proportions():
    source = framed(alone())
    assert shown(made(source, {"logo": value(WIDE)})) == [((360000, 90000), "Region Påhitts logotyp", WIDE)]
    assert shown(made(source, {"logo": value(TALL)})) == [((45000, 180000), "Region Påhitts logotyp", TALL)]
    photo = base64.b64decode(JPEG)
    assert shown(made(source, {"logo": value(JPEG)})) == [((270000, 180000), "Region Påhitts logotyp", photo)]


def test_types_and_names_of_the_parts():
    found = contents(made(framed(alone()), {"logo": value(WIDE)}))
    types = etree.fromstring(found["[Content_Types].xml"])
    assert {e.get("Extension"): e.get("ContentType") for e in types if e.get("Extension") in ("png", "jpeg")} == {
        "png": "image/png",
        "jpeg": "image/jpeg",
    }
    media = [name for name in found if name.startswith("word/media/")]
    assert len(media) == 1, "the picture that only stood in the frame is gone"
    assert media[0].startswith("word/media/sip-")
    relations = etree.fromstring(found["word/_rels/document.xml.rels"])
    assert [(each.get("Type"), f"word/{each.get('Target')}") for each in relations] == [(f"{RELS}image", media[0])]


def test_the_alternative_text_may_hold_anything_and_stands_on_one_line():
    document = made(framed(alone()), {"logo": value(WIDE, 'A & "B"\n<c> {{ d }}\x00')})
    assert shown(document)[0][1] == 'A & "B" <c> {{ d }}'
    root = etree.fromstring(unzipped(document).encode())
    assert "{{" not in "".join(next(root.iter("{*}cNvPr")).attrib.values())


def test_the_field_may_stand_in_the_title():
    document = made(framed(alone("", title="{{ logo }}")), {"logo": value(WIDE)})
    assert shown(document)[0][1] == "Region Påhitts logotyp"
    assert 'title="' not in unzipped(document)


def test_what_belonged_to_the_old_picture_is_gone():
    svg = f'<a:extLst><a:ext uri="x"><asvg:svgBlip xmlns:asvg="{SVG}"/></a:ext></a:extLst>'
    document = made(
        framed(alone(effect=svg, more='<a:srcRect l="9"/>')),
        {"logo": value(WIDE)},
    )
    assert "svg" not in unzipped(document)
    assert "srcRect" not in unzipped(document)


@pytest.mark.parametrize("nothing", [None, ""])
def test_without_a_value_the_frame_goes_with_its_paragraph_or_its_run(nothing):
    def left(*body, **more):
        document = made(framed(*body, **more), {"logo": nothing})
        assert not [name for name in contents(document) if name.startswith("word/media/")]
        return document

    def body_of(document):
        root = etree.fromstring(unzipped(document).encode())
        return [[etree.QName(child).localname for child in each] for each in root.iter("{*}p")]

    assert body_of(left(para("före"), alone(), para("efter"))) == [["r"], ["r"]]
    assert body_of(left(f"<w:p>{run('kvar')}{drawing()}</w:p>")) == [["r"]]
    beside = drawing().replace("</w:drawing></w:r>", "</w:drawing><w:t>kvar</w:t></w:r>")
    assert "w:drawing" not in unzipped(left(f"<w:p>{beside}</w:p>"))
    ends = f"<w:p><w:pPr><w:sectPr/></w:pPr>{drawing()}</w:p>"
    assert body_of(left(ends)) == [["pPr"]]
    header = left(para("x"), parts={"header1": alone()}, relations="", files=OF_HEADER)
    assert etree.fromstring(unzipped(header, "word/header1.xml").encode()).xpath("count(*)") == 1


def test_a_picture_in_a_header_is_related_to_the_header():
    source = framed(
        para("{{ a }}"),
        parts={"header1": alone(), "footer1": para("{{ a }}")},
        files=OF_HEADER,
        relations="",
    )  # fmt: skip
    template = compile(source)
    document = template.render({"a": "x", "logo": value(WIDE)})
    assert shown(document, "word/header1.xml") == [((360000, 90000), "Region Påhitts logotyp", WIDE)]
    found, before = contents(document), contents(source)
    changed = {name for name in found if found[name] != before.get(name)}
    media = next(name for name in found if name.startswith("word/media/"))
    assert changed == {
        *("[Content_Types].xml", "word/document.xml", "word/footer1.xml", "word/header1.xml"),
        *("word/_rels/header1.xml.rels", media),
    }
    assert before.keys() - found.keys() == {"word/media/image1.png"}
    Document(io.BytesIO(document))


def test_one_picture_is_one_part_however_often_it_is_shown():
    body = para("{%p for u in units %}"), alone("{{ u.logo }}"), para("{%p endfor %}")
    units = [{"logo": value(WIDE, "Ett")}, {"logo": value(TALL, "Två")}, {"logo": None}, {"logo": value(WIDE, "Tre")}]
    document = made(framed(*body, para("{{ again }}")), {"units": units, "again": value(WIDE, "Fyra", width_mm=20)})
    assert [(alt, picture) for _size, alt, picture in shown(document)] == [
        *(("Ett", WIDE), ("Två", TALL), ("Tre", WIDE), ("Fyra", WIDE)),
    ]
    assert len([name for name in contents(document) if name.startswith("word/media/")]) == 2
    numbers = [e.get("id") for e in etree.fromstring(unzipped(document).encode()).iter("{*}docPr")]
    assert len(set(numbers)) == 4


def test_a_picture_in_running_text():
    document = made(docx(para("före {{ logo }} efter")), {"logo": value(WIDE, 'L "1"', width_mm=40)})
    assert shown(document) == [((1440000, 360000), 'L "1"', WIDE)]
    texts = [t.text for t in etree.fromstring(unzipped(document).encode()).iter("{*}t")]
    assert texts == ["före ", " efter"]
    assert shown(made(docx(para("{{ logo }}")), {"logo": value(WIDE)}))[0][0] == (381000, 95250)


def test_a_template_without_relationships_gets_them():
    footnotes = f'<w:footnote w:id="1">{para("{{ logo }}")}</w:footnote>'
    document = made(docx(para("x"), parts={"footnotes": footnotes}), {"logo": value(WIDE)})
    assert shown(document, "word/footnotes.xml")[0][2] == WIDE


def test_documents_with_and_without_pictures_from_one_template():
    template = compile(framed(para("{{ a }}"), alone()))
    data = [{"a": "x", "logo": logo} for logo in (None, value(WIDE), value(TALL), None)]
    first = [template.render(each) for each in data]
    assert first == [template.render(each) for each in data]
    assert first[0] == first[3]


def test_pictures_in_loops_get_numbers_of_their_own():
    body = para("{%p for x in xs %}"), alone("Ett hus"), para("{%p endfor %}")
    document = made(framed(*body), {"xs": ["a", "b", "c"]})
    numbers = [e.get("id") for e in etree.fromstring(unzipped(document).encode()).iter("{*}docPr")]
    assert len(set(numbers)) == 3
    assert [picture for *_rest, picture in shown(document)] == [OLD] * 3


BROKEN = {
    "är varken PNG eller JPEG": value(b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
    "varken PNG eller JPEG": value(b"GIF89a" + b"\0" * 40),
    "avklippt": value(WIDE[:-6]),
    "avklippt eller": value(base64.b64decode(JPEG)[:-40]),
    "skadad": value(WIDE + b"<script>"),
    "text i base64": value("inte base64!"),
    "i base64": {"picture": 7, "alt": "x"},
    "större än 5 MB": value("A" * 7_000_000),
    "bildpunkter": value(png(4, 4, declared=(20_000, 4))),
    "många bildpunkter": value(png(4, 4, declared=(9_000, 9_000))),
    "orimligt många": value(png(4, 4, declared=(0, 4))),
    "saknar alternativtext": value(WIDE, "  \u200b"),
    "alternativtext (alt)": {"picture": value(WIDE)["picture"]},
    "mellan 5 och 250": value(WIDE, width_mm=1),
    "heltal mellan": value(WIDE, width_mm=True),
    "inte hör till": value(WIDE, heigth_mm=9),
}


@pytest.mark.parametrize("sentence", BROKEN)
@pytest.mark.parametrize("source", [framed(alone()), docx(para("{{ logo }}"))])
def test_what_is_no_sound_picture_stops_the_document(sentence, source):
    with pytest.raises(TemplateFault) as caught:
        compile(source, "brev.docx").render({"logo": BROKEN[sentence]})
    assert sentence in caught.value.what
    assert caught.value.what.startswith("Mallen brev.docx kunde inte fyllas i. En bild")


def test_a_text_in_a_frame_and_a_missing_name_stop_the_document():
    template = compile(framed(alone()), "brev.docx")
    with pytest.raises(TemplateFault, match="Fältet är ingen bild"):
        template.render({"logo": "hemligt"})
    with pytest.raises(TemplateFault, match="Fältet ”logo” saknas"):
        template.render({})


def test_the_check_follows_the_names_of_pictures():
    known = {"sender": {"logo": PICTURE_SHAPE, "name": None}}

    def found(alt, *body):
        findings = check(framed(*body, alone(alt)), "k.docx", known)
        return [(f.severity, f.place, f.message, f.remedy) for f in findings]

    assert found("{{ sender.logo }}", para("{{ sender.logo.alt }} {{ sender.logo }}")) == []
    assert found("{{ sender.lgo }}", para("x")) == [
        ("error", "k.docx, stycke 2", "Fältet ”sender.lgo” finns inte.", "Menade du ”logo”?")
    ]
    assert [each[2] for each in found("{{ sender.name }}")] == ["Fältet ”sender.name” är ingen bild."]
    assert [each[2] for each in found("{{ sender }}")] == ["Fältet ”sender” är ingen bild."]
    assert [each[2] for each in found("{{ logo() }}")] == ["Anrop med parenteser är inte tillåtna."]
    beside = found("Logotyp {{ sender.logo }}")
    assert {each[0] for each in beside} == {"warning"}
    assert "Låt alternativtexten till en vanlig bild vara ett enda fält, så byts bilden ut." in beside[0][3]


def test_the_place_shows_the_text_as_it_was_written():
    source = framed(f"<w:p>{run('{{ a }} till')}{drawing('{{ b }}')}</w:p>")
    findings = check(source, "k.docx", {"a": None})
    assert [f.place for f in findings] == ["k.docx, stycke 1 (”{{ a }} till”)"]


@pytest.mark.parametrize("size", ["", "0", "-4", "x", "1" * 4000, "²"])
def test_a_drawing_without_a_size_is_no_frame(size):
    source = framed(alone(cx=size))
    assert [f.severity for f in check(source, "k.docx")] == ["warning"]
    assert "{{ logo }}" in unzipped(compile(source).render({}))


def test_names_of_pictures_are_among_those_used():
    assert compile(framed(alone("{{ sender.logo }}"))).names == {"sender.logo"}


def python_docx_template(tmp_path):
    template = Document()
    (tmp_path / "gammal.png").write_bytes(OLD)
    for place in (template.sections[0].header.paragraphs[0], template.add_paragraph(), template.add_paragraph()):
        place.add_run().add_picture(str(tmp_path / "gammal.png"), width=Mm(50), height=Mm(20))
    for number, part in enumerate((template.sections[0].header, template)):
        for named in part._element.iter("{*}docPr"):
            named.set("descr", ("{{ sender.logo }}", "{{ unit.logo }}")[number])
    template.add_paragraph("Skrivet {{ sender.logo }} i text")
    template.save(tmp_path / "mall.docx")
    return tmp_path / "mall.docx"


def test_a_document_with_pictures_is_valid_and_opens(tmp_path, needs):
    needs("soffice", "pdfimages")
    source = python_docx_template(tmp_path)
    data = {"sender": {"logo": value(WIDE, width_mm=30)}, "unit": {"logo": value(TALL)}}
    document = compile(source).render(data)
    (tmp_path / "ut.docx").write_bytes(document)
    assert [shape.width for shape in Document(io.BytesIO(document)).inline_shapes][2] == Mm(30)
    before, after = (
        {error.description for error in OpenXmlValidator().validate(str(tmp_path / name)).errors}
        for name in ("mall.docx", "ut.docx")
    )
    assert after <= before
    profile = f"-env:UserInstallation=file://{tmp_path}/profil"
    convert = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, tmp_path / "ut.docx"]
    subprocess.run(convert, check=True, capture_output=True, timeout=120)
    images = subprocess.run(["pdfimages", "-list", tmp_path / "ut.pdf"], check=True, capture_output=True, text=True)
    sizes = [(line.split()[3], line.split()[4]) for line in images.stdout.splitlines()[2:]]
    assert sorted(sizes) == [("10", "40"), ("10", "40"), ("40", "10"), ("40", "10")]
