"""What was typed into a record and is not saved: it outlives the form, the customer, and other pages."""

from __future__ import annotations

from dataclasses import dataclass

Values = dict[str, object]
NEW = 0
"""Stands for the row of a person or machine that is not there yet."""


@dataclass(frozen=True)
class Place:
    """A form of a customer; `subject` is the row of the person or machine it is about."""

    customer_id: int
    form: str
    subject: int = NEW


@dataclass(frozen=True)
class Begun:
    """What a form showed when typing began, and the version that the record had then."""

    version: int
    values: Values


class TypedStore:
    """Typed values by the form they belong to."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._kept: dict[Place, Values] = {}
        self._begun: dict[Place, Begun] = {}

    def keep(self, place: Place, values: Values | None, begun: Begun | None = None) -> None:
        """Keep what stands in a form; None forgets it. `begun` counts for what is typed first."""
        if values is None:
            self._kept.pop(place, None)
            self._begun.pop(place, None)
            return
        self._kept[place] = values
        if begun is not None:
            self._begun.setdefault(place, begun)

    def begun(self, place: Place) -> Begun | None:
        """Return from what typing began in a form, None where everything is saved."""
        return self._begun.get(place)

    def begin_anew(self, place: Place, begun: Begun) -> None:
        """Let what is typed in a form stand over another version from now on: its person has seen it."""
        if place in self._kept:
            self._begun[place] = begun

    def typed(self, place: Place) -> Values | None:
        """Return what was typed into a form, None where everything is saved."""
        return self._kept.get(place)

    def forms(self, customer_id: int) -> frozenset[str]:
        """Return which forms of a customer hold something."""
        return frozenset(place.form for place in self._kept if place.customer_id == customer_id)

    def subjects(self, customer_id: int, form: str) -> frozenset[int]:
        """Return the people or machines of a customer with something typed."""
        found = (place for place in self._kept if (place.customer_id, place.form) == (customer_id, form))
        return frozenset(place.subject for place in found)

    def customers(self) -> frozenset[int]:
        """Return the customers with something typed."""
        return frozenset(place.customer_id for place in self._kept)

    def forget(self, customer_id: int) -> None:
        """Forget everything of a customer who is gone."""
        for place in [one for one in self._kept if one.customer_id == customer_id]:
            self.keep(place, None)
