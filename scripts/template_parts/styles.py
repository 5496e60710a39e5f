"""The styles and lists of the templates, made from a look."""

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from template_parts import markup as m
from template_parts.envelope import COLUMN, NEAR, SENDER_WIDTH, WINDOW
from template_parts.look import Look


def dress(document: Document, look: Look, size: float, label: float, *, letter: bool) -> None:
    """Replace python-docx's styles and numbering by ours.

    ``size`` is the body's in points, ``label`` the width of the labels before facts in centimetres;
    a ``letter`` is set closer, with its name beside the recipient.
    """
    kept = document.styles.element
    for child in list(kept):
        kept.remove(child)
    for child in list(
        parse_xml(f"<w:styles {nsdecls('w')}>{_defaults(look, size)}{_styles(look, size, label, letter)}</w:styles>")
    ):
        kept.append(child)
    lists = document.part.numbering_part.element
    for child in list(lists):
        lists.remove(child)
    for child in list(parse_xml(f"<w:numbering {nsdecls('w')}>{_numbering(look)}</w:numbering>")):
        lists.append(child)


def _defaults(look: Look, size: float) -> str:
    return f"""<w:docDefaults>
      <w:rPrDefault><w:rPr>{m.font(look.body)}<w:color w:val="{look.ink}"/>{m.size(size)}
        <w:lang w:val="sv-SE" w:eastAsia="sv-SE" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>
      <w:pPrDefault><w:pPr><w:spacing w:after="100" w:line="264" w:lineRule="auto"/></w:pPr></w:pPrDefault>
    </w:docDefaults>"""


