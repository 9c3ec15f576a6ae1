"""The command line keeps a late session's report back as the window does, and takes the reason."""

from __future__ import annotations

import pytest

from laverma_desk.__main__ import main
from laverma_desk.services.setup.setup_file import example

CUSTOMERS = "Kundennummer;Name;E-Mail Bericht;Arbeitsplatz\n10017;Praxis Weiß;praxis@weiss.example;PC\n"
SESSIONS = (
    "Kundennummer;Arbeitsplatz;Anfang;Dauer;Supporter;Notizen;Abrechnen\n"
    "10017;PC;01.03.2022 10:22;00:12:22;Erika Beispiel;Router neu gestartet;ja\n"
)


@pytest.fixture
def call(tmp_path, monkeypatch):
    """Call the program in this process, on a desk with an imported session of a practice without AVV."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str) -> int:
        return main(["--data-dir", str(tmp_path / "daten"), *arguments])

    setup = example().replace('host = "smtp.musterhaus.example"', 'host = "127.0.0.1"')
    setup = setup.replace('security = "starttls"', 'security = "none"').replace("port = 587", "port = 9")
    for name, content in (("firma.toml", setup), ("kunden.csv", CUSTOMERS), ("sitzungen.csv", SESSIONS)):
        (tmp_path / name).write_text(content, encoding="utf-8")
    assert call("setup", "firma.toml") == 0
    assert call("import", "customers", "kunden.csv") == 0
    assert call("import", "sessions", "sitzungen.csv") == 0
    return call


def test_it_is_said_that_a_reason_is_missing(call, capsys):
    capsys.readouterr()
    assert call("report", "S-2022-0001", "--pdf", "bericht.pdf", "--send") == 1
    assert "Am Tag dieser Sitzung galt kein AVV." in capsys.readouterr().err


def test_a_reason_on_the_way_lets_the_report_leave(call, capsys):
    sending = ("report", "S-2022-0001", "--pdf", "bericht.pdf", "--send")
    assert call(*sending, "--reason", "Notfall") == 1
    told = capsys.readouterr().err
    assert "AVV" not in told  # it has left for a server that is not there
    assert call("report", "S-2022-0001", "--pdf", "bericht.pdf", "--reason", "noch einer") == 1
    assert "S-2022-0001 braucht keinen Grund" in capsys.readouterr().err


def test_who_decided_can_be_named(call, capsys):
    assert call("report", "S-2022-0001", "--pdf", "x.pdf", "--reason", " ", "--decided-by", "Jana") == 1
    assert "Grund" in capsys.readouterr().err
    assert call("report", "S-2022-0001", "--pdf", "x.pdf", "--reason", "Notfall", "--decided-by", "Jana") == 0
