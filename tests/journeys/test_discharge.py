"""A woman of 82 leaves hospital: the kallelse goes out at once, the rest follows."""

import sys
from pathlib import Path

import pytest
from casework import address_book, facts, papers
from terminal import Terminal

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal"),
]

REF = "2026-0001"
MOST_ANSWERS = 15


@pytest.fixture
def hem(home: object, run: object, tmp_path: Path) -> Path:
    """A store that is set up, with the units of the town in the address book."""
    assert callable(run)
    assert run("unit", "import", address_book(tmp_path)).code == 0
    return tmp_path / "hem"


def test_a_kallelse_in_fifteen_answers_and_the_rest_to_the_end(hem: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIPCTL_TODAY", "2026-02-02")
    answered = registers() + assesses() + calls()
    made = papers(hem)
    assert {"kallelse-D1-v1", "kallelse-D2-v1", "brev-D0-v1"} == set(made)
    assert answered <= MOST_ANSWERS, f"{answered} prompts were answered before the kallelse was there"
    call = made["kallelse-D2-v1"]
    for text in ("6 februari 2026", "10.00", "Hemma hos Siv", "Svara senast 5 februari 2026", "2017:612"):
        assert text in call
    monkeypatch.setenv("SIPCTL_TODAY", "2026-02-05")
    plans()
    monkeypatch.setenv("SIPCTL_TODAY", "2026-02-09")
    writes_the_plan()
    monkeypatch.setenv("SIPCTL_TODAY", "2026-03-09")
    follows_up()
    closes()
    happened = facts(hem)
    assert happened.count("established") == 1
    assert {"ready", "called_in_time", "followed_up", "closed"} <= set(happened)


def plain(*arguments: str) -> Terminal:
    return Terminal("--plain", *arguments)


def registers() -> int:
    t = plain("case", "new")
    t.types("Personnummer", "19440103-2133")
    t.types("Namn", "Siv Testsson")
    t.picks("skyddade personuppgifter?", "inga")
    t.picks("Hur börjar ärendet?", "utskrivning")
    t.is_content(hurried=True)
    t.sees(f"Nästa: sipctl assess {REF}")
    t.ends()
    return t.answered


def assesses() -> int:
    t = plain("guide", REF)
    t.types("När kom meddelandet om utskrivningsklar?", "i går 14.20")
    t.sees("= söndag 1 februari 2026 kl. 14.20")
    t.types("Sjukhus och avdelning", "Solbergas lasarett, avdelning 4")
    t.picks("Vad säger den enskilde", "ja")
    t.picks("Vem har lämnat samtycket?", "den enskilde själv")
    t.sees("Hur lämnades samtycket? muntligt", "När lämnades samtycket? 2 februari 2026")
    t.is_content(hurried=True)
    t.sees(f"Nästa: sipctl invite {REF}")
    t.ends()
    return t.answered


def calls() -> int:
    t = plain("guide", REF)
    t.ticks("Vilka enheter kallas?", "Hemtjänsten Solberga", "Vårdcentralen Ekbacken")
    t.writes("Vad ska mötet leda till?", "Att Siv kan komma hem tryggt.")
    t.types("När är mötet?", "fredag 10.00")
    t.types("Var?", "Hemma hos Siv")
    t.sees("Hur träffas ni? på plats", "När skickas breven? 2 februari 2026")
    t.is_content(hurried=True)
    t.sees("Skrev kallelse till Hemtjänsten Solberga", "Skrev kallelse till Vårdcentralen Ekbacken")
    t.sees(f"Nästa: sipctl plan {REF}")
    t.ends()
    return t.answered


def plans() -> None:
    t = plain("guide", REF)
    t.writes("Vad är viktigt", "Att få vara hemma med katten.")
    # What the meeting is to lead to was said in the kallelse, so it is not asked again.
    t.writes("Vilka frågor ska mötet svara på?", "Vem gör vad den första veckan hemma?")
    t.picks("Vilka ska vara med? - Hemtjänsten Solberga - Vårdcentralen Ekbacken", "Klar")
    t.types("Samtycker den enskilde", "j")
    t.picks("Vem har lämnat samtycket?", "den enskilde själv")
    t.picks("Hur lämnades samtycket?", "muntligt")
    t.accepts("När lämnades samtycket?")
    t.ticks("Vad får deltagarna veta?", "stöd från socialtjänsten", "hälsa")
    t.writes("Vad ska samtycket INTE omfatta?")
    t.is_content()
    t.sees(f"Nästa: sipctl meeting {REF}")
    t.ends()


def writes_the_plan() -> None:
    t = plain("guide", REF)
    t.accepts("Blev mötet av?")
    t.accepts("När hölls mötet?")
    t.picks("Kom deltagaren?", "kom")
    t.picks("Kom deltagaren?", "kom")
    t.picks("Kom deltagaren?", "ersättare kom")
    t.types("Vem kom i stället?", "Distriktssköterska")
    t.picks("Behov", "Lägg till behov")
    t.writes("Vad behöver den enskilde stöd med?", "Hjälp att klara morgon och kväll")
    t.picks("Mål", "Lägg till mål")
    t.writes("Målet med den enskildes egna ord", "Jag vill klara mig själv på dagarna.")
    for what, performer, by in (
        ("Hemtjänst morgon och kväll", "kommunen", "Hemtjänsten Solberga"),
        ("Hembesök av distriktssköterska", "regionen", "Vårdcentralen Ekbacken"),
    ):
        t.picks("Insatser", "Lägg till insats")
        t.writes("Vad ska göras?", what)
        t.picks("Vem svarar för insatsen?", performer)
        t.picks("Vilken enhet eller person?", by)
        t.types("När ska det vara klart?")
    for group in ("Insatser", "Mål", "Behov"):
        t.picks(group, "Klar")
    t.types("Planen har inga insatser som någon annan", "j")
    t.picks("Vilken huvudman har det övergripande ansvaret?", "kommunen")
    t.types("Huvudansvarig person", "Biståndshandläggare, Solberga kommun")
    t.types("När följs planen upp?", "6 mars")
    t.accepts("Vem kallar till uppföljningen?")
    t.accepts("Är planen klar att upprätta?")
    t.is_content()
    t.sees("Klart: SIP-möte")
    t.ends()


def follows_up() -> None:
    t = plain("guide", REF)
    t.types("När gjordes uppföljningen?", "6 mars")
    t.ticks("Vilka var med?", "Siv Testsson", "Hemtjänsten Solberga")
    t.writes("Hur tycker den enskilde", "Det går bra hemma.")
    t.picks("Hur har det gått med målet?", "uppnått")
    t.picks("Är insatsen gjord?", "pågår")
    t.picks("Är insatsen gjord?", "genomförd")
    t.types("Gäller samtycket fortfarande?", "j")
    t.picks("Hur går ni vidare?", "SIP avslutas")
    t.is_content()
    t.ends()


def closes() -> None:
    t = plain("guide", REF)
    t.accepts("Vilken dag avslutas ärendet?")
    t.picks("Varför avslutas det?", "det räcker med en huvudman")
    t.accepts("Vem har beslutat?")
    t.writes("Hur gick det med målen?", "Målet är nått. Hemtjänsten fortsätter.")
    t.writes("Vilka har fått veta", "Siv, hemtjänsten och vårdcentralen")
    t.types("I vilket system", "Journalsystemet")
    t.picks("Stämmer det här?", "Klart")
    t.sees("Klart: Avsluta")
    t.ends()
