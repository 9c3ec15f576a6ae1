"""Customers without a number are known again by their name and where they are; else they get a new one.

A customer is the same if the name is the same without regard to case, accents and the writing of
umlauts, and the place agrees: the postcode where both have one, else the town. Where one of both has neither,
the name has to be the only one of its kind.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.folding import fold
from laverma_desk.services.importing.customer_columns import NAME
from laverma_desk.storage.bulk_records import Named

_PROVISIONAL = "\n"


def is_provisional(number: str) -> bool:
    """Return whether a number only stands for a customer that gets its own when it is written."""
    return number.startswith(_PROVISIONAL)


class Numbering:
    """Finds the number of customers by name and place, among those of the desk and of the file so far."""

    def __init__(self, known: Iterable[Named]) -> None:
        """Begin with the customers of the desk."""
        self._by_name: dict[str, list[Named]] = defaultdict(list)
        for one in known:
            self._by_name[_folded(one.name)].append(one)
        self._new = 0

    def number_of(self, name: str, postcode: str, city: str) -> str:
        """Return the number of a customer; a provisional one for a new customer.

        Raises CUSTOMER_AMBIGUOUS at the name where several may be meant.
        """
        alike = self._by_name[_folded(name)]
        places = [(one, _same_place(one, postcode, city)) for one in alike]
        # What agrees for certain, else what cannot be told apart.
        found = [one for one, same in places if same] or [one for one, same in places if same is None]
        if found and len(alike) > 1 and not any(same for _one, same in places):
            found = alike
        if len(found) > 1:
            raise RuleBroken(
                Rule.CUSTOMER_AMBIGUOUS,
                field=NAME,
                name=name,
                known=", ".join(_said(one) for one in found[:5]),
            )
        if found:
            return found[0].number
        self._new += 1
        number = f"{_PROVISIONAL}{self._new}"
        alike.append(Named(number, name, postcode, city))
        return number


def _folded(text: str) -> str:
    return " ".join(fold(text).split())


def _same_place(one: Named, postcode: str, city: str) -> bool | None:
    """Return whether two places agree, None where there is nothing to compare."""
    if one.postcode and postcode:
        return one.postcode == postcode
    if one.city and city:
        return _folded(one.city) == _folded(city)
    return None


def _said(one: Named) -> str:
    return one.name if is_provisional(one.number) else one.number
