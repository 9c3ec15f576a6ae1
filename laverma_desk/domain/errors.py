"""Two kinds of failure that are no bugs: a rule the user broke, and trouble the world made."""

from __future__ import annotations

from enum import StrEnum
from typing import Any


class Rule(StrEnum):
    """What the user can mend; `explain` holds the sentence for each."""

    AGREEMENT_ENDED = "agreement_ended"
    AGREEMENT_MISSING = "agreement_missing"
    AGREEMENT_REASON_MISSING = "agreement_reason_missing"
    AGREEMENT_REASON_NEEDLESS = "agreement_reason_needless"
    AGREEMENT_UNKNOWN = "agreement_unknown"
    AMOUNT_INVALID = "amount_invalid"
    AMOUNT_TOO_HIGH = "amount_too_high"
    ARGUMENT_INVALID = "argument_invalid"
    BASE_RATE_DAY_INVALID = "base_rate_day_invalid"
    BASE_RATE_INVALID = "base_rate_invalid"
    BIC_INVALID = "bic_invalid"
    CORRECTION_WITHOUT_REASON = "correction_without_reason"
    COUNTRY_UNKNOWN = "country_unknown"
    CUSTOMER_AMBIGUOUS = "customer_ambiguous"
    CUSTOMER_NUMBER_DIFFERS = "customer_number_differs"
    CUSTOMER_NUMBER_TAKEN = "customer_number_taken"
    CUSTOMER_RESTRICTED = "customer_restricted"
    CUSTOMER_RUNNING = "customer_running"
    CUSTOMER_UNKNOWN = "customer_unknown"
    CUSTOMER_USED = "customer_used"
    DATE_INVALID = "date_invalid"
    DESK_IN_USE = "desk_in_use"
    DRAFT_UNKNOWN = "draft_unknown"
    DURATION_INVALID = "duration_invalid"
    ELECTRONIC_ADDRESS_INVALID = "electronic_address_invalid"
    EMAIL_INVALID = "email_invalid"
    EMAIL_WITHOUT_ENDING = "email_without_ending"
    END_BEFORE_START = "end_before_start"
    END_IN_FUTURE = "end_in_future"
    EXCEPTION_NOT_ALLOWED = "exception_not_allowed"
    EXCEPTION_WITHOUT_NAME = "exception_without_name"
    EXCEPTION_WITHOUT_REASON = "exception_without_reason"
    FILE_COLUMN_MISSING = "file_column_missing"
    FILE_COLUMN_TWICE = "file_column_twice"
    FILE_EMPTY = "file_empty"
    FILE_HAS_BAD_ROWS = "file_has_bad_rows"
    FILE_IS_FOREIGN = "file_is_foreign"
    FILE_IS_THE_DESK = "file_is_the_desk"
    FILE_KIND_UNKNOWN = "file_kind_unknown"
    FILE_MISSING = "file_missing"
    FILE_NOT_TEXT = "file_not_text"
    FILE_WITHOUT_CARDS = "file_without_cards"
    FIELD_CONTRADICTS = "field_contradicts"
    FREE_WITHOUT_REASON = "free_without_reason"
    GAP_OPEN = "gap_open"
    HOST_INVALID = "host_invalid"
    IBAN_INVALID = "iban_invalid"
    IMPORT_DURING_SESSION = "import_during_session"
    INCLUDED_NOT_NEGATIVE = "included_not_negative"
    INCLUDED_TOO_MANY = "included_too_many"
    INVOICE_CANCELLED = "invoice_cancelled"
    INVOICE_DATE_EARLY = "invoice_date_early"
    INVOICE_DATE_FUTURE = "invoice_date_future"
    INVOICE_EMPTY = "invoice_empty"
    INVOICE_ERASED = "invoice_erased"
    INVOICE_IS_CANCELLATION = "invoice_is_cancellation"
    INVOICE_NEEDS = "invoice_needs"
    INVOICE_NEGATIVE = "invoice_negative"
    INVOICE_OBSTACLES = "invoice_obstacles"
    INVOICE_ON_ITS_WAY = "invoice_on_its_way"
    INVOICE_REFUSED = "invoice_refused"
    INVOICE_UNKNOWN = "invoice_unknown"
    ITEM_UNKNOWN = "item_unknown"
    LEITWEG_INVALID = "leitweg_invalid"
    LOCAL_TIME_LEFT_OUT = "local_time_left_out"
    LOCAL_TIME_TWICE = "local_time_twice"
    MAIL_ACCOUNT_MISSING = "mail_account_missing"
    MAPPING_INVALID = "mapping_invalid"
    MAIL_ON_ITS_WAY = "mail_on_its_way"
    MERGE_IMPOSSIBLE = "merge_impossible"
    MESSAGE_NOT_WAITING = "message_not_waiting"
    NOTES_MISSING = "notes_missing"
    NUMBER_FORMAT_INVALID = "number_format_invalid"
    NUMBER_FORMAT_LONG = "number_format_long"
    NUMBER_FORMAT_REFUSED = "number_format_refused"
    NUMBER_FORMATS_MEET = "number_formats_meet"
    NUMBER_INVALID = "number_invalid"
    OPEN_SESSIONS_CHANGED = "open_sessions_changed"
    PARTNER_ID_INVALID = "partner_id_invalid"
    PASSPHRASE_DIFFERS = "passphrase_differs"  # noqa: S105 (a rule, not a secret)
    PASSPHRASE_MISSING = "passphrase_missing"  # noqa: S105 (a rule, not a secret)
    PASSPHRASE_SHORT = "passphrase_short"  # noqa: S105 (a rule, not a secret)
    PASSPHRASE_WANTED = "passphrase_wanted"  # noqa: S105 (a rule, not a secret)
    PASSPHRASE_WRONG = "passphrase_wrong"  # noqa: S105 (a rule, not a secret)
    PAYMENT_BEFORE_INVOICE = "payment_before_invoice"
    PAYMENT_IN_FUTURE = "payment_in_future"
    PAYMENT_ON_CANCELLATION = "payment_on_cancellation"
    PAYMENT_REFUNDED = "payment_refunded"
    PAYMENT_TAKEN_BACK = "payment_taken_back"
    PAYMENT_UNASSIGNED = "payment_unassigned"
    PAYMENT_UNKNOWN = "payment_unknown"
    PAYMENT_WITHOUT_AMOUNT = "payment_without_amount"
    PHONE_INVALID = "phone_invalid"
    PLACEHOLDER_UNKNOWN = "placeholder_unknown"
    PLAIN_TEXT_REFUSED = "plain_text_refused"
    POSTCODE_INVALID = "postcode_invalid"
    QUANTITY_INVALID = "quantity_invalid"
    REASON_MISSING = "reason_missing"
    RECIPIENT_MISSING = "recipient_missing"
    REFUND_TOO_HIGH = "refund_too_high"
    REMINDER_ISSUED_TODAY = "reminder_issued_today"
    REMINDER_NOT_DUE = "reminder_not_due"
    REMINDER_UNKNOWN = "reminder_unknown"
    REPORT_ALREADY_SENT = "report_already_sent"
    RESTORE_DURING_SESSION = "restore_during_session"
    ROW_TOO_LONG = "row_too_long"
    ROW_UNREADABLE = "row_unreadable"
    SESSION_BILLED = "session_billed"
    SESSION_ENDED = "session_ended"
    SESSION_NOT_ENDED = "session_not_ended"
    SESSION_RECORDED = "session_recorded"
    SESSION_UNKNOWN = "session_unknown"
    SETTING_IS_SECRET = "setting_is_secret"  # noqa: S105 (a rule, not a secret)
    SETTING_UNKNOWN = "setting_unknown"
    SIGNED_IN_FUTURE = "signed_in_future"
    SPLIT_IMPOSSIBLE = "split_impossible"
    START_IN_FUTURE = "start_in_future"
    STATEMENT_EMPTY = "statement_empty"
    SUPPORTER_MISSING = "supporter_missing"
    TARIFF_EMPTY = "tariff_empty"
    TARIFF_IN_USE = "tariff_in_use"
    TEMPLATE_MISSING = "template_missing"
    TEXT_INVALID = "text_invalid"
    TEXT_MISSING = "text_missing"
    TEXT_TOO_LONG = "text_too_long"
    TOML_INVALID = "toml_invalid"
    TYPE_WRONG = "type_wrong"
    VALUE_NOT_IN_LIST = "value_not_in_list"
    VAT_ID_INVALID = "vat_id_invalid"
    WORKSTATION_UNKNOWN = "workstation_unknown"
    WORKSTATION_NAME_TAKEN = "workstation_name_taken"
    WORKSTATION_RUNNING = "workstation_running"
    YES_OR_NO = "yes_or_no"


