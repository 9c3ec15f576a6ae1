"""Where the program begins: a command runs without the window, no command opens it."""

from __future__ import annotations

import gc
import sys
from argparse import Namespace
from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING

from laverma_desk import own_program

if TYPE_CHECKING:
    from laverma_desk.domain.telephone import CallerId

_INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and return its exit code: 0 done, 1 a rule or the machine says no, 2 wrong call."""
    if arguments is None and sys.argv[1:] == [own_program.JUDGING]:
        # Nothing of the program but the rules, and what is said goes to the window that asks.
        from laverma_desk.einvoice.judging_alone import serve  # noqa: PLC0415

        return serve()
    try:
        # Most of the start is imports: Ctrl+C ends them without a word, for none can be said yet.
        from laverma_desk.cli.running import guarded, run  # noqa: PLC0415

        options = _understood(sys.argv[1:] if arguments is None else arguments)
    except KeyboardInterrupt:
        return _INTERRUPTED
    if options.command == "check" and options.itself:
        return guarded(_check_self)
    if options.command == "call":
        return guarded(lambda: _show_caller(options))
    if options.command:
        return run(options)
    return guarded(lambda: _open_window(options))


def _understood(arguments: Sequence[str]) -> Namespace:
    if not arguments:
        # From the start menu nothing is said: the window does not wait for the words of all commands.
        return Namespace(command=None, data_dir=None, language=None, demo=False, database=None)
    from laverma_desk.cli.arguments import parse  # noqa: PLC0415

    return parse(arguments)


def _show_caller(options: Namespace) -> int:
    # The phone rings: where a window is open, it is told, and nothing of the desk is loaded here.
    from laverma_desk.cli.calling import tell_window  # noqa: PLC0415
    from laverma_desk.paths import DataDir  # noqa: PLC0415

    data = DataDir(options.data_dir) if options.data_dir else None
    caller = tell_window(options.caller, data, demo=options.demo)
    return 0 if caller is None else _open_window(options, caller)


def _open_window(options: Namespace, caller: CallerId | None = None) -> int:
    # Until the pages stand almost nothing is let go of: looking for it again and again would take its time.
    gc.disable()
    try:
        return _run_window(options, caller)
    finally:
        gc.enable()


def _run_window(options: Namespace, caller: CallerId | None) -> int:
    from laverma_desk.preflight import check_screen  # noqa: PLC0415

    check_screen()
    # Qt is imported only once it is known to find a screen: where it does not, it aborts the process.
    from laverma_desk.ui import plain_imports  # noqa: PLC0415

    plain_imports.restore()
    from laverma_desk import app  # noqa: PLC0415

    return app.run(
        options.data_dir,
        language=options.language,
        demo=options.demo,
        caller=caller,
        server=options.database,
    )


def _check_self() -> int:
    # Both halves of the house are tried, which nobody below this door knows.
    from laverma_desk.cli.self_check import tell_parts  # noqa: PLC0415
    from laverma_desk.services.self_check import SelfCheck  # noqa: PLC0415
    from laverma_desk.ui.self_check import window_parts  # noqa: PLC0415

    check = SelfCheck()
    return tell_parts(chain(check.parts(), window_parts(lambda: check.report)))


if __name__ == "__main__":
    sys.exit(main())
