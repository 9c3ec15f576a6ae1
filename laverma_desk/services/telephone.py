"""Who calls: the number that a telephone passed on, and the practices that have it."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import NamedTuple

from laverma_desk import text
from laverma_desk.domain.errors import RuleBroken
from laverma_desk.domain.folding import digits_of
from laverma_desk.domain.telephone import FEWEST_DIGITS, CallerId, Likeness, likeness, read_caller
from laverma_desk.services import checks
from laverma_desk.services.desk import Desk
from laverma_desk.storage.caller_lines import Line, every_line

_ENDING = 4
"""Last digits by which the store leaves out what cannot be the number: fewer than any likeness needs."""


class CallerHit(NamedTuple):
    """A practice that has the number; `person` is the one whose line it is, "" if it is not one alone."""

    customer_id: int
    customer_name: str
    person: str


class Caller(NamedTuple):
    """Who calls. `shown` is the number as it is read out, the name of a SIP user, or "" for nobody.

    `certain`: the number is that of the practices; else it only ends like theirs.
    """

    caller_id: CallerId
    shown: str
    customers: tuple[CallerHit, ...] = ()
    certain: bool = False

    @property
    def can_be_looked_for(self) -> bool:
        """Return whether a search can find it: a name, or a number that is more than an extension."""
        enough = len(digits_of(self.caller_id.text)) >= FEWEST_DIGITS
        return not self.caller_id.is_hidden and (enough or not self.caller_id.is_number)


def who_calls(desk: Desk, argument: str) -> Caller:
    """Return who calls, from whatever a telephone passed on. Raises RuleBroken PHONE_INVALID.

    All practices that have the number are returned, by name. One that has exactly this number beats those
    whose number only ends alike. The name of a SIP user is looked for in no list: the search does that.
    """
    caller = read_caller(argument)
    if not caller.is_number:
        return Caller(caller, " ".join(re.split(r"[^0-9A-Za-z]+", caller.text)).strip())
    with desk.database.read() as connection:
        lines = every_line(connection, digits_of(caller.text)[-_ENDING:])
    alike: dict[Likeness, list[Line]] = defaultdict(list)
    for line in lines:
        alike[likeness(caller.text, line.number)].append(line)
    found = alike[Likeness.SAME] or alike[Likeness.ENDING]
    numbers = {line.number for line in found}
    shown = text.phone(numbers.pop()) if len(numbers) == 1 else _readable(caller.text)
    return Caller(caller, shown, _hits(found), certain=bool(alike[Likeness.SAME]))


def unknown_caller(argument: str) -> Caller:
    """Return a caller without looking who it is. Raises RuleBroken PHONE_INVALID."""
    caller = read_caller(argument)
    return Caller(caller, _readable(caller.text) if caller.is_number else caller.text)


def _hits(lines: list[Line]) -> tuple[CallerHit, ...]:
    people: dict[tuple[int, str], list[str]] = defaultdict(list)
    for line in lines:
        people[line.customer_id, line.customer_name].append(line.person)
    return tuple(
        CallerHit(customer_id, name, persons[0] if len(set(persons)) == 1 else "")
        for (customer_id, name), persons in people.items()
    )


def _readable(number: str) -> str:
    """Return a number in the form of the others; as it was given where it is none that can be dialled."""
    if not number.startswith(("0", "+")):
        return number
    try:
        return text.phone(checks.phone(number, "phone"))
    except RuleBroken:
        return number
