"""The sentences about files that are read or written, the desk itself and what is around the program."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from laverma_desk import text
from laverma_desk.domain.errors import Rule, Trouble
from laverma_desk.explain.parameters import Parameters
from laverma_desk.i18n import _, ngettext


def sentences() -> dict[Rule | Trouble, str]:
    """Return a sentence for each code, with places for the values that the error carries."""
    return {
        Rule.ARGUMENT_INVALID: _("“%(value)s” cannot be used here. Choose something else."),
        Rule.FILE_COLUMN_MISSING: _("The column “%(column)s” is missing. The file has: %(found)s"),
        Rule.FILE_COLUMN_TWICE: _("The column “%(column)s” stands there twice. Keep one of them."),
        Rule.FILE_EMPTY: _("The file %(file)s holds no rows."),
        Rule.FILE_IS_FOREIGN: _("%(file)s exists and is no backup; it stays as it is. Choose another name."),
        Rule.FILE_IS_THE_DESK: _("%(file)s is the desk itself. Give the copy another name."),
        Rule.ROW_TOO_LONG: _("The row has more fields than the header line. Put texts into quotation marks."),
        Rule.SETTING_IS_SECRET: _(
            "A password never stands in a file. Enter it in the settings of the window."
        ),
        Rule.ROW_UNREADABLE: _(
            "From here on nothing can be read: quotation marks are not closed, or in a text."
        ),
        Trouble.DATABASE_BROKEN: _("The file %(file)s is damaged or no desk. Bring back the last backup."),
        Trouble.DATABASE_BUSY: _("Another program is holding the file %(file)s. Close it and try again."),
        Trouble.DATABASE_FOREIGN: _("The file %(file)s belongs to another program and was not touched."),
        Trouble.DATABASE_NEWER: _("The file %(file)s is from a newer version. Update Laverma Desk first."),
        Trouble.DISK_FULL: _("The disk is full. Make room, then try again; nothing was half-written."),
        Trouble.FILE_UNREADABLE: _("The file %(file)s cannot be read. Check its name and its permissions."),
        Trouble.FILE_UNWRITABLE: _("The file %(file)s cannot be written. Check folder and permissions."),
        Trouble.FOLDER_UNWRITABLE: _("Nothing can be written in the folder %(folder)s. Choose another one."),
        Trouble.KEYRING_MISSING: _(
            "This system has no keyring. The password only lasts until the program ends."
        ),
        Trouble.KEYRING_REFUSED: _("The system's keyring did not open. Unlock it and try again."),
        Trouble.MAIL_PROGRAM_MISSING: _("No mail program opened. The draft lies here: %(file)s"),
        Trouble.MENU_REFUSED: _("The start menu could not be changed: %(reason)s"),
        Trouble.MENU_UNKNOWN: _("This system has no start menu that Laverma Desk knows."),
        Trouble.MIGRATION_FAILED: _(
            "The data could not be brought to the new version. The old file is unchanged."
        ),
        Trouble.NO_DISPLAY: _(
            "There is no screen for the window. Start it from the desktop, or use laverma-desk --help."
        ),
        Trouble.SYSTEM_LIBRARY_MISSING: _(
            "The window lacks libraries: %(libraries)s. Install them: sudo apt-get install %(packages)s"
        ),
    }


def _bad_rows(parameters: Parameters) -> str:
    count = int(parameters["count"] or 0)
    return ngettext(
        "%(n)s error in the file, nothing was taken over.",
        "%(n)s errors in the file, nothing was taken over.",
        count,
    ) % {"n": text.number(count)}


def _contradiction(parameters: Parameters) -> str:
    if "line" in parameters:
        return _("“%(value)s” contradicts line %(line)s, where “%(before)s” stands.") % parameters
    return _("“%(value)s” stands there twice.") % parameters


def _not_text(parameters: Parameters) -> str:
    if "line" in parameters:
        return _("The file %(file)s is no text file: line %(line)s holds a NUL byte.") % parameters
    return _("The file %(file)s is no text file. Save it as text in UTF-8 once more.") % parameters


def _toml_invalid(parameters: Parameters) -> str:
    if "line" in parameters:
        return (
            _("Line %(line)s cannot be read from column %(column)s on. Texts stand in quotation marks.")
            % parameters
        )
    return _("The file %(file)s cannot be read as TOML. laverma-desk setup --example shows one.") % parameters


def _not_in_list(parameters: Parameters) -> str:
    return _("“%(value)s” is not known here. Known are: %(known)s") % parameters


def _setting_unknown(parameters: Parameters) -> str:
    if parameters["near"]:
        return _("This name is not known. Perhaps “%(near)s” is meant.") % parameters
    return _("This name is not known. Known are: %(known)s") % parameters


def _type_wrong(parameters: Parameters) -> str:
    return {
        "text": _("A text in quotation marks is wanted here."),
        "flag": _("true or false is wanted here, without quotation marks."),
        "section": _("A section in brackets is wanted here, for example [company]."),
        "sections": _("Sections in double brackets are wanted here, for example [[supporter]]."),
        "number": _("A number is wanted here."),
    }.get(str(parameters["wanted"]), _("The value has the wrong form."))


CASES: Mapping[Rule | Trouble, Callable[[Parameters], str]] = {
    Rule.FIELD_CONTRADICTS: _contradiction,
    Rule.FILE_HAS_BAD_ROWS: _bad_rows,
    Rule.FILE_NOT_TEXT: _not_text,
    Rule.SETTING_UNKNOWN: _setting_unknown,
    Rule.TOML_INVALID: _toml_invalid,
    Rule.TYPE_WRONG: _type_wrong,
    Rule.VALUE_NOT_IN_LIST: _not_in_list,
}
"""Those whose sentence depends on what the error carries."""
