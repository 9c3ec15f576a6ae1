"""Two versions of one record side by side: of each field in which they differ, one stays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from laverma_desk.domain.edition import Side
from laverma_desk.i18n import _
from laverma_desk.ui import theme
from laverma_desk.ui.key_names import key_name
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.button import Button
from laverma_desk.ui.widgets.card import Divider
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.overlay_scroll import OverlayScrollArea
from laverma_desk.ui.widgets.radio import Radio

WIDE, HIGH = 760, 560
_NAME = 152
_COLUMN_GAP = 24
_INDENT = 28


@dataclass(frozen=True)
class VersionRow:
    """A field in words: how it is called, both versions, which one is ticked, and whether both changed it."""

    name: str
    label: str
    own: str
    theirs: str
    side: Side
    both: bool = False


class _Version(QWidget):
    """A radio button with a text of any length beside it; a click anywhere on it chooses."""

    def __init__(self, row: VersionRow, words: str, whose: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.radio = Radio("", parent)
        self.radio.setFixedWidth(16)
        said = words or _("nothing")
        self.radio.setAccessibleName(f"{row.label}, {whose}: {said}")
        self._said = Label(said, self, px=14, tone="text" if words else "muted", wrap=True, line=24)
        column = QHBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._said, 1)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose this version."""
        self.radio.setChecked(True)
        self.radio.setFocus(Qt.FocusReason.MouseFocusReason)
        event.accept()


class _Row(QWidget):
    """One field: its name and both versions, which exclude each other."""

    def __init__(self, row: VersionRow, whose: tuple[str, str], parent: QWidget) -> None:
        super().__init__(parent)
        self.name = row.name
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 8, 0, 8)
        line.setSpacing(12)
        names = QVBoxLayout()
        names.setSpacing(0)
        name = Label(row.label, self, px=13, weight=500, line=24)
        name.setFixedWidth(_NAME)
        names.addWidget(name)
        if row.both:
            names.addWidget(Label(_("changed by both"), self, px=12, tone="amber"))
        names.addStretch(1)
        line.addLayout(names)
        self.own = _Version(row, row.own, whose[0], self)
        self.theirs = _Version(row, row.theirs, whose[1], self)
        for place, one in enumerate((self.own, self.theirs)):
            if place:
                line.addSpacing(_COLUMN_GAP - 12)
            line.addWidget(one.radio, 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(one, 1, Qt.AlignmentFlag.AlignTop)
        self.choose(row.side)

    def choose(self, side: Side) -> None:
        """Tick one side."""
        (self.own if side is Side.OWN else self.theirs).radio.setChecked(True)

    def side(self) -> Side:
        """Return the side that is ticked."""
        return Side.OWN if self.own.radio.isChecked() else Side.THEIRS


class TwoVersions(QDialog):
    """Opened over the form whose saving was stopped; the form keeps what is typed.

    Emits `decided(dict of Side by field)`. Escape leaves everything as it is.
    """

    decided = Signal(object)

    def __init__(
        self, parent: QWidget, title: str, lead: str, whose: str, rows: Sequence[VersionRow]
    ) -> None:
        """Say who has written what; `whose` heads their column."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(lead)
        self.rows: list[_Row] = []
        self.take_own = Button(_("Take mine"), parent=self)
        self.keep_theirs = Button(_("Keep theirs"), parent=self)
        self.back = Button(_("Go on typing"), "ghost", shortcut_text="Esc", parent=self)
        self.save = Button(_("Save as ticked"), "primary", shortcut_text=key_name("Ctrl+Return"), parent=self)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(0)
        column.addWidget(Label(title, self, px=20, weight=600))
        column.addSpacing(4)
        column.addWidget(Label(lead, self, px=14, tone="muted", wrap=True))
        column.addSpacing(16)
        column.addWidget(self._head(whose))
        column.addWidget(Divider(self))
        column.addWidget(self._table(rows, whose), 1)
        column.addWidget(Divider(self))
        column.addSpacing(16)
        column.addLayout(self._foot())
        self._connect()
        self.resize(WIDE, min(HIGH, self.sizeHint().height()))
        self.save.setFocus()

    def _head(self, whose: str) -> QWidget:
        head = QWidget(self)
        line = QHBoxLayout(head)
        line.setContentsMargins(0, 0, 0, 8)
        line.setSpacing(0)
        line.addSpacing(_NAME + 12 + _INDENT)
        line.addWidget(Label(_("Mine, typed here"), head, px=13, tone="muted"), 1)
        line.addSpacing(_COLUMN_GAP + _INDENT)
        line.addWidget(Label(whose, head, px=13, tone="muted"), 1)
        line.addSpacing(16)
        return head

    def _table(self, rows: Sequence[VersionRow], whose: str) -> QWidget:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 4, 16, 4)
        column.setSpacing(0)
        for row in rows:
            made = _Row(row, (_("Mine, typed here"), whose), inside)
            self.rows.append(made)
            column.addWidget(made)
        column.addStretch(1)
        area = OverlayScrollArea(self)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.viewport().setAutoFillBackground(False)
        area.setWidget(inside)
        inside.setAutoFillBackground(False)
        return area

    def _foot(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.take_own)
        line.addWidget(self.keep_theirs)
        line.addStretch(1)
        line.addWidget(self.back)
        line.addWidget(self.save)
        return line

    def _connect(self) -> None:
        self.take_own.clicked.connect(self._on_take_own_clicked)
        self.keep_theirs.clicked.connect(self._on_keep_theirs_clicked)
        self.back.clicked.connect(self.reject)
        self.save.clicked.connect(self._on_save_clicked)

    def choices(self) -> Mapping[str, Side]:
        """Return what is ticked, by the names of the fields."""
        return {row.name: row.side() for row in self.rows}

    def choose(self, name: str, side: Side) -> None:
        """Tick one side of a field."""
        next(row for row in self.rows if row.name == name).choose(side)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Ctrl+Enter save; Enter alone presses nothing that has not the focus."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._on_save_clicked()
        elif not enter:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Fill the ground."""
        painter = paint.start(self)
        painter.fillRect(self.rect(), theme.palette().surface)
        painter.end()

    def _decide(self, sides: Mapping[str, Side]) -> None:
        self.accept()
        self.decided.emit(dict(sides))

    def _on_take_own_clicked(self) -> None:
        self._decide({row.name: Side.OWN for row in self.rows})

    def _on_keep_theirs_clicked(self) -> None:
        self._decide({row.name: Side.THEIRS for row in self.rows})

    def _on_save_clicked(self) -> None:
        self._decide(self.choices())
