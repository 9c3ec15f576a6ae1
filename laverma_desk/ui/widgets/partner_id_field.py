"""The field for a partner ID: digits grouped as they are read out, or a name where one may be."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QClipboard, QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from laverma_desk import text
from laverma_desk.domain.connecting import is_id, plain_id
from laverma_desk.domain.customer import Tool
from laverma_desk.i18n import _, ngettext
from laverma_desk.ui.widgets.text_field import TextField


class PartnerIdField(TextField):
    """A field that groups digits while they are typed or pasted, and gives them out without blanks.

    What may be typed follows the tool (`set_tool`): TeamViewer has digits alone, the others names too.
    `counter` writes "8 digits" at the right end until there are 9; `copying` puts a copy icon there.
    Emits `digits_edited(str)` with the plain ID when a person changed it.
    """

    digits_edited = Signal(str)

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        height: int = 40,
        counter: bool = False,
        copying: bool = False,
        px: int | None = None,
        weight: int = 400,
    ) -> None:
        super().__init__(parent, height=height, px=px, weight=weight)
        self._counter = counter
        self._tool = Tool.TEAMVIEWER
        self.setAccessibleName(_("Partner ID"))
        if copying:
            self.set_action("copy", _("Copy partner ID")).clicked.connect(self._on_copy_clicked)
        self.textEdited.connect(self._on_text_edited)
        # Before anybody else hears of it: now it is known how many digits there are.
        self.left.connect(self._on_left)

    def set_tool(self, tool: Tool) -> None:
        """Take IDs as a tool gives them out; a name that it does not have is left to the check."""
        if tool is not self._tool:
            self._tool = tool
            self._show(self.text(), len(self.text()))

    def digits(self) -> str:
        """Return the ID without blanks, which is digits alone for TeamViewer."""
        return plain_id(self._tool, self.text())

    def set_digits(self, digits: str) -> None:
        """Show an ID without a signal."""
        self._show(digits, len(digits))

    def complete(self) -> bool:
        """Tell whether the tool could be started with what stands here."""
        return is_id(self._tool, self.digits())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy and cut without the blanks: other programs want the plain ID."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy_selection()
        elif event.matches(QKeySequence.StandardKey.Cut):
            self._cut_selection()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Let the menu copy and cut as the keys do."""
        menu = self.createStandardContextMenu()
        for action in menu.actions():
            if action.objectName() in ("edit-copy", "edit-cut"):
                action.triggered.disconnect()
                copies = action.objectName() == "edit-copy"
                action.triggered.connect(self._copy_selection if copies else self._cut_selection)
        menu.popup(event.globalPos())
        menu.aboutToHide.connect(menu.deleteLater)

    def _copy_selection(self) -> None:
        if self.hasSelectedText():
            _copy(plain_id(self._tool, self.selectedText()))

    def _cut_selection(self) -> None:
        if self.hasSelectedText():
            self._copy_selection()
            self.del_()
            self._on_text_edited(self.text())

    def _on_text_edited(self, typed: str) -> None:
        before = self.cursorPosition()
        self._show(typed, len(plain_id(self._tool, typed[:before])), growing=True)
        self.digits_edited.emit(self.digits())

    def _on_left(self) -> None:
        self._show(self.text(), len(self.digits()))

    def _show(self, typed: str, caret: int, *, growing: bool = False) -> None:
        plain = plain_id(self._tool, typed)
        shown = text.partner_id_so_far(plain) if growing else text.partner_id(plain)
        if shown != self.text():
            self.setText(shown)
        self.setCursorPosition(_place(shown, min(caret, len(plain))))
        if self._counter:
            many = len(plain)
            words = ngettext("%(count)d digit", "%(count)d digits", many) % {"count": many}
            self.set_trailing(words if 0 < many < 9 and self._tool is Tool.TEAMVIEWER else "")

    def _on_copy_clicked(self) -> None:
        _copy(self.digits())


def _copy(plain: str) -> None:
    QGuiApplication.clipboard().setText(plain, QClipboard.Mode.Clipboard)


def _place(shown: str, count: int) -> int:
    """Return the caret position right behind the first `count` signs of the plain ID."""
    seen = 0
    for place, sign in enumerate(shown):
        if seen == count:
            return place
        seen += sign != " "
    return len(shown)
