"""What joins the window when its pages stand and work has begun: telephone, companions, mails, notices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from laverma_desk.settings import MachineSettings
from laverma_desk.ui.backup_keeper import BackupKeeper
from laverma_desk.ui.pieces import Pieces
from laverma_desk.ui.pulse import Pulse
from laverma_desk.ui.shell import Shell
from laverma_desk.ui.stage import Stage
from laverma_desk.ui.surroundings import Surroundings

if TYPE_CHECKING:
    from laverma_desk.ui.closing.farewell import FarewellQuestion
    from laverma_desk.ui.companions import Companions
    from laverma_desk.ui.telephone.controller import Telephone

_SETTLED_MS = 400
"""So long after the customers were read: the window is painted by then and its search answers."""


class Latecomers(QObject):
    """Each is loaded and made a moment after the pages, or at once by whoever asks for it here.

    Emits `quit_wanted` as the companions do, and for whoever goes though time runs.
    """

    quit_wanted = Signal()

    def __init__(
        self,
        surroundings: Surroundings,
        stage: Stage,
        shell: Shell,
        pulse: Pulse,
        *,
        machine: MachineSettings,
        backups: BackupKeeper,
        parent: QObject,
    ) -> None:
        """Make nothing before the first work in the background is done: the pages have all customers read."""
        super().__init__(parent)
        self._surroundings, self._stage, self._shell = surroundings, stage, shell
        self._pulse, self._machine, self._backups = pulse, machine, backups
        self._telephone: Telephone | None = None
        self._companions: Companions | None = None
        stage.strip.mini_requested.connect(self._on_mini_requested)
        stage.appearance_changed.connect(self._on_appearance_changed)
        self._pieces = Pieces(self)
        self._begun = False
        surroundings.background.idle.connect(self._on_background_idle)

    @property
    def telephone(self) -> Telephone:
        """Return what shows who calls."""
        return self._telephone or self._make_telephone()

    @property
    def companions(self) -> Companions:
        """Return mini timer, tray icon, desktop messages and what is said at the end."""
        return self._companions or self._make_companions()

    def farewell(self) -> FarewellQuestion:
        """Return what says at the end that time runs."""
        return self.companions.farewell

    def close(self) -> None:
        """Take away what is there, and make nothing more."""
        self._begun = True
        self._pieces.stop()
        if self._telephone is not None:
            self._telephone.stop()
        if self._companions is not None:
            self._companions.close()
        self._backups.stop()

    def _on_background_idle(self) -> None:
        if self._begun:
            return
        self._begun = True
        pieces = (
            self._load_companions, self._make_companions, self._make_telephone, self._begin_sending,
            self._give_notice,
        )  # fmt: skip
        self._pieces.begin(pieces, after=_SETTLED_MS)

    def _load_companions(self) -> None:
        from laverma_desk.ui import companions  # noqa: F401, PLC0415 (see the class)

    def _make_companions(self) -> Companions:
        if self._companions is None:
            from laverma_desk.ui.companions import Companions  # noqa: PLC0415 (see the class)

            self._companions = Companions(
                self._surroundings, self._stage, self._shell, self._pulse, machine=self._machine, parent=self
            )
            self._companions.quit_wanted.connect(self.quit_wanted)
            self._companions.farewell.close_accepted.connect(self.quit_wanted)
        return self._companions

    def _make_telephone(self) -> Telephone:
        if self._telephone is None:
            from laverma_desk.ui.telephone.controller import Telephone  # noqa: PLC0415 (see the class)

            self._telephone = Telephone(self._surroundings, self._shell, self._stage, self)
            self._telephone.rang_unseen.connect(self._on_rang_unseen)
        return self._telephone

    def _begin_sending(self) -> None:
        self._stage.dispatcher.start()

    def _give_notice(self) -> None:
        from laverma_desk.ui.backup_notice import BackupNotice  # noqa: PLC0415 (see the class)
        from laverma_desk.ui.reconciling.log_notice import LogNotice  # noqa: PLC0415

        bar = self._shell.notice
        self._backup_notice = BackupNotice(self._backups, bar, self)
        self._backup_notice.settings_wanted.connect(self._stage.open_settings)
        self._log_notice = LogNotice(self._surroundings, self._machine, bar, self)
        self._log_notice.wanted.connect(self._stage.memory.show_reconciling)
        self._stage.memory.reconciling_attended.connect(self._log_notice.attend)
        self._stage.appearance_changed.connect(self._log_notice.use)
        self._backups.start()

    def _on_mini_requested(self) -> None:
        self.companions.open_mini()

    def _on_rang_unseen(self, sentence: str) -> None:
        self.companions.notifications.say_caller(sentence)

    def _on_appearance_changed(self, machine: MachineSettings) -> None:
        self._machine = machine
        if self._companions is not None:
            self._companions.use(machine)
