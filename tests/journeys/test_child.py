"""A girl of 14 who has stopped going to school, with BUP. One of her guardians has protected data.

Asked in numbered lines (``--plain``), as with a screen reader. Nothing that tells where the protected
guardian and the child can be found may stand in a letter to the other guardian.
"""

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
HIDDEN = {
    "the address": "Hemliga gatan",
    "the postal town": "Okändby",
    "the guardian's telephone": "070-444 55 66",
    "the child's telephone": "070-111 22 33",
    "the school": "Solbergaskolan",
    "the clinic": "BUP Solberga",
    "the place of the meeting": "Hemliga salen",
}


def plain(*arguments: str | Path) -> Terminal:
    return Terminal("--plain", *arguments)


@pytest.fixture
def hem(home: object, run: object, tmp_path: Path) -> Path:
    """A store that is set up, with the units of the town in the address book."""
    assert callable(run)
    assert run("unit", "import", address_book(tmp_path)).code == 0
    return tmp_path / "hem"


def test_a_protected_guardian_is_nowhere_in_the_other_ones_letters(hem: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIPCTL_TODAY", "2026-01-12")
    registers()
    assesses()
    monkeypatch.setenv("SIPCTL_TODAY", "2026-01-14")
    plans()
    monkeypatch.setenv("SIPCTL_TODAY", "2026-01-15")
    calls_letter_by_letter(hem)
    nothing_leads_to_the_protected_guardian(papers(hem))
    monkeypatch.setenv("SIPCTL_TODAY", "2026-01-28")
    writes_the_plan()
    monkeypatch.setenv("SIPCTL_TODAY", "2026-04-20")
    gives_out_the_plan(hem)
    follows_up()
    nothing_leads_to_the_protected_guardian(papers(hem))
    closes()
    assert facts(hem).count("established") == 1
    assert "closed" in facts(hem)


def registers() -> None:
    t = plain("case", "new")
    t.types("Personnummer", "20120103-2396")
    t.types("Namn", "Robin Påhittsson")
    t.picks("skyddade personuppgifter?", "inga")
    t.picks("Hur börjar ärendet?", "öppenvård")
    t.types("Vill du svara på fler frågor?", "j")
    t.picks("Målgrupp", "barn och unga")
    t.types("Kommun som ansvarar")
    t.writes("Adress", "Hemliga gatan 7", "611 99 Okändby")
    t.types("Telefon", "070-111 22 33")
    t.types("Behövs tolk?")
    t.writes("Annat som personen behöver")
    t.picks("Stämmer det här?", "Klart")
    t.sees(f"Ärende {REF} är registrerat")
    t.ends()


def assesses() -> None:
    t = plain("assess", REF)
    t.accepts("Datum för bedömningen")
    t.picks("Vem har väckt frågan", "en annan verksamhet")
    t.types("Vem har upptäckt behovet?", "Kurator, Solbergaskolan")
    t.types("Behövs insatser från kommunen?", "j")
    t.types("Behövs insatser från regionen?", "j")
    t.ticks("Varför hjälper en SIP?", "Det behövs kunskap från flera")
    t.types("Behövs en SIP?", "j")
    t.picks("Vad säger den enskilde", "ja")
    t.picks("Vem har lämnat samtycket?", "den unge och vårdnadshavare")
    t.picks("Hur lämnades samtycket?", "muntligt")
    t.accepts("När lämnades samtycket?")
    for name, protection in (("Kim Påhittsson", "skyddad folkbokföring"), ("Alex Testsson", "inga")):
        t.picks("Vårdnadshavare", "Lägg till")
        t.types("Namn", name)
        t.picks("Vad säger vårdnadshavaren?", "samtycker")
        t.picks("skyddade personuppgifter?", protection)
    t.picks("Vårdnadshavare", "Klar")
    t.writes("Vad säger barnet självt?", "Robin vill att skolan och BUP pratar med varandra.")
    t.types("Vill du svara på fler frågor?", "j")
    t.picks("Vad vill du fylla i?", "Vårdnadshavare 1: Kim")
    t.types("Telefon", "070-444 55 66")
    t.writes("Adress", "Hemliga gatan 7", "611 99 Okändby")
    t.picks("Vad vill du fylla i?", "Inget mer")
    t.picks("Stämmer det här?", "Klart")
    t.sees("Klart: Bedöm behov")
    t.ends()


def plans() -> None:
    t = plain("planera", REF)
    t.writes("Vad är viktigt", "Att slippa magont på morgonen.")
    t.writes("Vad ska mötet leda till?", "Att skolan, BUP och socialtjänsten drar åt samma håll.")
    t.writes("Vilka frågor ska mötet svara på?", "Hur ser en skoldag ut som Robin orkar?")
    for unit in ("BUP Solberga", "Solbergaskolan"):
        t.picks("Vilka ska vara med?", "Lägg till")
        t.picks("Vem är det?", "verksamhet hos kommun eller region")
        t.picks("Vilken enhet?", unit)
    # The guardians are known since the consent; the question is asked all the same.
    t.picks("Vilka ska vara med? - Kim Påhittsson - Alex Testsson - BUP Solberga - Solbergaskolan", "Klar")
    t.types("Samtycker den enskilde", "j")
    t.picks("Vem har lämnat samtycket?", "den unge och vårdnadshavare")
    t.picks("Hur lämnades samtycket?", "muntligt")
    t.accepts("När lämnades samtycket?")
    t.picks("Vad säger vårdnadshavaren?", "samtycker")
    t.picks("Vad säger vårdnadshavaren?", "samtycker")
    t.writes("Vad säger barnet självt?")
    t.ticks("Vad får deltagarna veta?", "stöd från socialtjänsten", "hälsa", "förskola, skola")
    t.writes("Vad ska samtycket INTE omfatta?")
    t.is_content()
    t.sees("Klart: Planera")
    t.ends()


def calls_letter_by_letter(hem: Path) -> None:
    t = plain("invite", REF)
    t.types("När är mötet?", "27 januari 14.30")
    t.picks("Hur träffas ni?", "på plats")
    t.types("Var?", "Hemliga salen, Okändby")
    t.types("Senaste svarsdag", "21/1")
    t.accepts("När skickas breven?")
    t.is_content()
    t.sees("Någon i ärendet har skyddade personuppgifter")
    # The text of each letter stands on the screen before anybody is asked about it.
    t.sees("Brev till den enskilde:", "Välkommen")
    t.types("Läs igenom brevet. Ska dokumentet göras?", "j")
    t.sees("Brev till vårdnadshavare:", "Kim Påhittsson")
    t.types("Ska dokumentet göras?", "j")
    t.sees("Brev till vårdnadshavare:", "Alex Testsson")
    t.types("Ska dokumentet göras?")  # no answer is no
    t.sees("Brevet är inte gjort", f"sipctl document {REF} invitation --to D2")
    t.sees("Brev till BUP Solberga:")
    t.types("Ska dokumentet göras?", "j")
    t.sees("Brev till Solbergaskolan:")
    t.types("Ska dokumentet göras?", "j")
    t.sees("Skrev kallelse till BUP Solberga", "Skrev kallelse till Solbergaskolan")
    t.ends()
    assert set(papers(hem)) == {"brev-D0-v1", "inbjudan-D1-v1", "kallelse-D3-v1", "kallelse-D4-v1"}

    t = plain("document", REF, "invitation", "--to", "D2")
    t.types("har skyddade personuppgifter. Läs igenom dokumentet innan det lämnas. Ska dokumentet göras?", "j")
    t.sees("Skrev inbjudan till vårdnadshavare")
    t.ends()
    assert "inbjudan-D2-v1" in papers(hem)


def nothing_leads_to_the_protected_guardian(made: dict[str, str]) -> None:
    to_the_other = {name: text for name, text in made.items() if "-D2-" in name}
    assert to_the_other, "no letter to look at"
    found = [(name, what) for name, text in to_the_other.items() for what, words in HIDDEN.items() if words in text]
    assert not found
    to_the_units = {name: text for name, text in made.items() if "-D3-" in name or "-D4-" in name}
    for name, text in to_the_units.items():
        for what in ("the address", "the guardian's telephone", "the child's telephone"):
            assert HIDDEN[what] not in text, f"{name} tells {what}"
    # The letters are not merely empty: who is asked to come still learns when, and a duty where.
    assert "27 januari 2026" in made["inbjudan-D2-v1"]
    assert "Hemliga salen" in made["kallelse-D3-v1"]


def writes_the_plan() -> None:
    t = plain("mote", REF)
    t.accepts("Blev mötet av?")
    t.accepts("När hölls mötet?")
    for presence in ("kom", "kom", "lämnade återbud", "kom", "kom"):
        t.picks("Kom deltagaren?", presence)
    t.picks("Behov", "Lägg till behov")
    t.writes("Vad behöver den enskilde stöd med?", "En skoldag som går att klara")
    t.picks("Mål", "Lägg till mål")
    t.writes("Målet med den enskildes egna ord", "Jag vill vara i skolan tre dagar i veckan.")
    for what, performer, by in (
        ("Anpassat schema", "skolan", "Solbergaskolan"),
        ("Samtal varje vecka", "regionen", "BUP Solberga"),
    ):
        t.picks("Insatser", "Lägg till insats")
        t.writes("Vad ska göras?", what)
        t.picks("Vem svarar för insatsen?", performer)
        t.picks("Vilken enhet eller person?", by)
        t.types("När ska det vara klart?")
    for group in ("Insatser", "Mål", "Behov"):
        t.picks(group, "Klar")
    # The school is somebody other than kommun and region, so nobody asks whether there are none.
    t.picks("Vilken huvudman har det övergripande ansvaret?", "kommunen")
    t.types("Huvudansvarig person", "Samordnaren")
    t.types("När följs planen upp?", "20 april")
    t.accepts("Vem kallar till uppföljningen?")
    t.accepts("Är planen klar att upprätta?")
    t.is_content()
    t.sees("Klart: SIP-möte")
    t.ends()
    assert "Planen har inga insatser" not in t.screen


def gives_out_the_plan(hem: Path) -> None:
    t = plain("document", REF, "plan", "--to", "D2")
    t.types("Ska dokumentet göras?", "j")
    t.sees("Skrev plan till vårdnadshavare")
    t.ends()
    assert "Jag vill vara i skolan tre dagar i veckan." in papers(hem)["plan-D2-v1"]


def follows_up() -> None:
    t = plain("followup", REF)
    t.accepts("När gjordes uppföljningen?")
    t.ticks("Vilka var med?", "Robin", "BUP Solberga")
    t.writes("Hur tycker den enskilde", "Nu är det okej i skolan.")
    t.picks("Hur har det gått med målet?", "uppnått")
    t.picks("Är insatsen gjord?", "genomförd")
    t.picks("Är insatsen gjord?", "genomförd")
    t.types("Gäller samtycket fortfarande?", "j")
    t.picks("Hur går ni vidare?", "SIP avslutas")
    t.is_content()
    t.ends()


def closes() -> None:
    t = plain("close", REF)
    t.accepts("Vilken dag avslutas ärendet?")
    t.picks("Varför avslutas det?", "målen är nådda")
    t.accepts("Vem har beslutat?")
    t.writes("Hur gick det med målen?")
    t.writes("Vilka har fått veta")
    t.types("I vilket system")
    t.picks("Stämmer det här?", "Klart")
    t.sees("Klart: Avsluta")
    t.ends()
