"""Agreements are appended, ended with a reason, opened only with their own bytes, and watched."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import update

from laverma_desk.domain.agreement import AgreementState
from laverma_desk.domain.customer import Contact
from laverma_desk.domain.errors import OutsideTrouble, Rule, RuleBroken, Trouble
from laverma_desk.services.agreements.agreement_file import AgreementFile
from laverma_desk.services.agreements.overview import expiring
from laverma_desk.services.agreements.reading import agreement_sheet
from laverma_desk.services.agreements.stored_file import open_document, safe_name
from laverma_desk.services.agreements.writing import AgreementDraft, append_agreement, end_agreement
from laverma_desk.storage import customers
from laverma_desk.storage.customer_history import customer_changes_of
from laverma_desk.storage.tables import document
from tests.support.desks import add_contact, add_customer
from tests.support.raw_words import lift_seal

PDF = b"%PDF-1.7\nunterschrieben\n%%EOF\n"


def draft(customer_id: int, **values) -> AgreementDraft:
    return AgreementDraft(
        **(
            {
                "customer_id": customer_id,
                "valid_from": date(2022, 3, 1),
                "valid_until": date(2027, 12, 31),
                "version": "2.1",
                "signed_by_customer": " Dr. Martin Bohrer ",
                "signed_on": date(2022, 2, 27),
                "signed_by_house": "Klaus Klassen",
                "signed_on_house": date(2022, 2, 28),
                "secrecy_on": date(2022, 2, 27),
                "reminder_days": 90,
                "file": AgreementFile("AVV Bohrer.pdf", PDF),
            }
            | values
        )
    )


def history(desk, customer_id):
    with desk.database.read() as connection:
        return customer_changes_of(connection, customer_id)


def test_a_renewal_stands_beside_the_old_agreement(desk, bohrer):
    before = agreement_sheet(desk, bohrer.customer_id)
    number = append_agreement(desk, draft(bohrer.customer_id)).value
    sheet = agreement_sheet(desk, bohrer.customer_id)
    new, old = sheet.entries
    assert old == before.entries[0]
    assert (new.agreement.id, new.agreement.version, new.agreement.reminder_days) == (number, "2.1", 90)
    assert new.agreement.signed_by_customer == "Dr. Martin Bohrer"
    assert new.agreement.secrecy_on == date(2022, 2, 27)
    assert (new.file.name, new.file.size) == ("AVV Bohrer.pdf", len(PDF))
    assert new.file.sha256 == hashlib.sha256(PDF).hexdigest()
    assert (sheet.status.state, sheet.status.until) == (AgreementState.VALID, date(2027, 12, 31))
    (line,) = history(desk, bohrer.customer_id)
    assert (line.who, line.field, line.new) == ("Klaus Klassen", "agreement", "2022-03-01/2027-12-31")


@pytest.mark.parametrize(
    ("values", "rule", "field"),
    [
        ({"valid_from": None}, Rule.TEXT_MISSING, "valid_from"),
        ({"valid_until": date(2022, 2, 28)}, Rule.END_BEFORE_START, "valid_until"),
        ({"signed_by_customer": "  "}, Rule.TEXT_MISSING, "signed_by_customer"),
        ({"signed_by_house": ""}, Rule.TEXT_MISSING, "signed_by_house"),
        ({"signed_on": None}, Rule.TEXT_MISSING, "signed_on"),
        ({"signed_on": date(2022, 3, 2)}, Rule.SIGNED_IN_FUTURE, "signed_on"),
        ({"signed_on_house": date(2022, 3, 2)}, Rule.SIGNED_IN_FUTURE, "signed_on_house"),
        ({"secrecy_on": date(2022, 3, 2)}, Rule.SIGNED_IN_FUTURE, "secrecy_on"),
        ({"reminder_days": -1}, Rule.NUMBER_INVALID, "reminder_days"),
        ({"version": "x" * 301}, Rule.TEXT_TOO_LONG, "version"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_written(desk, bohrer, values, rule, field):
    with pytest.raises(RuleBroken) as found:
        append_agreement(desk, draft(bohrer.customer_id, **values))
    assert (found.value.code, found.value.field) == (rule, field)
    assert len(agreement_sheet(desk, bohrer.customer_id).entries) == 1
    assert history(desk, bohrer.customer_id) == []


def test_a_locked_record_takes_no_agreement(desk, bohrer):
    with desk.database.write() as connection:
        customer = customers.find(connection, bohrer.customer_id)
        customers.update_customer(connection, replace(customer, restricted_at=desk.clock.now()))
    with pytest.raises(RuleBroken) as found:
        append_agreement(desk, draft(bohrer.customer_id))
    assert found.value.code is Rule.CUSTOMER_RESTRICTED
    assert not agreement_sheet(desk, bohrer.customer_id).editable


def test_ending_needs_a_reason_and_leaves_it(desk, bohrer):
    (entry,) = agreement_sheet(desk, bohrer.customer_id).entries
    number = entry.agreement.id
    for day, reason, rule, field in (
        (None, "gekündigt", Rule.TEXT_MISSING, "ended_on"),
        (date(2022, 3, 1), " ", Rule.TEXT_MISSING, "reason"),
        (date(2022, 1, 14), "gekündigt", Rule.END_BEFORE_START, "ended_on"),
    ):
        with pytest.raises(RuleBroken) as found:
            end_agreement(desk, number, day, reason)
        assert (found.value.code, found.value.field) == (rule, field)
    end_agreement(desk, number, date(2022, 3, 1), "Praxis hat gekündigt")
    sheet = agreement_sheet(desk, bohrer.customer_id)
    assert sheet.status.state is AgreementState.ENDED
    assert sheet.entries[0].end_reason == "Praxis hat gekündigt"
    (line,) = history(desk, bohrer.customer_id)
    assert (line.who, line.field, line.new, line.reason) == (
        "Klaus Klassen", "agreement_ended", "2022-03-01", "Praxis hat gekündigt",
    )  # fmt: skip
    with pytest.raises(RuleBroken) as found:
        end_agreement(desk, number, date(2022, 4, 1), "noch einmal")
    assert found.value.code is Rule.AGREEMENT_ENDED
    with pytest.raises(RuleBroken) as found:
        end_agreement(desk, 999, date(2022, 4, 1), "unbekannt")
    assert found.value.code is Rule.AGREEMENT_UNKNOWN


def test_the_file_opens_with_its_own_bytes_only(desk, bohrer):
    number = append_agreement(desk, draft(bohrer.customer_id)).value
    path = open_document(desk, number)
    assert (path.name, path.read_bytes()) == ("AVV Bohrer.pdf", PDF)
    with desk.database.write() as connection:
        lift_seal(connection, "document_no_update")
        connection.execute(update(document).values(content=PDF.replace(b"unter", b"nicht")))
    path.unlink()
    with pytest.raises(OutsideTrouble) as found:
        open_document(desk, number)
    assert found.value.code is Trouble.DOCUMENT_ALTERED
    assert not path.exists()


def test_an_agreement_without_a_file_says_so(desk, bohrer):
    (entry,) = agreement_sheet(desk, bohrer.customer_id).entries
    with pytest.raises(RuleBroken) as found:
        open_document(desk, entry.agreement.id)
    assert found.value.code is Rule.FILE_MISSING


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("AVV_Bohrer_unterschrieben.pdf", "AVV_Bohrer_unterschrieben.pdf"),
        ("Änderung (2).PDF", "Änderung (2).pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\tmp\\lauf.exe", "lauf.exe.pdf"),
        ('a<b>:"|?*.pdf', "a b.pdf"),
        ("...", "AVV.pdf"),
        ("CON.pdf", "_CON.pdf"),
        ("漢" * 100 + ".pdf", "漢" * 40 + ".pdf"),
    ],
)
def test_what_is_opened_is_a_pdf_in_our_folder(name, safe):
    assert safe_name(name) == safe


def test_the_list_holds_who_needs_an_agreement_the_most_urgent_first(desk, bohrer):
    add_customer(desk, "1", "läuft spät ab", agreement_until=date(2022, 4, 30))
    add_customer(desk, "2", "läuft bald ab", agreement_until=date(2022, 3, 13), email="a@bald.example")
    add_customer(desk, "3", "noch lange gültig", agreement_until=date(2022, 5, 1))
    add_customer(desk, "4", "unbefristet")
    add_customer(desk, "5", "ohne", has_agreement=False)
    add_customer(desk, "6", "lange abgelaufen", agreement_until=date(2021, 3, 1))
    add_customer(desk, "7", "gerade abgelaufen", agreement_until=date(2022, 2, 28))
    gone = add_customer(desk, "8", "archiviert", has_agreement=False)
    with desk.database.write() as connection:
        customers.update_customer(connection, replace(customers.find(connection, gone), archived=True))
    ended = add_customer(desk, "9", "beendet")
    number = agreement_sheet(desk, ended).entries[0].agreement.id
    end_agreement(desk, number, date(2022, 2, 1), "gekündigt")
    found = expiring(desk)
    assert [row.name for row in found.rows] == [
        "gerade abgelaufen", "lange abgelaufen", "ohne", "läuft bald ab", "läuft spät ab", "beendet",
    ]  # fmt: skip
    assert [row.status.days_left for row in found.rows] == [None, None, None, 12, 60, None]
    assert found.rows[3].recipient == "a@bald.example"
    assert found.template_name == ""


def test_reminder_days_are_the_agreements_own(desk):
    customer = add_customer(desk, "1", "mit langer Erinnerung", has_agreement=False)
    append_agreement(desk, draft(customer, valid_until=date(2022, 5, 30), reminder_days=90))
    (row,) = expiring(desk).rows
    assert (row.status.state, row.status.days_left) == (AgreementState.EXPIRING, 90)


def test_a_renewal_that_follows_without_a_gap_takes_the_customer_off_the_list(desk):
    customer = add_customer(desk, "1", "erneuert", agreement_until=date(2022, 3, 13))
    assert len(expiring(desk).rows) == 1
    append_agreement(desk, draft(customer, valid_from=date(2022, 3, 15)))
    assert len(expiring(desk).rows) == 1, "one day is not covered"
    append_agreement(desk, draft(customer, valid_from=date(2022, 3, 14)))
    assert expiring(desk).rows == ()
    assert agreement_sheet(desk, customer).status.until == date(2027, 12, 31)


def test_who_signs_gets_the_template(desk):
    customer = add_customer(desk, "1", "Praxis", has_agreement=False, email="rezeption@praxis.example")
    add_contact(desk, customer, Contact(0, "Kühn", email="kuehn@praxis.example"))
    add_contact(desk, customer, Contact(0, "Chef", email="chef@praxis.example", signs_agreement=True))
    sheet = agreement_sheet(desk, customer)
    assert sheet.recipients == ("chef@praxis.example", "rezeption@praxis.example", "kuehn@praxis.example")
    assert (sheet.signer, sheet.supporter) == ("Chef", "Klaus Klassen")
    assert expiring(desk).rows[0].recipient == "chef@praxis.example"
