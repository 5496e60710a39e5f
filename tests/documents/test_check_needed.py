"""What a kind of document must say, and whether a template is of the kind it is checked as."""

from pathlib import Path

import pytest
from checked_docs import sound
from engine_docs import para

from sipctl.documents import fields, kinds, needed
from sipctl.errors import NotFound
from sipctl.paths import shipped
from sipctl.tasks import templates
from sipctl.vocabulary.documents import DocumentKind

TEMPLATES = sorted(shipped().glob("*/*.docx"))
PLAN = {
    "actions": "{% for n in plan.needs %}{% for g in n.goals %}{% for a in g.actions %}{{ a.text }}"
    "{{ a.performer }}{{ a.responsible }}{{ a.start }}{% endfor %}{{ g.own_words }}{% endfor %}{% endfor %}",
    "others": "{% for o in plan.others %}{{ o.text }}{% endfor %}{% if plan.others_none %}Ingen annan.{% endif %}",
    "responsible": "{{ plan.responsible.line }}",
    "present": "{% for p in plan.present %}{{ p.line }}{% endfor %}",
    "rest": "{{ person.label }}{{ plan.kind }}{{ plan.established_on }}{{ plan.matters }}{{ plan.followup_on }}",
    "number": "{{ sip.number }}",
}
LAW = "10 kap. 8–9 §§ socialtjänstlagen (2025:400) och 16 kap. 4 § hälso- och sjukvårdslagen (2017:30)"


def written(folder: Path, name: str, *texts: str) -> Path:
    path = folder / name
    path.write_bytes(sound(*map(para, texts)))
    return path


def told(path: Path, kind: DocumentKind | None) -> list[tuple[str, str, str]]:
    return [(f.severity, f.message, f.remedy) for f in templates.check(path, kind, "standard")]


@pytest.mark.parametrize("kind", DocumentKind, ids=str)
def test_every_need_can_be_met_in_its_document(kind):
    for need in needed.NEEDS[kind]:
        for name in need.names:
            assert any(f"{row.name}.".startswith(f"{name}.") for row in fields.FIELDS if fields.carries(kind, row.name))
        assert need.is_met({need.names[0]})
        assert need.is_met({f"{need.names[-1]}.under"})
        assert not need.is_met({f"{need.names[0]}_other"})


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_nothing_is_wrong_with_what_is_shipped(path):
    found = templates.check(path, DocumentKind(path.stem), path.parent.name)
    assert [finding for finding in found if finding.severity != "advice"] == []
    assert not [finding for finding in found if "framgår inte" in finding.message]


def test_a_plan_with_everything(tmp_path):
    assert told(written(tmp_path, "mall.docx", *PLAN.values()), DocumentKind.PLAN) == []


def test_the_four_contents_of_a_plan(tmp_path):
    path = written(tmp_path, "mall.docx", PLAN["present"], PLAN["rest"])
    found = told(path, DocumentKind.PLAN)
    new = "Så gör regionpaketets mall: sipctl template new plan"
    law = f"Lagen kräver det: {LAW}."
    practice = "God praxis är att ta med det."
    actions = "plan.needs.goals.actions"
    assert found == [
        ("warning", f"Det framgår inte vilka insatser som behövs. {law}", f"Lägg in {actions}.text. {new}"),
        (
            "warning",
            f"Det framgår inte vilken huvudman som svarar för varje insats. {law}",
            f"Lägg in {actions}.performer. {new}",
        ),
        (
            "warning",
            f"Det framgår inte vad någon annan än kommunen och regionen gör. {law}",
            f"Lägg in plan.others.text eller plan.others_none. {new}",
        ),
        (
            "warning",
            f"Det framgår inte vilken huvudman som har det övergripande ansvaret. {law}",
            f"Lägg in plan.responsible.huvudman eller plan.responsible.line. {new}",
        ),
        *(
            ("advice", f"Det framgår inte {what}. {practice}", f"Lägg in {names}. {new}")
            for what, names in (
                ("målen med den enskildes egna ord", "plan.needs.goals.own_words"),
                ("vilken enhet eller person som ansvarar för varje insats", f"{actions}.responsible"),
                ("när insatserna börjar eller ska vara klara", f"{actions}.start eller {actions}.due"),
                ("att ingen annan gör något, när det är så", "plan.others_none"),
                ("vem som håller i planen", "plan.responsible.person eller plan.responsible.line"),
                ("vilket SIP-nummer det är", "sip.number"),
            )
        ),
    ]


