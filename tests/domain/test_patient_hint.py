"""Notes are searched for data of patients: found where it is, silent about what a technician writes."""

from __future__ import annotations

import time
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn

from laverma_desk.domain.patient_hint import PatientData, find_patient_data, is_insurance_number

TODAY = date(2022, 3, 1)
KINDS = PatientData


def found(notes: str) -> list[tuple[PatientData, str]]:
    return [(one.kind, one.words) for one in find_patient_data(notes, TODAY)]


@pytest.mark.parametrize(
    ("notes", "kind", "words"),
    [
        ("Karte von A123456780 gelesen", KINDS.INSURANCE_NUMBER, "A123456780"),
        ("KVNR a123 456 780.", KINDS.INSURANCE_NUMBER, "a123 456 780"),
        ("Patient Müller fehlt in der Liste", KINDS.NAME, "Patient Müller"),
        ("Patientin Anna Meyer-Schulz doppelt", KINDS.NAME, "Patientin Anna Meyer-Schulz"),
        ("Pat. Özdemir, Can neu angelegt", KINDS.NAME, "Pat. Özdemir, Can"),
        ("Akte der Patientin: Frau Dr. Weiß geöffnet", KINDS.NAME, "Patientin: Frau Dr. Weiß"),
        ("Meyer, geb. 12.03.1956, nicht lesbar", KINDS.BIRTH_DATE, "geb. 12.03.1956"),
        ("geboren am 1.4.2021 im Test", KINDS.BIRTH_DATE, "geboren am 1.4.2021"),
        ("*12.03.56 fehlt", KINDS.BIRTH_DATE, "*12.03.56"),
        ("DOB: 12.03.1956", KINDS.BIRTH_DATE, "DOB: 12.03.1956"),
        ("Geburtsdatum 12. 03. 1956 korrigiert", KINDS.BIRTH_DATE, "Geburtsdatum 12. 03. 1956"),
        ("Meyer, Hans 12.03.1956 gesucht", KINDS.BIRTH_DATE, "12.03.1956"),
        ("Herr Meyer (12.03.1956) gesucht", KINDS.BIRTH_DATE, "12.03.1956"),
        ("am 12.03.1956 geboren", KINDS.BIRTH_DATE, "12.03.1956"),
    ],
)
def test_data_of_a_patient_is_found(notes: str, kind: PatientData, words: str):
    assert found(notes) == [(kind, words)]


@pytest.mark.parametrize(
    "notes",
    [
        "",
        "Synadoc aktualisiert\nNeustart des PC\nErläuterung der Neuerungen",
        "Update vom 01.03.2022 eingespielt",
        "Frau Lorenz 01.03.2022 zurückgerufen",
        "Patientenverwaltung startet wieder, Patient nicht gefunden",
        "Patienten Import geprüft, Patienten Stammdaten gesichert",
        "Seriennummer A123456789, Partner-ID 1 234 567 890",
        "Gerät XA123456780 getauscht",
        "Version 12.03.1956 des Treibers",
        "Neudruck 31.02.1956",
        "Server 10.0.12.56 erreichbar, geb 99.99.1999",
        "geb. 01.01.2100",
    ],
)
def test_what_a_technician_writes_is_left_alone(notes: str):
    assert found(notes) == []


def test_the_spans_cut_their_words_out_of_the_notes_in_order():
    notes = "Patientin Meyer, geb. 12.03.1956\nKarte A123456780"
    hints = find_patient_data(notes, TODAY)
    assert [notes[one.start : one.end] for one in hints] == [one.words for one in hints]
    assert [one.kind for one in hints] == [KINDS.NAME, KINDS.BIRTH_DATE, KINDS.INSURANCE_NUMBER]


@given(st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ"), st.integers(0, 99_999_999))
def test_the_check_digit_agrees_with_the_library(letter: str, count: int):
    body = f"{ord(letter) - 64:02}{count:08}"
    # The same weights as Luhn's, who takes the sum's complement to ten.
    right = (10 - int(luhn.calc_check_digit(body))) % 10
    for last in range(10):
        assert is_insurance_number(f"{letter}{count:08}{last}") is (last == right)


@given(st.text(max_size=300))
def test_any_text_can_be_searched(notes: str):
    hints = find_patient_data(notes, TODAY)
    assert all(one.words == notes[one.start : one.end] for one in hints)
    assert all(first.end <= second.start for first, second in pairwise(hints))


@pytest.mark.parametrize("part", ["Patient ", "Aa ", "A1 ", "geb. ", "1.1.", "Aa-", "Dr. ", "*"])
def test_long_notes_are_searched_while_one_types(part: str):
    notes = part * (200_000 // len(part))
    before = time.process_time()
    find_patient_data(notes, TODAY)
    assert time.process_time() - before < 1
