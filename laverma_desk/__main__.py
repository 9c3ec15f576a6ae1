"""Where the program begins: a command runs without the window, no command opens it."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Sequence

_INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and return its exit code: 0 done, 1 a rule or the machine says no, 2 wrong call."""
    try:
        # Most of the start is imports: Ctrl+C ends them without a word, for none can be said yet.
        from laverma_desk import cli  # noqa: PLC0415

        options = cli.parse(sys.argv[1:] if arguments is None else arguments)
    except KeyboardInterrupt:
        return _INTERRUPTED
    if options.command:
        return cli.run(options)
    return cli.guarded(lambda: _open_window(options))


def _open_window(options: Namespace) -> int:
    from laverma_desk.preflight import check_screen  # noqa: PLC0415

    check_screen()
    # Qt is imported only once it is known to find a screen: where it does not, it aborts the process.
    from laverma_desk import app  # noqa: PLC0415

    return app.run(options.data_dir, language=options.language, demo=options.demo)


if __name__ == "__main__":
    sys.exit(main())
