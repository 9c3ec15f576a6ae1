"""The columns of DATEV's format (EXTF 700) in their order: postings, version 13, and debtors, version 5.

Names in quotation marks are fields of text, which stand in quotation marks even where they are empty.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """A field: its heading, and whether it is text."""

    name: str
    is_text: bool


def _columns(*parts: str) -> tuple[Column, ...]:
    names = [name for part in parts for name in part.split(";")]
    return tuple(Column(name.strip('"'), name.startswith('"')) for name in names)


def _numbered(pattern: str, numbers: Iterable[int]) -> str:
    return ";".join(pattern.replace("#", str(number)) for number in numbers)


AMOUNT = "Umsatz (ohne Soll/Haben-Kz)"
SIDE = "Soll/Haben-Kennzeichen"
CURRENCY = "WKZ Umsatz"
ACCOUNT = "Konto"
CONTRA = "Gegenkonto (ohne BU-Schlüssel)"
DAY = "Belegdatum"
FIELD_1 = "Belegfeld 1"
FIELD_2 = "Belegfeld 2"
TEXT = "Buchungstext"
VAT_ID = "EU-Land u. UStID (Bestimmung)"
COMMITTED = "Festschreibung"
SERVICE_DAY = "Leistungsdatum"
TAX_PERIOD = "Datum Zuord. Steuerperiode"
DUE = "Fälligkeit"

POSTINGS = _columns(
    f'{AMOUNT};"{SIDE}";"{CURRENCY}";Kurs;Basis-Umsatz;"WKZ Basis-Umsatz";{ACCOUNT};{CONTRA}',
    f'"BU-Schlüssel";{DAY};"{FIELD_1}";"{FIELD_2}";Skonto;"{TEXT}";Postensperre;"Diverse Adressnummer"',
    'Geschäftspartnerbank;Sachverhalt;Zinssperre;"Beleglink"',
    _numbered('"Beleginfo - Art #";"Beleginfo - Inhalt #"', range(1, 9)),
    f'"KOST1 - Kostenstelle";"KOST2 - Kostenstelle";Kost-Menge;"{VAT_ID}";EU-Steuersatz (Bestimmung)',
    '"Abw. Versteuerungsart";Sachverhalt L+L;Funktionsergänzung L+L;BU 49 Hauptfunktionstyp',
    "BU 49 Hauptfunktionsnummer;BU 49 Funktionsergänzung",
    _numbered('"Zusatzinformation - Art #";"Zusatzinformation- Inhalt #"', range(1, 21)),
    'Stück;Gewicht;Zahlweise;"Forderungsart";Veranlagungsjahr;Zugeordnete Fälligkeit;Skontotyp',
    '"Auftragsnummer";"Buchungstyp";USt-Schlüssel (Anzahlungen);"EU-Land (Anzahlungen)"',
    "Sachverhalt L+L (Anzahlungen);EU-Steuersatz (Anzahlungen);Erlöskonto (Anzahlungen)",
    '"Herkunft-Kz";"Buchungs GUID";KOST-Datum;"SEPA-Mandatsreferenz";Skontosperre;"Gesellschaftername"',
    'Beteiligtennummer;"Identifikationsnummer";"Zeichnernummer";Postensperre bis',
    f'"Bezeichnung SoBil-Sachverhalt";Kennzeichen SoBil-Buchung;{COMMITTED};{SERVICE_DAY};{TAX_PERIOD};{DUE}',
    '"Generalumkehr (GU)";Steuersatz;"Land";"Abrechnungsreferenz";BVV-Position',
    '"EU-Land u. UStID (Ursprung)";EU-Steuersatz (Ursprung);Abw. Skontokonto',
)
"""The 125 columns of a posting (Buchungsstapel)."""

COMPANY_NAME = "Name (Adressattyp Unternehmen)"
ADDRESSEE = "Adressattyp"
SHORT_NAME = "Kurzbezeichnung"
VAT_STATE = "EU-Land"
VAT_NUMBER = "EU-UStID"
ADDRESS_KIND = "Adressart"
STREET = "Straße"
POSTCODE = "Postleitzahl"
CITY = "Ort"
COUNTRY = "Land"
CUSTOMER_NUMBER = "Kunden-/Lief.-Nr."

_BANK = (
    '"Bankleitzahl #";"Bankbezeichnung #";"Bank-Kontonummer #";"Länderkennzeichen #";"IBAN-Nr. #";"Leerfeld"'
    ';"SWIFT-Code #";"Abw. Kontoinhaber #";Kennz. Hauptbankverb. #;Bankverb # Gültig von'
    ";Bankverb # Gültig bis"
)
_INVOICE_ADDRESS = ";".join(
    f'"{name} (Rechnungsadresse)"'
    for name in (
        "Abweichende Anrede", ADDRESS_KIND, STREET, "Postfach", POSTCODE, CITY, COUNTRY, "Versandzusatz",
        "Adresszusatz", "Abw. Zustellbezeichnung 1", "Abw. Zustellbezeichnung 2",
    )
)  # fmt: skip

DEBTORS = _columns(
    f'{ACCOUNT};"{COMPANY_NAME}";"Unternehmensgegenstand";"Name (Adressattyp natürl. Person)"',
    f'"Vorname (Adressattyp natürl. Person)";"Name (Adressattyp keine Angabe)";"{ADDRESSEE}"',
    f'"{SHORT_NAME}";"{VAT_STATE}";"{VAT_NUMBER}";"Anrede";"Titel/Akad. Grad";"Adelstitel"',
    f'"Namensvorsatz";"{ADDRESS_KIND}";"{STREET}";"Postfach";"{POSTCODE}";"{CITY}";"{COUNTRY}"',
    '"Versandzusatz";"Adresszusatz";"Abweichende Anrede";"Abw. Zustellbezeichnung 1"',
    '"Abw. Zustellbezeichnung 2";Kennz. Korrespondenzadresse;Adresse Gültig von;Adresse Gültig bis',
    '"Telefon";"Bemerkung (Telefon)";"Telefon GL";"Bemerkung (Telefon GL)";"E-Mail"',
    '"Bemerkung (E-Mail)";"Internet";"Bemerkung (Internet)";"Fax";"Bemerkung (Fax)";"Sonstige"',
    '"Bemerkung (Sonstige)"',
    _numbered(_BANK, range(1, 6)),
    f'Leerfeld;"Briefanrede";"Grußformel";"{CUSTOMER_NUMBER}";"Steuernummer";Sprache',
    '"Ansprechpartner";"Vertreter";"Sachbearbeiter";Diverse-Konto;Ausgabeziel;Währungssteuerung',
    "Kreditlimit (Debitor);Zahlungsbedingung;Fälligkeit in Tagen (Debitor);Skonto in Prozent (Debitor)",
    "Kreditoren-Ziel 1 Tg.;Kreditoren-Skonto 1 %;Kreditoren-Ziel 2 Tg.;Kreditoren-Skonto 2 %",
    "Kreditoren-Ziel 3 Brutto Tg.;Kreditoren-Ziel 4 Tg.;Kreditoren-Skonto 4 %",
    "Kreditoren-Ziel 5 Tg.;Kreditoren-Skonto 5 %;Mahnung;Kontoauszug;Mahntext 1;Mahntext 2;Mahntext 3",
    "Kontoauszugstext;Mahnlimit Betrag;Mahnlimit %;Zinsberechnung;Mahnzinssatz 1;Mahnzinssatz 2",
    'Mahnzinssatz 3;"Lastschrift";"Leerfeld";Mandantenbank;"Zahlungsträger"',
    _numbered('"Indiv. Feld #"', range(1, 16)),
    _INVOICE_ADDRESS,
    "Adresse Gültig von (Rechnungsadresse);Adresse Gültig bis (Rechnungsadresse)",
    _numbered(_BANK, range(6, 11)),
    '"Nummer Fremdsystem";Insolvent',
    _numbered('"SEPA-Mandatsreferenz #"', range(1, 11)),
    "Verknüpftes OPOS-Konto;Mahnsperre bis;Lastschriftsperre bis;Zahlungssperre bis;Gebührenberechnung",
    "Mahngebühr 1;Mahngebühr 2;Mahngebühr 3;Pauschalenberechnung",
    "Verzugspauschale 1;Verzugspauschale 2;Verzugspauschale 3",
    '"Alternativer Suchname";Status;Anschrift manuell geändert (Korrespondenzadresse)',
    '"Anschrift individuell (Korrespondenzadresse)";Anschrift manuell geändert (Rechnungsadresse)',
    '"Anschrift individuell (Rechnungsadresse)";Fristberechnung bei Debitor;Mahnfrist 1;Mahnfrist 2',
    "Mahnfrist 3;Letzte Frist",
)
"""The 254 columns of a debtor's master data (Debitoren/Kreditoren)."""
