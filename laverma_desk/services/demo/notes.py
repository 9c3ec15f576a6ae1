"""What was done in the invented calls: the daily bread of a house that looks after practices."""

from __future__ import annotations

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
    "Quartalsupdate eingespielt\nNeustart des Servers\nAnmeldung an allen Plätzen geprüft",
    "Druckerwarteschlange geleert",
    "Netzlaufwerk neu verbunden\nVerknüpfung auf dem Schreibtisch ersetzt",
    "Datensicherung geprüft\nRücksicherung einer Datei getestet\nFreier Speicher 412 GB, in Ordnung",
    "Speicherplatz freigegeben\nAlte Updates entfernt",
    "Zertifikat des Konnektors erneuert\nVersichertenstammdaten abgeglichen",
    "E-Mail-Konto am Empfang neu eingerichtet",
)
