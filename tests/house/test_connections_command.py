"""`import connections` as a shell calls it: words for people, keys that stay for programs."""

from __future__ import annotations

import json

import pytest

from laverma_desk.__main__ import main
from laverma_desk.services.setup.setup_file import example
from tests.support.connection_logs import at, line, log

CUSTOMERS = "Kundennummer;Name;Arbeitsplatz;Partner-ID\n10017;ZAP Dr. Bohrer;PC Rezeption;1234567890\n"
SESSIONS = (
    "Kundennummer;Arbeitsplatz;Anfang;Dauer;Supporter;Angefordert von;Notizen;Abrechnen;Grund\n"
    "10017;PC Rezeption;28.02.2022 11:06;00:32:00;Erika Beispiel;;Update;ja;\n"
    "10017;PC Rezeption;28.02.2022 14:00;00:10:00;Erika Beispiel;;Anruf;ja;\n"
)


@pytest.fixture
def call(tmp_path, capsys):
    def called(*arguments):
        code = main(["--data-dir", str(tmp_path / "daten"), *map(str, arguments)])
        said = capsys.readouterr()
        return code, said.out, said.err

    for name, content in (("firma.toml", example()), ("kunden.csv", CUSTOMERS), ("sitzungen.csv", SESSIONS)):
        (tmp_path / name).write_text(content, "utf-8")
    assert called("setup", tmp_path / "firma.toml")[0] == 0
    assert called("import", "customers", tmp_path / "kunden.csv")[0] == 0
    code, _out, err = called("import", "sessions", tmp_path / "sitzungen.csv")
    assert code == 0, err
    return called


@pytest.fixture
def file(tmp_path):
    """A restart in the first session, a connection in the evening, a foreign ID, and half a line."""
    content = log(
        line(at("10:06:41"), at("10:19:20")),
        line(at("10:22:09"), at("10:37:59")),
        line(at("16:48:00"), at("17:01:44")),
        line(at("10:31:00", 22), at("10:40:06", 22), "1388420617"),
    )
    found = tmp_path / "Connections.txt"
    found.write_bytes(content + line(at("17:30"), at("17:40"))[:80].encode())
    return found


def test_it_prints_what_is_matched_what_is_not_and_what_cannot_be_read(call, file):
    code, out, err = call("import", "connections", file)
    assert (code, err) == (0, "")
    said = out.splitlines()
    assert said[0] == "Connections.txt: 5 Zeilen, unlesbar: 1"
    assert said[1] == "Verbindungen: 4 neu, 0 geändert, 0 unverändert"
    matched = said[said.index("Zugeordnet: 1") + 2]
    assert "28.02.2022 11:06 Uhr  28.02.2022 11:37 Uhr  00:31:18  1 234 567 890  S-2022-0001" in matched
    assert matched.endswith("2 Verbindungen, PC-Neustart 11:19 bis 11:22 Uhr")
    start = said.index("Verbindungen ohne Sitzung: 2")
    assert "ZAP Dr. Bohrer – PC Rezeption  14\xa0Min, 31,50\xa0€ netto" in said[start + 2]
    assert "unbekannte Partner-ID" in said[start + 3]
    start = said.index("Sitzungen ohne Verbindung: 1")
    assert "S-2022-0002" in said[start + 2]
    start = said.index("Unlesbare Zeilen: 1")
    assert said[start + 2].startswith("6      ist noch nicht zu Ende geschrieben")
    code, out, _err = call("import", "connections", file)
    assert (code, out.splitlines()[1]) == (0, "Verbindungen: 0 neu, 0 geändert, 4 unverändert")


def test_programs_get_the_same_as_json(call, file):
    code, out, err = call("import", "connections", file, "--json")
    assert (code, err) == (0, "")
    said = json.loads(out)
    assert (said["kind"], said["lines"], said["connections"], said["new"]) == ("teamviewer", 5, 4, 4)
    (matched,) = said["matched"]
    assert matched == {
        "tool": "teamviewer", "partner_id": "1234567890", "begin": "2022-02-28T10:06:41+00:00",
        "end": "2022-02-28T10:37:59+00:00", "seconds": 1878, "connections": 2, "session": "S-2022-0001",
        "customer": "ZAP Dr. Bohrer", "workstation": "PC Rezeption", "by_hand": False,
    }  # fmt: skip
    evening, foreign = said["without_session"]
    assert (evening["minutes"], evening["net_cents"], evening["workstation"]) == (14, 3150, "PC Rezeption")
    assert (foreign["workstation"], foreign["minutes"], foreign["partner_id"]) == (None, None, "1388420617")
    assert [one["session"] for one in said["without_connection"]] == ["S-2022-0002"]
    assert [(one["line"], one["problem"]) for one in said["unreadable"]] == [(6, "incomplete")]
    assert said["ignored"] == []


def test_only_what_stands_in_the_file_is_printed(call, file, tmp_path):
    call("import", "connections", file)
    other = tmp_path / "andere.txt"
    other.write_bytes(log(line(at("08:00", 20), at("08:05", 20)), line(at("23:00"), at("23:05"))))
    said = json.loads(call("import", "connections", other, "--json")[1])
    assert [one["begin"] for one in said["without_session"]] == [
        "2022-02-28T23:00:00+00:00", "2022-02-20T08:00:00+00:00",
    ]  # fmt: skip
    assert said["matched"] == []


def test_what_is_no_log_is_refused_in_words(call, tmp_path):
    letter = tmp_path / "brief.txt"
    letter.write_text("Sehr geehrte Frau Lorenz\n", "utf-8")
    code, out, err = call("import", "connections", letter)
    assert (code, out) == (1, "")
    assert "Connections.txt" in err
    assert call("import", "connections", tmp_path / "fehlt.txt")[0] == 1
    code, out, err = call("import", "connections", letter, "--kind", "teamviewer-csv", "--json")
    assert (code, out) == (1, "")
    with pytest.raises(SystemExit) as stopped:
        call("import", "connections", letter, "--kind", "fax")
    assert stopped.value.code == 2


def test_a_table_is_read_by_what_its_headings_mean(call, tmp_path):
    table = tmp_path / "export.csv"
    cells = "999888777;1234567890;2022-02-28 16:48:00;2022-02-28 17:01:44"
    table.write_text(f"Hier;Dort;Los;Schluss\n{cells}\n", "utf-8")
    meanings = ("--map", "Dort=partner_id", "--map", "Los=begin", "--map", "Schluss=end")
    code, out, err = call("import", "connections", table, "--kind", "teamviewer-csv", *meanings, "--json")
    assert code == 0, err
    (found,) = json.loads(out)["without_session"]
    assert (found["partner_id"], found["seconds"]) == ("1234567890", 824)


def test_nothing_in_a_foreign_file_reaches_the_terminal_as_a_command(call, tmp_path):
    file = tmp_path / "Connections.txt"
    file.write_bytes(log(line(at("10:00"), at("10:05"))) + b"\x1b]0;title\x07 broken\r\n")
    code, out, _err = call("import", "connections", file)
    assert code == 0
    assert "\x1b" not in out
    assert "title" in out
