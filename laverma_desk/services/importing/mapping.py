"""A foreign heading gets its meaning: proposed by its words and what stands below, decided by the user."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from laverma_desk.domain.customer import is_partner_id, partner_id_digits
from laverma_desk.services.importing import customer_columns as columns
from laverma_desk.services.importing import targets
from laverma_desk.services.importing.targets import TARGETS, folded, known_words

_SAME, _NEAR_FROM, _BY_CONTENT, _SECOND = 100.0, 88.0, 60.0, 50.0
_MOST = 0.8
"""The share of the filled cells that have to look alike."""

_SECOND_MEANING = {
    "name": (columns.CONTACT,),
    "kontakt": (columns.CONTACT,),
    "telefon": (columns.CONTACT_PHONE,),
    "tel": (columns.CONTACT_PHONE,),
    "id": (columns.PARTNER_ID,),
}
"""What a word means where another heading already has its first meaning."""


_NOTHING_HERE = frozenset({"fax", "telefax", "iban", "bic", "privat", "private", "home", "notizen", "notes"})
"""Words of headings that have no place in a record, whatever stands below them."""


@dataclass(frozen=True)
class Heading:
    """A column of a foreign file: its `key` is unique in the file, `samples` are its first filled cells."""

    key: str
    text: str
    samples: tuple[str, ...] = ()


Mapping = dict[str, str]
"""Key of a heading → target; a heading that is left out is not in it."""


def propose(headings: Sequence[Heading]) -> Mapping:
    """Return what the headings of a file probably mean, each target at most once.

    Words decide first, then near spellings, then what stands below. A column without content gets no
    meaning. Of a file of people (with first and last names) phone and mail are the person's.
    """
    scored = sorted(
        (
            (-score, place, target)
            for place, heading in enumerate(headings)
            if heading.samples
            for target, score in _meanings(heading).items()
        ),
        key=lambda one: one[:2],
    )
    mapping: Mapping = {}
    taken: set[str] = set()
    for _score, place, target in scored:
        key = headings[place].key
        if key not in mapping and target not in taken:
            mapping[key] = target
            taken.add(target)
    return {key: mapping[key] for key in _of_people(mapping, taken)}


def _of_people(mapping: Mapping, taken: set[str]) -> Iterable[str]:
    if {targets.FIRST_NAME, targets.LAST_NAME} & taken:
        for first, second in (
            (columns.EMAIL_REPORT, columns.CONTACT_EMAIL),
            (columns.PHONE, columns.CONTACT_PHONE),
        ):
            for key, target in mapping.items():
                if target == first and second not in taken:
                    mapping[key] = second
    return list(mapping)


def _meanings(heading: Heading) -> dict[str, float]:
    found: dict[str, float] = {}
    name, words = folded(heading.text), known_words()
    if _NOTHING_HERE & set(name.split()):
        return {}
    if name in words:
        found[words[name]] = _SAME
    elif len(name) > 3:
        near = process.extractOne(name, list(words), scorer=fuzz.token_sort_ratio, score_cutoff=_NEAR_FROM)
        if near is not None:
            found[words[near[0]]] = near[1] - 1
    for target in _SECOND_MEANING.get(name, ()):
        found.setdefault(target, _SECOND)
    by_content = _content(heading.samples)
    if by_content and not found:
        found = {target: _BY_CONTENT - place for place, target in enumerate(by_content)}
    return {target: score for target, score in found.items() if not _is_refuted(target, heading.samples)}


_MAIL = re.compile(r"^[^@\s]+@[^@\s]+\.[^@\s]+$")
_PHONE = re.compile(r"^(\+|0)[0-9 ()/.\-]{5,}$")
_POSTCODE = re.compile(r"^[0-9]{5}$")
_PLACE = re.compile(r"^(D-)?[0-9]{4,5}\s+\D")


def _looks_like_id(cell: str) -> bool:
    plain = cell.replace(" ", "").replace("-", "").replace(".", "")
    return plain.isdigit() and not plain.startswith("0") and is_partner_id(partner_id_digits(plain))


_LOOKS: tuple[tuple[Callable[[str], object], tuple[str, ...]], ...] = (
    (_MAIL.match, (columns.EMAIL_REPORT, columns.CONTACT_EMAIL, columns.EMAIL_INVOICE)),
    (_POSTCODE.match, (columns.POSTCODE,)),
    (_looks_like_id, (columns.PARTNER_ID,)),
    (_PHONE.match, (columns.PHONE, columns.CONTACT_PHONE, columns.CONTACT_MOBILE)),
    (_PLACE.match, (targets.POSTCODE_AND_CITY,)),
)


def _content(samples: Sequence[str]) -> tuple[str, ...]:
    for looks, meant in _LOOKS:
        if samples and sum(bool(looks(cell.strip())) for cell in samples) >= _MOST * len(samples):
            return meant
    return ()


def _is_refuted(target: str, samples: Sequence[str]) -> bool:
    """Return whether what stands below a heading cannot be what its words say."""
    mails = (columns.EMAIL_REPORT, columns.EMAIL_INVOICE, columns.CONTACT_EMAIL)
    if target in mails:
        return not any("@" in cell for cell in samples)
    if target == columns.POSTCODE:
        return bool(_content(samples) == (targets.POSTCODE_AND_CITY,))
    if target == columns.PARTNER_ID:
        return not any(any(one.isdigit() for one in cell) for cell in samples)
    return False


def is_of_people(mapping: Mapping) -> bool:
    """Return whether each row is a person: they may differ in what they say of their practice."""
    return bool({targets.FIRST_NAME, targets.LAST_NAME} & set(mapping.values()))


def names_customers(mapping: Mapping) -> bool:
    """Return whether a mapping says what customers are called; without it nothing can be imported."""
    return bool({columns.NAME, columns.CONTACT, targets.LAST_NAME} & set(mapping.values()))


def offered() -> tuple[str, ...]:
    """Return all that a heading can mean, in the order in which it is offered."""
    return TARGETS
