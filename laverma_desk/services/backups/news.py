"""Restore between two runs of the program, and tell the second one what came of it."""

from __future__ import annotations

import logging
from contextlib import suppress
from typing import TYPE_CHECKING

from laverma_desk.domain.clock import Clock
from laverma_desk.domain.errors import DeskError, OutsideTrouble
from laverma_desk.paths import DataDir
from laverma_desk.services.backups.plan import News, change_plan, read_plan

if TYPE_CHECKING:
    from laverma_desk.services.backups.restoring import RestorePreview

UNFORESEEN = "unforeseen"
_log = logging.getLogger(__name__)


def restore_and_note(data: DataDir, preview: RestorePreview, clock: Clock) -> News:
    """Restore a closed desk and keep what came of it for the next start. Raises nothing."""
    # Every start asks for news; hardly any run restores.
    from laverma_desk.services.backups.restoring import drop_preview, restore  # noqa: PLC0415

    try:
        restored = restore(data, preview, clock)
        news = News(restored.taken_at, restored.kept.name if restored.kept else "", restored.held_mails)
    except DeskError as error:
        news = News(failed=error.code.value)
    except Exception:  # noqa: BLE001 (the window is closed already: the next start says that nothing has changed)
        _log.exception("Restore failed")
        news = News(failed=UNFORESEEN)
    drop_preview(preview)
    with suppress(OutsideTrouble):
        change_plan(data, news=news)
    return news


def take_news(data: DataDir) -> News | None:
    """Return what came of a restore since the last question, once."""
    news = read_plan(data).news
    if news is not None:
        with suppress(OutsideTrouble):
            change_plan(data, news=None)
    return news
