"""Characters that are markup, that no document may hold, or that nobody sees."""

from engine_docs import para, row, table

from .sample import filled

_LOST = "The character is written as it is, and text is lost or the document is not XML."


def value(name: str, written: str, shown: str, differs: str = ""):
    """The value as it stands in a paragraph, in a cell and upper-cased away from it."""
    return filled(
        name,
        para("före {{ v }} efter"),
        table(row("[{{ v }}]", "x")),
        para("slut"),
        text=f"före {shown} efter\n[{shown}]\tx\nslut",
        data={"v": written},
        parts_of_result={"word/document.xml": "a</w:t><w:br/>"} if "\n" in shown else None,
        differs=differs,
    )


def spelt(name: str, tag: str, kind: str, differs: str = "", remark: str = ""):
    """A tag written with odd characters, in a paragraph of its own."""
    place = f"mall.docx, stycke 1 (”{remark}”)" if remark else ""
    return filled(
        name,
        para(tag),
        text="Test",
        data={"name": "Test", "mål": "Test"},
        findings=(("advice", place, kind),) if kind else (),
        differs=differs,
    )


_HARD = "Hårda mellanslag eller osynliga tecken i fältet har rättats."
_CURLY = "Typografiska citattecken i fältet har rättats."

SAMPLES = [
    value("an ampersand", "Vård & omsorg", "Vård & omsorg", _LOST),
    value("an ampersand that looks like an entity", "a &amp; b", "a &amp; b", "The value is read as markup."),
    value("angle brackets", "<b>x</b> 1 < 2", "<b>x</b> 1 < 2", _LOST),
    value("the end of a paragraph", "a</w:t></w:r></w:p>b", "a</w:t></w:r></w:p>b", "The value is read as markup."),
    value("quotes", "\"x\" 'y' ”z”", "\"x\" 'y' ”z”"),
    value("a line break", "a\nb", "a\nb"),
    value("a tab", "a\tb", "a\tb"),
    value("line breaks of Windows", "a\r\nb\r\n", "a\nb\n", "The carriage returns become line breaks of their own."),
    value("a lone carriage return", "a\rb", "a\nb", "The carriage return becomes a space."),
    value("zero", "a\x00b", "ab"),
    value("control characters", "a\x07\x1bb", "ab", _LOST),
    value("half a surrogate pair", "a\ud800b", "ab", _LOST),
    value("noncharacters", "a\ufffe\uffff\ufdd0b", "ab", _LOST),
    value("marks that turn the direction", "a\u202eb\u2066c", "abc", "The marks are kept, and turn the text around."),
    value(
        "characters without width", "a\u200bb\ufeffc", "abc", "The characters are kept, and no search finds the word."
    ),
    value("a soft hyphen", "a\u00adb", "ab", "The character is kept, and no search finds the word."),
    value("a hard space", "10\u00a0km", "10\u00a0km"),
    value("another script", "שלום مرحبا 你好", "שלום مرحبا 你好"),
    value("a smiling face", "🙂 𝒳", "🙂 𝒳"),
    value("decomposed letters", "a\u030a", "a\u030a"),
    value("a tag", "{{ name }}{% if %}{# #}", "{{ name }}{% if %}{# #}"),
    value("the end of a data section", "a]]>b", "a]]>b", "Text before it is lost in a table."),
    value("a long text", "ord " * 5000, "ord " * 5000),
    spelt("a hard space in a tag", "{{\u00a0name\u00a0}}", _HARD, remark="{{ name }}"),
    spelt("a soft hyphen in a tag", "{{ na\u00adme }}", _HARD, "The tag is not understood.", "{{ na\u00adme }}"),
    spelt(
        "a character without width in a tag",
        "{{ na\u200bme }}",
        _HARD,
        "The tag is not understood.",
        "{{ na\u200bme }}",
    ),
    spelt("curly quotes", "{{ ”Test”|trim }}", _CURLY, remark="{{ ”Test”|trim }}"),
    spelt("low quotes", "{{ „Test“|trim }}", _CURLY, "The tag is not understood.", "{{ „Test“|trim }}"),
    spelt("decomposed letters in a tag", "{{ ma\u030al }}", "", "The tag is not understood."),
]
