"""Text as XML can carry it: what the standard forbids is dropped before anything is written."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

R = TypeVar("R")
# XML 1.0, section 2.2: all but these characters may stand in a document.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LINE_END = re.compile("\r\n?")


def clean(text: str) -> str:
    """Return a text without characters that XML forbids, with plain line ends and no blanks around it."""
    return _LINE_END.sub("\n", _FORBIDDEN.sub("", text)).strip()


def cleaned(record: R) -> R:
    """Return a frozen dataclass with every text in it, however deep, as `clean` returns it."""
    changes = {one.name: _cleaned(getattr(record, one.name)) for one in fields(record)}  # type: ignore[arg-type]
    return replace(record, **changes)  # type: ignore[type-var]


def _cleaned(value: Any) -> Any:
    # An enum's member is a str too, and stays what it is.
    if type(value) is str:
        return clean(value)
    if isinstance(value, tuple):
        return tuple(_cleaned(one) for one in value)
    return cleaned(value) if is_dataclass(value) else value
