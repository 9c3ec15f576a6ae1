"""One window for each desk: a second start says to the first one what it was started for, and goes."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

from PySide6.QtCore import QDeadlineTimer, QLockFile, QObject, Signal

from laverma_desk.domain.errors import DeskError, OutsideTrouble, Rule, RuleBroken, Trouble
from laverma_desk.paths import DataDir
from laverma_desk.private_files import nothing_for_others

if TYPE_CHECKING:
    from laverma_desk.domain.telephone import CallerId
    from laverma_desk.ui.ear import Ear

_AGAIN_MS = 250
_LONGEST_CLOSING_MS = 15_000


class SingleInstance(QObject):
    """Holds the desk's lock.

    Emits `raised` when the program was started again for the same desk, and `called(CallerId)` when a
    telephone started it. Anything else that is said is not heard.
    """

    raised = Signal()
    called = Signal(object)

    def __init__(self, data: DataDir, parent: QObject | None = None) -> None:
        """Remember which desk this is about."""
        super().__init__(parent)
        self._data = data
        self._ear: Ear | None = None
        # The lock names its process, so that one left behind by a crash is known to be stale.
        self._lock = QLockFile(str(data.root / "desk.lock"))
        self._lock.setStaleLockTime(0)

    def acquire(self, patience_ms: int = _LONGEST_CLOSING_MS, caller: CallerId | None = None) -> bool:
        """Return True if this is the first window of the desk; False after the first one was told.

        `caller`: who it is to show, else it comes to the front. A program that closes and waits for its mail
        server answers no more: it is waited for. So is one that does not `listen` yet.
        Raises RuleBroken DESK_IN_USE where another program holds the desk and does not answer,
        OutsideTrouble FOLDER_UNWRITABLE or DISK_FULL where there is no room for the lock itself.
        """
        patience = QDeadlineTimer(patience_ms)
        is_first = self._try_lock(0)
        while not is_first:
            # Asked again and again: one that closes may be followed by another, as when it starts anew.
            if self._told(caller):
                return False
            # A lock that is left in a folder that takes nothing any more cannot even be seen to be stale.
            writable = os.access(self._data.root, os.W_OK)
            held = writable and self._lock.error() is QLockFile.LockError.LockFailedError
            if not held or patience.hasExpired():
                raise self._refusal()
            is_first = self._try_lock(min(_AGAIN_MS, max(1, patience.remainingTime())))
        return True

    def _try_lock(self, patience_ms: int) -> bool:
        with nothing_for_others():  # Qt's lock files are readable for everybody.
            return self._lock.tryLock(patience_ms)

    def _told(self, caller: CallerId | None) -> bool:
        from laverma_desk.handing_over import RAISE, call_message, hand_over  # noqa: PLC0415 (see `listen`)

        return hand_over(self._data, RAISE if caller is None else call_message(caller))

    def listen(self) -> None:
        """Hear from now on what later starts say: the lock is had first, and the network loaded after it."""
        from laverma_desk.handing_over import line_name  # noqa: PLC0415 (the first paint need not wait)
        from laverma_desk.ui.ear import Ear  # noqa: PLC0415

        if self._ear is None:
            self._ear = Ear(line_name(self._data), self)
            self._ear.heard.connect(self._on_ear_heard)
        self._ear.open()

    def retire(self) -> None:
        """Answer no more: there is no window left to raise."""
        if self._ear is not None:
            self._ear.close()

    def release(self) -> None:
        """Let the desk go."""
        self.retire()
        self._lock.unlock()

    def _refusal(self) -> DeskError:
        """Return why the lock was not to be had: somebody holds it, or it cannot even be written."""
        folder = self._data.root
        if not os.access(folder, os.W_OK):
            return OutsideTrouble(Trouble.FOLDER_UNWRITABLE, folder=str(folder))
        if self._lock.error() is QLockFile.LockError.LockFailedError:
            return RuleBroken(Rule.DESK_IN_USE, folder=str(folder))
        full = not shutil.disk_usage(folder).free
        return OutsideTrouble(Trouble.DISK_FULL if full else Trouble.FOLDER_UNWRITABLE, folder=str(folder))

    def _on_ear_heard(self, line: bytes) -> None:
        from laverma_desk.handing_over import RAISE, read_call  # noqa: PLC0415 (see `listen`)

        caller = read_call(line)
        if caller is not None:
            self.called.emit(caller)
        elif line == RAISE:
            self.raised.emit()
