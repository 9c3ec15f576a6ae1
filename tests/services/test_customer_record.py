"""The full record: kept all or nothing, every change with its line, nothing lost once it was used."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from laverma_desk.domain.customer import Salutation, Tool
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.services.calls import call_sheet, timekeeping
from laverma_desk.services.changes import Topic
from laverma_desk.services.customers import callers, filled_forms
from laverma_desk.services.customers import customer_record as records
from laverma_desk.services.customers.callers import NewCustomer
from laverma_desk.services.customers.customer_record import (
    ContactDraft,
    MasterDraft,
    WorkstationDraft,
)
from laverma_desk.services.customers.customer_register import load_register
from laverma_desk.services.customers.search import load_finder
from laverma_desk.services.mails.reporting import prepare_report
from laverma_desk.storage import customers as stored


def refused(call, *given, **named):
    with pytest.raises(RuleBroken) as caught:
        call(*given, **named)
    return caught.value


def last_lines(desk, customer_id, count):
    found = records.record_history(desk, customer_id)[:count]
    return [(one.who, one.field, one.old, one.new) for one in reversed(found)]


def master(desk, customer_id):
    return filled_forms.master_draft(records.read_record(desk, customer_id).customer)


def ended_session(desk, clock, workstation):
    started = timekeeping.start_session(desk, workstation).value
    clock.advance(seconds=60)
    return timekeeping.end_session(desk, started.id).value


def test_the_record_is_read_whole(desk, bohrer, clock):
    records.save_contact(desk, bohrer.customer_id, None, ContactDraft("Petra Kühn", "Abrechnung"))
    timekeeping.start_session(desk, bohrer.reception)
    record = records.read_record(desk, bohrer.customer_id)
    assert record.customer.name == "ZAP Dr. Bohrer"
    assert [one.name for one in record.contacts] == ["Sabine Lorenz", "Petra Kühn"]
    first, second = record.workstations
    assert (first.workstation.name, first.last_day, first.running) == ("PC Rezeption", date(2022, 3, 1), True)
    assert (second.last_day, second.running) == (None, False)
    assert record.since == date(2022, 3, 1)  # no day of its own: when the record was made
    assert record.tariff.price_cents == 225
    assert (record.house_payment_days, record.used, record.editable) == (14, True, True)
    assert record.agreement.until == date(2026, 12, 31)


def test_an_unknown_customer_is_refused(desk):
    assert refused(records.read_record, desk, 99).code is Rule.CUSTOMER_UNKNOWN


def test_master_data_are_kept_normalised_and_each_change_has_a_line(desk, bohrer):
    draft = replace(
        master(desk, bohrer.customer_id), phone="0700 LAVERMAS", software="Synadoc, Röntgen", language="en",
        since="12.04.2018", country="Österreich", postcode="1010",
    )  # fmt: skip
    done = records.save_master(desk, bohrer.customer_id, draft)
    assert Topic.CUSTOMERS in done.changed
    kept = records.read_record(desk, bohrer.customer_id).customer
    assert (kept.phone, kept.country, kept.since) == ("+4970052837627", "AT", date(2018, 4, 12))
    assert last_lines(desk, bohrer.customer_id, 6) == [
        ("Klaus Klassen", "postcode", "12345", "1010"),
        ("Klaus Klassen", "country", "DE", "AT"),
        ("Klaus Klassen", "phone", "+493023125014", "+4970052837627"),
        ("Klaus Klassen", "software", "", "Synadoc, Röntgen"),
        ("Klaus Klassen", "since", "", "2018-04-12"),
        ("Klaus Klassen", "language", "de", "en"),
    ]


def test_what_was_not_changed_leaves_no_line(desk, bohrer):
    before = records.record_history(desk, bohrer.customer_id)
    records.save_master(desk, bohrer.customer_id, master(desk, bohrer.customer_id))
    assert records.record_history(desk, bohrer.customer_id) == before


def test_a_number_belongs_to_one_customer(desk, bohrer):
    other = records.create_record(desk, MasterDraft(name="Praxis Dr. Weiß")).value
    error = refused(records.save_master, desk, other.id, replace(master(desk, other.id), number="10017"))
    assert (error.code, error.field) == (Rule.CUSTOMER_NUMBER_TAKEN, "number")
    assert error.parameters["name"] == "ZAP Dr. Bohrer"


def test_a_new_customer_is_written_with_person_and_machine_or_not_at_all(desk):
    wrong = WorkstationDraft("PC", partner_id="123")
    error = refused(records.create_record, desk, MasterDraft(name="Neu"), ContactDraft("A"), wrong)
    assert (error.code, error.field) == (Rule.PARTNER_ID_INVALID, "workstation.partner_id")
    assert load_register(desk).rows("") == []
    made = records.create_record(
        desk,
        MasterDraft(name="Neu"),
        ContactDraft("Anna Neu"),
        WorkstationDraft("PC", partner_id="234 567 890"),
    ).value
    record = records.read_record(desk, made.id)
    assert record.customer.number
    assert record.contacts[0].name == "Anna Neu"
    assert record.workstations[0].workstation.partner_id == "234567890"
    assert [line.field for line in records.record_history(desk, made.id)] == [
        "workstation", "contact", "created",
    ]  # fmt: skip


def test_a_person_is_kept_changed_and_taken_out(desk, bohrer):
    sabine = records.read_record(desk, bohrer.customer_id).contacts[0]
    draft = ContactDraft("Sabine Lorenz", "Leitung", "ms", "030 23125 014", "0171 1234567", "s@zap.de", True)
    records.save_contact(desk, bohrer.customer_id, sabine.id, draft)
    kept = records.read_record(desk, bohrer.customer_id).contacts[0]
    assert (kept.id, kept.role, kept.mobile, kept.gets_reports) == (
        sabine.id,
        "Leitung",
        "+491711234567",
        True,
    )
    assert kept.salutation is Salutation.MS
    assert (
        "Klaus Klassen",
        "contact.role",
        "Sabine Lorenz\nRezeption",
        "Sabine Lorenz\nLeitung",
    ) in last_lines(desk, bohrer.customer_id, 9)
    records.remove_contact(desk, bohrer.customer_id, sabine.id)
    assert records.read_record(desk, bohrer.customer_id).contacts == ()
    ((_who, field, old, new),) = last_lines(desk, bohrer.customer_id, 1)
    assert (field, new) == ("contact", "")
    assert "Sabine Lorenz" in old


def test_who_gets_reports_needs_an_address(desk, bohrer):
    draft = ContactDraft("Petra", gets_invoices=True)
    error = refused(records.save_contact, desk, bohrer.customer_id, None, draft)
    assert (error.code, error.field) == (Rule.RECIPIENT_MISSING, "email")


def test_the_first_person_who_gets_reports_is_the_recipient_where_the_practice_has_no_address(desk, bohrer):
    started = timekeeping.start_session(desk, bohrer.server).value
    assert started.recipient == "rezeption@zap-bohrer.example"
    draft = ContactDraft("Petra", email="petra@zap.de", gets_reports=True)
    records.save_contact(desk, bohrer.customer_id, None, draft)
    blank = replace(master(desk, bohrer.customer_id), email_report="")
    records.save_master(desk, bohrer.customer_id, blank)
    assert timekeeping.start_session(desk, bohrer.reception).value.recipient == "petra@zap.de"


def test_another_partner_id_makes_the_old_one_a_former_one(desk, bohrer):
    draft = WorkstationDraft("PC Rezeption", "teamviewer", "234 567 890", "Empfang, EG")
    records.save_workstation(desk, bohrer.customer_id, bohrer.reception, draft)
    machine = records.read_record(desk, bohrer.customer_id).workstations[0]
    assert machine.workstation.partner_id == "234567890"
    assert [(one.partner_id, one.tool) for one in machine.former_ids] == [("1234567890", Tool.TEAMVIEWER)]
    hits = load_finder(desk).search("1 234 567 890").hits
    assert [hit.workstation.id for hit in hits] == [bohrer.reception]


def test_an_id_that_is_changed_in_the_call_is_not_forgotten_either(desk, bohrer):
    session = timekeeping.start_session(desk, bohrer.reception).value
    call_sheet.save_connection(desk, session.id, Tool.TEAMVIEWER, "234567890", keep_on_workstation=True)
    machine = records.read_record(desk, bohrer.customer_id).workstations[0]
    assert machine.workstation.partner_id == "234567890"
    assert [one.partner_id for one in machine.former_ids] == ["1234567890"]
    new = NewCustomer("", "", "", "", "PC Rezeption", "345678901", customer_id=bohrer.customer_id)
    callers.create_customer(desk, new)
    machine = records.read_record(desk, bohrer.customer_id).workstations[0]
    assert [one.partner_id for one in machine.former_ids] == ["1234567890", "234567890"]


def test_whose_partner_id_it_is_is_pointed_out(desk, bohrer):
    (owner,) = records.owners_of_partner_id(desk, "1 234 567 890", bohrer.server)
    assert (owner.workstation_name, owner.customer_name, owner.former) == (
        "PC Rezeption",
        "ZAP Dr. Bohrer",
        False,
    )
    assert records.owners_of_partner_id(desk, "1 234 567 890", bohrer.reception) == []
    draft = WorkstationDraft("PC Rezeption", "teamviewer", "234567890")
    records.save_workstation(desk, bohrer.customer_id, bohrer.reception, draft)
    (owner,) = records.owners_of_partner_id(desk, "1234567890", None)
    assert owner.former


def test_two_machines_of_a_practice_are_not_called_alike(desk, bohrer):
    error = refused(
        records.save_workstation, desk, bohrer.customer_id, bohrer.server, WorkstationDraft("pc rezeption")
    )
    assert (error.code, error.field) == (Rule.WORKSTATION_NAME_TAKEN, "name")


def test_a_machine_is_archived_and_taken_back_but_not_while_it_is_worked_at(desk, bohrer):
    session = timekeeping.start_session(desk, bohrer.reception).value
    given = (desk, bohrer.customer_id, bohrer.reception)
    assert refused(records.archive_workstation, *given, archived=True).code is Rule.WORKSTATION_RUNNING
    timekeeping.end_session(desk, session.id)
    records.archive_workstation(*given, archived=True)
    names = [one.workstation.name for one in records.read_record(desk, bohrer.customer_id).workstations]
    assert names == ["Server", "PC Rezeption"]  # archived ones last
    records.archive_workstation(*given, archived=False)
    assert not records.read_record(desk, bohrer.customer_id).workstations[0].workstation.archived


def test_a_report_is_made_in_the_language_of_the_customer(desk, bohrer, clock):
    session = ended_session(desk, clock, bohrer.reception)
    assert prepare_report(desk, session.id).report.language == "de"
    records.save_master(desk, bohrer.customer_id, replace(master(desk, bohrer.customer_id), language="en"))
    mail = prepare_report(desk, session.id)
    assert mail.report.language == "en"
    assert "Dear Ms Lorenz" in mail.body


def test_a_used_customer_is_archived_never_deleted(desk, bohrer):
    session = timekeeping.start_session(desk, bohrer.reception).value
    assert refused(records.delete_customer, desk, bohrer.customer_id).code is Rule.CUSTOMER_USED
    error = refused(records.archive_customer, desk, bohrer.customer_id, archived=True)
    assert error.code is Rule.CUSTOMER_RUNNING
    timekeeping.end_session(desk, session.id)
    records.archive_customer(desk, bohrer.customer_id, archived=True)
    register = load_register(desk)
    assert register.rows("") == []
    assert [row.customer.name for row in register.rows("bohrer", archived=True)] == ["ZAP Dr. Bohrer"]
    assert load_finder(desk).search("bohrer").hits == ()
    records.archive_customer(desk, bohrer.customer_id, archived=False)
    assert [row.customer.name for row in load_register(desk).rows("")] == ["ZAP Dr. Bohrer"]


def test_an_unused_customer_can_be_deleted_and_leaves_its_trace(desk):
    made = records.create_record(desk, MasterDraft(name="Irrtum"), None, WorkstationDraft("PC")).value
    machine = records.read_record(desk, made.id).workstations[0].workstation
    for digits in ("123456789", "234567890"):
        records.save_workstation(desk, made.id, machine.id, WorkstationDraft("PC", partner_id=digits))
    records.delete_customer(desk, made.id)
    assert refused(records.read_record, desk, made.id).code is Rule.CUSTOMER_UNKNOWN
    assert records.record_history(desk, made.id) == []  # of a record that is gone nobody asks
    assert load_register(desk).rows("") == []


def test_a_locked_record_is_only_read(desk, bohrer):
    with desk.database.write() as connection:
        found = stored.find(connection, bohrer.customer_id)
        stored.update_customer(connection, replace(found, restricted_at=desk.clock.now()))
    assert not records.read_record(desk, bohrer.customer_id).editable
    draft = master(desk, bohrer.customer_id)
    assert refused(records.save_master, desk, bohrer.customer_id, draft).code is Rule.CUSTOMER_RESTRICTED


def test_the_register_finds_forgivingly_each_customer_once_and_counts_what_needs_attention(desk, bohrer):
    records.create_record(desk, MasterDraft(name="Praxis Dr. Weiß", city="Hamburg"))
    register = load_register(desk)
    assert [row.customer.name for row in register.rows("")] == ["Praxis Dr. Weiß", "ZAP Dr. Bohrer"]
    assert [row.customer.name for row in register.rows("bohrrer")] == ["ZAP Dr. Bohrer"]
    assert [row.customer.name for row in register.rows("weiss")] == ["Praxis Dr. Weiß"]
    assert [row.needs_attention for row in register.rows("")] == [True, False]
