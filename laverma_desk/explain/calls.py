"""The sentences about the call, what is typed into a form, and the report."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from laverma_desk import text
from laverma_desk.domain.agreement import AgreementState
from laverma_desk.domain.errors import Rule, Trouble
from laverma_desk.explain.parameters import Parameters
from laverma_desk.i18n import _


def sentences() -> dict[Rule | Trouble, str]:
    """Return a sentence for each code, with places for the values that the error carries."""
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
        Rule.SESSION_NOT_POSSIBLE: _(
            "Remote support was not possible, so nothing of %(number)s is billed."
            " Correct it if it took place."
        ),
        Rule.SESSION_UNKNOWN: _("There is no session %(number)s."),
        Rule.SPLIT_IMPOSSIBLE: _("This gap cannot be split off. Keep it or deduct it."),
        Rule.START_IN_FUTURE: _("The start lies in the future."),
        Rule.START_IN_PAST: _("The visit lies in the past."),
        Rule.SUPPORTER_UNKNOWN: _(
            "This supporter cannot be given a session. Log-ins are set up on the server."
        ),
        Rule.SUPPORTER_MISSING: _("No supporter is set up. Enter one in the settings."),
        Rule.TEXT_INVALID: _("The text holds characters that no mail can carry. Write it anew."),
        Rule.TEXT_MISSING: _("Something has to stand here."),
        Rule.TEXT_TOO_LONG: _("Too long, at most %(limit)s characters."),
        Rule.VAT_ID_INVALID: _("A VAT ID looks like DE136695976."),
        Rule.YES_OR_NO: _("“%(value)s” is neither yes nor no."),
    }


def _agreement_missing(parameters: Parameters) -> str:
    until = parameters["until"]
    if parameters["state"] == AgreementState.EXPIRED and isinstance(until, date):
        return _("The DPA expired on %(date)s. No remote support without a valid DPA.") % {
            "date": text.date(until)
        }
    if parameters["state"] == AgreementState.ENDED:
        return _("The customer has cancelled the DPA. No remote support without a valid DPA.")
    return _("No remote support without a valid DPA.")


def _customer_unknown(parameters: Parameters) -> str:
    return _("There is no customer with the number %(number)s.") % parameters


def _workstation_unknown(parameters: Parameters) -> str:
    if "known" in parameters:
        return _("The customer has no workstation “%(value)s”. Known are: %(known)s") % parameters
    return _("This workstation no longer exists. Choose another one.")


CASES: Mapping[Rule | Trouble, Callable[[Parameters], str]] = {
    Rule.AGREEMENT_MISSING: _agreement_missing,
    Rule.CUSTOMER_UNKNOWN: _customer_unknown,
    Rule.WORKSTATION_UNKNOWN: _workstation_unknown,
}
"""Those whose sentence depends on what the error carries."""
