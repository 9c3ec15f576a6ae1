"""The agreement's widgets on a real desk, in a window that is active."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from laverma_desk.services.agreements.agreement_file import AgreementFile
from laverma_desk.services.agreements.template import keep_template_file
from laverma_desk.ui.customers.agreements.card import AgreementCard
from tests.support import desks, rooms

bohrer, clock, desk = desks.bohrer, desks.clock, desks.desk
opened_files, owner, surroundings = rooms.opened_files, rooms.owner, rooms.surroundings

PDF = b"%PDF-1.7\nVorlage\n%%EOF\n"


@pytest.fixture
def hartmann(desk) -> int:
    """A practice without an agreement."""
    return desks.add_customer(
        desk, "10044", "Praxis Dr. Hartmann", "Rezeption", has_agreement=False,
        email="praxis@dr-hartmann.example",
    )  # fmt: skip


@pytest.fixture
def template(desk):
    """An account to send by, and the house's template."""
    desks.set_mail_account(desk, 25)
    keep_template_file(desk, AgreementFile("AVV Vorlage.pdf", PDF))


@pytest.fixture
def settle(qtbot, surroundings):
    """Wait until nothing runs in the background."""

    def wait():
        qtbot.waitUntil(lambda: not surroundings.background.busy)

    return wait


@pytest.fixture
def card(qtbot, surroundings):
    """The card in a window, with what it told the page."""
    window = QWidget()
    qtbot.addWidget(window)
    made = AgreementCard(surroundings, window)
    made.setFixedWidth(376)
    QVBoxLayout(window).addWidget(made)
    made.holder = window  # else Python lets the window go, and the card with it
    made.settings, made.queued = [], []
    made.settings_wanted.connect(made.settings.append)
    made.template_queued.connect(made.queued.append)
    window.show()
    qtbot.waitActive(window)
    return made
