"""Every page and form by keyboard alone: named, reached, in the order it is read, the focus never lost."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from laverma_desk.ui.settings.pages import LOOK, SECTIONS
from tests.support.blind_reader import said

KEY = Qt.Key
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def call(person):
    person.look("call")
    person.press(KEY.Key_F8)
    person.look("paused")
    person.press(KEY.Key_B, CTRL)
    person.look("free of charge")
    person.press(KEY.Key_F2)
    person.press(KEY.Key_Escape)
    person.press(KEY.Key_F1)
    person.look("guide")
    person.press(KEY.Key_K, CTRL)
    person.look("another customer")


def narrow_call(person):
    person.shell.resize(person.shell.minimumSize())
    person.settle()
    person.look("narrow call")
    person.press(KEY.Key_F1)
    person.step_through_areas("guide over the call")


def search(person):
    person.stage.show_new()
    person.look("search")
    person.type("zap")
    person.look("hits")
    person.press(KEY.Key_U, CTRL)
    person.look("somebody new")
    person.press(KEY.Key_Return, CTRL)
    person.look("somebody new, refused")
    person.press(KEY.Key_Escape)


def report(person):
    person.press(KEY.Key_E, CTRL)
    person.look("report")


def history(person):
    person.stage.open_page("history")
    person.look("history")
    person.press(KEY.Key_N, ALT)
    person.look("recording")
    person.press(KEY.Key_Return, CTRL)
    person.look("recording, refused")
    person.press(KEY.Key_Escape)
    person.press(KEY.Key_F2)
    person.look("correcting")
    person.press(KEY.Key_Escape)
    person.use("Bericht öffnen")
    person.look("paper")
    person.press(KEY.Key_Escape)
    person.use("Abrechnung ändern")
    person.look("billing")
    person.press(KEY.Key_Escape)


def reconciling(person):
    person.stage.open_page("history")
    person.press(KEY.Key_A, ALT)
    person.look("reconciling")
    person.press(KEY.Key_Down)
    person.press(KEY.Key_Return)
    person.look("a session made")
    person.press(KEY.Key_Z, CTRL)
    person.look("taken back")
    file = person.desk.data.root / "verbindungen.csv"
    file.write_text("Gerät;Start\nPC;28.02.2022 10:00\n", encoding="utf-8")
    person.stage.memory.reconciling.reading.take(file)
    person.settle()
    person.look("columns of a table")
    person.press(KEY.Key_Escape)
    person.press(KEY.Key_Escape)
    person.look("back in the history")


def record(person):
    person.stage.open_page("customers")
    person.look("customers")
    for name in (
        "Stammdaten bearbeiten",
        "Tarif und Anfahrt bearbeiten",
        "E-Rechnung bearbeiten",
        "Neuer Ansprechpartner",
        "Neuer Arbeitsplatz",
        "Nachweis erstellen",
    ):
        person.use(name)
        person.look(name)
        person.press(KEY.Key_Escape)
        assert said(QApplication.focusWidget()) == name, "the way back leads to where one came from"
    person.press(KEY.Key_U, CTRL)
    person.look("new customer")


def places(person):
    person.stage.open_page("customers")
    (place,) = [one for one in person.stage.memory.customers.children() if type(one).__name__ == "Places"]
    for open_ in (
        place.show_hints,
        place.show_merge,
        place.show_privacy,
        place.show_locked,
        place.show_import,
    ):
        open_()
        person.look(open_.__name__)
        person.press(KEY.Key_Escape)
    person.stage.memory.customers.show_changes()
    person.look("changes")


def invoices(person):
    person.stage.open_page("invoices")
    for number in range(5):
        person.look(f"list {number}")
        person.press(KEY.Key_PageDown, CTRL)
    for key, form in ((KEY.Key_A, "statement"), (KEY.Key_M, "reminders")):
        person.press(key, ALT)
        person.look(form)
        person.press(KEY.Key_Escape)
    person.press(KEY.Key_PageDown, CTRL)
    person.use("Bearbeiten")
    person.look("draft")
    person.press(KEY.Key_Escape)
    person.press(KEY.Key_PageDown, CTRL)
    for form in ("Zahlung buchen", "Stornieren", "Senden"):
        person.use(form)
        person.look(form)
        person.press(KEY.Key_Escape)


def statistics(person):
    person.stage.open_page("statistics")
    person.look("statistics")
    for card in person.stage.memory.statistics.panel.cards.values():
        card.toggle.click()
    person.look("tables")
    person.look("handing over")


def handover(person):
    person.stage.memory.show_handover("datev")
    person.look("handover")
    person.press(KEY.Key_Escape)
    person.look("figures again")


def audit(person):
    person.stage.memory.show_audit()
    person.look("audit")
    person.press(KEY.Key_Return, CTRL)
    person.look("checked")
    person.press(KEY.Key_2, ALT)
    person.look("changes")
    person.press(KEY.Key_F, CTRL)
    person.press(KEY.Key_3, ALT)
    person.look("draft")
    person.press(KEY.Key_Escape)
    person.look("figures again")


def outbox(person):
    person.stage.open_page("outbox")
    person.look("outbox")
    person.use("Adresse ändern")
    person.look("another address")
    person.press(KEY.Key_Escape)
    person.use("Verwerfen")
    person.look("discarded")


def settings(person):
    for page in (*SECTIONS, LOOK):
        person.stage.open_settings(page)
        person.look(page)


@pytest.mark.parametrize(
    "walk",
    [
        call,
        narrow_call,
        search,
        report,
        history,
        reconciling,
        record,
        places,
        invoices,
        statistics,
        handover,
        audit,
        outbox,
        settings,
    ],
    ids=lambda walk: walk.__name__,
)
def test_a_page_is_worked_without_sight(listener, walk):
    walk(listener)
    assert not listener.faults
