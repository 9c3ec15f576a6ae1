"""A field with its label above and one line below, where an error takes the place of the hint."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from laverma_desk.ui import fonts, icons, theme
from laverma_desk.ui.announcing import announce
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.label import Label


class HintLine(QWidget):
    """A 20-px line: a muted hint, or an error in red with its triangle."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.hint = ""
        self.error = ""
        self.setFixedHeight(20)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_words(self, hint: str, error: str) -> None:
        """Show the error, else the hint, else nothing."""
        news = error if error != self.error else ""
        self.hint, self.error = hint, error
        self.setAccessibleName(error or hint)
        around = self.parentWidget()
        if around is not None and around.isVisible():
            announce(self, news, urgent=True)
        wide = fonts.width(error, 13, 500) + 20 if error else fonts.width(hint, 13)
        self.setToolTip((error or hint) if wide > self.width() > 0 else "")
        self.update()

    def sizeHint(self) -> QSize:
        """Return the height; the width is the field's."""
        return QSize(0, 20)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Set the line."""
        if not (self.error or self.hint):
            return
        c = theme.palette()
        painter = paint.start(self)
        if self.error:
            icons.paint(painter, "warning", QPointF(0, 2), 16, c.red)
            area = QRectF(20, 0, self.width() - 20, 20)
            paint.text(painter, area, self.error, px=13, weight=500, colour=c.red)
        else:
            paint.text(painter, QRectF(self.rect()), self.hint, px=13, colour=c.muted)
        painter.end()


class LabeledField(QWidget):
    """A label (13/500), 8 px, the field, and below it 24 px for hint or error.

    With `reserve` that room is always kept (88 px in all, row pitch 96), so that nothing moves when an
    error comes; without it (64 px) the line appears only with its words. The field is reachable as `field`.
    """

    def __init__(
        self,
        label: str,
        field: QWidget,
        hint: str = "",
        parent: QWidget | None = None,
        *,
        reserve: bool = False,
    ) -> None:
        super().__init__(parent)
        self.field = field
        self.label = Label(label, self, px=13, weight=500, line=16)
        self.label.setBuddy(field)
        self._reserve = reserve
        self._hint, self._error = hint, ""
        self._line = HintLine(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.label)
        layout.addSpacing(8)
        # Qt keeps a moved widget's old place in the row of Tab, before its new parent, and loses the way
        # there: what stands behind is never reached. Taken out first, a field comes where it stands.
        field.setParent(None)
        layout.addWidget(field)
        self._gap = QWidget(self)
        self._gap.setFixedHeight(4)
        layout.addWidget(self._gap)
        layout.addWidget(self._line)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        if not field.accessibleName():
            field.setAccessibleName(label)
        self.setFocusProxy(field)
        self._show()

    def set_label(self, label: str) -> None:
        """Change the label and the field's accessible name."""
        self.label.setText(label)
        self.field.setAccessibleName(label)

    def set_hint(self, text: str) -> None:
        """Change the muted line below the field."""
        self._hint = text
        self._show()

    def set_error(self, text: str) -> None:
        """Show an error in place of the hint and the red edge on the field; an empty text clears both."""
        self._error = text
        self._show()

    def clear_error(self) -> None:
        """Bring the hint back."""
        self.set_error("")

    def error(self) -> str:
        """Return the error shown, or an empty text."""
        return self._error

    def hint(self) -> str:
        """Return the hint."""
        return self._hint

    def _show(self) -> None:
        self._line.show_words(self._hint, self._error)
        used = self._reserve or bool(self._hint or self._error)
        self._gap.setVisible(used)
        self._line.setVisible(used)
        self.field.setAccessibleDescription(self._error or self._hint)
        mark = getattr(self.field, "set_invalid", None)
        if mark is not None:
            mark(bool(self._error))
