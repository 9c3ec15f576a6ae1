"""Names of files that the desk gives out: Windows, macOS and Linux take them, and none is a path."""

from __future__ import annotations

import re

_LONGEST = 120
_UNSAFE = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"/\\|?*\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]+')
_UNSAFE_IN_NUMBERS = re.compile(r"[^A-Za-z0-9$&%+-]")
_DEVICES = re.compile(r"(?i)(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])( *\..*)?$")


def safe_name(title: str, otherwise: str) -> str:
    """Return a title as a file's name without its ending, never empty: `otherwise` where nothing is left.

    It has 120 bytes at most. What a system refuses, and what turns the order of letters, becomes a blank.
    """
    name = " ".join(_UNSAFE.sub(" ", title).split()).strip(". ")
    name = name.encode()[:_LONGEST].decode(errors="ignore").rstrip(". ")
    return f"_{name}" if is_device(name) else name or otherwise


def is_device(name: str) -> bool:
    """Return whether Windows takes a name for a device, with or without an ending: CON, nul.txt, COM1."""
    return _DEVICES.match(name) is not None


def invoice_file_name(number: str, ending: str) -> str:
    """Return RE-2022-0001.pdf for a document's number and ".pdf" or ".xml".

    What Windows refuses in a name (the slash and the star that DATEV allows in a number) is a hyphen. A
    draft's stem holds the customer's number, which may be longer than any system takes: it is cut.
    """
    stem = _UNSAFE_IN_NUMBERS.sub("-", number)[:_LONGEST]
    if is_device(stem):
        stem += "-"
    return stem + ending
