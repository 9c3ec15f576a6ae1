"""A window that says why there is no desk: whoever started with a click sees no shell."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from laverma_desk.domain.errors import DeskError


def sentence_of(error: DeskError) -> str:
    """Return what went wrong and what to do about it."""
    # Imported only where something failed: its words bring Babel, for which the first paint need not wait.
    from laverma_desk.explain import explain  # noqa: PLC0415

    return explain(error)


def failure_box(sentence: str, parent: QWidget | None) -> QMessageBox:
    """Return the window; it is to be opened, and goes when it is closed."""
    box = QMessageBox(QMessageBox.Icon.Critical, "Laverma Desk", sentence, parent=parent)
    box.setStandardButtons(QMessageBox.StandardButton.Close)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return box
