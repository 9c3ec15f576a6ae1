"""A server refuses in the language of whoever set it up; what it means is known in any."""

from __future__ import annotations

import socket
import threading
from contextlib import contextmanager

import psycopg
import pytest

from laverma_desk.domain.errors import Trouble
from laverma_desk.domain.server_address import ServerAddress
from laverma_desk.storage.postgresql.server import open_connection
from laverma_desk.storage.postgresql.troubles import trouble_of

_ASK_PASSWORD = b"R" + (8).to_bytes(4, "big") + (3).to_bytes(4, "big")


def _refusal(code, words):
    fields = b"SFATAL\0VFATAL\0C" + code + b"\0M" + words.encode() + b"\0\0"
    return b"E" + (len(fields) + 4).to_bytes(4, "big") + fields


@contextmanager
def server_that_says(words, *, code=b"28P01", asks=True):
    """Listen as a server that lets nobody in, as the protocol's description says; return its port."""

    def serve(listening):
        near, _ = listening.accept()
        with near:
            while near.recv(4096)[4:8] == b"\x04\xd2\x16\x2f":  # A wish for TLS, which it has not.
                near.sendall(b"N")
            if asks:
                near.sendall(_ASK_PASSWORD)
                near.recv(4096)
            near.sendall(_refusal(code, words))

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=serve, args=(listening,))
        thread.start()
        yield listening.getsockname()[1]
        thread.join()


def said_of(words, **how):
    with server_that_says(words, **how) as port:
        at = ServerAddress("anna", "127.0.0.1", port, "laverma")
        with pytest.raises(psycopg.Error) as caught:
            open_connection(at, lambda: "ein Wort")
    return trouble_of(caught.value, at.shown).code


@pytest.mark.parametrize(
    ("words", "meaning"),
    [
        ('password authentication failed for user "anna"', Trouble.SERVER_LOGIN),
        ("Passwort-Authentifizierung für Benutzer »anna« fehlgeschlagen", Trouble.SERVER_LOGIN),
        ("authentification par mot de passe échouée pour l'utilisateur « anna »", Trouble.SERVER_LOGIN),
        ("la autentificación password falló para el usuario «anna»", Trouble.SERVER_LOGIN),
        ('database "laverma" does not exist', Trouble.SERVER_NOT_PREPARED),
        ("Datenbank »laverma« existiert nicht", Trouble.SERVER_NOT_PREPARED),
        ('permission denied for database "laverma"', Trouble.SERVER_RIGHT_MISSING),
        ("keine Berechtigung für Datenbank »laverma«", Trouble.SERVER_RIGHT_MISSING),
        ("Abbruch der Verbindung aufgrund von Anweisung des Administrators", Trouble.SERVER_AWAY),
    ],
)  # fmt: skip
def test_who_gave_a_password_is_told_what_became_of_it(words, meaning):
    assert said_of(words) is meaning


@pytest.mark.parametrize(
    ("words", "meaning"),
    [
        ("kein pg_hba.conf-Eintrag für Host »127.0.0.1«, Benutzer »anna«", Trouble.SERVER_LOGIN),
        ("Rolle »anna« existiert nicht", Trouble.SERVER_LOGIN),
        ("das Datenbanksystem startet", Trouble.SERVER_AWAY),
        ("tut mir leid, schon zu viele Verbindungen", Trouble.SERVER_AWAY),
    ],
)  # fmt: skip
def test_a_server_that_asks_for_no_password_is_understood_too(words, meaning):
    assert said_of(words, asks=False) is meaning
