"""What every page of the settings has around its form: title, sentence, and room to scroll."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from laverma_desk.ui.settings.prose import Prose
from laverma_desk.ui.widgets.label import Label


class PageFrame(QScrollArea):
    """A form below its title; `side` is the room left and right of it, `top` above."""

    def __init__(
        self,
        title: str,
        lead: str,
        form: QWidget,
        parent: QWidget | None = None,
        *,
        side: int = 32,
        top: int = 24,
        below_lead: int = 20,
    ) -> None:
        super().__init__(parent)
        self.form = form
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        body = QWidget(self)
        body.setAutoFillBackground(False)
        column = QVBoxLayout(body)
        column.setContentsMargins(side, top, side, 24)
        column.setSpacing(0)
        column.addWidget(Label(title, body, px=20, weight=600, line=32))
        column.addWidget(Prose(lead, body, tone="muted"))
        column.addSpacing(below_lead)
        # Beside a stretch, since the layout measures wrapped lines at the width a form would like to have.
        across = QHBoxLayout()
        across.addWidget(form, 1)
        across.addStretch(0)
        column.addLayout(across)
        column.addStretch(1)
        self.setWidget(body)
        self.setAccessibleName(title)
        self.setFocusProxy(form)
