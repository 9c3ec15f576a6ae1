"""Why a connection stays without a session: one of three reasons, or words of one's own."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui import theme
from laverma_desk.ui.reconciling.row_popup import RowPopup
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.button import Button
from laverma_desk.ui.widgets.card import Divider
from laverma_desk.ui.widgets.pressable import Pressable
from laverma_desk.ui.widgets.text_field import TextField

_WIDE, LONGEST = 320, 200


def usual_reasons() -> tuple[str, ...]:
    """Return the reasons that are mostly meant."""
    return _("Test"), _("Twice in the log"), _("Not billable")


class _Reason(Pressable):
    """A row of the list; up and down walk to its neighbours."""

    steps = (Qt.Key.Key_Up, Qt.Key.Key_Down)

    def __init__(self, words: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.set_words(words)
        self.words = words
        self.setFixedSize(_WIDE, 32)

    def paintEvent(self, _event: QPaintEvent) -> None:
        c = theme.palette()
        painter = paint.start(self)
        if self.hasFocus() or self.underMouse():
            paint.box(painter, self.rect(), fill=c.primary_soft if self.hasFocus() else c.subtle, radius=6)
        area = QRectF(12, 0, self.width() - 24, self.height())
        paint.text(painter, area, self.words, px=14, colour=c.text)
        painter.end()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()


class ReasonPopup(RowPopup):
    """Emits `reason_taken(str)` and closes."""

    reason_taken = Signal(str)

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner)
        self.reasons = [_Reason(words, self) for words in usual_reasons()]
        for button in self.reasons:
            button.clicked.connect(self._on_reason_clicked)
            self.body.addWidget(button)
        self.body.addSpacing(8)
        self.body.addWidget(Divider(self))
        self.body.addSpacing(8)
        self.field = TextField(self, height=32, placeholder=_("Another reason"))
        self.field.setAccessibleName(_("Another reason"))
        self.field.setMaxLength(LONGEST)
        self.take = Button(_("Skip"), small=True, parent=self)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.field, 1)
        row.addWidget(self.take)
        self.body.addLayout(row)
        self.field.returnPressed.connect(self._on_words_entered)
        self.take.clicked.connect(self._on_words_entered)

    def open_below(self) -> None:
        """Show it with the focus on the first reason."""
        super().open_below()
        self.reasons[0].setFocus(Qt.FocusReason.PopupFocusReason)

    def focusInEvent(self, _event: QFocusEvent) -> None:
        """Pass the focus on to the first reason."""
        self.reasons[0].setFocus()

    def _on_reason_clicked(self) -> None:
        button = self.sender()
        if isinstance(button, _Reason):
            self._give(button.words)

    def _on_words_entered(self) -> None:
        words = self.field.text().strip()
        if words:
            self._give(words)
        else:
            self.field.set_invalid(True)
            self.field.setFocus()

    def _give(self, words: str) -> None:
        self.close()
        self.reason_taken.emit(words)
