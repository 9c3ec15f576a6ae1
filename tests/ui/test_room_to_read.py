"""What is read stays whole where room is short, and nothing hidden leaves a gap."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QPoint

from laverma_desk import text
from laverma_desk.ui import fonts
from laverma_desk.ui.customers.agreements.card_view import CardView
from laverma_desk.ui.customers.privacy.panel import PrivacyPanel
from laverma_desk.ui.invoices.dunning.letter_panel import LetterPanel
from laverma_desk.ui.invoices.paper_head import Headline, PaperHead
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.label import Label


@pytest.fixture
def show(qtbot):
    def shown(widget, wide, high):
        qtbot.addWidget(widget)
        widget.resize(wide, high)
        widget.show()
        return widget

    return shown


def top(widget, within):
    return widget.mapTo(within, QPoint(0, 0)).y()


def test_the_locked_customers_alone_stand_right_below_the_title(show):
    panel = show(PrivacyPanel(), 900, 600)
    panel.show_title("Datenschutz", "")
    for card in (panel.access, panel.erasure):
        card.hide()
    panel.locked.show_customers([], due=0)
    panel.widget().layout().activate()
    assert top(panel.locked, panel) - top(panel.title, panel) == panel.title.height() + 16
    assert panel.locked.height() == panel.locked.sizeHint().height() <= 17 + 24 + 4 + 20 + 17


@pytest.mark.parametrize(
    ("wide", "title"), [(420, "Auftragsverarbeitung (AVV)"), (290, "Auftragsverarbeitung")]
)
def test_the_card_of_the_agreement_loses_its_abbreviation_before_its_name(show, wide, title):
    card = show(CardView(), wide, 500)
    card.renew.set_label("Erneuern")
    heads = [one for one in card.findChildren(Label) if one.text().startswith("Auftragsverarbeitung")]
    assert [one.text() for one in heads] == [title]
    assert fonts.width(title, 14, 600) <= heads[0].width()


def test_half_of_the_smallest_window_is_left_to_the_letter(show):
    form = show(LetterPanel(), 544, 672)
    form.sums.show_lines([("Offen", "1,00 €")])
    form.layout().activate()
    assert form.preview.view.height() > 672 / 2
    assert form.preview.tools.isVisible()


@pytest.mark.parametrize(("wide", "pages"), [(700, True), (544, False)])
def test_the_number_of_the_page_gives_way_to_the_sentence_above_a_paper(show, wide, pages):
    head = show(PaperHead(), wide, 40)
    sentence = "Gestellte Rechnungen sind unveränderbar."
    head.show_headline(Headline("Gestellt", "muted", "RE-2026-0004", sentence, "Stornieren"))
    head.show_pages("Seite 1 von 1")
    head.layout().activate()
    assert head.pages.isVisible() == pages
    assert fonts.width(sentence, 13) <= head.sentence.width() + 1


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_weekday_fits_before_its_date_in_the_history(language):
    days = [text.weekday_date(date(2026, 11, day), language) for day in range(16, 23)]
    assert max(fonts.width(one, 13, 600) for one in days) <= 140


def test_the_shape_of_a_popup_follows_a_circle_and_is_alike_at_each_corner():
    shape = paint.rounded(100, 60, 10)
    for x, y in ((0, 9), (9, 0), (3, 3), (50, 30)):
        for there in ((x, y), (99 - x, y), (x, 59 - y), (99 - x, 59 - y)):
            assert shape.contains(QPoint(*there)), there
    assert not any(shape.contains(QPoint(*one)) for one in ((0, 0), (2, 1), (99, 59), (97, 58)))
