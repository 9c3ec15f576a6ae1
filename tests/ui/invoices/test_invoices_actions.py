from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from laverma_desk.domain.customer import InvoiceFormat
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.invoice import InvoiceKind
from laverma_desk.domain.message import MessageKind
from laverma_desk.services.changes import Topic
from laverma_desk.services.invoicing import drafts, register
from laverma_desk.services.invoicing.issuing import IssueResult
from laverma_desk.services.invoicing.register import InvoiceRow, InvoiceState, InvoiceTab
from laverma_desk.services.mails import outbox
from laverma_desk.ui.invoices.issued_content import IssuedContent
from laverma_desk.ui.invoices.rows import Kind, Tab, Tick
from laverma_desk.ui.invoices.toolbar import Action
from tests.support import billing_desks, invoices_page, rooms
from tests.support.desks import set_mail_account
from tests.support.invoices_page import CTRL, SHIFT

billing_desk, owner, page = billing_desks.billing_desk, rooms.owner, invoices_page.page
opened_files = rooms.opened_files


def issue_bohrer(page):
    """Issue February of ZAP Dr. Bohrer by keys; its invoice is in front."""
    page.bring()
    page.choose(Kind.CUSTOMER, page.billing.bohrer)
    page.press(Qt.Key.Key_Return, CTRL)
    return register.invoices(page.desk, InvoiceTab.ISSUED)[0]


def test_an_invoice_is_sent_with_the_address_in_view(page, qtbot):
    set_mail_account(page.desk, 2525)
    row = issue_bohrer(page)
    page.press(Qt.Key.Key_Return, CTRL)
    form = page.controller.forms.current.panel
    assert page.panel.form() is form
    assert form.words()[0] == "rechnung10017@praxen.example"
    assert form.words()[1] == f"Rechnung {row.number} vom 01.03.2022"
    assert form.attachments() == (f"{row.number}.pdf",)
    page.press(Qt.Key.Key_Return, CTRL)
    assert page.panel.form() is None
    assert page.notice() == f"Die Mail mit {row.number} liegt im Postausgang und geht gleich raus."
    (mail,) = outbox.list_messages(page.desk)
    assert (mail.kind, mail.recipient) == (MessageKind.INVOICE, "rechnung10017@praxen.example")
    assert page.rows()[0].sent
    with qtbot.waitSignal(page.controller.outbox_wanted) as wanted:
        page.panel.notice.link_activated.emit()
    assert wanted.args == [mail.id]
    # Whoever comes back later does not read that it leaves in a moment.
    page.controller.leave()
    page.bring()
    assert page.notice() == ""


def test_a_wrong_address_is_said_at_its_field_and_what_was_typed_is_kept(page):
    set_mail_account(page.desk, 2525)
    issue_bohrer(page)
    page.controller.decisions.do(Action.SEND)
    form = page.controller.forms.current.panel
    form.recipient.setEditText("rechnung")
    page.press(Qt.Key.Key_Return, CTRL)
    assert "name@praxis.de" in form.error("recipient")
    assert outbox.list_messages(page.desk) == []
    page.press(Qt.Key.Key_Escape)
    assert page.panel.form() is None
    page.controller.decisions.do(Action.SEND)
    assert page.controller.forms.current.panel.words()[0] == "rechnung"


def test_without_a_mail_account_the_form_says_so(page):
    issue_bohrer(page)
    page.controller.decisions.do(Action.SEND)
    page.press(Qt.Key.Key_Return, CTRL)
    assert page.controller.forms.current.panel.told()
    assert outbox.list_messages(page.desk) == []


def test_choosing_another_row_leaves_the_form(page):
    issue_bohrer(page)
    page.controller.decisions.do(Action.SEND)
    page.controller.lists.show_tab(Tab.OPEN)
    page.settle()
    assert page.panel.form() is None
    assert page.panel.paper.head.badge.text() == "Vorschau"


def test_the_stored_bytes_are_exported_under_the_number(page, tmp_path, opened_files):
    row = issue_bohrer(page)
    assert page.panel.paper.toolbar.button(Action.EXPORT).label() == "PDF speichern"
    page.controller.decisions.do(Action.EXPORT)
    dialog = page.panel.findChild(QFileDialog)
    assert dialog.windowTitle() == "PDF speichern"
    assert dialog.selectedFiles()[0].endswith("RE-2022-0001.pdf")
    dialog.fileSelected.emit(str(target := tmp_path / "RE-2022-0001.pdf"))
    dialog.reject()
    assert target.read_bytes() == register.read_invoice(page.desk, row.id).pdf
    assert page.notice() == "Gespeichert als RE-2022-0001.pdf."
    page.panel.notice.link_activated.emit()
    assert opened_files == [tmp_path]


