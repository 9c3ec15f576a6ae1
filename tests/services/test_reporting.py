from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from laverma_desk.domain.customer import Channel, Contact, Salutation
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.services.calls import call_sheet, timekeeping
from laverma_desk.services.mails import reporting
from laverma_desk.services.setup import house
from laverma_desk.storage import customers
from tests.support.report_desks import end_session


def words_of(pdf):
    words = "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    return words.replace("\u00a0", " ")


def test_the_mail_is_the_one_of_the_picture(desk, bohrer, clock):
    mail = reporting.prepare_report(desk, end_session(desk, bohrer, clock))
    assert mail.recipient == "rezeption@zap-bohrer.example"
    assert mail.subject == "Bericht zur Fernwartung vom 01.03.2022, PC Rezeption"
    assert mail.attachment_name == "Bericht_2022-03-01_ZAP-Dr-Bohrer.pdf"
    assert mail.body == (
        "Sehr geehrte Frau Lorenz,\n\n"
        "anbei erhalten Sie den Bericht zur Fernwartung vom 01.03.2022\n"
        "am Arbeitsplatz „PC Rezeption“.\n\n"
        "Synadoc aktualisiert\nNeustart des PC\nErläuterung der Neuerungen\n\n"
        "Mit freundlichen Grüßen\nKlaus Klassen"
    )


def test_the_paper_has_time_money_and_notes_but_no_internal_note(desk, bohrer, clock):
    words = words_of(reporting.prepare_report(desk, end_session(desk, bohrer, clock)).pdf)
    for part in (
        "00:12:22",
        "13 Minuten × 2,25 €",
        "29,25 €",
        "34,81 €",
        "Synadoc aktualisiert",
        "S-2022-0001",
    ):
        assert part in words
    assert "Angebot" not in words


def test_the_same_session_always_gives_the_same_bytes(desk, bohrer, clock):
    session = end_session(desk, bohrer, clock)
    first = reporting.prepare_report(desk, session).pdf
    clock.advance(days=1)
    assert reporting.prepare_report(desk, session).pdf == first


def test_least_and_free_time_explain_the_price(desk, bohrer, clock):
    known = house.read_house(desk).tariffs[0]
    house.save_tariff(desk, replace(known, minimum_seconds=900, free_seconds=120))
    words = " ".join(words_of(reporting.prepare_report(desk, end_session(desk, bohrer, clock)).pdf).split())
    assert "15 Minuten × 2,25 €" in words
    assert "Kostenlos am Anfang jeder Fernwartung: 2 Minuten." in words
    assert "Mindestdauer je Fernwartung: 15 Minuten." in words


@pytest.mark.parametrize(
    ("abroad", "sentence"),
    [
        ({"country": "AT", "vat_id": "ATU13585627"}, "Steuerschuldnerschaft des Leistungsempfängers"),
        ({"country": "CH"}, "in Deutschland nicht steuerbar"),
    ],
)
def test_a_report_names_the_tax_that_the_invoice_will(desk, bohrer, clock, abroad, sentence):
    with desk.database.write() as connection:
        known = customers.find(connection, bohrer.customer_id)
        customers.update_customer(connection, replace(known, **abroad))
    words = " ".join(words_of(reporting.prepare_report(desk, end_session(desk, bohrer, clock)).pdf).split())
    assert sentence in words
    assert "Gesamtbetrag 29,25 €" in words
    assert "34,81" not in words


def test_a_small_business_says_so_on_its_reports(desk, bohrer, clock):
    house.save_company(desk, replace(house.read_house(desk).company, small_business=True))
    words = " ".join(words_of(reporting.prepare_report(desk, end_session(desk, bohrer, clock)).pdf).split())
    assert "Steuerfrei nach § 19 UStG (Kleinunternehmer)." in words
    assert "34,81" not in words


def test_the_house_can_word_it_otherwise(desk, bohrer, clock):
    template = house.read_house(desk).template
    house.save_template(
        desk, replace(template, subject="{number}: {customer}\n{duration}", body="{notes}{nix")
    )
    mail = reporting.prepare_report(desk, end_session(desk, bohrer, clock, notes="{supporter}"))
    assert mail.subject == "S-2022-0001: ZAP Dr. Bohrer 00:12:22"
    assert mail.body == "{supporter}{nix"


@pytest.mark.parametrize(
    ("asked", "kind", "greeting"),
    [
        ("Sabine Lorenz", Salutation.MS, "Sehr geehrte Frau Lorenz,"),
        ("Bernd von Weiß", Salutation.MR, "Sehr geehrter Herr Weiß,"),
        ("Alex Sommer", Salutation.NONE, "Guten Tag Alex Sommer,"),
        ("", Salutation.NONE, "Sehr geehrte Damen und Herren,"),
    ],
)
def test_the_letter_greets_who_asked(desk, bohrer, clock, asked, kind, greeting):
    session = end_session(desk, bohrer, clock)
    with desk.database.write() as connection:
        if asked not in ("", "Sabine Lorenz"):
            customers.put_contact(connection, bohrer.customer_id, Contact(0, asked, "", kind))
    call_sheet.save_order(desk, session, asked, Channel.PHONE)
    assert reporting.prepare_report(desk, session).body.splitlines()[0] == greeting


def test_all_known_addresses_can_be_chosen_once(desk, bohrer, clock):
    with desk.database.write() as connection:
        for name, address in (
            ("A", "a@zap-bohrer.example"),
            ("B", "rezeption@zap-bohrer.example"),
            ("C", ""),
        ):
            customers.put_contact(connection, bohrer.customer_id, Contact(0, name, email=address))
    session = end_session(desk, bohrer, clock)
    call_sheet.save_recipient(desk, session, "chef@zap-bohrer.example")
    mail = reporting.prepare_report(desk, session)
    assert mail.recipient == "chef@zap-bohrer.example"
    assert mail.recipients == (
        "chef@zap-bohrer.example", "rezeption@zap-bohrer.example", "a@zap-bohrer.example",
    )  # fmt: skip


def test_a_free_session_says_why_and_asks_for_nothing(desk, bohrer, clock):
    session = end_session(desk, bohrer, clock)
    reason = next(one for one in house.read_house(desk).free_reasons if one.name == "Kulanz")
    call_sheet.save_billing(desk, session, billable=False, free_reason_id=reason.id)
    words = words_of(reporting.prepare_report(desk, session).pdf)
    assert "Kulanz" in words
    assert "29,25" not in words


def test_the_names_stay_those_of_the_day_of_the_session(desk, bohrer, clock):
    session = end_session(desk, bohrer, clock)
    with desk.database.write() as connection:
        connection.exec_driver_sql("UPDATE customer SET name = 'Neue Praxis'")
    assert "ZAP Dr. Bohrer" in words_of(reporting.prepare_report(desk, session).pdf)


def test_a_running_session_has_no_report_yet(desk, bohrer):
    session = timekeeping.start_session(desk, bohrer.reception).value
    with pytest.raises(RuleBroken) as error:
        reporting.prepare_report(desk, session.id)
    assert error.value.code is Rule.SESSION_NOT_ENDED


def test_the_guide_brings_link_steps_and_phone(desk):
    settings = house.read_house(desk)
    subject, body = reporting.guide_mail(settings.template, settings)
    assert subject == "So starten Sie die Fernwartung"
    assert "https://laverma.example/fernwartung" in body
    assert "1. " in body
    assert "07 00 / 52 83 76 23" in body
    assert "{" not in body
