"""Where a placeholder goes: into the field of a mail that had the focus last."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget

from laverma_desk.ui.settings.form import Form
from laverma_desk.ui.settings.placeholder_row import PlaceholderRow
from laverma_desk.ui.widgets.text_area import TextArea
from laverma_desk.ui.widgets.text_field import TextField


class PlaceholderTarget(QObject):
    """Puts what a row of placeholders offers at the caret of one of some fields, the last one at first."""

    def __init__(self, form: Form, row: PlaceholderRow, names: Sequence[str]) -> None:
        """Follow the focus among the fields of a form."""
        super().__init__(form)
        self._form, self._names = form, names
        self._target = names[-1]
        row.placeholder_chosen.connect(self._on_placeholder_chosen)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus_changed)

    def _on_focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        self._target = next((name for name in self._names if self._form.field(name) is now), self._target)

    def _on_placeholder_chosen(self, name: str) -> None:
        field = self._form.field(self._target)
        words = f"{{{name}}}"
        if isinstance(field, TextField):
            field.insert(words)
        elif isinstance(field, TextArea):
            field.textCursor().insertText(words)
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        self._form.show_error(self._target, "")
        self._form.edited.emit(self._target)
