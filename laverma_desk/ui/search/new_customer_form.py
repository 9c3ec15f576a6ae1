"""The small form for a caller nobody knows yet, in place of the hits."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui.search.agreement_choice import AgreementChoice
from laverma_desk.ui.search.form_field import FormField
from laverma_desk.ui.search.typed_customer import FIELDS, PRACTICE_FIELDS, KnownPractice, TypedCustomer
from laverma_desk.ui.widgets.badge import Badge
from laverma_desk.ui.widgets.card import Card
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.labeled_field import LabeledField
from laverma_desk.ui.widgets.link import Link
from laverma_desk.ui.widgets.partner_id_field import PartnerIdField


class NewCustomerForm(Card):
    """Six fields and the agreement. For a practice that exists, its own fields can only be read.

    Emits `left(str)` with the field's name when a field was left, `edited` when a person changed a text,
    `anew_requested` to give a taken practice back.
    """

    left = Signal(str)
    edited = Signal()
    anew_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = Label(_("New customer"), self, px=16, weight=600)
        self._subtitle = Label("", self, px=13, tone="muted")
        self._anew = Link(_("A new customer after all"), self, px=13)
        self._anew.clicked.connect(self.anew_requested)
        self._fields = self._make_fields()
        # Without a parent: Tab follows the order in which the parts come into the layout.
        self.agreement = AgreementChoice()
        self._badge = Badge("", "ok")
        self._known = False
        self._arrange()
        self._connect()
        self.setFocusProxy(self._fields["name"])
        self.show_practice(None)

    def _make_fields(self) -> dict[str, LabeledField]:
        labels = {
            "name": _("Practice"),
            "city": _("City"),
            "phone": _("Phone"),
            "email_report": _("E-mail for report"),
            "workstation": _("Workstation"),
        }
        made = {key: LabeledField(label, FormField(self), reserve=True) for key, label in labels.items()}
        hint = _("The partner ID has 9 or 10 digits.")
        field = PartnerIdField(self, counter=True)
        made["partner_id"] = LabeledField(_("Partner ID"), field, hint, reserve=True)
        return made

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._title)
        head.addWidget(self._subtitle, 1)
        head.addWidget(self._anew)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        for place, key in enumerate(FIELDS):
            grid.addWidget(self._fields[key], place // 2, place % 2)
        for column in (0, 1):
            grid.setColumnStretch(column, 1)
        gate = QVBoxLayout()
        gate.addWidget(self._badge)
        gate.addWidget(self.agreement)
        self.body.setContentsMargins(25, 17, 25, 25)
        self.body.addLayout(head)
        self.body.addSpacing(14)
        self.body.addLayout(grid)
        self.body.addSpacing(8)
        self.body.addLayout(gate)

    def _connect(self) -> None:
        for key, labeled in self._fields.items():
            field = labeled.field
            field.setObjectName(key)
            if isinstance(field, PartnerIdField):
                field.digits_edited.connect(self._on_field_edited)
                field.left.connect(self._on_field_left)
            elif isinstance(field, FormField):
                field.setMaxLength(300)
                field.textEdited.connect(self._on_field_edited)
                field.left.connect(self._on_field_left)

    def begin(
        self,
        supporters: Sequence[str],
        chosen: str,
        workstation: str,
        *,
        exception_allowed: bool,
        why_not: str,
    ) -> None:
        """Offer these names for an exception and, for an empty machine, this name."""
        self._edit("workstation").setPlaceholderText(workstation)
        self.agreement.begin(supporters, chosen, exception_allowed=exception_allowed, why_not=why_not)

    def clear(self) -> None:
        """Empty every field."""
        for key in FIELDS:
            self.set_text(key, "")
            self.set_hint(key, _("The partner ID has 9 or 10 digits.") if key == "partner_id" else "")
            self.show_error(key, "")
        self.agreement.clear()
        self.show_practice(None)

    def show_practice(self, known: KnownPractice | None) -> None:
        """Show a practice that exists, read-only, or let a new one be typed."""
        self._known = known is not None
        self._title.setText(_("New workstation") if known else _("New customer"))
        self._subtitle.setText("" if known else _("The customer number is given when it is created."))
        self._anew.setVisible(self._known)
        for key in PRACTICE_FIELDS:
            field = self._edit(key)
            field.setReadOnly(self._known)
            if known:
                field.setText(getattr(known, key))
                field.setCursorPosition(0)
                self.set_hint(key, "")
                self.show_error(key, "")
        gate_open = known is not None and known.gate_open
        if known:
            self._badge.show_state(known.badge, known.tone)
        self._badge.setVisible(self._known)
        self.agreement.setVisible(not gate_open)

    def typed(self) -> TypedCustomer:
        """Return what stands in the form."""
        texts = {key: self._edit(key).text().strip() for key in FIELDS[:5]}
        field = self._edit("partner_id")
        digits = field.digits() if isinstance(field, PartnerIdField) else ""
        return TypedCustomer(**texts, partner_id=digits, agreement=self.agreement.typed())

    def is_empty(self) -> bool:
        """Tell whether nothing was typed into any field that can be changed."""
        return not any(self._edit(key).text() for key in self._open_fields())

    def set_text(self, key: str, words: str) -> None:
        """Put a text into a field."""
        field = self._edit(key)
        if isinstance(field, PartnerIdField):
            field.set_digits(words)
        else:
            field.setText(words)

    def set_hint(self, key: str, words: str) -> None:
        """Change the line below a field."""
        self._fields[key].set_hint(words)

    def show_error(self, key: str, sentence: str) -> None:
        """Show an error in place of a field's hint; an empty sentence takes it back."""
        if key in self._fields:
            self._fields[key].set_error(sentence)
        elif sentence:
            self.agreement.show_error(key, sentence)

    def error(self, key: str) -> str:
        """Return the error that stands at a field."""
        return self._fields[key].error() if key in self._fields else self.agreement.error()

    def focus(self, key: str) -> QWidget:
        """Put the focus into a field and return what has to be in view."""
        if key in self._fields:
            self._edit(key).setFocus(Qt.FocusReason.OtherFocusReason)
            return self._fields[key]
        self.agreement.focus(key)
        return self.agreement

    def first_empty(self) -> str:
        """Return the field where typing begins: the first one that is empty and can be changed."""
        keys = self._open_fields()
        return next((key for key in keys if not self._edit(key).text()), keys[0])

    def _open_fields(self) -> Sequence[str]:
        return FIELDS[4:] if self._known else FIELDS

    def _edit(self, key: str) -> FormField | PartnerIdField:
        field = self._fields[key].field
        assert isinstance(field, (FormField, PartnerIdField))  # nosec B101 # noqa: S101 (made so above)
        return field

    def _on_field_edited(self, _typed: str) -> None:
        field = self.sender()
        if isinstance(field, QWidget):
            self.show_error(field.objectName(), "")
        self.edited.emit()

    def _on_field_left(self) -> None:
        field = self.sender()
        if isinstance(field, QWidget):
            self.left.emit(field.objectName())
