"""Whether a mail account works, tried without sending anything."""

from __future__ import annotations

import ssl
from collections.abc import Callable

from laverma_desk.domain.mail_account import MailAccount
from laverma_desk.domain.mail_outcome import Outcome, Phase
from laverma_desk.mail.dialogue import Dialogue, converse


def check_account(
    account: MailAccount,
    password: str | None,
    *,
    timeout: float = 15.0,
    context: ssl.SSLContext | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Outcome:
    """Connect, encrypt, log in and hang up; the answer is the server's to the login.

    Parameters and errors are those of `deliver`.
    """
    return converse(account, password, _say_nothing, timeout=timeout, context=context, cancelled=cancelled)


def _say_nothing(dialogue: Dialogue, words: str) -> str:
    dialogue.phase = Phase.CHECK
    answer = dialogue.accept(dialogue.line.noop())
    return words if dialogue.account.user else answer
