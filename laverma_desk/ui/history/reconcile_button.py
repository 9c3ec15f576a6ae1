"""The way from the history to the reconciliation, with how many connections have no session yet."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from laverma_desk import text
from laverma_desk.i18n import _, ngettext
from laverma_desk.ui import fonts, icons, theme
from laverma_desk.ui.key_names import key_name
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.pressable import Pressable

KEY = "Alt+A"
_PAD, _ICON, _BADGE = 9, 16, 20


class ReconcileButton(Pressable):
    """A button 32 px high; in a narrow row its drawing and the count stand for the words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count, self._wide = "", False
        self.setFixedHeight(32)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_count(0)

    def show_count(self, count: int) -> None:
        """Show how many connections have no session; nothing for none."""
        self._count = text.number(count) if count else ""
        said = ngettext("%(n)s connection without a session", "%(n)s connections without a session", count)
        self.set_words(_("Reconciliation"))
        tip = _("Reconciliation with the logs of the remote tools")
        state = said % {"n": text.number(count)} if count else ""
        self.setAccessibleDescription(state)
        self.setToolTip("\n".join(filter(None, (f"{tip} ({key_name(KEY)})", state))))

    def count(self) -> str:
        """Return the number that is shown."""
        return self._count

    def set_wide(self, *, wide: bool) -> None:
        """Show the words too."""
        if wide != self._wide:
            self._wide = wide
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        """Return the room for all that is shown."""
        wide = 2.0 * (_PAD - 1) + _ICON
        if self._wide:
            wide += 8 + fonts.width(_("Reconciliation"), 13, 500) + 4
        if self._count:
            wide += 6 + self._badge_width()
        return QSize(int(wide + 0.99), 32)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw box, drawing, words and count."""
        c = theme.palette()
        painter = paint.start(self)
        fill = c.primary_soft if self.isDown() else c.subtle if self.underMouse() else c.surface
        paint.box(painter, self.rect(), fill=fill, edge=c.field)
        if self.hasFocus():
            paint.box(painter, self.rect(), edge=c.primary, width=2)
        left = float(_PAD - 1)
        icons.paint(painter, "reconcile", QPointF(left, 8), 16, c.text)
        left += _ICON
        if self._wide:
            area = QRectF(left + 8, 0, self.width() - left - 8, 32)
            words = _("Reconciliation")
            left += 8 + paint.text(painter, area, words, px=13, weight=500, colour=c.text)
        if self._count:
            badge = QRectF(self.width() - _PAD + 1 - self._badge_width(), 6, self._badge_width(), _BADGE)
            paint.box(painter, badge, fill=c.amber_soft, radius=6)
            paint.text(painter, badge, self._count, px=12, weight=600, colour=c.amber, align="centre")
        painter.end()

    def _badge_width(self) -> float:
        return max(_BADGE, round(fonts.width(self._count, 12, 600)) + 10)
