"""The filters above the changes: when, of what kind, by whom, with what words, and the export."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from laverma_desk.domain.change_log import ChangeFilter, ChangeKind
from laverma_desk.i18n import _
from laverma_desk.services.history import TEXT_LIMIT
from laverma_desk.services.tax_audit.change_lines import kind_name
from laverma_desk.ui.history import periods
from laverma_desk.ui.history.period_popup import PeriodPopup
from laverma_desk.ui.history.periods import Period
from laverma_desk.ui.key_names import key_name
from laverma_desk.ui.widgets.button import Button
from laverma_desk.ui.widgets.choice_popup import Choice, ChoicePopup
from laverma_desk.ui.widgets.filter_button import FilterButton
from laverma_desk.ui.widgets.search_field import SearchField

_PERIOD, _KIND, _EXPORT = 228, 240, 74
_WHO, _NARROW_WHO = 168, 136
_NARROW = 1000


class ChangeFilters(QWidget):
    """A line 64 px high. Emits `wanted_changed(ChangeFilter)`, `search_done` and `export_wanted`."""

    wanted_changed = Signal(object)
    search_done = Signal()
    export_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(64)
        self._wanted = ChangeFilter()
        self._today = date.min
        self._people: Sequence[str] = ()
        self.period = FilterButton(self, icon="calendar", name=_("Period"))
        self.kind = FilterButton(self, prefix=_("Kind"))
        self.who = FilterButton(self, prefix=_("Who"))
        self.search = SearchField(
            self,
            height=32,
            icon="search",
            placeholder=_("Search"),
            trailing=key_name("Ctrl+F"),
            trailing_px=12,
        )
        self.search.setAccessibleName(_("Search the changes"))
        self.search.setMaxLength(TEXT_LIMIT)
        self.export = Button("CSV", icon="download", small=True, parent=self)
        self.export.setAccessibleName(_("Export what the filter shows"))
        self.export.setToolTip(f"{_('Export what the filter shows')} ({key_name('Alt+E')})")
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 16, 24, 16)
        row.setSpacing(8)
        for button, wide, key in (
            (self.period, _PERIOD, "Alt+Z"),
            (self.kind, _KIND, "Alt+A"),
            (self.who, _WHO, "Alt+W"),
        ):
            button.setFixedWidth(wide)
            button.setAccessibleDescription(key_name(key))
            row.addWidget(button)
        row.addWidget(self.search, 1)
        self.export.setFixedWidth(_EXPORT)
        row.addWidget(self.export)
        self.period.popup_wanted.connect(self.open_period)
        self.kind.popup_wanted.connect(self.open_kinds)
        self.who.popup_wanted.connect(self.open_people)
        self.search.textChanged.connect(self._on_search_changed)
        self.search.done.connect(self.search_done)
        self.export.clicked.connect(self.export_wanted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the search enough room in a narrow window."""
        super().resizeEvent(event)
        self.who.setFixedWidth(_NARROW_WHO if self.width() < _NARROW else _WHO)

    def focusInEvent(self, _event: QFocusEvent) -> None:
        """Pass the focus on to the period (F6)."""
        self.period.setFocus()

    def show_wanted(self, wanted: ChangeFilter, today: date) -> None:
        """Show what is filtered by, without a signal."""
        self._wanted, self._today = wanted, today
        self.period.show_value(periods.words_of((wanted.first, wanted.last)))
        self.kind.show_value(_("All") if wanted.kind is None else kind_name(wanted.kind))
        self.who.show_value(_("All") if wanted.who is None else wanted.who)
        if wanted.text != self.search.text():
            blocked = self.search.blockSignals(True)
            self.search.setText(wanted.text)
            self.search.blockSignals(blocked)

    def show_people(self, people: Sequence[str]) -> None:
        """Offer these people."""
        self._people = people

    def focus_search(self) -> None:
        """Put the focus into the search."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    # --- popups

    def open_period(self) -> PeriodPopup:
        """Open the periods."""
        popup = PeriodPopup(self.period, (self._wanted.first, self._wanted.last), self._today)
        popup.period_taken.connect(self._on_period_taken)
        popup.open_below()
        return popup

    def open_kinds(self) -> ChoicePopup:
        """Open the kinds of changes."""
        every = [Choice(None, _("All")), *(Choice(one, kind_name(one)) for one in ChangeKind)]
        popup = ChoicePopup(self.kind, every, self._wanted.kind, name=_("Kind"))
        popup.choice_taken.connect(self._on_kind_taken)
        popup.open_below()
        return popup

    def open_people(self) -> ChoicePopup:
        """Open the people."""
        every = [Choice(None, _("All")), *(Choice(one, one) for one in self._people)]
        popup = ChoicePopup(self.who, every, self._wanted.who, name=_("Who"))
        popup.choice_taken.connect(self._on_person_taken)
        popup.open_below()
        return popup

    # --- what is chosen

    def _change(self, wanted: ChangeFilter) -> None:
        if wanted != self._wanted:
            self.show_wanted(wanted, self._today)
            self.wanted_changed.emit(wanted)

    def _on_period_taken(self, period: Period) -> None:
        self._change(replace(self._wanted, first=period[0], last=period[1]))

    def _on_kind_taken(self, choice: Choice) -> None:
        self._change(replace(self._wanted, kind=choice.key if isinstance(choice.key, ChangeKind) else None))

    def _on_person_taken(self, choice: Choice) -> None:
        self._change(replace(self._wanted, who=choice.key if isinstance(choice.key, str) else None))

    def _on_search_changed(self, typed: str) -> None:
        self._change(replace(self._wanted, text=typed))
