"""An unknown caller: the small form, its errors at the fields, what it compares, and what it creates."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from laverma_desk.domain.agreement import AgreementState
from laverma_desk.services.calls import timekeeping
from laverma_desk.services.customers.callers import customer_card
from laverma_desk.services.setup import house
from laverma_desk.storage import agreements, customers, stored_documents
from laverma_desk.ui.search.panel import Mode
from tests.support.desks import add_customer, archive_supporter

Key = Qt.Key


@pytest.fixture
def form(page):
    """The form, opened with Ctrl+U."""

    def open_with(words=""):
        page.panel.field.setText(words)
        page.ctrl(Key.Key_U)
        assert page.panel.mode() is Mode.FORM
        page.settle()
        return page.panel.form

    return open_with


def _edit(form, key):
    return form._fields[key].field


def _customers(desk):
    with desk.database.read() as connection:
        return {one.name: one for one in customers.every_customer(connection)}


def test_a_new_customer_is_typed_and_its_session_starts_in_one_go(page, form, desk):
    made = form("040 66969 318")
    assert page.focus() is _edit(made, "name")
    assert _edit(made, "phone").text() == "040 66969 318"
    assert made._fields["phone"].hint() == "vom Anruf übernommen"
    _edit(made, "name").setText("Zahnarztpraxis Dr. Krüger")
    page.press(Key.Key_Tab)
    page.type("Neudorf")
    page.press(Key.Key_Tab)
    page.press(Key.Key_Tab)
    page.type("rezeption@praxis-krueger.example")
    page.press(Key.Key_Tab)
    page.type("PC Empfang")
    page.press(Key.Key_Tab)
    page.type("1702998341")
    assert _edit(made, "partner_id").text() == "1 702 998 341"
    page.press(Key.Key_Tab)
    page.press(Key.Key_Tab)
    assert page.focus() is made.agreement.until
    page.type("31.12.2024")
    page.ctrl(Key.Key_Return)
    (session,) = page.started
    assert session.partner == "Zahnarztpraxis Dr. Krüger – PC Empfang"
    assert session.recipient == "rezeption@praxis-krueger.example"
    assert session.exception is None
    card = customer_card(desk, session.customer_id).card
    assert card.customer.phone == "+494066969318"
    assert card.customer.city == "Neudorf"
    assert card.agreement.until == date(2024, 12, 31)
    assert card.workstations[0].partner_id == "1702998341"


def test_an_empty_form_goes_to_the_first_field_with_all_errors_shown(page, form):
    made = form()
    page.ctrl(Key.Key_Return)
    assert page.focus() is _edit(made, "name")
    assert made.error("name")
    assert made.error("phone")
    assert made.error("city") == ""
    assert made.agreement.error() == "Letzten Tag eintragen oder „unbefristet“ ankreuzen."
    assert not page.started
    page.type("Praxis")
    assert made.error("name") == ""
    page.ctrl(Key.Key_Return)
    assert page.focus() is _edit(made, "phone")


@pytest.mark.parametrize(
    ("key", "typed"),
    [("phone", "1"), ("email_report", "rezeption@praxis-krueger"), ("partner_id", "17029983")],
)
def test_a_field_is_checked_when_it_is_left_and_nothing_moves(page, form, key, typed):
    made = form()
    before = made.height()
    made.focus(key)
    page.type(typed)
    assert made.error(key) == ""
    page.press(Key.Key_Tab)
    assert made.error(key)
    assert made.height() == before
    assert _edit(made, key).text().replace(" ", "") == typed
    assert _edit(made, key).accessibleDescription() == made.error(key)


def test_the_partner_id_counts_its_digits_and_takes_pasted_blanks(page, form):
    made = form()
    made.focus("partner_id")
    page.type("17029983")
    assert _edit(made, "partner_id").trailing() == "8 Ziffern"
    _edit(made, "partner_id").clear()
    QGuiApplication.clipboard().setText("1 234 567 890")
    page.ctrl(Key.Key_V)
    assert _edit(made, "partner_id").text() == "1 234 567 890"
    assert made.typed().partner_id == "1234567890"


@pytest.mark.parametrize(
    ("words", "key", "shown"),
    [
        ("040 66969 318", "phone", "040 66969 318"),
        ("1 702 998 341", "partner_id", "1 702 998 341"),
        ("info@praxis.example", "email_report", "info@praxis.example"),
        ("Dr. Neu", "name", "Dr. Neu"),
    ],
)
def test_the_search_text_goes_into_the_field_it_fits(form, words, key, shown):
    made = form(words)
    texts = {one: _edit(made, one).text() for one in made._fields}
    assert texts.pop(key) == shown
    assert not any(texts.values())


def test_an_open_ended_agreement_is_said_on_purpose(page, form, desk):
    made = form("Praxis Neu")
    _edit(made, "phone").setText("030 1234567")
    made.agreement.open_ended.setChecked(True)
    assert not made.agreement.until.isEnabled()
    page.ctrl(Key.Key_Return)
    agreement = customer_card(desk, page.started[0].customer_id).card.agreement
    assert agreement.state is AgreementState.VALID
    assert agreement.until is None
    assert page.started[0].workstation_name == "Arbeitsplatz 1"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("28.02.2022", "An diesem Tag ist der AVV schon abgelaufen."),
        ("31.02.2023", "Diesen Tag gibt es nicht. So schreiben: 31.12.2026."),
    ],
)
def test_a_day_that_cannot_be_is_refused_at_its_field(page, form, typed, sentence):
    made = form("Praxis Neu")
    _edit(made, "phone").setText("030 1234567")
    made.agreement.until.setFocus()
    page.type(typed)
    page.press(Key.Key_Tab)
    assert made.agreement.error() == sentence
    page.ctrl(Key.Key_Return)
    assert page.focus() is made.agreement.until
    assert not page.started


def test_without_an_agreement_it_starts_with_an_exception(page, form, desk):
    house.save_supporter(desk, "Maria Maier", "m@laverma.example")
    made = form("Praxis Neu")
    _edit(made, "phone").setText("030 1234567")
    assert not made.agreement.decided_by.isVisible()
    made.agreement.missing.setChecked(True)
    assert made.agreement.decided_by.isVisible()
    bar = page.panel.form_bar
    assert bar._exception.isVisible()
    assert not bar._go.isVisible()
    page.ctrl(Key.Key_Return)
    assert made.agreement.error() == "Einen Grund für die Ausnahme angeben."
    assert page.focus() is made.agreement.reason
    page.type("Notfall")
    bar._exception.setFocus()
    page.press(Key.Key_Return)
    assert not page.started
    page.ctrl(Key.Key_Return)
    (session,) = page.started
    assert (session.exception.reason, session.exception.decided_by) == ("Notfall", "Klaus Klassen")
    assert customer_card(desk, session.customer_id).card.agreement.state is AgreementState.MISSING


def test_a_similar_customer_is_shown_and_taken(page, form, desk, bohrer):
    made = form()
    _edit(made, "name").setText("ZAP Dr Borer")
    page.press(Key.Key_Tab)
    made.focus("name")
    page.press(Key.Key_End)
    page.type(" ")
    context = page.panel.form_context
    page.qtbot.waitUntil(lambda: bool(context.similar_links()))
    assert context.verdict() == "Vielleicht schon Kunde"
    context.similar_links()[0].click()
    assert _edit(made, "name").text() == "ZAP Dr. Bohrer"
    assert _edit(made, "name").isReadOnly()
    assert not made.agreement.isVisible()
    assert page.focus() is _edit(made, "workstation")
    page.ctrl(Key.Key_Return)
    assert made.error("workstation")
    page.type("PC Labor")
    page.ctrl(Key.Key_Return)
    assert page.started[0].customer_id == bohrer.customer_id
    assert page.started[0].workstation_name == "PC Labor"
    assert len(_customers(desk)) == 4


def test_a_taken_customer_can_be_given_back(page, form):
    made = form("ZAP Dr. Bohrer")
    page.settle()
    page.panel.form_context.similar_links()[0].click()
    made._anew.click()
    page.settle()
    assert _edit(made, "name").text() == "ZAP Dr. Bohrer"
    assert _edit(made, "phone").text() == ""
    assert not _edit(made, "name").isReadOnly()
    assert made.agreement.isVisible()


def test_the_same_phone_line_is_a_similar_customer(page, form):
    made = form()
    _edit(made, "name").setText("Ganz anders")
    made.focus("phone")
    page.type("040/66969-122")
    page.qtbot.waitUntil(lambda: bool(page.panel.form_context.similar_links()))
    assert "Weiß" in page.panel.form_context.similar_links()[0].accessibleName()


def test_nothing_is_called_unknown_before_it_was_compared(page, form):
    form()
    assert page.panel.form_context.verdict() == "Noch nichts zu vergleichen"
    page.type("Praxis Unbekannt")
    page.qtbot.waitUntil(lambda: page.panel.form_context.verdict() == "Kein ähnlicher Kunde")


def test_a_practice_without_machine_opens_the_form_for_it(page, desk):
    add_customer(desk, "10070", "Praxis Leer")
    page.reload()
    page.type("leer")
    page.press(Key.Key_Return)
    made = page.panel.form
    assert page.panel.mode() is Mode.FORM
    assert page.focus() is _edit(made, "workstation")
    assert page.panel.form_bar.words() == "Pflicht ist der Arbeitsplatz."
    page.type("Empfang")
    page.ctrl(Key.Key_Return)
    assert page.started[0].partner == "Praxis Leer – Empfang"


def test_a_practice_that_cancelled_needs_a_new_agreement(page, desk, clock):
    customer_id = add_customer(desk, "10071", "Praxis Ende")
    with desk.database.write() as connection:
        (agreement,) = agreements.agreements_of(connection, customer_id)
        agreements.end_agreement(connection, agreement.id, clock.now().date())
    page.reload()
    page.type("ende")
    page.press(Key.Key_Return)
    choice = page.panel.form.agreement
    assert choice.isVisible()
    assert not choice.missing.isEnabled()
    assert "gekündigt" in choice.missing.toolTip()
    page.type("PC")
    choice.open_ended.setChecked(True)
    page.ctrl(Key.Key_Return)
    assert page.started[0].partner == "Praxis Ende – PC"


def test_escape_keeps_what_was_typed_for_this_call(page, form):
    made = form("Praxis Neu")
    made.focus("phone")
    page.type("030 1234567")
    page.press(Key.Key_Escape)
    assert page.focus() is page.panel.field
    page.panel.field.setText("bohrer")
    page.ctrl(Key.Key_U)
    assert _edit(made, "name").text() == "Praxis Neu"
    assert _edit(made, "phone").text() == "030 1234567"
    page.controller.begin_new()
    page.ctrl(Key.Key_U)
    assert made.is_empty()


def test_typing_into_the_search_leaves_the_form(page, form):
    form("Praxis Neu")
    page.ctrl(Key.Key_F)
    page.type("bohrer")
    assert page.panel.mode() is Mode.LIST
    assert page.results.count() == 2
    assert page.focus() is page.panel.field


def test_where_the_start_fails_the_new_customer_is_shown(page, form, desk):
    made = form("Praxis Neu")
    _edit(made, "phone").setText("030 1234567")
    made.agreement.open_ended.setChecked(True)
    for one in house.read_house(desk).supporters:
        archive_supporter(desk, one.id)
    page.ctrl(Key.Key_Return)
    page.settle()
    assert not page.started
    assert page.panel.mode() is Mode.LIST
    assert [row.name for row in page.rows()] == ["Praxis Neu"]
    assert page.panel.problem().startswith("Es ist kein Supporter")
    assert "Praxis Neu" in _customers(desk)
    assert page.focus() is page.panel.field


def test_a_running_session_goes_to_a_new_customer(page, form, desk, bohrer):
    session = timekeeping.start_session(desk, bohrer.reception).value
    page.controller.begin_move(session.id)
    made = form("Praxis Neu")
    assert not made.agreement.missing.isEnabled()
    assert page.panel.form_bar._go.label() == "Anlegen und Sitzung zuordnen"
    _edit(made, "phone").setText("030 1234567")
    made.agreement.open_ended.setChecked(True)
    page.ctrl(Key.Key_Return)
    assert page.moved[0].id == session.id
    assert page.moved[0].customer_name == "Praxis Neu"


def _choose_file(page, path):
    page.panel.form.agreement.attach.click()
    dialog = page.panel.findChild(QFileDialog)
    dialog.fileSelected.emit(str(path))
    dialog.reject()
    page.settle()
    with page.qtbot.waitActive(page.window):
        page.window.activateWindow()


def test_a_pdf_is_attached_and_kept_with_the_agreement(page, form, desk, tmp_path):
    pdf = tmp_path / "AVV Krüger.pdf"
    pdf.write_bytes(b"%PDF-1.7 signed")
    made = form("Praxis Neu")
    _edit(made, "phone").setText("030 1234567")
    made.agreement.open_ended.setChecked(True)
    _choose_file(page, pdf)
    assert made.agreement.file_name() == "AVV Krüger.pdf"
    page.ctrl(Key.Key_Return)
    with desk.database.read() as connection:
        (agreement,) = agreements.agreements_of(connection, page.started[0].customer_id)
        stored = stored_documents.read(connection, agreement.document_id)
    assert (stored.name, stored.content) == ("AVV Krüger.pdf", b"%PDF-1.7 signed")


def test_an_attached_file_can_be_removed(page, form, desk, tmp_path):
    pdf = tmp_path / "a.pdf"
    pdf.write_bytes(b"%PDF-1.7")
    made = form("Praxis Neu")
    _edit(made, "phone").setText("030 1234567")
    made.agreement.open_ended.setChecked(True)
    _choose_file(page, pdf)
    made.agreement._detach.click()
    assert made.agreement.file_name() == ""
    page.ctrl(Key.Key_Return)
    with desk.database.read() as connection:
        (agreement,) = agreements.agreements_of(connection, page.started[0].customer_id)
    assert agreement.document_id is None


def test_what_is_no_pdf_is_refused_in_place(page, form, tmp_path):
    text = tmp_path / "a.pdf"
    text.write_bytes(b"no pdf")
    made = form("Praxis Neu")
    _choose_file(page, text)
    assert made.agreement.error() == "Die Datei ist kein PDF."
    assert made.agreement.file_name() == ""
    _choose_file(page, tmp_path / "missing.pdf")
    assert made.agreement.error() == "Die Datei lässt sich nicht lesen. Rechte prüfen."


def test_the_form_scrolls_to_what_an_exception_adds(page, form):
    page.window.resize(1104, 600)
    made = form()
    made.agreement.missing.setChecked(True)
    combo = made.agreement.decided_by
    low = combo.mapTo(page.panel, combo.rect().bottomLeft()).y()
    assert low < page.panel.form_bar.y()
