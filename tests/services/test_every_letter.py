"""No letter is called wrong for how its paper is laid out: what is printed is found again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from laverma_desk.documents.reminder_pdf import render_reminder
from laverma_desk.documents.reminder_reading import printed_letter
from laverma_desk.services.invoicing.verifying_letters import _phrases, _stands
from tests.support.reminder_makers import many_lines, sample_reminder

ODD = (
    "Straße „Anführung“ – Strich Donaudampfschifffahrtsgesellschaftskapitänsmützenfabrikantenverband/und-"
    "noch-viel-länger-und-viel-zu-lang-für-eine-Zeile-auf-dem-Papier\tTab  zwei Leerzeichen fi fl ffi "
    "Łódź 100 % 5\u00a0€ weich\u00adgetrennt مرحبا 漢字 :-) "
)
TEXTS = sample_reminder().texts
LETTERS = {
    "12 lines with interest": sample_reminder(lines=many_lines(12, interest=True)),
    "120 lines": sample_reminder(lines=many_lines(120)),
    "English": sample_reminder(language="en"),
    "odd letters": replace(
        sample_reminder(), texts=replace(TEXTS, opening=ODD, closing=ODD * 2, title=ODD[:60])
    ),
    "paragraphs beyond a page": replace(
        sample_reminder(), texts=replace(TEXTS, opening="Ein Absatz, der sich hinzieht. " * 150)
    ),
    "a long name": replace(
        sample_reminder(),
        buyer=replace(sample_reminder().buyer, name="Praxis für Zahnheilkunde " * 8, city="Ort " * 30),
    ),
    "no account": replace(
        sample_reminder(), company=replace(sample_reminder().company, iban=""), supporter_name=""
    ),
}


@pytest.mark.parametrize("name", LETTERS)
def test_no_letter_is_called_wrong_for_how_its_paper_is_laid_out(name):
    letter = LETTERS[name]
    pages = printed_letter(render_reminder(letter)).pages
    phrases = list(_phrases(letter))
    assert [one for one in phrases if not _stands(one, "".join(pages), len(pages))] == []
    assert len(phrases) > 6
