"""The customers of a file wait: the one at hand in memory, the others staged."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from laverma_desk.services.importing.collected import CollectedCustomer
from laverma_desk.services.importing.customer_rows import CustomerRow
from laverma_desk.services.importing.staging import Staging
from laverma_desk.services.problems import Problems


class CustomerStage:
    """The customers of a file by their number, in the order in which it names them first."""

    def __init__(self, staging: Staging) -> None:
        """Begin without any."""
        self._staging = staging
        self._places: dict[str, int] = {}
        self._current: CollectedCustomer | None = None
        self._doubtful: set[str] = set()
        self._faulty: set[str] = set()

    def __len__(self) -> int:
        """Return how many customers have been staged; `finish` first."""
        return len(self._places)

    @property
    def numbers(self) -> Collection[str]:
        """Return the numbers of the customers that have been staged."""
        return self._places.keys()

    def country_of(self, number: str) -> str | None:
        """Return the country that earlier rows stated for a customer."""
        found = self._find(number)
        stated = found.stated.get("country") if found else None
        return stated.value if stated else None

    def add(self, row: CustomerRow, problems: Problems) -> None:
        """Take a row in."""
        customer = self._find(row.number) or CollectedCustomer(row.number, row.line)
        if customer is not self._current:
            self.finish()
            self._current = customer
        before = problems.count
        customer.add(row, problems)
        if problems.count > before:
            self._faulty.add(row.number)

    def finish(self) -> None:
        """Stage the customer at hand."""
        if self._current is not None:
            self._current.check(doubts := Problems())
            if doubts.count:  # A later row may still say what is missing.
                self._doubtful.add(self._current.number)
            self._places[self._current.number] = self._staging.append(self._current.record)
            self._current = None

    def check(self, problems: Problems) -> None:
        """Look at what only all rows of a customer together can say; `finish` first."""
        for number in self._places:
            if number in self._doubtful:
                before = problems.count
                self._read(self._places[number]).check(problems)
                if problems.count > before:
                    self._faulty.add(number)

    def reject(self, number: str) -> None:
        """Leave a customer out of `customers`: a row of it cannot be read."""
        self._faulty.add(number)

    def customers(self) -> Iterator[CollectedCustomer]:
        """Yield the staged customers that nothing is wrong with, in the order of the file."""
        for number, place in self._places.items():
            if number not in self._faulty:
                yield self._read(place)

    def _find(self, number: str) -> CollectedCustomer | None:
        if self._current is not None and self._current.number == number:
            return self._current
        place = self._places.get(number)
        return None if place is None else self._read(place)

    def _read(self, place: int) -> CollectedCustomer:
        return CollectedCustomer.of_record(self._staging.read(place))
