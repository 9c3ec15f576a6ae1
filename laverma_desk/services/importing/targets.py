"""What a foreign heading can mean: the desk's own columns, and parts that other programs keep apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from laverma_desk.domain.folding import fold
from laverma_desk.services.importing import customer_columns as columns

FIRST_NAME, LAST_NAME, TITLE = "Vorname", "Nachname", "Titel"
HOUSE_NUMBER, POSTCODE_AND_CITY, VAT_COUNTRY = "Hausnummer", "PLZ und Ort", "USt-Land"
PARTS = (FIRST_NAME, LAST_NAME, TITLE, HOUSE_NUMBER, POSTCODE_AND_CITY, VAT_COUNTRY)
"""What is put together with another column: a person's name, street and number, postcode and town."""

TARGETS = (
    *(columns.NUMBER, columns.NAME, columns.STREET, HOUSE_NUMBER, columns.POSTCODE, columns.CITY),
    *(POSTCODE_AND_CITY, columns.COUNTRY, columns.PHONE, columns.EMAIL_REPORT, columns.EMAIL_INVOICE),
    *(columns.CONTACT, columns.SALUTATION, TITLE, FIRST_NAME, LAST_NAME, columns.ROLE, columns.CONTACT_PHONE),
    *(columns.CONTACT_MOBILE, columns.CONTACT_EMAIL, columns.GETS_REPORTS, columns.GETS_INVOICES),
    *(columns.SIGNS, columns.WORKSTATION, columns.PLACE, columns.PARTNER_ID, columns.TOOL),
    *(columns.WORKSTATION_ARCHIVED, columns.SOFTWARE, columns.SINCE, columns.PAYMENT_DAYS),
    *(columns.ON_SITE, columns.ON_SITE_KM, columns.ON_SITE_TRAVEL, columns.ON_SITE_HOURLY),
    *(columns.TARIFF_FROM, columns.MINUTE_PRICE, columns.ROUNDING, columns.VAT_ID, VAT_COUNTRY),
    *(columns.LEITWEG_ID, columns.INVOICE_FORMAT, columns.ELECTRONIC_ADDRESS, columns.LANGUAGE),
    *(columns.AGREEMENT_FROM, columns.AGREEMENT_UNTIL, columns.AGREEMENT_ENDED, columns.ARCHIVED),
    columns.DEBTOR_ACCOUNT,
)
"""All that a heading can be mapped to, in the order in which people are offered it."""

