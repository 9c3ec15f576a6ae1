"""The mail of an invoice: stored bytes, several documents, never twice."""

from __future__ import annotations

import email
from email import policy

import pytest

from laverma_desk.domain.customer import InvoiceFormat
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.message import MessageKind, MessageState
from laverma_desk.services.invoicing import cancelling, drafts, issuing, register, sending
from laverma_desk.services.mails import outbox, reporting
from laverma_desk.services.mails.counting import count_open
from laverma_desk.services.mails.letters import ReportWords
from laverma_desk.storage import outbox as stored
from tests.support.billing_desks import UNTIL, Line, add_line, at, billing_desk  # noqa: F401 (a fixture)
from tests.support.deliveries import deliver_due
from tests.support.desks import set_mail_account
from tests.support.mail_fixtures import certificates, smtp_server  # noqa: F401 (fixtures)


def issued(desk, billing, number="10017", *, format_=InvoiceFormat.PDF, attach_reports=False):
    wish = drafts.DraftWish(billing.customers[number], billing.sessions[number])
    (draft,) = drafts.create_drafts(desk, [wish], UNTIL).value
    drafts.change_draft(desk, draft, drafts.DraftChange(format=format_, attach_reports=attach_reports))
    return issuing.issue_invoice(desk, draft).value


@pytest.fixture
def month(billing_desk, smtp_server):  # noqa: F811
    """A desk with February to bill and a mail server."""
    server = smtp_server()
    desk, billing = billing_desk
    set_mail_account(desk, server.port)
    return desk, billing, server


def arrived(server):
    return [email.message_from_bytes(mail.content, policy=policy.default) for mail in server.mails]


def files_of(mail):
    return {part.get_filename(): part.get_content() for part in mail.iter_attachments()}


def test_what_arrives_is_what_was_stored(month):
    desk, billing, server = month
    invoice = issued(desk, billing)
    sending.queue_invoice(desk, invoice.row.id, delay=0)
    (sent,) = deliver_due(desk)
    (mail,) = arrived(server)
    assert sent.state is MessageState.HANDED_OVER
    assert sent.kind is MessageKind.INVOICE
    assert mail["Subject"] == f"Rechnung {invoice.row.number} vom 01.03.2022"
    assert mail["To"] == "rechnung10017@praxen.example"
    assert files_of(mail) == {f"{invoice.row.number}.pdf": invoice.pdf}
    body = mail.get_body().get_content()
    assert "176,72" in body
    assert "IBAN" not in body
    assert "DE02" not in body
    assert register.find_invoice(desk, invoice.row.number).sent


def test_an_xrechnung_goes_with_its_paper_and_the_reports(month):
    desk, billing, server = month
    invoice = issued(desk, billing, format_=InvoiceFormat.XRECHNUNG, attach_reports=True)
    planned = sending.invoice_mail(desk, invoice.row.id).attachment_names
    number = sending.queue_invoice(desk, invoice.row.id, delay=0).value
    deliver_due(desk)
    (mail,) = arrived(server)
    files = files_of(mail)
    assert tuple(files) == planned
    assert files[f"{invoice.row.number}.xml"] == invoice.xml
    assert files[f"{invoice.row.number}.pdf"] == invoice.pdf
    first = reporting.prepare_report(desk, billing.sessions["10017"][0])
    assert files[first.attachment_name] == first.pdf
    assert len(files) == 2 + len(billing.sessions["10017"])
    # Whoever gives it another address sends all of it there.
    with desk.database.read() as connection:
        assert len(stored.further_documents_of(connection, number)) == len(files) - 1


def test_another_address_takes_every_document_along(month):
    desk, billing, server = month
    invoice = issued(desk, billing, format_=InvoiceFormat.XRECHNUNG)
    number = sending.queue_invoice(desk, invoice.row.id, delay=60).value
    outbox.readdress(desk, number, "chefin@praxen.example")
    deliver_due(desk)
    (mail,) = arrived(server)
    assert mail["To"] == "chefin@praxen.example"
    assert set(files_of(mail)) == {f"{invoice.row.number}.pdf", f"{invoice.row.number}.xml"}


