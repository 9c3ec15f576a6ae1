"""From a row of many to the sessions behind it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import overload

from laverma_desk.ui.history.wish import Wish


class CustomerWays(Sequence[Wish]):
    """A way to the sessions of each of some customers, made when it is gone: a house has ten thousand."""

    def __init__(self, wish: Wish, customers: Iterable[tuple[int, str]]) -> None:
        """Take what all of them ask for, and the row and name of each."""
        self._wish, self._customers = wish, tuple(customers)

    def __len__(self) -> int:
        return len(self._customers)

    @overload
    def __getitem__(self, place: int) -> Wish: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Wish]: ...

    def __getitem__(self, place: int | slice) -> Wish | Sequence[Wish]:
        if isinstance(place, slice):
            return CustomerWays(self._wish, self._customers[place])
        customer_id, name = self._customers[place]
        return replace(self._wish, customer_id=customer_id, customer=name)
