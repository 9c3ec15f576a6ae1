"""What the page shows of a log, and how one walks through it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from laverma_desk.services.reconciling.deciding import ignore
from laverma_desk.services.reconciling.overview import overview
from laverma_desk.services.reconciling.reading import read_log_file
from laverma_desk.ui.reconciling.rows import Act, Kind, Section
from tests.support.connection_logs import at, line
from tests.support.reconciling_page import (
    LINES,
    MINUTE,
    choose,
    press,
    rows,
    settle,
    titles,
    write_log,
)


def test_the_page_shows_what_is_open_what_is_alone_and_what_was_joined(page, read):
    page.bring()
    assert titles(page) == [
        "* Verbindungen ohne Sitzung (3)",
        "ZAP Dr. Bohrer – PC Rezeption",
        "ZAP Dr. Bohrer – PC Rezeption",
        "unbekannte Partner-ID",
        "* Sitzungen ohne Verbindung (1)",
        "ZAP Dr. Bohrer – Server",
        "* Zugeordnet (2)",
        "ZAP Dr. Bohrer – PC Rezeption",
    ]
    head, evening, after, unknown, _loose, alone, matched, joined = rows(page)
    assert head.aside == "noch nicht abgerechnet"
    assert (evening.lines, evening.duration) == (("28.02.2022", "17:48 – 18:01 Uhr"), "00:13:44")
    assert evening.partner_id == "1 234 567 890"
    assert evening.below == "Als Sitzung 14\u00a0Min, 31,50\u00a0€ netto"
    assert after.below == "Nachtrag zur Sitzung von 16:18 bis 16:32 Uhr?"
    assert unknown.below == "gehört noch zu keinem Kunden"
    assert (alone.partner_id, alone.duration) == ("keine", "00:15:02")
    assert alone.below == "Klaus Klassen, 16\u00a0Min, 36,00\u00a0€ netto"
    assert matched.aside == "aus 3 Verbindungen, 1 eingeklappt, 1 zusammengeführt"
    assert joined.below == "2 Verbindungen, PC-Neustart 11:19 bis 11:22 Uhr"
    assert joined.state.words == "zusammengeführt"


def test_the_head_and_the_foot_say_which_file_it_is_and_how_far_it_is(page, read):
    page.bring()
    panel = page.panel
    assert panel.title.title() == "Abgleich mit TeamViewer"
    assert panel.file.words() == "Connections.txt gelesen 01.03.2022 10:22 Uhr, 6 Zeilen, 0 unlesbar"
    assert panel.file.span() == "22.02.2022 – 28.02.2022, alle Zeiten in Ortszeit"
    assert panel.foot.sum() == "3 zugeordnet, 3 offen, 0 übergangen"


def test_what_is_unfolded_at_the_lower_edge_comes_into_sight(page, desk, bohrer, tmp_path):
    many = [line(at(f"{6 + place}:00"), MINUTE) for place in range(10)]
    read_log_file(desk, write_log(tmp_path, *many, "kaputt"))
    page.bring()
    choose(page, "Unlesbare Zeilen")
    press(page, Qt.Key.Key_Right)
    view = page.panel.table.rows
    last = view.model().index(view.model().rowCount() - 1, 0)
    assert view.visualRect(last).bottom() <= view.viewport().height()
    assert page.panel.table.chosen_row().title == "Unlesbare Zeilen (1)"


def test_what_takes_long_to_read_gives_the_focus_to_what_comes(page, desk, bohrer, qtbot):
    page.activate()
    page._on_loader_slow()
    assert page.panel.empty_sentence() == "Lädt …"
    settle(page, qtbot)
    assert page.shell.focusWidget() is page.panel.choose


def test_without_any_file_the_page_says_so_and_offers_one(page, desk, bohrer):
    page.bring()
    assert page.panel.empty_sentence() == "Noch kein Protokoll gelesen."
    assert page.shell.focusWidget() is page.panel.choose
    press(page, Qt.Key.Key_Space)
    assert page.reading.files.dialog is not None
    page.reading.files.dialog.reject()


def test_the_first_connection_is_chosen_and_the_arrows_walk(page, read):
    page.bring()
    table = page.panel.table
    assert table.chosen_row().key.kind is Kind.OPEN
    assert page.panel.foot.named() == [
        "auswählen", "Sitzung anlegen", "zuordnen", "übergehen", "zurück zum Verlauf",
    ]  # fmt: skip
    press(page, Qt.Key.Key_Down)
    press(page, Qt.Key.Key_Down)
    assert table.chosen_row().place.words == "unbekannte Partner-ID"
    assert "Arbeitsplatz zuordnen" in page.panel.foot.named()
    press(page, Qt.Key.Key_Down)
    assert page.panel.foot.named() == ["auswählen", "auf- und zuklappen", "zurück zum Verlauf"]


def test_groups_fold_with_enter_with_the_arrows_and_with_a_click(page, read):
    page.bring()
    choose(page, "Verbindungen ohne Sitzung")
    press(page, Qt.Key.Key_Return)
    assert titles(page)[:2] == ["* Verbindungen ohne Sitzung (3)", "* Sitzungen ohne Verbindung (1)"]
    press(page, Qt.Key.Key_Right)
    assert len(titles(page)) == 8
    choose(page, "unbekannte")
    press(page, Qt.Key.Key_Left)
    assert page.panel.table.chosen_row().section is Section.OPEN
    assert page.panel.table.chosen_row().key.kind is Kind.GROUP
    view = page.panel.table.rows
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(300, 16))
    assert len(titles(page)) == 5


def test_what_is_assigned_unfolds_to_every_connection(page, read, qtbot):
    page.bring()
    choose(page, "Zugeordnet")
    press(page, Qt.Key.Key_Return)
    settle(page, qtbot)
    matched = [row for row in rows(page) if row.key.kind is Kind.MATCHED]
    assert [row.state.words for row in matched] == ["zusammengeführt", "zugeordnet"]
    assert matched[1].below.startswith("S-2022-")


def test_escape_and_the_link_lead_back_to_the_history(page, read, qtbot):
    page.bring()
    with qtbot.waitSignal(page.left):
        press(page, Qt.Key.Key_Escape)
    with qtbot.waitSignal(page.left):
        page.panel.title.back.click()


def test_unreadable_lines_are_opened_from_their_count(page, desk, scene, tmp_path, qtbot):
    file = write_log(tmp_path, *LINES, "kaputt", LINES[0][:70])
    read_log_file(desk, file)
    page.bring()
    link = page.panel.file.unreadable
    assert not link.isHidden()
    assert link.text() == "2 unlesbar"
    assert titles(page)[-1] == "* Unlesbare Zeilen (2)"
    link.click()
    shown = [row for row in rows(page) if row.key.kind is Kind.UNREADABLE]
    assert [row.lines[0] for row in shown] == ["Zeile 8", "Zeile 9"]
    assert shown[0].below == "kaputt"
    assert all(row.place.words for row in shown)
    assert page.panel.table.chosen_row().section is Section.UNREADABLE


def test_a_row_is_one_sentence_for_a_screen_reader(page, read):
    page.bring()
    model = page.panel.table.rows.model()
    role = Qt.ItemDataRole.AccessibleTextRole
    assert model.index(0).data(role) == "Verbindungen ohne Sitzung (3), noch nicht abgerechnet, aufgeklappt"
    said = model.index(1).data(role)
    for part in ("28.02.2022", "00:13:44", "1 234 567 890", "PC Rezeption", "Sitzung anlegen", "Übergehen"):
        assert part in said


def test_a_connection_that_can_be_no_session_offers_none(page, desk, scene, tmp_path):
    other = line(at("16:48"), 9 * MINUTE, purpose="FileTransfer")
    read_log_file(desk, write_log(tmp_path, other))
    page.bring()
    row = choose(page, "PC Rezeption")
    assert row.below == "FileTransfer, daher keine eigene Sitzung."
    assert [one.act for one in row.offers] == [Act.JOIN, Act.IGNORE]
    assert row.enter is Act.JOIN


def test_in_a_narrow_window_the_arrows_are_not_named_but_the_sum_stands(page, read, qtbot):
    page.bring()
    page.shell.resize(1120, 688)
    foot = page.panel.foot
    qtbot.waitUntil(foot._arrows.isHidden)
    assert not foot._enter.isHidden()
    page.shell.resize(1280, 768)
    qtbot.waitUntil(lambda: not foot._arrows.isHidden())


def test_another_page_may_change_what_is_shown(page, read, desk, qtbot):
    page.bring()
    first = overview(desk).open[0]
    page.surroundings.bus.publish(ignore(desk, first.ids, "Test"))
    settle(page, qtbot)
    assert titles(page)[0] == "* Verbindungen ohne Sitzung (2)"
    assert titles(page)[-1] == "* Übergangen (1)"
