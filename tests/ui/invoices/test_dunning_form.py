"""Reminders: who is late, the letter as it will look, issued under its own number, sent or printed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtWidgets import QApplication

from laverma_desk.domain.message import MessageKind, MessageState
from laverma_desk.services.changes import Topic
from laverma_desk.services.invoicing import payments
from laverma_desk.services.setup import house, house_mail
from laverma_desk.storage import outbox
from laverma_desk.ui.invoices.dunning.controller import DunningController
from tests.support import invoice_forms, rooms
from tests.support.desks import set_mail_account
from tests.support.late_payers import letters_to

bench, billed, clock, desk = (
    invoice_forms.bench, invoice_forms.billed, invoice_forms.clock, invoice_forms.desk,
)  # fmt: skip
owner, surroundings = rooms.owner, rooms.surroundings


@pytest.fixture
def late(bench):
    """Two customers who have not paid by 31 March: Berger, and Weiß, who has paid 100 euros."""
    berger, weiss = bench.invoice("10020"), bench.invoice("10018")
    payments.add_payment(bench.desk, weiss.row.id, 10000, bench.today)
    set_mail_account(bench.desk, 25)
    bench.clock.advance(days=30)
    return {"10020": berger, "10018": weiss}


@pytest.fixture
def form(bench, late):
    made = bench.show(DunningController)
    made.show_overdue()
    QApplication.processEvents()
    return made


def mails(bench):
    with bench.desk.database.read() as connection:
        return [
            one for one in outbox.listing(connection, list(MessageState)) if one.kind is MessageKind.REMINDER
        ]


def open_letter(bench, form, number):
    customer = bench.billing.customers[number]
    form.list.focus_row(customer)
    bench.press("Return")
    bench.settle()


def test_the_list_says_who_is_late(bench, form):
    assert form.list.title.text() == "Überfällige Rechnungen"
    assert form.list.subtitle.text() == "2 Kunden, 373,92\u00a0€ offen"
    assert [row.words() for row in form.list.rows] == [
        ("Praxis Dr. Berger", "16 Tage überfällig, 1 Rechnung", "195,46\u00a0€", "noch nicht gemahnt"),
        ("Praxis Dr. Weiß", "16 Tage überfällig, 1 Rechnung", "178,46\u00a0€", "noch nicht gemahnt"),
    ]
    assert form.list.rows[0].hasFocus()
    bench.press("Down")
    assert form.list.rows[1].hasFocus()
    bench.press("Ctrl+Return")
    assert "Praxis Dr. Weiß" in form.letter.title.text()
    bench.settle()


def test_who_pays_meanwhile_leaves_the_focus_to_the_next_one(bench, form, late):
    for number, shown in (("10020", ["Praxis Dr. Weiß"]), ("10018", [])):
        row = late[number].row
        missing = payments.balance(bench.desk, row.id).open_cents
        payments.add_payment(bench.desk, row.id, missing, bench.today)
        bench.surroundings.bus.announce(Topic.INVOICES)
        QApplication.processEvents()
        assert [one.words()[0] for one in form.list.rows] == shown
        assert (form.list.rows[0] if shown else form.list.back).hasFocus()


def test_nobody_is_late(bench):
    form = bench.show(DunningController)
    form.show_overdue()
    assert form.list.rows == []
    assert not form.list.step.isVisible()
    bench.press("Escape")
    assert bench.closed == [True]


def test_the_letter_is_seen_before_it_has_a_number(bench, form):
    open_letter(bench, form, "10018")
    assert form.letter.subtitle.text() == "Die Nummer wird beim Stellen vergeben."
    assert form.letter.preview.view.page_count() == 1
    shown = dict(form.letter.sums.lines())
    assert (shown["Offen"], shown["Gebühr"], shown["Frist"], shown["Zu zahlen"]) == (
        "178,46\u00a0€", "0,00\u00a0€", "10.04.2022", "178,46\u00a0€",
    )  # fmt: skip
    assert letters_to(bench.desk, bench.billing.customers["10018"]) == []


def test_another_level_is_another_letter(bench, form):
    open_letter(bench, form, "10018")
    before = form._papers._pdf
    form.letter.levels._parts[1].click()
    bench.settle()
    assert form._papers._pdf != before
    form.issue()
    bench.settle()
    (row,) = letters_to(bench.desk, bench.billing.customers["10018"])
    assert (row.level, row.number) == (2, "MA-2022-0001")


def test_issued_and_sent_in_one_step(bench, form):
    open_letter(bench, form, "10018")
    assert form.letter.typed_recipient() == "rechnung10018@praxen.example"
    bench.press("Ctrl+Return")
    bench.settle()
    (mail,) = mails(bench)
    assert mail.recipient == "rechnung10018@praxen.example"
    assert form.panel.currentWidget() is form.list
    assert (
        form.list.told() == "ZE-2022-0001 ist gestellt und geht gleich raus an rechnung10018@praxen.example."
    )
    weiss = next(row for row in form.list.rows if row.words()[0] == "Praxis Dr. Weiß")
    assert weiss.words()[3] == "Zahlungserinnerung, Frist bis 10.04.2022"
    assert weiss.hasFocus()
    assert bench.finished == []
    bench.press("Escape")
    (outcome,) = bench.finished
    assert outcome.message_id == mail.id
    assert bench.closed == []


def test_issued_only_can_be_printed_and_sent_afterwards(bench, form):
    open_letter(bench, form, "10020")
    form.letter.issue.click()
    bench.settle()
    assert form.letter.title.text() == "ZE-2022-0001 an Praxis Dr. Berger"
    assert form.letter.told() == "ZE-2022-0001 ist gestellt und kann gedruckt oder gesendet werden."
    assert mails(bench) == []
    assert not form.letter.issue.isVisible()
    assert not form.letter.levels.isEnabled()
    assert form._papers._name == "ZE-2022-0001.pdf"
    bench.press("Ctrl+Return")
    bench.settle()
    assert len(mails(bench)) == 1
    assert len(letters_to(bench.desk, bench.billing.customers["10020"])) == 1


@pytest.mark.parametrize("typed", ["", "praxis@"])
def test_without_a_good_address_nothing_is_issued(bench, form, typed):
    open_letter(bench, form, "10018")
    bench.type(form.letter.recipient.lineEdit(), typed)
    bench.press("Ctrl+Return")
    bench.settle()
    assert form.letter.recipient_error()
    assert letters_to(bench.desk, bench.billing.customers["10018"]) == []


def test_what_is_issued_but_not_sent_says_so(bench, late, form):
    account = house.read_house(bench.desk).mail
    house_mail.save_mail_account(bench.desk, replace(account, host=""), None)
    open_letter(bench, form, "10018")
    bench.press("Ctrl+Return")
    bench.settle()
    assert form.panel.currentWidget() is form.letter
    assert form.letter.told().startswith("ZE-2022-0001 ist gestellt, aber nicht gesendet.")
    assert form.letter.step.label() == "Senden"
    assert len(letters_to(bench.desk, bench.billing.customers["10018"])) == 1


def test_a_reminder_that_still_runs_is_pointed_out(bench, form):
    open_letter(bench, form, "10018")
    form.issue()
    bench.settle()
    bench.press("Escape")
    open_letter(bench, form, "10018")
    assert "10.04.2022" in form.letter.told()
    assert form.letter.levels.current() == "2"


def test_who_pays_meanwhile_is_gone_from_the_list(bench, late, form):
    paid = payments.add_payment(bench.desk, late["10018"].row.id, 17846, date(2022, 3, 31))
    bench.surroundings.bus.publish(paid)
    assert [row.words()[0] for row in form.list.rows] == ["Praxis Dr. Berger"]


def test_a_letter_that_is_not_due_any_more_is_refused(bench, late, form):
    open_letter(bench, form, "10018")
    payments.add_payment(bench.desk, late["10018"].row.id, 17846, date(2022, 3, 31))
    bench.press("Ctrl+Return")
    bench.settle()
    assert form.letter.told()
    assert mails(bench) == []


def test_one_customer_can_be_asked_for(bench, form):
    form.show_for(bench.billing.customers["10018"])
    bench.settle()
    assert form.panel.currentWidget() is form.letter
    form.show_for(bench.billing.bohrer)
    assert form.panel.currentWidget() is form.list


def test_the_focus_that_comes_to_the_panel_goes_on_to_its_part(bench, form):
    form.panel.setFocus()
    assert form.list.rows[0].hasFocus()
    open_letter(bench, form, "10018")
    form.panel.setFocus()
    assert form.letter.preview.view.hasFocus()
