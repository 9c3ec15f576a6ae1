"""What comes in from outside, hurt: some of what `python -m tests.nothing_lost mutated_input` offers."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from laverma_desk.__main__ import main
from laverma_desk.documents.filename import safe_file_name
from laverma_desk.domain.errors import DeskError, OutsideTrouble, Rule, RuleBroken, Trouble
from laverma_desk.remote.logs import read_log
from laverma_desk.services.backups.restoring import preview_restore
from laverma_desk.services.importing.customer_columns import STREET
from laverma_desk.services.importing.customers import import_source
from laverma_desk.services.importing.opening import open_customers
from laverma_desk.services.importing.sessions import import_sessions
from laverma_desk.services.importing.vcard_values import card_row
from laverma_desk.services.importing.vcards import _cards, _parsed
from laverma_desk.services.setup.setup_file import apply_setup, example
from laverma_desk.storage.file_state import inspect
from tests.nothing_lost import mutated_files
from tests.nothing_lost.mutated_bench import Bench, HangsError, bounded, write_model
from tests.nothing_lost.mutated_input import batch
from tests.nothing_lost.mutating import spoiled_bytes
from tests.remote.log_samples import SAMPLES


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    return write_model(tmp_path_factory.mktemp("model"))


@pytest.fixture
def bench(tmp_path, model):
    with Bench(tmp_path / "bench", model) as laid_out:
        yield laid_out


@pytest.mark.parametrize("seed", range(2))
def test_whatever_comes_is_taken_or_refused_and_never_half(tmp_path, model, seed):
    seen: Counter[str] = Counter()
    assert batch(seed, range(250), tmp_path, model, seen) == []
    assert len(seen) > 15
    assert sum(seen.values()) == 250


def test_what_nobody_has_hurt_is_taken(bench):
    """The samples are good: what is refused of the others is refused for what was done to them."""
    desk = bench.desk
    for name, words in (
        ("eigen.csv", mutated_files.CUSTOMERS),
        ("fremd.csv", mutated_files.FOREIGN),
        ("karten.vcf", mutated_files.CARDS),
    ):
        file = bench.file(name, words.encode())
        assert import_source(desk, open_customers(desk, file, guess=True)).value.tally.customers_added
    file = bench.file("sitzungen.csv", mutated_files.SESSIONS.encode())
    assert import_sessions(desk, file).value.tally.added == 4
    assert apply_setup(desk, bench.file("setup.toml", example().encode())).value.company
    for kind, sample in SAMPLES.items():
        assert read_log(sample.encode(), kind).connections


def test_a_refusal_that_has_written_is_found(bench):
    def half_written():
        with bench.desk.database.write() as connection:
            connection.exec_driver_sql("UPDATE customer SET name = name || '!'")
        raise RuleBroken(Rule.FILE_EMPTY, file="x")

    with pytest.raises(AssertionError, match="something was written"):
        bench.offered(half_written)


def test_what_hangs_is_ended(monkeypatch):
    monkeypatch.setattr("tests.nothing_lost.mutated_bench.PROCESSOR_SECONDS", 0.05)

    def spin():
        while True:
            pass

    with pytest.raises(HangsError), bounded():
        spin()


# --- what it found


def _card(*lines):
    return "\r\n".join(["BEGIN:VCARD", "VERSION:2.1", "FN:Praxis Weiß", *lines, "END:VCARD", ""]).encode()


def test_an_address_that_comes_as_one_word_leaves_the_street_open(bench):
    place = "ADR;TYPE=WORK:;;Weg 1;Bonn;;53111;DE"
    content = _card("BEGIN:", "D.VERSION:4.0", place, "NOTE;ENCODING=QUOTED-PRINTABLE:Gr=FC=DFe=")
    (card,) = _cards(bench.file("a.vcf", content), "utf-8")
    row = card_row(_parsed(card[1]), 1)
    assert row is not None
    assert STREET not in row.values


def test_a_card_in_no_encoding_at_all_is_named_by_its_line(bench):
    file = bench.file("a.vcf", _card("NOTE;ENCODING=QUOTED-PRINTABLE:Gr=9D=81=C3"))
    with pytest.raises(DeskError) as refused:
        import_source(bench.desk, open_customers(bench.desk, file))
    assert [(one.line, one.error.code) for one in refused.value.problems] == [(1, Rule.ROW_UNREADABLE)]


def test_a_schema_that_is_no_text_is_a_broken_file(bench):
    content = bytearray(bench.shell.database.read_bytes())
    place = content.index(b"CREATE TABLE")
    content[place : place + 40] = b"\xca\xda\xa0 " * 10
    file = bench.file("copy.sqlite3", bytes(content))
    with pytest.raises(OutsideTrouble) as broken:
        inspect(file)
    assert broken.value.code is Trouble.DATABASE_BROKEN
    with pytest.raises(OutsideTrouble) as damaged:
        preview_restore(bench.shell, file)
    assert damaged.value.code is Trouble.BACKUP_DAMAGED


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("..", ""),
        ("Bericht.", "Bericht"),
        ("nul.txt", "_nul.txt"),
        ("..CON./etc", "CON.etc"),
        ("a.pdf", "a.pdf"),
    ],
)
def test_a_file_that_came_from_somewhere_gets_a_name_that_every_system_takes(given, name):
    assert safe_file_name(given) in (name, f"_{name}")


@pytest.mark.parametrize(
    "words",
    [
        ["invoices", "RE\udcff"],
        ["export", "sessions", "aus.csv", "--text", "\udcff"],
        ["report", "S\udc80", "--pdf", "x.pdf"],
    ],
)
def test_words_of_another_encoding_are_words_that_nobody_knows(bench, monkeypatch, caplog, words):
    monkeypatch.chdir(bench.out)
    assert main(["--data-dir", str(bench.shell.root), *words]) in (0, 1)
    assert "Uncaught" not in caplog.text


def test_the_same_number_is_the_same_input_again():
    assert spoiled_bytes(b"x" * 99, random.Random("7:1")) == spoiled_bytes(b"x" * 99, random.Random("7:1"))
