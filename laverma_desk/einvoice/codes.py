"""The identifiers and code-list entries that an invoice in CII is written with, each in this one place."""

from __future__ import annotations

from laverma_desk.domain.customer import InvoiceFormat
from laverma_desk.domain.invoice import InvoiceKind, VatCategory

# BT-24, the specification identifier.
GUIDELINES = {
    InvoiceFormat.ZUGFERD: "urn:cen.eu:en16931:2017",
    InvoiceFormat.XRECHNUNG: "urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0",
}
# BT-23, the business process; only XRechnung asks for it (PEPPOL-EN16931-R001).
BUSINESS_PROCESS = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"

# BT-3 (UNTDID 1001): 384 is a corrected invoice; 381 would be a credit note with positive amounts.
TYPE_CODES = {InvoiceKind.INVOICE: "380", InvoiceKind.CANCELLATION: "384"}
CURRENCY = "EUR"
# UNTDID 2379: a day without hyphens, 20220301.
DAY_FORMAT = "102"
VAT = "VAT"
# BT-81 (UNTDID 4461): SEPA credit transfer.
SEPA_TRANSFER = "58"
# Schemes of tax registrations: VAT ID (BT-31, BT-48) and tax number (BT-32).
VAT_SCHEME, TAX_NUMBER_SCHEME = "VA", "FC"
# BT-21 (UNTDID 4451): general information, tax, reason, register.
GENERAL_NOTE, TAX_NOTE, REASON_NOTE, REGISTER_NOTE = "AAI", "TXD", "ACD", "REG"

# BT-121 (VATEX); there is no code for the small business of German law.
EXEMPTION_CODES = {VatCategory.REVERSE_CHARGE: "VATEX-EU-AE"}
# BT-120. The words are the law's own (§ 34a UStDV, § 14a Abs. 5 UStG) or what the administration accepts
# instead (UStAE 14a.1 Abs. 6), so they are no matter of translating.
EXEMPTION_REASONS = {
    (VatCategory.EXEMPT, "de"): "Steuerfrei nach § 19 UStG (Kleinunternehmer)",
    (VatCategory.EXEMPT, "en"): "Exempt from VAT under § 19 UStG (small business)",
    (VatCategory.REVERSE_CHARGE, "de"): "Steuerschuldnerschaft des Leistungsempfängers",
    (VatCategory.REVERSE_CHARGE, "en"): "Reverse charge",
}

NAMESPACES = {
    "rsm": "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100",
    "ram": "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100",
    "udt": "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100",
    "qdt": "urn:un:unece:uncefact:data:standard:QualifiedDataType:100",
}
# A preview has no number yet, and EN 16931 no invoice without one. Such a file is never stored.
NO_NUMBER = "ENTWURF"
