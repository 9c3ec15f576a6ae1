"""What is handed to a tax audit is whole, refers to nothing that is missing, and sums up as the desk does."""

# ruff: noqa: S608 (statements of tests)

from __future__ import annotations

import hashlib
from calendar import monthrange
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from laverma_desk import paths
from laverma_desk.domain.company import Company
from laverma_desk.domain.support_session import Segment
from laverma_desk.services.privacy.erasure import erase_due
from laverma_desk.services.setup import house
from laverma_desk.services.tax_audit.exporting import TABLES, export_gdpdu
from laverma_desk.storage import sessions
from tests.support.audited_desks import Audited, hold, open_audited
from tests.support.gdpdu_reading import DTD, Told, read_medium
from tests.support.raw_words import lift_seal, say

YEAR = (date(2022, 1, 1), date(2022, 12, 31))
EVERYTHING = (date(2000, 1, 1), date(2099, 12, 31))
SECRETS = ("Patientin", "Meier", "Sabine Lorenz", "rechnung@praxis.example", "2312599")


@pytest.fixture
def story(tmp_path):
    """Two years of a house."""
    made = open_audited(tmp_path / "desk")
    yield made
    made.desk.close()


def medium(story: Audited, folder: Path, days: tuple[date, date] = YEAR) -> dict[str, Told]:
    """Export some days and read them back by the standard."""
    return read_medium(export_gdpdu(story.desk, *days, folder / "aus").folder)


def asked(story: Audited, statement: str) -> list[tuple]:
    """Return what the engine itself says, without any code of the program."""
    with story.desk.database.read() as connection:
        found = [tuple(row) for row in say(connection, statement)]
    return [tuple(_as_in_a_file(value) for value in row) for row in found]


def _as_in_a_file(value):
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}"
    if isinstance(value, date):
        return value.isoformat()
    return int(value) if isinstance(value, Decimal) else value


def within(told: Told) -> list[dict]:
    return [row for row in told.rows if row["Im_Zeitraum"] == "ja"]


def euros(cents: int | None) -> Decimal:
    return Decimal(cents or 0) / 100


def test_the_document_type_is_the_official_one():
    content = paths.resource("gdpdu", DTD).read_bytes()
    assert hashlib.sha256(content).hexdigest() == (
        "40e733e866f375c07efba3fafdc0765512562b1db6f86d85309527a3f77a6dc5"
    )


def test_every_table_is_there_even_where_it_is_empty(desk, tmp_path):
    result = export_gdpdu(desk, *YEAR, tmp_path)
    tables = read_medium(result.folder)
    assert [told.url for told in tables.values()] == [one.file for one in TABLES]
    assert dict(result.rows) == {told.url: len(told.rows) for told in tables.values()}
    # The house was set up, and nothing has happened yet.
    assert [told.name for told in tables.values() if told.rows] == ["Aenderungsprotokoll", "Steuersaetze"]
    assert (result.folder / DTD).read_bytes() == paths.resource("gdpdu", DTD).read_bytes()


@pytest.mark.parametrize("days", [YEAR, EVERYTHING, (date(2021, 1, 1), date(2021, 12, 31))])
def test_sums_are_those_of_the_desk(story, tmp_path, days):
    tables = medium(story, tmp_path, days)
    between = f"BETWEEN '{days[0]}' AND '{days[1]}'"
    bills = within(tables["Rechnungen"])
    ((count, net, vat, gross),) = asked(
        story,
        "SELECT count(*), sum(net_cents), sum(vat_cents), sum(gross_cents) FROM invoice "
        f"WHERE issued_on {between}",
    )
    assert len(bills) == count
    for column, cents in (("Netto", net), ("Umsatzsteuer", vat), ("Brutto", gross)):
        assert sum(row[column] for row in bills) == euros(cents)
    assert tables["Rechnungssteuern"].total("Netto") == euros(net)
    assert tables["Rechnungssteuern"].total("Umsatzsteuer") == euros(vat)
    lines = asked(
        story,
        "SELECT count(*), sum(l.net_cents) FROM invoice_line l JOIN invoice i ON i.id = l.invoice_id "
        f"WHERE i.issued_on {between}",
    )[0]
    assert (len(tables["Rechnungspositionen"].rows), tables["Rechnungspositionen"].total("Netto")) == (
        lines[0],
        euros(lines[1]),
    )
    paid = asked(story, f"SELECT count(*), sum(cents) FROM payment WHERE paid_on {between}")[0]
    assert (len(tables["Zahlungen"].rows), tables["Zahlungen"].total("Betrag")) == (paid[0], euros(paid[1]))
    sessions = within(tables["Fernwartungen"])
    held = asked(
        story,
        "SELECT count(*), sum(seconds), sum(CASE WHEN billable THEN net_cents ELSE 0 END), "
        f"sum(CASE WHEN billable THEN billed_seconds ELSE 0 END) FROM session WHERE day {between}",
    )[0]
    assert (
        len(sessions),
        sum(row["Dauer_Sekunden"] for row in sessions),
        sum(row["Netto"] for row in sessions),
        sum(row["Berechnete_Sekunden"] for row in sessions),
    ) == (held[0], held[1] or 0, euros(held[2]), held[3] or 0)
    letters = asked(story, f"SELECT count(*), sum(open_cents) FROM reminder WHERE issued_on {between}")[0]
    assert (len(tables["Mahnungen"].rows), tables["Mahnungen"].total("Offen")) == (
        letters[0],
        euros(letters[1]),
    )


