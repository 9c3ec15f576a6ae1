"""Brings the pages of the settings together: makes them when they are opened, saves them as one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from laverma_desk import text
from laverma_desk.domain.errors import DeskError, Rule, RuleBroken
from laverma_desk.domain.rights import Right
from laverma_desk.explain import explain
from laverma_desk.i18n import _
from laverma_desk.services.changes import Done, Topic
from laverma_desk.services.rights_words import missing
from laverma_desk.services.setup.house import read_house
from laverma_desk.settings import MachineSettings
from laverma_desk.ui.announcing import announce
from laverma_desk.ui.background import Lane
from laverma_desk.ui.page import KeyMap
from laverma_desk.ui.settings.backup_section import BackupSection
from laverma_desk.ui.settings.look_controller import LookController
from laverma_desk.ui.settings.look_form import LookForm
from laverma_desk.ui.settings.mail_section import MailSection
from laverma_desk.ui.settings.menu_entry_controller import MenuEntryController
from laverma_desk.ui.settings.page_frame import PageFrame
from laverma_desk.ui.settings.pages import FIRST, LOOK, OF_MACHINE, SECTIONS, SERVER, pages
from laverma_desk.ui.settings.panel import SettingsPanel
from laverma_desk.ui.settings.remote_section import RemoteSection
from laverma_desk.ui.settings.section import Section
from laverma_desk.ui.settings.section_versions import SectionVersions
from laverma_desk.ui.settings.server_desk import SharedDesk
from laverma_desk.ui.surroundings import Surroundings


class SettingsController(QObject):
    """The page of the settings. Emits `appearance_changed(MachineSettings)` and `restart_wanted`.

    `restore_wanted(RestorePreview)`: the desk is to be closed and that copy brought back.
    What is typed and not saved stays, whichever page is opened; the bar counts it.
    """

    appearance_changed = Signal(object)
    restart_wanted = Signal()
    restore_wanted = Signal(object)

    def __init__(
        self,
        surroundings: Surroundings,
        machine_settings: MachineSettings,
        parent: QObject,
        *,
        machine_file: Path | None = None,
    ) -> None:
        """Make the frame; each page is made when it is first opened. `machine_file` is for tests."""
        super().__init__(parent)
        self._surroundings = surroundings
        self._machine, self._machine_file = machine_settings, machine_file
        self._words = {page.key: page for page in pages()}
        self._sections: dict[str, Section] = {}
        self._look: LookController | None = None
        self._shared: SharedDesk | None = None
        self._current = FIRST
        self._wanted_field = ""
        self._writing = 0
        self._panel = SettingsPanel(list(self._words.values()))
        self._versions = SectionVersions(surroundings.desk, self._panel, self)
        self._versions.settled.connect(self.save)
        self._panel.page_chosen.connect(self.open_page)
        self._panel.bar.save_requested.connect(self.save)
        self._panel.bar.discard_requested.connect(self._on_bar_discard_requested)
        self._panel.bar.restore_requested.connect(self._on_bar_restore_requested)
        surroundings.bus.changed.connect(self._on_bus_changed)

    # --- what the window asks of a page

    @property
    def panel(self) -> QWidget:
        """Return the widget."""
        return self._panel

    def keys(self) -> KeyMap:
        """Return what keys do here."""
        return {"Ctrl+S": self.save}

    def activate(self) -> None:
        """Show the page that was open last, with what is typed there."""
        self.open_page(self._current)
        self._panel.stack.setFocus(Qt.FocusReason.OtherFocusReason)
        field, self._wanted_field = self._wanted_field, ""
        if field:
            self._sections[self._current].form.focus_field(field)

    def leave(self) -> None:
        """Stop a test of the mail account; what is typed stays typed."""
        mail = self._sections.get("mail")
        if isinstance(mail, MailSection):
            mail.trial.cancel()

    def areas(self) -> list[QWidget]:
        """Return the areas that F6 steps through."""
        return [self._panel.stack, self._panel.list, self._panel.bar]

    # --- pages

    def open_page(self, key: str) -> None:
        """Show one page by its key, as `pages` names them.

        With a field behind a slash ("mail/password") the focus goes there once the settings are in front.
        Raises KeyError for any other.
        """
        key, slash, field = key.partition("/")
        if slash:
            self._wanted_field = field
        if not self._panel.has_page(key):
            self._make(key)
        self._current = key
        self._panel.show_page(key, bar=key not in OF_MACHINE or self.changes() > 0)

    def section(self, key: str) -> Section:
        """Return a page that was opened. Raises KeyError for any other."""
        return self._sections[key]

    def _make(self, key: str) -> None:
        words = self._words[key]
        if key == LOOK:
            form = LookForm()
            look = LookController(form, self._machine, self._machine_file, self)
            look.appearance_changed.connect(self.appearance_changed)
            look.restart_wanted.connect(self.restart_wanted)
            look.set_unsaved(self.changes() > 0)
            MenuEntryController(form.menu_entry, self._surroundings.background, self)
            self._look = look
            self._panel.add_page(key, PageFrame(words.title, words.lead, form))
            return
        if key == SERVER:
            self._shared = SharedDesk(self._surroundings, self, machine_file=self._machine_file)
            self._shared.restart_wanted.connect(self.restart_wanted)
            self._shared.set_unsaved(self.changes() > 0)
            self._panel.add_page(key, PageFrame(words.title, words.lead, self._shared.form))
            return
        section = SECTIONS[key](self._surroundings, self)
        reason = missing(self._surroundings.rights, Right.HOUSE)
        if reason is not None:
            section.forbid(reason)
        self._panel.add_page(key, PageFrame(words.title, reason or words.lead, section.form))
        if isinstance(section, RemoteSection):
            section.machine_file = self._machine_file
        section.show_house(read_house(self._surroundings.desk))
        section.changed.connect(self._on_section_changed)
        if isinstance(section, BackupSection):
            section.restore_wanted.connect(self.restore_wanted)
        self._sections[key] = section

    # --- what is not saved

    def changes(self) -> int:
        """Return how many changes are not saved."""
        return sum(section.changes() for section in self._sections.values())

    def save(self) -> None:
        """Save every page that was changed; where one is wrong, none is, and the focus goes there."""
        if self._writing:
            return
        wanted = [section for section in self._sections.values() if section.changes()]
        if not wanted:
            announce(self._panel.bar, _("Nothing has been changed."))
        prepared: list[tuple[Section, Any]] = []
        for section in wanted:
            what = section.prepared()
            if what is None:
                self._show_refusal(section)
                return
            prepared.append((section, what))
        for section, what in prepared:
            self._write(section, what)

    def _show_refusal(self, section: Section) -> None:
        self.open_page(section.key)
        # Only what is in front can take the focus: once more, now that it is.
        section.prepared()

    def _write(self, section: Section, what: Any) -> None:
        values = section.form.values()
        self._writing += 1
        if section.slow:
            self._panel.bar.show_saving()
            writing = _Writing(section, values, self)
            self._surroundings.background.run(
                writing, writing.work(what), writing.on_written, writing.on_refused, Lane.NETWORK
            )
            return
        try:
            result = section.write_unless_changed(what)
        except DeskError as error:
            self.take_refusal(section, error)
        else:
            self.take_result(section, values, result)

    def take_result(self, section: Section, values: dict[str, object], result: Done[Any]) -> None:
        """Count a page as saved, and tell the others."""
        self._writing -= 1
        section.mark_saved(values)
        self._surroundings.bus.publish(result)
        if not self._writing:
            now = self._surroundings.desk.clock.now()
            self._panel.bar.show_saved(self.changes(), text.clock_time(now))

    def take_refusal(self, section: Section, error: DeskError) -> None:
        """Show why a page could not be saved; it still counts as not saved."""
        self._writing -= 1
        self._panel.bar.show_saved(self.changes(), "")
        if error.code is Rule.RECORD_CHANGED:
            self.open_page(section.key)
            self._versions.meet(section)
            return
        if isinstance(error, RuleBroken):
            self.open_page(section.key)
            section.refuse(error)
        if not isinstance(error, RuleBroken) or error.field not in section.form.names():
            self._panel.bar.show_trouble(explain(error))

    def drop_writing(self) -> None:
        """Count a writing as ended that failed by a bug, which the crash report gets."""
        self._writing -= 1
        self._panel.bar.show_saved(self.changes(), "")

    def _on_section_changed(self) -> None:
        keys = frozenset(key for key, section in self._sections.items() if section.changes())
        self._panel.list.set_unsaved(keys)
        self._panel.bar.show_count(self.changes())
        if self._look is not None:
            self._look.set_unsaved(bool(keys))
        if self._shared is not None:
            self._shared.set_unsaved(bool(keys))

    def _on_bar_discard_requested(self) -> None:
        for section in self._sections.values():
            section.discard()
        self._panel.bar.show_discarded()

    def _on_bar_restore_requested(self) -> None:
        for section in self._sections.values():
            section.restore()

    @Slot(object)
    def _on_bus_changed(self, topics: frozenset[Topic]) -> None:
        if Topic.HOUSE in topics and self._sections:
            house = read_house(self._surroundings.desk)
            for section in self._sections.values():
                section.show_house(house)


class _Writing(QObject):
    """One page on its way through the background."""

    def __init__(self, section: Section, values: dict[str, object], owner: SettingsController) -> None:
        super().__init__(owner)
        self._section, self._values, self._owner = section, values, owner

    def work(self, what: Any) -> Callable[[], Done[Any]]:
        """Return what is to be done in the background."""
        write = self._section.write_unless_changed

        def job() -> Done[Any]:
            return write(what)

        return job

    def on_written(self, result: Done[Any]) -> None:
        """Hand the result over."""
        self.deleteLater()
        self._owner.take_result(self._section, self._values, result)

    def on_refused(self, error: Exception) -> None:
        """Hand trouble over; a bug goes on to the crash report."""
        self.deleteLater()
        if isinstance(error, DeskError):
            self._owner.take_refusal(self._section, error)
            return
        self._owner.drop_writing()
        raise error
