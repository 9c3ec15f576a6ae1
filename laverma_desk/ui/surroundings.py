"""What a controller is given: the desk, the way to the background, the news, and where errors go."""

from __future__ import annotations

from dataclasses import dataclass

from laverma_desk.domain.rights import ALL_RIGHTS, Rights
from laverma_desk.services.desk import Desk
from laverma_desk.ui.background import Background
from laverma_desk.ui.change_bus import ChangeBus


@dataclass(frozen=True)
class Surroundings:
    """Handed to each controller by the window that makes it; `rights` are what whoever sits here may do."""

    desk: Desk
    background: Background
    bus: ChangeBus
    rights: Rights = ALL_RIGHTS
