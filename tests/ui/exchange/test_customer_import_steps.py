"""From the file to the customers in the window: what is proposed, shown, refused, written, called off."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from laverma_desk.services.changes import Topic
from laverma_desk.storage import customers
from tests.support.desks import add_bohrer, add_customer

GOOD = (
    "KdNr;Praxis;PLZ/Ort;Tel;Rechner;TeamViewer-ID;Fax\n"
    "10017;ZAP Dr. Bohrer;12345 Musterstadt;030 23125 014;PC Rezeption;1 234 567 890;\n"
    "10018;Zahnärzte am Markt;53111 Bonn;0228 123456;Server;234 567 890;0228 12\n"
)
CARD = "BEGIN:VCARD\nVERSION:3.0\nN:Weiß;Anna;;;\nFN:Anna Weiß\nORG:Praxis Weiß\nTEL:0228 123456\nEND:VCARD\n"


def _names(desk):
    with desk.database.read() as connection:
        return [one.name for one in customers.every_customer(connection)]


def _file(tmp_path, content, name="adressen.csv"):
    file = tmp_path / name
    file.write_text(content, "utf-8")
    return file


def _to_preview(exchange, file):
    exchange.importing.take(file)
    exchange.rest()
    QTest.mouseClick(exchange.import_panel.mapping.preview, Qt.MouseButton.LeftButton)
    exchange.rest()
    assert exchange.import_panel.step() is exchange.import_panel.preview
    return exchange.import_panel.preview


def test_a_file_is_mapped_looked_at_and_imported(desk, exchange, surroundings, tmp_path, qtbot):
    add_bohrer(desk)
    news = []
    surroundings.bus.changed.connect(news.append)
    preview = _to_preview(exchange, _file(tmp_path, GOOD))
    assert preview.figures.accessibleName() == "1 neu, 0 geändert, 1 unverändert"
    assert preview.head.line.text() == "adressen.csv, 2 Zeilen. Weggelassen: Fax"
    assert preview.table.rows.rowCount() == 2
    assert _names(desk) == ["ZAP Dr. Bohrer"]
    QTest.mouseClick(preview.go, Qt.MouseButton.LeftButton)
    exchange.rest()
    panel = exchange.import_panel
    assert panel.step() is panel.result
    assert panel.result.figures.accessibleName() == "1 neu, 0 geändert, 1 unverändert"
    assert _names(desk) == ["ZAP Dr. Bohrer", "Zahnärzte am Markt"]
    assert news == [frozenset({Topic.CUSTOMERS})]
    with qtbot.waitSignal(exchange.closed):
        QTest.mouseClick(panel.result.done, Qt.MouseButton.LeftButton)


def test_the_whole_way_goes_by_keys(desk, exchange, tmp_path):
    exchange.importing.take(_file(tmp_path, GOOD))
    exchange.rest()
    assert QApplication.focusWidget() is exchange.import_panel.mapping.preview
    exchange.keys()["Ctrl+Return"]()
    exchange.rest()
    assert QApplication.focusWidget() is exchange.import_panel.preview.go
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    exchange.rest()
    assert QApplication.focusWidget() is exchange.import_panel.result.done
    assert len(_names(desk)) == 2


def test_escape_goes_back_step_by_step_and_then_leaves(exchange, tmp_path, qtbot):
    _to_preview(exchange, _file(tmp_path, GOOD))
    back = exchange.keys()["Escape"]
    back()
    assert exchange.import_panel.step() is exchange.import_panel.mapping
    back()
    assert exchange.import_panel.step() is exchange.import_panel.choosing
    with qtbot.waitSignal(exchange.closed):
        back()


def test_a_meaning_goes_to_one_heading_alone_and_is_remembered(desk, exchange, tmp_path):
    file = _file(tmp_path, "Bez;Zusatz\nPraxis Grün;Filiale\n")
    exchange.importing.take(file)
    exchange.rest()
    step = exchange.import_panel.mapping
    assert step.preview.is_blocked()
    first, second = step.rows()
    first.choice.setCurrentIndex(first.choice.findData("Name"))
    second.choice.setCurrentIndex(second.choice.findData("Name"))
    assert step.mapping() == {"Zusatz": "Name"}
    first.choice.setCurrentIndex(first.choice.findData("Name"))
    assert step.mapping() == {"Bez": "Name"}
    assert not step.preview.is_blocked()
    step.preview.click()
    exchange.rest()
    exchange.import_panel.preview.go.click()
    exchange.rest()
    assert _names(desk) == ["Praxis Grün"]
    exchange.importing.take(file)
    exchange.rest()
    assert step.mapping() == {"Bez": "Name"}
    assert step.head.hint.text() == "Wie Sie es für eine solche Datei zuletzt festgelegt haben."


def test_faulty_rows_are_named_in_red_and_hold_the_import_until_they_are_mended(desk, exchange, tmp_path):
    file = _file(tmp_path, GOOD.replace("53111 Bonn", "531 Bonn").replace("0228 123456", "keins"))
    preview = _to_preview(exchange, file)
    assert preview.figures.accessibleName() == "1 neu, 0 geändert, 0 unverändert, 1 fehlerhafte Zeile"
    assert preview.problems.text().splitlines() == [
        "Zeile 3, „Tel“: Eine Nummer sieht aus wie 030 23125 014.",
        "Zeile 3, „PLZ/Ort“: Eine deutsche Postleitzahl hat fünf Ziffern.",
    ]
    model = preview.table.rows
    column = 1 + model.columns.index("PLZ")
    cell = model.index(1, column)
    assert cell.data() == "531"
    assert cell.data(Qt.ItemDataRole.UserRole) is True
    assert cell.data(Qt.ItemDataRole.ToolTipRole) == "Eine deutsche Postleitzahl hat fünf Ziffern."
    assert preview.go.is_blocked()
    preview.go.click()
    exchange.rest()
    assert _names(desk) == []
    file.write_text(GOOD, "utf-8")
    preview.reload.click()
    exchange.rest()
    assert not preview.go.is_blocked()
    preview.go.click()
    exchange.rest()
    assert len(_names(desk)) == 2


def test_cards_need_no_mapping(desk, exchange, tmp_path):
    exchange.importing.take(_file(tmp_path, CARD, "kontakte.vcf"))
    exchange.rest()
    preview = exchange.import_panel.preview
    assert exchange.import_panel.step() is preview
    preview.go.click()
    exchange.rest()
    assert _names(desk) == ["Praxis Weiß"]


def test_faulty_cards_are_named_by_what_the_window_calls_the_value(exchange, tmp_path):
    exchange.importing.take(_file(tmp_path, CARD.replace("0228 123456", "keins"), "kontakte.vcf"))
    exchange.rest()
    preview = exchange.import_panel.preview
    assert preview.problems.text() == "Zeile 1, „Durchwahl“: Eine Nummer sieht aus wie 030 23125 014."
    assert preview.sentence.error.startswith("1 fehlerhafte Karte.")


def test_a_file_that_cannot_be_read_is_said_where_it_is_chosen(exchange, tmp_path):
    exchange.importing.take(tmp_path / "fehlt.csv")
    exchange.rest()
    step = exchange.import_panel.choosing
    assert exchange.import_panel.step() is step
    assert "fehlt.csv" in step.problem.error


def test_an_import_that_is_called_off_leaves_nothing(desk, exchange, tmp_path):
    rows = "".join(f"{20000 + number};Praxis {number};;;;;\n" for number in range(4000))
    preview = _to_preview(exchange, _file(tmp_path, GOOD.splitlines()[0] + "\n" + rows))
    preview.go.click()
    exchange.import_panel.progress.cancelled.emit()
    exchange.rest()
    assert _names(desk) == []
    assert exchange.import_panel.step() is preview
    assert exchange.import_panel.steps.isEnabled()


def test_the_chooser_is_the_only_dialog(exchange):
    exchange.import_panel.choosing.choose.click()
    dialog = exchange.importing.files.dialog
    assert dialog is not None
    dialog.reject()
    assert exchange.importing.files.dialog is None


def test_an_export_says_where_the_file_lies(desk, exchange, opened_files, tmp_path):
    add_bohrer(desk)
    file = tmp_path / "kunden.vcf"
    exchange.begin_export()
    assert exchange.exporting.files.dialog is not None
    exchange.exporting.files.dialog.reject()
    exchange.exporting.write(file)
    exchange.rest()
    assert exchange.export_bar.notice.sentence() == "1 Kunde nach kunden.vcf geschrieben"
    assert file.read_text("utf-8").startswith("BEGIN:VCARD")
    exchange.export_bar.notice.link_activated.emit()
    assert opened_files == [tmp_path]


def test_the_ending_of_the_file_follows_the_kind(exchange):
    exchange.begin_export()
    dialog = exchange.exporting.files.dialog
    assert dialog.selectedFiles()[0].endswith("kunden-2022-03-01.csv")
    dialog.filterSelected.emit("Adressbuch (*.vcf)")
    assert dialog.selectedFiles()[0].endswith("kunden-2022-03-01.vcf")
    dialog.reject()


def test_archived_customers_go_out_where_they_are_wanted(desk, exchange, tmp_path):
    add_customer(desk, "1", "Praxis Neu")
    old = add_customer(desk, "2", "Praxis Alt")
    with desk.database.write() as connection:
        archived = replace(customers.find(connection, old), archived=True)
        customers.update_customer(connection, archived)
    for begin, expected in ((exchange.begin_export, False), (exchange.begin_full_export, True)):
        begin()
        exchange.exporting.files.dialog.reject()
        exchange.exporting.write(tmp_path / "kunden.csv")
        exchange.rest()
        content = (tmp_path / "kunden.csv").read_text("utf-8-sig")
        assert "Praxis Neu" in content
        assert ("Praxis Alt" in content) is expected


def test_an_export_that_cannot_be_written_is_said(exchange, tmp_path):
    exchange.begin_export()
    exchange.exporting.files.dialog.reject()
    exchange.exporting.write(tmp_path / "kunden.xls")
    exchange.rest()
    assert "kunden.xls" in exchange.export_bar.notice.sentence()
    assert list(tmp_path.glob("kunden*")) == []


def test_everything_that_takes_the_focus_has_a_name(exchange, tmp_path):
    _to_preview(exchange, _file(tmp_path, GOOD.replace("53111", "531")))
    for widget in exchange.import_panel.findChildren(QWidget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible():
            assert widget.accessibleName(), widget