class Trouble(StrEnum):
    """What the world did; `explain` holds the sentence and the way out for each."""

    BACKUP_DAMAGED = "backup_damaged"
    BACKUP_FOLDER_MISSING = "backup_folder_missing"
    BACKUP_NEEDS_KEYRING = "backup_needs_keyring"
    DATABASE_BROKEN = "database_broken"
    DATABASE_BUSY = "database_busy"
    DATABASE_FOREIGN = "database_foreign"
    DATABASE_NEWER = "database_newer"
    DISK_FULL = "disk_full"
    DOCUMENT_ALTERED = "document_altered"
    FILE_UNREADABLE = "file_unreadable"
    FILE_UNWRITABLE = "file_unwritable"
    FOLDER_UNWRITABLE = "folder_unwritable"
    KEYRING_MISSING = "keyring_missing"
    KEYRING_REFUSED = "keyring_refused"
    MAIL_PROGRAM_MISSING = "mail_program_missing"
    MIGRATION_FAILED = "migration_failed"
    NO_DISPLAY = "no_display"
    SYSTEM_LIBRARY_MISSING = "system_library_missing"


class DeskError(Exception):
    """A failure with a code and the values its sentence needs."""

    def __init__(self, code: Rule | Trouble, *, field: str | None = None, **parameters: Any) -> None:
        """Keep the code, the form field it belongs to (if any) and the values for its sentence."""
        super().__init__(code.value, parameters)
        self.code = code
        self.field = field
        self.parameters = parameters


class RuleBroken(DeskError):
    """Something that the user can mend; nothing was written."""

    code: Rule


class OutsideTrouble(DeskError):
    """Something that the machine, the disk or the network did; nothing was half-written."""

    code: Trouble
