"""A drop-down filled with values and their words."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from laverma_desk.ui.customers.words import Choices
from laverma_desk.ui.widgets.combo import ComboBox


def choice_field(choices: Choices, parent: QWidget, name: str) -> ComboBox:
    """Return a drop-down with these choices; its data are the values."""
    made = ComboBox(parent, name=name)
    for value, words in choices:
        made.addItem(words, value)
    return made
