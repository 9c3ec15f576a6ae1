"""Keep which figures the house wants to see of its own people."""

from __future__ import annotations

from dataclasses import asdict

from laverma_desk.domain.company import FiguresSettings
from laverma_desk.services.changes import Done, Topic, done
from laverma_desk.services.desk import Desk
from laverma_desk.services.setup.house import changing_settings
from laverma_desk.storage import house as stored
from laverma_desk.storage.database import Connection


def save_figures_settings(desk: Desk, settings: FiguresSettings) -> Done[None]:
    """Keep whether figures are split by supporter; no session is touched."""
    with changing_settings(desk) as connection:
        write_figures_settings(connection, settings)
    return done(None, Topic.HOUSE)


def write_figures_settings(connection: Connection, settings: FiguresSettings) -> None:
    """Write the settings in somebody's transaction."""
    stored.write_section(connection, "figures", asdict(settings))
