"""Templates broken at random: the check always answers, and the copy is made or refused with a sentence."""

import io
import os
import random
import zipfile

import pytest
from engine_docs import zipped
from lxml import etree

from sipctl.documents.template import annotate, inspect
from sipctl.errors import SipctlError
from sipctl.paths import shipped

ROUNDS = 2_000 if os.environ.get("SIPCTL_LONG") == "1" else 40
PER_TEST = 20
ODD = ("", "-1", "x", "99999999999", "å", "1.5", "true")


def contents(chance: random.Random) -> dict[str, bytes]:
    path = chance.choice(sorted(shipped().glob("*/*.docx")))
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def broken(chance: random.Random) -> bytes:
    """A shipped template with some elements or attributes gone, doubled, renamed or nonsense."""
    parts = contents(chance)
    for _round in range(chance.randint(1, 4)):
        name = chance.choice([each for each in parts if each.endswith((".xml", ".rels"))])
        root = etree.fromstring(parts[name])
        for _change in range(chance.randint(1, 6)):
            change(root, chance)
        parts[name] = etree.tostring(root)
    if chance.random() < 0.1:
        parts.pop(chance.choice(list(parts)))
    return zipped(parts)


def change(root: etree._Element, chance: random.Random) -> None:
    elements = list(root.iter())
    element, other = chance.choice(elements), chance.choice(elements)
    kind = chance.choice(("drop", "value", "attribute", "copy", "name"))
    if kind == "drop" and element.getparent() is not None:
        element.getparent().remove(element)
    elif kind == "value" and element.attrib:
        element.set(chance.choice(list(element.attrib)), chance.choice(ODD))
    elif kind == "attribute" and element.attrib:
        del element.attrib[chance.choice(list(element.attrib))]
    elif kind == "copy":
        element.append(etree.fromstring(etree.tostring(other, with_tail=False)))
    elif kind == "name":
        element.tag = other.tag


@pytest.mark.parametrize("seed", range(ROUNDS // PER_TEST))
def test_a_broken_template_is_answered(seed):
    chance = random.Random(seed)
    for _round in range(PER_TEST):
        source = broken(chance)
        findings = inspect(source, "mall.docx").findings
        assert all(finding.message and finding.place.startswith("mall.docx") for finding in findings)
        try:
            copy = annotate(source, findings)
        except SipctlError:
            continue
        with zipfile.ZipFile(io.BytesIO(copy)) as archive:
            assert archive.testzip() is None
            etree.fromstring(archive.read("word/comments.xml"))
