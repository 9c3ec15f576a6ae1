"""What tests of the report page do and look at."""

from __future__ import annotations

from datetime import timedelta
from email import message_from_bytes, policy

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtTest import QTest

from laverma_desk.domain.support_session import GapKind
from laverma_desk.storage import gaps, stored_documents
from laverma_desk.storage import outbox as stored

CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


class Heard(QObject):
    """Writes down what the page emits."""

    def __init__(self, page):
        super().__init__(page)
        self.names = []
        page.report_queued.connect(self._on_queued)
        page.session_resumed.connect(self._on_resumed)
        page.postponed.connect(self._on_postponed)
        page.finished.connect(self._on_finished)
        page.settings_wanted.connect(self._on_settings)

    @Slot(object)
    def _on_queued(self, queued):
        self.names.append(("queued", queued))

    @Slot(int)
    def _on_resumed(self, number):
        self.names.append(("resumed", number))

    @Slot(int)
    def _on_postponed(self, number):
        self.names.append(("postponed", number))

    @Slot(int)
    def _on_finished(self, number):
        self.names.append(("finished", number))

    @Slot(str)
    def _on_settings(self, key):
        self.names.append(("settings", key))


def press(page, key, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(page.shell.focusWidget() or page.shell, key, modifier)


def retype(field, words):
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, words)


def mail_of(desk, number):
    with desk.database.read() as connection:
        content_id, _attachment = stored.documents_of(connection, number)
        content = stored_documents.read(connection, content_id).content
    return message_from_bytes(content, policy=policy.default)


def add_gap(desk, clock, number, *, ago=8, minutes=5):
    begin = clock.now() - timedelta(minutes=ago)
    with desk.database.write() as connection:
        gaps.add_gap(connection, number, GapKind.SLEEP, begin, begin + timedelta(minutes=minutes))
