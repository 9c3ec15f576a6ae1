"""A session of somebody else to look at: whose it is, since when, what was noted; or to be taken over."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui.widgets.button import Button
from laverma_desk.ui.widgets.card import Divider
from laverma_desk.ui.widgets.context_panel import KeyValues
from laverma_desk.ui.widgets.filter_button import FilterPopup
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.link import Link

_WIDE = 360
_MOST_LINES = 8


class CardWords(NamedTuple):
    """What the card says; `warning` before a take-over, empty where this login can take none over."""

    title: str
    state: str
    time: str
    facts: tuple[tuple[str, str], ...]
    notes: str
    warning: str = ""


class SessionCard(FilterPopup):
    """Opens below a button of the strip. Emits `history_wanted` and `take_over_confirmed`."""

    history_wanted = Signal()
    take_over_confirmed = Signal()

    def __init__(self, owner: QWidget, words: CardWords) -> None:
        super().__init__(owner)
        self.setFixedWidth(_WIDE)
        self.setAccessibleName(words.state)
        self.body.setContentsMargins(17, 13, 17, 13)
        self._time = Label(words.time, self, px=14, weight=600, line=24)
        self.notes = Label(shortened(words.notes) or _("No note yet."), self, px=13, wrap=True)
        self.notes.set_tone("text" if words.notes.strip() else "muted")
        self.history = Link(_("All sessions of this customer"), self, px=13)
        self.take = Link(_("Take over …"), self, px=13)
        self.take.setVisible(bool(words.warning))
        self._warning = Label(words.warning, self, px=13, tone="amber", wrap=True)
        self._warning.set_live()
        self.confirm = Button(_("Take over"), small=True, parent=self)
        self._cancel = Button(_("Cancel"), "quiet", small=True, parent=self)
        self._lay_out(words)
        self._ways, self._question = (
            self._row(self.history, None, self.take),
            self._row(self.confirm, self._cancel, above=8),
        )
        for one in (self._ways, self._warning, self._question):
            self.body.addWidget(one)
        self._warning.hide()
        self._question.hide()
        self.history.clicked.connect(self._on_history_clicked)
        self.take.clicked.connect(self._on_take_clicked)
        self.confirm.clicked.connect(self._on_confirm_clicked)
        self._cancel.clicked.connect(self._on_cancel_clicked)

    def _lay_out(self, words: CardWords) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Label(words.title, self, px=14, weight=600, line=24), 1)
        head.addWidget(self._time)
        self.body.addLayout(head)
        self.body.addWidget(Label(words.state, self, px=13, tone="muted", wrap=True))
        self.body.addSpacing(8)
        facts = KeyValues(self)
        facts.show_rows(words.facts)
        self.body.addWidget(facts)
        self.body.addSpacing(8)
        self.body.addWidget(Divider(self))
        self.body.addSpacing(8)
        self.body.addWidget(Label(_("Notes"), self, px=13, weight=600, line=24))
        self.body.addWidget(self.notes)
        self.body.addSpacing(12)

    def _row(self, *parts: QWidget | None, above: int = 0) -> QWidget:
        """Return parts in a row, with room `above`; None stands for the room between them."""
        whole = QWidget(self)
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, above, 0, 0)
        row.setSpacing(8)
        for part in parts:
            if part is None:
                row.addStretch(1)
            else:
                row.addWidget(part)
        if None not in parts:
            row.addStretch(1)
        return whole

    def open_below(self) -> None:
        """Show it with the focus on the first thing that can be done."""
        super().open_below()
        (self.take if self.take.isVisible() else self.history).setFocus(Qt.FocusReason.PopupFocusReason)

    def show_time(self, time_text: str) -> None:
        """Show the time as it is now."""
        self._time.setText(time_text)

    def _ask(self, *, asking: bool) -> None:
        self._ways.setVisible(not asking)
        self._warning.setVisible(asking)
        self._question.setVisible(asking)
        self.open_below()
        (self._cancel if asking else self.take).setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_history_clicked(self) -> None:
        self.close()
        self.history_wanted.emit()

    def _on_take_clicked(self) -> None:
        self._ask(asking=True)

    def _on_cancel_clicked(self) -> None:
        self._ask(asking=False)

    def _on_confirm_clicked(self) -> None:
        self.close()
        self.take_over_confirmed.emit()


def shortened(notes: str) -> str:
    """Return the first lines of notes: a popup is no page."""
    lines = notes.strip().splitlines()
    return "\n".join(lines[:_MOST_LINES] + (["…"] if len(lines) > _MOST_LINES else []))
