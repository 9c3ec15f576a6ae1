"""Mail addresses in the only form that XRechnung takes for one: the domain in ASCII (BR-DE-28)."""

from __future__ import annotations


def ascii_address(address: str) -> str:
    """Return an address with its domain as the network writes it (RFC 5890): xn--mller-kva.example.

    What is no address, and a name with umlauts before the @, for which there is no such form, stay as they
    are.
    """
    if address.isascii():
        return address
    from email_validator import EmailNotValidError, validate_email  # noqa: PLC0415 (few addresses need it)

    try:
        # A reserved ending (.test) is no reason to refuse: the record took the address already.
        valid = validate_email(address, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return address
    return f"{valid.local_part}@{valid.ascii_domain}"
