"""By what a remote tool is told which machine is meant: what an ID looks like, and how it is typed."""

from __future__ import annotations

import re

from laverma_desk.domain.customer import Tool, is_partner_id, partner_id_digits

LONGEST_ID = 64
"""Signs. What is longer is no ID of any tool."""

_BLANKS = re.compile(r"\s+")
# No pattern begins with a minus: what a tool is started with must never be read as one of its options.
_PATTERNS = {
    Tool.ANYDESK: re.compile(r"[0-9]{8,10}|[A-Za-z0-9][A-Za-z0-9._-]{0,39}@[A-Za-z0-9][A-Za-z0-9-]{0,23}"),
    Tool.RUSTDESK: re.compile(r"[0-9]{6,16}|[A-Za-z][A-Za-z0-9_-]{5,15}"),
    Tool.OTHER: re.compile(r"[A-Za-z0-9][A-Za-z0-9@._:-]{0,63}"),
}
_MOST_DIGITS = {Tool.TEAMVIEWER: 10, Tool.ANYDESK: 10, Tool.RUSTDESK: 16, Tool.OTHER: LONGEST_ID}


def plain_id(tool: Tool, typed: str) -> str:
    """Return an ID as it is stored: "123 456 789" as its digits, a name without blanks.

    Works on unfinished input too, and drops what is too many. What else is no ID is for `is_id` to refuse.
    """
    if tool is Tool.TEAMVIEWER:
        return partner_id_digits(typed)[: _MOST_DIGITS[tool]]
    plain = _BLANKS.sub("", typed)
    return plain[: _MOST_DIGITS[tool] if plain.isdigit() else LONGEST_ID]


def is_id(tool: Tool, plain: str) -> bool:
    """Return whether a tool can be started with an ID.

    TeamViewer: 9 or 10 digits, because 8 are mostly an ID of which one was not heard. AnyDesk: 8 to 10
    digits or an alias (name@ad). RustDesk: 6 to 16 digits, or a name of 6 to 16 signs.
    """
    if tool is Tool.TEAMVIEWER:
        return is_partner_id(plain)
    return _PATTERNS[tool].fullmatch(plain) is not None
