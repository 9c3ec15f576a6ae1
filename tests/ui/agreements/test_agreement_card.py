"""The card of the agreements: what it shows, and that its forms append, end and prove without overwriting."""

from __future__ import annotations

import io
from datetime import date, timedelta
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from laverma_desk.domain.agreement import AgreementState
from laverma_desk.domain.message import MessageState
from laverma_desk.services.agreements.reading import agreement_sheet
from laverma_desk.services.agreements.writing import AgreementDraft, append_agreement
from laverma_desk.services.mails import outbox
from laverma_desk.storage import stored_documents
from laverma_desk.ui.widgets.link import Link
from tests.support.neighbours import neighbour as _neighbour
from tests.support.report_desks import end_session

neighbour = _neighbour
PDF = b"%PDF-1.7\nunterschrieben\n%%EOF\n"


def click(widget):
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def fill(form, **values):
    """Type into the form as a person does: changed fields lose their error."""
    for name, value in values.items():
        form.show_field(name, value)


def test_it_shows_what_counts(card, bohrer):
    card.show_customer(bohrer.customer_id)
    assert card.view.facts()[:2] == [
        ("Gültig", "15.01.2022 bis 31.12.2026"),
        ("Erinnerung", "60 Tage vor Ablauf"),
    ]
    assert card.view.renew.label() == "Erneuern"
    assert not card.view.is_unfolded()
    click(card.view.fold)
    assert ("Gez. Firma", "nicht eingetragen") in card.view.facts()
    assert card.view.end.isVisible()


def test_a_customer_without_an_agreement_sees_the_way_on(card, hartmann):
    card.show_customer(hartmann)
    assert card.view.facts() == [("Gültig", "kein AVV")]
    assert card.view.renew.label() == "Eintragen"
    assert card.view.is_unfolded()
    assert not card.view.end.isVisible()


def test_a_renewal_is_appended_with_its_file(card, bohrer, desk, settle, tmp_path):
    file = tmp_path / "AVV neu.pdf"
    file.write_bytes(PDF)
    card.show_customer(bohrer.customer_id)
    click(card.view.renew)
    form = card.view.renewal
    assert form.isVisible()
    assert form.value("valid_from") == date(2027, 1, 1)
    assert form.text("signed_by_house") == "Klaus Klassen"
    fill(form, valid_until=date(2031, 12, 31), signed_by_customer="Dr. Bohrer", signed_on=date(2022, 2, 28),
         secrecy_on=date(2022, 2, 28), version="3", reminder_days="90")  # fmt: skip
    card._work._renewing.attach(file)
    settle()
    assert form.file_name() == "AVV neu.pdf"
    card.commit()
    settle()
    assert not card.is_editing()
    new = agreement_sheet(desk, bohrer.customer_id)
    assert (new.status.state, new.status.until) == (AgreementState.VALID, date(2031, 12, 31))
    assert [one.agreement.valid_until for one in new.entries] == [date(2026, 12, 31), date(2031, 12, 31)]
    assert new.entries[1].agreement.reminder_days == 90
    with desk.database.read() as connection:
        assert stored_documents.read(connection, new.entries[1].agreement.document_id).content == PDF
    assert ("Erneuert", "bis 31.12.2031, schon unterschrieben") in card.view.facts()
    click(card.view.fold)
    assert card.view.older.link.text() == "1 weiterer AVV"


def test_errors_stand_at_their_fields_and_nothing_is_lost(card, hartmann, desk, settle):
    card.show_customer(hartmann)
    click(card.view.renew)
    form = card.view.renewal
    fill(form, version="2")
    card.commit()
    assert form.error("valid_until")
    form.open_ended.setChecked(True)
    card.commit()
    settle()
    assert form.error("signed_by_customer") == "Hier muss etwas stehen."
    fill(form, signed_by_customer="Dr. Hartmann", signed_on=date(2022, 3, 2))
    card.commit()
    settle()
    assert form.error("signed_on") == "Der Tag der Unterschrift liegt in der Zukunft."
    fill(form, signed_on="31.02.2022")
    card.commit()
    assert "31.02.2022" in form.error("signed_on")
    fill(form, signed_on=date(2022, 3, 1), reminder_days="bald")
    card.commit()
    assert form.error("reminder_days")
    assert form.text("version") == "2"
    assert agreement_sheet(desk, hartmann).entries == ()
    fill(form, reminder_days="60")
    card.commit()
    settle()
    assert agreement_sheet(desk, hartmann).entries[0].agreement.valid_until is None
    assert card.view.facts()[0] == ("Gültig", "ab 01.03.2022, unbefristet")


