"""What gives way where room is short: a shortcut before a placeholder, the middle before the end."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from laverma_desk.ui import fonts
from laverma_desk.ui.customers.fact_rows import Fact, FactRows
from laverma_desk.ui.customers.privacy.erasure_card import ErasureCard
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.text_field import TextField

SEARCH = "Im Volltext suchen"


def _field(qtbot, width):
    field = TextField(height=32, icon="search", placeholder=SEARCH, trailing="Strg+F")
    qtbot.addWidget(field)
    field.resize(width, 32)
    field.show()
    return field


def _room(field):
    margins = field.textMargins()
    return field.width() - margins.left() - margins.right()


def test_a_placeholder_is_never_cut_by_the_shortcut_behind_it(qtbot):
    wanted = fonts.width(SEARCH, 13)
    assert _room(_field(qtbot, 168)) >= wanted
    wide = _field(qtbot, 280)
    assert _room(wide) >= wanted
    assert wide.textMargins().right() > _field(qtbot, 168).textMargins().right()


def test_what_stands_behind_typed_text_is_seen_again(qtbot):
    field = _field(qtbot, 168)
    empty = field.textMargins().right()
    field.setText("rez")
    assert field.textMargins().right() > empty
    field.clear()
    assert field.textMargins().right() == empty


def _painted(words, cut):
    image = QImage(160, 24, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    paint.text(painter, QRectF(0, 0, 160, 24), words, px=13, colour=QColor("black"), cut=cut)
    painter.end()
    return image


def test_subjects_that_begin_alike_differ_at_their_ends(qtbot):
    first = "Bericht zur Fernwartung vom 28.02.2022, Server"
    second = "Bericht zur Fernwartung vom 28.02.2022, Empfang"
    assert _painted(first, "right") == _painted(second, "right")
    assert _painted(first, "middle") != _painted(second, "middle")


def test_a_long_value_of_a_card_goes_on_below(qtbot):
    rows = FactRows()
    qtbot.addWidget(rows)
    rows.set_narrow(True)
    rows.show_facts([Fact("Rechnung an", "abrechnung@zahnmedizin-am-markt.example"), Fact("Ort", "Köln")])
    assert rows.heightForWidth(240) == 72
    assert rows.heightForWidth(480) == 48


@pytest.mark.parametrize("words", ["x" * 80, "Röntgenbefundungsarbeitsplatz" * 3])
def test_a_word_wider_than_its_line_is_broken_and_not_cut(qtbot, words):
    label = Label(words, px=13, wrap=True)
    qtbot.addWidget(label)
    lines = label.heightForWidth(120) // 20
    assert lines >= fonts.width(words, 13) / 120


def test_a_line_behind_an_emoji_breaks_between_words(qtbot):
    words = "😀 Praxis für Zähne " + "Praxis für Zähne " * 4
    label = Label(words, px=13, wrap=True)
    qtbot.addWidget(label)
    lines = label._lines(222)
    assert len(lines) > 1
    assert " ".join(lines).split() == words.split(), "no word is torn"


def test_nothing_is_headed_while_nothing_can_be_erased(qtbot):
    card = ErasureCard()
    qtbot.addWidget(card)
    card.show()
    card.show_blocked("Für diesen Kunden läuft noch eine Sitzung. Zuerst beenden.")
    assert not card.going.isVisible()
    assert not card.kept.isVisible()
    card.tell("")
    card.show_preview("Das würde heute geschehen.", ["Name"], [], can_erase=True)
    assert card.going.isVisible()
    assert card.kept.isVisible()