def test_each_month_alone_refers_to_nothing_that_is_missing(story, tmp_path):
    """A letter about a bill of January, a cancellation, a session of a record that went into another one."""
    counted: Counter[str] = Counter()
    for year, month in [(2021, 12), *((2022, month) for month in range(1, 13)), (2023, 1)]:
        days = date(year, month, 1), date(year, month, monthrange(year, month)[1])
        tables = medium(story, tmp_path / f"{year}-{month}", days)
        counted["bills"] += len(within(tables["Rechnungen"]))
        counted["sessions"] += len(within(tables["Fernwartungen"]))
        counted["lines"] += len(tables["Rechnungspositionen"].rows)
        counted["letters"] += len(tables["Mahnungspositionen"].rows)
    ((bills, sessions, lines, letters),) = asked(
        story,
        "SELECT (SELECT count(*) FROM invoice), (SELECT count(*) FROM session), "
        "(SELECT count(*) FROM invoice_line), (SELECT count(*) FROM reminder_invoice)",
    )
    assert counted == {"bills": bills, "sessions": sessions, "lines": lines, "letters": letters}
    assert min(counted.values()) > 0


def test_each_bill_is_the_sum_of_its_lines_and_rates(story, tmp_path):
    tables = medium(story, tmp_path, EVERYTHING)
    for number, bill in tables["Rechnungen"].by("Rechnungsnummer").items():
        rates = [row for row in tables["Rechnungssteuern"].rows if row["Rechnungsnummer"] == number]
        lines = [row for row in tables["Rechnungspositionen"].rows if row["Rechnungsnummer"] == number]
        assert bill["Netto"] == sum(row["Netto"] for row in lines) == sum(row["Netto"] for row in rates)
        assert bill["Umsatzsteuer"] == sum(row["Umsatzsteuer"] for row in rates)
        assert bill["Brutto"] == bill["Netto"] + bill["Umsatzsteuer"]
        for row in lines:
            assert row["Netto"] == (row["Menge"] * row["Einzelpreis"] / row["Preisbasis"]).quantize(
                Decimal("0.01")
            )


def test_what_lies_outside_is_there_because_something_refers_to_it(story, tmp_path):
    tables = medium(story, tmp_path)
    known = {name: story.number(name) for name in story.documents}
    bills = tables["Rechnungen"].by("Rechnungsnummer")
    assert {number for number, row in bills.items() if row["Im_Zeitraum"] == "nein"} == {
        known["of 2021"],  # a payment of the year
        known["again"],  # a session of the year, billed in the next one
    }
    assert bills[known["cancellation"]]["Storniert_Rechnung"] == known["cancelled"]
    assert bills[known["cancellation"]]["Storno_Grund"] == "Anfahrt fehlt; neue Rechnung"
    assert {row["Rechnungsnummer"] for row in tables["Rechnungspositionen"].rows} == {
        number for number, row in bills.items() if row["Im_Zeitraum"] == "ja"
    }
    late = [row for row in tables["Fernwartungen"].rows if row["Im_Zeitraum"] == "nein"]
    # Begun half an hour after midnight by the house's clock on 31 December: billed in January.
    assert [row["Tag"] for row in late] == [date(2021, 12, 31)]


