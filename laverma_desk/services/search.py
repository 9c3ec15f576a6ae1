"""Find the caller while the name is still being typed: in memory, forgiving, best hit first."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from rapidfuzz import fuzz, process

from laverma_desk.domain.agreement import Agreement, AgreementStatus, agreement_status
from laverma_desk.domain.clock import local_day
from laverma_desk.domain.customer import Customer, Workstation
from laverma_desk.domain.folding import digits_of, fold, fold_with_positions
from laverma_desk.services.desk import Desk
from laverma_desk.storage import customers

LIMIT = 50
_FORGIVEN = 75
"""Similarity in percent from which a mistyped word counts as meant."""

_SHORTEST_FUZZY = 3
_PHONE_DIGITS = 3


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
    words: tuple[str, ...]
    digits: tuple[str, ...]


class Finder:
    """All practices and machines in the form in which they are compared; made anew when they change."""

    def __init__(self, entries: list[_Entry], agreements: dict[int, list[Agreement]], day: date) -> None:
        """Keep what `load_finder` read."""
        self._entries = entries
        self._agreements = agreements
        self._day = day
        self._words = sorted(
            {word for entry in entries for word in entry.words if len(word) >= _SHORTEST_FUZZY}
        )

    def search(self, typed: str, limit: int = LIMIT) -> Found:
        """Return what fits every word that was typed.

        A word fits where it stands in a name, city, customer number, contact or machine, in whatever
        spelling of umlauts; a run of digits fits phone numbers and partner IDs. Where nothing fits,
        words that are nearly the same count.
        """
        words = fold(typed).split()
        if not words:
            return Found((), 0)
        forgiven = False
        ranked = self._ranked(typed, words)
        if not ranked:
            words = [self._nearest(word) for word in words]
            ranked = self._ranked(typed, words)
            forgiven = bool(ranked)
        ranked.sort(key=_rank)
        hits = tuple(self._hit(entry, words) for _score, entry in ranked[:limit])
        return Found(hits, len(ranked), forgiven)

    def _ranked(self, typed: str, words: list[str]) -> list[tuple[int, _Entry]]:
        line = digits_of(typed)
        dialled = _dialled(typed, line)
        ranked = []
        for entry in self._entries:
            if dialled and any(dialled in one for one in entry.digits):
                ranked.append((0, entry))
            elif all(word in entry.text for word in words):
                starts = sum(1 for word in words if any(one.startswith(word) for one in entry.words))
                ranked.append((1 + len(words) - starts, entry))
        return ranked

    def _nearest(self, word: str) -> str:
        if len(word) < _SHORTEST_FUZZY or word.isdigit():
            return word
        found = process.extractOne(word, self._words, scorer=fuzz.ratio, score_cutoff=_FORGIVEN)
        return word if found is None else str(found[0])

    def _hit(self, entry: _Entry, words: list[str]) -> Hit:
        return Hit(
            customer=entry.customer,
            workstation=entry.workstation,
            agreement=agreement_status(self._agreements.get(entry.customer.id, ()), self._day),
            name_marks=_marks(entry.customer.name, words),
            workstation_marks=_marks(entry.workstation.name, words) if entry.workstation else (),
        )


def load_finder(desk: Desk) -> Finder:
    """Read all practices that are not archived into a finder for today."""
    with desk.database.read() as connection:
        everyone = customers.every_customer(connection)
        machines = customers.every_workstation(connection)
        contacts = customers.every_contact(connection)
        contracts = customers.every_agreement(connection)
    by_customer: dict[int, list[Workstation]] = defaultdict(list)
    for machine in machines:
        by_customer[machine.customer_id].append(machine)
    people: dict[int, list[str]] = defaultdict(list)
    for customer_id, name in contacts:
        people[customer_id].append(name)
    agreements: dict[int, list[Agreement]] = defaultdict(list)
    for contract in contracts:
        agreements[contract.customer_id].append(contract)
    entries = [
        _entry(customer, machine, people.get(customer.id, []))
        for customer in everyone
        for machine in (*by_customer[customer.id],) or (None,)
    ]
    return Finder(entries, agreements, local_day(desk.clock.now()))


def _entry(customer: Customer, machine: Workstation | None, people: list[str]) -> _Entry:
    name, place = fold(customer.name), fold(machine.name) if machine else ""
    rest = fold(" ".join([customer.city, customer.number, *people]))
    text = f"{name} {place} {rest}"
    line = digits_of(customer.phone)
    digits = [customer.number]
    if line:
        digits.append(f"0{line[2:]}" if customer.phone.startswith("+49") else line)
        digits.append(line)
    if machine and machine.partner_id:
        digits.append(machine.partner_id)
    return _Entry(customer, machine, name, place, text, tuple(text.split()), tuple(digits))


def _dialled(typed: str, digits: str) -> str:
    """Return the digits to look for where a number was typed, in the form in which lines are kept."""
    if len(digits) < _PHONE_DIGITS or any(one.isalpha() for one in typed):
        return ""
    if digits.startswith("00"):
        return digits[2:]
    return digits


def _rank(pair: tuple[int, _Entry]) -> tuple[int, str, str]:
    score, entry = pair
    return score, entry.name, entry.place


def _marks(shown: str, words: list[str]) -> tuple[tuple[int, int], ...]:
    """Return where the words stand in a shown name, as non-overlapping (start, end)."""
    folded, places = fold_with_positions(shown)
    covered: set[int] = set()
    for word in words:
        found = folded.find(word)
        if found >= 0:
            covered.update(range(places[found], places[found + len(word) - 1] + 1))
    marks: list[tuple[int, int]] = []
    for place in sorted(covered):
        if marks and marks[-1][1] == place:
            marks[-1] = (marks[-1][0], place + 1)
        else:
            marks.append((place, place + 1))
    return tuple(marks)
