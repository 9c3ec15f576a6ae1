"""Notice in notes what looks like data of a patient, which has no place in a report: a hint, never a lock."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class PatientData(StrEnum):
    """What a stretch of notes looks like."""

    INSURANCE_NUMBER = "insurance_number"
    NAME = "name"
    BIRTH_DATE = "birth_date"


@dataclass(frozen=True)
class PatientHint:
    """A stretch of notes from `start` up to `end` (as slices count), what it looks like, and its words."""

    kind: PatientData
    start: int
    end: int
    words: str


_WORD = r"[A-ZÄÖÜ][A-Za-zÄÖÜäöüß]*[a-zäöüß](?:-[A-ZÄÖÜ][A-Za-zÄÖÜäöüß]+)?"
_TITLE = r"(?:Herrn?|Frau|Hr\.|Fr\.|Dr\.|Prof\.)"
_DAY = r"(?<![0-9.])(?P<day>[0-9]{1,2})\.\s?(?P<month>[0-9]{1,2})\.\s?(?P<year>[0-9]{4}|[0-9]{2})(?![0-9])"
_NUMBER = re.compile(r"(?<![^\W_])[A-Za-z](?:[ .\-]?[0-9]){9}(?![0-9])")
_PATIENT = re.compile(
    rf"\b(?:Patient(?:in|en|innen)?\b|Pat\.)(?:[ \t]*:)?[ \t]*(?P<name>(?:{_TITLE}[ \t]+){{0,3}}"
    rf"{_WORD}(?:,?[ \t]{_WORD})?)"
)
_BORN_BEFORE = re.compile(
    r"(?:\bgeb(?:oren|urtsdatum|urtstag)?\b\.?|\bdate of birth\b|\bborn\b|\bDOB\b|\*)"
    r"[\s:,]{0,3}(?:(?:am|on)\s)?\s?$",
    re.IGNORECASE,
)
_BORN_AFTER = re.compile(r"^\s?\(?(?:geb(?:oren)?\b|born\b)", re.IGNORECASE)
_NAME_BEFORE = re.compile(
    rf"(?:{_TITLE}[ \t]+(?:{_TITLE}[ \t]+)?{_WORD}(?:,?[ \t]{_WORD})?|{_WORD},[ \t]{_WORD})[ \t]*[,(]?[ \t]*$"
)
_NO_NAMES = (
    "Akte", "Anlage", "Aufnahme", "Aufruf", "Aufrufsystem", "Auswahl", "Bild", "Bilder", "Daten",
    "Datei", "Datenbank", "Export", "Import", "Kartei", "Karte", "Liste", "Name", "Namen", "Nr", "Nummer",
    "Ordner", "Rechner", "Server", "Stamm", "Stammdaten", "Suche", "Termin", "Termine", "Verwaltung",
)  # fmt: skip
"""What follows the word in the notes of a technician and is no person."""

_LOOK_BACK = 48
_OLDEST = 1890
_YOUNGEST = 2
"""A day beside a name is taken for a birth date only so many years back: calls and updates are younger."""


def find_patient_data(notes: str, today: date) -> tuple[PatientHint, ...]:
    """Return what looks like data of a patient, in the order of the text; none overlaps another.

    Found are numbers of the statutory health insurance with their check digit, a name behind the word
    "Patient", and a birth date: a date beside "geb.", "geboren", "*" or "DOB", or an old one beside a name.
    """
    found = sorted(
        [*_insurance_numbers(notes), *_names(notes), *_birth_dates(notes, today)],
        key=lambda one: (one.start, -one.end),
    )
    kept: list[PatientHint] = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return tuple(kept)


def is_insurance_number(typed: str) -> bool:
    """Return whether this is the fixed part of a German health insurance number (KVNR, § 290 SGB V).

    A letter, eight digits and a check digit: the letter counts as two digits (A 01 … Z 26), the ten
    digits are weighed 1, 2, 1, 2 …, the digits of each product are added, and the sum modulo 10 is the
    check digit (Vertrauensstelle Krankenversichertennummer).
    """
    compact = re.sub(r"[ .\-]", "", typed).upper()
    if not re.fullmatch(r"[A-Z][0-9]{9}", compact):
        return False
    digits = f"{ord(compact[0]) - ord('A') + 1:02}{compact[1:9]}"
    products = [int(digit) * (1 + place % 2) for place, digit in enumerate(digits)]
    return sum(one // 10 + one % 10 for one in products) % 10 == int(compact[9])


def _insurance_numbers(notes: str) -> Iterator[PatientHint]:
    for found in _NUMBER.finditer(notes):
        if is_insurance_number(found[0]):
            yield PatientHint(PatientData.INSURANCE_NUMBER, found.start(), found.end(), found[0])


def _names(notes: str) -> Iterator[PatientHint]:
    for found in _PATIENT.finditer(notes):
        if found["name"].split()[0].rstrip(",") not in _NO_NAMES:
            yield PatientHint(PatientData.NAME, found.start(), found.end(), found[0])


def _birth_dates(notes: str, today: date) -> Iterator[PatientHint]:
    for found in re.finditer(_DAY, notes):
        before = notes[max(0, found.start() - _LOOK_BACK) : found.start()]
        said = _BORN_BEFORE.search(before)
        day = _day(found, today)
        if day is None:
            continue
        if said:
            start = found.start() - (len(before) - said.start())
            yield PatientHint(PatientData.BIRTH_DATE, start, found.end(), notes[start : found.end()])
        elif _BORN_AFTER.match(notes[found.end() : found.end() + 12]) or (
            day.year <= today.year - _YOUNGEST and _NAME_BEFORE.search(before)
        ):
            yield PatientHint(PatientData.BIRTH_DATE, found.start(), found.end(), found[0])


def _day(found: re.Match[str], today: date) -> date | None:
    """Return the day that was written if it lies within a lifetime; two figures mean the latest such year."""
    year = int(found["year"])
    if len(found["year"]) == 2:
        year += today.year // 100 * 100
        year -= 100 if year > today.year else 0
    try:
        day = date(year, int(found["month"]), int(found["day"]))
    except ValueError:
        return None
    return day if year >= _OLDEST and day <= today else None
