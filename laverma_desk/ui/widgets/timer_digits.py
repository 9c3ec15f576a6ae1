"""The running time in large figures; it is told what to show and counts nothing itself."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui import fonts, theme
from laverma_desk.ui.widgets import paint

_LINES = {32: 40, 56: 64}
_LIFT = {32: 2, 56: 3}
"""How far the figures stand left of their box, so that they are flush with what is above."""


class TimerDigits(QWidget):
    """A time such as 00:12:22 in 56/64 or 32/40; its figures are of one width: nothing shifts each second."""

    def __init__(self, parent: QWidget | None = None, *, px: int = 56) -> None:
        super().__init__(parent)
        self._px = px
        self._text = ""
        self._tone = "text"
        self.set_text("00:00:00")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def text(self) -> str:
        """Return what is shown."""
        return self._text

    def set_text(self, text: str) -> None:
        """Show a time; the same one again costs nothing."""
        if text == self._text:
            return
        wider = len(text) != len(self._text)
        self._text = text
        # Not said by itself; whoever asks for it hears it.
        self.setAccessibleName(_("Time: %(time)s") % {"time": text})
        if wider:
            self.updateGeometry()
        self.update()

    def set_tone(self, tone: str) -> None:
        """Show the time in another colour token, "muted" for one that stands still."""
        if tone != self._tone:
            self._tone = tone
            self.update()

    def sizeHint(self) -> QSize:
        """Return the width of the figures and the height of their line."""
        wide = fonts.width("0" * (len(self._text) - 2) + "::", self._px, 500)
        return QSize(int(wide) + 1, _LINES[self._px])

    def minimumSizeHint(self) -> QSize:
        """Return the size hint: a time is never cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Set the figures."""
        painter = paint.start(self)
        lift = _LIFT[self._px]
        area = QRectF(-lift, 0, self.width() + 2 * lift, self.height())
        ink = getattr(theme.palette(), self._tone)
        paint.text(painter, area, self._text, px=self._px, weight=500, colour=ink)
        painter.end()
