"""Tags within paragraphs: split over runs, with conditions and loops in the line."""

from engine_docs import para, run

from .sample import filled

B = "<w:b/>"
WORDS = {"words": ["ett", "två", "tre"], "yes": True, "no": False, "name": "Test Testsson", "n": 2, "nothing": []}

SAMPLES = [
    filled("a name", para("Hej {{ name }}, nummer {{ n }}."), text="Hej Test Testsson, nummer 2.", data=WORDS),
    filled(
        "a tag in eight runs of three formats",
        para("Hej ", run("{", B), run("{ "), "na", run("me", "<w:i/>"), " ", run("}"), "}", " och hej"),
        text="Hej Test Testsson och hej",
        data=WORDS,
    ),
    filled(
        "spelling marks and page breaks inside a tag",
        para("{{ ", '<w:proofErr w:type="spellStart"/>', "name", '<w:proofErr w:type="spellEnd"/>', " }}!"),
        text="Test Testsson!",
        data=WORDS,
    ),
    filled(
        "a bookmark that starts inside a tag",
        para("{{ na", '<w:bookmarkStart w:id="1" w:name="b"/>', "me }}", '<w:bookmarkEnd w:id="1"/>'),
        text="Test Testsson",
        data=WORDS,
    ),
    filled(
        "if and else in the line",
        para("a{% if yes %}b{% else %}c{% endif %}d{% if no %}e{% elif n == 2 %}f{% else %}g{% endif %}h"),
        text="abdfh",
        data=WORDS,
    ),
    filled("if over runs", para("a{% if no %}", run("b", B), "{% endif %}c"), text="ac", data=WORDS),
    filled(
        "if that begins and ends within two runs",
        para(run("a {% if yes %}b", B), run(" c{% endif %} d", "<w:i/>")),
        text="a b c d",
        data=WORDS,
    ),
    filled(
        "a loop in the line",
        para("{% for w in words %}{{ loop.index }} {{ w }}{% if not loop.last %}, {% endif %}{% endfor %}."),
        text="1 ett, 2 två, 3 tre.",
        data=WORDS,
    ),
    filled(
        "a loop over runs",
        para("{% for w in words %}", run("{{ w }}", B), " {% endfor %}slut"),
        text="ett två tre slut",
        data=WORDS,
    ),
    filled(
        "a loop over nothing",
        para("x{% for w in nothing %}{{ w }}{% else %}inga{% endfor %}y"),
        text="xingay",
        data=WORDS,
    ),
    filled(
        "run tags",
        para("a ", "{%r if yes %}", run("b", B), "{%r else %}", run("c"), "{%r endif %}", " d"),
        text="a b d",
        data=WORDS,
    ),
    filled(
        "run tags beside text of the same run",
        para("före {%r if no %}", run("mitt", B), "{%r endif %} efter"),
        text="före  efter",
        data=WORDS,
    ),
    filled(
        "a set, and a filter on it",
        para("{% set m = words[1] %}{{ m|upper }} {{ words|join(', ') }} {{ words|length }}"),
        text="TVÅ ett, två, tre 3",
        data=WORDS,
    ),
    filled("a comment", para("a{# bort #}b{# it's #}c"), text="abc", data=WORDS),
    filled("marks that are meant", para("{_{ name }_} {_% if %_} {{ n }}"), text="{{ name }} {% if %} 2", data=WORDS),
    filled("lone brackets", para("en { klammer } 50 % } {{ n }}"), text="en { klammer } 50 % } 2", data=WORDS),
    filled(
        "a tag with a tab and a line break inside",
        para("<w:r><w:t>{{ name</w:t><w:tab/><w:t>|</w:t><w:br/><w:t>upper }}!</w:t></w:r>"),
        text="TEST TESTSSON!",
        data=WORDS,
    ),
    filled(
        "tabs, breaks and hard hyphens beside tags",
        para(
            "<w:r><w:t>a</w:t><w:tab/><w:t>{{ n }}</w:t><w:br/><w:t>b</w:t><w:noBreakHyphen/><w:t>{{ n }}</w:t></w:r>"
        ),
        text="a\t2\nb-2",
        data=WORDS,
    ),
    filled(
        "spaces at the ends of runs",
        para(run("  {{ n }}  ", B), run(" {{ n }} ")),
        text="  2   2 ",
        data=WORDS,
    ),
    filled("an empty value", para("[{{ a }}]"), text="[]", data={"a": ""}),
    filled(
        "nothing known",
        para("[{{ a }}]"),
        text="[Ej angivet]",
        data={"a": None},
        differs="Nothing is written as the English word None.",
    ),
    filled(
        "yes and no",
        para("{{ yes }}, {{ no }}"),
        text="ja, nej",
        data=WORDS,
        differs="Truth is written as the English words True and False.",
    ),
]
