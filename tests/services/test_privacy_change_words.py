"""Somebody who asks what was changed reads words, not the names and codes that the desk keeps."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from zipfile import ZipFile

import pytest

from laverma_desk.services.customers import customer_record as records
from laverma_desk.services.customers import filled_forms
from laverma_desk.services.customers.customer_record import OwnTariffDraft, TermsDraft
from laverma_desk.services.customers.merging import merge
from laverma_desk.services.privacy.export import export_customer
from laverma_desk.storage import customers
from tests.support.desks import add_customer


def _rows(file, name):
    with ZipFile(file) as archive:
        return list(csv.reader(io.StringIO(archive.read(name).decode("utf-8-sig")), delimiter=";"))


@pytest.fixture
def changes(desk, bohrer, tmp_path):
    """Return field, before and after of each change, as the archive says it."""

    def exported():
        export_customer(desk, bohrer.customer_id, tmp_path / "a.zip")
        return [tuple(row[1:4]) for row in _rows(tmp_path / "a.zip", "aenderungen.csv")[1:]]

    return exported


def test_days_amounts_and_choices_are_written_as_people_write_them(desk, bohrer, changes):
    with desk.database.read() as connection:
        one = customers.find(connection, bohrer.customer_id)
    draft = replace(filled_forms.master_draft(one), since="12.04.2018", language="en", phone="0700 LAVERMAS")
    records.save_master(desk, bohrer.customer_id, draft)
    own = (OwnTariffDraft("01.03.2031", "1,90", "full_minute"),)
    terms = TermsDraft(tariffs=own, visit="travel", travel="30", hourly="95", km="18")
    records.save_terms(desk, bohrer.customer_id, terms)
    records.save_master(desk, bohrer.customer_id, replace(draft, language="de"))
    found = changes()
    assert ("Kunde seit", "", "12.04.2018") in found
    assert ("Sprache der Dokumente", "Deutsch", "English") in found
    assert ("Telefon", "030 23125 014", "0700 5283 7627") in found
    assert ("Ab 01.03.2031: Preis je Minute", "", "1,90\xa0€") in [
        (field[:1].upper() + field[1:], old, new) for field, old, new in found
    ]
    assert ("Vor Ort, pauschal", "92,50\xa0€", "") in found


def test_a_merge_says_whose_people_and_machines_came(desk, bohrer, changes):
    other = add_customer(desk, "10070", "Praxis Nachbar", "PC Nachbar")
    records.save_contact(desk, other, None, records.ContactDraft(name="Peter Panther"))
    merge(desk, bohrer.customer_id, other, {}, "Dieselbe Praxis")
    found = changes()
    assert ("Ansprechpartner", "", "Peter Panther") in found
    assert ("Arbeitsplatz", "", "PC Nachbar") in found


def test_distance_and_kind_of_invoice_are_part_of_what_is_stored(desk, bohrer, tmp_path):
    records.save_terms(desk, bohrer.customer_id, TermsDraft(visit="flat", flat="92,50", km="18"))
    records.save_invoice_data(desk, bohrer.customer_id, records.InvoiceDataDraft(invoice_format="zugferd"))
    export_customer(desk, bohrer.customer_id, tmp_path / "a.zip")
    stated = dict(_rows(tmp_path / "a.zip", "stammdaten.csv")[1:])
    assert stated["Entfernung in km"] == "18"
    assert stated["Art der Rechnung"] == "ZUGFeRD, PDF mit XML"