def test_a_folder_that_takes_no_file_is_said(page, tmp_path):
    issue_bohrer(page)
    page.controller.decisions.do(Action.EXPORT)
    dialog = page.panel.findChild(QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "missing" / "RE-2022-0001.pdf"))
    dialog.reject()
    assert "RE-2022-0001.pdf" in page.notice()


def test_what_another_process_altered_is_not_shown_as_an_invoice(page):
    row = issue_bohrer(page)
    page.controller.lists.show_tab(Tab.OPEN)
    page.settle()
    file = page.desk.data.database
    with closing(sqlite3.connect(file)) as connection, connection:
        triggers = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in triggers:
            connection.execute(f'DROP TRIGGER "{name}"')
        connection.execute("UPDATE document SET content = X'00' WHERE name = ?", (f"{row.number}.pdf",))
    page.controller.lists.show_tab(Tab.ISSUED)
    page.settle()
    assert page.panel.paper.sentence()
    assert not page.panel.paper.toolbar.may(Action.PRINT)
    assert not page.panel.paper.toolbar.may(Action.EXPORT)


def test_a_month_run_is_stopped_between_two_invoices(page, qtbot):
    page.bring()
    page.press(Qt.Key.Key_Return, CTRL | SHIFT)
    page.controller.issuing.progressed.connect(page.controller.issuing.cancel)
    QTest.keyClick(page.shell.focusWidget(), Qt.Key.Key_Return, CTRL | SHIFT)
    assert page.panel.left.foot.progress.isVisible()
    assert not page.panel.paper.toolbar.may(Action.ISSUE)
    qtbot.waitSignal(page.controller.issuing.ended).wait()
    page.settle()
    issued, left = register.invoices(page.desk, InvoiceTab.ISSUED), drafts.drafts(page.desk)
    assert len(issued) + len(left) == 6
    assert left
    assert page.notice().endswith("Abgebrochen, die übrigen sind noch Entwürfe.")
    assert not page.panel.left.foot.progress.isVisible()


def test_overdue_ones_are_filtered_and_lead_to_the_reminders(page, billing_desk):
    issue_bohrer(page)
    desk = page.desk
    desk.clock.advance(days=30)
    page.controller.lists.reload()
    page.settle()
    (row,) = page.rows()
    assert row.aside.words == "überfällig"
    assert page.panel.paper.head.badge.text() == "Überfällig"
    page.panel.left.head.overdue.click()
    page.settle()
    assert len(page.rows()) == 1
    assert page.panel.left.foot.second.label() == "Mahnen (1)"
    page.panel.left.foot.second.click()
    assert page.controller.forms.is_open


def test_the_search_finds_a_number_and_says_when_there_is_none(page):
    issue_bohrer(page)
    page.press(Qt.Key.Key_F, CTRL)
    QTest.keyClicks(page.panel.left.head.search, "0001")
    page.controller.lists.reload()
    page.settle()
    assert [row.title for row in page.rows()] == ["ZAP Dr. Bohrer"]
    QTest.keyClicks(page.panel.left.head.search, "77")
    page.controller.lists.reload()
    page.settle()
    assert page.panel.left.empty_sentence() == "Kein Treffer für ‚000177‘."
    page.press(Qt.Key.Key_Escape)
    page.controller.lists.reload()
    page.settle()
    assert len(page.rows()) == 1


def test_a_statement_is_written_for_the_chosen_customer(page):
    page.bring()
    page.press(Qt.Key.Key_A, Qt.KeyboardModifier.AltModifier)
    assert page.controller.forms.is_open
    page.press(Qt.Key.Key_Escape)
    assert not page.controller.forms.is_open
    assert page.panel.left.list.hasFocus()


def test_all_that_was_not_sent_is_sent_with_every_address_in_view(page):
    desk = page.desk
    set_mail_account(desk, 2525)
    customer = page.billing.customers["10022"]
    with desk.database.write() as connection:
        connection.exec_driver_sql(
            "UPDATE customer SET email_invoice = '', email_report = '' WHERE id = ?", (customer,)
        )
    page.bring()
    page.press(Qt.Key.Key_Return, CTRL | SHIFT)
    page.press(Qt.Key.Key_Return, CTRL | SHIFT)
    assert page.panel.left.foot.button.label() == "Senden (6)"
    page.press(Qt.Key.Key_Return, CTRL | SHIFT)
    form = page.controller.forms.current.panel
    shown = [form.list.rows.row_at(place) for place in range(6)]
    assert shown[0].below.words == "rechnung10017@praxen.example"
    (without,) = [row for row in shown if row.tick is Tick.BLOCKED]
    assert (without.title, without.below.words) == (
        "Praxis Dr. Vogt",
        "Keine Adresse für Rechnungen bekannt.",
    )
    assert form.step.label() == "Senden (5)"
    page.press(Qt.Key.Key_Space)
    assert form.step.label() == "Senden (4)"
    page.press(Qt.Key.Key_Return, CTRL)
    assert page.notice() == "4 Mails liegen im Postausgang."
    assert {mail.recipient for mail in outbox.list_messages(desk)} == {
        f"rechnung{number}@praxen.example" for number in ("10018", "10019", "10020", "10021")
    }
    assert page.panel.left.foot.button.label() == "Senden (2)"


