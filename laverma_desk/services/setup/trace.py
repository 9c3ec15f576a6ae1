"""Every change of a setting leaves a line: who, which one, from what to what (GoBD; § 146 Abs. 4 AO)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from laverma_desk.domain.edition import Writer
from laverma_desk.domain.setting_change import SettingDifference
from laverma_desk.services.desk import Desk
from laverma_desk.services.setup.setting_values import Further, Settings, Value, settings_on
from laverma_desk.storage.database import Connection
from laverma_desk.storage.setting_changes import log_setting_changes, newest_setting_changes

_GUIDE = "laverma-desk"


@contextmanager
def traced(
    connection: Connection,
    now: datetime,
    who: str,
    seen: Callable[[], tuple[str, Mapping[str, Any]]],
    further: Further | None,
) -> Iterator[None]:
    """Log what a block changes in the settings, in the transaction that changes it.

    `seen` reads who is at this desk, and the fields of `House`. Without `who` it is that person, at the very
    first the one who is just entered, and before anybody is known the first-run guide.
    """
    here, house = seen()
    before = settings_on(connection, house, further)
    yield
    later, house = seen()
    after = settings_on(connection, house, further)
    log_setting_changes(connection, now, who or here or later or _GUIDE, differences(before, after))


def differences(before: Settings, after: Settings) -> Iterator[SettingDifference]:
    """Yield what is other than before, what was taken out last."""
    nothing = Value("", "")
    for key in (*after, *(one for one in before if one not in after)):
        section, field, _identity = key
        old, new = before.get(key, nothing), after.get(key, nothing)
        if old.kept != new.kept:
            # A name is its own subject.
            subject = "" if field == "name" else new.subject or old.subject
            yield SettingDifference(section, field, subject, old.kept, new.kept)


def last_writer(desk: Desk) -> Writer:
    """Return who changed a setting last, and when; nobody where none ever was."""
    with desk.database.read() as connection:
        found = newest_setting_changes(connection, 1)
    return Writer(found[0].who, found[0].at) if found else Writer()
