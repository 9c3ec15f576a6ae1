"""The draft of the Verfahrensdokumentation (GoBD, Rz 151 to 153), made of how the desk is really set up."""

from __future__ import annotations

import os
import platform
import stat
from datetime import datetime

from laverma_desk import __version__, settings
from laverma_desk.domain.customer import Tool
from laverma_desk.domain.errors import OutsideTrouble
from laverma_desk.domain.procedures import Copies, Machine, Procedures, ToolPlace
from laverma_desk.domain.setting_change import TAX_RELEVANT
from laverma_desk.paths import DataDir
from laverma_desk.services import remote_tools
from laverma_desk.services.backups.plan import folder_of, read_plan
from laverma_desk.services.backups.server_copies import server_copies
from laverma_desk.services.backups.stored_copies import Occasion, backup_state
from laverma_desk.services.desk import Desk
from laverma_desk.services.invoicing.reminder_settings import reminder_settings_on
from laverma_desk.services.setup.house import house_on
from laverma_desk.services.setup.house_bookkeeping import bookkeeping_on
from laverma_desk.storage import procedure_facts
from laverma_desk.storage.counts import schema_revision
from laverma_desk.storage.setting_changes import newest_setting_changes

_TOOLS = (Tool.TEAMVIEWER, Tool.ANYDESK, Tool.RUSTDESK)
_CHANGES = 30
"""How many changes of settings the paper lists."""
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def procedures(desk: Desk) -> Procedures:
    """Return how the house works with this desk on this machine at this moment; nothing is written.

    It may ask the keyring what it is called: call it off the GUI thread. Raises OutsideTrouble as every read.
    """
    now = desk.clock.now()
    with desk.database.read() as connection:
        house = house_on(connection)
        return Procedures(
            made_at=now,
            version=__version__,
            revision=schema_revision(connection) or "",
            company=house.company,
            machine=_machine(desk, procedure_facts.engine(connection)),
            supporters=tuple(one.name for one in house.supporters),
            tariffs=house.tariffs,
            vat_rates=house.vat_rates,
            free_reasons=house.free_reasons,
            invoice=house.invoice,
            reminders=reminder_settings_on(connection),
            bookkeeping=bookkeeping_on(connection),
            mail=house.mail,
            tools=_tools(),
            copies=_copies(desk, now),
            holdings=procedure_facts.holdings(connection),
            ranges=procedure_facts.ranges(connection),
            seals=procedure_facts.seals(connection),
            chain=procedure_facts.chain_end(connection),
            changes=tuple(newest_setting_changes(connection, _CHANGES, sections=TAX_RELEVANT)),
        )


def procedures_pdf(desk: Desk) -> bytes:
    """Return the draft as a German paper (PDF/A-3B), as `procedures` finds everything now."""
    from laverma_desk.documents.procedures_pdf import render_procedures  # noqa: PLC0415 (fpdf2 is slow)

    return render_procedures(procedures(desk))


def _machine(desk: Desk, engine: str) -> Machine:
    return Machine(
        system=" ".join(part for part in (platform.system(), platform.release()) if part),
        python=platform.python_version(),
        engine=engine,
        database=desk.database.shown,
        log=str(desk.data.log),
        private=_is_private(desk.data),
        keyring=_keyring(desk),
    )


def _is_private(data: DataDir) -> bool | None:
    """Return whether nobody else of this machine reads the folder; Windows says it in another way."""
    if os.name != "posix":
        return None
    try:
        return not data.root.stat().st_mode & _OTHERS
    except OSError:
        return None


def _keyring(desk: Desk) -> str:
    try:
        return desk.secrets.keyring_name
    except OutsideTrouble:
        return ""


def _tools() -> tuple[ToolPlace, ...]:
    here = settings.load()
    found = []
    for tool in _TOOLS:
        place = remote_tools.place_of(tool, here.tool_paths, here.tool_templates)
        # The program alone: what a command of one's own says besides is no matter of this paper.
        program = remote_tools.program_of(tool, place)
        found.append(ToolPlace(tool, str(program) if program else ""))
    return tuple(found)


def _copies(desk: Desk, now: datetime) -> Copies:
    if desk.database.shared:
        kept = server_copies(desk)
        moments = [one.taken_at for one in kept]
        plan = read_plan(desk.data)
        folder = folder_of(desk.data, plan)
        return Copies(
            folder=str(folder),
            there=plan.folder is None or folder.is_dir(),
            sealed=plan.sealed,
            count=len(kept),
            newest=max(moments, default=None),
            oldest=min(moments, default=None),
        )
    state = backup_state(desk.data, now)
    daily = [one.taken_at for one in state.copies if one.occasion is Occasion.DAILY]
    return Copies(
        folder=str(state.folder),
        there=state.folder_there,
        sealed=state.plan.sealed,
        count=len(daily),
        newest=max(daily, default=None),
        oldest=min(daily, default=None),
    )
