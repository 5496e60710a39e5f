"""The form engine: what is asked, when, and whether the answers hold.

A form is data. The dialogue *edits the answers file*: the dict kept in ``draft.answers`` is the
one that ``--answers`` parses, so everything a person can reply, a file can too.

Answers are JSON values only: str, bool, int, list, dict; dates are ISO strings
(``2026-12-01``), times ``HH:MM``, date-times ``2026-12-01T13:00``. A key that is absent was
never asked; ``None`` was asked and skipped. Items of a group are dicts that carry a ``key`` of
their own (``"M2"``): position is order, key is identity.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

Answers = dict[str, Any]
"""The answers of one form, or of one item of a group."""


class Kind(StrEnum):
    """How a question is asked and what its answer is."""

    TEXT = "text"  # one line: str
    LONG = "long"  # several lines, may open an editor: str
    DATE = "date"  # str, ISO date
    TIME = "time"  # str, HH:MM
    DATETIME = "datetime"  # str, ISO date and time, minutes
    NUMBER = "number"  # int
    YESNO = "yesno"  # bool
    CHOICE = "choice"  # str, one of choices
    MANY = "many"  # list[str], any of choices
    IDNUMBER = "idnumber"  # str, twelve digits (personnummer or samordningsnummer); never echoed in lists
    GROUP = "group"  # list[dict], each with "key" and the answers of ``fields``


class Prefer(StrEnum):
    """What a date without a year means: the nearest one behind or ahead."""

    PAST = "past"
    FUTURE = "future"


@dataclass(frozen=True, slots=True)
class Choice:
    """One alternative: the value that is stored and the words a person sees."""

    value: str
    text: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Q:
    """One question.

    ``when(item, top)`` decides whether it is asked: ``item`` is the dict the answer goes into
    (the group item, or the whole answers), ``top`` the whole answers. ``check(value, item)``
    returns a sentence on what is wrong, or None. ``default(item, top)`` proposes a value.
    """

    key: str
    text: str
    kind: Kind = Kind.TEXT
    choices: tuple[Choice, ...] = ()
    required: bool = False
    when: Callable[[Answers, Answers], bool] | None = None
    check: Callable[[Any, Answers], str | None] | None = None
    default: Callable[[Answers, Answers], Any] | None = None
    fields: tuple["Q", ...] = ()
    prefer: Prefer | None = None
    why: str = ""
    source: str = ""
    category: str = ""
    # Groups only: ``prefix`` mints the keys of new items ("M" → M1, M2 …); ``item_title`` names
    # an item on screen; in a ``fixed`` group the items are given (one per participant) and are
    # answered, never added, moved or removed.
    prefix: str = ""
    item_name: str = ""
    item_title: Callable[[Answers], str] | None = None
    fixed: bool = False
    offered: bool = False  # asked only if the user takes up the offer of "more questions"


@dataclass(frozen=True, slots=True)
class Form:
    """The questions of one step, in order. ``version`` is stored with the draft."""

    step: str
    title: str
    version: int
    questions: tuple[Q, ...] = field(default_factory=tuple)
    intro: str = ""
    # Time is short: voluntary questions wait in the summary's menu and are not offered before it.
    hurried: Callable[[Answers], bool] = lambda answers: False
    # Answered by what the case knows, and still asked once: known people, a draft to complete.
    revisit: frozenset[str] = frozenset()
