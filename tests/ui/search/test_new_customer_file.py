"""The signed agreement of a new customer: attached as a PDF, removed, refused in place."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from laverma_desk.storage import agreements, stored_documents
from tests.support.new_customers import typed_field

Key = Qt.Key


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
    typed_field(made, "phone").setText("030 1234567")
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
    typed_field(made, "phone").setText("030 1234567")
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
