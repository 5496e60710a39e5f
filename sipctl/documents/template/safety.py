"""What a document may not reach for: other files, other machines, running programs."""

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from sipctl.language import _

from .archive import deflate
from .findings import Report, Spot
from .package import CONTENT_TYPES, DOCX_TYPE, DOTX_TYPE, Package, refuse_intricate
from .places import anchor_near, anchors
from .wordxml import Element, UnsafeXmlError, drop, parse, w

_FORBIDDEN_FIELDS = frozenset(
    {"DDE", "DDEAUTO", "INCLUDETEXT", "INCLUDEPICTURE", "INCLUDE", "IMPORT", "LINK", "DATABASE"}
)
# What runs, or opens another program: macros whatever their part is called, ActiveX, OLE objects.
_RUNNING = frozenset({"vbaProject", "wordVbaData", "control", "activeXControlBinary", "oleObject"})
_SAFE_LINK = re.compile(r"(https?|mailto|tel):|#", re.IGNORECASE)
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//|\\\\", re.IGNORECASE)
_FLD_CHAR, _FLD_TYPE, _INSTR, _FLD_SIMPLE = w("fldChar"), w("fldCharType"), w("instrText"), w("fldSimple")
_DEL_INSTR = w("delInstrText")


def make_safe(package: Package, report: Report) -> Package:
    """Note everything forbidden; return the package without the attached template, as a .docx.

    Raises ``TemplateFault`` for what is more than a template can need.
    """
    refuse_intricate(package)
    entries = dict(package.entries)
    for name, entry in package.entries.items():
        if not package.is_xml(name):
            continue
        try:
            root = parse(entry.content)
        except UnsafeXmlError as error:
            report.error(Spot(name, package.name), *_bad_xml(name, str(error)))
            continue
        if name.lower().endswith(".rels"):
            changed = _check_relations(root, Spot(name, package.name), report)
        else:
            _check_fields(root, Spot(name, package.name), report)
            _check_sources(root, Spot(name, package.name), report)
            changed = _strip_attached(root) if name.lower().endswith("settings.xml") else False
            changed |= name == CONTENT_TYPES and as_document(root)
        if changed:
            entries[name] = deflate(name, serialise(root))
    return replace(package, entries=entries)


def serialise(root: Element) -> bytes:
    """A part as Word writes it: UTF-8, standalone."""
    content: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return content


def _bad_xml(name: str, why: str) -> tuple[str, str]:
    remedy = _("Öppna mallen i Word och spara den på nytt.")
    if why == "dtd":
        return _("Delen {part} har en DTD, vilket inte är tillåtet.").format(part=name), remedy
    return _("Delen {part} går inte att läsa.").format(part=name), remedy


def _check_relations(root: Element, spot: Spot, report: Report) -> bool:
    changed = False
    for relation in list(root):
        kind, target = relation.get("Type", "").rpartition("/")[2], relation.get("Target", "")
        external = relation.get("TargetMode") == "External" or bool(_ELSEWHERE.match(target))
        if kind == "attachedTemplate":
            drop(relation)
            changed = True
        elif kind == "hyperlink" and external:
            _check_link(target, spot, report)
        elif external:
            report.error(
                spot,
                _("Mallen hämtar innehåll utifrån ({kind}).").format(kind=kind),
                _("Klistra in innehållet i mallen i stället för att länka till det."),
            )
        elif kind == "aFChunk":
            report.error(spot, _("Mallen bäddar in en annan fil."), _("Klistra in innehållet som vanlig text."))
        elif kind in _RUNNING:
            report.error(
                spot,
                _("Mallen har ett inbäddat program eller objekt ({kind}).").format(kind=kind),
                _("Ta bort det, eller klistra in det som bild."),
            )
    return changed


def _check_link(target: str, spot: Spot, report: Report) -> None:
    if "{{" in target or "%7B%7B" in target.upper():
        report.error(
            spot,
            _("En länks adress innehåller ett fält, och adresser fylls inte i."),
            _("Skriv fältet som vanlig text."),
        )
    elif not _SAFE_LINK.match(target):
        report.add(
            "warning",
            spot,
            _("En länk går till något annat än en webbadress, e-postadress eller ett telefonnummer."),
            _("Ta bort länken om mottagaren inte kan öppna den."),
        )


def _check_sources(root: Element, spot: Spot, report: Report) -> None:
    """A mail merge's connection and question to a database stand in the settings, without any relation."""
    if root.find(w("mailMerge")) is not None:
        report.error(
            spot,
            _("Mallen är kopplad till en datakälla för dokumentkoppling."),
            _("Välj Utskick, Starta koppling av dokument, Normalt Word-dokument, och spara."),
        )


def _strip_attached(root: Element) -> bool:
    attached = list(root.iter(w("attachedTemplate")))
    for element in attached:
        drop(element)
    return bool(attached)


def as_document(root: Element) -> bool:
    """Let a template's content types say that it is a document; tells whether they had to change."""
    changed = False
    for override in root:
        if override.get("ContentType") == DOTX_TYPE:
            override.set("ContentType", DOCX_TYPE)
            changed = True
    return changed


def _check_fields(root: Element, spot: Spot, report: Report) -> None:
    numbers: dict[Element, int] = {}
    for element, code in _field_codes(root):
        word = code.split(None, 1)[0].upper() if code.strip() else ""
        before, nested, _after = word.partition(_NESTED)
        if word in _FORBIDDEN_FIELDS or word == _NESTED:
            numbers = numbers or anchors(root)
            spot = replace(spot, anchor=anchor_near(element, numbers))
        if word in _FORBIDDEN_FIELDS:
            report.error(
                spot,
                _("Mallen har fältkoden {code}, som hämtar innehåll utifrån.").format(code=word),
                _("Ta bort fältet. Alt+F9 i Word visar fältkoderna."),
            )
        elif word == "MERGEFIELD":
            report.add(
                "warning",
                replace(spot, anchor=anchor_near(element, numbers or anchors(root))),
                _("Mallen har ett kopplat fält från Words utskick ({code}), som inte fylls i.").format(
                    code=" ".join(code.split()[:2])
                ),
                _("Ta bort det och skriv ett fält i stället, till exempel {{ person.name }}."),
            )
        elif nested and any(forbidden.startswith(before) for forbidden in _FORBIDDEN_FIELDS):
            report.error(
                spot,
                _("Mallen har ett fält vars kod räknas fram av ett annat fält."),
                _("Ta bort fältet. Alt+F9 i Word visar fältkoderna."),
            )


_NESTED = "\ufffc"  # stands where a field begins inside the code of another


def _field_codes(root: Element) -> Iterator[tuple[Element, str]]:
    # One buffer for each field that is open; None once its code is over and its result has begun.
    open_fields: list[list[str] | None] = []
    for element in root.iter(_FLD_CHAR, _INSTR, _DEL_INSTR, _FLD_SIMPLE):
        code = open_fields[-1] if open_fields else None
        if element.tag == _FLD_SIMPLE:
            yield element, element.get(w("instr"), "")
        elif element.tag != _FLD_CHAR:
            if code is None:
                yield element, element.text or ""
            else:
                code.append(element.text or "")
        elif element.get(_FLD_TYPE) == "begin":
            if code is not None:
                code.append(_NESTED)
            open_fields.append([])
        elif open_fields:
            yield element, "".join(open_fields.pop() or ())
            if element.get(_FLD_TYPE) == "separate":
                open_fields.append(None)
    yield from ((root, "".join(field or ())) for field in open_fields)
