"""The first call on a desk that knows nobody yet."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from laverma_desk.ui.search.panel import Mode
from tests.support.desks import add_customer


@pytest.fixture
def practices():
    """Nobody: the page begins without customers."""


def test_a_desk_without_customers_says_so_and_offers_the_first(page):
    assert page.panel.nothing_sentence() == "Noch kein Kunde."
    page.panel._nothing_link.click()
    assert page.panel.mode() is Mode.FORM
    page.press(Qt.Key.Key_Escape)
    assert page.panel.nothing_sentence() == "Noch kein Kunde."


def test_the_sentence_goes_with_the_first_customer(page, desk):
    add_customer(desk, "10018", "Praxis Dr. Weiß", "Rezeption 1")
    page.reload()
    assert page.panel.nothing_sentence() == ""
