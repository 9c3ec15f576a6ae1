"""The frozen record of a document as text, and back: the same record is always the same text."""

from __future__ import annotations

import hashlib
import json
import types
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import cache
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

R = TypeVar("R")

SEAL = "record-sha256:"
"""Begins what `seal_of` returns."""


def dump(record: Any) -> str:
    """Return a frozen dataclass as JSON: dates in ISO form, decimals as text, nothing as a float."""
    return json.dumps(_plain(record), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def seal_of(record: str) -> str:
    """Return the words by which a paper names the very record that it was made from."""
    return f"{SEAL}{hashlib.sha256(record.encode()).hexdigest()}"


def load(kind: type[R], text: str) -> R:
    """Return the record of a text. Raises ValueError, KeyError or TypeError for one that is none."""
    made = _made(kind, json.loads(text))
    if not isinstance(made, kind):
        raise TypeError(kind)
    return made


def _plain(value: Any) -> Any:
    match value:
        case Enum():
            return value.value
        case Decimal():
            return str(value)
        case date():
            return value.isoformat()
        case tuple():
            return [_plain(one) for one in value]
        case _ if is_dataclass(value):
            return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
        case _:
            return value


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _made(kind: Any, value: Any) -> Any:
    origin = get_origin(kind)
    if origin is types.UnionType:
        return None if value is None else _made(_not_none(kind), value)
    if origin is tuple:
        return tuple(_made(get_args(kind)[0], one) for one in value)
    if is_dataclass(kind):
        if not isinstance(value, dict):
            raise TypeError(kind)
        hints = _hints(kind)  # type: ignore[arg-type]
        # What an older program did not know yet is missing: the field's own default stands.
        return kind(**{key: _made(hints[key], one) for key, one in value.items() if key in hints})  # type: ignore[operator]
    if kind in (date, datetime):
        return kind.fromisoformat(value)
    if kind in (bool, int, str):
        # Exactly that: True is an int too, and a figure in quotation marks would break the first sum.
        if type(value) is not kind:
            raise TypeError(kind)
        return value
    return _decimal(value) if kind is Decimal else kind(value)


def _decimal(value: Any) -> Decimal:
    try:
        return Decimal(value)
    except InvalidOperation as error:
        raise ValueError(value) from error


def _not_none(kind: Any) -> Any:
    return next(one for one in get_args(kind) if one is not types.NoneType)
