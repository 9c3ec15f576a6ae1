"""The name of the program that a session is connected by; pressed, it offers the other ones."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QWidget

from laverma_desk import text
from laverma_desk.domain.customer import Tool
from laverma_desk.i18n import _
from laverma_desk.ui.call.popup_menu import PopupMenu
from laverma_desk.ui.widgets.link import Link


class ToolLink(Link):
    """Emits `tool_chosen` when a person chose another program, and `menu_closed`."""

    tool_chosen = Signal()
    menu_closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent, px=13)
        self._tool = Tool.TEAMVIEWER
        self._menu = PopupMenu(self)
        self._group = QActionGroup(self)
        self._actions: dict[Tool, QAction] = {}
        for tool in Tool:
            action = QAction(text.tool(tool), self._group)
            action.setCheckable(True)
            self._actions[tool] = action
            self._menu.addAction(action)
        self._group.triggered.connect(self._on_tool_triggered)
        self._menu.aboutToHide.connect(self.menu_closed)
        self.clicked.connect(self._on_clicked)
        self.show_tool(Tool.TEAMVIEWER)

    def tool(self) -> Tool:
        """Return the program."""
        return self._tool

    def show_tool(self, tool: Tool) -> None:
        """Name another program, without a signal."""
        self._tool = tool
        self._actions[tool].setChecked(True)
        self.set_words(text.tool(tool))
        self.setAccessibleName(_("Program: %(tool)s") % {"tool": text.tool(tool)})

    def actions_by_tool(self) -> dict[Tool, QAction]:
        """Return the entries of the menu."""
        return dict(self._actions)

    def _on_clicked(self) -> None:
        self._menu.popup(self.mapToGlobal(QPoint(0, self.height() + 4)))
        self._menu.setActiveAction(self._actions[self._tool])

    def _on_tool_triggered(self, chosen: QAction) -> None:
        for tool, action in self._actions.items():
            if action is chosen and tool is not self._tool:
                self.show_tool(tool)
                self.tool_chosen.emit()
