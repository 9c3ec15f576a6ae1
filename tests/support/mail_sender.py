"""A desk as a process that sends what waits: `python -m tests.support.mail_sender ADDRESS FOLDER`."""

from __future__ import annotations

import sys
from pathlib import Path

from laverma_desk.domain.clock import SystemClock
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.message import MessageState
from laverma_desk.domain.server_address import parse_address
from laverma_desk.paths import DataDir
from laverma_desk.services.mails import delivery
from laverma_desk.services.shared_desk import open_shared_desk
from laverma_desk.storage import outbox
from tests.support.desks import memory_secrets


def main(address: str, folder: str) -> None:
    """Send until nothing waits or goes out any more; says "ready", then each mail that it handed over."""
    desk = open_shared_desk(DataDir(Path(folder)), parse_address(address), SystemClock(), memory_secrets())
    _say("ready")
    sys.stdin.readline()
    going = [MessageState.WAITING, MessageState.SENDING]
    while True:
        delivery.recover_deliveries(desk)
        for number in delivery.due_messages(desk):
            try:
                message = delivery.send_message(desk, number).value
            except RuleBroken as error:
                if error.code is not Rule.MESSAGE_NOT_WAITING:
                    raise
            else:
                _say(f"{number} {message.state.value}")
        with desk.database.read() as connection:
            if not outbox.in_state(connection, going):
                break
    desk.close()


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
