"""A desk that is open in a window: background, news, pulse, heart and pages, opened and closed as one."""

from __future__ import annotations

import gc
import sys
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from laverma_desk.domain.rights import ALL_RIGHTS, Rights
from laverma_desk.i18n import _
from laverma_desk.services.alone import is_alone
from laverma_desk.services.calls import vigilance
from laverma_desk.services.changes import Topic
from laverma_desk.services.desk import Desk
from laverma_desk.services.setup import house
from laverma_desk.services.setup.house import House
from laverma_desk.settings import MachineSettings
from laverma_desk.ui.background import Background
from laverma_desk.ui.backup_keeper import BackupKeeper
from laverma_desk.ui.change_bus import ChangeBus
from laverma_desk.ui.closing.closing import Closing
from laverma_desk.ui.heartbeat import Heartbeat
from laverma_desk.ui.keyboard import Keyboard
from laverma_desk.ui.latecomers import Latecomers
from laverma_desk.ui.later_pages import load_parts
from laverma_desk.ui.onsite.ways import OnSiteWays
from laverma_desk.ui.pulse import Pulse
from laverma_desk.ui.shell import Shell
from laverma_desk.ui.stage import Stage
from laverma_desk.ui.surroundings import Surroundings

if TYPE_CHECKING:
    from laverma_desk.domain.errors import DeskError
    from laverma_desk.domain.telephone import CallerId
    from laverma_desk.ui.assistant.controller import AssistantController
    from laverma_desk.ui.companions import Companions
    from laverma_desk.ui.news import News
    from laverma_desk.ui.offline.banner import OfflineBanner
    from laverma_desk.ui.telephone.controller import Telephone
    from laverma_desk.ui.together_controller import Together

_WARM_UP_MS = 4000
_SETTLED_MS = 700
"""Whoever comes back to a running session types into it at once; the page of its end is made after that."""