def test_only_customers_that_something_names(story, tmp_path):
    tables = medium(story, tmp_path)
    records = tables["Kunden"].by("Kundennummer")
    assert set(records) == {"10017", "10018", "10019", "10020", "10021"}
    assert records["10020"]["Aufgegangen_in"] == "10019"
    assert records["10018"]["Name"] == 'Praxis "Am Markt"; Dr. Weiß & Söhne'
    assert records["10021"]["Name"] == "Praxis Dr. Sommer GbR"
    assert records["10021"]["Gesperrt_am"] == date(2022, 5, 2)
    locked = tables["Rechnungen"].by("Rechnungsnummer")[story.number("locked")]
    assert (locked["Empfaenger"], locked["Empfaenger_Strasse"]) == ("Praxis Dr. Sommer", "Zahnweg 5")


def test_a_session_is_told_by_the_houses_clock(story, tmp_path):
    told = medium(story, tmp_path)["Fernwartungen"]
    (summer,) = [row for row in told.rows if row["Tag"] == date(2022, 3, 27)]
    assert (summer["Beginn"], summer["Ende_Tag"], summer["Ende"]) == (
        "01:30:00",
        date(2022, 3, 27),
        "04:00:00",
    )
    assert summer["Dauer_Sekunden"] == 5400
    (attempt,) = [row for row in told.rows if row["Nicht_moeglich"]]
    assert (attempt["Nicht_moeglich"], attempt["Abrechnen"], attempt["Netto"]) == ("kein Internet", "nein", 0)
    assert attempt["Grund_ohne_Berechnung"] == ""


def test_every_change_is_told_but_not_what_is_nobodys_business(story, tmp_path):
    told = medium(story, tmp_path)["Aenderungsprotokoll"]
    counted = asked(
        story,
        "SELECT (SELECT count(*) FROM session_change) + (SELECT count(*) FROM customer_change)"
        " + (SELECT count(*) FROM setting_change)",
    )
    assert len(told.rows) == counted[0][0]
    lines = {(row["Feld"], row["Alt"], row["Neu"], row["Werte_ausgegeben"]) for row in told.rows}
    assert ("Beginn", "10.01.2022 09:00:00", "10.01.2022 08:55:00", "ja") in lines
    assert ("Notizen", "", "", "nein") in lines
    assert ("Netto", "54,00", "65,25", "ja") in lines
    assert ("Ausnahme ohne AVV", "", "", "nein") in lines
    assert ("Straße", "Zahnweg 5", "Neue Straße 2", "ja") in lines
    assert ("Telefon", "", "", "nein") in lines
    assert ("Steuer und Bank: Finanzamt", "", "Musterstadt", "ja") in lines
    assert ("Supporter: Name", "", "", "nein") in lines
    reasons = {row["Feld"]: row["Grund"] for row in told.rows}
    assert (reasons["Beginn"], reasons["Ausnahme ohne AVV"]) == ("Anfang vergessen", "")
    assert reasons["Gesperrt"] == "Verlangen"


def test_a_change_of_another_year_is_told_where_its_session_is_billed(story, tmp_path):
    """Billed in January, taken back in February: what was changed since then belongs to February, too."""
    months = (date(2022, 2, 1), date(2022, 2, 28)), (date(2021, 12, 1), date(2021, 12, 31))
    february, december = (
        medium(story, tmp_path / str(days[0]), days)["Aenderungsprotokoll"] for days in months
    )
    assert "Anfang vergessen" in february.column("Grund")
    assert "Anfang vergessen" not in december.column("Grund")


def test_a_session_ends_with_its_last_stretch(story, tmp_path):
    number = hold(story, "10017", datetime(2022, 8, 1, 8, tzinfo=UTC), 600)[0]
    noon = datetime(2022, 8, 1, 12, tzinfo=UTC)
    with story.desk.database.write() as connection:
        begin = datetime(2022, 8, 1, 8, tzinfo=UTC)
        stretches = [(begin, begin + timedelta(minutes=4)), (noon, noon + timedelta(minutes=6))]
        sessions.replace_segments(connection, number, [Segment(*one) for one in stretches])
    (row,) = [one for one in medium(story, tmp_path)["Fernwartungen"].rows if one["Tag"] == date(2022, 8, 1)]
    assert (row["Beginn"], row["Ende"], row["Dauer_Sekunden"]) == ("10:00:00", "14:06:00", 600)


def test_no_notes_no_people_no_numbers_to_reach_them(story, tmp_path):
    folder = export_gdpdu(story.desk, *EVERYTHING, tmp_path).folder
    for file in folder.glob("*.csv"):
        words = file.read_text(encoding="utf-8")
        if file.name == "rechnungspositionen.csv":
            assert '"Zeile eins / Zeile zwei"' in words
            assert '"Termin ""Umzug""; =2+3"' in words
            # The text of an issued document is the document's; what was noted later is not on it.
            words = words.replace("Patientin Meier", "", words.count('"Patientin Meier; ""x"""'))
        for secret in SECRETS:
            assert secret not in words, (file.name, secret)