def test_a_file_that_is_no_pdf_is_not_taken(card, hartmann, settle, tmp_path):
    file = tmp_path / "AVV.pdf"
    file.write_bytes(b"PK\x03\x04")
    card.show_customer(hartmann)
    click(card.view.renew)
    card._work._renewing.attach(file)
    settle()
    assert "kein PDF" in card.view.renewal.problem()
    assert card.view.renewal.file_name() == ""


def test_ending_asks_for_a_reason(card, bohrer, desk):
    card.show_customer(bohrer.customer_id)
    click(card.view.fold)
    click(card.view.end)
    assert card.view.ending.isVisible()
    card.commit()
    assert card.view.ending.error("reason")
    fill(card.view.ending, reason="Praxis hat gekündigt")
    card.commit()
    assert agreement_sheet(desk, bohrer.customer_id).status.state is AgreementState.ENDED
    assert ("Beendet", "am 01.03.2022, Praxis hat gekündigt") in card.view.facts()
    assert not card.view.end.isVisible()


def test_escape_closes_a_form_and_writes_nothing(card, bohrer, desk):
    card.show_customer(bohrer.customer_id)
    card.begin_renewal()
    assert card.is_editing()
    assert card.step_back()
    assert not card.is_editing()
    assert not card.step_back()
    assert len(agreement_sheet(desk, bohrer.customer_id).entries) == 1


def test_the_file_opens_from_the_database(card, bohrer, desk, settle, opened_files):
    from laverma_desk.services.agreements.agreement_file import AgreementFile  # noqa: PLC0415

    append_agreement(
        desk,
        AgreementDraft(
            bohrer.customer_id, date(2022, 1, 20), date(2027, 1, 1), "", "Dr. Bohrer", date(2022, 1, 1),
            "Klaus", date(2022, 1, 1), None, 60, AgreementFile("AVV_Bohrer_unterschrieben.pdf", PDF),
        ),
    )  # fmt: skip
    card.show_customer(bohrer.customer_id)
    assert card.view.file.text() == "AVV_Bohrer_unterschrieben.pdf"
    click(card.view.file)
    assert [(one.name, one.read_bytes()) for one in opened_files] == [("AVV_Bohrer_unterschrieben.pdf", PDF)]
    with desk.database.write() as connection:
        connection.exec_driver_sql("DROP TRIGGER document_no_update")
        connection.exec_driver_sql("UPDATE document SET content = x'25504446'")
    click(card.view.file)
    assert "SHA-256" in card.view.problem()
    assert len(opened_files) == 1


def test_the_template_leaves_with_one_click_and_comes_back(card, hartmann, desk, template, settle):
    card.show_customer(hartmann)
    line = card.view.template
    assert line.address() == "praxis@dr-hartmann.example"
    click(line.send)
    settle()
    (queued,) = card.queued
    assert queued.recipient == "praxis@dr-hartmann.example"
    assert "praxis@dr-hartmann.example" in line.news()
    assert outbox.list_messages(desk)[0].state is MessageState.WAITING
    click(line.take_back)
    assert outbox.list_messages(desk) == []
    assert line.news() == ""


def test_a_wrong_address_is_said_at_the_address(card, hartmann, desk, template, settle):
    card.show_customer(hartmann)
    card.view.template.recipient.setCurrentText("praxis@")
    click(card.view.template.send)
    settle()
    assert card.view.template.error()
    assert card.view.template.address() == "praxis@"
    assert outbox.list_messages(desk) == []


def test_a_house_without_a_template_is_led_to_it(card, hartmann):
    card.show_customer(hartmann)
    line = card.view.template
    assert not line.send.isVisible()
    click(next(one for one in line.findChildren(Link) if one.text() == "PDF wählen"))
    assert card.settings == ["agreement"]


def test_another_customer_begins_anew(card, hartmann, bohrer, template):
    card.show_customer(bohrer.customer_id)
    card.begin_renewal()
    card.show_customer(hartmann)
    assert not card.is_editing()
    assert card.view.template.address() == "praxis@dr-hartmann.example"


def test_what_was_typed_is_still_there_after_a_look_at_another_customer(card, hartmann, bohrer, desk, settle):
    card.show_customer(bohrer.customer_id)
    card.begin_renewal()
    fill(card.view.renewal, version="7", signed_on=date(2022, 2, 1), valid_until=date(2030, 1, 1))
    card.show_customer(hartmann)
    card.begin_renewal()
    assert card.view.renewal.text("version") == ""
    card.step_back()
    card.show_customer(bohrer.customer_id)
    assert card.is_editing()
    assert (card.view.renewal.text("version"), card.view.renewal.value("signed_on")) == (
        "7",
        date(2022, 2, 1),
    )
    fill(card.view.renewal, signed_by_customer="Dr. Bohrer")
    card.commit()
    settle()
    assert len(agreement_sheet(desk, bohrer.customer_id).entries) == 2
    assert agreement_sheet(desk, hartmann).entries == ()
    card.show_customer(hartmann)
    card.show_customer(bohrer.customer_id)
    assert not card.is_editing()


