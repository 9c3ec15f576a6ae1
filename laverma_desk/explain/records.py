"""The sentences about records, agreements, history and copies, beside those of the call."""

from __future__ import annotations

from laverma_desk.domain.errors import Rule, Trouble
from laverma_desk.i18n import _


def sentences() -> dict[Rule | Trouble, str]:
    """Return a sentence for each code, with places for the values that the error carries."""
    return {
        Rule.SESSION_OF_ANOTHER: _("The session %(number)s is with %(name)s now."),
        Rule.SESSION_RECORDED: _(
            "Session %(number)s was recorded afterwards: no clock can go on. Correct it in the history."
        ),
        Rule.SESSION_BILLED: _("Invoice %(invoice)s bills session %(number)s. It cannot be changed."),
        Rule.AGREEMENT_REASON_MISSING: _(
            "No DPA was valid on the day of this session. Say why it took place all the same and who decided."
        ),
        Rule.CUSTOMER_NUMBER_TAKEN: _("%(name)s has this number."),
        Rule.CUSTOMER_RESTRICTED: _("This record is locked for data protection and can only be read."),
        Rule.CUSTOMER_RUNNING: _("A session for this customer is still running. End it first."),
        Rule.CUSTOMER_USED: _("Sessions, mails or DPAs hang on this customer. It can only be archived."),
        Rule.CONNECTION_DECIDED: _(
            "Somebody has decided about this connection already. Take that back first."
        ),
        Rule.CONNECTION_UNKNOWN: _("This connection is not there any more. Open the reconciliation again."),
        Rule.CONNECTION_WITHOUT_MACHINE: _(
            "The partner ID belongs to no workstation, or to several. Assign a workstation first."
        ),
        Rule.CONNECTION_WITHOUT_TIME: _(
            "The log says no end of this connection, so it makes no session. Assign it to one."
        ),
        Rule.ELECTRONIC_ADDRESS_INVALID: _("It looks like name@practice.com or 0204:991-01234-38."),
        Rule.TARIFF_EMPTY: _("Give a price or a rounding of its own."),
        Rule.TARIFF_IN_USE: _(
            "Sessions were charged by the tariff from %(day)s on. It stays; a new one begins on another day."
        ),
        Rule.WORKSTATION_NAME_TAKEN: _("A workstation of this customer has this name."),
        Rule.WORKSTATION_RUNNING: _("A session for this workstation is still running. End it first."),
        Rule.AGREEMENT_REASON_NEEDLESS: _("%(number)s needs no reason: nothing is missing."),
        Rule.CORRECTION_WITHOUT_REASON: _("Say why the session is changed."),
        Rule.LOCAL_TIME_LEFT_OUT: _(
            "%(value)s does not exist on this day: the clocks go forward from 2 to 3."
        ),
        Rule.LOCAL_TIME_TWICE: _("%(value)s comes twice on this day. Choose the first or the second hour."),
        Rule.AGREEMENT_ENDED: _("This DPA has been ended already. It stays as it is."),
        Rule.AGREEMENT_UNKNOWN: _("This DPA is not there any more. Open the customer again."),
        Rule.FILE_MISSING: _("No signed file is stored with this DPA."),
        Rule.SIGNED_IN_FUTURE: _("The day of the signature lies in the future."),
        Rule.TEMPLATE_MISSING: _("The house has no DPA template yet. Choose a PDF in the settings."),
        Rule.PASSPHRASE_DIFFERS: _("The two passphrases are not the same."),
        Rule.PASSPHRASE_MISSING: _(
            "The passphrase of the backups is not in the keyring. Enter it once more in the settings."
        ),
        Rule.PASSPHRASE_SHORT: _("At least %(limit)s characters."),
        Rule.PASSPHRASE_WANTED: _("The backup %(file)s is encrypted. Enter its passphrase."),
        Rule.PASSPHRASE_WRONG: _("This passphrase does not open %(file)s. Check it and try again."),
        Rule.IMPORT_DURING_SESSION: _(
            "A session is running or paused. So large a file would make it wait: end it first."
        ),
        Rule.RESTORE_DURING_SESSION: _("A session is running or paused. End it before you restore."),
        Trouble.BACKUP_DAMAGED: _("The file %(file)s is damaged or no backup. Choose another one."),
        Trouble.BACKUP_FOLDER_MISSING: _(
            "The folder for the backups is not there: %(folder)s. Connect the drive or choose another folder."
        ),
        Trouble.BACKUP_NEEDS_KEYRING: _(
            "This system has no keyring that could keep the passphrase. Backups cannot be encrypted here."
        ),
        Trouble.DOCUMENT_ALTERED: _(
            "The file %(file)s is not what was stored: its SHA-256 differs. Bring back a backup."
        ),
        Rule.CUSTOMER_AMBIGUOUS: _(
            "Several customers are called “%(name)s”: %(known)s. Give the number, or postcode and town."
        ),
        Rule.CUSTOMER_NUMBER_DIFFERS: _("This is not the number of the customer."),
        Rule.FILE_KIND_UNKNOWN: _("%(file)s cannot be written. The name ends in one of these: %(known)s"),
        Rule.FILE_WITHOUT_CARDS: _("%(file)s holds no contacts (vCard)."),
        Rule.MAPPING_INVALID: _("“%(value)s” cannot be mapped. Known are: %(known)s"),
        Rule.MAIL_PASSWORD_ELSEWHERE: _(
            "This desk has no password for %(account)s. The mail waits for a desk that has one."
        ),
        Rule.RECORD_CHANGED: _(
            "Somebody else has changed this meanwhile. Nothing was written; look at both versions."
        ),
        Rule.MAIL_ON_ITS_WAY: _("A mail to this customer is still on its way. Wait for it, or discard it."),
        Rule.MERGE_IMPOSSIBLE: _("These two records cannot be merged: one of them is part of the other."),
        Rule.REASON_MISSING: _("Please give a reason."),
    }
