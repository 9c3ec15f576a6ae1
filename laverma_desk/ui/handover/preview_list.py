"""The files that an export would write, with their sum, and below them what stands in the way."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui.handover.reading import FileReading, ObstacleReading, Place, PreviewReading
from laverma_desk.ui.key_names import key_name
from laverma_desk.ui.settings.prose import Prose
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.link import Link
from laverma_desk.ui.widgets.mark import IconMark

_ASSIGN_KEY = "Alt+D"


class _FileRow(QWidget):
    """A line 24 px high: name of a file, and how much is in it."""

    def __init__(self, reading: FileReading, parent: QWidget) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(IconMark("snippet", self))
        row.addWidget(Label(reading.name, self, px=13, line=24, cut="middle"))
        row.addWidget(Label(reading.content, self, px=13, tone="muted", line=24))
        row.addStretch(1)


class _ObstacleRow(QWidget):
    """A mark, the sentence, and the link to its mending. Emits `way_chosen(Way)`."""

    way_chosen = Signal(object)

    def __init__(self, reading: ObstacleReading, parent: QWidget) -> None:
        super().__init__(parent)
        self._way = reading.way
        key = key_name(_ASSIGN_KEY) if reading.way.place is Place.ACCOUNTS else ""
        self.link = Link(reading.link, self, px=13, shortcut_text=key)
        self.link.setAccessibleDescription(reading.sentence)
        mark = QVBoxLayout()
        mark.setContentsMargins(0, 2, 0, 0)
        mark.addWidget(IconMark("warning", self, tone="amber"))
        mark.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addLayout(mark)
        row.addWidget(Prose(reading.sentence, self, px=13), 1, Qt.AlignmentFlag.AlignTop)
        row.addSpacing(8)
        row.addWidget(self.link, 0, Qt.AlignmentFlag.AlignTop)
        self.link.clicked.connect(self._on_link_clicked)

    def _on_link_clicked(self) -> None:
        self.way_chosen.emit(self._way)


class PreviewList(QWidget):
    """Says what an export would write. Emits `way_chosen(Way)` for an obstacle that is to be mended."""

    way_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.reading = PreviewReading()
        self._rows: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._loading = Label(_("Loading …"), self, px=13, tone="muted", line=24)
        self._loading.hide()
        self._column.addWidget(self._loading)

    def show_loading(self) -> None:
        """Say that it takes a moment; what was shown stays."""
        self._loading.show()

    def end_loading(self) -> None:
        """Say so no longer."""
        self._loading.hide()

    def show_reading(self, reading: PreviewReading) -> bool:
        """Show another preview, the focus where it was among the obstacles; return whether it is lost."""
        self.end_loading()
        links = self.links()
        focused = next((place for place, one in enumerate(links) if one.hasFocus()), None)
        if reading != self.reading or not self._rows:
            self.reading = reading
            self._build()
        links = self.links()
        if focused is not None and links:
            links[min(focused, len(links) - 1)].setFocus(Qt.FocusReason.OtherFocusReason)
        return focused is not None and not links

    def links(self) -> list[Link]:
        """Return the links of the obstacles."""
        return [one.link for one in self._rows if isinstance(one, _ObstacleRow)]

    def focus_first(self) -> bool:
        """Put the focus on the first obstacle; return whether there is one."""
        links = self.links()
        if links:
            links[0].setFocus(Qt.FocusReason.OtherFocusReason)
        return bool(links)

    def words(self) -> list[str]:
        """Return what is shown, line by line."""
        shown = self.reading
        files = [f"{one.name} {one.content}" for one in shown.files]
        obstacles = [one.sentence for one in shown.obstacles]
        return [one for one in (*files, shown.total, *obstacles, shown.more) if one]

    def _build(self) -> None:
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        shown = self.reading
        self._rows = [_FileRow(one, self) for one in shown.files]
        if shown.total:
            self._rows.append(Label(shown.total, self, px=13, weight=600, line=24))
        if shown.obstacles:
            self._rows.append(_gap(self))
        for one in shown.obstacles:
            row = _ObstacleRow(one, self)
            row.way_chosen.connect(self.way_chosen)
            self._rows.append(row)
        if shown.more:
            self._rows.append(Label(shown.more, self, px=13, tone="muted", line=24))
        for widget in self._rows:
            self._column.addWidget(widget)
            widget.show()


def _gap(parent: QWidget) -> QWidget:
    made = QWidget(parent)
    made.setFixedHeight(4)
    return made
