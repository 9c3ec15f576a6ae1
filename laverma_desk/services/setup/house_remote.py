"""Keep how what the remote tools wrote down is joined, and from when a session is called long."""

from __future__ import annotations

from dataclasses import asdict

from laverma_desk.domain.company import RemoteSettings
from laverma_desk.services.changes import Done, Topic, done
from laverma_desk.services.desk import Desk
from laverma_desk.services.setup.house import changing_settings, remote_on
from laverma_desk.storage import house as stored

LONGEST_PAUSE = 120
"""Minutes. Whoever is gone for longer has begun something else."""
LONGEST_SESSION = 24
"""Hours."""


def save_remote_settings(desk: Desk, settings: RemoteSettings) -> Done[None]:
    """Keep both figures; expects them to be checked."""
    with desk.database.read() as connection:
        unchanged = remote_on(connection) == settings
    if not unchanged:  # Who changes paths of this machine alone needs no right to the house's settings.
        with changing_settings(desk) as connection:
            stored.write_section(connection, "remote", asdict(settings))
    return done(None, Topic.HOUSE)
