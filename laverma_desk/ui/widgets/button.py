"""The push button in its seven kinds, with its shortcut written beside the label."""

from __future__ import annotations

from typing import Literal, NamedTuple

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from laverma_desk.ui import fonts, icons, theme
from laverma_desk.ui.announcing import announce
from laverma_desk.ui.widgets import paint

Kind = Literal["primary", "tonal", "secondary", "ghost", "quiet", "icon", "danger"]


class _Look(NamedTuple):
    fill: QColor | None
    edge: QColor | None
    ink: QColor
    second: QColor


class Button(QPushButton):
    """A push button, 40 px high or 32 (`small`).

    `kind` "primary" is the next step, at most one per screen; "icon" is a square whose text becomes tooltip
    and accessible name. `icon` names a drawing of resources/icons. `shortcut_text` is only shown
    ("Strg+Enter"); the key itself belongs to an action. `spread` sets the label left and the shortcut right
    instead of centring both. `padding` replaces the 16 px (small: 12) at the sides.
    `edged` gives an "icon" the box of a secondary button.
    """

    def __init__(
        self,
        text: str,
        kind: Kind = "secondary",
        icon: str | None = None,
        *,
        shortcut_text: str | None = None,
        small: bool = False,
        parent: QWidget | None = None,
        spread: bool = False,
        padding: int | None = None,
        edged: bool = False,
    ) -> None:
        super().__init__(parent)
        self._kind: Kind = kind
        self._icon = icon
        self._shortcut = shortcut_text or ""
        self._small = small
        self._spread, self._edged = spread, edged
        self._padding = padding if padding is not None else (12 if small else 16)
        self._label = ""
        self._blocked = False
        self._forbidden: str | None = None
        self._kept_width = 0
        self._resting_label = text
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFont(fonts.font(13 if small else 14, 500))
        self.set_label(text)
        self._describe(None)

    def set_label(self, text: str) -> None:
        """Change the words; an ampersand is a letter here, never a mnemonic."""
        self._label = text
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(text)
        if self._kind == "icon":
            self.setToolTip(f"{text} ({self._shortcut})" if self._shortcut else text)
        self.updateGeometry()
        self.update()

    def _describe(self, reason: str | None) -> None:
        # Only where it is drawn beside the words: a tooltip is read by itself.
        drawn = self._shortcut if self._kind != "icon" else ""
        self.setAccessibleDescription(reason or drawn)

    def label(self) -> str:
        """Return the words as given."""
        return self._label

    def set_kind(self, kind: Kind) -> None:
        """Change the kind: the filled button of a row can follow the state."""
        self._kind = kind
        self.updateGeometry()
        self.update()

    def set_icon(self, icon: str | None) -> None:
        """Change the drawing left of the label."""
        self._icon = icon
        self.updateGeometry()
        self.update()

    def set_busy(self, text: str | None) -> None:
        """Show what runs ("Sendet …") at the same width and take no click; None brings the label back."""
        if text is None:
            if self._kept_width:
                self._kept_width = 0
                self.set_label(self._resting_label)
                self.set_blocked(None)
            return
        if not self._kept_width:
            self._kept_width = self.sizeHint().width()
            self._resting_label = self._label
        self.set_label(text)
        self.set_blocked("")

    def set_blocked(self, reason: str | None) -> None:
        """Look and act disabled, but stay in the tab order and say why in the tooltip; None unblocks."""
        if self._forbidden is not None:
            reason = self._forbidden
        self._blocked = reason is not None
        self._describe(reason)
        if self._kind != "icon":
            self.setToolTip(reason or "")
        self.update()

    def forbid(self, reason: str | None) -> None:
        """Block it for good: who sits here may not do it, whoever unblocks it later; None forbids nothing."""
        self._forbidden = reason
        if reason is not None:
            self.set_blocked(reason)

    def is_blocked(self) -> bool:
        """Tell whether the button takes no click for a reason that it shows."""
        return self._blocked

    def sizeHint(self) -> QSize:
        """Return the exact height and the width that the content needs."""
        high = 32 if self._small else 40
        if self._kind == "icon":
            return QSize(high, high)
        return QSize(self._kept_width or int(2 * (self._padding + 1) + self._content(16) + 0.99), high)

    def minimumSizeHint(self) -> QSize:
        """Return the width at which the shortcut still stands 8 px from the label."""
        hint = self.sizeHint()
        squeeze = 8 if self._shortcut and self._kind != "icon" else 0
        return QSize(hint.width() - squeeze, hint.height())

    def hitButton(self, pos: QPoint) -> bool:
        """Take a click anywhere in the box, unless blocked."""
        return not self._blocked and self.rect().contains(pos)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter press the button as Space does."""
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            if self._blocked:
                announce(self, self.toolTip())
            elif not event.isAutoRepeat():
                self.click()
            event.accept()
        elif self._blocked and event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Select):
            announce(self, self.toolTip())
            event.accept()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Ignore the shortcut of a blocked button; repaint on hover."""
        if event.type() == QEvent.Type.Shortcut and self._blocked:
            return True
        if event.type() in (QEvent.Type.Enter, QEvent.Type.Leave):
            self.update()
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw box, focus ring, icon, label and shortcut."""
        painter = paint.start(self)
        look = self._look()
        paint.box(painter, self.rect(), fill=look.fill, edge=look.edge)
        if self.hasFocus():
            self._paint_focus(painter)
        size = 16 if self._small else 20
        if self._kind == "icon":
            name = self._icon or ""
            size = 16 if self._small or name in ("copy", "chevron-down") else 20
            at = QPointF((self.width() - size) // 2, (self.height() - size) // 2)
            icons.paint(painter, name, at, size, look.ink)
        else:
            self._paint_content(painter, look, size)
        painter.end()

    def _paint_focus(self, painter: QPainter) -> None:
        colours = theme.palette()
        if self._kind == "primary" and not self._is_off():
            paint.box(painter, self.rect(), edge=colours.text, width=2)
        else:
            paint.box(painter, self.rect(), edge=colours.primary, width=2)

    def _paint_content(self, painter: QPainter, look: _Look, size: int) -> None:
        pad = self._padding + 1
        room = self.width() - 2 * pad
        gap = min(16.0, max(8.0, 16 + room - self._content(16))) if self._shortcut else 0.0
        content = self._content(gap)
        x = float(pad) if self._spread else max(pad, round((self.width() - content) / 2))
        high = self.height()
        if self._icon:
            icons.paint(painter, self._icon, QPointF(x, (high - size) // 2), size, look.ink)
            x += size + 8
        end = self.width() - pad
        short = fonts.width(self._shortcut, 12) if self._shortcut else 0.0
        label_room = end - x - (short + gap if short else 0)
        wide = paint.text(
            painter,
            QRectF(x, 0, label_room + 1, high),
            self._label,
            px=self._px(),
            weight=self._weight(),
            colour=look.ink,
        )
        if short:
            left = end - short if self._spread else x + wide + gap
            area = QRectF(left, 0, short + 1, high)
            paint.text(painter, area, self._shortcut, px=12, colour=look.second)

    def _content(self, gap: float) -> float:
        wide = fonts.width(self._label, self._px(), self._weight())
        if self._icon:
            wide += (16 if self._small else 20) + 8
        if self._shortcut:
            wide += gap + fonts.width(self._shortcut, 12)
        return wide

    def _px(self) -> int:
        return 13 if self._small else 14

    def _weight(self) -> int:
        return 600 if self._kind == "primary" else 500

    def _is_off(self) -> bool:
        return self._blocked or not self.isEnabled()

    def _look(self) -> _Look:
        c = theme.palette()
        bare = self._kind in ("ghost", "quiet", "icon") and not self._edged
        if self._is_off():
            fill, edge = (None, None) if bare else (c.subtle, c.border)
            return _Look(fill, edge, c.disabled, c.disabled)
        over, down = self.underMouse(), self.isDown()
        if self._kind == "primary":
            fill = c.primary_press if down else c.primary_hover if over else c.primary
            return _Look(fill, None, c.on_primary, c.on_primary_2)
        if self._kind == "tonal":
            edge = c.primary_press if down else c.primary_hover if over else c.primary
            return _Look(c.primary_soft, edge, edge, c.muted)
        fill = c.primary_soft if down else c.subtle if over else None
        if bare:
            ink = {"ghost": c.primary, "quiet": c.muted, "icon": c.muted}[self._kind]
            return _Look(fill, None, ink, c.muted)
        return _Look(fill or c.surface, c.field, c.red if self._kind == "danger" else c.text, c.muted)
