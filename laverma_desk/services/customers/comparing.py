"""What typed words and digits are held against: a line for each machine, in the order of the list."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from laverma_desk.domain.folding import digits_of, fold_all
from laverma_desk.storage.everyone import Everyone

NO_MACHINE = -1
"""The place of the machine in the line of a practice that has none yet."""

_NONE = (NO_MACHINE,)


class Compared:
    """Lines of folded words, and by them the places of practices (`owners`) and machines in `Everyone`."""

    def __init__(self, everyone: Everyone) -> None:
        """Fold what is compared; digits wait until somebody types some."""
        self._undialled: Everyone | None = everyone
        self._digits: list[str] = []
        names = fold_all(everyone.practices.names)
        known = list(dict.fromkeys(everyone.machines.names))  # Most are called like many others.
        folded = dict(zip(known, fold_all(known), strict=True))
        places = [folded[name] for name in everyone.machines.names]
        spaced = {place: _spaced(place) for place in folded.values()}
        self.owners, self.machines = _in_order(everyone, names, places)
        heads, tails = [_spaced(one) for one in names], _beside_the_names(everyone)
        named = _named(everyone)
        # The blank before each word tells beginnings of words from their insides.
        self.lines = [
            f"{heads[owner]}{spaced[places[machine]]}{tails[owner]}{named.get(machine, '')}"
            if machine != NO_MACHINE
            else f"{heads[owner]}{tails[owner]}"
            for owner, machine in zip(self.owners, self.machines, strict=True)
        ]

    def digits(self) -> list[str]:
        """Return for each line its customer number, telephone lines and partner IDs, with blanks between."""
        everyone = self._undialled
        if everyone is not None:
            self._digits = _digits(everyone, self.owners, self.machines)
            self._undialled = None  # Its columns are needed no more.
        return self._digits


def _digits(everyone: Everyone, owners: Iterable[int], places: Iterable[int]) -> list[str]:
    practices, machines = everyone.practices, everyone.machines
    further, former = _by_row(everyone.numbers), _by_row(everyone.former)
    of_practice = [
        " ".join([number, *_dialled_forms(phone, further.get(row, ()))])
        for row, number, phone in zip(practices.rows, practices.numbers, practices.phones, strict=True)
    ]
    return [
        " ".join([of_practice[owner], machines.partner_ids[at], *former.get(machines.rows[at], ())])
        if at != NO_MACHINE
        else of_practice[owner]
        for owner, at in zip(owners, places, strict=True)
    ]


def _in_order(
    everyone: Everyone, names: Sequence[str], places: Sequence[str]
) -> tuple[array[int], array[int]]:
    """Return practice and machine of each line: by folded names, of alike ones by machines and as written."""
    practices, machines = everyone.practices, everyone.machines
    of_row: dict[int, list[int]] = defaultdict(list)
    for machine in sorted(range(len(places)), key=machines.rows.__getitem__):
        of_row[machines.practices[machine]].append(machine)
    owners, found = array("l"), array("l")
    for _name, alike in groupby(sorted(range(len(names)), key=names.__getitem__), key=names.__getitem__):
        owner, *others = alike
        its = of_row.get(practices.rows[owner], _NONE)
        if others:
            by_name = sorted((owner, *others), key=lambda one: (practices.names[one], practices.rows[one]))
            pairs = [(one, at) for one in by_name for at in of_row.get(practices.rows[one], _NONE)]
            pairs.sort(key=lambda pair: places[pair[1]] if pair[1] != NO_MACHINE else "")
            owners.extend([one for one, _at in pairs])
            found.extend([at for _one, at in pairs])
        else:
            owners.extend([owner] * len(its))
            found.extend(sorted(its, key=places.__getitem__) if len(its) > 1 else its)
    return owners, found


def _spaced(text: str) -> str:
    """Return a text with one blank before each of its words."""
    return f" {' '.join(text.split())}" if text else ""


def _beside_the_names(everyone: Everyone) -> list[str]:
    """Return what a practice is found by beside its name: city, customer number, people."""
    people = _by_row(everyone.people)
    practices = everyone.practices
    told = [
        " ".join([city, number, *people.get(row, ())])
        for row, number, city in zip(practices.rows, practices.numbers, practices.cities, strict=True)
    ]
    return [_spaced(one) for one in fold_all(told)]


def _named(everyone: Everyone) -> dict[int, str]:
    """Return by machines' places those partner IDs, present and former, that are words."""
    former = _by_row(everyone.former)
    machines = everyone.machines
    found = {
        place: " ".join(one for one in (partner_id, *former.get(row, ())) if not one.isdigit())
        for place, (row, partner_id) in enumerate(zip(machines.rows, machines.partner_ids, strict=True))
        if row in former or (partner_id and not partner_id.isdigit())
    }
    return dict(zip(found, map(_spaced, fold_all(list(found.values()))), strict=True))


def _by_row(pairs: Iterable[tuple[int, str]]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for row, word in pairs:
        found.setdefault(row, []).append(word)
    return found


def _dialled_forms(phone: str, further: Iterable[str]) -> Iterator[str]:
    """Yield telephone numbers as they may be typed: with the country's code and, at home, without it."""
    for number in dict.fromkeys((phone, *further)):
        line = digits_of(number)
        if line:
            if number.startswith("+49"):
                yield f"0{line[2:]}"
            yield line
