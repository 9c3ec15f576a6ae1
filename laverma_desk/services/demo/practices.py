"""Invented practices: reserved .example domains, phone numbers set aside for films, no real person."""

from __future__ import annotations

from dataclasses import dataclass

from laverma_desk.domain.customer import Salutation

MS, MR = Salutation.MS, Salutation.MR


@dataclass(frozen=True)
class Practice:
    """One invented practice. `agreement_days` counts from the demo's today; None: no agreement."""

    number: str
    name: str
    city: str
    phone: str
    mailbox: str
    salutation: Salutation
    contact: str
    workstations: tuple[str, ...]
    agreement_days: int | None
    on_site_cents: int | None = 9250
    ended: bool = False


def _practice(
    number: int,
    name: str,
    city: str,
    phone: str,
    mailbox: str,
    *,
    person: tuple[Salutation, str],
    workstations: str,
    agreement_days: int | None,
    ended: bool = False,
) -> Practice:
    return Practice(
        number=str(number),
        name=name,
        city=city,
        phone=phone,
        mailbox=mailbox,
        salutation=person[0],
        contact=person[1],
        workstations=tuple(workstations.split(", ")),
        agreement_days=agreement_days,
        ended=ended,
    )


PRACTICES = (
    _practice(
        10017,
        "ZAP Dr. Bohrer",
        "Musterstadt",
        "+493023125014",
        "rezeption@zap-bohrer.example",
        person=(MS, "Sabine Lorenz"),
        workstations="PC Rezeption, Server, Behandlung 1, Röntgen",
        agreement_days=1766,
    ),
    _practice(
        10021,
        "Praxis Dr. Weiß",
        "Hamburg",
        "+494066969122",
        "empfang@dr-weiss.example",
        person=(MS, "Petra Hahn"),
        workstations="Rezeption 1, Rezeption 2, Server",
        agreement_days=1217,
    ),
    _practice(
        10023,
        "KFO Dr. Lindner",
        "München",
        "+498999998207",
        "rezeption@kfo-lindner.example",
        person=(MR, "Jonas Reiter"),
        workstations="Rezeption 2, Labor",
        agreement_days=12,
    ),
    _practice(
        10028,
        "Zahnärzte am Markt",
        "Köln",
        "+492214710318",
        "it@zahnaerzte-markt.example",
        person=(MS, "Nina Vogt"),
        workstations="Rezeption EG, Rezeption OG, Server",
        agreement_days=670,
    ),
    _practice(
        10044,
        "Praxis Dr. Hartmann",
        "Frankfurt",
        "+496990009451",
        "praxis@dr-hartmann.example",
        person=(MS, "Birgit Sander"),
        workstations="Rezeption, Server",
        agreement_days=None,
    ),
    _practice(
        10031,
        "Praxis Dr. Sommer",
        "Berlin",
        "+493023125077",
        "info@dr-sommer.example",
        person=(MR, "Paul Seidel"),
        workstations="PC Labor, Empfang",
        agreement_days=402,
    ),
    _practice(
        10033,
        "MVZ Zahnzentrum Nord",
        "Hamburg",
        "+494066969240",
        "buero@mvz-nord.example",
        person=(MS, "Karin Albers"),
        workstations="Leitung, Anmeldung 1, Anmeldung 2, Server",
        agreement_days=890,
    ),
    _practice(
        10036,
        "Praxis Dr. Berger",
        "München",
        "+498999998316",
        "rezeption@dr-berger.example",
        person=(MS, "Monika Ebner"),
        workstations="Server, PC Empfang",
        agreement_days=233,
    ),
    _practice(
        10039,
        "Zahnarztpraxis Krüger",
        "Neudorf",
        "+494066969318",
        "rezeption@praxis-krueger.example",
        person=(MS, "Anja Krüger"),
        workstations="PC Empfang",
        agreement_days=-38,
    ),
    _practice(
        10041,
        "Dr. Öztürk & Kollegen",
        "Köln",
        "+492214710344",
        "team@oeztuerk-kollegen.example",
        person=(MR, "Deniz Öztürk"),
        workstations="Anmeldung, Server, OPG",
        agreement_days=305,
        ended=True,
    ),
    _practice(
        10046,
        "Kinderzahnarzt am Park",
        "Berlin",
        "+493023125121",
        "hallo@kinderzahn-park.example",
        person=(MS, "Lea Winter"),
        workstations="Tresen, Spielzimmer-Monitor",
        agreement_days=77,
    ),
    _practice(
        10048,
        "Praxis Dres. Falk",
        "Frankfurt",
        "+496990009512",
        "empfang@dres-falk.example",
        person=(MS, "Ute Falk"),
        workstations="Empfang links, Empfang rechts",
        agreement_days=44,
    ),
    _practice(
        10050,
        "Oralchirurgie Dr. Thiel",
        "Hamburg",
        "+494066969377",
        "buero@oc-thiel.example",
        person=(MR, "Marc Thiel"),
        workstations="Anmeldung, OP-Dokumentation, Server",
        agreement_days=1500,
    ),
    _practice(
        10053,
        "Praxis Dr. Nowak",
        "München",
        "+498999998402",
        "praxis@dr-nowak.example",
        person=(MS, "Ewa Nowak"),
        workstations="Rezeption, Büro",
        agreement_days=512,
    ),
    _practice(
        10055,
        "Dentallabor Brandt",
        "Köln",
        "+492214710420",
        "labor@brandt-dental.example",
        person=(MR, "Uwe Brandt"),
        workstations="Fräsrechner, Büro",
        agreement_days=128,
    ),
    _practice(
        10058,
        "Praxis Dr. Schäfer",
        "Berlin",
        "+493023125166",
        "termin@dr-schaefer.example",
        person=(MS, "Heike Schäfer"),
        workstations="Rezeption, Prophylaxe",
        agreement_days=365,
    ),
)

NOTES = (
    "Rezeptdrucker: Fach 2 zugeordnet",
    "Röntgensoftware: Netzpfad korrigiert",
    "Kartenterminal neu gestartet\nVerbindung zum Konnektor geprüft",
    "Update der Praxissoftware eingespielt\nNeustart des PC\nErläuterung der Neuerungen",
    "Datensicherung vom Vortag geprüft, vollständig",
    "Drucker eingerichtet\nTestseite gedruckt",
    "Scanner erkennt Karten wieder, Treiber erneuert",
    "Benutzer für neue Kollegin angelegt",
    "Bildschirmauflösung am zweiten Monitor gestellt",
    "Terminalserver: hängende Sitzung beendet",
)
