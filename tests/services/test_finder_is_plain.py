"""The search that is loaded in large pieces gives the answers of the one that looks at every record."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from laverma_desk.domain.customer import Contact, Customer, FormerPartnerId, Tool, Workstation
from laverma_desk.domain.folding import fold, fold_all
from laverma_desk.services.customers import comparing
from laverma_desk.services.customers.search import load_finder
from laverma_desk.storage import agreements, customer_records, customers, former_ids, packed
from laverma_desk.storage.agreements import NewAgreement
from tests.support.desks import make_desk
from tests.support.plain_finder import plain_entries, plain_search

ALIKE = ("Müller", "Mueller", "Muller Nord", "Müller Nord")
WORDS = (
    "Müller", "Mueller", "Muller", "Weiß", "Praxis", "Dr.", "Zahnzentrum", "Nord", "ÉCLAIR", "Köln",
    "  Büro ", "Œuvre", "Ina", "№5", "\n", '"', "],[", "\\", "İ", "Σίσυφος", "e", "a", "Server", "",
)  # fmt: skip
NUMBERS = ("+493023125014", "+4312345678", "030 231250", "110", "12 34", "+49", "")
IDS = ("1234567890", "987654321", "anna@ad", "²", "Rust-Desk 7", "")
NAMES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)
MACHINES = st.dictionaries(
    st.one_of(st.sampled_from(("Server", "PC")), NAMES),
    st.tuples(st.sampled_from(IDS), st.sampled_from(IDS), st.booleans()),
    max_size=3,
)
PRACTICES = st.lists(
    st.fixed_dictionaries(
        {
            "name": st.one_of(st.sampled_from(ALIKE), NAMES),
            "city": NAMES,
            "phone": st.sampled_from(NUMBERS),
            "machines": MACHINES,
            "people": st.dictionaries(NAMES, st.sampled_from(NUMBERS), max_size=2),
            "state": st.sampled_from(["", "", "", "archived", "merged", "locked"]),
            "until": st.sampled_from([None, date(2022, 1, 1), date(2030, 1, 1)]),
            "signed": st.booleans(),
        }
    ),
    max_size=6,
)
PIECES = st.sampled_from([1, 2, 3, packed.AT_ONCE])
TYPED = st.one_of(
    NAMES,
    st.sampled_from((*NUMBERS, *IDS)),
    st.text(alphabet="muelrwißsxpdzahnorté0123 +4#", max_size=8),
    st.sampled_from(
        ["mulelr", "praksis", "zahnzemtrum serv", "weis dr", "10001", "0049302", "clair koeln", "inna"]
    ),
)


def _fill(desk, practices):
    now = desk.clock.now()
    with desk.database.write() as connection:
        first, signed = None, []
        for place, one in enumerate(practices):
            merged = one["state"] == "merged" and first is not None
            row = customers.insert_customer(
                connection,
                Customer(
                    0, str(10_001 + place), one["name"], city=one["city"], phone=one["phone"],
                    archived=one["state"] == "archived" or merged, merged_into=first if merged else None,
                    restricted_at=now if one["state"] == "locked" else None, since=one["until"],
                ),
                now,
            )  # fmt: skip
            first = first or row
            for name, phone in one["people"].items():
                customers.put_contact(connection, row, Contact(0, name, phone=phone, mobile=phone[:4]))
            for name, (partner, former, archived) in one["machines"].items():
                machine = customer_records.insert_workstation(
                    connection, Workstation(0, row, name, Tool.ANYDESK, partner, archived)
                )
                if former:
                    former_ids.add_former_id(connection, FormerPartnerId(machine, Tool.OTHER, former, now))
            if one["signed"]:
                signed.append(NewAgreement(row, date(2020, 1, 1), one["until"]))
        for contract in reversed(signed):  # Not in the order of the practices.
            agreements.add_agreement(connection, contract, now)


def _told_by(entries):
    """Return what each line can be found by: every word, every number, and two words at once."""
    for one in entries:
        words = one.words.split()
        yield from {word[:4] for word in words} | {*one.digits}
        yield " ".join(words[:1] + words[-1:])


@settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(PRACTICES, st.lists(TYPED, min_size=1, max_size=6), st.booleans(), st.booleans(), PIECES)
def test_every_answer_is_that_of_the_plain_search(practices, queries, archived, prepared, at_once):
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patched:
        patched.setattr(packed, "AT_ONCE", at_once)
        patched.setattr(comparing, "_AT_ONCE", at_once)
        desk = make_desk(Path(folder))
        try:
            _fill(desk, practices)
            finder, entries = load_finder(desk, archived=archived), plain_entries(desk, archived=archived)
            if prepared:
                finder.prepare()
            for typed in [*queries, *_told_by(entries)]:
                found, wanted = finder.search(typed), plain_search(entries, typed)
                assert (found.total, found.forgiven) == (wanted.total, wanted.forgiven), typed
                assert found.hits == wanted.hits, typed
            everyone = finder.customers("")
            assert everyone == list(dict.fromkeys(one.customer for one in entries))
            for one in entries:
                if one.workstation is not None:
                    hit = finder.hit_of_workstation(one.workstation.id)
                    assert (hit.customer, hit.workstation, hit.agreement) == (
                        one.customer, one.workstation, one.agreement,
                    )  # fmt: skip
        finally:
            desk.close()


@given(st.lists(st.text(alphabet="aeouäöüßÄÖÜéèçAEO \n.İıﬁςΣ\u0301\u0308", max_size=12), max_size=200))
def test_many_are_folded_as_each_alone(texts):
    assert fold_all(texts) == [fold(one) for one in texts]