def _styles(look: Look, size: float, label: float, letter: bool) -> str:
    fact_tab = round(label * 567)
    return "".join(
        (
            '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
            "<w:qFormat/></w:style>",
            '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
            '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>',
            _table_styles(look),
            _letter_title(look) if letter else _title(look),
            _heading(2, f"{m.size(size + 2)}{m.color(look.accent)}<w:b/>", before=150 if letter else 220, after=40),
            _heading(3, f"{m.size(size + 1)}{m.color(look.ink)}<w:b/>", before=200, after=50),
            _heading(4, f"{m.size(size)}{m.color(look.accent)}<w:b/>", before=120, after=40),
            _paragraph("Lead", "Inledning", m.spacing(after=120), m.size(size + 1)),
            _band(look),
            _paragraph("Small", "Finstilt", m.spacing(after=40, line=240), f"{m.size(9)}{m.color(look.quiet)}"),
            _paragraph(
                "Sender",
                "Avsändare",
                f'{m.spacing(line=240)}<w:ind w:right="{m.twips(SENDER_WIDTH - COLUMN)}"/>',
                f"{m.size(9.5)}{m.color(look.quiet)}",
            ),
            _paragraph("Meta", "Uppgift vid rubriken", m.spacing(line=240), f"{m.size(9.5)}{m.color(look.quiet)}"),
            _paragraph(
                "Recipient",
                "Mottagare",
                f'{m.spacing(line=240)}<w:ind w:left="{m.twips(WINDOW.left - NEAR.left)}"/>',
                m.size(10.5),
            ),
            _paragraph(
                "Fact",
                "Uppgift",
                f"{m.hairlines(look.hairline)}{m.tabs(fact_tab)}{m.spacing(line=252)}"
                f'<w:ind w:left="{fact_tab}" w:hanging="{fact_tab}"/>',
            ),
            _paragraph(
                "Boxed",
                "Ruta",
                f"{m.fill_and_bar(look.tint, look.accent)}{m.spacing(before=120, after=120, line=252)}"
                '<w:ind w:left="170"/>',
            ),
            _paragraph(
                "Ownwords",
                "Egna ord",
                f"{m.fill_and_bar(look.sand, look.warm)}{m.spacing(before=60, after=120, line=276)}"
                '<w:ind w:left="170"/>',
                f"{m.font('Cambria')}<w:i/>{m.size(size + 1.5)}",
            ),
            '<w:style w:type="paragraph" w:customStyle="1" w:styleId="Goalwords"><w:name w:val="Egna ord om målet"/>'
            '<w:basedOn w:val="Ownwords"/><w:qFormat/><w:pPr><w:keepNext/></w:pPr></w:style>',
            '<w:style w:type="paragraph" w:customStyle="1" w:styleId="Listwords"><w:name w:val="Egna ord i lista"/>'
            '<w:basedOn w:val="Ownwords"/><w:qFormat/><w:pPr><w:ind w:left="567"/></w:pPr></w:style>',
            _paragraph(
                "Draft",
                "Utkast",
                f'<w:pBdr>{m.edges(look.warm)}</w:pBdr><w:shd w:val="clear" w:color="auto" w:fill="{look.warm}"/>'
                f'{m.spacing(before=60, after=200)}<w:ind w:left="140" w:right="140"/><w:jc w:val="center"/>',
                f'<w:b/><w:spacing w:val="20"/>{m.color("FFFFFF")}',
            ),
            _paragraph("ListBullet", "List Bullet", m.numbered(2) + m.spacing(after=40), own="Normal"),
            _paragraph("ListNumber", "List Number", m.numbered(1) + m.spacing(after=40), own="Normal"),
            _paragraph("Slip", "Svarsrad", f"<w:keepNext/>{m.answer_tab()}{m.spacing(before=110, after=20, line=240)}"),
            _paragraph(
                "Answerline",
                "Skrivrad",
                f"{m.answer_tab()}{m.spacing(before=120, after=60, line=280)}",
                m.color(look.quiet),
            ),
            _paragraph(
                "Slipheading",
                "Svarshuvud",
                f"<w:keepNext/>{m.dashes(look.quiet)}{m.tabs(9299, 'right')}"
                f"{m.spacing(before=200, after=20, line=252)}",
                f"<w:b/>{m.color(look.accent)}{m.size(size + 1)}",
            ),
            _paragraph("Slipnote", "Uppgifter på svaret", f"<w:keepNext/>{m.spacing(after=20, line=240)}"),
            _paragraph(
                "Choice", "Val", m.spacing(before=80, after=60, line=252) + '<w:ind w:left="397" w:hanging="397"/>'
            ),
            _paragraph(
                "Lettered",
                "Lista med bokstav",
                m.tabs(397) + m.spacing(after=10, line=252) + '<w:ind w:left="397" w:hanging="397"/>',
            ),
            _paragraph("Afterfacts", "Efter uppgifter", m.spacing(before=140, after=100)),
            _paragraph(
                "Subitem",
                "Fråga på dagordningen",
                '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="2"/></w:numPr>' + m.spacing(after=30),
            ),
            _paragraph("Cell", "Tabelltext", m.spacing(before=30, after=30, line=240), m.size(size - 1)),
            _paragraph(
                "Cellhead",
                "Tabellhuvud",
                f"<w:keepNext/>{m.spacing(before=40, after=40, line=240)}",
                f"<w:b/>{m.color(look.accent)}{m.size(size - 1)}",
            ),
            _paragraph(
                "Header", "header", m.tabs(9299, "right") + m.spacing(line=240), f"{m.size(9)}{m.color(look.quiet)}"
            ),
            _paragraph(
                "Footer", "footer", m.tabs(9299, "right") + m.spacing(line=240), f"{m.size(9)}{m.color(look.quiet)}"
            ),
            '<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>',
            '<w:style w:type="character" w:customStyle="1" w:styleId="Label"><w:name w:val="Ledtext"/>'
            f"<w:rPr><w:b/>{m.color(look.accent)}</w:rPr></w:style>",
            '<w:style w:type="character" w:customStyle="1" w:styleId="Quiet"><w:name w:val="Dämpad"/>'
            f'<w:rPr><w:b w:val="0"/>{m.color(look.quiet)}{m.size(9)}</w:rPr></w:style>',
            '<w:style w:type="character" w:customStyle="1" w:styleId="Box"><w:name w:val="Kryssruta"/>'
            f"<w:rPr>{m.font('Segoe UI Symbol')}</w:rPr></w:style>",
        )
    )


def _band(look: Look) -> str:
    name, tabs = "Band i sidhuvudet", m.tabs(9159, "right")
    if look.title == "band":
        filled = f'<w:pBdr>{m.edges(look.accent)}</w:pBdr><w:shd w:val="clear" w:color="auto" w:fill="{look.accent}"/>'
        shape = f'{filled}{tabs}{m.spacing(line=240)}<w:ind w:left="140" w:right="140"/>'
        return _paragraph("Band", name, shape, f"<w:b/>{m.color('FFFFFF')}{m.size(12)}")
    rule = f'<w:pBdr><w:bottom w:val="single" w:sz="24" w:space="4" w:color="{look.accent}"/></w:pBdr>'
    return _paragraph("Band", name, f"{rule}{tabs}{m.spacing(line=240)}", f"<w:b/>{m.color(look.accent)}{m.size(11)}")


