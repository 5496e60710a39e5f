"""Every way sipctl can say no: one sentence, one remedy, one exit code.

Raisers hand over finished sentences (already through gettext) without personal data; only
``cli.py`` prints them. The exit codes are a contract, see ``docs/kommandon.md``.
"""

from typing import NamedTuple


class Fault(NamedTuple):
    """One fault among several: where (a key, a row, a place in a document) and what is wrong."""

    where: str
    what: str


class SipctlError(Exception):
    """Base: ``what`` is wrong, what to do about it (``remedy``), and the single ``faults``."""

    exit_code = 1
    code = "failed"

    def __init__(self, what: str, remedy: str = "", faults: tuple[Fault, ...] | list[Fault] = ()):
        super().__init__(what)
        self.what = what
        self.remedy = remedy
        self.faults = tuple(faults)


class UsageFault(SipctlError):
    """The command or its input is malformed."""

    exit_code, code = 2, "usage"


class PartlyFailed(SipctlError):
    """Some items of a batch failed; the others are done."""

    exit_code, code = 3, "partly_failed"


class NotFound(SipctlError):
    """The case, unit, template or file does not exist."""

    exit_code, code = 4, "not_found"


class RuleNotMet(SipctlError):
    """A hard rule stops this: the four contents, or a document beyond consent."""

    exit_code, code = 5, "rule_not_met"


class TemplateFault(SipctlError):
    """A template cannot be used; ``faults`` has each finding with its place."""

    exit_code, code = 6, "template"


class NoStore(SipctlError):
    """There is no store in this home yet."""

    exit_code, code = 10, "no_store"


class Busy(SipctlError):
    """Somebody else is writing, or changed the case meanwhile."""

    exit_code, code = 11, "busy"


class WrongKey(SipctlError):
    """The key is not the one this store was made with."""

    exit_code, code = 12, "wrong_key"


class NoKeySource(SipctlError):
    """No key file, keyring or passphrase to open the store with."""

    exit_code, code = 13, "no_key_source"


class Damaged(SipctlError):
    """The store or its key file is damaged."""

    exit_code, code = 14, "damaged"


class NewerSchema(SipctlError):
    """The store was made by a newer sipctl."""

    exit_code, code = 15, "newer_schema"


class Interrupted(SipctlError):
    """The user stopped; everything answered is saved."""

    exit_code, code = 130, "interrupted"
