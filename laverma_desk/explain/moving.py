"""The sentences about a desk that moves between a folder and a server, and about a server's backups."""

from __future__ import annotations

from laverma_desk.domain.errors import Rule, Trouble
from laverma_desk.i18n import _


def sentences() -> dict[Rule | Trouble, str]:
    """Return a sentence for each code, with places for the values that the error carries."""
    return {
        Rule.MOVE_DIFFERS: _(
            "What arrived at %(target)s is not what lies at the source (%(table)s). Nothing was moved."
        ),
        Rule.MOVE_FROM_ITSELF: _(
            "From folder to folder nothing is moved: copy it by “backup” and “restore”. "
            "A move goes to a server, or from a server to a folder."
        ),
        Rule.MOVE_NOTHING_THERE: _("There is no desk to move in %(source)s"),
        Rule.MOVE_OTHERS_WORK: _(
            "At %(source)s others are still working. Once all have closed Laverma Desk, move the desk."
        ),
        Rule.MOVE_SOURCE_CHANGED: _("%(source)s has changed meanwhile. Nothing was moved; try again."),
        Rule.MOVE_SOURCE_DAMAGED: _(
            "The desk is damaged and is not moved: %(detail)s. Run laverma-desk check first."
        ),
        Rule.MOVE_SOURCE_OLDER: _(
            "The desk is from an older version. Open it once, so that it is brought up to date; then move it."
        ),
        Rule.MOVE_TARGET_FILLED: _(
            "At %(target)s there is something already (%(table)s). A desk only moves to where none is."
        ),
        Rule.RESTORE_ON_SERVER: _(
            "The desk lies at %(server)s. Whoever looks after the server brings a backup back: %(command)s. "
            "A copy of a folder is brought back into a folder (--data-dir), then moved to a server."
        ),
        Trouble.PG_DUMP_FAILED: _("pg_dump made no whole backup: %(detail)s"),
        Trouble.PG_DUMP_MISSING: _(
            "The program pg_dump is not there. Install the PostgreSQL client, version %(wanted)s or newer."
        ),
        Trouble.PG_DUMP_OLD: _(
            "pg_dump %(found)s is too old for this server. "
            "Install the PostgreSQL client, version %(wanted)s or newer."
        ),
        Rule.MOVE_VALUE_FOREIGN: _(
            "A server cannot hold what stands here, and nothing was written: %(places)s. "
            "Correct it in the window, then move the desk."
        ),
    }