def test_without_an_account_nothing_is_sent_and_every_row_says_why(page):
    issue_bohrer(page)
    page.press(Qt.Key.Key_Return, CTRL | SHIFT)
    form = page.controller.forms.current.panel
    page.press(Qt.Key.Key_Return, CTRL)
    assert page.controller.forms.is_open
    assert form.list.rows.row_at(0).below.tone == "red"
    assert form.told() == "Es wurde nichts gesendet."
    assert outbox.list_messages(page.desk) == []


def test_a_draft_that_was_spoilt_meanwhile_stays_and_says_why(page, qtbot):
    desk, vogt = page.desk, page.billing.customers["10022"]
    page.bring()
    page.press(Qt.Key.Key_Return, CTRL | SHIFT)
    # Another process empties the address after the list was read.
    with desk.database.write() as connection:
        connection.exec_driver_sql("UPDATE customer SET city = '' WHERE id = ?", (vogt,))
    page.press(Qt.Key.Key_Return, CTRL | SHIFT)
    assert page.notice() == "5 Rechnungen gestellt. 1 wurde nicht gestellt."
    page.panel.notice.link_activated.emit()
    page.settle()
    (row,) = page.rows()
    assert (row.title, row.tick) == ("Praxis Dr. Vogt", Tick.BLOCKED)
    assert page.hints() == [("Für die Rechnung fehlt der Ort des Kunden.", "Ergänzen")]
    assert page.panel.left.foot.button.is_blocked()
    with qtbot.waitSignal(page.controller.customer_wanted) as wanted:
        page.panel.paper.hints.links()[0].click()
    assert wanted.args == [vogt]
    with desk.database.write() as connection:
        connection.exec_driver_sql("UPDATE customer SET city = 'Musterstadt' WHERE id = ?", (vogt,))
    page.bus.announce(Topic.CUSTOMERS)
    page.settle()
    assert page.hints() == []
    page.press(Qt.Key.Key_Return, CTRL)
    assert page.notice() == "RE-2022-0006 ist gestellt."


def test_ten_thousand_invoices_are_there_at_once(page):
    rows = tuple(
        InvoiceRow(
            number, f"RE-2022-{number:05}", InvoiceKind.INVOICE, 1, f"Praxis {number}", date(2022, 1, 1),
            date(2022, 1, 15), 11900, 10000, 0, InvoiceState.OPEN, False, InvoiceFormat.PDF, "", "", 0,
        )
        for number in range(1, 10_001)
    )  # fmt: skip
    content, made = IssuedContent(Tab.ISSUED, rows), []

    def make(place):
        made.append(place)
        return content.row(place)

    page.panel.left.list.show_rows(content.keys, make, None)
    page.panel.grab()
    page.panel.left.list.scrollToBottom()
    page.panel.grab()
    # Words are made for what is seen: the first screen and the last one.
    assert 0 < len(made) < 100
    assert page.panel.left.list.indexAt(page.panel.left.list.rect().center()).row() > 9_900


def test_a_reason_that_only_issuing_finds_stands_at_the_draft_until_it_is_tried_again(page):
    page.bring()
    page.press(Qt.Key.Key_Return, CTRL | SHIFT)
    (first, *_rest) = drafts.drafts(page.desk)
    error = RuleBroken(Rule.INVOICE_REFUSED, findings=("BR-DE-1",))
    page.controller.issuing.many_issued.emit(IssueResult((), ((first.id, error),)))
    page.bus.announce(Topic.INVOICES)
    page.settle()
    assert page.rows()[0].below.words == "Es wurde nichts gestellt. Die Prüfung fand: BR-DE-1"
    assert page.hints()[0][0] == "Es wurde nichts gestellt. Die Prüfung fand: BR-DE-1"
    page.choose(Kind.DRAFT, first.id)
    page.press(Qt.Key.Key_Return, CTRL)
    assert page.notice() == "RE-2022-0001 ist gestellt."
