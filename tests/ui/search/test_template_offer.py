"""A caller without an agreement: the template goes out from the row, and along with an exception."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from laverma_desk.domain.message import MessageState
from laverma_desk.services.agreements.agreement_file import AgreementFile
from laverma_desk.services.agreements.template import keep_template_file, send_template
from laverma_desk.services.changes import Topic
from laverma_desk.services.customers.callers import customer_card
from laverma_desk.services.mails import outbox
from tests.support.desks import add_customer, set_mail_account

TO = "praxis@dr-hartmann.example"


@pytest.fixture
def template(desk):
    set_mail_account(desk, 25)
    keep_template_file(desk, AgreementFile("AVV.pdf", b"%PDF-1.7\n"))


@pytest.fixture
def locked(page):
    """The line of a locked row that is not the current one."""
    page.type("rez")
    place = next(place for place, row in enumerate(page.rows()) if row.locked)
    page.place = place
    assert place != page.results.current()
    return page.results.row(place).lock_line()


def click(widget):
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def test_the_address_is_seen_before_anything_leaves(page, template, locked, desk):
    assert locked.words() == "Ohne gültigen AVV keine Fernwartung."
    click(locked.template)
    assert page.results.current() == page.place
    assert locked.words() == f"AVV-Vorlage an {TO}"
    assert outbox.list_messages(desk) == []
    click(locked.confirm)
    page.settle()
    (mail,) = outbox.list_messages(desk)
    assert (mail.recipient, mail.state) == (TO, MessageState.WAITING)
    assert locked.words() == f"AVV-Vorlage geht gleich an {TO}."
    click(locked.take_back)
    assert outbox.list_messages(desk) == []
    assert locked.words() == "Ohne gültigen AVV keine Fernwartung."


def test_another_row_takes_the_question_back(page, template, locked):
    click(locked.template)
    page.press(Qt.Key.Key_Up)
    assert not locked.is_asking()
    assert locked.words() == "Ohne gültigen AVV keine Fernwartung."


def test_it_goes_by_keyboard(page, template, locked, desk):
    while page.results.current() != page.place:
        page.press(Qt.Key.Key_Down)
    page.alt(Qt.Key.Key_V)
    assert locked.is_asking()
    page.press(Qt.Key.Key_Escape)
    assert not locked.is_asking()
    assert page.panel.field.text() == "rez"
    page.alt(Qt.Key.Key_V)
    page.alt(Qt.Key.Key_V)
    page.settle()
    assert len(outbox.list_messages(desk)) == 1


def test_without_a_template_the_house_is_asked_for_one(page, locked, desk):
    click(locked.template)
    assert locked.words().startswith("Es gibt noch keine AVV-Vorlage.")
    assert not locked.confirm.isVisible()


def test_without_an_address_that_is_said(page, template, desk):
    add_customer(desk, "10099", "Praxis Ohneadresse", "Labor", has_agreement=False)
    page.reload()
    page.type("ohneadresse")
    line = page.results.row(0).lock_line()
    click(line.template)
    assert line.words() == "Keine Empfängeradresse. Adresse ergänzen."


def test_the_template_goes_along_with_an_exception(page, template, desk):
    page.type("hart")
    page.press(Qt.Key.Key_Return)
    form = page.panel.exception
    assert form.template.isVisible()
    assert form.template.accessibleName() == f"AVV-Vorlage senden an {TO}"
    page.type("Notfall")
    page.ctrl(Qt.Key.Key_Return)
    page.settle()
    assert len(page.started) == 1
    assert [mail.recipient for mail in outbox.list_messages(desk)] == [TO]


def test_it_stays_where_it_was_unticked(page, template, desk):
    page.type("hart")
    page.press(Qt.Key.Key_Return)
    click(page.panel.exception.template)
    page.panel.exception.reason.setFocus()
    page.type("Notfall")
    page.ctrl(Qt.Key.Key_Return)
    page.settle()
    assert len(page.started) == 1
    assert outbox.list_messages(desk) == []


def test_no_check_box_without_a_template(page, practices, desk):
    page.type("hart")
    page.press(Qt.Key.Key_Return)
    assert not page.panel.exception.template.isVisible()
    assert customer_card(desk, practices).card.customer.email_report == TO


def test_the_panel_says_how_far_the_template_is(page, template, practices, desk):
    page.type("hart")
    assert "AVV-Vorlage" not in dict(page.panel._details.facts)
    send_template(desk, practices, TO)
    page.bus.announce(Topic.SESSIONS)
    assert dict(page.panel._details.facts)["AVV-Vorlage"] == "im Postausgang"
