"""The house's template: uploaded, never made up, and mailed through the outbox with its exact bytes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update

from laverma_desk.domain.customer import Contact, Salutation
from laverma_desk.domain.errors import OutsideTrouble, Rule, RuleBroken, Trouble
from laverma_desk.domain.message import MessageKind, MessageState
from laverma_desk.services.agreements.agreement_file import AgreementFile
from laverma_desk.services.agreements.overview import expiring
from laverma_desk.services.agreements.reading import agreement_sheet
from laverma_desk.services.agreements.stored_file import open_template
from laverma_desk.services.agreements.template import (
    default_wording,
    keep_template_file,
    read_template,
    save_wording,
    send_template,
)
from laverma_desk.services.mails import delivery, outbox
from laverma_desk.storage import outbox as stored
from laverma_desk.storage.tables import document
from tests.support.desks import add_contact, add_customer, set_mail_account
from tests.support.raw_words import lift_seal

PDF = b"%PDF-1.7\nVorlage\n%%EOF\n"
TO = "praxis@dr-hartmann.example"


@pytest.fixture
def hartmann(desk) -> int:
    number = add_customer(desk, "10044", "Praxis Dr. Hartmann", "Rezeption", has_agreement=False, email=TO)
    add_contact(desk, number, Contact(0, "Dr. Anna Hartmann", "Inhaberin", Salutation.MS, email=TO))
    return number


@pytest.fixture
def ready(desk, smtp_server):
    """A server, an account and a template."""
    server = smtp_server()
    set_mail_account(desk, server.port)
    keep_template_file(desk, AgreementFile("AVV Vorlage.pdf", PDF))
    return server


def refused(rule, *values, **more) -> RuleBroken:
    with pytest.raises(RuleBroken) as found:
        send_template(*values, **more)
    assert found.value.code is rule
    assert outbox.list_messages(values[0]) == []
    return found.value


def test_a_house_without_a_template_has_none(desk, hartmann):
    set_mail_account(desk, 25)
    assert read_template(desk).file is None
    refused(Rule.TEMPLATE_MISSING, desk, hartmann, TO)
    with pytest.raises(RuleBroken) as found:
        open_template(desk)
    assert found.value.code is Rule.TEMPLATE_MISSING


def test_the_template_leaves_as_it_was_uploaded(desk, hartmann, ready):
    queued = send_template(desk, hartmann, TO).value
    assert queued.due_at == desk.clock.now() + timedelta(seconds=10)
    (mail,) = outbox.list_messages(desk)
    assert (mail.kind, mail.state, mail.recipient) == (MessageKind.AGREEMENT, MessageState.WAITING, TO)
    assert mail.customer_name == "Praxis Dr. Hartmann"
    done = delivery.send_message(desk, queued.message_id).value
    assert done.state is MessageState.HANDED_OVER
    (arrived,) = ready.mails
    sent = arrived.message
    assert sent["To"] == TO
    assert sent["Subject"] == "Vertrag zur Auftragsverarbeitung für die Fernwartung"
    body = sent.get_body().get_content()
    assert body.startswith("Sehr geehrte Frau Hartmann,")
    assert "07 00 / 52 83 76 23" in body
    assert "Klaus Klassen\nLaverma" in body.replace("\r\n", "\n")
    assert "{" not in body
    assert "!" not in body
    (paper,) = sent.iter_attachments()
    assert (paper.get_filename(), paper.get_content()) == ("AVV Vorlage.pdf", PDF)


def test_it_can_be_taken_back_and_then_was_never_sent(desk, hartmann, ready):
    queued = send_template(desk, hartmann, TO).value
    assert agreement_sheet(desk, hartmann).template_mail.state is MessageState.WAITING
    assert expiring(desk).rows[0].template_at == desk.clock.now()
    assert outbox.take_back(desk, queued.message_id).value
    assert agreement_sheet(desk, hartmann).template_mail is None
    assert expiring(desk).rows[0].template_at is None
    assert ready.mails == []


def test_the_latest_template_mail_counts(desk, hartmann, ready, clock):
    send_template(desk, hartmann, "alt@dr-hartmann.example")
    clock.advance(days=1)
    send_template(desk, hartmann, TO)
    mail = agreement_sheet(desk, hartmann).template_mail
    assert (mail.recipient, mail.queued_at) == (TO, clock.now())


def test_what_is_missing_is_said_and_nothing_is_queued(desk, hartmann):
    keep_template_file(desk, AgreementFile("AVV.pdf", PDF))
    refused(Rule.MAIL_ACCOUNT_MISSING, desk, hartmann, TO)
    set_mail_account(desk, 25)
    assert refused(Rule.RECIPIENT_MISSING, desk, hartmann, " ").field == "recipient"
    assert refused(Rule.EMAIL_INVALID, desk, hartmann, "praxis").field == "recipient"
    refused(Rule.CUSTOMER_UNKNOWN, desk, 999, TO)


def test_a_template_that_was_altered_is_never_sent(desk, hartmann, ready):
    with desk.database.write() as connection:
        lift_seal(connection, "document_no_update")
        connection.execute(update(document).values(content=b"%PDF anders"))
    with pytest.raises(OutsideTrouble) as found:
        send_template(desk, hartmann, TO)
    assert found.value.code is Trouble.DOCUMENT_ALTERED
    assert outbox.list_messages(desk) == []


def test_another_file_replaces_the_template_but_not_what_went_out(desk, hartmann, ready):
    queued = send_template(desk, hartmann, TO).value
    keep_template_file(desk, AgreementFile("AVV 2023.pdf", PDF + b"neu"))
    assert read_template(desk).file.name == "AVV 2023.pdf"
    assert open_template(desk).read_bytes() == PDF + b"neu"
    with desk.database.read() as connection:
        assert stored.documents_of(connection, queued.message_id)[1] is not None
    assert outbox.attachment_bytes(desk, queued.message_id) == PDF


def test_the_words_are_the_houses_own(desk, hartmann, ready):
    save_wording(desk, " AVV für {customer} ", "{salutation},\nbitte unterschreiben.\n{supporter}")
    send_template(desk, hartmann, "empfang@dr-hartmann.example")
    (mail,) = outbox.list_messages(desk)
    assert mail.subject == "AVV für Praxis Dr. Hartmann"
    with desk.database.read() as connection:
        body = stored.body_of(connection, mail.id)
    assert body == "Sehr geehrte Damen und Herren,\nbitte unterschreiben.\nKlaus Klassen"


@pytest.mark.parametrize(
    ("subject", "body", "rule", "field"),
    [
        ("", "Text", Rule.TEXT_MISSING, "subject"),
        ("AVV", " \n", Rule.TEXT_MISSING, "body"),
        ("AVV {datum}", "Text", Rule.PLACEHOLDER_UNKNOWN, "subject"),
        ("AVV", "{notes}", Rule.PLACEHOLDER_UNKNOWN, "body"),
    ],
)
def test_wrong_words_stay_unsaved(desk, subject, body, rule, field):
    with pytest.raises(RuleBroken) as found:
        save_wording(desk, subject, body)
    assert (found.value.code, found.value.field) == (rule, field)
    assert (read_template(desk).subject, read_template(desk).body) == default_wording()
