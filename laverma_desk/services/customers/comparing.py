"""What typed words and digits are held against: a line for each machine, in the order of the list."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice

from laverma_desk.domain.folding import digits_of, fold_all
from laverma_desk.storage.everyone import Everyone

NO_MACHINE = -1
"""The place of the machine in the line of a practice that has none yet."""

_NONE = (NO_MACHINE,)
_AT_ONCE = 512


class DigitLines:
    """Lines of numbers as a few long texts: one by one they take twice the room."""

    def __init__(self, lines: Iterable[str]) -> None:
        """Take the numbers of each line, with blanks between."""
        rest = iter(lines)
        self._texts: list[str] = []
        while some := [f" {' '.join(line.split())} " for line in islice(rest, _AT_ONCE)]:
            self._texts.append("\n".join(some))

    def having(self, digits: str) -> list[int]:
        """Return the places of the lines that have some digits; with a blank at both ends, a whole number."""
        return [
            place
            for number, text in enumerate(self._texts)
            if digits in text
            for place, line in enumerate(text.split("\n"), number * _AT_ONCE)
            if digits in line
        ]


class Compared:
    """Lines of folded words, and by them the places of practices (`owners`) and machines in `Everyone`."""

    def __init__(self, everyone: Everyone) -> None:
        """Fold what is compared; digits wait until somebody types some."""
        self._undialled: Everyone | None = everyone
        self._dialled = DigitLines(())
        names = fold_all(everyone.practices.names)
        known = list(dict.fromkeys(everyone.machines.names))  # Most are called like many others.
        folded = dict(zip(known, fold_all(known), strict=True))
        places = [folded[name] for name in everyone.machines.names]
        self.owners, self.machines = _in_order(everyone, names, places)
        self.lines = _lines(everyone, names, places, zip(self.owners, self.machines, strict=True))

    def digits(self) -> DigitLines:
        """Return for each line its customer number, telephone lines and partner IDs, with blanks between."""
        everyone = self._undialled
        if everyone is not None:
            self._dialled = DigitLines(_digits(everyone, self.owners, self.machines))
            self._undialled = None  # Its columns are needed no more.
        return self._dialled


def _lines(
    everyone: Everyone, names: Sequence[str], places: Sequence[str], in_order: Iterable[tuple[int, int]]
) -> list[str]:
    """Return for each line its words; the blank before each tells beginnings of words from their insides."""
    tails, named = _beside_the_names(everyone), _named(everyone)
    spaced = {place: _spaced(place) for place in dict.fromkeys(places)}
    last, head, tail = -1, "", ""
    lines = []
    for owner, machine in in_order:
        if owner != last:
            last, head, tail = owner, _spaced(names[owner]), tails[owner]
        if machine == NO_MACHINE:
            lines.append(f"{head}{tail}")
        elif machine in named:
            lines.append(f"{head}{spaced[places[machine]]}{tail}{named[machine]}")
        else:
            lines.append(f"{head}{spaced[places[machine]]}{tail}")
    return lines


def _digits(everyone: Everyone, owners: Iterable[int], places: Iterable[int]) -> Iterator[str]:
    practices, machines = everyone.practices, everyone.machines
    further, former = everyone.numbers.by_row(), everyone.former.by_row()
    of_practice = [
        " ".join([number, *_dialled_forms(phone, further.get(row, ()))])
        for row, number, phone in zip(practices.rows, practices.numbers, practices.phones, strict=True)
    ]
    rows, partner_ids = array("q", machines.rows), list(machines.partner_ids)
    for owner, at in zip(owners, places, strict=True):
        own = [] if at == NO_MACHINE else [partner_ids[at], *former.get(rows[at], ())]
        yield " ".join([of_practice[owner], *own])


def _in_order(
    everyone: Everyone, names: Sequence[str], places: Sequence[str]
) -> tuple[array[int], array[int]]:
    """Return practice and machine of each line: by folded names, of alike ones by machines and as written."""
    rows = array("q", everyone.practices.rows)
    owners: list[int] = []
    found: list[int] = []
    its = _its_machines(everyone, places)
    written = list(everyone.practices.names)
    for _name, alike in groupby(sorted(range(len(names)), key=names.__getitem__), key=names.__getitem__):
        owner, *others = alike
        machines = its.get(rows[owner], _NONE)
        if others:
            by_name = sorted((owner, *others), key=lambda one: (written[one], rows[one]))
            pairs = [(one, at) for one in by_name for at in its.get(rows[one], _NONE)]
            pairs.sort(key=lambda pair: places[pair[1]] if pair[1] != NO_MACHINE else "")
            owners += [one for one, _at in pairs]
            found += [at for _one, at in pairs]
        else:
            owners += [owner] * len(machines)
            found += machines
    return array("l", owners), array("l", found)


def _its_machines(everyone: Everyone, places: Sequence[str]) -> dict[int, list[int]]:
    """Return by rows of practices their machines, in the order of their folded names."""
    rows, practices = array("q", everyone.machines.rows), array("q", everyone.machines.practices)
    found: dict[int, list[int]] = defaultdict(list)
    for machine in sorted(sorted(range(len(rows)), key=rows.__getitem__), key=places.__getitem__):
        found[practices[machine]].append(machine)
    return found


def _spaced(text: str) -> str:
    """Return a text with one blank before each of its words."""
    return f" {' '.join(text.split())}" if text else ""


def _beside_the_names(everyone: Everyone) -> list[str]:
    """Return what a practice is found by beside its name: city, customer number, people."""
    people = everyone.people.by_row()
    practices = everyone.practices
    told = (
        " ".join([city, number, *people.get(row, ())])
        for row, number, city in zip(practices.rows, practices.numbers, practices.cities, strict=True)
    )
    return [_spaced(one) for one in fold_all(told)]


def _named(everyone: Everyone) -> dict[int, str]:
    """Return by machines' places those partner IDs, present and former, that are words."""
    former, partner_ids = everyone.former.by_row(), list(everyone.machines.partner_ids)
    words = {at: [one] for at, one in enumerate(partner_ids) if one and not one.isdigit()}
    for at, row in enumerate(everyone.machines.rows if former else ()):
        if row in former:
            words[at] = words.get(at, []) + [one for one in former[row] if not one.isdigit()]
    return dict(zip(words, map(_spaced, fold_all(map(" ".join, words.values()))), strict=True))


def _dialled_forms(phone: str, further: Iterable[str]) -> Iterator[str]:
    """Yield telephone numbers as they may be typed: with the country's code and, at home, without it."""
    for number in dict.fromkeys((phone, *further)):
        line = digits_of(number)
        if line:
            if number.startswith("+49"):
                yield f"0{line[2:]}"
            yield line
