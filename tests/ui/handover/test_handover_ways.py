"""Whatever stands in the way of a handover is said, and leads to where it is mended."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from laverma_desk.domain.bookkeeping import BookkeepingSettings, Chart
from laverma_desk.domain.invoice import VatCategory
from laverma_desk.services.changes import Topic, done
from laverma_desk.services.datev.debtors import assign_debtor_accounts
from laverma_desk.services.datev.settings import save_bookkeeping
from laverma_desk.storage import customers
from laverma_desk.ui.background import Lane
from laverma_desk.ui.history.period_popup import PeriodPopup
from tests.support import datev_desks
from tests.support.invoice_makers import item_line, sample_invoice, small_business_invoice
from tests.support.statistics_page import press

FEBRUARY = date(2022, 2, 14)


def told(page):
    return [one.sentence for one in page.panel.datev.preview.reading.obstacles]


def accounts(desk):
    with desk.database.read() as connection:
        return {one.number: one.debtor_account for one in customers.every_customer(connection)}


def book_for(desk, count):
    """Bill practices without an account."""
    for place in range(count):
        row = datev_desks.add_debtor(desk, str(20_000 + place), f"Praxis {place + 1}")
        datev_desks.book(desk, row, sample_invoice(), number=f"RE-2022-1{place:03}", issued_on=FEBRUARY)


def test_missing_numbers_lead_to_the_settings(page, rows, desk, qtbot):
    save_bookkeeping(desk, BookkeepingSettings())
    page.bring()
    (sentence,) = told(page)
    assert sentence.startswith("Beraternummer und Mandantennummer fehlen.")
    assert page.panel.datev.foot.button.is_blocked()
    press(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert page.datev.exports.files.dialog is None
    assert page.shell.focusWidget() is page.panel.datev.preview.links()[0], "the key leads to what is wrong"
    with qtbot.waitSignal(page.settings_wanted) as wanted:
        press(page, Qt.Key.Key_Space)
    assert wanted.args == ["bookkeeping/consultant"]
    page.surroundings.bus.publish(save_bookkeeping(desk, datev_desks.SETTINGS))
    page.settle()
    assert told(page) == []
    assert not page.panel.datev.foot.button.is_blocked()


def test_a_way_of_taxing_without_an_account_leads_to_its_field(page, rows, desk, qtbot):
    datev_desks.keep(desk, chart=Chart.SKR04)
    datev_desks.book(desk, rows[0], small_business_invoice(), number="RE-2022-0099", issued_on=FEBRUARY)
    page.bring()
    assert [one for one in told(page) if "Kleinunternehmer" in one]
    with qtbot.waitSignal(page.settings_wanted) as wanted:
        page.panel.datev.preview.links()[0].click()
    assert wanted.args == [f"bookkeeping/revenue:{VatCategory.EXEMPT.value}:0"]


def test_customers_without_an_account_get_one_at_once(page, rows, desk):
    book_for(desk, 5)
    page.bring()
    assert told(page) == ["5 Kunden haben kein Debitorenkonto: Praxis 1, Praxis 2, Praxis 3, 2 weitere."]
    (link,) = page.panel.datev.preview.links()
    assert link.text() == "Debitorenkonten vergeben"
    link.setFocus(Qt.FocusReason.OtherFocusReason)
    QTest.keyClick(link, Qt.Key.Key_Return)
    page.settle()
    assert told(page) == []
    assert page.panel.datev.foot.outcome.sentence() == "5 Debitorenkonten vergeben."
    assert page.shell.focusWidget() is page.panel.datev.foot.button, "work goes on there"
    given = accounts(desk)
    assert sorted(given[str(20_000 + place)] for place in range(5)) == [
        10_000,
        10_001,
        10_002,
        10_003,
        10_004,
    ]


def test_one_customer_without_an_account_is_named_and_has_a_key(page, rows, desk):
    book_for(desk, 1)
    page.bring()
    (sentence,) = told(page)
    assert sentence.startswith("Praxis 1 (20000) hat kein Debitorenkonto.")
    press(page, Qt.Key.Key_D, Qt.KeyboardModifier.AltModifier)
    page.settle()
    assert accounts(desk)["20000"] == 10_000


def test_when_no_account_is_free_nothing_is_given(page, rows, desk):
    datev_desks.keep(desk, first_debtor=69_999)
    book_for(desk, 2)
    page.bring()
    page.datev.assign()
    page.settle()
    assert "Bis 69999 ist kein Debitorenkonto frei" in page.panel.datev.foot.outcome.sentence()
    assert accounts(desk)["20000"] is None


def test_an_account_of_other_digits_leads_to_the_customer(page, rows, desk, qtbot):
    datev_desks.keep(desk, account_length=5)
    page.bring()
    assert "passt nicht" in told(page)[0]
    with qtbot.waitSignal(page.customer_wanted) as wanted:
        page.panel.datev.preview.links()[0].click()
    assert wanted.args == [rows[0]]


def test_a_letter_that_datev_lacks_leads_to_the_customer(page, rows, desk, qtbot):
    row = datev_desks.add_debtor(desk, "20001", "Dr. Yılmaz", 10_050)
    datev_desks.book(desk, row, sample_invoice(), number="RE-2022-0050", issued_on=FEBRUARY)
    page.bring()
    (sentence,) = told(page)
    assert "„ı“" in sentence
    assert sentence.endswith("… und in 2 weiteren Zeilen"), "one mending, one line"
    with qtbot.waitSignal(page.customer_wanted) as wanted:
        page.panel.datev.preview.links()[0].click()
    assert wanted.args == [row]


def test_an_amount_that_is_too_long_leads_to_the_invoice(page, rows, desk, qtbot):
    huge = replace(sample_invoice(), lines=(item_line(1, net_cents=2_000_000_000_000),))
    datev_desks.book(desk, rows[0], huge, number="RE-2022-0077", issued_on=FEBRUARY)
    page.bring()
    links = page.panel.datev.preview.links()
    with qtbot.waitSignal(page.invoice_wanted) as wanted:
        links[0].click()
    assert wanted.args == ["RE-2022-0077"]


def test_a_month_without_documents_leads_to_its_days(page, desk):
    datev_desks.keep(desk)
    page.bring()
    (sentence,) = told(page)
    assert sentence.startswith("Vom 01.02.2022 bis 28.02.2022 gibt es nichts zu übergeben.")
    page.panel.datev.preview.links()[0].click()
    popup = page.panel.datev.findChild(PeriodPopup)
    assert popup is not None
    popup.close()


def test_a_long_list_is_counted(page, rows, desk):
    datev_desks.keep(desk, account_length=5)
    for place in range(20):
        row = datev_desks.add_debtor(desk, str(30_000 + place), f"Praxis {place}", 10_100 + place)
        datev_desks.book(desk, row, sample_invoice(), number=f"RE-2022-3{place:03}", issued_on=FEBRUARY)
    page.bring()
    reading = page.panel.datev.preview.reading
    assert len(reading.obstacles) == 12
    assert reading.more == "und 9 weitere Punkte"


def test_what_came_in_between_is_refused_and_shown(page, rows, desk, tmp_path):
    page.bring()
    page.datev.export()
    save_bookkeeping(desk, BookkeepingSettings())
    dialog = page.datev.exports.files.dialog
    dialog.fileSelected.emit(str(tmp_path))
    dialog.reject()
    page.settle()
    page.settle()
    assert page.panel.datev.foot.outcome.sentence().endswith("Es wurde nichts geschrieben.")
    assert len(told(page)) == 1
    assert not list(tmp_path.glob("DATEV_*"))


def test_news_of_the_desk_are_seen(page, rows, desk):
    page.bring()
    datev_desks.book(desk, rows[1], sample_invoice(), number="RE-2022-0088", issued_on=FEBRUARY)
    page.surroundings.bus.publish(done(None, Topic.INVOICES))
    page.settle()
    assert page.panel.datev.preview.reading.files[0].content == "2 Buchungen"
    page.leave()
    datev_desks.book(desk, rows[1], sample_invoice(), number="RE-2022-0089", issued_on=FEBRUARY)
    page.surroundings.bus.publish(done(None, Topic.INVOICES))
    page.settle()
    assert page.panel.datev.preview.reading.files[0].content == "2 Buchungen", "hidden, nobody looks"
    page.activate()
    page.settle()
    assert page.panel.datev.preview.reading.files[0].content == "3 Buchungen"


def test_what_a_command_mended_is_seen_by_the_key_and_by_coming_back(page, rows, desk):
    book_for(desk, 1)
    page.bring()
    assert len(told(page)) == 1
    with desk.database.read() as connection:
        ids = [one.id for one in customers.every_customer(connection)]
    assign_debtor_accounts(desk, ids)
    press(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    page.settle()
    assert told(page) == []
    assert page.panel.datev.preview.reading.files[0].content == "2 Buchungen"
    datev_desks.book(desk, rows[1], sample_invoice(), number="RE-2022-0088", issued_on=FEBRUARY)
    page.leave()
    page.bring()
    assert page.panel.datev.preview.reading.files[0].content == "3 Buchungen"


def test_a_preview_that_nobody_waited_for_is_made_anew(page, rows, desk):
    page.bring()
    datev_desks.book(desk, rows[1], sample_invoice(), number="RE-2022-0088", issued_on=FEBRUARY)
    held = threading.Event()
    page.surroundings.background.run(page, partial(held.wait, 10), bool, bool, Lane.LONG)
    page.surroundings.bus.publish(done(None, Topic.INVOICES))
    page.leave()
    held.set()
    page.settle()
    assert page.panel.datev.preview.reading.files[0].content == "1 Buchung"
    page.activate()
    page.settle()
    assert page.panel.datev.preview.reading.files[0].content == "2 Buchungen"
