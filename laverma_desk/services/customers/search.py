"""Find the caller while the name is still being typed: in memory, forgiving, best hit first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice

from rapidfuzz import fuzz, process

from laverma_desk.domain.agreement import Agreement, AgreementStatus, agreement_status
from laverma_desk.domain.clock import local_day
from laverma_desk.domain.customer import Customer, Workstation
from laverma_desk.domain.folding import digits_of, fold, marks_of
from laverma_desk.services.customers.narrowing import Narrowing
from laverma_desk.services.desk import Desk
from laverma_desk.storage import agreements as stored_agreements
from laverma_desk.storage import customers
from laverma_desk.storage.caller_lines import every_line
from laverma_desk.storage.customer_records import all_customers
from laverma_desk.storage.former_ids import every_former_id

LIMIT = 50
_FORGIVEN = 75
"""Similarity in percent from which a mistyped word counts as meant."""

_MEANT = 3
"""How many spellings a mistyped word may stand for."""

_SHORTEST_FUZZY = 3
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


@dataclass(frozen=True)
class _Entry:
    customer: Customer
    workstation: Workstation | None
    name: str
    place: str
    text: str
    digits: str


class Finder:
    """All practices and machines in the form in which they are compared; made anew when they change."""

    def __init__(self, entries: list[_Entry], agreements: dict[int, list[Agreement]], day: date) -> None:
        """Keep what `load_finder` read, in the order in which equal hits are shown."""
        self._entries = sorted(entries, key=lambda one: (one.name, one.place))
        self._agreements = agreements
        self._day = day
        # Plain lists of strings: one pass over 20,000 of them takes a millisecond.
        lines = [one.text for one in self._entries]
        self._narrowing = Narrowing(lines)
        self._digits = [one.digits for one in self._entries]
        words = {word for line in lines for word in line.split()}
        self._words = sorted(word for word in words if len(word) >= _SHORTEST_FUZZY)
        self._every_word = " ".join(words)
        self._begun: dict[int, list[str]] = {}
        self._meant: dict[str, tuple[str, ...]] = {}

    @property
    def day(self) -> date:
        """Return the day for which agreements are judged."""
        return self._day

    @property
    def is_empty(self) -> bool:
        """Return whether the desk has no customer yet."""
        return not self._entries

    def first(self) -> Hit | None:
        """Return the first of all rows, without marks; None where there is no customer yet."""
        return self._hit(self._entries[0], []) if self._entries else None

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
            wanted = [self._spellings(word) for word in words]
            total, ranked = self._ranked(typed, wanted)
            forgiven = bool(total)
        marked = [word for spellings in wanted for word in spellings]
        hits = tuple(self._hit(self._entries[place], marked) for place in islice(ranked, limit))
        return Found(hits, total, forgiven)

    def customers(self, typed: str) -> list[Customer]:
        """Return each practice that fits once, the best first; all of them by name where nothing is typed."""
        words = fold(typed).split()
        places: Iterable[int] = range(len(self._entries))
        if words:
            total, places = self._ranked(typed, [(word,) for word in words])
            if not total:
                _total, places = self._ranked(typed, [self._spellings(word) for word in words])
        return list({one.id: one for one in (self._entries[place].customer for place in places)}.values())

    def status_of(self, customer_id: int) -> AgreementStatus:
        """Return the state of a practice's agreements on the finder's day."""
        return agreement_status(self._agreements.get(customer_id, ()), self._day)

    def of_customers(self, customer_ids: Collection[int]) -> Found:
        """Return the rows of some practices, without marks; without those that are archived or gone."""
        hits = tuple(self._hit(one, []) for one in self._entries if one.customer.id in customer_ids)
        return Found(hits, len(hits))

    def hit_of_workstation(self, workstation_id: int) -> Hit | None:
        """Return the hit of a machine's row, without marks; None if it is archived or gone."""
        found = (one for one in self._entries if one.workstation and one.workstation.id == workstation_id)
        entry = next(found, None)
        return None if entry is None else self._hit(entry, [])

    def _ranked(self, typed: str, wanted: list[tuple[str, ...]]) -> tuple[int, Iterator[int]]:
        """Return how many entries fit, and their places, the best first: a number, then beginnings of words.

        With a letter or two nearly all of them fit: they are put in order only as far as somebody asks.
        """
        dialled = _dialled(typed, digits_of(typed))
        numbers = [at for at, line in enumerate(self._digits) if dialled in line] if dialled else []
        if len(dialled) >= _WHOLE_NUMBER:
            # Somebody's whole number goes before numbers of which it is a part.
            numbers.sort(key=lambda at: dialled not in self._digits[at].split())
        fitting = self._fitting(wanted)
        named = set(numbers)
        rest = [place for place in fitting if place not in named] if named else fitting
        return len(numbers) + len(rest), chain(numbers, self._by_beginnings(rest, wanted))

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

    def _spellings(self, word: str) -> tuple[str, ...]:
        """Return what a word may mean: itself where it occurs, else what is spelt nearly alike.

        While it is still being typed, its letters are compared with the beginnings of words.
        """
        if len(word) < _SHORTEST_FUZZY or word.isdigit() or word in self._every_word:
            return (word,)
        if word not in self._meant:
            self._meant[word] = self._alike(word)
        return self._meant[word]

    def _alike(self, word: str) -> tuple[str, ...]:
        whole = process.extract(word, self._words, scorer=fuzz.ratio, score_cutoff=_FORGIVEN, limit=_MEANT)
        size = len(word)
        if size not in self._begun:
            self._begun[size] = list({one[:size] for one in self._words})
        parts = process.extract(
            word, self._begun[size], scorer=fuzz.ratio, score_cutoff=_FORGIVEN, limit=_MEANT
        )
        return tuple(str(one[0]) for one in (*whole, *parts)) or (word,)

    def _hit(self, entry: _Entry, words: list[str]) -> Hit:
        return Hit(
            customer=entry.customer,
            workstation=entry.workstation,
            agreement=self.status_of(entry.customer.id),
            name_marks=marks_of(entry.customer.name, words),
            workstation_marks=marks_of(entry.workstation.name, words) if entry.workstation else (),
        )


