from __future__ import annotations

import gc
from datetime import date

from laverma_desk.ui.history.wish import Wish
from laverma_desk.ui.statistics.figures_read import load
from laverma_desk.ui.statistics.reading import CardKey

TODAY = date(2022, 3, 31)
WISH = Wish((date(2021, 4, 1), TODAY))


def test_nobody_looks_for_rubbish_while_figures_are_read(picture, desk):
    looked = []

    def go_on():
        looked.append(gc.isenabled())
        return False

    assert load(desk, WISH, TODAY, go_on) is not None
    assert looked
    assert not any(looked)
    assert gc.isenabled()


def test_it_is_looked_for_again_after_reading_was_called_off(picture, desk):
    assert load(desk, WISH, TODAY, lambda: True) is None
    assert gc.isenabled()


def test_a_row_leads_to_the_sessions_of_its_customer(picture, desk):
    cards = load(desk, WISH, TODAY, lambda: False).page.cards
    for key in (CardKey.CUSTOMERS, CardKey.WORKSTATIONS):
        card = cards[key]
        named = [way.customer for way in card.row_ways]
        heads = card.table.headings.index("Kunde")
        assert named == [row[heads] for row in card.table.rows]
        assert list(card.ways) == list(card.row_ways)[: len(card.ways)]
        assert all(way == Wish(WISH.period, way.customer_id, way.customer) for way in card.row_ways)
