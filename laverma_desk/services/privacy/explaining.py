"""The sentences that go with an answer: what the files are, what the data are for, which rights there are."""

from __future__ import annotations

from laverma_desk.domain.disclosure import Section
from laverma_desk.i18n import gettext_in
from laverma_desk.services.privacy.tables import Words

README = """\
Auskunft nach Art. 15 DSGVO

Diese Dateien enthalten alles, was über Sie gespeichert ist.

Auskunft.pdf         alles zum Lesen
daten.json           dasselbe für Programme, Zeitpunkte in UTC
*.csv                dieselben Angaben als Tabellen (UTF-8, Semikolon), zu öffnen mit Excel oder LibreOffice
vereinbarungen/      unterschriebene Verträge zur Auftragsverarbeitung, so wie sie abgelegt wurden
rechnungen/          Rechnungen und Stornorechnungen als PDF und XML, so wie sie gestellt wurden
mahnungen/           Zahlungserinnerungen und Mahnungen als PDF
berichte/            die Berichte als PDF, so wie sie gesendet wurden
mails/               die Mails im Wortlaut, so wie sie das Haus verlassen haben

Steht in einer Tabelle vor =, +, - oder @ ein Apostroph, so gehört er nicht zum Text. Er verhindert, dass
eine Tabellenkalkulation die Zelle als Formel ausführt.

Wozu die Daten dienen, wie lange sie bleiben und welche Rechte Sie haben, steht am Ende der Auskunft.pdf.
"""


def closing_section(words: Words) -> Section:
    """Return what Art. 15 (1) (a) to (h) GDPR asks to be told beside the data themselves."""
    tongue = words.language
    sentences = (
        gettext_in(tongue, "Purpose: remote support on request, proof of what was done, and its billing."),
        gettext_in(tongue, "Legal basis: contract and legal duties (Art. 6 (1) (b), (c) GDPR)."),
        gettext_in(tongue, "Origin: from you, from calls and mails to us, and from the sessions themselves."),
        gettext_in(
            tongue,
            "Period: business letters and reports six years, records of billing eight years, each from the "
            "end of the calendar year (§ 147 AO, § 14b UStG, § 257 HGB). "
            "All else goes when it is needed no more.",
        ),
        gettext_in(
            tongue,
            "Rights: you can ask for correction, erasure or restriction, object, and get these data in a "
            "common format. You can complain to a supervisory authority. No decision is made automatically.",
        ),
    )
    return Section(gettext_in(tongue, "About these data"), (), "\n".join(sentences))
