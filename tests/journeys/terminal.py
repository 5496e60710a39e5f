"""Somebody at a real terminal: reads questions, types, picks rows, and looks at the screen.

The same words drive both ways of asking: arrow keys, and numbered lines (``--plain``).
"""

import os
import re
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pexpect = pytest.importorskip("pexpect")
pyte = pytest.importorskip("pyte")

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
DOWN, BACK, CTRL_C, CTRL_U = "\x1b[B", "\x02", "\x03", "\x15"
WAIT = 30  # seconds; only a failing test waits that long
_GAP = r"(?:\s|\x1b\[[0-9;?]*[A-Za-z])+"  # between two words: folding and colours do not matter
_LISTS = ("Välj med pilarna", "Skriv för att söka", "Mellanslag kryssar")
_COLOUR = re.compile(r"\x1b\[(?:[0-9]+;)*(?:3[0-7]|4[0-7]|9[0-7]|10[0-7])[;m]")


def words(text: str) -> str:
    """A pattern for the words of a text, however they are folded."""
    return _GAP.join(map(re.escape, text.split()))


class Terminal:
    """``sipctl`` on a pseudo-terminal. ``answered`` counts the prompts that got a reply."""

    def __init__(self, *arguments: str | Path, columns: int = 100, rows: int = 60, **environment: str) -> None:
        given = [str(argument) for argument in arguments]
        # The window decides, not variables that the test run carries.
        env = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "COLUMNS", "LINES", "EDITOR", "VISUAL")}
        env |= {"PROMPT_TOOLKIT_NO_CPR": "1", "TERM": "xterm-256color"} | environment
        self.plain = "--plain" in given
        self.answered = 0
        self.raw = ""
        self._mark = 0
        self._drawn, self._lines = -1, [""]
        self._screen = pyte.Screen(columns, 150)
        self._stream = pyte.Stream(self._screen)
        self._child = pexpect.spawn(
            sys.executable,
            ["-m", "sipctl", *given],
            env=env,
            dimensions=(rows, columns),
            encoding="utf-8",
            codec_errors="replace",
        )
        self._child.delaybeforesend = None

    # --- reading ---

    def sees(self, *texts: str) -> None:
        """Each of these comes on the screen, in this order, after what was seen before."""
        for text in texts:
            self._until(lambda text=text: self._found(words(text)), f"never came: {text!r}")

    @property
    def screen(self) -> str:
        """What stands on the screen, as one line of words."""
        return " ".join(" ".join(self.lines).split())

    @property
    def lines(self) -> list[str]:
        """The lines of the screen that have something on them."""
        if self._drawn != len(self.raw):
            self._drawn = len(self.raw)
            self._lines = [line.rstrip() for line in self._screen.display if line.strip()]
        return self._lines

    @property
    def is_coloured(self) -> bool:
        """Did any colour code come?"""
        return bool(_COLOUR.search(self.raw))

    def since(self, text: str) -> str:
        """The words on the screen from ``text`` on."""
        assert text in self.screen, f"{text!r} is not on the screen:\n{self._last()}"
        return text + self.screen.rpartition(text)[2]

    # --- replying ---

    def types(self, question: str, reply: str = "") -> None:
        """A line typed to a question; nothing takes what is proposed, or skips."""
        self._asked(question)
        self._reply((CTRL_U if reply and not self.plain else "") + reply)

    accepts = types

    def writes(self, question: str, *lines: str) -> None:
        """A text of several lines, ended by an empty one; no lines skips the question."""
        self._asked(question)
        self._reply(*lines, "")

    def picks(self, question: str, row: str) -> None:
        """The row of a list that begins with these words."""
        self.sees(question)
        if self.plain:
            number = self._number(row)
            self._asked("")
            self._reply(number)
            return
        self._point_at(row)
        self._reply("")

    def ticks(self, question: str, *rows: str) -> None:
        """The boxes of these rows, and no others, where nothing was ticked before."""
        self.sees(question)
        if self.plain:
            numbers = ",".join([self._number(row) for row in rows])
            self._asked("")
            self._reply(numbers or "0")
            return
        for row in rows:
            self._point_at(row)
            self.press(" ")
            self._until(lambda: self._pointer().startswith("[x]"), f"could not tick {row!r}")
        self._reply("")

    def unticks(self, question: str, *rows: str) -> None:
        """The boxes of these rows emptied, the others as they were (arrow keys only)."""
        self.sees(question)
        for row in rows:
            self._point_at(row)
            self.press(" ")
            self._until(lambda: self._pointer().startswith("[ ]"), f"could not untick {row!r}")
        self._reply("")

    def secret(self, question: str, text: str) -> None:
        """A passphrase, which must not show."""
        self._asked(question, sign=":")
        self._reply(text)

    def is_content(self, *, hurried: bool = False) -> None:
        """No more questions, the summary is right, and the step is done. In a hurry nothing more is offered."""
        if not hurried:
            self.types("Vill du svara på fler frågor?")
        self.picks("Stämmer det här?", "Klart")

    def press(self, *keys: str) -> None:
        """Keys, with no question waited for."""
        for key in keys:
            self._child.send(key)

    # --- ends ---

    def ends(self, code: int = 0) -> None:
        """The command ends with this exit code."""
        end = time.monotonic() + WAIT
        while self._take():
            assert time.monotonic() < end, f"the command never ended:\n{self._last()}"
        self._child.wait()  # closing hangs up on a process that is still on its way out
        self._child.close()
        status = self._child.exitstatus
        assert status == code, f"exit {status}, expected {code}:\n{self._last()}"

    def dies(self) -> None:
        """Killed on the spot, as by a power cut."""
        self._child.kill(signal.SIGKILL)
        self._child.close(force=True)

    # --- inner ---

    def _asked(self, question: str, sign: str = ">") -> None:
        self.sees(question)
        self._until(lambda: self._found(sign), f"no prompt after {question!r}")

    def _reply(self, *lines: str) -> None:
        self.answered += 1
        self.press(*(f"{line}\r" for line in lines))

    def _number(self, row: str) -> str:
        found: list[str] = []

        def listed() -> bool:
            match = re.compile(rf"([0-9]+)\.{_GAP}{words(row)}").search(self.raw, self._mark)
            found.extend([match[1]] if match else [])
            return bool(match)

        self._until(listed, f"no row: {row!r}")
        return found[0]

    def _point_at(self, row: str) -> None:
        """Arrow down until the pointer stands on the row, waiting for the screen each time."""
        self._until(lambda: bool(self._pointer()), f"no list with {row!r}")
        for _attempt in range(60):
            here = self._pointer()
            if here.removeprefix("[ ] ").removeprefix("[x] ").startswith(row):
                return
            self.press(DOWN)
            self._until(lambda here=here: self._pointer() not in ("", here), f"the pointer did not move from {here!r}")
        raise AssertionError(f"no row {row!r}:\n{self._last()}")

    def _pointer(self) -> str:
        """The row that the pointer stands on, in the list below the latest question."""
        if not re.compile("|".join(map(words, _LISTS))).search(self.raw, self._mark):
            return ""
        lines = self.lines
        starts = [n for n, line in enumerate(lines) if any(text in line for text in _LISTS)]
        below = lines[starts[-1] + 1 :] if starts else []
        return next((line[3:].strip() for line in below if line.startswith(" > ")), "")

    def _found(self, pattern: str) -> bool:
        match = re.compile(pattern).search(self.raw, self._mark)
        if match:
            self._mark = match.end()
        return bool(match)

    def _take(self) -> bool:
        """Read what has come; False when the command has ended."""
        try:
            text = self._child.read_nonblocking(65536, 0.02)
        except pexpect.TIMEOUT:
            return True
        except pexpect.EOF:
            return False
        self.raw += text
        self._stream.feed(text)
        return True

    def _until(self, holds: Callable[[], Any], otherwise: str) -> None:
        end, seen = time.monotonic() + WAIT, -1
        while True:
            if len(self.raw) != seen:  # looking at the screen costs more than reading it
                seen = len(self.raw)
                if holds():
                    return
            if not self._take() and not holds():
                raise AssertionError(f"{otherwise}; the command ended:\n{self._last()}")
            if time.monotonic() > end:
                raise AssertionError(f"{otherwise}:\n{self._last()}")

    def _last(self) -> str:
        return "\n".join(self.lines[-40:])
