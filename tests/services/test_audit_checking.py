"""The check of the books: what it finds, what it keeps, and how it is told."""

from __future__ import annotations

import pytest

from laverma_desk.paths import DataDir
from laverma_desk.services.desk import open_desk_to_read
from laverma_desk.services.invoicing.findings import FindingKind
from laverma_desk.services.jobs import JobCancelled
from laverma_desk.services.tax_audit import check_words, checking
from laverma_desk.services.tax_audit.check_report import report_text, write_report
from laverma_desk.services.tax_audit.checking import CheckFinding, CheckResult, check_books, last_check
from laverma_desk.storage import house as stored
from laverma_desk.storage import search_index
from tests.documents.pdf_reading import reader
from tests.support.audited_desks import open_audited
from tests.support.desks import memory_secrets
from tests.support.opened_books import flip_a_byte, make_sound, rewritten
from tests.support.raw_words import say


@pytest.fixture
def story(tmp_path):
    story = open_audited(tmp_path)
    make_sound(story.desk)
    yield story
    story.desk.close()


def test_a_sound_desk_is_said_to_be_sound_and_that_is_kept(story):
    assert last_check(story.desk) is None
    told = []
    result = check_books(story.desk, lambda *step: told.append(step))
    assert result == CheckResult(story.clock.now(), "Klaus Klassen", 6, 1, 7)
    assert result.sound
    assert last_check(story.desk) == result
    assert check_words.verdict(result) == (
        "Alles in Ordnung: Jedes gestellte Dokument ist so, wie es gestellt wurde."
    )
    assert check_words.checked(result) == (
        "Geprüft am 01.02.2023 12:00 Uhr von Klaus Klassen: 6\u00a0Rechnungen und Stornorechnungen, "
        "1\u00a0Mahnung, 7\u00a0gespeicherte Dateien."
    )
    assert told[-1] == (13, 13)
    assert told == sorted(told)


def test_a_flipped_byte_of_each_file_is_found_and_told_once(story):
    with story.desk.database.read() as connection:
        names = list(connection.exec_driver_sql("SELECT name FROM document ORDER BY id").scalars())
    for name in names:
        before = flip_a_byte(story.desk, name)
        found = [one for one in check_books(story.desk).findings if one.kind == FindingKind.PDF]
        assert [one.number for one in found] == [name.removesuffix(".pdf")]
        assert not [one for one in check_books(story.desk).findings if one.kind == checking.STORED_DOCUMENT]
        rewritten(story.desk, name, before)
    assert check_books(story.desk).sound


def test_a_file_that_no_invoice_has_is_named_by_itself(story):
    with story.desk.database.write() as connection:
        say(
            connection,
            "INSERT INTO document (kind, name, mime_type, content, sha256, created_at) "
            "VALUES ('agreement', 'AVV Bohrer.pdf', 'application/pdf', ?, 'nicht', '2022-01-01 00:00:00')",
            (b"\0",),
        )
    (found,) = check_books(story.desk).findings
    assert (found.kind, found.detail) == (checking.STORED_DOCUMENT, "AVV Bohrer.pdf")
    assert "AVV Bohrer.pdf" in check_words.sentence(found)


def test_what_is_only_to_be_explained_comes_behind_damage(story):
    with story.desk.database.write() as connection:
        connection.exec_driver_sql("UPDATE number_range SET last = last + 1 WHERE kind = 'cancellation'")
    result = check_books(story.desk)
    assert [one.kind for one in result.findings] == [FindingKind.GAP]
    assert result.sound
    assert check_words.verdict(result) == "Nichts ist beschädigt, aber etwas ist zu erklären."
    flip_a_byte(story.desk, "RE-2021-0001.pdf")
    result = check_books(story.desk)
    assert result.findings[-1].kind == FindingKind.GAP
    assert (result.count, result.damaged) == (len(result.findings), len(result.findings) - 1)
    assert check_words.verdict(result).endswith(("Befund.", "Befunde."))
    assert last_check(story.desk) == result


