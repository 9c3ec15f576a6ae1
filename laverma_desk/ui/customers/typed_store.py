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


class TypedStore:
    """Typed values by the form they belong to."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._kept: dict[Place, Values] = {}

    def keep(self, place: Place, values: Values | None) -> None:
        """Keep what stands in a form; None forgets it."""
        if values is None:
            self._kept.pop(place, None)
        else:
            self._kept[place] = values

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
            del self._kept[place]
