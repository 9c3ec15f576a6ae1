"""Find the caller while the name is still being typed: in memory, forgiving, best hit first."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice

from laverma_desk.domain.agreement import AgreementStatus, agreement_status
from laverma_desk.domain.clock import local_day
from laverma_desk.domain.customer import Customer, Workstation
from laverma_desk.domain.folding import digits_of, fold, marks_of
from laverma_desk.services.customers.comparing import NO_MACHINE, Compared
from laverma_desk.services.customers.narrowing import Narrowing
from laverma_desk.services.customers.spelling import Spelling
from laverma_desk.services.desk import Desk
from laverma_desk.storage.everyone import Everyone, read_everyone

LIMIT = 50
_PHONE_DIGITS = 3
_WHOLE_NUMBER = 6


@dataclass(frozen=True)
class Hit:
    """A practice and one of its machines (None: it has none yet), with what to make bold.

    The marks are (start, end) in the shown name of the practice and of the machine.
    """

    customer: Customer
    workstation: Workstation | None
    agreement: AgreementStatus
    name_marks: tuple[tuple[int, int], ...] = ()
    workstation_marks: tuple[tuple[int, int], ...] = ()

    def is_same_as(self, other: Hit) -> bool:
        """Return whether both tell the same of the same machine, as it was read once; marks do not count."""
        same = self.customer is other.customer and self.workstation is other.workstation
        return same and self.agreement == other.agreement


@dataclass(frozen=True)
class Found:
    """The best hits, how many there are in all, and whether spelling had to be forgiven."""

    hits: tuple[Hit, ...]
    total: int
    forgiven: bool = False


class Finder:
    """All practices and machines in the form in which they are compared; made anew when they change.

    The record of a practice or machine is made when it is shown for the first time.
    """

    def __init__(self, everyone: Everyone, day: date) -> None:
        """Bring what was read into the order in which equal hits are shown."""
        self._customers, self._workstations = everyone.practices.records, everyone.machines.records
        self._customer_rows = array("q", everyone.practices.rows)
        self._workstation_rows = array("q", everyone.machines.rows)
        self._day = day
        self._compared = Compared(everyone)
        self._owners, self._machines = self._compared.owners, self._compared.machines
        self._narrowing = Narrowing(self._compared.lines)
        self._spelling = Spelling(self._compared.lines)
        owners = array("q", everyone.signed)
        self._agreements = everyone.agreements
        self._signed = array("l", sorted(range(len(owners)), key=owners.__getitem__))
        self._signers = array("q", map(owners.__getitem__, self._signed))

    def prepare(self) -> None:
        """Make ready what only a number or a misspelt word needs; it takes about as long as the reading."""
        self._spelling.prepare()
        self._compared.digits()

    @property
    def day(self) -> date:
        """Return the day for which agreements are judged."""
        return self._day

    @property
    def is_empty(self) -> bool:
        """Return whether the desk has no customer yet."""
        return not self._owners

    def first(self) -> Hit | None:
        """Return the first of all rows, without marks; None where there is no customer yet."""
        return self._hit(0, []) if self._owners else None

    def judge_on(self, day: date) -> None:
        """Judge agreements on another day from now on: midnight has passed."""
        self._day = day

    def search(self, typed: str, limit: int = LIMIT) -> Found:
        """Return what fits every word that was typed.

        A word fits where it stands in a name, city, customer number, contact or machine, in whatever
        spelling of umlauts; a run of digits fits phone numbers and partner IDs. Where nothing fits,
        words that are nearly the same count.
        """
        words = fold(typed).split()
        wanted: list[tuple[str, ...]] = [(word,) for word in words]
        if not wanted:
            return Found((), 0)
        total, ranked = self._ranked(typed, wanted)
        forgiven = False
        if not total:
            wanted = [self._spelling.meant(word) for word in words]
            total, ranked = self._ranked(typed, wanted)
            forgiven = bool(total)
        marked = [word for spellings in wanted for word in spellings]
        hits = tuple(self._hit(place, marked) for place in islice(ranked, limit))
        return Found(hits, total, forgiven)

    def customers(self, typed: str) -> list[Customer]:
        """Return each practice that fits once, the best first; all of them by name where nothing is typed."""
        words = fold(typed).split()
        places: Iterable[int] = range(len(self._owners))
        if words:
            total, places = self._ranked(typed, [(word,) for word in words])
            if not total:
                _total, places = self._ranked(typed, [self._spelling.meant(word) for word in words])
        owners = dict.fromkeys(self._owners[place] for place in places)
        return [self._customers[owner] for owner in owners]

    def status_of(self, customer_id: int) -> AgreementStatus:
        """Return the state of a practice's agreements on the finder's day."""
        first, last = bisect_left(self._signers, customer_id), bisect_right(self._signers, customer_id)
        agreements = [self._agreements[place] for place in self._signed[first:last]]
        return agreement_status(agreements, self._day)

    def of_customers(self, customer_ids: Collection[int]) -> Found:
        """Return the rows of some practices, without marks; without those that are archived or gone."""
        rows = self._customer_rows
        hits = tuple(
            self._hit(place, []) for place, owner in enumerate(self._owners) if rows[owner] in customer_ids
        )
        return Found(hits, len(hits))

    def hit_of_workstation(self, workstation_id: int) -> Hit | None:
        """Return the hit of a machine's row, without marks; None if it is archived or gone."""
        known = self._workstation_rows
        machine = known.index(workstation_id) if workstation_id in known else None
        if machine is None or machine not in self._machines:
            return None
        return self._hit(self._machines.index(machine), [])

    def _ranked(self, typed: str, wanted: list[tuple[str, ...]]) -> tuple[int, Iterator[int]]:
        """Return how many entries fit, and their places, the best first: a number, then beginnings of words.

        With a letter or two nearly all of them fit: they are put in order only as far as somebody asks.
        """
        numbers = self._having_number(_dialled(typed, digits_of(typed)))
        fitting = self._fitting(wanted)
        named = set(numbers)
        rest = [place for place in fitting if place not in named] if named else fitting
        return len(numbers) + len(rest), chain(numbers, self._by_beginnings(rest, wanted))

    def _having_number(self, dialled: str) -> list[int]:
        if not dialled:
            return []
        digits = self._compared.digits()
        having = digits.having(dialled)
        if len(dialled) < _WHOLE_NUMBER:
            return having
        # Somebody's whole number goes before numbers of which it is a part.
        whole = dict.fromkeys(digits.having(f" {dialled} "))
        return [*whole, *(place for place in having if place not in whole)]

    def _fitting(self, wanted: list[tuple[str, ...]]) -> Collection[int]:
        if all(len(spellings) == 1 for spellings in wanted):
            return self._narrowing.fitting(tuple(word for (word,) in wanted))
        fitting = self._narrowing.fitting(())
        for spellings in sorted(wanted, key=lambda some: -len(some[0])):
            fitting = self._narrowing.having(fitting, spellings)
        return fitting

    def _by_beginnings(self, fitting: Collection[int], wanted: list[tuple[str, ...]]) -> Iterator[int]:
        """Yield first where each word begins one, then where all but one do, and so on."""
        begun = [tuple(f" {word}" for word in spellings) for spellings in wanted]
        best = fitting
        for beginnings in begun:
            best = self._narrowing.having(best, beginnings)
        yield from best
        if len(best) == len(fitting):
            return
        done = set(best)
        misses = {place: len(wanted) for place in fitting if place not in done}
        for beginnings in begun:
            for place in self._narrowing.having(misses, beginnings):
                misses[place] -= 1
        yield from sorted(misses, key=misses.__getitem__)

    def _hit(self, place: int, words: list[str]) -> Hit:
        customer = self._customers[self._owners[place]]
        machine = self._machines[place]
        workstation = self._workstations[machine] if machine != NO_MACHINE else None
        return Hit(
            customer=customer,
            workstation=workstation,
            agreement=self.status_of(customer.id),
            name_marks=marks_of(customer.name, words),
            workstation_marks=marks_of(workstation.name, words) if workstation else (),
        )


def load_finder(desk: Desk, *, archived: bool = False) -> Finder:
    """Read all practices into a finder for today; those that are archived only where they are wanted."""
    with desk.database.read() as connection:
        everyone = read_everyone(connection, archived=archived)
    return Finder(everyone, local_day(desk.clock.now()))


def _dialled(typed: str, digits: str) -> str:
    """Return the digits to look for where a number was typed, in the form in which lines are kept."""
    if len(digits) < _PHONE_DIGITS or any(one.isalpha() for one in typed):
        return ""
    if digits.startswith("00"):
        return digits[2:]
    return digits
