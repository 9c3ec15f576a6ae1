"""The GiroCode of a letter: a transfer that a banking app reads, as squares on the paper (EPC069-12)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import segno

from laverma_desk.documents.paper import Bar, Mark
from laverma_desk.documents.typesetting import INK

_LONGEST_HOLDER = 70
_LARGEST_VERSION = 13
_MOST_CENTS = 99_999_999_999
_SEAM = 0.1
"""Squares overlap by so many px: else a screen shows white lines between them."""


@dataclass(frozen=True)
class Transfer:
    """A payment in euro cents to an account; `purpose` is the document's number, as free text."""

    holder: str
    iban: str
    bic: str
    cents: int
    purpose: str

    @property
    def possible(self) -> bool:
        """Return whether a bank could carry it out."""
        return bool(self.holder.strip() and self.iban.strip() and 0 < self.cents <= _MOST_CENTS)


def payload(transfer: Transfer) -> bytes:
    """Return what the code says: version 002, character set 1 (UTF-8), lines joined by line feeds."""
    euros, cents = divmod(transfer.cents, 100)
    lines = (
        "BCD",
        "002",
        "1",
        "SCT",
        transfer.bic.replace(" ", "").upper(),
        " ".join(transfer.holder.split())[:_LONGEST_HOLDER].rstrip(),
        transfer.iban.replace(" ", "").upper(),
        f"EUR{euros}.{cents:02d}",
        "",
        "",
        transfer.purpose,
    )
    return "\n".join(lines).encode("utf-8")


@lru_cache(maxsize=8)
def matrix(transfer: Transfer) -> tuple[tuple[bool, ...], ...]:
    """Return the code's modules row by row, True for dark, without the quiet zone.

    Level M, as the EPC wants it: never raised, so that the code stays coarse. A letter asks twice: how tall
    it is, and what it is.
    """
    code = segno.make_qr(payload(transfer), error="m", boost_error=False, mode="byte")
    if int(code.version) > _LARGEST_VERSION:
        raise ValueError(code.designator)
    return tuple(tuple(bool(module) for module in row) for row in code.matrix)


def code_marks(transfer: Transfer, x: float, y: float, size: float) -> list[Mark]:
    """Return the code as rectangles, one for each run of dark modules; measures in px."""
    modules = matrix(transfer)
    side = size / len(modules)
    marks: list[Mark] = []
    for row, dark in enumerate(modules):
        start = 0
        while start < len(dark):
            end = start
            while end < len(dark) and dark[end]:
                end += 1
            if end > start:
                seam = _SEAM if row + 1 < len(modules) else 0
                width = (end - start) * side
                marks.append(Bar(x + start * side, y + row * side, width, side + seam, INK))
            start = end + 1
    return marks
