"""Every code has its sentence, in both languages, with everything filled in."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest

from laverma_desk import i18n
from laverma_desk.domain.agreement import AgreementState
from laverma_desk.domain.customer import Tool
from laverma_desk.domain.einvoice_needs import Need
from laverma_desk.domain.errors import OutsideTrouble, Rule, RuleBroken, Trouble
from laverma_desk.domain.invoice import VatCategory
from laverma_desk.domain.message import TEMPORARY_FAILURES, Failure
from laverma_desk.explain import explain, failure_remedy, failure_sentence
from laverma_desk.services.invoicing.obstacles import Obstacle, ObstacleKind

# What the program hands over with each code, once for each wording that the code can have.
_PARAMETERS = {
    Rule.AGREEMENT_MISSING: [
        {"state": AgreementState.MISSING, "until": None},
        {"state": AgreementState.EXPIRED, "until": date(2022, 2, 28)},
        {"state": AgreementState.ENDED, "until": date(2022, 2, 28)},
    ],
    Rule.AMOUNT_TOO_HIGH: [{"most": "100,00 €"}],
    Rule.ARGUMENT_INVALID: [{"value": "bild.txt"}],
    Rule.COUNTRY_UNKNOWN: [{"value": "Atlantis"}],
    Rule.CUSTOMER_AMBIGUOUS: [{"name": "Praxis Weiß", "known": "20, 21"}],
    Rule.CUSTOMER_NUMBER_TAKEN: [{"name": "Praxis Weiß"}],
    Rule.CUSTOMER_UNKNOWN: [{"number": "10017"}],
    Rule.DATE_INVALID: [{"value": "31.02.2022"}],
    Rule.DATEV_AMOUNT: [{"number": "RE-2022-0031"}],
    Rule.DATEV_CHARACTER: [
        {"file": "EXTF.csv", "line": 7, "column": "Buchungstext", "characters": "Ł", "name": "Łódź"}
    ],
    Rule.DATEV_EMPTY: [{"first": "01.01.2022", "last": "31.01.2022"}],
    Rule.DATEV_NUMBER_REFUSED: [{"number": "RE_31"}],
    Rule.DATEV_OBSTACLES: [{"count": 1}, {"count": 17}],
    Rule.DATEV_REVENUE_MISSING: [
        {"category": one, "rate": Decimal(16), "number": "RE-2022-0031"} for one in VatCategory
    ],
    Rule.DATEV_SUMS: [{"number": "RE-2022-0031"}],
    Rule.DEBTOR_ACCOUNT_LENGTH: [{"name": "Praxis", "account": 10_001, "lowest": 100, "highest": 699}],
    Rule.DEBTOR_ACCOUNT_MISSING: [{"name": "Praxis Weiß", "number": "10018"}],
    Rule.DEBTOR_ACCOUNT_TAKEN: [{"name": "Praxis Weiß", "account": 10_001}],
    Rule.DEBTOR_ACCOUNTS_USED_UP: [{"highest": 69_999}],
    Rule.DURATION_INVALID: [{"value": "00:75:00"}],
    Rule.FIELD_CONTRADICTS: [{"value": "Bonn", "line": 5, "before": "Berlin"}, {"value": "Kulanz"}],
    Rule.FILE_COLUMN_MISSING: [{"column": "Name", "found": "Nummer, Ort"}],
    Rule.FILE_COLUMN_TWICE: [{"column": "Name"}],
    Rule.FILE_EMPTY: [{"file": "kunden.csv"}],
    Rule.FILE_HAS_BAD_ROWS: [{"count": 1}, {"count": 17}],
    Rule.FILE_IS_THE_DESK: [{"file": "desk.sqlite3"}],
    Rule.FILE_IS_FOREIGN: [{"file": "kunden.csv"}],
    Rule.FILE_KIND_UNKNOWN: [{"file": "kunden.xls", "known": ".csv, .vcf"}],
    Rule.FILE_WITHOUT_CARDS: [{"file": "kontakte.vcf"}],
    Rule.FILE_NOT_TEXT: [{"file": "kunden.csv"}, {"file": "kunden.csv", "line": 7}],
    Rule.INCLUDED_TOO_MANY: [{"included": 60, "billed": 45}],
    Rule.INVOICE_CANCELLED: [{"number": "RE-2022-0031", "by": "ST-2022-0002"}],
    Rule.INVOICE_ERASED: [{"number": "RE-2012-0031"}],
    Rule.INVOICE_IS_CANCELLATION: [{"number": "ST-2022-0002"}],
    Rule.INVOICE_NEEDS: [{"needs": (Need.COMPANY_TAX_ID, Need.CUSTOMER_CITY)}],
    Rule.INVOICE_OBSTACLES: [{"obstacles": tuple(Obstacle(one) for one in ObstacleKind)}],
    Rule.INVOICE_ON_ITS_WAY: [{"number": "RE-2022-0031"}],
    Rule.INVOICE_REFUSED: [{"findings": ("BR-DE-15: BT-10 fehlt.",)}],
    Rule.INVOICE_UNKNOWN: [{"number": "RE-2022-0031"}],
    Rule.LOG_CARRIES_NOTHING: [
        {"reason": one} for one in ("teamviewer-log", "anydesk-log", "rustdesk-log")
    ],
    Rule.LOG_COLUMN_OPEN: [{"missing": "begin, end", "found": "Firma, Ort"}],
    Rule.MAPPING_INVALID: [{"value": "Farbe", "known": "Firma, Ort"}],
    Rule.MOVE_DIFFERS: [{"target": "laverma · db.example", "table": "session"}],
    Rule.MOVE_NOTHING_THERE: [{"source": "/home/klaus/desk"}],
    Rule.MOVE_OTHERS_WORK: [{"source": "laverma · db.example"}],
    Rule.MOVE_SOURCE_CHANGED: [{"source": "/home/klaus/desk"}],
    Rule.MOVE_SOURCE_DAMAGED: [{"detail": "RE-2022-0031"}],
    Rule.MOVE_TARGET_FILLED: [{"target": "laverma · db.example", "table": "customer"}],
    Rule.MOVE_VALUE_FOREIGN: [{"places": "customer 1 10017 (city)"}],
    Rule.NUMBER_FORMAT_LONG: [{"limit": 36}],
    Rule.NUMBER_FORMAT_REFUSED: [{"character": "#"}],
    Rule.NUMBER_FORMATS_MEET: [{"first": "RE-{seq}", "second": "re-{seq}"}],
    Rule.NUMBER_INVALID: [{"lowest": 1, "highest": 65535}],
    Rule.PARTNER_ID_INVALID: [{}, *({"tool": one} for one in Tool)],
    Rule.PASSPHRASE_SHORT: [{"limit": 10}],
    Rule.PASSPHRASE_WANTED: [{"file": "desk-20220301T092200.sqlite3.age"}],
    Rule.PASSPHRASE_WRONG: [{"file": "desk-20220301T092200.sqlite3.age"}],
    Rule.PAYMENT_BEFORE_INVOICE: [{"number": "RE-2022-0031", "day": "01.03.2022"}],
    Rule.PAYMENT_ON_CANCELLATION: [{"number": "ST-2022-0002"}],
    Rule.PAYMENT_UNASSIGNED: [{"number": "RE-2022-0031", "amount": "26,78 €"}],
    Rule.PLACEHOLDER_UNKNOWN: [{"name": "datum", "known": "{date}, {time}"}],
    Rule.REFUND_TOO_HIGH: [{"most": "3,22 €"}],
    Rule.REMINDER_ISSUED_TODAY: [{"number": "ZE-2022-0003"}],
    Rule.REMINDER_NOT_DUE: [{"name": "Praxis Weiß"}],
    Rule.REPORT_ALREADY_SENT: [{"number": "S-2022-0214"}],
    Rule.RESTORE_ON_SERVER: [{"server": "laverma · db.example", "command": "pg_restore desk.dump"}],
    Rule.SESSION_RECORDED: [{"number": "S-2022-0214"}],
    Rule.SESSION_OF_ANOTHER: [{"number": "S-2022-0214", "name": "Anna Adler"}],
    Rule.SESSION_BILLED: [{"number": "S-2022-0214", "invoice": "RE-2022-0031"}],
    Rule.SESSION_ENDED: [{"number": "S-2022-0214"}],
    Rule.SESSION_NOT_ENDED: [{"number": "S-2022-0214"}],
    Rule.SESSION_NOT_POSSIBLE: [{"number": "S-2022-0214"}],
    Rule.SESSION_UNKNOWN: [{"number": "S-2022-0214"}],
    Rule.SETTING_UNKNOWN: [{"near": "postcode", "known": "name"}, {"near": "", "known": "name, street"}],
    Rule.TARIFF_IN_USE: [{"day": "01.03.2022"}],
    Rule.TEXT_TOO_LONG: [{"limit": 300}],
    Rule.TOML_INVALID: [{"file": "firma.toml"}, {"line": 3, "column": 8}],
    Rule.TOOL_NOT_FOUND: [{"tool": one} for one in Tool],
    Rule.TOOL_PATH_WRONG: [{"value": "/opt/tool"}],
    Rule.TOOL_REACHES_NOBODY: [{"tool": Tool.ANYDESK, "partner_id": "praxis@ad"}],
    Rule.TYPE_WRONG: [{"wanted": one} for one in ("text", "flag", "section", "sections", "number", "?")],
    Rule.VALUE_NOT_IN_LIST: [{"value": "up", "known": "started_minute, nearest_minute"}],
    Rule.WORKSTATION_UNKNOWN: [{"value": "PC 9", "known": "Server"}, {}],
    Rule.YES_OR_NO: [{"value": "vielleicht"}],
    Trouble.BACKUP_DAMAGED: [{"file": "desk-20220301T092200.sqlite3"}],
    Trouble.BACKUP_FOLDER_MISSING: [{"folder": "/media/usb"}],
    Trouble.DATABASE_BROKEN: [{"file": "desk.sqlite3"}],
    Trouble.DOCUMENT_ALTERED: [{"file": "AVV.pdf"}],
    Trouble.DATABASE_BUSY: [{"file": "desk.sqlite3"}],
    Trouble.DATABASE_FOREIGN: [{"file": "desk.sqlite3"}],
    Trouble.DATABASE_NEWER: [{"file": "desk.sqlite3", "version": "0009"}],
    Trouble.FILE_UNREADABLE: [{"file": "kunden.csv"}],
    Trouble.FILE_UNWRITABLE: [{"file": "bericht.pdf"}],
    Trouble.FOLDER_UNWRITABLE: [{"folder": "/proc"}],
    Trouble.MAIL_PROGRAM_MISSING: [{"file": "bericht.eml"}],
    Trouble.MENU_REFUSED: [{"reason": "PowerShell 0x80070005"}],
    Trouble.PG_DUMP_FAILED: [{"detail": "session"}],
    Trouble.PG_DUMP_MISSING: [{"wanted": 18}],
    Trouble.PG_DUMP_OLD: [{"found": 12, "wanted": 18}],
    Trouble.SERVER_AWAY: [{"server": "laverma · server.example"}],
    Trouble.SERVER_BUSY: [{"server": "laverma · server.example"}],
    Trouble.SERVER_CERTIFICATE: [{"server": "laverma · server.example"}],
    Trouble.SERVER_FULL: [{"server": "laverma · server.example"}],
    Trouble.SERVER_LOGIN: [{"server": "laverma · server.example"}],
    Trouble.SERVER_NEWER: [{"server": "laverma · server.example"}],
    Trouble.SERVER_NOT_PREPARED: [{"server": "laverma · server.example"}],
    Trouble.SERVER_OLDER: [{"server": "laverma · server.example"}],
    Trouble.SERVER_RIGHT_MISSING: [{"server": "laverma · server.example"}],
    Trouble.SERVER_UNCERTAIN: [{"server": "laverma · server.example"}],
    Rule.SEAT_TAKEN: [{"name": "Klaus Klassen", "role": "klaus"}],
    Rule.SEAT_UNKNOWN: [{"name": "Klaus Klassen"}],
    Rule.SERVER_PASSWORD_SHORT: [{"least": 10}],
    Rule.SERVER_ROLE_GROUP: [{"role": "laverma_calls"}],
    Rule.SERVER_ROLE_INVALID: [{"role": "Klaus!"}],
    Rule.SERVER_ROLE_TAKEN: [{"role": "klaus", "name": "Klaus Klassen"}],
    Rule.SERVER_STRANGER: [{"role": "klaus", "server": "laverma · server.example"}],
    Trouble.SYSTEM_LIBRARY_MISSING: [{"libraries": "libEGL.so.1", "packages": "libegl1"}],
}  # fmt: skip
_CASES = [(code, one) for code in [*Rule, *Trouble] for one in _PARAMETERS.get(code, [{}])]


def _in_both(speak):
    spoken = {}
    for language in i18n.LANGUAGES:
        i18n.use(language)
        spoken[language] = speak()
    return spoken["de"], spoken["en"]


@pytest.mark.parametrize(("code", "parameters"), _CASES, ids=str)
def test_every_code_has_a_sentence_in_both_languages(code, parameters):
    kind = RuleBroken if isinstance(code, Rule) else OutsideTrouble
    for sentence in (pair := _in_both(lambda: explain(kind(code, **parameters)))):
        assert len(sentence) > 15
        assert "%(" not in sentence
        assert not re.search(r"“”|„“|  |: $", sentence), "a value is missing"
        for name, value in parameters.items():
            if name in {"value", "number", "file", "folder", "column", "near", "limit", "line"}:
                assert str(value) in sentence
    assert pair[0] != pair[1]


def test_no_placeholder_is_left_where_the_program_hands_over_nothing():
    for code in (*Rule, *Trouble):
        for sentence in _in_both(lambda code=code: explain(RuleBroken(code))):
            assert "%(" not in sentence


def test_what_was_typed_is_quoted_on_one_line_and_not_at_any_length():
    error = RuleBroken(Rule.COUNTRY_UNKNOWN, value="Bcc: all@example.org\r\n\x00" + "x" * 50_000)
    sentence = explain(error)
    assert sentence.isprintable()
    assert len(sentence) < 500


@pytest.mark.parametrize("failure", Failure)
def test_every_failure_says_what_happened_and_what_to_do(failure):
    german, english = _in_both(lambda: failure_sentence(failure, "rezepton@dr-berger.example"))
    assert german != english
    assert "%(" not in german + english
    remedies = _in_both(lambda: failure_remedy(failure))
    if failure in TEMPORARY_FAILURES:
        assert remedies == ("", "")
    else:
        assert remedies[0] != remedies[1]
        assert all(remedies)


def test_the_wording_is_that_of_the_design():
    i18n.use("de")
    address = "rezepton@dr-berger.example"
    refused = failure_sentence(Failure.RECIPIENT_REFUSED, address)
    assert refused == f"Der Server hat die Adresse abgelehnt: {address}."
    assert failure_remedy(Failure.RECIPIENT_REFUSED) == "Adresse prüfen"
    assert failure_sentence(Failure.LOGIN_REFUSED, address) == "Anmeldung am Mailserver fehlgeschlagen."
    assert failure_remedy(Failure.LOGIN_REFUSED) == "Kennwort prüfen"
    expired = RuleBroken(Rule.AGREEMENT_MISSING, state=AgreementState.EXPIRED, until=date(2022, 2, 28))
    assert explain(expired).startswith("Der AVV ist am 28.02.2022 abgelaufen.")