def load_finder(desk: Desk, *, archived: bool = False) -> Finder:
    """Read all practices into a finder for today; those that are archived only where they are wanted."""
    with desk.database.read() as connection:
        everyone = all_customers(connection) if archived else customers.every_customer(connection)
        former = every_former_id(connection)
        machines = customers.every_workstation(connection)
        contacts = customers.every_contact(connection)
        lines = every_line(connection)
        contracts = stored_agreements.every_agreement(connection)
    by_customer: dict[int, list[Workstation]] = defaultdict(list)
    for machine in machines:
        by_customer[machine.customer_id].append(machine)
    people: dict[int, list[str]] = defaultdict(list)
    for customer_id, name in contacts:
        people[customer_id].append(name)
    numbers: dict[int, list[str]] = defaultdict(list)
    for line in lines:
        numbers[line.customer_id].append(line.number)
    agreements: dict[int, list[Agreement]] = defaultdict(list)
    for contract in contracts:
        agreements[contract.customer_id].append(contract)
    once: dict[int, list[str]] = defaultdict(list)
    for old in former:
        once[old.workstation_id].append(old.partner_id)
    entries = [
        entry
        for customer in everyone
        for entry in _entries(
            customer, by_customer[customer.id], people.get(customer.id, []), once, numbers[customer.id]
        )
    ]
    return Finder(entries, agreements, local_day(desk.clock.now()))


def _entries(
    customer: Customer,
    machines: list[Workstation],
    people: list[str],
    former: dict[int, list[str]] | None = None,
    numbers: Collection[str] = (),
) -> Iterator[_Entry]:
    name = fold(customer.name)
    rest = fold(" ".join([customer.city, customer.number, *people]))
    digits = [customer.number]
    for number in dict.fromkeys((customer.phone, *numbers)):
        line = digits_of(number)
        if line:
            digits.append(f"0{line[2:]}" if number.startswith("+49") else line)
            digits.append(line)
    for machine in (*machines,) or (None,):
        place, partner_id = (fold(machine.name), machine.partner_id) if machine else ("", "")
        # The blank before each word tells beginnings of words from their insides.
        once = former.get(machine.id, []) if machine and former else []
        named = fold(" ".join(one for one in (partner_id, *once) if not one.isdigit()))
        text = f" {' '.join(f'{name} {place} {rest} {named}'.split())}"
        yield _Entry(customer, machine, name, place, text, " ".join([*digits, partner_id, *once]))


def _dialled(typed: str, digits: str) -> str:
    """Return the digits to look for where a number was typed, in the form in which lines are kept."""
    if len(digits) < _PHONE_DIGITS or any(one.isalpha() for one in typed):
        return ""
    if digits.startswith("00"):
        return digits[2:]
    return digits
