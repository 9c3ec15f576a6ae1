"""Short names and signs as invoices print them, and every word of theirs in German."""

from __future__ import annotations

import ast
from decimal import Decimal
from pathlib import Path

import pytest

import laverma_desk.documents
from laverma_desk import i18n, text

_SAME = {"BIC %(number)s", "IBAN %(number)s", "Min", "Pos.", "Supporter", "km"}
_ROOMS = ("din_*.py", "invoice_*.py", "statement_pdf.py")


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Klaus Klassen", "K. Klassen"),
        ("Anna Maria von Berg", "A. Berg"),
        ("  Klaus   Klassen ", "K. Klassen"),
        ("Laverma", "Laverma"),
        ("", ""),
    ],
)
def test_short_names(name, short):
    assert text.short_name(name) == short


def test_real_minus_signs():
    assert text.signed_money(-123456, "de") == "−1.234,56\u00a0€"
    assert text.signed_money(4050, "de") == "40,50\u00a0€"
    assert text.signed_number(Decimal("-1.5"), "de") == "−1,5"
    assert text.signed_number(18, "en") == "18"


def _messages() -> set[str]:
    folder = Path(laverma_desk.documents.__file__).parent
    files = {file for pattern in _ROOMS for file in folder.glob(pattern)}
    assert len(files) > 8
    return {
        argument.value
        for file in files
        for call in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in {"gettext_in", "ngettext_in"}
        for argument in call.args[1:2]
        if isinstance(argument, ast.Constant)
    }


def test_every_word_is_german_on_a_german_invoice():
    catalogue = i18n.catalogue("de")
    untranslated = {
        one
        for one in _messages()
        if catalogue.gettext(one) == one and catalogue.ngettext(one, one, 1) == one and one not in _SAME
    }
    assert untranslated == set()
