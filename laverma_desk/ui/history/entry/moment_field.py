"""The field for an instant: a day, a local time, and in the hour that comes twice, which of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from laverma_desk import text
from laverma_desk.domain.clock import from_local, local, local_day
from laverma_desk.i18n import _
from laverma_desk.ui.widgets.date_field import DateField
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.labeled_field import HintLine
from laverma_desk.ui.widgets.segmented import Segment, SegmentedControl
from laverma_desk.ui.widgets.text_field import TextField

_FIRST, _SECOND = "first", "second"


@dataclass(frozen=True)
class TypedMoment:
    """What stands in the field; `untouched` is the instant (UTC) that was shown, if nobody changed it.

    `fold` is None unless somebody chose the first (0) or second (1) of two equal hours.
    """

    day: dt.date | None
    time: str
    fold: int | None = None
    untouched: dt.datetime | None = None


class MomentField(QWidget):
    """A label, day and time side by side, a line for an error. Emits `edited` when a person changed it."""

    edited = Signal()

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: TypedMoment | None = None
        self._stored: dt.datetime | None = None
        head = Label(label, self, px=13, weight=500, line=16)
        self.day = DateField(self)
        self.day.setAccessibleName(_("%(field)s, day") % {"field": label})
        self.time = TextField(self, placeholder=_("10:22"))
        self.time.setAccessibleName(_("%(field)s, time") % {"field": label})
        self.time.setMaxLength(20)
        self.time.setFixedWidth(96)
        head.setBuddy(self.day)
        self.hours = SegmentedControl(
            [Segment(_FIRST, _("first hour")), Segment(_SECOND, _("second hour"))],
            self,
            small=True,
            name=_("Which of the two hours"),
        )
        self._chosen: int | None = None
        self._line = HintLine(self)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.day, 1)
        row.addWidget(self.time)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addSpacing(8)
        column.addLayout(row)
        column.addSpacing(4)
        column.addWidget(self._line)
        column.addWidget(self.hours)
        self.hours.hide()
        self.setFocusProxy(self.day)
        self.day.day_chosen.connect(self._on_changed)
        self.day.textEdited.connect(self._on_changed)
        self.time.textEdited.connect(self._on_changed)
        self.hours.segment_chosen.connect(self._on_hours_segment_chosen)

    def show_instant(self, instant: dt.datetime | None, day: dt.date | None = None) -> None:
        """Show an instant (UTC) without a signal, or, where it is None, a day without a time."""
        self._stored = instant
        self.day.set_day(local_day(instant) if instant else day)
        self.time.setText(_shown_time(instant) if instant else "")
        self._chosen = _fold_of(instant) if instant else None
        self.hours.set_current(_SECOND if self._chosen else _FIRST)
        self.hours.setVisible(self._chosen is not None)
        self.show_error("")
        self._shown = self._read()

    def typed(self) -> TypedMoment:
        """Return what stands there."""
        now = self._read()
        untouched = self._stored if self._stored is not None and now == self._shown else None
        return TypedMoment(now.day, now.time, now.fold, untouched)

    def is_empty(self) -> bool:
        """Tell whether no time was typed."""
        return not self.time.text().strip()

    def ask_hour(self, wanted: bool) -> None:
        """Ask which of two equal hours is meant, or do not."""
        if not wanted:
            self._chosen = None
        self.hours.setVisible(wanted)

    def show_error(self, sentence: str) -> None:
        """Say in red what is wrong; an empty sentence takes it back."""
        self._line.show_words("", sentence)
        for field in (self.day, self.time):
            field.set_invalid(bool(sentence))
            field.setAccessibleDescription(sentence)

    def error(self) -> str:
        """Return the error shown."""
        return self._line.error

    def focus_faulty(self) -> QWidget:
        """Put the focus where something has to be done and return the field."""
        hours = not self.hours.isHidden() and self._chosen is None
        target: QWidget = self.hours if hours else self.time if self.day.day() else self.day
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        return target

    def _read(self) -> TypedMoment:
        return TypedMoment(self.day.day(), " ".join(self.time.text().split()), self._chosen)

    def _on_changed(self, _what: object) -> None:
        self.show_error("")
        self.edited.emit()

    def _on_hours_segment_chosen(self, key: str) -> None:
        self._chosen = 1 if key == _SECOND else 0
        self._on_changed(key)


def _shown_time(instant: dt.datetime) -> str:
    return text.time_with_seconds(instant) if instant.second else text.time(instant)


def _fold_of(instant: dt.datetime) -> int | None:
    """Return which of two equal hours an instant lies in, None where there is only one."""
    wall = local(instant).replace(tzinfo=None, fold=0)
    first, second = from_local(wall, fold=0), from_local(wall, fold=1)
    return None if first == second else int(local(instant).fold)
