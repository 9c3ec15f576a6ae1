"""What drawing does not do again: read a code, a width, a glyph or a locale that it has had before."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from laverma_desk.documents import giro_code
from laverma_desk.documents.fonts import Face, advances
from laverma_desk.documents.glyphs import face_of
from laverma_desk.documents.invoice_pdf import render_invoice
from laverma_desk.documents.report_pdf import render_report
from laverma_desk.documents.typesetting import BODY, prepared, runs, width
from laverma_desk.einvoice.writing import write_xml
from tests.support.counted_calls import calls_of
from tests.support.invoice_makers import sample_invoice

_ROOT = Path(__file__).parents[2]

_AFTER_WARMING = """
import sys
from laverma_desk import i18n
i18n.use("de")
from tests.bench.sample_papers import sample_report
from laverma_desk.services.mails.reporting import warm_up
warm_up()
before = set(sys.modules)
from laverma_desk.documents.report_pdf import render_report
from laverma_desk.documents.fonts import advances
read = advances.cache_info().misses
import pypdfium2
pypdfium2.PdfDocument(render_report(sample_report()))[0].render(scale=1)
print(sorted(set(sys.modules) - before), advances.cache_info().misses - read)
"""


def test_no_glyph_is_taken_apart_to_be_embedded(report):
    render_report(report)
    counted = calls_of(lambda: render_report(report))
    assert counted["ttFont.TTFont.save"] == 2
    assert counted["_g_l_y_f.Glyph.compile"] > 50
    assert counted["_g_l_y_f.Glyph.compileCoordinates"] == 0
    assert counted["otTables.BaseTable.decompile"] == 0


def test_the_code_of_an_invoice_is_worked_out_once():
    giro_code.matrix.cache_clear()
    render_invoice(sample_invoice())
    assert (giro_code.matrix.cache_info().misses, giro_code.matrix.cache_info().hits) == (1, 1)


def test_a_line_of_an_invoice_builds_no_model_of_its_xml():
    few, more = sample_invoice(5), sample_invoice(25)
    write_xml(few)
    of_few, of_more = calls_of(lambda: write_xml(few)), calls_of(lambda: write_xml(more))
    assert of_few["elements.Element.__init__"] == of_more["elements.Element.__init__"] > 0


def test_a_locale_is_not_parsed_again_for_each_figure():
    invoice = sample_invoice(25)
    render_invoice(invoice)
    assert calls_of(lambda: render_invoice(invoice))["core.Locale._try_load"] == 0


def test_after_the_idle_work_the_first_report_loads_nothing():
    done = subprocess.run(
        [sys.executable, "-c", _AFTER_WARMING],
        cwd=_ROOT,
        env=os.environ,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines()[-1] == "[] 0"


@given(st.text(st.characters()))
def test_words_are_as_wide_as_their_letters(text):
    words = prepared(text).replace("\n", " ")
    units = sum(advances(face_of(one, Face.REGULAR))[one] for one in words)
    assert abs(width(words, BODY) - units * BODY.px / 1000) < 1e-6
    pieces = runs(words, words, BODY)
    assert sorted("".join(piece for _face, piece in pieces)) == sorted(words) or not words.isascii()
    assert all(face_of(one, BODY.face) is face for face, piece in pieces for one in piece)
