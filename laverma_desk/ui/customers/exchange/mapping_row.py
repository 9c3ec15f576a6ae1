"""One heading of a foreign file: what stands below it, and what it means."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.services.importing.mapping import Heading, offered
from laverma_desk.ui.customers.exchange.words import meaning
from laverma_desk.ui.widgets.combo import ComboBox
from laverma_desk.ui.widgets.label import Label

HEADING, CHOICE = 240, 280


class MappingRow(QWidget):
    """Emits `chosen(self)` when another meaning is chosen."""

    chosen = Signal(object)

    def __init__(self, heading: Heading, target: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = heading.key
        self.setFixedHeight(48)
        name = Label(heading.key, self, weight=500)
        name.setFixedWidth(HEADING)
        samples = Label("  ·  ".join(heading.samples[:3]) or _("empty"), self, px=13, tone="muted")
        self.choice = ComboBox(self, height=32, name=_("Meaning of %(heading)s") % {"heading": heading.key})
        self.choice.setFixedWidth(CHOICE)
        self.choice.addItem(_("leave out"), "")
        for one in offered():
            self.choice.addItem(meaning(one), one)
        self.choice.choose(target)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(16)
        row.addWidget(name)
        row.addWidget(samples, 1)
        row.addWidget(self.choice)
        self.choice.currentIndexChanged.connect(self._on_choice_changed)

    def target(self) -> str:
        """Return the chosen meaning, "" for none."""
        return str(self.choice.currentData() or "")

    def leave_out(self) -> None:
        """Give the heading no meaning, without saying so."""
        self.choice.choose("")

    def _on_choice_changed(self, _index: int) -> None:
        self.chosen.emit(self)