def test_what_others_write_is_shown_while_a_form_stays_open(card, bohrer, surroundings, desk):
    card.show_customer(bohrer.customer_id)
    card.begin_renewal()
    fill(card.view.renewal, version="9")
    done = append_agreement(
        desk,
        AgreementDraft(
            bohrer.customer_id, date(2027, 1, 1), None, "", "Dr. B", date(2022, 1, 1), "K", date(2022, 1, 1)
        ),
    )
    surroundings.bus.publish(done)
    assert card.is_editing()
    assert card.view.renewal.text("version") == "9"
    assert len(agreement_sheet(desk, bohrer.customer_id).entries) == 2


def test_the_record_of_a_period_is_made_and_opened(card, bohrer, clock, desk, settle, opened_files):
    end_session(desk, bohrer, clock)
    card.show_customer(bohrer.customer_id)
    card.begin_evidence()
    form = card.view.period
    assert (form.value("first"), form.value("last")) == (date(2022, 1, 1), date(2022, 3, 1))
    card.commit()
    assert form.save.is_blocked()
    settle()
    assert not form.save.is_blocked()
    assert form.paper.text() == "Nachweis_2022-01-01_2022-03-01_ZAP-Dr-Bohrer.pdf"
    click(form.paper)
    (file,) = opened_files
    said = PdfReader(io.BytesIO(Path(file).read_bytes())).pages[0].extract_text()
    assert "Nachweis der Fernwartung" in said


def test_a_period_that_runs_backwards_is_refused(card, bohrer):
    card.show_customer(bohrer.customer_id)
    card.begin_evidence()
    form = card.view.period
    fill(form, first=date(2022, 3, 2))
    card.commit()
    assert form.error("last")
    fill(form, first="31.02.2022", last=date(2022, 3, 1))
    card.commit()
    assert "31.02.2022" in form.error("first")


def test_the_usual_periods(card, bohrer, clock):
    clock.advance(days=400)
    card.show_customer(bohrer.customer_id)
    card.begin_evidence()
    form = card.view.period
    chosen = {}
    for key in ("year", "before", "all"):
        form._on_segment_chosen(key)
        chosen[key] = (form.value("first"), form.value("last"))
    today = date(2022, 3, 1) + timedelta(days=400)
    assert chosen == {
        "year": (date(2023, 1, 1), today),
        "before": (date(2022, 1, 1), date(2022, 12, 31)),
        "all": (date(2022, 1, 15), today),
    }


def test_a_record_can_be_called_off(card, bohrer, clock, desk, qtbot, settle):
    for _again in range(3):
        end_session(desk, bohrer, clock)
    card.show_customer(bohrer.customer_id)
    card.begin_evidence()
    card.commit()
    card.step_back()
    settle()
    assert not card.is_editing()
    assert card.view.period.paper.text() == ""
    assert not card.view.period.save.is_blocked()


@pytest.mark.parametrize("name", ["renewal", "ending", "period"])
def test_every_field_has_a_name(card, bohrer, name):
    form = getattr(card.view, name)
    for field in form.names():
        assert form.field(field).accessibleName(), field


def test_an_agreement_that_somebody_else_entered_meanwhile_is_named_first(
    card, hartmann, desk, settle, neighbour
):
    card.show_customer(hartmann)
    click(card.view.renew)
    form = card.view.renewal
    fill(form, signed_by_customer="Dr. Hartmann", signed_on=date(2022, 2, 28))
    form.open_ended.setChecked(True)
    other = AgreementDraft(
        hartmann, date(2022, 3, 1), date(2024, 12, 31), signed_by_customer="Dr. Hartmann",
        signed_on=date(2022, 2, 27), signed_by_house="Anna Albers", signed_on_house=date(2022, 2, 27),
    )  # fmt: skip
    append_agreement(neighbour(), other, known=())
    card.commit()
    settle()
    assert "eine andere AVV erfasst: 01.03.2022 bis 31.12.2024." in form.problem()
    assert form.text("signed_by_customer") == "Dr. Hartmann"
    assert len(agreement_sheet(desk, hartmann).entries) == 1
    card.commit()
    settle()
    assert len(agreement_sheet(desk, hartmann).entries) == 2
