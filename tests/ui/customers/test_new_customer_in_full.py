"""A new customer in place of the record: all of it in one step, kept until it is made."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

Key = Qt.Key


def test_a_new_customer_is_made_with_person_and_machine_by_keys_alone(shown):
    shown.control(Key.Key_U)
    new = shown.panel.new
    assert QApplication.focusWidget() is new.master.field("name")
    shown.type("Praxis Dr. Neu").fill(new.master, "phone", "040 66969125")
    shown.fill(new.contact, "name", "Anna Neu").fill(new.workstation, "name", "PC 1")
    shown.fill(new.workstation, "partner_id", "12345").control(Key.Key_Return)
    assert QApplication.focusWidget() is new.workstation.field("partner_id")
    shown.fill(new.workstation, "partner_id", "345 678 901").control(Key.Key_Return)
    record = shown.read()
    assert record.customer.name == "Praxis Dr. Neu"
    assert record.contacts[0].name == "Anna Neu"
    assert record.workstations[0].workstation.partner_id == "345678901"
    assert shown.panel.part() is shown.cards
    assert "Praxis Dr. Neu" in shown.names()
    assert shown.list.currentIndex().isValid()


def test_a_half_typed_new_customer_waits_and_resembling_ones_are_pointed_out(shown, bohrer):
    shown.control(Key.Key_U).type("ZAP Dr. Bohrer").press(Key.Key_Tab)
    new = shown.panel.new
    assert new.known.text() == "Vielleicht schon bekannt: ZAP Dr. Bohrer (10017)"
    shown.press(Key.Key_Escape)
    assert shown.panel.part() is shown.cards
    assert shown.panel.register.new.unsaved
    shown.control(Key.Key_U)
    assert new.master.text("name") == "ZAP Dr. Bohrer"
    new.known_link.click()
    assert shown.controller.customer_id == bohrer.customer_id
    new.clear_button.click()
    assert not shown.panel.register.new.unsaved


def test_a_taken_number_is_told_at_its_field(shown):
    shown.control(Key.Key_U).type("Neu")
    new = shown.panel.new
    shown.fill(new.master, "number", "10017").control(Key.Key_Return)
    assert new.master.error("number") == "Diese Nummer hat ZAP Dr. Bohrer."
