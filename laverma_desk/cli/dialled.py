"""What a telephone put on the command line: all of it is what it said of the caller, none of it an option."""

from __future__ import annotations

from collections.abc import Sequence

from laverma_desk.domain.telephone import is_address

COMMAND = "call"
_WITH_VALUE = ("--data-dir", "--database", "--language")
_HELP = (["-h"], ["--help"])


def split(arguments: Sequence[str]) -> tuple[list[str], str | None]:
    """Return the arguments that are ours to read, and what a telephone said behind them (None: no call).

    A call begins with the command, or with an address such as tel:… in its place. Whoever calls chooses
    what stands behind, so that not even "--data-dir" there is read.
    """
    place = _first_word(arguments)
    if place is None or not (arguments[place] == COMMAND or is_address(arguments[place])):
        return list(arguments), None
    said = place + 1 if arguments[place] == COMMAND else place
    if list(arguments[said:]) in _HELP:
        return list(arguments), None
    return [*arguments[:place], COMMAND], " ".join(arguments[said:])


def without_call(arguments: Sequence[str]) -> list[str]:
    """Return the arguments with which the program starts again: nobody calls a second time."""
    ours, said = split(arguments)
    return ours if said is None else ours[:-1]


def _first_word(arguments: Sequence[str]) -> int | None:
    """Return the place of the first argument that is neither an option nor the value of one."""
    place = 0
    while place < len(arguments) and arguments[place].startswith("-"):
        place += 2 if arguments[place] in _WITH_VALUE else 1
    return place if place < len(arguments) else None
