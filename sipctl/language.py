"""Texts for people: gettext with Swedish as the source language.

The msgids *are* the Swedish texts, so a Swedish run opens no catalogue at all. Call
``set_language`` once, before any module with texts is imported: help texts are looked up
while the command modules load.
"""

import os

TYPE_CHECKING = False  # typing, collections.abc and pathlib cost more than the whole help text
if TYPE_CHECKING:
    from collections.abc import Callable

LANGUAGES = ("sv", "en")
_LOCALE = os.path.join(os.path.dirname(__file__), "locale")
_translate: "Callable[[str], str] | None" = None


def set_language(language: str) -> None:
    """Choose ``sv`` or ``en``; anything else falls back to Swedish."""
    global _translate
    if language != "en":
        _translate = None
        return
    import gettext

    _translate = gettext.translation("sipctl", _LOCALE, [language], fallback=True).gettext


def current_language() -> str:
    """``sv`` or ``en``."""
    return "en" if _translate else "sv"


def language_from_environment() -> str:
    """The language asked for by ``SIPCTL_LANG``; Swedish when unset or unknown."""
    wanted = os.environ.get("SIPCTL_LANG", "sv")[:2].lower()
    return wanted if wanted in LANGUAGES else "sv"


def _(text: str) -> str:
    """The text in the chosen language."""
    return _translate(text) if _translate and text else text


def N_(text: str) -> str:  # noqa: N802 - gettext's own name for "mark, translate later"
    """Mark a text for the catalogue without translating it now."""
    return text