def _letter_title(look: Look) -> str:
    spacing = f'{m.spacing(before=120, after=80, line=240)}<w:ind w:right="85"/>'
    return _title_style(spacing, f"{m.font(look.display)}<w:b/>{m.color(look.accent)}{m.size(15.5)}")


def _title(look: Look) -> str:
    size, after = 20.0, 140
    if look.title == "band":
        fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{look.accent}"/>'
        spacing = f'{m.spacing(after=200, line=240)}<w:ind w:left="140" w:right="140"/>'
        look_of = f"<w:pBdr>{m.edges(look.accent)}</w:pBdr>{fill}{spacing}"
        return _title_style(look_of, f"{m.font(look.display)}<w:b/>{m.color('FFFFFF')}{m.size(19)}")
    if look.title == "bar":
        bar = f'<w:pBdr><w:left w:val="single" w:sz="48" w:space="8" w:color="{look.accent}"/></w:pBdr>'
        look_of = f'{bar}{m.spacing(after=after, line=240)}<w:ind w:left="220"/>'
        return _title_style(look_of, f"{m.font(look.display)}<w:b/>{m.color(look.accent)}{m.size(size - 1)}")
    return _title_style(
        m.spacing(after=after, line=240), f"{m.font(look.display)}<w:b/>{m.color(look.accent)}{m.size(size)}"
    )


def _title_style(paragraph: str, run: str) -> str:
    return (
        '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/>'
        f'<w:next w:val="Normal"/><w:qFormat/><w:pPr><w:keepNext/><w:keepLines/>{paragraph}<w:outlineLvl w:val="0"/>'
        f"</w:pPr><w:rPr>{m.in_order(run)}</w:rPr></w:style>"
    )


def _heading(level: int, run: str, *, before: int, after: int) -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="Heading{level}"><w:name w:val="heading {level}"/>'
        '<w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/>'
        f"<w:pPr><w:keepNext/><w:keepLines/>{m.spacing(before=before, after=after, line=252)}"
        f'<w:outlineLvl w:val="{level - 1}"/></w:pPr><w:rPr>{m.in_order(run)}</w:rPr></w:style>'
    )


def _paragraph(style_id: str, name: str, paragraph: str, run: str = "", own: str = "") -> str:
    known = own or style_id in ("Header", "Footer")
    return (
        f'<w:style w:type="paragraph"{"" if known else " w:customStyle=" + chr(34) + "1" + chr(34)} '
        f'w:styleId="{style_id}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/><w:qFormat/>'
        f"<w:pPr>{paragraph}</w:pPr>{f'<w:rPr>{m.in_order(run)}</w:rPr>' if run else ''}</w:style>"
    )


def _table_styles(look: Look) -> str:
    lines = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{look.hairline}"/>'
        for side in ("top", "bottom", "insideH")
    )
    return (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:top w:w="0" w:type="dxa"/><w:left w:w="85" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
        '<w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/></w:style>'
        '<w:style w:type="table" w:customStyle="1" w:styleId="SipTable"><w:name w:val="SIP-tabell"/>'
        f'<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>{lines}</w:tblBorders></w:tblPr>'
        f'<w:tblStylePr w:type="firstRow"><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{look.tint}"/></w:tcPr>'
        "</w:tblStylePr></w:style>"
    )


def _numbering(look: Look) -> str:
    def level(index: int, kind: str, text: str, left: int) -> str:
        return (
            f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/>'
            f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{left}" w:hanging="340"/></w:pPr>'
            f"<w:rPr>{m.color(look.accent)}</w:rPr></w:lvl>"
        )

    lists = ((1, level(0, "decimal", "%1.", 397)), (2, level(0, "bullet", "•", 397) + level(1, "bullet", "–", 737)))
    return "".join(
        f'<w:abstractNum w:abstractNumId="{n}"><w:multiLevelType w:val="hybridMultilevel"/>{levels}</w:abstractNum>'
        for n, levels in lists
    ) + "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n, _ in lists)
