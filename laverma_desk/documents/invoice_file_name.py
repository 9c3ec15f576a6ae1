"""The name of an issued document's file: its number, made safe for every system."""

from __future__ import annotations

import re

_UNSAFE = re.compile(r"[^A-Za-z0-9$&%+-]")
_RESERVED = re.compile(r"(?:CON|PRN|AUX|NUL|COM\d|LPT\d)\Z", re.IGNORECASE)


def invoice_file_name(number: str, ending: str) -> str:
    """Return RE-2022-0001.pdf for a document's number and ".pdf" or ".xml".

    What Windows refuses in a name (the slash and the star that DATEV allows in a number) is a hyphen.
    """
    stem = _UNSAFE.sub("-", number)
    if _RESERVED.match(stem):
        stem += "-"
    return stem + ending
