"""The search page on a real desk, in a window whose keys are dispatched as in the program."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from laverma_desk.services.changes import Topic
from laverma_desk.storage import customers
from laverma_desk.ui.background import Background
from laverma_desk.ui.change_bus import ChangeBus
from laverma_desk.ui.keyboard import Keyboard
from laverma_desk.ui.search.controller import SearchController
from laverma_desk.ui.search.panel import Mode
from laverma_desk.ui.surroundings import Surroundings
from tests.support.desks import add_customer, bohrer, clock, desk  # noqa: F401


@dataclass
class SearchPage:
    """The page with what it has told so far."""

    qtbot: object
    desk: object
    controller: SearchController
    window: QWidget
    bus: ChangeBus
    background: Background
    started: list = field(default_factory=list)
    moved: list = field(default_factory=list)
    cancelled: list = field(default_factory=list)

    @property
    def panel(self):
        return self.controller.panel

    @property
    def results(self):
        return self.panel.results

    def rows(self):
        return [self.results.row(place).result() for place in range(self.results.count())]

    def type(self, words):
        """Type ASCII into whatever has the focus."""
        for sign in words:
            QTest.keyClick(self.focus(), sign)

    def press(self, key, modifier=Qt.KeyboardModifier.NoModifier):
        QTest.keyClick(self.focus() or self.window, key, modifier)

    def ctrl(self, key):
        self.press(key, Qt.KeyboardModifier.ControlModifier)

    def alt(self, key):
        self.press(key, Qt.KeyboardModifier.AltModifier)

    def focus(self):
        return QApplication.focusWidget()

    def settle(self):
        """Wait until the background has nothing to do."""
        self.qtbot.waitUntil(lambda: not self.background.busy)

    def reload(self):
        """Tell the page that customers were written behind its back."""
        self.bus.announce(Topic.CUSTOMERS)
        self.settle()

    def moved_on(self):
        """Tell that a session began, or was given to another machine."""
        return self.started or self.moved


@pytest.fixture
def practices(desk, bohrer):  # noqa: F811
    """The practices of the picture beside Dr. Bohrer; returns the row of the locked one."""
    add_customer(desk, "10018", "Praxis Dr. Weiß", "Rezeption 1", agreement_until=date(2025, 6, 30),
                 phone="+494066969122", city="Hamburg")  # fmt: skip
    add_customer(desk, "10019", "KFO Dr. Lindner", "Rezeption 2", agreement_until=date(2022, 3, 13))
    return add_customer(desk, "10044", "Praxis Dr. Hartmann", "Rezeption", "Server", has_agreement=False,
                        phone="+496990009451", email="praxis@dr-hartmann.example")  # fmt: skip


@pytest.fixture
def page(qtbot, desk, practices):  # noqa: F811
    """The page in front, empty, its customers in memory."""
    background, bus = Background(), ChangeBus()
    window = QWidget()
    qtbot.addWidget(window)
    controller = SearchController(Surroundings(desk, background, bus), window)
    made = SearchPage(qtbot, desk, controller, window, bus, background)
    controller.session_started.connect(made.started.append)
    controller.session_moved.connect(made.moved.append)
    controller.cancelled.connect(lambda: made.cancelled.append(True))
    QVBoxLayout(window).addWidget(controller.panel)
    window.layout().setContentsMargins(0, 0, 0, 0)
    window.resize(1104, 720)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    Keyboard(window, {}).follow(controller)
    controller.begin_new()
    controller.activate()
    made.settle()
    yield made
    made.settle()
    background.close()


@pytest.fixture
def machine(desk):  # noqa: F811
    """Find a machine's row by its practice's row and its name."""

    def find(customer_id, name):
        with desk.database.read() as connection:
            return next(
                one.id for one in customers.workstations_of(connection, customer_id) if one.name == name
            )

    return find


@pytest.fixture
def form(page):
    """The form, opened with Ctrl+U."""

    def open_with(words=""):
        page.panel.field.setText(words)
        page.ctrl(Qt.Key.Key_U)
        assert page.panel.mode() is Mode.FORM
        page.settle()
        return page.panel.form

    return open_with
