"""What other desks on the same server have changed, as it happens."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from laverma_desk.services.changes import Topic
from laverma_desk.services.desk import Desk

if TYPE_CHECKING:
    from laverma_desk.storage.postgresql.listening import Listening


def listen(desk: Desk, heard: Callable[[Topic], None], returned: Callable[[], None]) -> Listening | None:
    """Listen until what is returned is closed; None for a file, which nobody else has open in a window.

    Both are called in a thread of their own: `heard` with a topic that another desk has changed, `returned`
    after a time in which nothing could be heard and anything may have changed.
    """
    if not desk.database.shared:
        return None  # And only whoever has a server pays for its driver.
    from laverma_desk.storage.postgresql.listening import Listening  # noqa: PLC0415
    from laverma_desk.storage.postgresql.server import Server  # noqa: PLC0415

    if not isinstance(desk.database, Server):
        return None
    known = {one.name.lower(): one for one in Topic}

    def tell(name: str) -> None:
        # A newer program's server may have topics that this one shows nothing of.
        if name in known:
            heard(known[name])

    return Listening(desk.database, tell, returned)
