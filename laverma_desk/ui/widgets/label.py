"""Text that stands still: the design's sizes, line heights and tones, elided or wrapped."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolTip, QWidget

from laverma_desk.ui import fonts, theme
from laverma_desk.ui.announcing import announce
from laverma_desk.ui.widgets import paint

_LINE = {12: 16, 13: 20, 14: 20, 16: 24, 20: 28, 28: 32, 32: 40, 56: 64}


class Label(QLabel):
    """A text in one of the design's sizes.

    `px` is one of 12, 13, 14, 16, 20, 28, 32, 56; `weight` 400, 500 or 600; `tone` the name of a colour token
    (text, muted, primary, green, amber, red, disabled); `line` the line height where it is not the
    size's own. A text that does not fit is set in the size `tight` if there is one, is elided (at the right,
    or in the `middle` if `cut` says so) and shown whole in a tooltip, or wraps if `wrap` is set.
    """

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        *,
        px: int = 14,
        weight: int = 400,
        tone: str = "text",
        line: int | None = None,
        wrap: bool = False,
        align: str = "left",
        cut: str = "right",
        tight: int | None = None,
    ) -> None:
        super().__init__(parent)
        self._tight = tight
        self._px, self._weight, self._tone = px, weight, tone
        self._line = line or _LINE.get(px, round(px * 1.4))
        self._align, self._cut = align, cut
        self._live = False
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(fonts.font(px, weight))
        self.setWordWrap(wrap)
        # A wrapped text grows with its lines: "fixed" would hold it at the lines of its size hint.
        upright = QSizePolicy.Policy.Minimum if wrap else QSizePolicy.Policy.Fixed
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, upright)
        policy.setHeightForWidth(wrap)
        self.setSizePolicy(policy)
        self.setText(text)

    def set_live(self) -> None:
        """Say each new text aloud from now on: for what turns up without the focus going there."""
        self._live = True

    def setText(self, text: str) -> None:
        """Show another text."""
        news = text if self._live and text != self.text() else ""
        super().setText(text)
        around = self.parentWidget()
        if news and around is not None and around.isVisible():
            announce(self, news, urgent=self._tone == "red")

    def set_tone(self, tone: str) -> None:
        """Show the text in another colour token."""
        if tone != self._tone:
            self._tone = tone
            self.update()

    def sizeHint(self) -> QSize:
        """Return the size of the text in one line, or wrapped at 280 px."""
        wide = fonts.width(self.text(), self._px, self._weight)
        if self.wordWrap() and wide > 280:
            return QSize(280, self.heightForWidth(280))
        return QSize(int(wide + 0.99), self._line * max(1, self.text().count("\n") + 1))

    def minimumSizeHint(self) -> QSize:
        """Return room for a few letters: the rest can be elided or wrapped."""
        hint = self.sizeHint()
        return QSize(min(hint.width(), 32), self._line)

    def heightForWidth(self, width: int) -> int:
        """Return the height of the wrapped text."""
        if not self.wordWrap():
            return self._line
        return self._line * max(1, len(self._lines(width)))

    def event(self, event: QEvent) -> bool:
        """Show the whole text as tooltip where it is elided and nobody set another one."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and not self.toolTip():
            cut = not self._fits(self._fitting_px())
            if cut and not self.wordWrap():
                QToolTip.showText(event.globalPos(), self.text(), self)
                return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Set the lines."""
        painter = paint.start(self)
        lines = self._lines(self.width()) if self.wordWrap() else [self.text()]
        high = self._line * len(lines)
        top = max(0, (self.height() - high) // 2) if not self.wordWrap() else 0
        for number, words in enumerate(lines):
            area = QRectF(0, top + number * self._line, self.width(), self._line)
            paint.text(
                painter,
                area,
                words,
                px=self._fitting_px(),
                weight=self._weight,
                colour=self._colour(),
                align=self._align,
                cut=self._cut,
            )
        painter.end()

    def _fits(self, px: int) -> bool:
        return fonts.width(self.text(), px, self._weight) <= self.width() + 0.5

    def _fitting_px(self) -> int:
        return self._px if self._tight is None or self._fits(self._px) else self._tight

    def _colour(self) -> QColor:
        colours = theme.palette()
        found: QColor = getattr(colours, self._tone if self.isEnabled() else "disabled")
        return found

    def _lines(self, width: int) -> list[str]:
        # The first paint wraps nothing, and need not wait for what does.
        from PySide6.QtGui import QTextLayout, QTextOption  # noqa: PLC0415

        lines: list[str] = []
        for paragraph in self.text().split("\n"):
            if not paragraph:
                lines.append("")
                continue
            layout = QTextLayout(paragraph, fonts.font(self._px, self._weight))
            # Qt counts in UTF-16: an emoji is two of its places and one of Python's.
            units = paragraph.encode("utf-16-le", "surrogatepass")
            anywhere = QTextOption()
            anywhere.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
            layout.setTextOption(anywhere)
            layout.beginLayout()
            while (row := layout.createLine()).isValid():
                row.setLineWidth(width)
                row.setPosition(QPointF(0, 0))
                begin, end = 2 * row.textStart(), 2 * (row.textStart() + row.textLength())
                lines.append(units[begin:end].decode("utf-16-le", "surrogatepass").rstrip())
            layout.endLayout()
        return lines
