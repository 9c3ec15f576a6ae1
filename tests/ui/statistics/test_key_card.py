from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip

from laverma_desk.text.key_figures import KeyFigure
from laverma_desk.ui.statistics.key_card import KeyCard
from laverma_desk.ui.widgets.label import Label

NARROWEST = 212
"""A card in a window 1120 px wide."""


@pytest.mark.parametrize("remark", ["99.999 Sitzungen in 12 Monaten", "12.463 Min zu 2,25 € bis 2,50 €"])
def test_the_remark_of_a_busy_year_is_not_cut_in_the_narrowest_window(qtbot, remark):
    card = KeyCard()
    qtbot.addWidget(card)
    card.resize(NARROWEST, card.height())
    card.show_figure(KeyFigure("Minuten gesamt", "1.234.567", remark))
    card.show()
    for label in card.findChildren(Label):
        asked = QHelpEvent(QHelpEvent.Type.ToolTip, QPoint(2, 2), label.mapToGlobal(QPoint(2, 2)))
        QApplication.sendEvent(label, asked)
        assert QToolTip.text() == ""