class RunningDesk(QObject):
    """Brings an open desk into the shell, the assistant first where the house is not set up."""

    appearance_changed = Signal(object)
    restart_wanted = Signal()
    restore_wanted = Signal(object)
    demo_wanted = Signal()
    close_wanted = Signal()

    def __init__(self, desk: Desk, shell: Shell, settings: MachineSettings) -> None:
        """Take an open desk; `begin` puts it into the shell."""
        super().__init__(shell)
        self._desk, self._shell, self._settings = desk, shell, settings
        self._background = Background(self)
        self._modules = len(sys.modules)
        self._background.idle.connect(self._on_background_idle)
        self.surroundings = Surroundings(desk, self._background, ChangeBus(self), _rights(desk))
        self._pulse = Pulse(self)
        self._heart = Heartbeat(self.surroundings, self)
        self.backups = BackupKeeper(self.surroundings, self)
        self.closing = Closing(shell, self.save, self)
        self.closing.accepted.connect(self.close_wanted)
        self._stage: Stage | None = None
        self._latecomers: Latecomers | None = None
        self._assistant: AssistantController | None = None
        self.together: Together | None = None
        self.news: News | None = None
        self.offline: OfflineBanner | None = None

    @property
    def stage(self) -> Stage | None:
        """Return the pages, None while the assistant is shown."""
        return self._stage

    @property
    def companions(self) -> Companions | None:
        """Return what accompanies the window, None while the assistant is shown."""
        return self._latecomers.companions if self._latecomers is not None else None

    @property
    def telephone(self) -> Telephone | None:
        """Return what shows who calls, None while the assistant is shown."""
        return self._latecomers.telephone if self._latecomers is not None else None

    def begin(self) -> None:
        """Recover what the last run left, then show the assistant or the pages."""
        if not is_alone(self._desk):
            house.prepare_new_desk(self._desk)
        vigilance.recover(self._desk)
        known = house.read_house(self._desk)
        if known.set_up:
            self._show_stage(known)
        else:
            self._show_assistant()

    def _show_assistant(self) -> None:
        # Once in the life of a desk.
        from laverma_desk.ui.assistant.controller import AssistantController  # noqa: PLC0415

        self._shell.take_search_head()  # Nobody is looked for before there are customers.
        assistant = AssistantController(self.surroundings, self)
        assistant.finished.connect(self._on_assistant_finished)
        assistant.demo_wanted.connect(self.demo_wanted)
        self._assistant = assistant
        self._shell.show_alone(assistant.panel)
        self._assistant_keys = Keyboard(assistant.panel, assistant.keys())
        assistant.activate()

    def _on_assistant_finished(self) -> None:
        self._assistant = None
        self._shell.show_frame()
        self._show_stage(house.read_house(self._desk))

    def _show_stage(self, known: House) -> None:
        stage = Stage(self.surroundings, self._shell, self._pulse, self._settings)
        stage.appearance_changed.connect(self.appearance_changed)
        stage.restart_wanted.connect(self.restart_wanted)
        stage.restore_wanted.connect(self.restore_wanted)
        stage.strip.running_changed.connect(self._heart.set_running)
        self._stage = stage
        if self._desk.database.shared:
            self._meet_others(stage)
        self._shell.seen_changed.connect(self._pulse.set_visible)
        self._pulse.set_visible(self._shell.seen)
        self.surroundings.bus.changed.connect(self._on_bus_changed)
        self._shell.rail.set_user(known.supporter_name)
        self.on_site = OnSiteWays(self.surroundings, stage, self._shell.notice, self)
        stage.begin()
        self._latecomers = Latecomers(
            self.surroundings, stage, self._shell, self._pulse,
            machine=self._settings, backups=self.backups, parent=self,
        )  # fmt: skip
        self._latecomers.quit_wanted.connect(self.close_wanted)
        self.closing.say_farewell_with(self._latecomers.farewell)
        QTimer.singleShot(_SETTLED_MS, self, self._on_settled)
        QTimer.singleShot(_WARM_UP_MS, self, self._on_quiet)

    def _meet_others(self, stage: Stage) -> None:
        # Most desks are files, and meet nobody.
        from laverma_desk.ui.news import News  # noqa: PLC0415
        from laverma_desk.ui.offline.banner import OfflineBanner  # noqa: PLC0415
        from laverma_desk.ui.together_controller import Together  # noqa: PLC0415

        self.together = Together(self.surroundings, stage, self._shell, self._pulse, self)
        self.news = News(self.surroundings, self)
        self.offline = OfflineBanner(self.surroundings, self._shell, self)
        self.offline.report_wanted.connect(stage.show_session)
        self.offline.went_away.connect(stage.strip.reload)

    def _on_settled(self) -> None:
        if self._stage is not None and self._stage.front is self._stage.call:
            self._stage.later.make_report()

    def _on_quiet(self) -> None:
        """Load what the first report needs, and tidy up, while nobody waits for it."""
        from laverma_desk.services import files  # noqa: PLC0415 (after the desk is ready)
        from laverma_desk.services.checkpoints import prepare_key_presses  # noqa: PLC0415
        from laverma_desk.ui.checkpoint_keeper import CheckpointKeeper  # noqa: PLC0415

        self._background.run(self, load_parts, self._on_parts_loaded, self._on_quiet_done)
        for work in (partial(prepare_key_presses, self._desk), partial(files.forget_copies, self._desk)):
            self._background.run(self, work, self._on_quiet_done, self._on_quiet_done)
        # Not before: its first look is for what the start of the window has written.
        self._checkpoints = CheckpointKeeper(self.surroundings, self)

    def _on_parts_loaded(self, _done: object) -> None:
        if self._stage is not None:
            self._stage.later.make()

    def _on_background_idle(self) -> None:
        """Let no later look for what can go walk over what a first use has loaded: it stays until the end.

        With the libraries of a first invoice such a look holds all threads for some 50 ms.
        """
        if len(sys.modules) > self._modules:
            self._modules = len(sys.modules)
            gc.freeze()

    def _on_quiet_done(self, _outcome: object) -> None:
        """Take no notice: what went wrong is said by the first report itself, or mended at the next start."""

    def _on_bus_changed(self, topics: frozenset[Topic]) -> None:
        if Topic.HOUSE in topics:
            self._shell.rail.set_user(house.read_house(self._desk).supporter_name)

    def says(self, error: DeskError) -> bool:
        """Return whether a trouble is said already, where everybody sees it."""
        return self.offline is not None and self.offline.says(error)

    def ring(self, caller: CallerId) -> None:
        """Show who calls; while the house is not set up there is nobody to know, only a window to raise."""
        if self._latecomers is not None:
            self._latecomers.telephone.ring(caller)
        else:
            self._shell.bring_forward()

    def save(self) -> str:
        """Save what is half typed; return a sentence where ending the program now would lose something."""
        if self._stage is None:
            return ""
        if not self._stage.save():
            return _("The notes could not be saved. If you close now, what was typed last is lost.")
        others = self.together.unsaved() if self.together is not None else []
        unsaved = [*self._stage.unsaved(), *self.on_site.unsaved(), *others]
        if not unsaved:
            return ""
        sentence = _("Not saved yet: %(pages)s. If you close now, what was typed there is lost.")
        return sentence % {"pages": ", ".join(unsaved)}

    def close(self) -> bool:
        """Save what is half typed, let running work end, close the file; return whether all work ended."""
        if self._latecomers is not None:
            self._latecomers.close()
        if self.news is not None:
            self.news.close()
        if self.together is not None:
            self.together.stop()
        if self.offline is not None:
            self.offline.stop()
        if self._stage is not None:
            self._stage.close()
        elif self._assistant is not None:
            self._assistant.leave()
        self._pulse.set_running(running=False)
        self._heart.set_running(running=False)
        ended = self._background.close()
        self._desk.close()
        return ended


def _rights(desk: Desk) -> Rights:
    if not desk.database.shared:
        return ALL_RIGHTS
    from laverma_desk.services.rights import rights_at  # noqa: PLC0415 (a server's alone)

    return rights_at(desk)
