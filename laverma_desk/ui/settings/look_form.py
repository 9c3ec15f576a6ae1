"""How the program looks and shows itself on this machine: colours, language, size, desktop."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from laverma_desk import settings, text
from laverma_desk.i18n import NAMES, _
from laverma_desk.ui.settings.form import Form
from laverma_desk.ui.settings.menu_entry import MenuEntry
from laverma_desk.ui.settings.prose import Prose
from laverma_desk.ui.widgets.button import Button
from laverma_desk.ui.widgets.check_box import CheckBox
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.mark import IconMark
from laverma_desk.ui.widgets.segmented import Segment, SegmentedControl

SYSTEM = "system"
SWITCHES = ("mini_on_minimise", "tray", "notifications")
"""Fields that are yes or no, called like the settings of this machine."""


class LookForm(Form):
    """The fields `theme`, `language`, `text_size` and the SWITCHES, and the `menu_entry`.

    Emits `restart_requested`.
    """

    restart_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        themes = {SYSTEM: _("Like the system"), "light": _("Light"), "dark": _("Dark")}
        # A language is named in itself: who cannot read this page finds it all the same.
        languages = {SYSTEM: _("Like the system"), **NAMES}
        sizes = {str(size): text.percent(Decimal(size)) for size in settings.TEXT_SIZES}
        self._add_choice("theme", _("Colours"), themes, above=0)
        self._add_choice("language", _("Language"), languages)
        self._add_choice("text_size", _("Text size"), sizes)
        self._add_switches()
        self.menu_entry = MenuEntry(self)
        self.column.addSpacing(24)
        self.column.addWidget(self.menu_entry)
        self._note = QWidget(self)
        row = QHBoxLayout(self._note)
        row.setContentsMargins(0, 24, 0, 0)
        row.setSpacing(12)
        words = Prose(
            _("Language and text size change at the next start. A running session runs on meanwhile."),
            self._note,
        )
        self.restart = Button(_("Start anew"), icon="reload", parent=self._note)
        top = Qt.AlignmentFlag.AlignVCenter
        row.addWidget(IconMark("info", self._note, size=20), 0, top)
        row.addWidget(words, 1, top)
        row.addWidget(self.restart, 0, top)
        self.column.addWidget(self._note)
        self.restart.clicked.connect(self.restart_requested)
        self.show_restart(wanted=False, unsaved=False)

    def show_restart(self, *, wanted: bool, unsaved: bool) -> None:
        """Show that a start is needed; with something unsaved it has to wait."""
        self._note.setVisible(wanted)
        self.restart.set_blocked(_("First save or discard the changes.") if unsaved else None)

    def offers_restart(self) -> bool:
        """Tell whether the start is offered."""
        return self._note.isVisibleTo(self)

    def _add_switches(self) -> None:
        words = {
            "mini_on_minimise": _("Show the mini timer when the window is minimised while time runs"),
            "tray": _("Show an icon in the notification area"),
            "notifications": _("Desktop notifications: forgotten pause, long session, mail not sent, caller"),
        }
        self.column.addSpacing(24)
        self.column.addWidget(Label(_("While you work"), self, px=13, weight=500, line=16))
        for name in SWITCHES:
            box = CheckBox(words[name], self)
            self.column.addSpacing(8)
            self.column.addWidget(box, 0, Qt.AlignmentFlag.AlignLeft)
            self.take(name, box)

    def _add_choice(self, name: str, label: str, parts: dict[str, str], *, above: int = 24) -> None:
        control = SegmentedControl([Segment(key, words) for key, words in parts.items()], self, name=label)
        self.column.addSpacing(above)
        self.column.addWidget(Label(label, self, px=13, weight=500, line=16))
        self.column.addSpacing(8)
        self.column.addWidget(control, 0, Qt.AlignmentFlag.AlignLeft)
        self.take(name, control)
