"""laverma-desk check --self: is the program whole, part by part."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from laverma_desk import __version__, own_program, text
from laverma_desk.cli import terminal
from laverma_desk.cli.exit_codes import BROKEN, DONE
from laverma_desk.i18n import _, ngettext

if TYPE_CHECKING:
    from laverma_desk.services.self_check import Part

_NAME_WIDTH = 24


def tell_parts(parts: Iterable[Part]) -> int:
    """Print a line for each part as soon as it was tried; return the exit code."""
    kind = _("stand-alone") if own_program.frozen() else _("installed with Python")
    terminal.say(f"Laverma Desk {__version__}, {kind}")
    words = {True: _("ok"), False: _("missing")}
    widest = max(len(one) for one in (*words.values(), _("note")))
    count = broken = 0
    for one in parts:
        word = _("note") if one.hint else words[one.sound]
        terminal.say(f"{word:<{widest}}  {one.name:<{_NAME_WIDTH}}  {one.found}")
        if not one.sound:
            terminal.say(f"{'':<{widest}}  {'':<{_NAME_WIDTH}}  {one.remedy}")
            broken += 1
        count += 1
    if not broken:
        terminal.say(_("The program is whole: %(count)s parts were tried.") % {"count": text.number(count)})
        return DONE
    sentence = ngettext("%(count)s part does not work.", "%(count)s parts do not work.", broken)
    terminal.tell(sentence % {"count": text.number(broken)})
    return BROKEN
