"""Where the words of the search go when the caller turns out to be new."""

from __future__ import annotations

from laverma_desk.domain.customer import is_partner_id
from laverma_desk.domain.folding import digits_of


def fitting_field(typed: str) -> str:
    """Return the form's field that a search text fits: phone, partner_id, email_report or name.

    Nine or ten digits are a partner ID, unless they begin as a phone number with area code does.
    """
    line = typed.strip()
    digits = digits_of(line)
    if digits and not any(sign.isalpha() for sign in line):
        dialled = line.startswith(("0", "+", "(0"))
        return "partner_id" if is_partner_id(digits) and not dialled else "phone"
    return "email_report" if "@" in line else "name"
