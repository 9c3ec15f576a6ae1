"""The mail server dies in each phase of the dialogue: no mail is lost, and none goes out twice in silence.

Each case is one mail of a real desk. Its server does what fate wants, then behaves; the program is started
again, the net comes back, hours pass. What the server really took is held against what the desk says of it:

- HANDED_OVER only what the server took and confirmed;
- what the server took is HANDED_OVER or UNCLEAR, never waiting, never failed: both would send it once more;
- UNCLEAR only where the last dot may have been on the wire, and it stays so until somebody decides;
- what waits leaves by itself, exactly once; what failed says so and leaves when somebody sends it again;
- the bytes that arrive are those that were stored.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from typing import Self

from laverma_desk.domain.mail_account import Security
from laverma_desk.domain.message import Letter, Message, MessageKind, MessageState
from laverma_desk.explain.mails import failure_sentence
from laverma_desk.services.desk import Desk
from laverma_desk.services.mails import delivery, outbox
from laverma_desk.services.mails.letters import bytes_of, store_mail
from laverma_desk.services.setup import house, house_mail
from laverma_desk.storage import outbox as stored
from tests.nothing_lost.mortal_server import Death, Fate, Moment, MortalServer
from tests.nothing_lost.trial import Outcome, Trial
from tests.support.certificates import Certificates
from tests.support.deliveries import deliver_due
from tests.support.desks import make_desk, set_mail_account
from tests.support.fake_clock import FakeClock

TIMEOUT_SECONDS = 5.0
SILENCE_SECONDS = 0.25
"""How long a server that says nothing more is waited for, and twice as long where it came far."""

SERIES = 150
LOGIN = ("bericht@laverma.example", "Schlüssel§4711")
_ENCRYPTING = (Moment.STARTTLS, Moment.HANDSHAKE, Moment.EHLO_AGAIN)
_SILENT = (Death.HANGS, Death.HALF_LINE_HANGS)
_BREAKS = (Death.CLOSES, Death.RESETS, *_SILENT, Death.HALF_LINE, Death.HALF_REPLY)
_WAITING, _FAILED = MessageState.WAITING, MessageState.FAILED
_UNCLEAR, _SENT = MessageState.UNCLEAR, MessageState.HANDED_OVER


def run(trial: Trial) -> Outcome:
    """Let the server die in each way at each moment over each kind of line, then in series by chance."""
    chance = random.Random(trial.seed)
    seen: Counter[str] = Counter()
    lost: list[str] = []
    for security in Security:
        every = fates(security)
        trial.say(f"{security}: {len(every)} deaths, then {SERIES} series")
        with Post(trial.work / security.value, security) as post:
            for _again in range(trial.times):
                cases = [[one] for one in every]
                quick = [one for one in every if one.death not in _SILENT]
                cases += [chance.sample(quick, chance.randint(2, 5)) for _ in range(SERIES)]
                chance.shuffle(cases)
                for case in cases:
                    lost += suffer(post, case, seen)
    return Outcome(dict(sorted(seen.items())), tuple(lost))


def fates(security: Security, deaths: Iterable[Death] = Death) -> list[Fate]:
    """Return all that can happen over a line of this kind."""
    moments = [one for one in Moment if security is Security.STARTTLS or one not in _ENCRYPTING]
    if security is Security.TLS:
        moments.append(Moment.HANDSHAKE)
    found = [Fate(moment, death) for moment, death in product(moments, deaths)]
    # Where nothing was asked there is no right answer that could be said.
    wordless = (Moment.CONNECT, Moment.HANDSHAKE)
    found = [one for one in found if one.moment not in wordless or one.death is not Death.SAYS_TWICE]
    takes = [replace(one, takes=True) for one in found if one.moment is Moment.DOT]
    refusals = (Death.PUTS_OFF, Death.REFUSES, Death.TURNS_AWAY)
    confirms = (Death.SAYS_TWICE, Death.SAYS_GOOD_ONLY)
    # A server that refuses and takes all the same, or confirms what it drops, deceives whoever asks it.
    takes = [one for one in takes if one.death not in refusals]
    return [one for one in found if one.moment is not Moment.DOT or one.death not in confirms] + takes


@dataclass
class Post:
    """A desk with its server."""

    folder: Path
    security: Security

    def __enter__(self) -> Self:
        """Open the desk, start the server."""
        certificates = Certificates()
        self.clock = FakeClock()
        self.desk = replace(make_desk(self.folder, self.clock), trust=certificates.client_context())
        self.server = MortalServer(self.security, certificates.server_context())
        self._settle(self.desk)
        return self

    def __exit__(self, *_trouble: object) -> None:
        """Close both."""
        self.desk.close()
        self.server.stop()

    def _settle(self, desk: Desk) -> None:
        set_mail_account(desk, self.server.port, user=LOGIN[0], password=LOGIN[1], security=self.security)
        account = house.read_house(desk).mail
        house_mail.save_mail_account(desk, replace(account, copy_to_self=True), None)

    def write(self) -> tuple[int, bytes]:
        """Put a mail into the outbox; return its row and its bytes."""
        letter = Letter(LOGIN[0], "Laverma", "rezeption@zap-bohrer.example", "Fernwartung",
                        ".\n..Grüße\n" + "Zeile mit Text\n" * 400 + ".", bcc=LOGIN[0])  # fmt: skip
        now = self.clock.now()
        with self.desk.database.write() as connection:
            content = bytes_of(letter, house.mail_on(connection), now)
            row = store_mail(
                connection, letter, content, kind=MessageKind.GUIDE, session_id=None,
                customer_name="ZAP Dr. Bohrer", supporter_name="Klaus", created_at=now, due_at=now,
            )  # fmt: skip
        return row, content

    def state(self, row: int) -> Message:
        """Return the mail as the desk tells it now."""
        with self.desk.database.read() as connection:
            found = stored.find(connection, row)
        assert found is not None
        return found


def suffer(post: Post, case: Sequence[Fate], seen: Counter[str]) -> list[str]:
    """Send one mail through a series of deaths and then to a sound server; return what went wrong."""
    row, content = post.write()
    earlier = len(post.server.taken)
    complaints: list[str] = []
    for fate in case:
        post.server.fate = fate
        before = len(post.server.taken)
        timeout = patience_with(fate)
        message = delivery.send_message(post.desk, row, force=True, timeout=timeout).value
        complaints += judged(message, fate, len(post.server.taken) - before)
        seen[f"{post.security}, {message.state}"] += 1
        if message.state in (_SENT, _UNCLEAR):
            break
    complaints += _after_that(post, row)
    arrived = post.server.taken[earlier:]
    if message.state is _UNCLEAR:
        seen[f"{post.security}, of the unclear ones the server has"] += len(arrived)
    if len(arrived) > 1:
        complaints.append(f"went out {len(arrived)} times")
    if any(one != content for one in arrived):
        complaints.append("arrived with other bytes")
    story = "; ".join(str(one) for one in case)
    return [f"{post.security}, {story}: {one}" for one in complaints]


def patience_with(fate: Fate) -> float:
    """Return the timeout (seconds) of an attempt: short only where the server keeps silent anyway."""
    if fate.death not in _SILENT:
        return TIMEOUT_SECONDS
    late = fate.moment in (Moment.TEXT, Moment.DOT, Moment.QUIT)
    return SILENCE_SECONDS * 2 if late else SILENCE_SECONDS


def judged(message: Message, fate: Fate, taken: int) -> list[str]:
    """Return what is wrong with what the desk says after one attempt."""
    complaints = []
    wanted = expected(fate)
    if message.state not in wanted:
        complaints.append(f"is {message.state}, not {' or '.join(wanted)}")
    if message.state is _SENT and not taken:
        complaints.append("LOST: handed over to a server that has not taken it")
    if message.state in (_WAITING, _FAILED) and taken:
        complaints.append(f"DOUBLE: {message.state}, though the server took it")
    last = message.last_attempt
    if message.state is not _SENT:
        if last is None or last.failure is None:
            complaints.append("no reason is given")
        elif not failure_sentence(last.failure, message.recipient):
            complaints.append(f"no sentence for {last.failure}")
    return complaints


def expected(fate: Fate) -> tuple[MessageState, ...]:
    """Return the states that a mail may be in after an attempt that met this fate."""
    if fate.moment is Moment.QUIT:
        return (_SENT,)
    if fate.moment is Moment.DOT:
        if fate.death in (Death.PUTS_OFF, Death.TURNS_AWAY):
            return (_WAITING,)
        if fate.death is Death.REFUSES:
            return (_FAILED,)
        return (_SENT,) if fate.death in (Death.SAYS_TWICE, Death.SAYS_GOOD_ONLY) else (_UNCLEAR,)
    if fate.moment is Moment.TEXT:
        # Whether the last dot was on the wire when the line broke, only the sender's own clock knows.
        return (_WAITING, _FAILED, _UNCLEAR)
    if fate.moment is Moment.RCPT_2 and fate.death in (Death.PUTS_OFF, Death.REFUSES, Death.OTHER_CODE):
        return (_SENT,)  # The customer's address counts; a copy may be refused alone.
    if fate.death in (*_BREAKS, Death.PUTS_OFF, Death.TURNS_AWAY):
        # Words in the clear where TLS should begin are no mail server's to whoever wants it encrypted.
        return (_WAITING, _FAILED) if fate.moment in (Moment.CONNECT, Moment.HANDSHAKE) else (_WAITING,)
    if fate.death is Death.REFUSES:
        return (_FAILED,)
    right_here = fate.death is Death.SAYS_GOOD_ONLY
    return (_WAITING, _FAILED, _SENT) if right_here else (_WAITING, _FAILED)


def _after_that(post: Post, row: int) -> list[str]:
    """Start the program again, mend the server, let hours pass; return what is wrong with the mail then."""
    post.server.fate = None
    before = post.state(row).state
    delivery.recover_deliveries(post.desk)
    delivery.hurry(post.desk)
    post.clock.advance(hours=2)
    tried = [one.id for one in deliver_due(post.desk)]
    after = post.state(row).state
    if before is _WAITING and (after is not _SENT or row not in tried):
        return [f"LOST: waited, and is {after} although the server is well"]
    if before is not _WAITING and row in tried:
        return [f"DOUBLE: {before}, and sent by itself"]
    if before in (_FAILED, _UNCLEAR):
        if after is not before or all(one.id != row for one in outbox.list_messages(post.desk)):
            return [f"LOST: {before}, and nobody is told any more ({after})"]
        if before is _FAILED:
            sent = delivery.send_message(post.desk, row, force=True).value
            return [] if sent.state is _SENT else [f"LOST: sent again, and is {sent.state}"]
        outbox.discard(post.desk, row)
    return []
