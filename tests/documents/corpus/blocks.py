"""Whole paragraphs that come, go and are repeated."""

from engine_docs import para, row, run, table

from .sample import filled

GOALS = {
    "goals": [
        {"text": "Sova", "actions": [{"what": "Samtal"}, {"what": "Promenad"}]},
        {"text": "Arbeta", "actions": []},
    ],
    "yes": True,
    "no": False,
    "nothing": [],
}
WARNING = "warning"

SAMPLES = [
    filled(
        "a choice of paragraphs",
        *(para("{%p if no %}"), para("bort"), para("{%p else %}"), para("kvar"), para("{%p endif %}"), para("slut")),
        text="kvar\nslut",
        data=GOALS,
    ),
    filled(
        "paragraphs in paragraphs",
        *(
            para("{%p for g in goals %}"),
            para("{{ g.text }}"),
            para("{%p for a in g.actions %}"),
            para("- {{ a.what }}"),
        ),
        *(para("{%p endfor %}"), para("{%p endfor %}"), para("slut")),
        text="Sova\n- Samtal\n- Promenad\nArbeta\nslut",
        data=GOALS,
    ),
    filled(
        "a loop over nothing, with else",
        *(
            para("{%p for g in nothing %}"),
            para("{{ g }}"),
            para("{%p else %}"),
            para("Inga mål."),
            para("{%p endfor %}"),
        ),
        text="Inga mål.",
        data=GOALS,
    ),
    filled(
        "several tags in one paragraph",
        *(para("{%p for g in goals %}{%p if g.actions %}"), para("{{ g.text }}"), para("{%p endif %}{%p endfor %}")),
        para("slut"),
        text="Sova\nslut",
        data=GOALS,
        differs="Only one paragraph tag to a paragraph is understood.",
    ),
    filled(
        "plain tags alone in their paragraphs",
        *(para("{% for g in goals %}"), para("{{ g.text }}"), para("{% endfor %}"), para("slut")),
        text="Sova\nArbeta\nslut",
        data=GOALS,
        findings=(
            (WARNING, "mall.docx, stycke 1 (”{% for g in goals %}”)", "{% for g in goals %} går över flera stycken."),
        ),
        differs="The paragraphs of the tags stay, as empty lines.",
    ),
    filled(
        "a table that is left out",
        *(para("{%p if no %}"), table(row("a", "b")), para("{%p endif %}"), para("slut")),
        text="slut",
        data=GOALS,
    ),
    filled(
        "a table for each",
        *(para("{%p for g in goals %}"), table(row("{{ g.text }}", "x")), para("-"), para("{%p endfor %}")),
        text="Sova\tx\n-\nArbeta\tx\n-",
        data=GOALS,
    ),
    filled(
        "bookmarks in a loop",
        para("{%p for g in goals %}"),
        para('<w:bookmarkStart w:id="4" w:name="b"/>', "{{ g.text }}", '<w:bookmarkEnd w:id="4"/>'),
        para("{%p endfor %}"),
        text="Sova\nArbeta",
        data=GOALS,
    ),
    filled("a paragraph comment", para("{#p bort med #}"), para("kvar"), text="kvar", data=GOALS),
    filled(
        "the whole document goes",
        *(para("{%p if no %}"), para("bort"), para("{%p endif %}")),
        text="",
        data=GOALS,
    ),
    filled(
        "a paragraph's own format stays with its text",
        para("{%p if yes %}"),
        f'<w:p><w:pPr><w:jc w:val="center"/></w:pPr>{run("{{ goals[0].text }}", "<w:b/>")}</w:p>',
        para("{%p endif %}"),
        text="Sova",
        data=GOALS,
        parts_of_result={"word/document.xml": '<w:jc w:val="center"/></w:pPr><w:r><w:rPr><w:b/>'},
    ),
]
