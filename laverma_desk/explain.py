"""What a failure means and what to do about it: one sentence for each code, for window and shell alike."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from laverma_desk import explain_invoices, explain_needs, explain_records, text
from laverma_desk.domain.agreement import AgreementState
from laverma_desk.domain.errors import DeskError, Rule, Trouble
from laverma_desk.domain.message import Failure
from laverma_desk.i18n import _, ngettext

_LONGEST_QUOTE = 200
_TYPED = frozenset({"value", "before", "name", "number"})


class _Parameters(dict[str, Any]):
    """What an error carries; a value that it lacks is left empty, so that a sentence never fails."""

    def __missing__(self, key: str) -> str:
        return ""


def explain(error: DeskError) -> str:
    """Return in the interface language what is wrong and what to do, on one line."""
    parameters = _Parameters({name: _quotable(name, value) for name, value in error.parameters.items()})
    by_case = _BY_CASE.get(error.code)
    if by_case is not None:
        return by_case(parameters)
    sentences: dict[Any, str] = {
        **_rules(),
        **_file_rules(),
        **_troubles(),
        **explain_records.sentences(),
        **explain_invoices.sentences(),
    }
    return sentences[error.code] % parameters


def _quotable(name: str, value: Any) -> Any:
    """Return what was typed fit to stand in a sentence: one line, and not the whole of a wrong file."""
    if not isinstance(value, str):
        return value
    line = " ".join("".join(one if one.isprintable() else " " for one in value).split())
    return line if name not in _TYPED or len(line) <= _LONGEST_QUOTE else f"{line[:_LONGEST_QUOTE]} …"


def _rules() -> dict[Rule, str]:
    return {
        Rule.AMOUNT_INVALID: _("An amount looks like 2.25."),
        Rule.COUNTRY_UNKNOWN: _(
            "The country “%(value)s” is not known. Write its name or two letters, like DE."
        ),
        Rule.DATE_INVALID: _("“%(value)s” is no date or time that exists. Write it like 01.03.2022 10:22."),
        Rule.DESK_IN_USE: _("Laverma Desk is already open with these data. Use the open window."),
        Rule.DURATION_INVALID: _("“%(value)s” is no duration. Write hours, minutes, seconds, like 00:12:22."),
        Rule.EMAIL_INVALID: _("An address looks like name@practice.com."),
        Rule.EMAIL_WITHOUT_ENDING: _("The ending is missing, for example “.com”."),
        Rule.END_BEFORE_START: _("The start is later than the end."),
        Rule.END_IN_FUTURE: _("The end lies in the future."),
        Rule.EXCEPTION_NOT_ALLOWED: _("The customer has cancelled the DPA. No exception is possible."),
        Rule.EXCEPTION_WITHOUT_NAME: _("Say who decided on the exception."),
        Rule.EXCEPTION_WITHOUT_REASON: _("Give a reason for the exception."),
        Rule.FREE_WITHOUT_REASON: _("Please choose a reason if the session is free of charge."),
        Rule.GAP_OPEN: _("First decide about the time gap: keep it, deduct it or split the session."),
        Rule.HOST_INVALID: _("A server is called like smtp.provider.com."),
        Rule.BIC_INVALID: _("A BIC has 8 or 11 characters."),
        Rule.IBAN_INVALID: _("The IBAN is not right, check the digits."),
        Rule.LEITWEG_INVALID: _("The Leitweg-ID is not right, check it."),
        Rule.MAIL_ACCOUNT_MISSING: _("No mail account is set up. Enter one in the settings."),
        Rule.MESSAGE_NOT_WAITING: _("This mail is on its way or done; it cannot be changed any more."),
        Rule.NOTES_MISSING: _("No note yet. The report needs at least one line."),
        Rule.NUMBER_FORMAT_INVALID: _("The number needs {seq} for the counter, like RE-{year}-{seq:04}."),
        Rule.NUMBER_INVALID: _("This is no number from %(lowest)s to %(highest)s."),
        Rule.PARTNER_ID_INVALID: _("The partner ID has 9 or 10 digits."),
        Rule.PHONE_INVALID: _("A number looks like 030 23125 014."),
        Rule.PLACEHOLDER_UNKNOWN: _("The placeholder {%(name)s} does not exist. Known are: %(known)s"),
        Rule.PLAIN_TEXT_REFUSED: _("Unencrypted only to this computer."),
        Rule.POSTCODE_INVALID: _("A German postcode has five digits."),
        Rule.RECIPIENT_MISSING: _("No recipient address. Add an address."),
        Rule.REPORT_ALREADY_SENT: _(
            "The report of %(number)s has been sent or is on its way; it stays as it is."
        ),
        Rule.SESSION_ENDED: _("The session %(number)s has already ended."),
        Rule.SESSION_NOT_ENDED: _("The session %(number)s has not ended yet. End it first."),
        Rule.SESSION_UNKNOWN: _("There is no session %(number)s."),
        Rule.SPLIT_IMPOSSIBLE: _("This gap cannot be split off. Keep it or deduct it."),
        Rule.START_IN_FUTURE: _("The start lies in the future."),
        Rule.SUPPORTER_MISSING: _("No supporter is set up. Enter one in the settings."),
        Rule.TEXT_INVALID: _("The text holds characters that no mail can carry. Write it anew."),
        Rule.TEXT_MISSING: _("Something has to stand here."),
        Rule.TEXT_TOO_LONG: _("Too long, at most %(limit)s characters."),
        Rule.VAT_ID_INVALID: _("A VAT ID looks like DE136695976."),
        Rule.YES_OR_NO: _("“%(value)s” is neither yes nor no."),
    }


def _file_rules() -> dict[Rule, str]:
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
    }


def _troubles() -> dict[Trouble, str]:
    return {
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


# --- sentences that depend on the case


def _agreement_missing(parameters: _Parameters) -> str:
    until = parameters["until"]
    if parameters["state"] == AgreementState.EXPIRED and isinstance(until, date):
        return _("The DPA expired on %(date)s. No remote support without a valid DPA.") % {
            "date": text.date(until)
        }
    if parameters["state"] == AgreementState.ENDED:
        return _("The customer has cancelled the DPA. No remote support without a valid DPA.")
    return _("No remote support without a valid DPA.")


def _bad_rows(parameters: _Parameters) -> str:
    count = int(parameters["count"] or 0)
    return ngettext(
        "%(n)s error in the file, nothing was taken over.",
        "%(n)s errors in the file, nothing was taken over.",
        count,
    ) % {"n": text.number(count)}


def _contradiction(parameters: _Parameters) -> str:
    if "line" in parameters:
        return _("“%(value)s” contradicts line %(line)s, where “%(before)s” stands.") % parameters
    return _("“%(value)s” stands there twice.") % parameters


def _customer_unknown(parameters: _Parameters) -> str:
    return _("There is no customer with the number %(number)s.") % parameters


def _workstation_unknown(parameters: _Parameters) -> str:
    if "known" in parameters:
        return _("The customer has no workstation “%(value)s”. Known are: %(known)s") % parameters
    return _("This workstation no longer exists. Choose another one.")


def _not_text(parameters: _Parameters) -> str:
    if "line" in parameters:
        return _("The file %(file)s is no text file: line %(line)s holds a NUL byte.") % parameters
    return _("The file %(file)s is no text file. Save it as text in UTF-8 once more.") % parameters


def _toml_invalid(parameters: _Parameters) -> str:
    if "line" in parameters:
        return (
            _("Line %(line)s cannot be read from column %(column)s on. Texts stand in quotation marks.")
            % parameters
        )
    return _("The file %(file)s cannot be read as TOML. laverma-desk setup --example shows one.") % parameters


def _not_in_list(parameters: _Parameters) -> str:
    return _("“%(value)s” is not known here. Known are: %(known)s") % parameters


def _setting_unknown(parameters: _Parameters) -> str:
    if parameters["near"]:
        return _("This name is not known. Perhaps “%(near)s” is meant.") % parameters
    return _("This name is not known. Known are: %(known)s") % parameters


def _type_wrong(parameters: _Parameters) -> str:
    return {
        "text": _("A text in quotation marks is wanted here."),
        "flag": _("true or false is wanted here, without quotation marks."),
        "section": _("A section in brackets is wanted here, for example [company]."),
        "sections": _("Sections in double brackets are wanted here, for example [[supporter]]."),
        "number": _("A number is wanted here."),
    }.get(str(parameters["wanted"]), _("The value has the wrong form."))


_BY_CASE: dict[Rule | Trouble, Callable[[_Parameters], str]] = {
    Rule.AGREEMENT_MISSING: _agreement_missing,
    Rule.CUSTOMER_UNKNOWN: _customer_unknown,
    Rule.FIELD_CONTRADICTS: _contradiction,
    Rule.FILE_HAS_BAD_ROWS: _bad_rows,
    Rule.FILE_NOT_TEXT: _not_text,
    Rule.SETTING_UNKNOWN: _setting_unknown,
    Rule.TOML_INVALID: _toml_invalid,
    Rule.TYPE_WRONG: _type_wrong,
    Rule.VALUE_NOT_IN_LIST: _not_in_list,
    Rule.WORKSTATION_UNKNOWN: _workstation_unknown,
    **explain_needs.CASES,
}


# --- mails that did not go out


def failure_sentence(failure: Failure, recipient: str) -> str:
    """Return what happened to a mail; where it is unclear, the sentence goes on in `failure_remedy`."""
    return {
        Failure.ACCOUNT_MISSING: _("No mail account is set up."),
        Failure.NO_NETWORK: _("No network. The report is in the outbox and leaves by itself."),
        Failure.NO_ANSWER: _("The mail server does not answer. The next attempt comes by itself."),
        Failure.TEMPORARY: _("The mail server takes nothing just now. The next attempt comes by itself."),
        Failure.CERTIFICATE: _("The certificate of the mail server is not valid. Nothing was sent."),
        Failure.ENCRYPTION_MISSING: _("The mail server offers no secure connection. Nothing was sent."),
        Failure.LOGIN_REFUSED: _("The login to the mail server failed."),
        Failure.PASSWORD_MISSING: _("The password of the mail account is missing."),
        Failure.SENDER_REFUSED: _("The server has refused the sender."),
        Failure.RECIPIENT_REFUSED: _("The server has refused the address: %(recipient)s."),
        Failure.CONTENT_REFUSED: _("The server has refused the content of the mail."),
        Failure.REFUSED: _("The server has refused the mail."),
        Failure.BROKEN_AFTER_DATA: _("Connection lost after the data. Not sent again. Ask the customer or"),
        Failure.INTERRUPTED: _("The program ended while sending. Not sent again. Ask the customer or"),
        Failure.RESTORED: _("A backup was restored since. Not sent again. Ask the customer or"),
        Failure.CANCELLED: _("The sending was stopped. The next attempt comes by itself."),
    }[failure] % {"recipient": recipient}


def failure_remedy(failure: Failure) -> str:
    """Return the words of the link that leads to the way out, "" where waiting is all there is to do."""
    return {
        Failure.ACCOUNT_MISSING: _("Set up mail account"),
        Failure.CERTIFICATE: _("Check server"),
        Failure.ENCRYPTION_MISSING: _("Check encryption"),
        Failure.LOGIN_REFUSED: _("Check password"),
        Failure.PASSWORD_MISSING: _("Enter password"),
        Failure.SENDER_REFUSED: _("Check sender"),
        Failure.RECIPIENT_REFUSED: _("Check address"),
        Failure.CONTENT_REFUSED: _("Open as draft"),
        Failure.REFUSED: _("Check mail account"),
        Failure.BROKEN_AFTER_DATA: _("send all the same"),
        Failure.INTERRUPTED: _("send all the same"),
        Failure.RESTORED: _("send all the same"),
    }.get(failure, "")
