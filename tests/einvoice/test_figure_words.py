"""What a check compares has a name in words, and values are said as they are printed."""

from __future__ import annotations

from dataclasses import fields

import pytest

from laverma_desk import i18n
from laverma_desk.einvoice.figures import FigureGroup, FigureLine, Figures
from laverma_desk.explain.figures import difference, figure_name
from laverma_desk.services.invoicing import verifying


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_figure_has_a_name(language):
    i18n.use(language)
    names = {one.name for kind in (Figures, FigureLine, FigureGroup) for one in fields(kind)}
    names |= {*verifying._KEPT_AS_SAID, "customer_name", "customer_id", "issued_at", "sums"}
    for name in names:
        said = figure_name(name)
        assert said
        assert "_" not in said
    i18n.use("de")


@pytest.mark.parametrize(
    ("place", "found", "expected", "sentence"),
    [
        ("due_on", "", "2022-03-15", "Fälligkeit: nichts statt 15.03.2022."),
        ("gross_cents", "17673", "17672", "Rechnungsbetrag: 176,73 € statt 176,72 €."),
        ("lines", "4", "5", "Anzahl der Positionen: 4 statt 5."),
        ("lines[2].quantity", "7", "8", "Menge in Position 2: 7 statt 8."),
        ("groups[1].rate", "16.00", "19", "USt-Satz in Steuergruppe 1: 16 % statt 19 %."),
        ("sum of due_cents", "1", "2", "Zahlbetrag, nachgerechnet: 0,01 € statt 0,02 €."),
        (
            "sum of lines[1].net_cents",
            "1",
            "2",
            "Nettobetrag in Position 1, nachgerechnet: 0,01 € statt 0,02 €.",
        ),
        (
            "sum of groups.S.19",
            "0",
            "100",
            "Nettobetrag zu 19 % Umsatzsteuer, nachgerechnet: 0,00 € statt 1,00 €.",
        ),
    ],
)
def test_a_difference_is_said_in_words(place, found, expected, sentence):
    said = difference(place, found, expected).replace("\u00a0", " ")
    assert said == f"Die XML sagt bei {sentence}"
