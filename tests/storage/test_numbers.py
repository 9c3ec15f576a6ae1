"""Running numbers have no gap and no double, however many processes count."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select

from laverma_desk.storage import numbers
from laverma_desk.storage.tables import number_range

ROOT = Path(__file__).parents[2]

COUNTER = """
import sys
from pathlib import Path
from laverma_desk.storage import numbers
from laverma_desk.storage.database import Database

database = Database(Path(sys.argv[1]))
print("ready", flush=True)
sys.stdin.readline()
for _ in range(int(sys.argv[2])):
    with database.write() as connection:
        print(numbers.take(connection, numbers.SESSIONS, 2022))
database.close()
"""


def take(database, kind=numbers.SESSIONS, year=2022, first=1) -> int:
    with database.write() as connection:
        return numbers.take(connection, kind, year, first)


def test_each_kind_and_year_counts_for_itself(database):
    assert [take(database), take(database), take(database, year=2023), take(database)] == [1, 2, 1, 3]
    assert [take(database, numbers.CUSTOMERS, 0, 10001), take(database, numbers.CUSTOMERS, 0, 10001)] == [
        10001,
        10002,
    ]
    assert take(database) == 4


def test_a_transaction_that_fails_gives_its_number_back(database):
    take(database)
    with pytest.raises(KeyError), database.write() as connection:  # noqa: PT012 (the block is the test)
        assert numbers.take(connection, numbers.SESSIONS, 2022) == 2
        raise KeyError
    assert take(database) == 2


def test_blocks_and_single_numbers_follow_each_other(database):
    with database.write() as connection:
        assert numbers.take_block(connection, numbers.SESSIONS, 2022, 5) == 1
        assert numbers.take(connection, numbers.SESSIONS, 2022) == 6
        assert numbers.take_block(connection, numbers.SESSIONS, 2022, 3) == 7
        assert connection.execute(select(number_range.c.last)).scalar_one() == 9


def test_two_processes_at_once(database, file):
    each = 60
    children = [
        subprocess.Popen(
            [sys.executable, "-c", COUNTER, str(file), str(each)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
        )
        for _ in range(2)
    ]  # fmt: skip
    for child in children:
        assert child.stdout.readline() == "ready\n"
    for child in children:
        child.stdin.write("go\n")
        child.stdin.flush()
    taken = [[int(line) for line in child.communicate(timeout=60)[0].split()] for child in children]
    assert sorted(taken[0] + taken[1]) == list(range(1, 2 * each + 1))
    assert all(own == sorted(own) for own in taken)
    assert take(database) == 2 * each + 1