@pytest.mark.parametrize(
    ("without", "missing"),
    [
        ("{{ a.text }}", "vilka insatser som behövs"),
        ("{{ a.performer }}", "vilken huvudman som svarar för varje insats"),
        ("{{ plan.responsible.line }}", "vilken huvudman som har det övergripande ansvaret"),
    ],
)
def test_each_content_on_its_own(tmp_path, without, missing):
    texts = [text.replace(without, "") for text in PLAN.values()]
    found = told(written(tmp_path, "mall.docx", *texts), DocumentKind.PLAN)
    assert [message for severity, message, _remedy in found if severity == "warning"] == [
        f"Det framgår inte {missing}. Lagen kräver det: {LAW}."
    ]


def test_a_call_nobody_can_follow(tmp_path):
    found = told(written(tmp_path, "mall.docx", "Välkommen till möte."), DocumentKind.CALL)
    without = "Utan det fyller dokumentet inte sin uppgift."
    assert [message for severity, message, _remedy in found if severity == "warning"] == [
        f"Det framgår inte {what}. {without}"
        for what in (
            "när mötet börjar",
            "var mötet är",
            "vem som skickar",
            "vem brevet är till",
            "vart mottagaren kan ringa",
            "vem dokumentet gäller",
            "när mottagaren senast ska svara",
        )
    ]
    assert {severity for severity, _message, _remedy in found} == {"warning", "advice"}


# --- which kind ---


def test_a_plan_checked_as_a_call(tmp_path):
    found = told(written(tmp_path, "mall.docx", *PLAN.values(), "{{ plan.mattters }}"), DocumentKind.CALL)
    assert found == [
        (
            "error",
            "Mallen kontrolleras som kallelse, men har fält som bara finns i: plan.",
            "Är det rätt fil? Kontrollera den annars med --kind plan.",
        ),
        ("error", "Fältet ”plan.mattters” finns inte.", "Menade du ”matters”?"),
    ]


def test_a_single_field_of_another_document(tmp_path):
    texts = ("{{ meeting.starts_at }}{{ person.label }}", "{{ plan.crisis }}", "{{ meeting.plce }}")
    found = [each for each in told(written(tmp_path, "mall.docx", *texts), DocumentKind.CALL) if each[0] == "error"]
    assert found == [
        (
            "error",
            "Fältet ”plan” hör inte till det här slaget av dokument.",
            "Det finns i: plan, uppföljning, avslut. Ta bort det ur mallen, eller ange rätt slags dokument med --kind.",
        ),
        ("error", "Fältet ”meeting.plce” finns inte.", "Menade du ”place”?"),
    ]


def test_without_a_kind_the_file_name_tells(tmp_path):
    named = told(written(tmp_path, "Plan-2026.docx", PLAN["rest"]), None)
    assert [severity for severity, message, _remedy in named if "Lagen kräver" in message] == ["warning"] * 4
    assert told(written(tmp_path, "mall.docx", PLAN["rest"]), None) == [
        (
            "advice",
            "Mallen är inte kontrollerad mot det som lagen kräver, för det framgår inte vilket dokument den är.",
            "Ange slaget, till exempel --kind plan.",
        )
    ]


@pytest.mark.parametrize(
    ("stem", "kind"),
    [
        ("kallelse", DocumentKind.CALL),
        ("call", DocumentKind.CALL),
        ("Kallelse_2026 ny", DocumentKind.CALL),
        ("brev-till-den-enskilde", DocumentKind.LETTER),
        ("avslut", DocumentKind.CLOSURE),
        ("planering", None),
        ("mall", None),
    ],
)
def test_kind_by_name(stem, kind):
    assert kinds.kind_by_name(stem) == kind


def test_kinds_with():
    assert kinds.kinds_with({"plan.matters", "text.vad_som_helst"}) == [DocumentKind.PLAN]
    assert kinds.kinds_with({"plan.number"}) == [DocumentKind.PLAN, DocumentKind.FOLLOWUP, DocumentKind.CLOSURE]
    assert kinds.kinds_with({"plan.matters", "meeting.place"}) == []
    assert kinds.foreign(None) == {}


# --- the file ---


def test_an_unreadable_file_is_one_finding(tmp_path):
    path = tmp_path / "kallelse.docx"
    path.write_bytes(b"%PDF-1.7")
    assert told(path, DocumentKind.CALL) == [
        ("error", "Filen kallelse.docx är en pdf.", "Ange Word-filen som pdf-filen gjordes av.")
    ]
    with pytest.raises(NotFound):
        templates.check(tmp_path / "saknas.docx", None, "standard")
