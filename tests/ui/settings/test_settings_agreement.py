"""The page of the house's form of agreement: a PDF is stored at once, words are saved with the others."""

from __future__ import annotations

from laverma_desk.services.agreements.template import default_wording, read_template
from tests.support.rooms import opened_files  # noqa: F401 (a fixture)

PDF = b"%PDF-1.7\nVorlage\n%%EOF\n"


def _take(hand, path):
    hand.controller.section("agreement").take_file(path)
    hand.settle()


def test_a_pdf_becomes_the_template_at_once_and_another_replaces_it(hand, tmp_path):
    hand.open("agreement")
    row = hand.form.template
    assert row.file_name() == ""
    assert row.choose.label() == "PDF wählen"
    for name in ("AVV 2021.pdf", "AVV 2022.pdf"):
        (tmp_path / name).write_bytes(PDF + name.encode())
        _take(hand, tmp_path / name)
        assert read_template(hand.desk).file.name == name
        assert row.file_name() == name
    assert row.choose.label() == "PDF ersetzen"


def test_what_is_no_pdf_is_refused_and_the_template_stays(hand, tmp_path):
    hand.open("agreement")
    (tmp_path / "AVV.pdf").write_bytes(PDF)
    _take(hand, tmp_path / "AVV.pdf")
    (tmp_path / "AVV.docx").write_bytes(b"PK")
    _take(hand, tmp_path / "AVV.docx")
    assert "kein PDF" in hand.form.template.error()
    assert read_template(hand.desk).file.name == "AVV.pdf"
    _take(hand, tmp_path / "fehlt.pdf")
    assert "nicht lesen" in hand.form.template.error()


def test_the_words_of_the_mail_are_saved_with_the_others(hand):
    hand.open("agreement")
    assert (hand.form.text("subject"), hand.form.text("body")) == default_wording()
    hand.type("subject", "AVV {customer}").type("body", "{salutation},\nbitte unterschreiben.").save()
    kept = read_template(hand.desk)
    assert (kept.subject, kept.body) == ("AVV {customer}", "{salutation},\nbitte unterschreiben.")


def test_a_placeholder_that_nobody_fills_in_is_refused(hand):
    hand.open("agreement").type("body", "Hallo {vorname}").save()
    assert "{vorname}" in hand.form.error("body")
    assert read_template(hand.desk).body == default_wording()[1]


def test_the_template_opens_as_it_was_stored(hand, tmp_path, opened_files):  # noqa: F811
    hand.open("agreement")
    hand.form.template.open_requested.emit()
    assert "keine AVV-Vorlage" in hand.form.template.error()
    (tmp_path / "AVV.pdf").write_bytes(PDF)
    _take(hand, tmp_path / "AVV.pdf")
    hand.form.template.open_requested.emit()
    assert [(one.name, one.read_bytes()) for one in opened_files] == [("AVV.pdf", PDF)]
    assert hand.form.template.error() == ""
