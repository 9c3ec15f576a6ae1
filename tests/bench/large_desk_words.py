"""What the sessions of the large desk say: plain German notes, built from few words as real ones are."""

from __future__ import annotations

from random import Random

_THINGS = (
    "Druckertreiber", "Kartenterminal", "Konnektor", "Terminalserver", "Datensicherung", "Röntgensoftware",
    "Praxissoftware", "Rezeptdrucker", "Netzlaufwerk", "Bildschirmauflösung", "Benutzerkonto", "Postfach",
    "Zertifikat", "Etikettendrucker", "Warteschlange", "Virenschutz", "Abrechnungsmodul", "Intraoralkamera",
    "Scanner", "Telefonanlage", "Terminkalender", "Versichertenkarte", "Sicherungsband", "Domänenanmeldung",
    "Faxweiche", "Speicherplatz", "Fernzugang", "Monitor am Behandlungsstuhl", "Heilmittelkatalog",
    "Quartalsupdate", "Verordnungsdrucker", "Sterilisationsprotokoll", "Lizenzserver", "WLAN-Zugang",
)  # fmt: skip
_DONE = (
    "neu eingerichtet", "geprüft, in Ordnung", "aktualisiert", "neu gestartet", "zurückgesetzt",
    "gelöscht und neu angelegt", "erneuert", "vom Hersteller freischalten lassen", "getestet",
    "auf den neuen Server umgezogen", "wieder verbunden", "entstört", "neu gekoppelt", "freigegeben",
    "nachträglich zugeordnet", "gesperrt", "übertragen", "abgeglichen", "ausgetauscht", "erklärt",
)  # fmt: skip
_WHY = (
    "Meldung „Zeitüberschreitung“ tritt nicht mehr auf", "Ursache war ein Windows-Update vom Vortag",
    "Testseite gedruckt", "Kundin informiert, bittet um Rückruf", "Anmeldung an allen Plätzen geprüft",
    "Neustart nach Dienstschluss vereinbart", "Dr. Grün bestätigt, dass alles läuft",
    "Rücksicherung einer Datei getestet", "Gerät bleibt unter Beobachtung", "Hersteller hat ein Ticket",
    "Passwort durch die Praxis selbst vergeben", "Kabel war lose", "Dauerauftrag für das Quartal angelegt",
    "Verknüpfung auf dem Schreibtisch ersetzt", "Alte Einträge entfernt", "Freier Speicher 412 GB",
)  # fmt: skip
_RARE = (
    "Kernspinaufnahmen", "Blitzschlag", "Wasserschaden", "Löschanlage", "Umzugskarton", "Notstrom",
    "Hausmeister", "Taubenabwehr", "Zwiebelkuchen", "Xylophon",
)  # fmt: skip
_SYLLABLES = (
    "ber", "grün", "hof", "stein", "mann", "lind", "feld", "bach", "weiß", "wald", "brück", "nord", "schu",
    "ler", "kra", "mer", "öst", "rei", "cher", "voß",
)  # fmt: skip
_CITIES = (
    "Berlin", "Köln", "München", "Görlitz", "Bad Oeynhausen", "Lübeck", "Münster", "Gießen", "Plauen",
    "Neuß", "Würzburg", "Soest", "Jena", "Kiel", "Trier", "Zwickau",
)  # fmt: skip
_KINDS = ("Praxis Dr. {}", "Zahnärzte {} und Kollegen", "KFO Dr. {}", "MVZ {}", "Dres. {}", "ZAP Dr. {}")
PLACES = ("Rezeption", "Server", "Behandlung 1", "Behandlung 2", "PC Labor", "PC Büro", "Röntgen", "Leitung")
"""Names of workstations; each customer has two of them."""

CALLERS = ("", "Dr. Eva Marten", "Frau Lorenz", "Herr Öztürk", "Frau Groß", "Rezeption", "Fr. Jäger")
"""Who asked for a session."""


def customer_name(place: int) -> str:
    """Return the name of the customer at a place, another one for each of some thousand."""
    first, rest = place % 20, place // 20
    second, third = rest % 20, rest // 20 % 20
    parts = (_SYLLABLES[(first + second) % 20], _SYLLABLES[second], _SYLLABLES[(third + first) % 20])
    name = "".join(parts).capitalize()
    return _KINDS[place % len(_KINDS)].format(name if place < 8000 else f"{name}-Roth")


def city(place: int) -> str:
    """Return where the customer at a place is."""
    return _CITIES[place % len(_CITIES)]


def note(dice: Random) -> str:
    """Return the notes of a session, some 130 characters in two to four lines."""
    lines = [f"{dice.choice(_THINGS)} {dice.choice(_DONE)}"]
    length = len(lines[0])
    while length < 112:
        draw = dice.random()
        if draw < 0.45:
            line = f"{dice.choice(_THINGS)} {dice.choice(_DONE)}"
        elif draw < 0.85:
            line = dice.choice(_WHY)
        elif draw < 0.93:
            line = f"PC-{dice.randrange(10_000):04} unter 192.168.{dice.randrange(256)}.{dice.randrange(256)}"
        else:
            line = f"Fehler 0x{dice.randrange(1 << 32):08x} im {dice.choice(_THINGS)}"
        lines.append(line)
        length += 1 + len(line)
    if dice.random() < 0.0005:
        lines.append(dice.choice(_RARE))
    return "\n".join(lines)
