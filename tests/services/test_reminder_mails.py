"""The mail of a letter: the stored bytes with copies of the invoices, to whoever gets the invoices."""

from __future__ import annotations

import email
from dataclasses import replace
from datetime import date
from email import policy

import pytest

from laverma_desk.domain.errors import RuleBroken
from laverma_desk.domain.message import MessageKind, MessageState
from laverma_desk.services.invoicing import payments, reminders
from laverma_desk.services.invoicing.reminder_mail_words import mail_body
from laverma_desk.services.mails import outbox
from laverma_desk.services.mails.letters import ReportWords
from tests.support.deliveries import deliver_due
from tests.support.desks import set_mail_account
from tests.support.late_payers import make_late_payers
from tests.support.mail_fixtures import certificates, smtp_server  # noqa: F401 (fixtures)

FIRST = date(2022, 3, 1)


@pytest.fixture
def late(tmp_path, smtp_server):  # noqa: F811
    """A practice with two overdue invoices, one of them paid in part, and a mail server."""
    payers = make_late_payers(tmp_path / "desk")
    payers.server = smtp_server()
    payers.invoices = [payers.bill(FIRST, 600), payers.bill(FIRST, 60)]
    payments.add_payment(payers.desk, payers.invoices[0].row.id, 1000, FIRST)
    payers.be_on(date(2022, 4, 1))
    set_mail_account(payers.desk, payers.server.port)
    payers.letter = reminders.issue_reminder(payers.desk, payers.place.customer_id).value
    yield payers
    payers.desk.close()


def test_the_mail_says_what_is_open(late):
    mail = reminders.reminder_mail(late.desk, late.letter.row.id)
    assert mail.recipient == "rechnung@praxis.example"
    assert mail.recipients == ("rechnung@praxis.example",)
    assert mail.subject == "Zahlungserinnerung ZE-2022-0001"
    assert mail.attachment_names == ("ZE-2022-0001.pdf", "RE-2022-0001.pdf", "RE-2022-0002.pdf")
    assert mail.body.replace("\u00a0", " ") == (
        "Sehr geehrte Frau Lorenz,\n\n"
        "sicher ist es im Praxisalltag untergegangen: Die folgenden Rechnungen sind noch nicht oder nur"
        " zum Teil bezahlt.\n\n"
        "RE-2022-0001 vom 01.03.2022, fällig am 15.03.2022: 16,78 €\n"
        "RE-2022-0002 vom 01.03.2022, fällig am 15.03.2022: 2,68 €\n\n"
        "Bitte überweisen Sie 19,46 € bis zum 11.04.2022.\n"
        "Das Schreiben ZE-2022-0001 und Kopien der Rechnungen liegen bei.\n\n"
        "Haben Sie inzwischen bezahlt? Dann betrachten Sie dieses Schreiben bitte als gegenstandslos.\n"
        "Wenn zu einer Rechnung etwas zu klären ist, rufen Sie uns bitte an: 07 00 / 52 83 76 23.\n\n"
        "Mit freundlichen Grüßen\nKlaus Klassen\nLaverma"
    )


def test_what_arrives_is_what_was_stored(late):
    done = reminders.queue_reminder(late.desk, late.letter.row.id, delay=0)
    (sent,) = deliver_due(late.desk)
    assert (sent.id, sent.kind, sent.state) == (done.value, MessageKind.REMINDER, MessageState.HANDED_OVER)
    (mail,) = (email.message_from_bytes(one.content, policy=policy.default) for one in late.server.mails)
    assert mail["To"] == "rechnung@praxis.example"
    files = {part.get_filename(): part.get_content() for part in mail.iter_attachments()}
    assert files == {
        "ZE-2022-0001.pdf": late.letter.pdf,
        "RE-2022-0001.pdf": late.invoices[0].pdf,
        "RE-2022-0002.pdf": late.invoices[1].pdf,
    }


def test_the_words_may_be_others(late):
    words = ReportWords("chef@praxis.example", "Bitte", "Kurz und gut.")
    reminders.queue_reminder(late.desk, late.letter.row.id, words, delay=0)
    deliver_due(late.desk)
    (mail,) = (email.message_from_bytes(one.content, policy=policy.default) for one in late.server.mails)
    assert (mail["To"], mail["Subject"]) == ("chef@praxis.example", "Bitte")
    assert mail.get_body().get_content().strip() == "Kurz und gut."


def test_no_address_no_mail(late):
    with pytest.raises(RuleBroken, match="recipient_missing"):
        reminders.queue_reminder(late.desk, late.letter.row.id, ReportWords(" ", "Bitte", "Text"))
    with pytest.raises(RuleBroken, match="reminder_unknown"):
        reminders.queue_reminder(late.desk, 4711)
    assert deliver_due(late.desk) == []


def test_no_twin_of_a_letter_leaves_while_one_is_on_its_way(late):
    number = reminders.queue_reminder(late.desk, late.letter.row.id).value
    with pytest.raises(RuleBroken, match="invoice_on_its_way"):
        reminders.queue_reminder(late.desk, late.letter.row.id)
    outbox.discard(late.desk, number)
    assert reminders.queue_reminder(late.desk, late.letter.row.id).value != number


def test_what_is_asked_on_top_is_named(late):
    record = replace(late.letter.record, fee_cents=500, interest_cents=284, lump_cents=0)
    said = mail_body(record).replace("\u00a0", " ")
    assert "2,68 €\nMahngebühr: 5,00 €\nVerzugszinsen: 2,84 €\n\nBitte" in said
    assert "Pauschale" not in said
