"""The page about the house's form of agreement: the PDF, and the mail that carries it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui.settings.form import Form
from laverma_desk.ui.settings.placeholder_row import PlaceholderRow
from laverma_desk.ui.settings.template_row import TemplateRow
from laverma_desk.ui.widgets.text_area import TextArea
from laverma_desk.ui.widgets.text_field import TextField

_NAMES = ("subject", "body")


class AgreementForm(Form):
    """The fields `subject` and `body` of the mail; `template` is the row of the PDF, stored at once."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._target = "body"
        self.add_heading(_("DPA template as PDF"), above=0)
        self.template = TemplateRow(self)
        self.column.addSpacing(8)
        self.column.addWidget(self.template)
        self.add_heading(_("Mail with the template"), above=32)
        self.add_row((self.labeled("subject", _("Subject"), TextField(self)), 1), above=8)
        area = TextArea(self)
        area.setFixedHeight(246)
        self.add_row((self.labeled("body", _("Text"), area), 1))
        self.words = PlaceholderRow(
            _("Put in at the caret:"),
            {
                "salutation": _("Salutation"),
                "customer": _("Customer"),
                "supporter": _("Supporter"),
                "company": _("Company"),
                "phone": _("Phone"),
            },
            self,
        )
        self.words.placeholder_chosen.connect(self._on_placeholder_chosen)
        self.column.addSpacing(16)
        self.column.addWidget(self.words)
        self.setFocusProxy(self.template.choose)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus_changed)

    def _on_focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        for name in _NAMES:
            if self.field(name) is now:
                self._target = name

    def _on_placeholder_chosen(self, name: str) -> None:
        field = self.field(self._target)
        words = f"{{{name}}}"
        if isinstance(field, TextField):
            field.insert(words)
        elif isinstance(field, TextArea):
            field.textCursor().insertText(words)
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.show_error(self._target, "")
        self.edited.emit(self._target)
