"""What is written down around the clock is saved when it is left, and wrong input is named in place."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from laverma_desk.domain.customer import Channel, Contact, Tool
from laverma_desk.domain.mail_account import MailAccount
from laverma_desk.services.calls import timekeeping
from laverma_desk.services.setup import house, house_mail
from laverma_desk.storage import customers
from tests.support.desks import add_contact, add_customer

NB = "\u00a0"


def _reason(scene, name):
    return next(one for one in house.read_house(scene.desk).free_reasons if one.name == name)


def test_alt_a_takes_a_typed_name(scene):
    scene.start()
    box = scene.column.head.requested_by
    assert box.currentText() == "Sabine Lorenz"
    scene.press("Alt+A")
    scene.type("Dr. Bohrer")
    scene.press("Tab")
    assert scene.stored().requested_by == "Dr. Bohrer"
    assert scene.stored().channel is Channel.PHONE


def test_a_name_of_the_practice_can_be_chosen(scene):
    add_contact(scene.desk, scene.bohrer.customer_id, Contact(0, "Jan Kern", "Labor"))
    scene.start()
    scene.press("Alt+A")
    scene.press("Down")
    assert scene.stored().requested_by == "Jan Kern"


def test_enter_in_the_name_keeps_it_and_goes_back_to_the_notes(scene, qtbot):
    scene.start()
    scene.press("Alt+A")
    scene.type("Dr. Bohrer")
    scene.press("Return")
    assert scene.stored().requested_by == "Dr. Bohrer"
    qtbot.waitUntil(lambda: scene.window.focusWidget() is scene.notes.editor())


def test_a_name_that_was_kept_is_not_written_again_on_a_session_that_has_ended(scene):
    first = scene.start(notes="Synadoc aktualisiert")
    scene.press("Alt+A")
    scene.type("Dr. Bohrer")
    scene.press("Tab")
    assert not scene.column.head.requested_by.is_changed()
    scene.press("Ctrl+Shift+E")
    scene.clock.advance(minutes=1)
    scene.start()
    assert scene.panel.notice.sentence() == ""
    assert scene.stored(first).requested_by == "Dr. Bohrer"


def test_the_channel_is_a_sign_beside_the_name(scene):
    scene.start()
    box = scene.column.head.requested_by
    assert box.sign().accessibleName() == "Beauftragt telefonisch"
    QTest.mouseClick(box.sign(), Qt.MouseButton.LeftButton)
    assert box._menu.isVisible()
    box.channel_actions()[Channel.TICKET].trigger()
    box._menu.close()
    assert scene.stored().channel is Channel.TICKET
    assert scene.stored().requested_by == "Sabine Lorenz"
    assert box.sign().accessibleName().startswith("Beauftragt per Ticket")


def test_the_focus_goes_back_to_the_notes_after_a_list(scene, qtbot):
    scene.start()
    box = scene.column.head.requested_by
    QTest.mouseClick(box.sign(), Qt.MouseButton.LeftButton)
    box._menu.close()
    qtbot.waitUntil(lambda: scene.window.focusWidget() is scene.notes.editor())


def test_a_partner_id_is_saved_and_can_be_kept_at_the_workstation(scene):
    scene.start()
    row = scene.timer.connection
    assert row.words() == "TeamViewer, hinterlegt bei PC Rezeption"
    assert not row.offers_to_keep()
    scene.press("Alt+P")
    scene.type("987654321")
    scene.press("Tab")
    assert scene.stored().partner_id == "987654321"
    assert row.words() == "TeamViewer, ändert sich oft;"
    assert row.offers_to_keep()
    row._keep.click()
    with scene.desk.database.read() as connection:
        assert customers.find_workstation(connection, scene.bohrer.reception).partner_id == "987654321"
    assert not row.offers_to_keep()
    assert row.words() == "TeamViewer, hinterlegt bei PC Rezeption"


def test_a_wrong_partner_id_is_named_and_stays(scene):
    scene.start()
    row = scene.timer.connection
    scene.press("Alt+P")
    scene.type("12345")
    scene.press("Tab")
    assert row.error() == "Die Partner-ID hat 9 oder 10 Ziffern."
    assert row.current().digits == "12345"
    assert scene.stored().partner_id == "1234567890"
    scene.press("F8")
    assert row.current().digits == "12345"
    scene.press("Alt+P")
    scene.type("234567890")
    assert row.error() == ""


def test_the_sign_in_the_field_copies_the_partner_id(scene):
    scene.start()
    QTest.mouseClick(scene.timer.connection._field._action, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "1234567890"


def test_another_program_is_kept_on_the_session(scene):
    scene.start(scene.bohrer.server)
    link = scene.timer.connection.tool_link()
    link.setFocus()
    QTest.keyClick(link, Qt.Key.Key_Return)
    assert link._menu.isVisible()
    link.actions_by_tool()[Tool.ANYDESK].trigger()
    link._menu.close()
    assert scene.stored().tool is Tool.ANYDESK
    assert link.accessibleName() == "Programm: AnyDesk"


def test_ctrl_b_makes_a_session_free_and_asks_for_its_reason(scene):
    scene.start()
    scene.clock.advance(minutes=12, seconds=22)
    row = scene.column.billing
    assert row.hint() == "Strg+B wechselt"
    assert not row.reason_box().isEnabled()
    scene.press("Ctrl+B")
    assert scene.stored().billable is False
    assert row.segments().current() == "free"
    assert row.reason_box().hasFocus()
    assert scene.timer.reading().amount == f"13{NB}Min · kostenlos"
    scene.press("Down")
    scene.press("Down")
    assert scene.stored().free_reason_id == _reason(scene, "Kulanz").id
    assert scene.timer.reading().amount == f"13{NB}Min · kostenlos, Kulanz"
    assert scene.timer.reading().detail == f"auf der Rechnung mit 0,00{NB}€"
    assert row.hint() == f"auf der Rechnung mit 0,00{NB}€"
    assert scene.panel.on_site.reading().rows[0] == ("Fernwartung bisher", f"0,00{NB}€")
    scene.press("Ctrl+B")
    assert scene.stored().billable is True
    assert scene.stored().free_reason_id is None
    assert "29,25" in scene.timer.reading().amount


def test_ctrl_b_back_to_billed_gives_the_focus_back_to_the_notes(scene, qtbot):
    scene.start()
    scene.press("Ctrl+B")
    assert scene.column.billing.reason_box().hasFocus()
    scene.press("Ctrl+B")
    qtbot.waitUntil(lambda: scene.window.focusWidget() is scene.notes.editor())


def test_enter_opens_the_reasons_and_after_a_choice_leads_to_the_notes(scene, qtbot):
    scene.start()
    scene.press("Ctrl+B")
    box = scene.column.billing.reason_box()
    scene.press("Return")
    assert box.view().isVisible()
    box.hidePopup()
    qtbot.waitUntil(lambda: scene.window.focusWidget() is scene.notes.editor())
    scene.press("Alt+G")
    scene.press("Down")
    scene.press("Return")
    qtbot.waitUntil(lambda: scene.window.focusWidget() is scene.notes.editor())
    assert scene.stored().free_reason_id == _reason(scene, "Garantie").id


def test_a_reason_says_that_it_stays_internal(scene):
    scene.start()
    scene.press("Ctrl+B")
    box = scene.column.billing.reason_box()
    row = box.findText("Eigener Fehler")
    box.setCurrentIndex(row)
    box.activated.emit(row)
    assert scene.column.billing.hint() == "bleibt intern"
    assert box.itemData(row, Qt.ItemDataRole.UserRole + 1) == "bleibt intern"
    scene.press("Escape")
    scene.press("Alt+G")
    assert box.hasFocus()


def test_alt_g_has_nothing_to_do_for_a_billed_session(scene):
    scene.start()
    scene.press("Alt+G")
    assert scene.notes.editor().hasFocus()


def test_the_recipient_is_mended_in_place(scene):
    scene.start()
    line = scene.column.bar.recipient
    assert line.address() == "rezeption@zap-bohrer.example"
    line._change.click()
    assert line.is_editing()
    scene.type("info@")
    scene.press("Return")
    assert line.error()
    assert line._field.hasFocus()
    assert scene.column._error.isVisible()
    assert scene.stored().recipient == "rezeption@zap-bohrer.example"
    scene.type("zap-bohrer.example")
    assert line.error() == ""
    scene.press("Return")
    assert scene.stored().recipient == "info@zap-bohrer.example"
    assert not line.is_editing()
    assert not scene.column._error.isVisible()


def test_escape_gives_a_recipient_up(scene, qtbot):
    scene.start()
    line = scene.column.bar.recipient
    line._change.click()
    scene.type("x")
    scene.press("Escape")
    assert not line.is_editing()
    assert scene.stored().recipient == "rezeption@zap-bohrer.example"
    qtbot.waitUntil(lambda: scene.window.focusWidget() is scene.notes.editor())


def test_without_a_mail_account_the_way_to_one_is_shown(scene):
    scene.start()
    assert not scene.column.bar.recipient._account.isVisible()
    scene.bus.publish(house_mail.save_mail_account(scene.desk, MailAccount(), None))
    assert scene.column.bar.recipient._account.isVisible()
    scene.column.bar.recipient._account.click()
    assert scene.heard == [("settings_wanted", "mail")]


def test_the_picker_asks_for_another_workstation(scene):
    session_id = scene.start()
    assert scene.column.head.picker().words() == "ZAP Dr. Bohrer – PC Rezeption"
    QTest.mouseClick(scene.column.head.picker(), Qt.MouseButton.LeftButton)
    scene.press("Ctrl+K")
    assert scene.heard == [("change_wanted", session_id)] * 2


def test_another_workstation_shows_at_once(scene):
    session_id = scene.start()
    scene.type("already typed")
    scene.bus.publish(timekeeping.move_session(scene.desk, session_id, scene.bohrer.server))
    scene.show(session_id)
    assert scene.column.head.picker().words() == "ZAP Dr. Bohrer – Server"
    assert scene.timer.connection.current().digits == ""
    assert scene.notes.texts()[0] == "already typed"


def test_another_session_never_inherits_what_was_half_typed(scene):
    first = scene.start()
    scene.press("Alt+P")
    scene.type("555")
    other = add_customer(scene.desk, "20", "Praxis Weiß", "PC 1", email="a@weiss.example")
    with scene.desk.database.read() as connection:
        (place,) = customers.workstations_of(connection, other)
    second = scene.start(place.id)
    assert scene.timer.connection.current().digits == ""
    assert scene.timer.connection.error() == ""
    assert scene.column.bar.recipient.address() == "a@weiss.example"
    assert scene.stored(first).partner_id == "1234567890"
    assert scene.stored(second).partner_id == ""


def test_leaving_the_page_saves_what_is_half_typed(scene):
    scene.start()
    scene.press("Alt+A")
    scene.type("Jan Kern")
    scene.call.leave()
    assert scene.stored().requested_by == "Jan Kern"


def test_a_field_that_the_file_refuses_is_saved_by_the_link(scene):
    scene.start()
    scene.press("Alt+A")
    scene.type("Jan Kern")
    with scene.locked():
        scene.press("Tab")
        assert scene.panel.notice.isVisible()
        assert scene.column.head.requested_by.currentText() == "Jan Kern"
    scene.panel.notice.link_activated.emit()
    assert scene.stored().requested_by == "Jan Kern"
    assert not scene.panel.notice.isVisible()