def test_a_session_that_was_not_possible_and_counts_is_named(story):
    with story.desk.database.write() as connection:
        connection.exec_driver_sql("UPDATE session SET seconds = 60 WHERE not_possible <> ''")
    (found,) = check_books(story.desk).findings
    assert found == CheckFinding(checking.ATTEMPT, "S-2022-0008")
    assert check_words.remedy(found) == ""


def test_called_off_the_last_result_stays(story):
    before = check_books(story.desk)
    for step in (0, 3, 9):
        asked = []

        def stop(step=step, asked=asked):
            asked.append(1)
            return len(asked) > step

        with pytest.raises(JobCancelled):
            check_books(story.desk, cancelled=stop)
    assert last_check(story.desk) == before


@pytest.mark.files("a server looks after its index by itself")
def test_the_index_of_the_search_is_left_alone(story):
    with story.desk.database.write() as connection:
        connection.exec_driver_sql("INSERT INTO session_words (session_words) VALUES ('delete-all')")
    check_books(story.desk)
    with story.desk.database.write() as connection:
        assert not search_index.index_is_sound(connection)


def test_the_lines_of_the_search_are_left_alone(story):
    with story.desk.database.write() as connection:
        connection.exec_driver_sql("DELETE FROM session_text WHERE session_id = 1")
    check_books(story.desk)
    with story.desk.database.read() as connection:
        assert len(search_index.search_problems(connection)) == 1


@pytest.mark.files("a folder that can only be read")
def test_a_result_that_cannot_be_written_down_is_told_all_the_same(story, tmp_path):
    story.desk.close()
    desk = open_desk_to_read(DataDir(tmp_path), story.clock, memory_secrets())
    result = check_books(desk)
    assert (result.sound, result.kept) == (True, False)
    assert last_check(desk) is None
    desk.close()


def test_only_so_many_findings_are_kept_and_the_rest_is_counted(story, monkeypatch):
    monkeypatch.setattr(checking, "KEPT_FINDINGS", 2)
    for name in ("RE-2021-0001.pdf", "RE-2022-0001.pdf", "RE-2022-0002.pdf"):
        flip_a_byte(story.desk, name)
    result = check_books(story.desk)
    assert len(result.findings) == 2
    assert result.damaged >= 3
    assert f"Und {result.count - 2} weitere" in report_text(story.desk, result)


def test_a_result_of_another_program_is_none(story):
    check_books(story.desk)
    with story.desk.database.read() as connection:
        kept = stored.read_section(connection, "audit")
    for other in ({"at": "gestern"}, {"findings": [["of_tomorrow", "RE-1", ""]]}, {"findings": 7}):
        with story.desk.database.write() as connection:
            stored.write_section(connection, "audit", kept | other)
        assert last_check(story.desk) is None
    with story.desk.database.write() as connection:
        stored.write_section(connection, "audit", kept)
    assert last_check(story.desk) is not None


def test_the_report_is_a_text_or_a_paper(story, tmp_path):
    flip_a_byte(story.desk, "RE-2021-0001.pdf")
    result = check_books(story.desk)
    text, paper = tmp_path / "pruefung.txt", tmp_path / "pruefung.PDF"
    write_report(story.desk, result, text)
    write_report(story.desk, result, paper)
    said = text.read_text(encoding="utf-8")
    assert said == report_text(story.desk, result)
    assert said.startswith("Prüfung der Belegkette\nLaverma\n\n")
    assert "RE-2021-0001: Das PDF ist nicht mehr das gespeicherte.\nIn einer früheren Sicherung" in said
    (page,) = reader(paper.read_bytes()).pages
    printed = " ".join(page.extract_text().split())
    assert "Prüfung der Belegkette" in printed
    assert "RE-2021-0001: Das PDF ist nicht mehr das gespeicherte." in printed