def test_what_was_erased_stays_as_number_day_and_sum(story, tmp_path):
    number = story.number("locked")
    before = medium(story, tmp_path / "a").copy()
    story.clock.set_wall(datetime(2040, 1, 2, 11, tzinfo=UTC))
    assert erase_due(story.desk).value == 1
    after = medium(story, tmp_path / "b")
    bill = after["Rechnungen"].by("Rechnungsnummer")[number]
    assert (bill["Empfaenger"], bill["Empfaenger_Strasse"], bill["Inhalt_geloescht_am"]) == (
        "–",
        "",
        date(2040, 1, 2),
    )
    for name, column in (
        ("Rechnungen", "Brutto"),
        ("Rechnungssteuern", "Umsatzsteuer"),
        ("Fernwartungen", "Netto"),
    ):
        assert after[name].total(column) == before[name].total(column)
    record = after["Kunden"].by("Kundennummer")["10021"]
    assert (record["Name"], record["Strasse"], record["Geloescht_am"]) == ("–", "", date(2040, 1, 2))
    assert "Sommer" not in "".join(
        one.read_text(encoding="utf-8") for one in next((tmp_path / "b" / "aus").iterdir()).glob("*.csv")
    )


def test_the_chain_can_be_followed_from_the_export_alone(story, tmp_path):
    told = medium(story, tmp_path, EVERYTHING)["Rechnungen"]
    before = ""
    for place, row in enumerate(told.rows, 1):
        assert row["Laufende_Nummer"] == place
        parts = (
            before,
            row["Rechnungsnummer"],
            row["Datensatz_SHA256"],
            row["PDF_SHA256"],
            row["XML_SHA256"],
        )
        before = hashlib.sha256("\n".join(parts).encode()).hexdigest()
        assert row["Kette_SHA256"] == before


def test_each_table_says_what_decides_about_its_rows(story, tmp_path):
    tables = medium(story, tmp_path)
    assert all(len(told.description) > 30 for told in tables.values())
    assert {name for name, told in tables.items() if told.validity == YEAR} == {
        "Rechnungen", "Rechnungssteuern", "Rechnungspositionen", "Zahlungen", "Fernwartungen", "Mahnungen",
        "Mahnungspositionen",
    }  # fmt: skip
    assert "Maßgeblich ist das Rechnungsdatum" in tables["Rechnungen"].description
    ranges = {(row["Art"], row["Jahr"]): row["Letzte_Zahl"] for row in tables["Nummernkreise"].rows}
    assert ranges[("Rechnungen", 2022)] == 3
    assert ranges[("Stornorechnungen", 2022)] == 1
    assert ("Rechnungen", 2021) not in ranges


def test_a_house_with_any_name(story, tmp_path):
    house.save_company(story.desk, Company(name="M & S <IT> \x07GmbH"))
    folder = export_gdpdu(story.desk, *YEAR, tmp_path).folder
    assert read_medium(folder)
    supplier = ET.parse(folder / "index.xml").getroot().find("DataSupplier")  # noqa: S314 (made here)
    assert supplier.findtext("Name") == "M & S <IT> GmbH"
    assert supplier.findtext("Location") == "ohne Anschrift"


def test_who_hands_it_over(story, tmp_path):
    index = (export_gdpdu(story.desk, *YEAR, tmp_path).folder / "index.xml").read_text(encoding="utf-8")
    assert "<Name>Laverma</Name>" in index
    assert "<Location>Musterstraße 1, 12345 Musterstadt</Location>" in index
    assert "01.01.2022 bis 31.12.2022" in index
    assert index.count("<Accuracy>2</Accuracy>") == 18


@pytest.mark.parametrize("record", ["[]", "{", '{"buyer": 1}', '{"buyer": {"street": null}}'])
def test_a_record_that_somebody_spoiled_keeps_nothing_else_back(story, tmp_path, record):
    with story.desk.database.write() as connection:
        lift_seal(connection, "invoice_no_update")
        say(connection, "UPDATE invoice SET record = ?", (record,))
    bill = medium(story, tmp_path)["Rechnungen"].by("Rechnungsnummer")[story.number("locked")]
    assert (bill["Empfaenger"], bill["Empfaenger_Strasse"]) == ("Praxis Dr. Sommer", "")
    assert bill["Brutto"] > 0
