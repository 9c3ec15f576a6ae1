"""Text as XML can carry it: what the standard forbids is dropped before anything is written."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from operator import is_not
from typing import Any, TypeVar

R = TypeVar("R")
# XML 1.0, section 2.2: all but these characters may stand in a document.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LINE_END = re.compile("\r\n?")


def clean(text: str) -> str:
    """Return a text without characters that XML forbids, with plain line ends and no blanks around it."""
    if text.isprintable():
        return text.strip()
    return _LINE_END.sub("\n", _FORBIDDEN.sub("", text)).strip()


def cleaned(record: R) -> R:
    """Return a frozen dataclass with every text in it, however deep, as `clean` returns it."""
    said = ((one.name, getattr(record, one.name)) for one in fields(record))  # type: ignore[arg-type]
    changes = {name: other for name, value in said if (other := _cleaned(value)) is not value}
    return replace(record, **changes) if changes else record  # type: ignore[type-var]


def _cleaned(value: Any) -> Any:
    # An enum's member is a str too, and stays what it is.
    if type(value) is str:
        return clean(value)
    if isinstance(value, tuple):
        parts = tuple(_cleaned(one) for one in value)
        return parts if any(map(is_not, parts, value)) else value
    return cleaned(value) if is_dataclass(value) else value
