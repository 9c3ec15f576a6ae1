"""Shows the two versions of what somebody else has written meanwhile, in the words of the form that typed."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from laverma_desk import text
from laverma_desk.domain.edition import Clash, Side, Writer
from laverma_desk.i18n import _
from laverma_desk.ui.widgets.two_versions import TwoVersions, VersionRow

Words = Callable[[str, object], str]


class MeetingVersions(QObject):
    """One question at a time over a form. Emits `decided(dict of Side by field)`."""

    decided = Signal(object)

    def __init__(self, over: QWidget, parent: QObject) -> None:
        """Remember over what to ask."""
        super().__init__(parent)
        self._over = over
        self.shown: TwoVersions | None = None

    def ask(
        self, found: Iterable[Clash], writer: Writer, label_of: Callable[[str], str], words_of: Words
    ) -> None:
        """Show the fields that differ; nothing happens while another question is open."""
        if self.shown is not None:
            return
        rows = [
            VersionRow(
                one.name, label_of(one.name), words_of(one.name, one.own), words_of(one.name, one.theirs),
                one.side, one.both,
            )
            for one in found
        ]  # fmt: skip
        shown = TwoVersions(self._over.window(), _("Two versions"), _lead(writer), _whose(writer), rows)
        shown.decided.connect(self._on_decided)
        shown.finished.connect(self._on_finished)
        self.shown = shown
        shown.open()

    def _on_decided(self, sides: dict[str, Side]) -> None:
        self.shown = None
        self.decided.emit(sides)

    def _on_finished(self, _result: int) -> None:
        self.shown = None


def _lead(writer: Writer) -> str:
    if writer.name and writer.at is not None:
        return _(
            "%(name)s saved this at %(time)s, while you were typing. Nothing has been overwritten: "
            "choose for each field what stays."
        ) % {"name": writer.name, "time": text.clock_time(writer.at)}
    return _(
        "Somebody else saved this while you were typing. Nothing has been overwritten: "
        "choose for each field what stays."
    )


def _whose(writer: Writer) -> str:
    if writer.name and writer.at is not None:
        return _("%(name)s, %(time)s") % {"name": writer.name, "time": text.clock_time(writer.at)}
    return _("Theirs, saved meanwhile")
