"""Eight desks on a server that is restarted ten times, at wires that are cut: nothing lost, nothing twice.

Each desk is a process with a login of its own, that of a technician who may take calls and bill; it reaches
the server by a wire of its own, which is cut, frozen (nothing comes through, and nobody says so) or slow at
times, and here and there it is killed and started again. `trial.times` are the seconds that each desk works;
the weather and what each desk wants to do follow from the seed.
"""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from laverma_desk.domain.mail_account import Security
from tests.nothing_lost.desk_books import Books, put_together
from tests.nothing_lost.desk_crew import Crew, Play
from tests.nothing_lost.shared_day import compare, furnish
from tests.nothing_lost.shared_houses import honest_server, new_database, open_at
from tests.nothing_lost.trial import Outcome, Trial
from tests.support.certificates import Certificates
from tests.support.servers import RealServer
from tests.support.smtp_server import MailServer

DESKS, RESTARTS, KILLS = 8, 10, 8


def run(trial: Trial) -> Outcome:
    """Let eight desks work so many seconds, restart the server ten times, and compare diaries and server."""
    play = Play(DESKS, trial.times, RESTARTS, KILLS, trial.seed)
    server = honest_server()
    try:
        counts, lost = work(trial.work, play, server, trial.say)
    finally:
        server.remove()
    return Outcome(counts, tuple(f"seed {trial.seed}: {one}" for one in lost))


def work(
    folder: Path, play: Play, server: RealServer, say: Callable[[str], None]
) -> tuple[dict[str, int], list[str]]:
    """Let the desks work; return what was done, and a sentence for whatever was lost."""
    database = new_database(server)
    logins = [f"{database}_{place}" for place in range(play.desks)]
    owner = server.address(database).url
    lost: list[str] = []
    books = Books()
    post = MailServer(Certificates(), Security.NONE).start()
    with contextlib.ExitStack() as stack:
        stack.callback(post.stop)
        furnish(folder / "owner", owner, logins, post.port).close()
        crew = Crew(folder, play, server, logins, database)
        stack.callback(crew.close)
        try:
            crew.live_through(say)
            lost += crew.to_the_end()
            say("comparing the diaries with the server")
            books = put_together(crew.diaries)
        except AssertionError as error:
            return dict(crew.seen), [*lost, str(error)]
        desk = stack.enter_context(contextlib.closing(open_at(folder / "owner", owner)))
        delivered = [mail.content for mail in post.mails]
        lost += compare(desk, books, delivered, unanswered=books.unsure["start"], unclear=play.kills)
        return _counts(books, crew.seen, len(delivered)), lost


def _counts(books: Books, seen: Counter[str], delivered: int) -> dict[str, int]:
    return {
        "restarts of the server": seen["fast"] + seen["immediate"],
        "wires cut": seen["cut"],
        "wires frozen": seen["freeze"] + seen["hang"],
        "commits lost": seen["lose"],
        "answers to a commit lost": seen["answer"] + seen["answer once"],
        "wires slow": seen["delay"],
        "desks killed": seen["kill"],
        "steps acknowledged, each found in the end": books.steps.total(),
        **{f"… {step}": count for step, count in sorted(books.steps.items())},
        "mails delivered, each once": delivered,
        "steps refused, none of them found": books.refused.total(),
        **{f"… {step}": count for step, count in sorted(books.refused.items())},
        "steps that nobody answered, found whole or not at all": books.unsure.total(),
        **{f"… {step}, unanswered": count for step, count in sorted(books.unsure.items())},
        **{f"… by a rule, {step}": count for step, count in sorted(books.broken.items())},
    }
