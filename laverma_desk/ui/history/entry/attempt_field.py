"""Whether an attempt was none after all: asked for in the correction of one, and nowhere else."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from laverma_desk import text
from laverma_desk.domain.not_possible import NotPossible
from laverma_desk.i18n import _
from laverma_desk.ui.widgets.combo import ComboBox
from laverma_desk.ui.widgets.labeled_field import LabeledField

_TOOK_PLACE = "took_place"
_WIDE = 320


class AttemptField(LabeledField):
    """The reason why support was not possible, or that it was. Hidden for any other session.

    Emits `reason_changed` when a person chose something else.
    """

    reason_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        self.box = ComboBox(name=_("Remote support not possible"))
        super().__init__(_("Remote support not possible"), self.box, parent=parent)
        self.box.setFixedWidth(_WIDE)
        self.setContentsMargins(0, 0, 0, 12)
        for reason in NotPossible:
            words = text.not_possible_reason(reason)
            self.box.addItem(words[:1].upper() + words[1:], reason.value)
        self.box.addItem(_("It took place after all"), _TOOK_PLACE)
        self.box.activated.connect(self._on_box_activated)
        self.hide()

    def show_reason(self, reason: NotPossible | None) -> None:
        """Show an attempt's reason; for any other session there is nothing to ask."""
        self.box.choose(reason.value if reason else _TOOK_PLACE)
        self.setVisible(reason is not None)

    def reason(self) -> NotPossible | None:
        """Return why support was not possible, None where it took place."""
        chosen = self.box.currentData()
        return None if chosen == _TOOK_PLACE else NotPossible(chosen)

    def _on_box_activated(self, _row: int) -> None:
        self.reason_changed.emit()
