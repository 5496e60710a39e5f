"""Codes that people read aloud and type: SIP numbers and recovery codes.

Crockford's base 32 (no I, L, O, U) in groups of four, ending in check characters, so that a
slip of the pen is noticed before it does harm.
"""

import hashlib

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS = str.maketrans({"I": "1", "L": "1", "O": "0", "U": "V"})


def new_sip_number() -> str:
    """A random SIP number such as ``7K3M-9QXT`` (35 bits and one check character)."""
    return _grouped(_with_check(_random(7), 1))


def is_sip_number(text: str) -> bool:
    """Does the check character agree?"""
    plain = plain_code(text)
    return len(plain) == 8 and _with_check(plain[:7], 1) == plain


def new_recovery_code() -> str:
    """A random recovery code: 150 bits and two check characters in eight groups."""
    return _grouped(_with_check(_random(30), 2))


def is_recovery_code(text: str) -> bool:
    """Do the check characters agree?"""
    plain = plain_code(text)
    return len(plain) == 32 and _with_check(plain[:30], 2) == plain


def _random(length: int) -> str:
    import secrets  # slow to load, and codes are seldom made

    return "".join(secrets.choice(_ALPHABET) for _ in range(length))


def plain_code(text: str) -> str:
    """The code without spaces and hyphens, look-alikes read as what was meant."""
    return "".join(c for c in text.upper().translate(_READ_AS) if c in _ALPHABET)


def _with_check(body: str, length: int) -> str:
    digest = hashlib.sha256(body.encode()).digest()
    return body + "".join(_ALPHABET[byte % 32] for byte in digest[:length])


def _grouped(code: str) -> str:
    return "-".join(code[i : i + 4] for i in range(0, len(code), 4))
