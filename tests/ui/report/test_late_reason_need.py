"""The report page asks a late session for its reason, and hints at patients' data without a lock."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.services import corrections
from laverma_desk.services.calls import timekeeping
from laverma_desk.services.corrections import SessionEntry
from laverma_desk.services.setup import house
from laverma_desk.storage import billing
from tests.support.desks import add_customer
from tests.support.report_desks import end_session
from tests.support.report_page import ALT, CTRL, press
from tests.support.session_steps import machine_of


@pytest.fixture
def late(desk, clock) -> int:
    """A session recorded afterwards at a practice without an agreement, its address known."""
    customer = add_customer(
        desk, "10002", "Praxis Dr. Weiss", "PC", has_agreement=False, email="praxis@weiss.example"
    )
    begin = clock.now() - timedelta(hours=1)
    entry = SessionEntry(
        machine_of(desk, customer),
        house.read_house(desk).supporter.id,
        begin,
        begin + timedelta(minutes=5),
        notes="Router neu gestartet",
    )
    return corrections.record_session(desk, entry).value.id


def test_the_reason_is_asked_for_and_the_report_leaves_with_it(page, desk, late, qtbot):
    panel = page.bring(late)
    need = panel.agreement
    assert need.asks()
    assert need.reason.hasFocus()
    assert need._sentence.text().startswith("Am Tag dieser Sitzung galt kein AVV.")
    press(page, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: page._busy is None)
    assert page.heard.names == []
    assert need.reason.hasFocus()
    QTest.keyClicks(need.reason, "Notfall")
    with qtbot.waitSignal(page.report_queued):
        press(page, Qt.Key.Key_Return, CTRL)
    found = timekeeping.read_session(desk, late)
    assert (found.exception.reason, found.exception.decided_by) == ("Notfall", "Klaus Klassen")
    assert not need.asks()


def test_the_button_keeps_the_reason_and_the_paper_names_it(page, desk, late, qtbot):
    panel = page.bring(late)
    before = page._preparation.mail.pdf
    panel.agreement._keep.click()
    assert panel.agreement.error() != ""
    QTest.keyClicks(panel.agreement.reason, "Notfall")
    assert panel.agreement.error() == ""
    panel.agreement._keep.click()
    qtbot.waitUntil(lambda: not page._preparation.read.running)
    assert not panel.agreement.asks()
    assert page._preparation.mail.pdf != before


def test_a_session_with_an_agreement_is_not_asked(page, desk, bohrer, clock, late, qtbot):
    panel = page.bring(late)
    QTest.keyClicks(panel.agreement.reason, "halb")
    page.bring(end_session(desk, bohrer, clock))
    assert not panel.agreement.asks()
    assert panel.agreement.reason.text() == ""
    assert timekeeping.read_session(desk, late).exception.reason == "halb"


def test_a_refusal_that_comes_from_elsewhere_leads_to_the_reason(page, desk, late):
    panel = page.bring(late, RuleBroken(Rule.AGREEMENT_REASON_MISSING, field="agreement_reason"))
    assert panel.agreement.reason.hasFocus()


def test_patients_data_are_named_and_sending_stays_possible(page, desk, bohrer, clock, qtbot):
    number = end_session(desk, bohrer, clock, notes="Karte von Patientin Meyer gelesen, geb. 12.03.1956")
    panel = page.bring(number)
    assert panel.patient.isVisible()
    words = panel.patient.words()
    assert words == "Sieht nach Patientendaten aus: „Patientin Meyer“, „geb. 12.03.1956“"
    with qtbot.waitSignal(page.report_queued):
        press(page, Qt.Key.Key_Return, CTRL)


def test_what_is_typed_into_the_mail_is_looked_at_too(page, desk, bohrer, clock):
    panel = page.bring(end_session(desk, bohrer, clock))
    assert panel.patient.isHidden()
    panel.form.body.setFocus()
    QTest.keyClicks(panel.form.body, "A123456780 ")
    assert panel.patient.words() == "Sieht nach Patientendaten aus: „A123456780“"
    panel.form.body.clear()
    assert panel.patient.isHidden()


def test_notes_of_a_billed_session_are_not_offered(page, desk, bohrer, clock):
    number = end_session(desk, bohrer, clock)
    with desk.database.write() as connection:
        billing.bill(connection, [number], "RE-2022-0031")
    panel = page.bring(number)
    press(page, Qt.Key.Key_N, ALT)
    assert not panel.needs.shows_notes()
    assert "RE-2022-0031" in panel.needs.sentence()
