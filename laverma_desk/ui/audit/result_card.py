"""What came of the last check: the verdict, when it was, and each finding with what to do."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui.audit.reading import CheckReading, FindingReading
from laverma_desk.ui.settings.prose import Prose
from laverma_desk.ui.widgets.button import Button
from laverma_desk.ui.widgets.card import Card, Divider
from laverma_desk.ui.widgets.mark import IconMark


class _Finding(QWidget):
    """A line above it, a mark, the sentence, and muted below it what to do."""

    def __init__(self, reading: FindingReading, parent: QWidget) -> None:
        super().__init__(parent)
        icon, tone = ("warning", "red") if reading.damage else ("info", "amber")
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(Prose(reading.sentence, self, px=13))
        if reading.remedy:
            words.addWidget(Prose(reading.remedy, self, px=13, tone="muted"))
        mark = QVBoxLayout()
        mark.setContentsMargins(0, 2, 0, 0)
        mark.addWidget(IconMark(icon, self, tone=tone))
        mark.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addLayout(mark)
        row.addLayout(words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(Divider(self))
        column.addLayout(row)
        self.setAccessibleName(f"{reading.sentence} {reading.remedy}".strip())


def _listed(findings: Sequence[FindingReading]) -> QWidget:
    """Return the findings one below the other.

    They are laid out before anybody sees them: added to a card in sight, each would lay out all others again.
    """
    listed = QWidget()
    column = QVBoxLayout(listed)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(12)
    for one in findings:
        column.addWidget(_Finding(one, listed))
    return listed


class ResultCard(Card):
    """The card below. Its buttons `copy` and `save` are there as soon as there is a result."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, padding=16)
        self.body.setSpacing(12)
        self.reading: CheckReading | None = None
        self._mark = IconMark("info", self, size=20)
        self._verdict = Prose("", self, px=16, weight=600)
        self._verdict.set_live()
        self._checked = Prose("", self, px=13, tone="muted")
        self.copy = Button(_("Copy"), icon="copy", small=True, parent=self)
        self.copy.setAccessibleName(_("Copy the result"))
        self.save = Button(_("Save …"), icon="download", small=True, parent=self)
        self.save.setAccessibleName(_("Save the result"))
        self._findings = QVBoxLayout()
        self._more = Prose("", self, px=13, tone="muted")
        self._lay_out()
        self.show_reading(None)

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self._verdict)
        words.addWidget(self._checked)
        mark = QVBoxLayout()
        mark.setContentsMargins(0, 2, 0, 0)
        mark.addWidget(self._mark)
        mark.addStretch(1)
        buttons = QVBoxLayout()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.copy)
        row.addWidget(self.save)
        buttons.addLayout(row)
        buttons.addStretch(1)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addLayout(mark)
        top.addLayout(words, 1)
        top.addSpacing(8)
        top.addLayout(buttons)
        self.body.addLayout(top)
        self.body.addLayout(self._findings)
        self.body.addWidget(self._more)

    def show_reading(self, reading: CheckReading | None) -> None:
        """Show a result; None: nothing was ever checked."""
        self.reading = reading
        for button in (self.copy, self.save):
            button.setVisible(reading is not None)
        self._forget()
        if reading is None:
            self._mark.show_icon("info", "muted")
            self._verdict.setText(_("Nothing has been checked yet."))
            self._checked.setText(_("Once a month, and before figures are handed over, is a good habit."))
            self._more.hide()
            return
        self._mark.show_icon(reading.icon, reading.tone)
        self._verdict.setText(reading.verdict)
        self._checked.setText(reading.checked)
        if reading.findings:
            self._findings.addWidget(_listed(reading.findings))
        self._more.setText(reading.more)
        self._more.setVisible(bool(reading.more))

    def _forget(self) -> None:
        while (item := self._findings.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def words(self) -> list[str]:
        """Return the verdict, what was checked, and each finding, as they are read."""
        found = [] if self.reading is None else self.reading.findings
        return [self._verdict.text(), self._checked.text(), *(one.sentence for one in found)]
