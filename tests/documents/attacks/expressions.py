"""Tags that ask for more time or memory than there is."""

from engine_docs import docx, para, row, table

from .making import Attack, core, stored, tag

ONES = "[" + ",".join("1" * 90) + "]"
GROW = "{% set a = 'xxxxxxxxxxxxxxxxxxxxxxxxx' %}" + "{% set a = a ~ a %}" * 11


def rounds(body: str) -> str:
    loops = "".join(f"{{% for {name} in {ONES} %}}" for name in "ijk")
    return GROW + loops + body + "{% endfor %}" * 3


_DEEP, _BIG, _LONG = "har för många led", "blir orimligt", "saknar sitt slut"
_UNCLEAR = "Det går inte att förstå"
_CALL, _FILTER = "Anrop med parenteser", "finns inte"
EXPRESSIONS = {
    "a number that fills the memory": tag("{{ '%1000000000d' % 1 }}", "Räkning"),
    "a text that fills the memory": tag("{{ 'a' * 10 ** 9 }}", "Räkning"),
    "a list that fills the memory": tag("{{ [0] * 10 ** 9 }}", "Räkning"),
    "a power": tag("{{ 9 ** 9 ** 9 ** 9 }}", "Räkning"),
    "a shift by adding": tag("{{ 1 + 1 }}", "Räkning"),
    "center": tag("{{ 'a'|center(1000000000) }}", _FILTER),
    "indent": tag("{{ 'a'|indent(1000000000) }}", _FILTER),
    "batch": tag("{{ x|batch(1000000000, 'y')|list }}", _FILTER, x=["a"]),
    "replace": tag("{{ x|replace('a', 'aaaaaaaaaa') }}", _FILTER, x="a"),
    "truncate, wordwrap": tag("{{ x|wordwrap(1) }}{{ x|truncate(1000000000) }}", "kan inte användas", x="a"),
    "range": tag("{% for i in range(1000000000) %}{% endfor %}", _CALL),
    "a slice": tag("{{ x[::1000000000] }}", "Inom [ ]", x="x"),
    "a huge number": tag("{{ 99999999999999999999 }}", "för stort"),
    "10,000 parentheses": tag("{{ " + "(" * 10_000 + "x" + ")" * 10_000 + " }}", _LONG),
    "900 parentheses": tag("{{ " + "(" * 900 + "x" + ")" * 900 + " }}", _UNCLEAR),
    "150 parentheses": tag("{{ " + "(" * 150 + "x" + ")" * 150 + " }}", _UNCLEAR),
    "900 parts of a name": tag("{{ x" + ".x" * 900 + " }}", _DEEP),
    "250 parts of a name": tag("{{ x" + ".x" * 250 + " }}", _DEEP),
    "60 parts of a name": tag("{{ x" + ".x" * 60 + " }}", _DEEP),
    "600 filters": tag("{{ x" + "|trim" * 350 + " }}", _DEEP),
    "60 filters": tag("{{ x" + "|trim" * 60 + " }}", _DEEP),
    "400 times not": tag("{{ " + "not " * 400 + "x }}", _DEEP),
    "300 times and": tag("{{ x" + " and x" * 300 + " }}", _DEEP),
    "150 conditions in each other": tag("{{ " + "x if x else " * 150 + "x }}", _DEEP),
    "390 comparisons": tag("{{ x" + " == x" * 390 + " }}", _DEEP),
    "2,400 comparisons of a long text": tag(("{{ x" + " == x" * 60 + " }}") * 40, _BIG, x="x" * 90_000),
    "a list of 900 in the tag": tag("{{ [" + ",".join("1" * 900) + "]|length }}", _DEEP),
    "900 items, deep in lists": tag("{{ " + "[" * 900 + "]" * 900 + " }}", _UNCLEAR),
    "a text doubled 60 times": tag("{% set a = x ~ x %}" + "{% set a = a ~ a %}" * 60, "blir orimligt lång", x="x"),
    "a long text between items": tag(GROW + "{{ " + ONES + "|join(a) }}", "blir orimligt lång"),
    "join in join": tag(GROW + "{% set b = xs|join(a) %}{{ xs|join(b) }}", "blir orimligt lång", xs=["x"] * 99),
}
for _filter in ("upper", "lower", "title", "capitalize", "trim", "klockan", "datum"):
    _bomb = f"{{% if a{f'|{_filter}' * 12} == 'y' %}}{{% endif %}}"
    EXPRESSIONS[f"{_filter} of a long text in loops"] = tag(rounds(_bomb), _BIG)
EXPRESSIONS |= {
    "loops in loops": tag("{% for a in xs %}" * 8 + "{{ a }}" + "{% endfor %}" * 8, _BIG, xs=["x"] * 99),
    "loops in loops over data": tag(
        "{% for a in xs %}{% for b in xs %}{{ a }}{% endfor %}{% endfor %}", _BIG, xs=["x"] * 9999
    ),
    "empty loops in loops": tag("{% for a in xs %}{% for b in xs %}{% endfor %}{% endfor %}", _BIG, xs=["x"] * 9999),
    "a long text written in loops": tag(rounds("{{ a }}"), _BIG),
    "a long text compared in loops": tag(rounds("{% if a ~ 'x' == a ~ 'y' %}{% endif %}"), _BIG),
    "a long text searched in loops": tag(rounds("{% if 'xy' in a %}{% endif %}"), _BIG),
    "a long text joined in loops": tag(rounds("{% set b = a ~ i %}"), _BIG),
    "invisible text in loops": tag(rounds("{{ z }}"), _BIG, z="\u200b" * 50_000),
    "a long list searched in loops": tag(rounds("{% if 'y' in zs %}{% endif %}"), _BIG, zs=["x"] * 50_000),
    "a long list joined in loops": tag(rounds("{% set b = zs|join %}"), _BIG, zs=[""] * 50_000),
    "a long paragraph in loops": Attack(
        lambda: stored(para("{% for i in " + ONES + " %}" + "lorem ipsum " * 40_000 + "{% endfor %}")), _BIG
    ),
    "properties in loops": Attack(
        lambda: stored(
            para("x"),
            files=core(f"{{% for i in {ONES} %}}" + "{% for j in xs %}{{ i }}{% endfor %}{% endfor %}"),
        ),
        _BIG,
        data={"xs": ["x"] * 9999},
    ),
    "loops in 200 headers": Attack(
        lambda: docx(
            para("x"),
            parts={f"header{n}": para("{% for i in xs %}{{ i }}{% endfor %}") for n in range(200)},
        ),
        _BIG,
        data={"xs": ["x"] * 5000},
    ),
    "20,000 empty rows": Attack(
        lambda: docx(
            para("x"),
            table(
                row("{%tr for i in xs %}"),
                row("{%tc for j in none_at_all %}", "{{ j }}", "{%tc endfor %}"),
                row("{%tr endfor %}"),
            ),
            para("y"),
        ),
        text="x\ny",
        data={"xs": ["x"] * 20_000, "none_at_all": []},
    ),
}
