"""Where things stand on the pages, before they are painted."""

from __future__ import annotations

from dataclasses import replace

import pytest

from laverma_desk.documents.letter import BOTTOM
from laverma_desk.documents.paper import RIGHT, Bar, Dot, Frame, Words
from laverma_desk.documents.report_pdf import lay_out
from laverma_desk.documents.typesetting import width


def _words(page):
    return [mark for mark in page if isinstance(mark, Words)]


def _baselines(page):
    return {mark.text: mark.baseline for mark in _words(page)}


def test_first_page_stands_as_designed(report):
    (page,) = lay_out(report)
    found = _baselines(page)
    designed = {
        "Laverma": 90,
        "IT für Zahnarztpraxen": 112,
        "Musterstraße 1": 77,
        "Bericht zur Fernwartung": 204,
        "ZAP Dr. Bohrer, Dienstag, 1. März 2022": 233,
        "Partner": 293,
        "Verbindung": 485,
        "Notizen": 554,
        "Neustart des PC": 610,
        "Abrechnung": 698,
        "13 Minuten × 2,25\u00a0€": 742,
        "Gesamtbetrag": 803,
        "Seite 1 von 1": 1072,
    }
    for said, baseline in designed.items():
        assert found[said] == pytest.approx(baseline, abs=1), said
    (box,) = (mark for mark in page if isinstance(mark, Frame))
    assert (box.y, box.height) == (712, 111)
    rules = [mark.y for mark in page if isinstance(mark, Bar)]
    assert rules == [136, *range(303, 500, 32), 781, 1048]
    assert [mark.y for mark in page if isinstance(mark, Dot)] == [580, 604, 628]


def test_amounts_end_at_one_edge(report):
    (page,) = lay_out(report)
    ends = {
        round(m.x + width(m.text, m.style), 6) for m in _words(page) if m.text.endswith("€") and m.x > 500
    }
    assert ends == {RIGHT - 17}


@pytest.mark.parametrize("lines", range(1, 60))
def test_box_stays_whole_and_no_heading_stands_alone(report, lines):
    pages = lay_out(replace(report, notes="\n".join(f"Zeile {number}" for number in range(lines))))
    billing = [page for page in pages if "Abrechnung" in _baselines(page)]
    assert len(billing) == 1
    found = _baselines(billing[0])
    assert found["Abrechnung"] < found["Gesamtbetrag"] < found[_last_sentence(billing[0])] < BOTTOM
    assert "Zeile 0" in next(_baselines(page) for page in pages if "Notizen" in _baselines(page))
    body = [max(mark.baseline for mark in _words(page) if mark.baseline < 1060) for page in pages]
    assert max(body) < BOTTOM


def _last_sentence(page):
    return next(mark.text for mark in _words(page) if mark.text.startswith("Grundlage"))


def test_nothing_leaves_the_paper_however_long(report):
    endless = "Praxis für Zahnheilkunde " * 200
    company = replace(
        report.company, name=endless, slogan="x" * 3000, street="y" * 3000, phone="0" * 400, register=endless
    )
    pages = lay_out(
        replace(report, company=company, number="N" * 300, customer_name=endless, requested_by="R" * 9000)
    )
    for page in pages:
        for mark in _words(page):
            assert mark.x >= 79.9
            assert mark.x + width(mark.text, mark.style) <= RIGHT + 0.1
            assert mark.baseline < 1115


def test_long_row_grows_and_keeps_its_line_below(report):
    (page,) = lay_out(replace(report, workstation_name="PC " + "sehr lang " * 16))
    partner = [mark.baseline for mark in _words(page) if "lang" in mark.text]
    rules = [mark.y for mark in page if isinstance(mark, Bar)]
    assert len(partner) == 3
    assert rules[1] == 303 + 2 * 20
    assert max(partner) < rules[1] < _baselines(page)["Anfang"]
