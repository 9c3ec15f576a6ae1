"""Several sessions change hands at once: each is said long enough to be read."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from laverma_desk.ui.together.passing_notice import READ_MS, SHOWN_MS, PassingNotice
from laverma_desk.ui.widgets.notice_bar import NoticeBar


@pytest.fixture
def notice(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    layout.addWidget(NoticeBar(window))
    made = PassingNotice(layout.itemAt(0).widget(), window)
    window.show()
    yield made
    made.stop()


def test_what_is_said_stays_until_it_can_have_been_read(notice):
    for number, name in enumerate("ABC"):
        notice.say(name, "Zur Sitzung", number)
    for name in "ABC":
        assert notice._bar.sentence() == name
        assert notice._timer.interval() == READ_MS
        notice._timer.timeout.emit()
    assert notice._bar.sentence() == "C"  # Nothing waits: it stays as long as ever.
    assert notice._timer.interval() > READ_MS
    notice._timer.timeout.emit()
    assert notice._bar.isHidden()


def test_what_was_read_gives_way_soon(notice):
    notice.say("A")
    notice._timer.timeout.emit()
    assert notice._timer.interval() == SHOWN_MS - READ_MS
    notice.say("B")
    assert notice._timer.interval() <= 1000
    notice._timer.timeout.emit()
    assert notice._bar.sentence() == "B"
