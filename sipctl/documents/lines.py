"""What is composed from other fields, after redaction: so nothing withheld can slip into a line."""

from string import ascii_uppercase
from typing import Any

_PEOPLE = (("others",), ("plan", "present"), ("plan", "absent"))


def compose(data: dict[str, Any]) -> dict[str, Any]:
    """Fill in the lines, blocks and numbers of redacted data, and hand it back."""
    data["person"]["label"] = _label(data)
    data["recipient"]["block"] = _block(data["recipient"])
    data["plan"]["responsible"]["line"] = _responsible(data["plan"]["responsible"])
    for path in _PEOPLE:
        rows: Any = data
        for name in path:
            rows = rows[name]
        for row in rows:
            row["line"] = _person(row)
    _number(data)
    _letter(data["consent"])
    return data


def _label(data: dict[str, Any]) -> str | None:
    person, sip = data["person"], data["sip"]
    if person["name"]:
        return _joined(person["name"], person["id_number"])
    return _joined(person["initials"], sip["ref"] and f"ärende {sip['ref']}")


def _block(recipient: dict[str, Any]) -> str | None:
    role = recipient["role"] if recipient["unit"] else None
    who = filter(None, (recipient["unit"], _joined(recipient["name"], role)))
    address = (part.strip() for part in (recipient["address"] or "").replace("\n", ",").split(","))
    return "\n".join((*(line[0].upper() + line[1:] for line in who), *filter(None, address))) or None


def _responsible(responsible: dict[str, Any]) -> str | None:
    return _joined(responsible["person"], responsible["unit"], responsible["huvudman"])


def _person(row: dict[str, Any]) -> str | None:
    line = _joined(row["name"], row["role"], row["unit"])
    huvudman, substitute = row["huvudman"], row.get("substitute")
    if line and huvudman:
        line = f"{line} ({huvudman})"
    line = line or huvudman
    if line and substitute:
        line = f"{line}, ersattes av {substitute}"
    return line[0].upper() + line[1:] if line else None


def _number(data: dict[str, Any]) -> None:
    """Numbers run over what this reader sees, so that a gap tells nothing."""
    for n, need in enumerate(data["plan"]["needs"], 1):
        need["number"] = str(n)
        for m, goal in enumerate(need["goals"], 1):
            goal["number"] = f"{n}.{m}"
    for n, goal in enumerate(data["followup"]["goals"], 1):
        goal["number"] = str(n)


def _letter(consent: dict[str, Any]) -> None:
    for listed in (consent["categories"], *(to["choices"] for to in consent["recipients"])):
        for letter, row in zip(ascii_uppercase, listed, strict=False):
            row["letter"] = letter


def _joined(*parts: str | None) -> str | None:
    return ", ".join(part for part in parts if part) or None
