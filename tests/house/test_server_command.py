"""The commands about a server as somebody types them: prepared, logins and their rights, and out again."""

from __future__ import annotations

import io
import logging
import sys

import pytest

from laverma_desk.__main__ import main
from tests.support.servers import shared_server

LONG = "ein langes Wort\n"


@pytest.fixture
def say(tmp_path, monkeypatch, capsys):
    """Run a command; return its exit code, what it printed and what it told."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))

    def command(*words: str, typed: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        try:
            code = main(words)
        except SystemExit as left:
            code = int(left.code or 0)
        said = capsys.readouterr()
        return code, said.out, said.err

    yield command
    logging.shutdown()


@pytest.fixture
def house():
    """An empty database whose owner is no superuser; returns what makes an address of a role."""
    server = shared_server()
    name = server.create()
    boss = f"boss_of_{name}"
    server.say(f"CREATE ROLE {boss} LOGIN CREATEROLE", f"ALTER DATABASE {name} OWNER TO {boss}")
    yield lambda role="": server.address(name, (role and f"{role}_of_{name}") or boss).url
    server.drop(name)
    server.say(
        *(f"DROP ROLE IF EXISTS {one}_of_{name}" for one in ("klaus", "anna")),
        *(f"DROP ROLE IF EXISTS {name}_{one}" for one in ("calls", "billing", "house", "members")),
        f"DROP ROLE IF EXISTS {boss}",
    )


def test_from_an_empty_database_to_people_who_work_there(say, house):
    code, said, told = say("server", "prepare", house())
    assert code == 0, told
    assert say("server", "prepare", house())[0] == 0  # again: nothing is lost
    at = ("--database", house())
    login = house("klaus").split("://")[1].split("@")[0]
    add = ("server", "add", "Klaus Klassen", "--role", login)
    code, _said, told = say(*add, "--may", "calls,billing", *at, typed="kurz\n")
    assert (code, "10" in told) == (1, True)
    code, said, told = say(*add, "--may", "calls,billing", *at, typed=LONG)
    assert code == 0, told
    assert house("klaus") in said
    assert LONG.strip() not in said + told
    assert "calls,billing" in say("server", "supporters", *at)[1]
    assert say("server", "change", "Klaus Klassen", "--may", "house", *at)[0] == 0
    assert say("server", "supporters", *at)[1].split()[-1] == "house"


def test_who_is_no_owner_gives_no_rights(say, house):
    say("server", "prepare", house())
    login = house("klaus").split("://")[1].split("@")[0]
    say("server", "add", "Klaus", "--role", login, "--may", "house", "--database", house(), typed=LONG)
    mine = ("--database", house("klaus"))
    assert say("server", "supporters", *mine)[0] == 0
    assert say("server", "change", "Klaus", "--may", "calls", *mine)[0] == 1
    assert say("server", "add", "Ich", "--role", "anna", "--may", "calls", *mine, typed=LONG)[0] == 1
    assert say("server", "prepare", house("klaus"))[0] == 1
    assert say("server", "supporters", "--database", house())[1].split()[-1] == "house"


def test_who_is_removed_comes_no_more(say, house):
    say("server", "prepare", house())
    login = house("anna").split("://")[1].split("@")[0]
    say("server", "add", "Anna", "--role", login, "--may", "calls", "--database", house(), typed=LONG)
    assert say("outbox", "--database", house("anna"))[0] == 0
    assert say("server", "remove", "Anna", "--database", house())[0] == 0
    assert say("outbox", "--database", house("anna"))[0] == 1


@pytest.mark.parametrize(
    "words",
    [
        ("--database", "postgresql+psycopg://klaus:geheim@server.example/laverma", "outbox"),
        ("outbox", "--database", "postgresql+psycopg://klaus@server.example/laverma?password=geheim"),
        ("server", "prepare", "postgresql+psycopg://klaus:geheim@server.example/laverma"),
    ],
)
def test_a_password_in_an_address_is_refused_and_not_repeated(say, words):
    code, said, told = say(*words)
    assert code == 2
    assert "geheim" not in said + told


def test_rights_that_are_none_are_a_wrong_call(say):
    assert say("server", "add", "X", "--role", "x", "--may", "alles")[0] == 2


def test_without_a_server_there_is_nothing_to_look_after(say, tmp_path):
    code, _said, told = say("server", "supporters", "--data-dir", str(tmp_path / "desk"))
    assert code == 1
    assert "--database" in told
