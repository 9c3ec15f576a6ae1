"""An editor that shows an older version writes nothing, on a file and on a server; commands show none."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from laverma_desk.domain.customer import Contact, Workstation
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.services import corrections
from laverma_desk.services.customers import customer_record as records
from laverma_desk.services.customers.filled_forms import (
    contact_draft,
    invoice_draft,
    master_draft,
    terms_draft,
    workstation_draft,
)
from laverma_desk.services.setup import house
from laverma_desk.services.setup.expecting import expecting
from tests.support.customer_imports import import_customers
from tests.support.engines import ALL
from tests.support.report_desks import end_session

pytestmark = pytest.mark.parametrize("engine", ALL, indirect=True)


def record_of(desk, bohrer):
    return records.read_record(desk, bohrer.customer_id)


def refused(write):
    with pytest.raises(RuleBroken) as error:
        write()
    assert error.value.code is Rule.RECORD_CHANGED


WRITES = {
    "name and address": lambda desk, record, **seen: records.save_master(
        desk, record.customer.id, replace(master_draft(record.customer), street="Neu 1"), **seen
    ),
    "what invoices need": lambda desk, record, **seen: records.save_invoice_data(
        desk, record.customer.id, replace(invoice_draft(record.customer), vat_id="DE136695976"), **seen
    ),
    "terms": lambda desk, record, **seen: records.save_terms(
        desk, record.customer.id, replace(terms_draft(record.customer, record.tariffs), km="12"), **seen
    ),
    "a person": lambda desk, record, **seen: records.save_contact(
        desk, record.customer.id, None, contact_draft(Contact(0, "Neu Hier")), **seen
    ),
    "a machine": lambda desk, record, **seen: records.save_workstation(
        desk, record.customer.id, None, workstation_draft(Workstation(0, 0, "Neuer PC")), **seen
    ),
}


@pytest.mark.parametrize("name", WRITES)
def test_each_part_of_a_record_counts_for_each_other_one(desk, bohrer, neighbour, name):
    seen = record_of(desk, bohrer)
    WRITES[name](neighbour(), seen)
    after = record_of(desk, bohrer)
    assert after.version > seen.version
    for write in WRITES.values():
        refused(lambda write=write: write(desk, seen, version=seen.version))
    assert record_of(desk, bohrer) == after
    for number, write in enumerate(WRITES.values()):
        if list(WRITES)[number] != name:
            write(desk, after, version=record_of(desk, bohrer).version)


def test_what_changes_nothing_makes_no_newer_version(desk, bohrer):
    seen = record_of(desk, bohrer)
    records.save_master(desk, bohrer.customer_id, master_draft(seen.customer), version=seen.version)
    assert record_of(desk, bohrer).version == seen.version


def test_an_import_while_a_form_is_open_counts(desk, bohrer, neighbour, tmp_path):
    seen = record_of(desk, bohrer)
    file = tmp_path / "kunden.csv"
    file.write_text("Kundennummer;Name;Ort\n10017;ZAP Dr. Bohrer;Neustadt\n", encoding="utf-8")
    import_customers(neighbour(), file)
    assert record_of(desk, bohrer).customer.city == "Neustadt"
    refused(lambda: WRITES["name and address"](desk, seen, version=seen.version))


def test_of_two_who_save_at_once_one_is_told(desk, bohrer, neighbour):
    seen, other = record_of(desk, bohrer), neighbour()
    told, begin = [], threading.Barrier(2)

    def save(at, street):
        begin.wait()
        draft = replace(master_draft(seen.customer), street=street)
        try:
            records.save_master(at, bohrer.customer_id, draft, version=seen.version)
        except RuleBroken as error:
            told.append((street, error.code))

    threads = [
        threading.Thread(target=save, args=(desk, "Gasse 1")),
        threading.Thread(target=save, args=(other, "Gasse 2")),
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    ((street, code),) = told
    assert code is Rule.RECORD_CHANGED
    assert record_of(desk, bohrer).customer.street != street


def test_a_correction_over_a_newer_version_is_refused(desk, bohrer, clock, neighbour):
    number = end_session(desk, bohrer, clock)
    seen = corrections.read_correctable(desk, number)
    entry = replace(corrections.entry_of(seen.session), notes="Von Anna")
    corrections.correct_session(neighbour(), number, entry, "Nachtrag")
    mine = replace(corrections.entry_of(seen.session), notes="Von mir")
    refused(lambda: corrections.correct_session(desk, number, mine, "Tippfehler", version=seen.version))
    assert corrections.read_correctable(desk, number).session.notes == "Von Anna"
    fresh = corrections.read_correctable(desk, number)
    corrections.correct_session(desk, number, mine, "Tippfehler", version=fresh.version)


def test_settings_that_were_changed_since_are_not_written(desk, neighbour):
    shown = house.read_house(desk)

    def look(now):
        if now.company != shown.company:
            raise RuleBroken(Rule.RECORD_CHANGED)

    with expecting(look):
        house.save_company(desk, replace(shown.company, city="Ort 1"))
    shown = house.read_house(desk)
    house.save_company(neighbour(), replace(shown.company, city="Ort 2"))

    def save():
        with expecting(look):
            house.save_company(desk, replace(shown.company, city="Ort 3"))

    refused(save)
    assert house.read_house(desk).company.city == "Ort 2"
    house.save_company(desk, replace(shown.company, city="Ort 4"))
    assert house.read_house(desk).company.city == "Ort 4", "the check counts for its own block alone"
