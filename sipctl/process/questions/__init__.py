"""The questions, one file per step: ``form`` says what is asked, ``present`` reads the answers out
of a case, ``apply`` writes them in. Property: ``present(apply(a)) == clean(a)``."""

from importlib import import_module
from typing import Any

FORMS = ("assess", "plan", "invite", "meeting", "followup", "close", "consent", "edit", "reopen")


def module_of(name: str) -> Any:
    """The module that asks for the step or form ``name``."""
    return import_module(f"sipctl.process.questions.{name}")
