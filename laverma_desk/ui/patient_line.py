"""The quiet line that names what looks like data of a patient; it forbids nothing and is written nowhere."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from laverma_desk.domain.patient_hint import PatientHint
from laverma_desk.i18n import _, ngettext
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.mark import IconMark

_NAMED = 3
_LONGEST = 40


def patient_sentence(hints: Sequence[PatientHint]) -> str:
    """Return what was found, in its own words; empty where nothing was."""
    if not hints:
        return ""
    words = list(dict.fromkeys(" ".join(one.words.split()) for one in hints))
    named = ", ".join(_("“%(words)s”") % {"words": _short(one)} for one in words[:_NAMED])
    more = len(words) - _NAMED
    if more > 0:
        named = ngettext("%(words)s and %(count)d more", "%(words)s and %(count)d more", more) % {
            "words": named,
            "count": more,
        }
    return _("Looks like data of a patient: %(words)s") % {"words": named}


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]} …"


class PatientLine(QWidget):
    """One line, 20 px high, or as many as it needs with `wrap`; hidden while there is nothing to say."""

    def __init__(self, parent: QWidget | None = None, *, wrap: bool = False) -> None:
        super().__init__(parent)
        self._mark = IconMark("info", self, tone="amber")
        self._words = Label("", self, px=13, tone="muted", wrap=wrap)
        # A long sentence is elided; it must never make the window wider.
        if not wrap:
            self._words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._mark)
        row.addWidget(self._words, 1)
        self.hide()

    def show_hints(self, hints: Sequence[PatientHint]) -> bool:
        """Name what was found, or be gone; return whether the line came or went."""
        words = patient_sentence(hints)
        was_shown = not self.isHidden()
        if words != self._words.text():
            self._words.setText(words)
            self.setAccessibleName(words)
        self.setVisible(bool(words))
        return was_shown != bool(words)

    def words(self) -> str:
        """Return what is said."""
        return self._words.text()
