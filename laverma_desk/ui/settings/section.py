"""What stands between a form and the house: what is kept, what is typed, and the checks on the way."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject, Signal

from laverma_desk.domain.edition import Clash, Side, clashes, settled
from laverma_desk.domain.errors import DeskError, Rule, RuleBroken
from laverma_desk.explain import explain
from laverma_desk.services.changes import Done
from laverma_desk.services.setup.expecting import expecting
from laverma_desk.services.setup.house import House
from laverma_desk.ui.settings.form import Form
from laverma_desk.ui.surroundings import Surroundings


class Section(QObject):
    """One page of the settings, of which each kind says how it reads, checks and writes.

    Emits `changed` when the number of unsaved changes may be another. `slow`: writing asks the
    keyring, which may wait for its owner, so `write` is called off the GUI thread. `tidies`: a field
    that is left shows what it holds as it will be kept.
    """

    changed = Signal()
    slow = False
    tidies = True
    of_machine: frozenset[str] = frozenset()

    def __init__(self, key: str, form: Form, surroundings: Surroundings, parent: QObject) -> None:
        super().__init__(parent)
        self.key, self.form = key, form
        self.surroundings = surroundings
        self._kept: dict[str, object] = {}
        self._seen: dict[str, object] = {}
        self._dropped: dict[str, object] | None = None
        form.edited.connect(self._on_form_edited)
        form.field_left.connect(self._on_form_field_left)

    # --- what each kind says

    @abstractmethod
    def stored(self, house: House) -> dict[str, Any]:
        """Return the house's values by the names of the fields."""

    def shown(self, name: str, value: Any) -> object:  # noqa: ARG002 (for those that show it otherwise)
        """Return how a value of the house stands in its field."""
        return value

    @abstractmethod
    def checked(self, name: str, typed: Any) -> Any:
        """Return a field's content as the house keeps it. Raises RuleBroken at the field."""

    def together(self, values: dict[str, Any]) -> Any:
        """Return what `write` takes, after the rules that concern several fields. Raises RuleBroken."""
        return values

    @abstractmethod
    def write(self, prepared: Any) -> Done[Any]:
        """Write what `together` returned. Raises OutsideTrouble."""

    def follow(self) -> None:
        """Show what follows from the fields: amounts, previews."""

    # --- what they have in common

    def forbid(self, reason: str) -> None:
        """Let nobody change what is shown, and say why; what is this machine's own stays free."""
        self.form.forbid(reason, free=self.of_machine)

    def show_house(self, house: House) -> None:
        """Take the house's values; what somebody has typed and not saved stays."""
        clean = self.changes() == 0
        self._kept = {name: self.shown(name, value) for name, value in self.stored(house).items()}
        # Fields may come and go with what others set; those that stay are as they were when typing began.
        seen = {} if clean else self._seen
        self._seen = {name: seen.get(name, value) for name, value in self._kept.items()}
        if clean:
            self.show_kept()
        self.changed.emit()

    def compared(self, house: House) -> dict[str, object]:
        """Return what the house keeps, as the fields would show it; called wherever `write` is."""
        return {name: self.shown(name, value) for name, value in self.stored(house).items()}

    def write_unless_changed(self, prepared: Any) -> Done[Any]:
        """Write, unless somebody else did since the typing began. Raises RuleBroken RECORD_CHANGED."""
        with expecting(self._check_unchanged):
            return self.write(prepared)

    def _check_unchanged(self, house: House) -> None:
        theirs = self.compared(house)
        if any(theirs[name] != value for name, value in self._seen.items() if name in theirs):
            raise RuleBroken(Rule.RECORD_CHANGED)

    def clashes(self, house: House) -> tuple[Clash, ...]:
        """Return in which fields what is typed differs from what the house keeps by now."""
        return clashes(self._seen, self.form.values(), self.compared(house))

    def settle(self, house: House, found: tuple[Clash, ...], sides: Mapping[str, Side]) -> None:
        """Show what was decided of each field; what still differs from the house's waits to be saved."""
        typed = settled(self.form.values(), found, sides)
        self._kept = self._seen = self.compared(house)
        self.form.show_values(typed)
        self.form.clear_errors()
        self.follow()
        self.changed.emit()

    def show_kept(self) -> None:
        """Show what the house keeps."""
        self.form.show_values(self._kept)
        self.form.clear_errors()
        self.follow()

    def changes(self) -> int:
        """Return how many fields are not saved."""
        values = self.form.values()
        return sum(values[name] != kept for name, kept in self._kept.items())

    def discard(self) -> None:
        """Show again what the house keeps; `restore` brings the typed values back."""
        self._dropped = self.form.values() if self.changes() else None
        self._seen = self._kept
        self.show_kept()
        self.changed.emit()

    def restore(self) -> None:
        """Bring back what was discarded last."""
        if self._dropped is not None:
            self.form.show_values(self._dropped)
            self._dropped = None
            self.follow()
            self.changed.emit()

    def prepared(self) -> Any | None:
        """Return what `write` takes, or None after having shown every error and gone to the first."""
        self.form.clear_errors()
        values: dict[str, Any] = {}
        first: str | None = None
        for name, typed in self.form.values().items():
            try:
                values[name] = self.checked(name, typed)
            except DeskError as error:
                self.form.show_error(name, explain(error))
                first = first or name
        if first is not None:
            self.form.focus_field(first)
            return None
        try:
            return self.together(values)
        except DeskError as error:
            self.refuse(error)
            return None

    def refuse(self, error: DeskError) -> None:
        """Show an error at the field it belongs to, and go there."""
        name = error.field or ""
        self.form.show_error(name, explain(error))
        self.form.focus_field(name)

    def mark_saved(self, values: dict[str, object]) -> None:
        """Take the values that were in the form when writing began as kept."""
        self._kept = self._seen = {name: values[name] for name in self._kept}
        self._dropped = None
        self.changed.emit()

    def _on_form_edited(self, _name: str) -> None:
        self.follow()
        self.changed.emit()

    def _on_form_field_left(self, name: str) -> None:
        typed = self.form.value(name)
        if isinstance(typed, str) and not typed.strip():
            self.form.show_error(name, "")
            return  # An empty field is nothing wrong before somebody wants to save.
        try:
            tidy = self.shown(name, self.checked(name, typed))
        except DeskError as error:
            self.form.show_error(name, explain(error))
            return
        self.form.show_error(name, "")
        if self.tidies and tidy != typed:
            self.form.show_field(name, tidy)
            self.changed.emit()