_WORDS: dict[str, str] = {
    columns.NUMBER: (
        "Nummer, Nr, Nr., Kundennr, Kunden-Nr, Kunden-ID, KdNr, Kd.-Nr., Kunde Nr, Debitor, "
        "Debitorennummer, Debitoren-Nr, Konto, Kontonummer Debitor, Customer number, "
        "Customer No, Customer ID, Account number"
    ),
    columns.NAME: (
        "Praxis, Praxisname, Firma, Firmenname, Kunde, Kundenname, Unternehmen, Organisation, "
        "Einrichtung, Mandant, Bezeichnung, Name 1, Name1, Firma1, Name (Adressattyp Unternehmen), "
        "Company, Company name, Organization, Organization Name, Organization 1 - Name, Customer, "
        "Customer name, Practice, Business name, Client"
    ),
    columns.STREET: (
        "Strasse, Str., Straße und Hausnummer, Straße/Nr, Straße Nr., Anschrift, Adresse, Straße "
        "geschäftlich, Rechnungsadresse Straße, Street, Street address, Address, Address 1, Business "
        "Street, Address 1 - Street"
    ),
    HOUSE_NUMBER: "Hausnr, Haus-Nr, Hausnummer, House number",
    columns.POSTCODE: (
        "Postleitzahl, PLZ Straße, Postleitzahl geschäftlich, Plz geschäftlich, Postal code, Post "
        "code, Postcode, Zip, Zip code, Business Postal Code, Address 1 - Postal Code"
    ),
    columns.CITY: "Stadt, Wohnort, Gemeinde, Ort geschäftlich, City, Town, Business City, Address 1 - City",
    POSTCODE_AND_CITY: "PLZ/Ort, PLZ Ort, PLZ + Ort, Postleitzahl und Ort, Postleitzahl Ort, Zip City",
    columns.COUNTRY: (
        "Staat, Land/Region, Land/Region geschäftlich, Ländercode, Country, Country code, "
        "Country/Region, Business Country/Region, Address 1 - Country"
    ),
    columns.PHONE: (
        "Tel, Tel., Telefonnummer, Telefon Nr, Telefon 1, Telefon1, Rufnummer, Festnetz, Telefon "
        "Zentrale, Haupttelefon, Telefon Firma, Zentrale, Phone, Phone number, Telephone, Company "
        "Main Phone"
    ),
    columns.EMAIL_REPORT: (
        "E-Mail, Email, Mail, E-Mail-Adresse, Mailadresse, E-Mail Praxis, Bericht an E-Mail, E-Mail "
        "Berichte, E-mail address, Email address, Report e-mail"
    ),
    columns.EMAIL_INVOICE: (
        "Rechnungs-E-Mail, E-Mail Rechnungen, Rechnungsmail, E-Mail Buchhaltung, Invoice e-mail, "
        "Billing email"
    ),
    columns.CONTACT: (
        "Kontakt, Kontaktperson, Kontaktname, Ansprechperson, Ansprechpartnerin, Inhaber, zu Händen, "
        "z. Hd., Contact, Contact person, Contact name, Full name"
    ),
    columns.SALUTATION: "Anrede Ansprechpartner, Salutation, Name Prefix",
    TITLE: "Akad. Grad, Akademischer Grad, Titel/Akad. Grad, Titel Ansprechpartner, Academic title",
    FIRST_NAME: "Vorname Ansprechpartner, Vorname (Adressattyp natürl. Person), First name, Given name",
    LAST_NAME: (
        "Familienname, Zuname, Nachname Ansprechpartner, Name (Adressattyp natürl. Person), Last "
        "name, Surname, Family name"
    ),
    columns.ROLE: (
        "Position, Rolle, Tätigkeit, Beruf, Job Title, Role, Organization Title, Organization 1 - Title"
    ),
    columns.CONTACT_PHONE: (
        "Telefon Ansprechpartner, Telefon geschäftlich, Telefon direkt, Direktwahl, Business Phone, "
        "Direct phone, Phone 1 - Value"
    ),
    columns.CONTACT_MOBILE: (
        "Mobil, Handy, Handynummer, Mobilnummer, Mobilfunk, Mobil Ansprechpartner, Mobile, Mobile "
        "Phone, Cell, Cell phone"
    ),
    columns.CONTACT_EMAIL: "Mail Ansprechpartner, E-Mail Kontakt, Contact e-mail, E-mail 1 - Value",
    columns.GETS_REPORTS: "Erhält Berichte, Gets reports",
    columns.GETS_INVOICES: "Erhält Rechnungen, Gets invoices",
    columns.WORKSTATION: (
        "Rechner, Rechnername, PC, PC-Name, Computer, Computername, Computer name, Gerät, Gerätename, "
        "Hostname, Host, Arbeitsstation, Station, Alias, Workstation, Machine, Device"
    ),
    columns.PLACE: "Raum, Zimmer, Aufstellort, Ort des Rechners, Room, Location",
    columns.PARTNER_ID: (
        "TeamViewer-ID, TeamViewer, TV-ID, TVID, AnyDesk-ID, RustDesk-ID, Fernwartungs-ID, "
        "Fernwartung-ID, Remote-ID, Partner ID, ID Fernwartung"
    ),
    columns.TOOL: (
        "Fernwartungsprogramm, Fernwartungssoftware, Fernwartung über, Tool, Remote tool, Remote software"
    ),
    columns.SOFTWARE: "Praxissoftware, Praxisverwaltung, PVS, Programme, Praxisprogramm, Practice software",
    columns.SINCE: "Kunde ab, Kundenbeginn, Vertragsbeginn, Customer since",
    columns.PAYMENT_DAYS: "Zahlungsziel Tage, Zahlungsfrist, Zahlbar in Tagen, Payment days, Payment terms",
    columns.ON_SITE: "Vor-Ort-Pauschale, Anfahrtspauschale, Vor Ort pauschal, On-site price",
    columns.ON_SITE_KM: "Entfernung, Kilometer, km, Distance",
    columns.ON_SITE_TRAVEL: "Anfahrtskosten, Fahrtkosten, Travel",
    columns.ON_SITE_HOURLY: "Stundensatz, Stundensatz vor Ort, Hourly rate",
    columns.MINUTE_PRICE: "Preis je Minute, Minutensatz, Preis pro Minute, Price per minute",
    columns.TARIFF_FROM: "Tarif gültig ab, Preis ab, Price from",
    columns.VAT_ID: (
        "USt-ID, UStID, USt-Id-Nr, Ust-IdNr., Umsatzsteuer-ID, Umsatzsteueridentifikationsnummer, EU- "
        "UStID, VAT ID, VAT number, VAT"
    ),
    VAT_COUNTRY: "EU-Land",
    columns.LEITWEG_ID: "Leitweg, LeitwegID",
    columns.INVOICE_FORMAT: "E-Rechnung Format, E-Rechnungsformat, Invoice format",
    columns.ELECTRONIC_ADDRESS: "E-Rechnung Adresse, Elektronische Adresse, Electronic address, Peppol-ID",
    columns.LANGUAGE: "Language",
    columns.DEBTOR_ACCOUNT: "Personenkonto, Debtor account",
    columns.AGREEMENT_FROM: "AVV ab, AVV seit, AVV vom, AV-Vertrag vom, AVV Datum, DPA from",
    columns.AGREEMENT_UNTIL: "AVV gültig bis, AVV Ende, DPA until",
}


def folded(heading: str) -> str:
    """Return a heading in the form in which headings are compared: letters and figures alone."""
    return " ".join(re.sub(r"[^0-9a-z]+", " ", fold(heading)).split())


@cache
def known_words() -> dict[str, str]:
    """Return folded heading → target, for all spellings that mean one thing."""
    words: dict[str, str] = {}
    for target in TARGETS:
        spellings: Sequence[str] = (target, *_WORDS.get(target, "").split(","))
        for one in spellings:
            words.setdefault(folded(one), target)
    return words


def target_named(typed: str) -> str | None:
    """Return the target that somebody names, by its own heading or a word for it; None for no such one."""
    return known_words().get(folded(typed))
