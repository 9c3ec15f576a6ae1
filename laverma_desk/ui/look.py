"""How a state is shown: in words, with a drawing and a colour of its own; none of them says it alone."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Look:
    """Words with their own drawing and colour token; an empty `icon` is none."""

    words: str
    icon: str = ""
    tone: str = "muted"


NO_LOOK = Look("")
