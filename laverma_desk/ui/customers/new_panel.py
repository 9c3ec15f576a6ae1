"""A new customer in full: master data, and a first person and machine, in place of the record."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui.customers.card_form import CardForm
from laverma_desk.ui.customers.contact_form import ContactForm
from laverma_desk.ui.customers.master_form import MasterForm
from laverma_desk.ui.customers.workstation_form import WorkstationForm
from laverma_desk.ui.key_names import key_name
from laverma_desk.ui.settings.error_line import ErrorLine
from laverma_desk.ui.widgets.button import Button
from laverma_desk.ui.widgets.card import ActionBar, Card
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.link import Link
from laverma_desk.ui.widgets.overlay_scroll import OverlayScrollArea


class NewCustomerPanel(QWidget):
    """Emits `create_requested`, `close_requested`, `clear_requested`, `known_requested` (who it may be)."""

    create_requested = Signal()
    close_requested = Signal()
    clear_requested = Signal()
    known_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.master = MasterForm(foot=False)
        self.contact = ContactForm(foot=False)
        self.workstation = WorkstationForm(foot=False)
        self.master.labeled_field("number").set_hint(_("Empty: the next free one."))
        self.known = Label("", self, px=13, tone="amber")
        self.known_link = Link(_("Open"), self, px=13)
        self.problem = ErrorLine(self)
        self.create_button = Button(
            _("Create customer"), "primary", shortcut_text=key_name("Ctrl+Return"), parent=self
        )
        self.close_button = Button(_("Back"), "secondary", shortcut_text=_("Esc"), parent=self)
        self.clear_button = Button(_("Discard"), "quiet", parent=self)
        self._lay_out()
        self.create_button.clicked.connect(self.create_requested)
        self.close_button.clicked.connect(self.close_requested)
        self.clear_button.clicked.connect(self.clear_requested)
        self.known_link.clicked.connect(self.known_requested)
        self.setFocusProxy(self.master.field("name"))
        self.show_known("")

    @property
    def forms(self) -> dict[str, CardForm]:
        """Return the three forms by the names that errors carry."""
        return {"master": self.master, "contact": self.contact, "workstation": self.workstation}

    def _lay_out(self) -> None:
        inside = QWidget(self)
        left, right = QVBoxLayout(), QVBoxLayout()
        left.addWidget(_card(_("Master data"), "", self.master))
        left.addStretch(1)
        optional = _("may stay empty")
        right.setSpacing(16)
        right.addWidget(_card(_("First contact"), optional, self.contact))
        right.addWidget(_card(_("First workstation"), optional, self.workstation))
        right.addStretch(1)
        across = QHBoxLayout()
        across.setSpacing(16)
        across.addLayout(left, 1)
        across.addLayout(right, 1)
        known = QHBoxLayout()
        known.setSpacing(8)
        known.addWidget(self.known)
        known.addWidget(self.known_link)
        known.addStretch(1)
        column = QVBoxLayout(inside)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(0)
        column.addWidget(Label(_("New customer"), inside, px=20, weight=600))
        column.addLayout(known)
        column.addWidget(self.problem)
        column.addSpacing(16)
        column.addLayout(across)
        column.addStretch(1)
        scroll = OverlayScrollArea(self)
        scroll.viewport().setAutoFillBackground(False)
        scroll.setWidget(inside)
        inside.setAutoFillBackground(False)
        bar = ActionBar(self)
        bar.row.addWidget(self.clear_button)
        bar.row.addStretch(1)
        bar.row.addWidget(self.close_button)
        bar.row.addWidget(self.create_button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(scroll, 1)
        whole.addWidget(bar)
        self._scroll = scroll

    def show_known(self, name: str) -> None:
        """Point out a customer who may be the one being typed; an empty name takes it back."""
        self.known.setText(_("Perhaps known already: %(name)s") % {"name": name} if name else "")
        self.known.setVisible(bool(name))
        self.known_link.setVisible(bool(name))

    def show_problem(self, sentence: str) -> None:
        """Say what no single field can say."""
        self.problem.show_error("", sentence, _("Not saved"))

    def focus_field(self, form: str, name: str) -> None:
        """Put the focus into a field and bring it into view."""
        self.forms[form].focus_field(name)
        self._scroll.ensureWidgetVisible(self.forms[form].field(name))


def _card(title: str, aside: str, form: QWidget) -> Card:
    made = Card()
    head = QHBoxLayout()
    head.setContentsMargins(0, 0, 0, 0)
    head.setSpacing(8)
    head.addWidget(Label(title, made, weight=600, line=39))
    head.addWidget(Label(aside, made, px=13, tone="muted"), 1)
    made.body.setContentsMargins(17, 1, 17, 17)
    made.body.addLayout(head)
    made.body.addWidget(form)
    return made
