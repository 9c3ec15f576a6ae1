"""The page as it is seen: its head, one of three parts, and what it is no substitute for."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from laverma_desk.ui.audit.chain_part import ChainPart
from laverma_desk.ui.audit.change_model import ChangeModel
from laverma_desk.ui.audit.changes_part import ChangesPart
from laverma_desk.ui.audit.foot import AuditFoot
from laverma_desk.ui.audit.head import AuditHead
from laverma_desk.ui.audit.parts import Part
from laverma_desk.ui.audit.procedures_part import ProceduresPart
from laverma_desk.ui.widgets.notice_bar import NoticeBar
from laverma_desk.ui.widgets.progress_line import ProgressLine


class AuditPanel(QWidget):
    """All parts of the page; each has signals of its own."""

    def __init__(self, model: ChangeModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.head = AuditHead(self)
        self.progress = ProgressLine(self)
        self.notice = NoticeBar(self)
        self.chain = ChainPart(self)
        self.changes = ChangesPart(model, self)
        self.procedures = ProceduresPart(self)
        self.foot = AuditFoot(self)
        self._stack = QStackedWidget(self)
        self._parts: dict[Part, ChainPart | ChangesPart | ProceduresPart] = {
            Part.CHAIN: self.chain,
            Part.CHANGES: self.changes,
            Part.PROCEDURES: self.procedures,
        }
        for part in self._parts.values():
            self._stack.addWidget(part)
        running = QHBoxLayout()
        running.setContentsMargins(24, 0, 24, 0)
        running.addWidget(self.progress)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addLayout(running)
        column.addWidget(self.notice)
        column.addWidget(self._stack, 1)
        column.addWidget(self.foot)

    def part(self) -> Part:
        """Return the part in front."""
        return next(key for key, one in self._parts.items() if one is self._stack.currentWidget())

    def show_part(self, part: Part) -> None:
        """Bring a part to the front."""
        self._stack.setCurrentWidget(self._parts[part])
        self.head.parts.set_current(part.value)

    def take_focus(self) -> None:
        """Put the focus where work goes on in the part in front."""
        self._parts[self.part()].take_focus()

    def areas(self) -> list[QWidget]:
        """Return the areas of the part in front, and the lines above and below it."""
        if self.part() is Part.CHANGES:
            return [self.changes.table, self.changes.filters, self.head, self.foot]
        if self.part() is Part.CHAIN:
            return [self.chain.area, self.head, self.foot]
        return [self.procedures.draft, self.procedures.paper, self.head, self.foot]
