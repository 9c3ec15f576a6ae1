"""Says under the strip what no page foresaw, until somebody has read it."""

from __future__ import annotations

from PySide6.QtCore import QObject

from laverma_desk.i18n import _
from laverma_desk.ui.widgets.notice_bar import NoticeBar


class CrashNotice(QObject):
    """Fills the notice bar with a sentence in red and a link that takes it away."""

    def __init__(self, bar: NoticeBar, parent: QObject) -> None:
        """Leave the bar as it is until there is something to say."""
        super().__init__(parent)
        self._bar = bar
        self._said = ""
        bar.link_activated.connect(self._on_bar_link_activated)

    def say(self, sentence: str, aside: str = "") -> None:
        """Show a sentence; `aside` is the place where more of it stands."""
        self._said = sentence
        self._bar.show_notice(sentence, aside=aside, link=_("Close"), tone="red")

    def _on_bar_link_activated(self) -> None:
        # By now somebody else may have something to say there.
        if self._said and self._bar.sentence() == self._said:
            self._said = ""
            self._bar.clear()
