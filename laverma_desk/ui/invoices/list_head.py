"""What stands above a list: the box that ticks all and the day, or the search."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui import fonts, theme
from laverma_desk.ui.invoices.rows import Tab
from laverma_desk.ui.invoices.tick import TickAll
from laverma_desk.ui.key_names import key_name
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.button import Button
from laverma_desk.ui.widgets.check_box import CheckBox
from laverma_desk.ui.widgets.date_field import DateField
from laverma_desk.ui.widgets.head_line import HeadLine
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.search_field import SearchField

HEIGHT = 64
_DATE, _CALENDAR = 160, 31


class UntilField(DateField):
    """The last day that is billed, with its muted word before it."""

    def __init__(self, parent: QWidget) -> None:
        self._prefix = _("until")
        super().__init__(parent, height=32)
        self.setFont(fonts.font(13, 500))
        self.setFixedWidth(_DATE)
        self.setAccessibleName(_("Bill until"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the field and the word."""
        super().paintEvent(event)
        painter = paint.start(self)
        area = QRectF(13, 1, self.width() - 26, self.height())  # on the line of the typed day
        paint.text(painter, area, self._prefix, px=13, colour=theme.palette().muted)
        painter.end()

    def _arrange(self) -> None:
        super()._arrange()
        margins = self.textMargins()
        left = margins.left() + round(fonts.width(self._prefix, 13)) + 8
        self.setTextMargins(left, margins.top(), margins.right(), margins.bottom())
        if self._action is not None:
            self._action.move(self.width() - _CALENDAR, self._action.y())


class ListHead(HeadLine):
    """64 px above the list.

    Emits `all_ticked(bool)`, `until_chosen(date)`, `searched(str)`, `overdue_toggled(bool)`,
    `statement_wanted`, and `done` where one goes on to the list.
    """

    all_ticked = Signal(bool)
    until_chosen = Signal(object)
    searched = Signal(str)
    overdue_toggled = Signal(bool)
    statement_wanted = Signal()
    done = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(HEIGHT, parent)
        self.tick = TickAll(_("Tick all"), self)
        self.title = Label("", self, weight=600)
        self.until = UntilField(self)
        self.search = SearchField(
            self,
            height=32,
            icon="search",
            placeholder=_("Number or customer"),
            trailing=key_name("Ctrl+F"),
            trailing_px=12,
        )
        self.search.setAccessibleName(_("Search invoices"))
        self.overdue = CheckBox(_("Overdue"), self, px=13, gap=8)
        self.statement = Button(
            _("Statement"), "icon", "list", shortcut_text="Alt+A", small=True, parent=self
        )
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(self._ticks())
        self._stack.addWidget(self._searching())
        self.tick.clicked.connect(self._on_tick_clicked)
        self.until.day_chosen.connect(self._on_until_day_chosen)
        self.until.left.connect(self._on_until_left)
        self.until.returnPressed.connect(self.done)
        self.search.textChanged.connect(self.searched)
        self.search.done.connect(self.done)
        self.overdue.toggled.connect(self.overdue_toggled)
        self.statement.clicked.connect(self._on_statement_clicked)
        self._until: date | None = None

    def _ticks(self) -> QWidget:
        held = QWidget(self)
        row = QHBoxLayout(held)
        row.setContentsMargins(20, 0, 24, 1)
        row.setSpacing(12)
        row.addWidget(self.tick)
        row.addWidget(self.title, 1)
        row.addWidget(self.until)
        return held

    def _searching(self) -> QWidget:
        held = QWidget(self)
        row = QHBoxLayout(held)
        row.setContentsMargins(24, 0, 24, 1)
        row.setSpacing(8)
        row.addWidget(self.search, 1)
        row.addWidget(self.overdue)
        row.addWidget(self.statement)
        return held

    def show_tab(self, tab: Tab) -> None:
        """Show what belongs above the list of a tab."""
        self._stack.setCurrentIndex(0 if tab in (Tab.OPEN, Tab.DRAFTS) else 1)
        self.title.setText(_("Open to bill") if tab is Tab.OPEN else _("Drafts"))
        self.until.setVisible(tab is Tab.OPEN)
        self.overdue.setVisible(tab is Tab.ISSUED)

    def show_until(self, day: date) -> None:
        """Show the last day that is billed, without a signal."""
        self._until = day
        self.until.set_day(day)

    def show_ticks(self, state: Qt.CheckState, *, any_row: bool) -> None:
        """Show whether all, some or none are ticked."""
        self.tick.setCheckState(state)
        self.tick.setEnabled(any_row)

    def focus_search(self) -> None:
        """Put the focus into the search, or into the day where there is none."""
        field = self.search if self._stack.currentIndex() else self.until
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        field.selectAll()

    def _on_tick_clicked(self) -> None:
        self.all_ticked.emit(self.tick.checkState() is Qt.CheckState.Checked)

    def _on_until_day_chosen(self, day: date | None) -> None:
        self.until.set_invalid(False)
        if day is not None:
            self._until = day
            self.until_chosen.emit(day)

    def _on_until_left(self) -> None:
        # What is no day stays as typed, with the red edge; the list keeps the day before it.
        self.until.set_invalid(self.until.day() is None)

    def _on_statement_clicked(self) -> None:
        self.statement_wanted.emit()
