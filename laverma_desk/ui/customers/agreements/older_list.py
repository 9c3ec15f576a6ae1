"""The agreements that do not count now, folded below one link."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui.customers.agreements.words import OldAgreement, older_words
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.link import Link


class _OldRow(QWidget):
    """Days, what else is known, and the file. Emits `opened(int)`."""

    opened = Signal(int)

    def __init__(self, one: OldAgreement, parent: QWidget) -> None:
        super().__init__(parent)
        self._number = one.number
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 4, 0, 4)
        column.setSpacing(0)
        column.addWidget(Label(one.days, self, px=13))
        if one.remark:
            column.addWidget(Label(one.remark, self, px=13, tone="muted", wrap=True))
        if one.file:
            link = Link(one.file, self, px=13)
            link.clicked.connect(self._on_link_clicked)
            row = QHBoxLayout()
            row.addWidget(link)
            row.addStretch(1)
            column.addLayout(row)

    def _on_link_clicked(self) -> None:
        self.opened.emit(self._number)


class OlderList(QWidget):
    """A link that unfolds the rows; it is not there without any. Emits `file_requested(int)`."""

    file_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[OldAgreement, ...] | None = None
        self.link = Link("", self, px=13, chevron="chevron-down")
        self._rows = QWidget(self)
        self._column = QVBoxLayout(self._rows)
        self._column.setContentsMargins(0, 4, 0, 0)
        self._column.setSpacing(0)
        row = QHBoxLayout()
        row.addWidget(self.link)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self._rows)
        self.link.clicked.connect(self._on_link_clicked)
        self._rows.hide()

    def show_agreements(self, older: Sequence[OldAgreement]) -> None:
        """Show these agreements; others than before begin folded."""
        if tuple(older) == self._shown:
            return
        self._shown = tuple(older)
        while (item := self._column.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for one in older:
            row = _OldRow(one, self._rows)
            row.opened.connect(self.file_requested)
            self._column.addWidget(row)
        self.link.set_words(older_words(older))
        self.link.setAccessibleDescription(_("Show or hide"))
        self._rows.hide()
        self.setVisible(bool(older))

    def is_unfolded(self) -> bool:
        """Tell whether the rows are shown."""
        return not self._rows.isHidden()

    def _on_link_clicked(self) -> None:
        self._rows.setVisible(self._rows.isHidden())