def test_no_twin_leaves_while_one_is_on_its_way(month):
    desk, billing, _server = month
    invoice = issued(desk, billing)
    number = sending.queue_invoice(desk, invoice.row.id).value
    with pytest.raises(RuleBroken) as refused:
        sending.queue_invoice(desk, invoice.row.id)
    assert refused.value.code is Rule.INVOICE_ON_ITS_WAY
    outbox.discard(desk, number)
    sending.queue_invoice(desk, invoice.row.id)
    assert count_open(desk) == 1
    # Nor by bringing the discarded one back.
    with pytest.raises(RuleBroken) as refused:
        outbox.restore(desk, number, MessageState.WAITING)
    assert refused.value.code is Rule.INVOICE_ON_ITS_WAY
    assert count_open(desk) == 1


def test_many_are_sent_each_on_its_own_and_can_be_called_off(month):
    desk, billing, _server = month
    rows = [issued(desk, billing, number).row.id for number in ("10017", "10018", "10019")]
    sending.queue_invoice(desk, rows[1])
    steps: list[int] = []
    result = sending.queue_many(desk, rows, lambda at, _of: steps.append(at), lambda: len(steps) == 3).value
    assert len(result.queued) == 1
    assert [(row, error.code) for row, error in result.refused] == [(rows[1], Rule.INVOICE_ON_ITS_WAY)]
    assert result.cancelled
    rest = sending.queue_many(desk, rows[2:]).value
    assert (len(rest.queued), rest.refused, rest.cancelled) == (1, (), False)


def test_words_of_the_technician_go_out_and_a_wrong_address_is_said_at_its_field(month):
    desk, billing, server = month
    invoice = issued(desk, billing)
    with pytest.raises(RuleBroken) as refused:
        sending.queue_invoice(desk, invoice.row.id, ReportWords("chefin@@", "S", "B"))
    assert refused.value.field == "recipient"
    assert count_open(desk) == 0
    sending.queue_invoice(
        desk, invoice.row.id, ReportWords("c@praxen.example", "Ihre Rechnung", "Text"), delay=0
    )
    deliver_due(desk)
    (mail,) = arrived(server)
    assert (mail["Subject"], mail.get_body().get_content().strip()) == ("Ihre Rechnung", "Text")


def test_a_cancellation_says_what_it_takes_back(month):
    desk, billing, server = month
    invoice = issued(desk, billing)
    taken = cancelling.cancel_invoice(desk, invoice.row.id, "Falscher Empfänger").value
    sending.queue_invoice(desk, taken.row.id, delay=0)
    deliver_due(desk)
    (mail,) = arrived(server)
    assert mail["Subject"] == f"Stornorechnung {taken.row.number} vom 01.03.2022"
    assert invoice.row.number in mail.get_body().get_content()
    assert "zahlbar" not in mail.get_body().get_content()


def test_two_reports_of_a_day_have_names_of_their_own(month):
    desk, billing, server = month
    two = (past_session_like(desk, billing), *billing.sessions["10018"])
    wish = drafts.DraftWish(billing.customers["10018"], two)
    (draft,) = drafts.create_drafts(desk, [wish], UNTIL).value
    drafts.change_draft(desk, draft, drafts.DraftChange(attach_reports=True))
    invoice = issuing.issue_invoice(desk, draft).value
    planned = sending.invoice_mail(desk, invoice.row.id).attachment_names
    number = sending.queue_invoice(desk, invoice.row.id, delay=0).value
    deliver_due(desk)
    (mail,) = arrived(server)
    names = [part.get_filename() for part in mail.iter_attachments()]
    assert len(set(names)) == len(names) == 1 + len(two)
    assert tuple(names) == planned
    with desk.database.read() as connection:
        mailed = stored.find(connection, number)
    assert tuple(one.name for one in mailed.attachments) == planned


def past_session_like(desk, billing):
    place = billing.places["10018", "Rezeption 1"]
    return add_line(desk, place, Line(at(2, 15, 0), 600, place.name, "Noch einmal angerufen"))
