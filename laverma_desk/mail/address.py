"""What counts as a mail address: checked offline, in the form for people and in the form for servers."""

from __future__ import annotations

import unicodedata

from laverma_desk.domain.errors import Rule, RuleBroken

LONGEST = 254  # RFC 5321 4.5.3.1.3: a path has 256 octets, its angle brackets included
_AROUND = " \t\u00a0"
# Cc: NUL, CR, LF and their kin; Cs: half a character; Zl, Zp: line breaks that mail readers honour.
_UNWANTED = frozenset({"Cc", "Cs", "Zl", "Zp"})


def has_control_characters(text: str) -> bool:
    """Return whether a text holds what must never reach a header line (line breaks, NUL, half characters)."""
    return any(unicodedata.category(character) in _UNWANTED for character in text)


def check_address(typed: str, *, field: str = "email") -> str:
    """Return an address in the form that is stored and shown: trimmed, domain in lower case and readable.

    The domain of an umlaut address stays readable (`müller.example`), also when it was typed as
    `xn--…`. Nothing is looked up. Raises RuleBroken EMAIL_WITHOUT_ENDING for `name@company`, and
    EMAIL_INVALID for everything else that is no address, line breaks and NUL included.
    """
    return _checked(typed, field)[0]


def wire_address(typed: str, *, field: str = "email") -> str:
    """Return an address as servers read it: the domain in ASCII (RFC 5890).

    Only a local part with umlauts keeps the address from being ASCII; such an address needs a
    server that speaks SMTPUTF8 (RFC 6531). Raises as `check_address` does.
    """
    return _checked(typed, field)[1]


def _checked(typed: str, field: str) -> tuple[str, str]:
    trimmed = typed.strip(_AROUND)
    if has_control_characters(trimmed) or len(trimmed) > LONGEST:
        raise RuleBroken(Rule.EMAIL_INVALID, field=field)
    found = _forms(trimmed)
    if found is not None:
        return found
    lacks_ending = "." not in trimmed.rpartition("@")[2] and _forms(f"{trimmed}.de") is not None
    raise RuleBroken(Rule.EMAIL_WITHOUT_ENDING if lacks_ending else Rule.EMAIL_INVALID, field=field)


def _forms(address: str) -> tuple[str, str] | None:
    """Return the readable form and the wire form, or None for what is no address."""
    from email_validator import validate_email  # noqa: PLC0415 (46 ms that no start should pay)

    try:
        # The test environment only lets the reserved ending .test pass; .example passes anyway.
        valid = validate_email(address, check_deliverability=False, test_environment=True, strict=True)
    except ValueError:
        return None
    if "." not in valid.domain:
        return None
    ascii_domain = valid.ascii_domain
    return valid.normalized, f"{valid.local_part}@{ascii_domain}"
