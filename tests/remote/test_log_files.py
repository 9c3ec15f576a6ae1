"""A log is read while its tool writes into it, and from wherever it lies."""

from __future__ import annotations

import pytest

from laverma_desk import i18n, text
from laverma_desk.domain.connection import LineProblem
from laverma_desk.domain.errors import OutsideTrouble, Rule, RuleBroken, Trouble
from laverma_desk.explain import explain
from laverma_desk.remote.logs import read_file, read_log
from laverma_desk.remote.logs.decoding import LARGEST
from tests.remote.log_samples import outgoing, outgoing_line


def test_a_file_that_grows_gives_its_lines_one_by_one(tmp_path):
    file = tmp_path / "Connections.txt"
    with file.open("a", encoding="utf-8", newline="") as writer:
        writer.write(outgoing(2) + outgoing_line()[:70])
        writer.flush()
        first = read_log(read_file(file))
        writer.write(outgoing_line()[70:] + "\n")
        writer.flush()
        second = read_log(read_file(file))
    assert [one.problem for one in first.unreadable] == [LineProblem.INCOMPLETE]
    assert (len(first.connections), len(second.connections), second.unreadable) == (2, 3, ())
    assert second.connections[:2] == first.connections


def test_a_file_that_is_none_is_said(tmp_path):
    for wrong in (tmp_path, tmp_path / "gone.txt"):
        with pytest.raises(OutsideTrouble) as caught:
            read_file(wrong)
        assert caught.value.code is Trouble.FILE_UNREADABLE


def test_what_is_too_large_to_be_a_log_is_not_read(tmp_path):
    file = tmp_path / "film.mkv"
    with file.open("wb") as writer:
        writer.truncate(LARGEST + 1)
    with pytest.raises(RuleBroken) as refused:
        read_file(file)
    assert refused.value.code is Rule.LOG_UNKNOWN


def test_a_line_shown_to_people_steers_no_terminal():
    read = read_log((outgoing(1) + "\x1b[2J\x07 broken\x9b\n").encode())
    for control in ("\x1b", "\x07", "\x9b"):
        assert control not in read.unreadable[0].raw


@pytest.mark.parametrize("language", ["de", "en"])
def test_each_refusal_and_problem_has_its_sentence(language):
    before = i18n.current()
    i18n.use(language)
    try:
        words = {text.line_problem(one) for one in LineProblem}
        assert len(words) == len(LineProblem)
        for reason in ("teamviewer-log", "anydesk-log", "rustdesk-log"):
            said = explain(RuleBroken(Rule.LOG_CARRIES_NOTHING, reason=reason))
            assert said.endswith(".")
            assert "%%" not in said
        assert "%APPDATA%" in explain(RuleBroken(Rule.LOG_CARRIES_NOTHING, reason="teamviewer-log"))
        assert "begin" in explain(RuleBroken(Rule.LOG_COLUMN_OPEN, missing="begin", found="A, B"))
    finally:
        i18n.use(before)
