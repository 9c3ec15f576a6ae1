"""What papers say of least and free time: once for each length, however many sessions it was billed to."""

from __future__ import annotations

from laverma_desk.services.billing_words import allowances

FREE = "Kostenlos am Anfang jeder Fernwartung: 2 Minuten."
LEAST, LONGER = "Mindestdauer je Fernwartung: 15 Minuten.", "Mindestdauer je Fernwartung: 30 Minuten."


def test_each_length_is_said_once():
    assert allowances([(900, 120), (900, 0), (1800, 120)], "de") == (FREE, LEAST, LONGER)
    assert allowances([(0, 0)], "de") == ()
