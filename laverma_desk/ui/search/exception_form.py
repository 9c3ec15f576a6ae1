"""The only way past the lock: a typed reason and a name, for one session."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui import theme
from laverma_desk.ui.key_names import key_name
from laverma_desk.ui.search.arrow_field import ArrowField
from laverma_desk.ui.search.unfilled_button import UnfilledButton
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.check_box import CheckBox
from laverma_desk.ui.widgets.combo import ComboBox
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.labeled_field import HintLine
from laverma_desk.ui.widgets.link import Link
from laverma_desk.ui.widgets.mark import IconMark


class _Consequence(QWidget):
    """A line that says what follows, 24 px high, with its icon."""

    def __init__(self, icon: str, words: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedHeight(24)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(IconMark(icon, self))
        row.addWidget(Label(words, self, px=13), 1)


class ExceptionForm(QWidget):
    """Reason, name and button below a locked row.

    Emits `confirmed` by the button, `visit_wanted`, and `stepped(int)` for the arrow keys in the reason. An
    error takes the place of a line below its field, so that nothing moves.
    """

    confirmed = Signal()
    visit_wanted = Signal()
    stepped = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sentence = Label("", self, weight=500, tone="red")
        self.visit = Link(_("Create on-site appointment"), self)
        self.visit.setToolTip(key_name("Alt+O"))
        self.visit.clicked.connect(self.visit_wanted)
        self._reason_label = Label(_("Exception: give a reason"), self, px=13, weight=500, line=16)
        self._by_label = Label(_("Decided by"), self, px=13, weight=500, line=16)
        self.reason = ArrowField(self)
        self.reason.setAccessibleName(_("Reason for the exception"))
        self.reason.setMaxLength(300)
        self.decided_by = ComboBox(self, name=_("Decided by"), placeholder=_("choose"))
        self._stays = _Consequence("timer", _("Stays on this session, with reason, name and time."), self)
        self._listed = _Consequence("list", _("Is listed under “DPA exceptions” until there is a DPA."), self)
        self.template = CheckBox("", self, px=13, gap=8)
        self._reason_error = HintLine(self)
        self._by_error = HintLine(self)
        self._button = UnfilledButton(
            _("Start with exception"), "shield-expiring", key_name("Ctrl+Return"), self
        )
        self._arrange()
        self.reason.stepped.connect(self.stepped)
        self.reason.textEdited.connect(self._on_reason_edited)
        self.decided_by.activated.connect(self._on_decided_by_activated)
        self._button.clicked.connect(self.confirmed)
        self.clear_errors()

    def _arrange(self) -> None:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(0, 1)
        grid.setColumnMinimumWidth(1, 216)
        grid.addWidget(self._reason_label, 0, 0)
        grid.addWidget(self._by_label, 0, 1)
        grid.setRowMinimumHeight(1, 8)
        grid.addWidget(self.reason, 2, 0)
        grid.addWidget(self.decided_by, 2, 1)
        grid.setRowMinimumHeight(3, 8)
        below = QVBoxLayout()
        below.setSpacing(0)
        below.addWidget(self._stays)
        below.addWidget(self._reason_error)
        below.addWidget(self._listed)
        below.addWidget(self.template)
        below.addStretch(1)
        grid.addLayout(below, 4, 0)
        beside = QVBoxLayout()
        beside.setSpacing(0)
        beside.addWidget(self._by_error)
        beside.addStretch(1)
        beside.addWidget(self._button, 0, Qt.AlignmentFlag.AlignRight)
        grid.addLayout(beside, 4, 1)
        grid.setRowMinimumHeight(4, 72)
        column = QVBoxLayout(self)
        column.setContentsMargins(48, 13, 16, 10)
        column.setSpacing(0)
        told = QHBoxLayout()
        told.setSpacing(8)
        told.addWidget(self._sentence)
        told.addWidget(self.visit)
        told.addStretch(1)
        column.addLayout(told)
        column.addSpacing(10)
        column.addLayout(grid)
        self._reason_error.setFixedHeight(24)

    def begin(self, sentence: str, supporters: Sequence[str], chosen: str, template_to: str = "") -> None:
        """Show why the row is locked, and who may decide; what was typed before stays.

        `template_to`: the address to which the template can go along, "" where it cannot.
        """
        self.template.set_words(_("Send DPA template to %(recipient)s") % {"recipient": template_to})
        self.template.setVisible(bool(template_to))
        self.template.setChecked(bool(template_to))
        self._sentence.setText(sentence)
        self.decided_by.clear()
        for name in supporters:
            self.decided_by.addItem(name, name)
        self.decided_by.choose(chosen)
        self.clear_errors()

    def forget(self) -> None:
        """Empty the reason: it was meant for another customer."""
        self.reason.clear()

    def wants_template(self) -> bool:
        """Tell whether the template shall go along."""
        return not self.template.isHidden() and self.template.isChecked()

    def show_error(self, field: str, sentence: str) -> None:
        """Show an error at "reason" or "decided_by", any other one at the reason; focus goes there."""
        if field == "decided_by":
            self._by_error.show_words("", sentence)
            self.decided_by.set_invalid(True)
            self.decided_by.setAccessibleDescription(sentence)
            self.decided_by.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._stays.hide()
        self._reason_error.show()
        self._reason_error.show_words("", sentence)
        self.reason.set_invalid(field == "reason")
        self.reason.setAccessibleDescription(sentence)
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def error(self) -> str:
        """Return the error that is shown, or an empty text."""
        return self._reason_error.error or self._by_error.error

    def clear_errors(self) -> None:
        """Show what follows instead of errors."""
        self._reason_error.show_words("", "")
        self._reason_error.hide()
        self._stays.show()
        self._by_error.show_words("", "")
        self.reason.set_invalid(False)
        self.decided_by.set_invalid(False)
        self.reason.setAccessibleDescription(self._sentence.text())
        self.decided_by.setAccessibleDescription("")

    def _on_reason_edited(self, _typed: str) -> None:
        if self.error():
            self.clear_errors()

    def _on_decided_by_activated(self, _row: int) -> None:
        if self.error():
            self.clear_errors()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line above."""
        c = theme.palette()
        painter = paint.start(self)
        painter.fillRect(self.rect(), c.surface)
        paint.rule(painter, 0, 0, self.width(), c.border)
        painter.end()
