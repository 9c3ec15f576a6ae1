"""Why a session is free: each reason says whether it stands on the invoice or stays in the house."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from laverma_desk.domain.company import FreeReason
from laverma_desk.i18n import _
from laverma_desk.ui import fonts, theme
from laverma_desk.ui.call.timer_reading import reason_effect
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.combo import ComboBox

_EFFECT = Qt.ItemDataRole.UserRole + 1


class _ReasonDelegate(QStyledItemDelegate):
    """Paints a reason and, muted at the right, what it means."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, 32)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        c = theme.palette()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(option.rect)
        if QStyle.StateFlag.State_Selected in option.state:
            paint.box(painter, area, fill=c.primary_soft, radius=6)
        effect = str(index.data(_EFFECT) or "")
        wide = fonts.width(effect, 13)
        words = area.adjusted(8, 0, -wide - 24, 0)
        paint.text(painter, words, str(index.data(Qt.ItemDataRole.DisplayRole) or ""), px=14, colour=c.text)
        paint.text(painter, area.adjusted(8, 0, -8, 0), effect, px=13, colour=c.muted, align="right")
        painter.restore()


class ReasonBox(ComboBox):
    """The list of reasons, 240 px wide.

    Emits `reason_chosen(id)`, `popup_closed`, and `confirmed` after Enter.
    """

    reason_chosen = Signal(int)
    popup_closed = Signal()
    confirmed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, name=_("Reason"))
        self.setFixedWidth(240)
        self._reasons: tuple[FreeReason, ...] = ()
        self.set_wanted(wanted=False)
        self.activated.connect(self._on_activated)

    def show_reasons(self, reasons: Sequence[FreeReason], chosen: int | None) -> None:
        """Offer these reasons and show the chosen one, without a signal."""
        if tuple(reasons) != self._reasons:
            self._reasons = tuple(reasons)
            blocked = self.blockSignals(True)
            self.clear()
            for place, reason in enumerate(self._reasons):
                self.addItem(reason.name, reason.id)
                self.setItemData(place, reason_effect(reason), _EFFECT)
            self.blockSignals(blocked)
        self.choose(chosen)

    def set_wanted(self, *, wanted: bool) -> None:
        """Enable the box for a free session."""
        self.setEnabled(wanted)
        self.setPlaceholderText(_("Choose a reason") if wanted else _("Reason, only if free of charge"))
        self.update()

    def showPopup(self) -> None:
        """Open the list, wide enough for reason and meaning."""
        widest = max(
            (fonts.width(one.name, 14) + fonts.width(reason_effect(one), 13) for one in self._reasons),
            default=0,
        )
        self.view().setMinimumWidth(max(self.width(), int(widest) + 72))
        super().showPopup()
        self.view().setItemDelegate(_ReasonDelegate(self.view()))
        paint.cut_corners(cast("QWidget", self.view().parentWidget()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Be done with Enter; where no reason is chosen yet, Enter opens the list."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or held:
            super().keyPressEvent(event)
        elif self.currentIndex() < 0:
            self.showPopup()
        else:
            self.confirmed.emit()

    def hidePopup(self) -> None:
        """Tell that the list has closed."""
        was_open = self.view().isVisible()
        super().hidePopup()
        if was_open:
            self.popup_closed.emit()

    def _on_activated(self, row: int) -> None:
        reason = self.itemData(row)
        if reason is not None:
            self.reason_chosen.emit(int(reason))
