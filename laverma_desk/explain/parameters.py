"""What an error carries, as its sentence takes it."""

from __future__ import annotations

from typing import Any

_LONGEST_QUOTE = 200
_TYPED = frozenset({"value", "before", "name", "number"})


class Parameters(dict[str, Any]):
    """What an error carries; a value that it lacks is left empty, so that a sentence never fails."""

    def __missing__(self, key: str) -> str:
        return ""


def quotable(name: str, value: Any) -> Any:
    """Return what was typed fit to stand in a sentence: one line, and not the whole of a wrong file."""
    if not isinstance(value, str):
        return value
    line = " ".join("".join(one if one.isprintable() else " " for one in value).split())
    return line if name not in _TYPED or len(line) <= _LONGEST_QUOTE else f"{line[:_LONGEST_QUOTE]} …"
