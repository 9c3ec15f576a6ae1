"""Two records side by side in the window: found by typing, chosen by keys, merged once."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from laverma_desk.domain.customer import Contact, Customer
from laverma_desk.services.calls import timekeeping
from laverma_desk.services.customers.merging import Part, Side
from laverma_desk.services.datev.debtors import set_debtor_account
from laverma_desk.storage import customers
from laverma_desk.ui.customers.merge.controller import MergeController


@pytest.fixture
def other(desk, bohrer):
    with desk.database.write() as connection:
        customer_id = customers.insert_customer(
            connection,
            Customer(
                0, "10030", "Zahnarztpraxis Bohrer", "Hauptstr. 5", "12345", "Musterstadt", payment_days=14
            ),
            desk.clock.now(),
        )
        customers.put_contact(connection, customer_id, Contact(0, "Peter Panther"))
    return customer_id


@pytest.fixture
def place(surroundings, owner, bohrer, other, qtbot):
    made = MergeController(surroundings, owner)
    qtbot.addWidget(made.panel)
    made.panel.resize(1000, 640)
    made.panel.show()
    qtbot.waitActive(made.panel)
    made.begin(bohrer.customer_id)
    qtbot.waitUntil(lambda: not surroundings.background.busy)
    return made


def _find(place, typed):
    place.panel.finder.field.setText(typed)
    return place.panel.finder.rows()


def test_the_record_itself_is_never_found(place):
    assert [row.accessibleName() for row in _find(place, "bohrer")] == [
        "10030 Zahnarztpraxis Bohrer, 12345 Musterstadt"
    ]
    assert _find(place, "gibtesnicht") == []
    assert place.panel.finder.sentence() == "Kein Treffer für ‚gibtesnicht‘."


def test_both_stand_side_by_side_and_say_what_happens(place):
    QTest.keyClick(_find(place, "10030")[0], Qt.Key.Key_Return)
    assert place.panel.previewing()
    assert place.panel.preview.table.choices() == {
        Part.NAME: Side.KEEP,
        Part.ADDRESS: Side.KEEP,
        Part.PAYMENT_DAYS: Side.OTHER,
    }
    told = place.panel.preview.outcome.words()
    assert "Ansprechpartner, die herüberkommen: Peter Panther" in told
    assert "10030 wird archiviert und verweist auf 10017. Das lässt sich nicht zurücknehmen." in told
    assert place.panel.preview.reason.hasFocus()


def test_merging_wants_a_reason_and_takes_the_choices(place, desk, bohrer, other, qtbot):
    _find(place, "10030")[0].click()
    place.keys()["Ctrl+Return"]()
    assert place.panel.preview.reason_error() == "Bitte einen Grund angeben."
    place.panel.preview.table.choose(Part.NAME, Side.OTHER)
    place.panel.preview.reason.setText("Doppelt angelegt")
    with qtbot.waitSignal(place.closed), qtbot.waitSignal(place.merged) as seen:
        place.keys()["Ctrl+Return"]()
    assert seen.args == [bohrer.customer_id]
    with desk.database.read() as connection:
        kept, gone = (customers.find(connection, one) for one in (bohrer.customer_id, other))
    assert (kept.name, kept.payment_days) == ("Zahnarztpraxis Bohrer", 14)
    assert gone.merged_into == bohrer.customer_id


def test_the_sides_can_be_swapped(place, desk, bohrer, other):
    _find(place, "10030")[0].click()
    place.panel.preview.swap.click()
    place.panel.preview.reason.setText("Doppelt")
    place.panel.preview.merge.click()
    with desk.database.read() as connection:
        assert customers.find(connection, bohrer.customer_id).merged_into == other


def test_escape_goes_back_one_step_at_a_time(place, qtbot):
    _find(place, "10030")[0].click()
    place.keys()["Escape"]()
    assert not place.panel.previewing()
    with qtbot.waitSignal(place.closed):
        place.keys()["Escape"]()


def test_a_running_session_is_told(place, desk, bohrer):
    timekeeping.start_session(desk, bohrer.server)
    _find(place, "10030")[0].click()
    assert not place.panel.previewing()
    assert place.panel.finder.sentence() == "Für diesen Kunden läuft noch eine Sitzung. Zuerst beenden."


def test_what_becomes_of_debtor_accounts_is_said(place, desk, bohrer, other):
    set_debtor_account(desk, other, 10_030)
    _find(place, "10030")[0].click()
    assert "Das Debitorenkonto 10030 geht hierher über." in place.panel.preview.outcome.words()
    place.keys()["Escape"]()
    set_debtor_account(desk, bohrer.customer_id, 10_017)
    _find(place, "10030")[0].click()
    told = " ".join(place.panel.preview.outcome.words())
    assert "neue Rechnungen gehen auf 10017" in told
