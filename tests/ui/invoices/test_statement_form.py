"""The statement of a period: whoever and whenever is chosen, seen at once, saved as PDF or table."""

from __future__ import annotations

import csv
from datetime import date

import pypdfium2
import pytest
from PySide6.QtWidgets import QApplication

from laverma_desk.ui.invoices.statement.controller import StatementFormController
from tests.support import invoice_forms, rooms

bench, billed, clock, desk = (
    invoice_forms.bench, invoice_forms.billed, invoice_forms.clock, invoice_forms.desk,
)  # fmt: skip
owner, surroundings = rooms.owner, rooms.surroundings


@pytest.fixture
def form(bench):
    made = bench.show(StatementFormController)
    made.show_for(bench.billing.bohrer)
    bench.settle()
    QApplication.processEvents()
    return made


def save(bench, form, kind, file):
    (form.panel.csv.click if kind == "csv" else form.save)()
    dialog = form.files.dialog
    assert dialog is not None
    proposed = dialog.selectedFiles()[0]
    dialog.fileSelected.emit(str(file))
    dialog.reject()
    bench.settle()
    return proposed


def test_last_month_of_the_chosen_customer_is_shown(form):
    assert form.panel.customer.currentText() == "ZAP Dr. Bohrer, 10017"
    assert (form.panel.first.day(), form.panel.last.day()) == (date(2022, 2, 1), date(2022, 2, 28))
    assert form.panel.preview.view.page_count() == 1
    shown = dict(form.panel.sums.lines())
    assert (shown["Sitzungen"], shown["Minuten"], shown["Netto"], shown["Gesamt"]) == (
        "5", "66", "148,50\u00a0€", "176,72\u00a0€",
    )  # fmt: skip


def test_another_customer_is_typed(bench, form):
    bench.type(form.panel.customer.lineEdit(), "Praxis Dr. Vogt, 10022")
    bench.settle()
    assert dict(form.panel.sums.lines())["Minuten"] == "41"
    bench.type(form.panel.customer.lineEdit(), "Vog")
    bench.settle()
    assert form.panel.sums.lines() == []
    assert form.panel.step.is_blocked()
    bench.press("Escape")
    assert form.files.dialog is None


def test_without_a_customer_the_field_is_asked_for(bench):
    form = bench.show(StatementFormController)
    form.show_for(None)
    bench.settle()
    assert form.panel.customer.count() == 6
    assert form.panel.told() == "Kunde und Zeitraum wählen."
    bench.press("Ctrl+S")
    assert form.panel.form.error("customer")
    assert form.files.dialog is None
    bench.press("Escape")
    assert bench.closed == [True]


def test_another_period(bench, form):
    bench.type(form.panel.first, "10.02.2022")
    bench.settle()
    assert dict(form.panel.sums.lines())["Sitzungen"] == "3"
    bench.type(form.panel.first, "01.03.2022")
    bench.settle()
    assert form.panel.form.error("last") == "Der Anfang liegt nach dem Ende."
    assert form.panel.sums.lines() == []
    bench.type(form.panel.last, "31.03.2022")
    bench.settle()
    assert form.panel.form.error("last") == ""
    assert form.panel.told() == "Keine Sitzung in diesem Zeitraum."
    assert form.panel.step.is_blocked()


def test_a_wish_that_is_taken_back_loads_no_more(bench, form):
    bench.type(form.panel.customer.lineEdit(), "Vog")
    bench.type(form.panel.customer.lineEdit(), "Praxis Dr. Vogt, 10022")
    assert form.panel.preview.is_loading()
    bench.type(form.panel.first, "")
    assert not form.panel.preview.is_loading()
    bench.settle()
    assert form.panel.preview.view.page_count() == 0


def test_a_day_that_is_none_is_said_at_its_field(bench, form):
    bench.type(form.panel.last, "31.02.2022")
    assert form.panel.form.error("last") == ""
    bench.press("Tab")
    bench.settle()
    assert form.panel.form.error("last")
    assert form.panel.preview.view.page_count() == 0


def test_it_is_saved_as_pdf(bench, form, tmp_path):
    file = tmp_path / "aufstellung.pdf"
    proposed = save(bench, form, "pdf", file)
    assert proposed.endswith("Aufstellung-10017-2022-02-01-2022-02-28.pdf")
    document = pypdfium2.PdfDocument(file.read_bytes())
    page = document[0]
    words = page.get_textpage().get_text_range()
    assert "ZAP Dr. Bohrer" in words
    page.close()
    document.close()
    assert form.panel.told() == "Gespeichert als aufstellung.pdf."
    bench.keyboard.press("Escape")
    (outcome,) = bench.finished
    assert outcome.customer_id == bench.billing.bohrer
    assert bench.closed == []


def test_it_is_saved_as_a_table(bench, form, tmp_path):
    file = tmp_path / "aufstellung.csv"
    proposed = save(bench, form, "csv", file)
    assert proposed.endswith(".csv")
    with file.open(encoding="utf-8-sig", newline="") as written:
        rows = list(csv.reader(written, delimiter=";"))
    assert len(rows) >= 1 + 5


def test_a_folder_that_takes_nothing_is_explained(bench, form, tmp_path):
    save(bench, form, "csv", tmp_path / "gibtesnicht" / "aufstellung.csv")
    assert form.panel.told()
    assert bench.finished == []
    bench.keyboard.press("Escape")
    assert bench.closed == [True]


def test_a_long_name_is_told_by_its_beginning(form, bench):
    edit = form.panel.customer.lineEdit()
    assert edit.text()
    assert edit.cursorPosition() == 0
