"""Output: control characters never reach the terminal; the clipboard; formats."""

import pytest

from sipctl.errors import Fault, SipctlError, UsageFault
from sipctl.ui import show
from sipctl.ui.show import Format

COLUMNS = {"ref": "Ärende", "name": "Namn"}


def test_what_a_terminal_could_obey_is_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    show.listing("cases", [{"ref": "2026-0001", "name": "A\x1b[2JB\u202eC"}], COLUMNS, Format.TABLE)
    assert capsys.readouterr().out == "Ärende     Namn\n2026-0001  A[2JBC\n"


def test_a_text_listing_has_a_line_for_each_field(capsys: pytest.CaptureFixture[str]) -> None:
    show.listing("cases", [{"ref": "1", "name": "A"}, {"ref": "2", "name": ""}], COLUMNS, Format.TEXT)
    assert capsys.readouterr().out == "Ärende: 1\nNamn: A\n\nÄrende: 2\n"


def test_an_empty_listing_says_so_beside_the_result(capsys: pytest.CaptureFixture[str]) -> None:
    show.listing("cases", [], COLUMNS, Format.TABLE, "Det finns inga ärenden.")
    shown = capsys.readouterr()
    assert (shown.out, shown.err) == ("", "Det finns inga ärenden.\n")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "＝", "＋", "－", "＠"])
def test_a_cell_that_starts_a_formula_is_text_in_csv(capsys: pytest.CaptureFixture[str], start: str) -> None:
    show.listing("cases", [{"ref": "1", "name": f"{start}1"}], COLUMNS, Format.CSV)
    assert capsys.readouterr().out.splitlines()[1] == f"1;'{start}1"


def test_an_error_is_its_sentence_its_remedy_and_its_faults(capsys: pytest.CaptureFixture[str]) -> None:
    show.error(UsageFault("Två fel.", "Rätta dem.", [Fault("name", "saknas"), Fault("route", "okänd")]))
    assert capsys.readouterr().err == "Två fel. Rätta dem.\n  name: saknas\n  route: okänd\n"


def test_without_a_clipboard_there_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    import pyperclip

    pyperclip.set_clipboard("no")
    try:
        with pytest.raises(SipctlError, match="urklipp"):
            show.to_clipboard("anteckning")
    finally:
        pyperclip.set_clipboard("no")


def test_the_text_is_handed_to_the_clipboard_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    import pyperclip

    kept: list[str] = []
    monkeypatch.setattr(pyperclip, "copy", kept.append)
    show.to_clipboard("rad ett\nrad två\n")
    assert kept == ["rad ett\nrad två\n"]
