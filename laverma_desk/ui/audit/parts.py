"""The three parts of the page."""

from __future__ import annotations

from enum import StrEnum

from laverma_desk.i18n import _


class Part(StrEnum):
    """A part, by the key of its segment."""

    CHAIN = "chain"
    CHANGES = "changes"
    PROCEDURES = "procedures"


def part_name(part: Part) -> str:
    """Return what a part is called."""
    return {
        Part.CHAIN: _("Chain of documents"),
        Part.CHANGES: _("Changes"),
        Part.PROCEDURES: _("Description of procedures"),
    }[part]
