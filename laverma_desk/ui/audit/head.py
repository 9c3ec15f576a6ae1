"""The first line of the page: the way back, its name, and its three parts."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui import theme
from laverma_desk.ui.audit.parts import Part, part_name
from laverma_desk.ui.key_names import key_name
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.link import Link
from laverma_desk.ui.widgets.segmented import Segment, SegmentedControl

_HEIGHT = 65


class AuditHead(QWidget):
    """A line 65 px high. Emits `left` and `part_chosen(Part)`."""

    left = Signal()
    part_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(_HEIGHT)
        self.back = Link(_("Statistics"), self, px=13, icon="chevron-left")
        self.back.setAccessibleName(_("Back to the statistics"))
        segments = [Segment(part.value, part_name(part)) for part in Part]
        self.parts = SegmentedControl(segments, self, small=True, name=_("Parts of the audit"))
        keys = ", ".join(key_name(f"Alt+{number}") for number, _part in enumerate(Part, start=1))
        self.parts.setToolTip(keys)
        self.parts.setAccessibleDescription(keys)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 16, 24, 17)
        row.setSpacing(16)
        row.addWidget(self.back)
        row.addWidget(Label(_("Audit"), self, px=20, weight=600, line=32), 1)
        row.addWidget(self.parts)
        self.back.clicked.connect(self.left)
        self.parts.segment_chosen.connect(self._on_segment_chosen)

    def focusInEvent(self, _event: QFocusEvent) -> None:
        """Pass the focus on to the parts (F6)."""
        self.parts.setFocus()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line below."""
        painter = paint.start(self)
        paint.rule(painter, 0, _HEIGHT - 1, self.width(), theme.palette().border)
        painter.end()

    def _on_segment_chosen(self, key: str) -> None:
        self.part_chosen.emit(Part(key))
