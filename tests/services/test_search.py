"""The caller is found while being typed: folded, forgiving, by number, best first, and fast."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laverma_desk.domain.agreement import AgreementState
from laverma_desk.domain.customer import Customer, Workstation
from laverma_desk.domain.folding import fold, fold_with_positions
from laverma_desk.services.customers.search import load_finder
from laverma_desk.storage import agreements, bulk
from laverma_desk.storage.agreements import NewAgreement
from tests.support.desks import add_customer


def _names(found):
    return [(hit.customer.name, hit.workstation.name if hit.workstation else "") for hit in found.hits]


@pytest.fixture
def finder(desk, bohrer):
    add_customer(desk, "10018", "Praxis Dr. Weiß", "Rezeption 1", phone="+494066969122", city="Hamburg")
    add_customer(desk, "10019", "Müller & Söhne", "Büro", city="Köln")
    add_customer(desk, "10020", "MVZ Zahnzentrum Nord", "Server", phone="+431512345", has_agreement=False)
    add_customer(desk, "10021", "Praxis Leer")
    return load_finder(desk)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("weiss", "Praxis Dr. Weiß"),
        ("Weiß", "Praxis Dr. Weiß"),
        ("mueller", "Müller & Söhne"),
        ("MULLER", "Müller & Söhne"),
        ("soehne", "Müller & Söhne"),
        ("koeln", "Müller & Söhne"),
        ("hamb", "Praxis Dr. Weiß"),
        ("10019", "Müller & Söhne"),
        ("lorenz", "ZAP Dr. Bohrer"),
        ("1 234 567 890", "ZAP Dr. Bohrer"),
        ("34567", "ZAP Dr. Bohrer"),
        ("030 23125", "ZAP Dr. Bohrer"),
        ("+49 30 23125", "ZAP Dr. Bohrer"),
        ("0049 30 23125", "ZAP Dr. Bohrer"),
        ("040/66969-122", "Praxis Dr. Weiß"),
        ("zentrum", "MVZ Zahnzentrum Nord"),
        ("leer", "Praxis Leer"),
    ],
)
def test_words_and_numbers_find(finder, typed, name):
    found = finder.search(typed)
    assert found.hits
    assert {hit.customer.name for hit in found.hits} == {name}
    assert not found.forgiven


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("boher", "ZAP Dr. Bohrer"),
        ("bohrre", "ZAP Dr. Bohrer"),
        ("Zahnzentrm", "MVZ Zahnzentrum Nord"),
        ("zahnzemt", "MVZ Zahnzentrum Nord"),
        ("weiz", "Praxis Dr. Weiß"),
        ("praxis wiess", "Praxis Dr. Weiß"),
    ],
)
def test_mistyped_words_find_and_are_said_to_be_forgiven(finder, typed, name):
    found = finder.search(typed)
    assert found.hits[0].customer.name == name
    assert found.forgiven


def test_every_word_has_to_fit(finder):
    assert _names(finder.search("bohrer server")) == [("ZAP Dr. Bohrer", "Server")]
    assert finder.search("bohrer köln").total == 0
    assert finder.search("").total == 0
    assert finder.search("  ").hits == ()


def test_a_misspelt_word_leaves_the_right_one_alone(finder):
    assert _names(finder.search("bohrre serv")) == [("ZAP Dr. Bohrer", "Server")]


def test_beginnings_of_words_come_before_their_insides(desk):
    add_customer(desk, "1", "Abend", "PC")
    add_customer(desk, "2", "Zander", "PC")
    add_customer(desk, "3", "Ende", "PC")
    assert [name for name, _place in _names(load_finder(desk).search("end"))] == ["Ende", "Abend"]


def test_marks_stand_on_the_letters_that_are_shown(finder):
    (hit,) = finder.search("weiss").hits
    ((start, end),) = hit.name_marks
    assert hit.customer.name[start:end] == "Weiß"
    (hit,) = finder.search("bohrer rez").hits
    assert [hit.workstation.name[start:end] for start, end in hit.workstation_marks] == ["Rez"]


def test_a_practice_without_machine_is_a_hit_of_its_own(finder):
    (hit,) = finder.search("leer").hits
    assert hit.workstation is None


def test_the_limit_cuts_the_hits_and_not_the_count(finder):
    found = finder.search("e", limit=2)
    assert len(found.hits) == 2
    assert found.total > 2


def test_agreements_are_judged_on_the_day_that_is_asked_for(desk, clock):
    number = add_customer(desk, "1", "Praxis", has_agreement=False)
    with desk.database.write() as connection:
        signed = NewAgreement(number, date(2020, 1, 1), date(2022, 3, 13))
        agreements.add_agreement(connection, signed, clock.now())
    finder = load_finder(desk)
    finder.judge_on(date(2022, 3, 1))
    assert finder.search("praxis").hits[0].agreement.state is AgreementState.EXPIRING
    finder.judge_on(date(2022, 3, 14))
    assert finder.day == date(2022, 3, 14)
    assert finder.search("praxis").hits[0].agreement.state is AgreementState.EXPIRED


def test_a_machine_is_found_by_its_row(finder, bohrer):
    assert finder.hit_of_workstation(bohrer.server).workstation.name == "Server"
    assert finder.hit_of_workstation(999_999) is None


@given(st.text(alphabet="aeouäöüßÄÖÜéèçñaAeEoOuUsS ŒœÆæøØxyz-.1İıﬁ", max_size=30))
def test_the_fast_folding_is_the_one_that_knows_positions(words):
    assert fold(words) == fold_with_positions(words)[0]


def test_ten_thousand_practices_are_searched_between_two_key_presses(desk):
    everyone = [
        Customer(0, str(10_000 + number), f"Praxis Dr. Name{number % 977} Zusatz", city="Ort")
        for number in range(10_000)
    ]
    with desk.database.write() as connection:
        rows = bulk.insert_customers(connection, everyone, desk.clock.now())
        machines = [Workstation(0, row, name) for row in rows.values() for name in ("PC Rezeption", "Server")]
        bulk.insert_workstations(connection, machines)
    finder = load_finder(desk)
    for typed in ("r", "praxis rez", "name12 serv", "rezeptoin", "0123"):
        # 10 ms on the machine it was written on; the rest is for slower and busier ones.
        assert min(_seconds(finder, typed) for _time in range(3)) < 0.1, typed


def _seconds(finder, typed):
    begin = time.perf_counter()
    finder.search(typed)
    return time.perf_counter() - begin
