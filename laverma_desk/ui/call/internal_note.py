"""What the house writes down for itself: it stays on the session and reaches no report, mail or invoice."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui import icons, theme
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.pressable import Pressable
from laverma_desk.ui.widgets.text_area import TextArea


class _Toggle(Pressable):
    """The quiet line that opens and closes the note; closed, it shows how the note begins."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._note = ""
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFixedHeight(24)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("Internal note, stays in the house"))

    def show_note(self, note: str) -> None:
        self._note = " ".join(note.split())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(320, 24)

    def minimumSizeHint(self) -> QSize:
        return QSize(96, 24)

    def paintEvent(self, _event: QPaintEvent) -> None:
        c = theme.palette()
        painter = paint.start(self)
        if self.hasFocus():
            painter.fillRect(self.rect(), c.primary_soft)
            painter.fillRect(QRectF(0, 22, self.width(), 2), c.primary)
        ink = c.text if self.underMouse() else c.muted
        chevron = "chevron-down" if self.isChecked() else "chevron-right"
        icons.paint(painter, chevron, QPointF(0, 4), 16, ink)
        icons.paint(painter, "lock", QPointF(20, 4), 16, ink)
        room = QRectF(44, 0, self.width() - 44, 24)
        wide = paint.text(
            painter, room, _("Internal note, stays in the house"), px=13, weight=500, colour=ink
        )
        left = 44 + wide + 12
        rest = QRectF(left, 0, max(0.0, self.width() - left), 24)
        if self._note and not self.isChecked():
            paint.text(painter, rest, self._note, px=13, colour=c.muted)
        else:
            paint.text(painter, rest, "Alt+I", px=12, colour=c.muted)
        painter.end()


class InternalNote(QWidget):
    """A line that opens to a small editor. Emits `edited`, `left`, and `toggled(bool)`."""

    edited = Signal()
    left = Signal()
    toggled = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._toggle = _Toggle(self)
        self._toggle.toggled.connect(self._on_toggled)
        self._area = TextArea(self, placeholder=_("Only for the house: reaches no report"), padding=5)
        self._area.setAccessibleName(_("Internal note, stays in the house"))
        self._area.edited.connect(self._on_area_edited)
        self._area.left.connect(self.left)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._toggle)
        column.addWidget(self._area)
        self._area.hide()
        self.set_lines(2)

    def text(self) -> str:
        """Return the note."""
        return self._area.text()

    def set_text(self, note: str) -> None:
        """Show a note without a signal."""
        if note != self._area.text():
            self._area.set_text(note)
        self._toggle.show_note(note)

    def set_lines(self, lines: int) -> None:
        """Give the open editor room for so many lines."""
        self._area.setFixedHeight(lines * 20 + 12)

    def needed_height(self) -> int:
        """Return the height of the line, with the editor if it is open."""
        return 24 + (4 + self._area.minimumHeight() if self.is_open() else 0)

    def set_open(self, on: bool) -> None:
        """Open or close the editor."""
        self._toggle.setChecked(on)

    def is_open(self) -> bool:
        """Tell whether the editor is shown."""
        return self._toggle.isChecked()

    def area(self) -> TextArea:
        """Return the editor."""
        return self._area

    def _on_toggled(self, on: bool) -> None:
        self._toggle.show_note(self._area.text())
        self._area.setVisible(on)
        if on:
            self._area.setFocus()
        self.toggled.emit(on)

    def _on_area_edited(self) -> None:
        self.edited.emit()
