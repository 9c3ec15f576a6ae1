"""The sentences about remote tools: what their IDs look like, and why one was not started."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import PurePath, PureWindowsPath

from laverma_desk import text
from laverma_desk.domain.customer import Tool
from laverma_desk.domain.errors import Rule, Trouble
from laverma_desk.explain.parameters import Parameters
from laverma_desk.i18n import _


def sentences() -> dict[Rule | Trouble, str]:
    """Return a sentence for each code, with places for the values that the error carries."""
    return {
        Rule.TOOL_COMMAND_FOREIGN: _("No shell is started from here. Name the program itself."),
        Rule.TOOL_COMMAND_INVALID: _("A command looks like /opt/x/viewer --id {id}, with {id} once."),
        Rule.TOOL_COMMAND_SECRET: _("No password here: every program on this machine could read it."),
        Rule.TOOL_PATH_WRONG: _("There is no program “%(value)s” that can be started."),
    }


def _partner_id_invalid(parameters: Parameters) -> str:
    return {
        Tool.ANYDESK.value: _("An AnyDesk ID has 8 to 10 digits, or is an alias like name@ad."),
        Tool.RUSTDESK.value: _("A RustDesk ID has 6 to 16 digits, or is a name of 6 to 16 letters."),
        Tool.OTHER.value: _("An ID begins with a letter or a digit and has at most 64 signs."),
    }.get(str(parameters["tool"]), _("The partner ID has 9 or 10 digits."))


def _not_found(parameters: Parameters) -> str:
    if parameters["tool"] == Tool.OTHER.value:
        return _("No command is set for the other program.")
    return _("%(tool)s was not found.") % {"tool": _name(parameters)}


def _reaches_nobody(parameters: Parameters) -> str:
    values = {"tool": _name(parameters), "id": text.partner_id(str(parameters["partner_id"]))}
    return _("Sample data: %(tool)s would start now with %(id)s.") % values


def _name(parameters: Parameters) -> str:
    return text.tool(Tool(str(parameters["tool"] or Tool.OTHER.value)))


def _did_not_start(parameters: Parameters) -> str:
    path = str(parameters["program"])
    name = (PureWindowsPath(path) if "\\" in path else PurePath(path)).name
    if parameters["exit_code"]:
        values = {"program": name, "code": parameters["exit_code"]}
        return _("%(program)s ended at once (code %(code)s).") % values
    return _("%(program)s cannot be started.") % {"program": name}


CASES: Mapping[Rule | Trouble, Callable[[Parameters], str]] = {
    Rule.PARTNER_ID_INVALID: _partner_id_invalid,
    Rule.TOOL_NOT_FOUND: _not_found,
    Rule.TOOL_REACHES_NOBODY: _reaches_nobody,
    Trouble.TOOL_DID_NOT_START: _did_not_start,
}
"""Those whose sentence depends on what the error carries."""
