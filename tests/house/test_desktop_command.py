"""laverma-desk desktop, as an administrator's script calls it: what it says, and its exit codes."""

from __future__ import annotations

import sys

import pytest

from laverma_desk.__main__ import main

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the menu of Linux desktops")


@pytest.fixture
def say(tmp_path, monkeypatch, capsys):
    """Return a call of the program in a home of its own: exit code, result, messages."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))

    def call(*arguments):
        code = main(["desktop", *arguments])
        out, err = capsys.readouterr()
        return code, out, err

    return call


def test_in_and_out_and_how_it_stands(say, tmp_path):
    file = tmp_path / "data" / "applications" / "laverma-desk.desktop"
    absent = (0, "Laverma Desk steht nicht im Startmenü.\n", "")
    assert say("status") == absent
    opens = "Es öffnet Verweise laverma-desk:, keine Telefonnummern (tel:)."
    plain = f"Laverma Desk steht im Startmenü: {file}\n{opens}\n"
    assert say("install") == (0, plain, "")
    assert say("status") == (0, plain, "")
    code, out, _err = say("install", "--tel", "--language", "en")
    assert (code, out.splitlines()[1]) == (0, "It opens laverma-desk: links and phone numbers (tel:).")
    file.write_text("[Desktop Entry]\nExec=/opt/old/laverma-desk %u\n", "utf-8")
    assert say("status")[1].startswith(f"Das Startmenü startet ein anderes Laverma Desk: {file}\n")
    assert say("remove") == absent
    assert not file.exists()


def test_what_cannot_be_written_is_said_with_exit_code_1(say, tmp_path):
    (tmp_path / "data").write_text("no folder", "utf-8")
    code, out, err = say("install")
    assert (code, out) == (1, "")
    assert err.startswith(f"Die Datei {tmp_path / 'data'}")


def test_without_an_action_the_call_is_wrong(say):
    with pytest.raises(SystemExit) as stopped:
        say()
    assert stopped.value.code == 2
