"""The customer search written down plainly: every record made, every line looked at, nothing kept."""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz import fuzz, process
from sqlalchemy import text

from laverma_desk.domain.agreement import AgreementStatus, agreement_status
from laverma_desk.domain.clock import local_day
from laverma_desk.domain.customer import Customer, Workstation
from laverma_desk.domain.folding import digits_of, fold, marks_of
from laverma_desk.services.customers.search import Found, Hit
from laverma_desk.storage import agreements, customers

_LINES = """
    SELECT head.id, line.phone FROM (
        SELECT id AS customer_id, phone FROM customer
        UNION ALL SELECT customer_id, phone FROM contact UNION ALL SELECT customer_id, mobile FROM contact
    ) AS line JOIN customer ON customer.id = line.customer_id
    JOIN customer AS head ON head.id = coalesce(customer.merged_into, customer.id)
    WHERE NOT head.archived AND head.restricted_at IS NULL AND customer.restricted_at IS NULL
"""
_SHOWN = {
    False: "SELECT id FROM customer WHERE NOT archived ORDER BY name, id",
    True: "SELECT id FROM customer WHERE merged_into IS NULL AND restricted_at IS NULL ORDER BY name, id",
}


@dataclass(frozen=True)
class Entry:
    """A line of the list."""

    customer: Customer
    workstation: Workstation | None
    agreement: AgreementStatus
    words: str
    digits: list[str]


def plain_entries(desk, *, archived=False):
    """Return all lines in their order."""
    with desk.database.read() as connection:
        asked = {
            "people": connection.execute(text("SELECT customer_id, name FROM contact")).all(),
            "lines": connection.execute(text(_LINES)).all(),
            "former": connection.execute(
                text("SELECT workstation_id, partner_id FROM former_partner_id")
            ).all(),
        }
        day = local_day(desk.clock.now())
        entries = []
        for row in connection.execute(text(_SHOWN[archived])).scalars():
            one = customers.find(connection, row)
            status = agreement_status(
                [each for each in agreements.every_agreement(connection) if each.customer_id == row], day
            )
            machines = customers.workstations_of(connection, row) or (None,)
            entries += [_entry(one, machine, status, asked) for machine in machines]
    return sorted(entries, key=lambda each: (fold(each.customer.name), fold(_called(each.workstation))))


def plain_search(entries, typed, limit=50):
    """Return what `Finder.search` has to return."""
    words = [(word,) for word in fold(typed).split()]
    if not words:
        return Found((), 0)
    found, forgiven = _fitting(entries, typed, words), False
    if not found:
        words = [_meant(entries, word) for (word,) in words]
        found = _fitting(entries, typed, words)
        forgiven = bool(found)
    marked = [word for spellings in words for word in spellings]
    hits = [
        Hit(
            one.customer,
            one.workstation,
            one.agreement,
            marks_of(one.customer.name, marked),
            marks_of(_called(one.workstation), marked),
        )
        for one in found[:limit]
    ]
    return Found(tuple(hits), len(found), forgiven)


def _called(machine):
    return machine.name if machine else ""


def _entry(customer, machine, status, asked):
    ids = [machine.partner_id] if machine else []
    ids += [one for row, one in asked["former"] if machine and row == machine.id]
    people = [name for row, name in asked["people"] if row == customer.id]
    told = [customer.name, _called(machine), customer.city, customer.number, *people]
    words = fold(" ".join([*told, *(one for one in ids if not one.isdigit())])).split()
    digits = [customer.number, *ids]
    for number in [customer.phone, *(line for row, line in asked["lines"] if row == customer.id)]:
        line = digits_of(number)
        digits += [line, f"0{line[2:]}"] if number.startswith("+49") else [line]
    return Entry(customer, machine, status, "".join(f" {word}" for word in words), digits)


def _fitting(entries, typed, words):
    """Return numbers first, whole ones before parts; then those with the most words that begin one."""
    dialled = digits_of(typed)
    if len(dialled) < 3 or any(one.isalpha() for one in typed):
        dialled = ""
    elif dialled.startswith("00"):
        dialled = dialled[2:]

    def rank(one):
        numbers = [number for number in one.digits if dialled and dialled in number]
        if numbers:
            return (0, len(dialled) >= 6 and dialled not in " ".join(one.digits).split())
        begun = sum(any(f" {word}" in one.words for word in spellings) for spellings in words)
        return (1, len(words) - begun)

    fits = [
        one
        for one in entries
        if rank(one)[0] == 0 or all(any(word in one.words for word in some) for some in words)
    ]
    return sorted(fits, key=rank)


def _meant(entries, word):
    known = sorted({one for entry in entries for one in entry.words.split()})
    if len(word) < 3 or word.isdigit() or any(word in one for one in known):
        return (word,)
    long = [one for one in known if len(one) >= 3]
    found = [
        process.extract(word, among, scorer=fuzz.ratio, score_cutoff=75, limit=3)
        for among in (long, sorted({one[: len(word)] for one in long}))
    ]
    return tuple(one[0] for some in found for one in some) or (word,)
