"""Tags that try to run code, or to reach what is behind the data."""

from engine_docs import docx, para

from .making import Attack, tag

_NAME, _CALL, _FILTER, _WORD = "är inte tillåtet", "Anrop med parenteser", "finns inte", "är inte tillåtet efter {%"
CODE = {
    "the usual walk": tag("{{ ''.__class__.__mro__[1].__subclasses__() }}", _CALL),
    "a walk without calls": tag("{{ x.__init__.__globals__ }}", _NAME, x="x"),
    "a walk by items": tag("{{ x['__init__']['__globals__'] }}", _NAME, x="x"),
    "a walk in disguise": tag(r"{{ x['\x5f\x5fclass\x5f\x5f'] }}", _NAME, x="x"),
    "a walk in a condition": tag("{% if x.__class__ is defined %}{% endif %}", _NAME, x="x"),
    "a walk in a loop": tag("{% for a in x.__dict__ %}{% endfor %}", _NAME, x="x"),
    "a walk in a name": tag("{% set a = x.__class__ %}{{ a }}", _NAME, x="x"),
    "a walk in a branch not taken": tag("{{ 'a' if true else x.__class__ }}", _NAME, x="x"),
    "a walk in an argument": tag("{{ x|default(x.__class__) }}", _NAME, x="x"),
    "the loop's own class": tag("{% for a in x %}{{ loop.__class__ }}{% endfor %}", _NAME, x=["a"]),
    "the loop's methods": tag("{% for a in x %}{{ loop.cycle('a', 'b') }}{% endfor %}", _CALL, x=["a"]),
    "attr": tag("{{ x|attr('__class__') }}", _FILTER, x="x"),
    "attr of attr": tag("{{ ''|attr('__class__')|attr('__mro__') }}", _FILTER),
    "map": tag("{{ x|map(attribute='__class__') }}", _FILTER, x=["a"]),
    "selectattr": tag("{{ x|selectattr('__class__') }}", _FILTER, x=["a"]),
    "groupby": tag("{{ x|groupby('__class__') }}", _FILTER, x=["a"]),
    "sort": tag("{{ x|sort(attribute='__class__') }}", _FILTER, x=["a"]),
    "join by a hidden attribute": tag("{{ x|join(attribute='__class__') }}", "saknas i listan", x=["a"]),
    "cycler": tag("{{ cycler.__init__.__globals__.os.popen('id').read() }}", _CALL),
    "lipsum": tag("{{ lipsum.__globals__ }}", _NAME),
    "joiner": tag("{{ joiner(',') }}", _CALL),
    "namespace": tag("{% set a = namespace(b=1) %}", _CALL),
    "dict": tag("{{ dict(a=1) }}", _CALL),
    "range": tag("{{ range(3) }}", _CALL),
    "self": tag("{{ self._TemplateReference__context }}", _NAME),
    "super": tag("{{ super() }}", "inte tillåt"),
    "caller": tag("{{ caller() }}", "inte tillåt"),
    "a name of jinja2's own": tag("{{ cycler }}", "saknas i uppgifterna"),
    "another one": tag("{{ lipsum }}", "saknas i uppgifterna"),
    "a name of a web framework": tag("{{ config }}", "saknas i uppgifterna"),
    "its items": tag("{{ request['application'] }}", "saknas i uppgifterna"),
    "the environment": tag("{{ environment }}", "saknas i uppgifterna"),
    "the engine's own names": tag("{{ _work }}", _NAME),
    "the engine's own filters": tag("{{ x|_rows(1) }}", _FILTER, x=["a"]),
    "setting the engine's names": tag("{% set _work = 1 %}", _NAME),
    "format": tag("{{ '%s'|format(x) }}", _FILTER, x="x"),
    "str.format": tag("{{ '{0.__class__}'.format(x) }}", _CALL, x="x"),
    "format_map": tag("{{ x.format_map }}", "saknas i uppgifterna", x="x"),
    "import": tag("{% import 'os' as os %}", _WORD),
    "from": tag("{% from 'os' import system %}", _WORD),
    "include with a minus": tag("{%- include '/etc/passwd' -%}", _WORD),
    "extends": tag("{% extends '/etc/passwd' %}", _WORD),
    "a macro": tag("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", _WORD),
    "translation": tag("{% trans %}x{% endtrans %}", _WORD),
    "loop controls": tag("{% for a in x %}{% continue %}{% endfor %}", _WORD, x=["a"]),
    "raw": tag("{% raw %}{{ x.__class__ }}{% endraw %}", _WORD, x="x"),
    "two statements in a tag": tag("{{ x }}{% if x %}{% endif %} {% x; import os %}", "inte tillåtet", x="x"),
    "a line statement": Attack(lambda: docx(para("# for a in range(9)")), text="# for a in range(9)"),
    "markup in a tag": Attack(lambda: docx(para("{{ '</w:t></w:r></w:p>' }}")), text="</w:t></w:r></w:p>"),
    "an entity in a tag": Attack(lambda: docx(para("{{ '&lt;' }}")), text="&lt;"),
    "the engine's mark in a tag": Attack(lambda: docx(para("{{ '<?sip 0?>' }}")), text="<?sip 0?>"),
    "the engine's mark in the text": Attack(
        lambda: docx(para("<w:r><?sip 0?><w:t>{{ x }}</w:t></w:r>")), text="x", data={"x": "x"}
    ),
    "jinja2's marks in a value": Attack(
        lambda: docx(para("{{ x }}")), text="{{ 7 }} {% x %}", data={"x": "{{ 7 }}\ufde0 \ufde1{% x %}"}
    ),
    "jinja2's marks in a tag": tag("{{ '\ufde1\ufde2 include \ufde3' }}", "otillåtna tecken"),
    "a mark as an entity": Attack(
        lambda: docx(para("<w:r><w:t>&#xFDE0; x &#xFDE1;</w:t></w:r>", "{{ x }}")), "otillåtna"
    ),
}
