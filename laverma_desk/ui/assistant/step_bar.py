"""The bar below a step: back, later, and on."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui.key_names import key_name
from laverma_desk.ui.widgets.button import Button
from laverma_desk.ui.widgets.card import ActionBar
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.mark import IconMark


class StepBar(ActionBar):
    """Emits `back_requested`, `later_requested` and `next_requested`."""

    back_requested = Signal()
    later_requested = Signal()
    next_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row.setContentsMargins(64, 1, 64, 1)
        self.back = Button(_("Back"), parent=self)
        self.later = Button(_("Later"), parent=self)
        self.later.setToolTip(_("What you have entered is kept. The rest can wait for the settings."))
        self.next = Button(_("Next"), "primary", shortcut_text=key_name("Ctrl+Return"), parent=self)
        self._mark = IconMark("warning", self, tone="red")
        self._problem = Label("", self, px=13, tone="red")
        self._problem.set_live()
        said = QHBoxLayout()
        said.setContentsMargins(8, 0, 8, 0)
        said.setSpacing(8)
        said.addWidget(self._mark)
        said.addWidget(self._problem, 1)
        self.row.addWidget(self.back)
        self.row.addLayout(said, 1)
        self.row.addWidget(self.later)
        self.row.addWidget(self.next)
        self.back.clicked.connect(self.back_requested)
        self.later.clicked.connect(self.later_requested)
        self.next.clicked.connect(self.next_requested)
        self.show_problem("")

    def show_place(self, *, first: bool, last: bool) -> None:
        """Offer what there is at this step: no way back from the first one, the end at the last."""
        self.back.setVisible(not first)
        self.next.set_label(_("Done") if last else _("Next"))
        self.show_problem("")

    def set_busy(self, busy: bool) -> None:
        """Take no press while something is being saved."""
        self.next.set_busy(_("Saving …") if busy else None)
        for button in (self.back, self.later):
            button.set_blocked("" if busy else None)

    def show_problem(self, sentence: str) -> None:
        """Say in red why nothing was saved; an empty sentence takes it back."""
        self._mark.setVisible(bool(sentence))
        self._problem.setText(sentence)
        self._problem.setAccessibleName(sentence)

    def problem(self) -> str:
        """Return what the bar says."""
        return self._problem.text()
