"""The technicians of the house as a whole list: who there is, who sits at this desk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from laverma_desk.domain.company import FiguresSettings
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.services import checks
from laverma_desk.services.changes import Done, Topic, done
from laverma_desk.services.desk import Desk
from laverma_desk.services.setup.house import changing_settings, remember
from laverma_desk.services.setup.house_figures import write_figures_settings
from laverma_desk.storage import house as stored
from laverma_desk.storage.database import Connection


@dataclass(frozen=True)
class Person:
    """A technician as a form has them: `number` None is a new one, `here` sits at this desk."""

    number: int | None
    name: str
    email: str
    here: bool


def save_supporters(
    desk: Desk, people: Sequence[Person], figures: FiguresSettings | None = None
) -> Done[None]:
    """Keep these technicians, all or nothing; one that is missing is archived, sessions keep the name.

    With `figures` it keeps along with them what is shown of each.

    Raises RuleBroken with the `place` of the person: TEXT_MISSING without a name, FIELD_CONTRADICTS
    where a name stands twice; SUPPORTER_MISSING where nobody is left.
    """
    if not people:
        raise RuleBroken(Rule.SUPPORTER_MISSING, field="name")
    names = [one.name.strip() for one in people]
    for place, name in enumerate(names):
        if not name:
            raise RuleBroken(Rule.TEXT_MISSING, field="name", place=place)
    checks.each_once(names, "name")
    with changing_settings(desk) as connection:
        numbers = _write(connection, people, names)
        here = next((number for number, one in zip(numbers, people, strict=True) if one.here), numbers[0])
        remember(connection, supporter_id=here)
        if figures is not None:
            write_figures_settings(connection, figures)
    return done(None, Topic.HOUSE)


def _write(connection: Connection, people: Sequence[Person], names: Sequence[str]) -> list[int]:
    """Write the people and return their numbers; a name that comes back revives its row."""
    kept = {one.number for one in people}
    rest = {one.name: one.id for one in stored.supporters(connection) if one.id not in kept}
    numbers = [rest.get(name, one.number) for one, name in zip(people, names, strict=True)]
    for known in stored.supporters(connection):
        stored.archive_supporter(connection, known.id)
        if known.id in numbers:
            # Names are unique at every moment, also while two people exchange theirs.
            stored.put_supporter(connection, f"{known.name}\n{known.id}", known.email, known=known.id)
    return [
        stored.put_supporter(connection, name, one.email, known=number)
        for number, name, one in zip(numbers, names, people, strict=True)
    ]
