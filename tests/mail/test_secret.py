from __future__ import annotations

import subprocess
import sys
import traceback

import pytest
from keyring.backends import chainer, fail, null

from laverma_desk.domain.errors import OutsideTrouble, Trouble
from laverma_desk.domain.mail_account import MailAccount
from laverma_desk.mail.secret import SERVICE, Secrets, account_key
from tests.support.memory_keyring import MemoryKeyring

KEY = account_key(MailAccount(host="smtp.laverma.example", port=587, user="info@laverma.example"))
SECRET = "Sesam-öffne-dich-4711"


class PlaintextKeyring(MemoryKeyring):
    """Named as the backend of keyrings.alt that writes passwords into a file as they are."""


class UnfitKeyring(MemoryKeyring):
    """A backend that cannot work on this machine."""

    priority = 0


def test_key_names_user_host_and_port() -> None:
    assert KEY == "info@laverma.example@smtp.laverma.example:587"


def test_keeps_in_the_keyring(keyring_in_memory: MemoryKeyring) -> None:
    secrets = Secrets(keyring_in_memory)
    assert secrets.persistent
    assert secrets.read(KEY) is None
    secrets.write(KEY, SECRET)
    assert keyring_in_memory.stored == {("Laverma Desk", KEY): SECRET}
    assert Secrets(keyring_in_memory).read(KEY) == SECRET
    secrets.forget(KEY)
    secrets.forget(KEY)
    assert keyring_in_memory.stored == {}
    assert SERVICE == "Laverma Desk"


@pytest.mark.parametrize("backend", [fail.Keyring, null.Keyring, PlaintextKeyring, UnfitKeyring])
def test_without_a_usable_keyring_keeps_for_this_run(backend: type) -> None:
    ring = backend()
    secrets = Secrets(ring)
    assert not secrets.persistent
    secrets.write(KEY, SECRET)
    assert secrets.read(KEY) == SECRET
    assert Secrets(ring).read(KEY) is None
    assert not getattr(ring, "stored", {})
    secrets.forget(KEY)
    secrets.forget(KEY)
    assert secrets.read(KEY) is None


def test_looks_behind_a_chain(keyring_in_memory: MemoryKeyring) -> None:
    class Chain(chainer.ChainerBackend):
        viable = False
        backends = (PlaintextKeyring(), keyring_in_memory)

    class Empty(chainer.ChainerBackend):
        viable = False
        backends = ()

    secrets = Secrets(Chain())
    assert secrets.persistent
    secrets.write(KEY, SECRET)
    assert keyring_in_memory.stored
    assert not Secrets(Empty()).persistent


def test_what_the_system_has_not_is_memory() -> None:
    """In a process of its own: keyring finds its backend once."""
    program = (
        "import sys; from laverma_desk.mail.secret import Secrets; s = Secrets();"
        "assert 'keyring' not in sys.modules; s.write('k', 'x');"
        "assert not s.persistent and s.read('k') == 'x'"
    )
    for backend in ("keyring.backends.null.Keyring", "keyring.backends.fail.Keyring", "no.such.Backend"):
        subprocess.run(
            [sys.executable, "-W", "error", "-c", program],
            env={"PYTHON_KEYRING_BACKEND": backend},
            check=True,
        )


@pytest.mark.parametrize("question", ["read", "write", "forget"])
def test_a_locked_keyring_is_trouble_that_tells_no_password(
    keyring_in_memory: MemoryKeyring, question: str
) -> None:
    secrets = Secrets(keyring_in_memory)
    secrets.write(KEY, SECRET)
    keyring_in_memory.locked = True
    with pytest.raises(OutsideTrouble) as trouble:
        secrets.write(KEY, SECRET) if question == "write" else getattr(secrets, question)(KEY)
    assert trouble.value.code is Trouble.KEYRING_REFUSED
    assert trouble.value.parameters == {"reason": "KeyringLocked"}
    assert trouble.value.__cause__ is None
    assert trouble.value.__context__ is None
    assert SECRET not in "".join(traceback.format_exception(trouble.value))
    assert SECRET not in repr(trouble.value)


def test_shows_no_password() -> None:
    secrets = Secrets(fail.Keyring())
    secrets.write(KEY, SECRET)
    assert SECRET not in f"{secrets!r} {secrets}"
