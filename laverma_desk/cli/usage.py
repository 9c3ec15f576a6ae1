"""argparse, speaking the interface language: its headings, its help, and what it says of a wrong call."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from laverma_desk.domain.errors import RuleBroken
from laverma_desk.i18n import _

if TYPE_CHECKING:
    from laverma_desk.domain.server_address import ServerAddress


class _Formatter(argparse.RawDescriptionHelpFormatter):
    """Writes the usage line with our word for it."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        """Begin the usage line."""
        super().add_usage(usage, actions, groups, _("Usage: ") if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """A parser whose every word is ours. Options go into `options`, what has no dashes into `operands`."""

    _fill: Callable[[Parser], None] | None = None

    def __init__(self, **settings: Any) -> None:
        """Make a parser without abbreviations: a script's call must not change its meaning later."""
        settings |= {"add_help": False, "allow_abbrev": False, "formatter_class": _Formatter}
        super().__init__(**settings)
        self.operands = self.add_argument_group(_("Arguments"))
        self.options = self.add_argument_group(_("Options"))
        self.options.add_argument("-h", "--help", action="help", help=_("show this help and exit"))

    def fill_late(self, fill: Callable[[Parser], None]) -> None:
        """Add what can be said to a command when it is named: most starts name none, and load none of it."""
        self._fill = fill

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Read arguments, the parser filled by then."""
        fill, self._fill = self._fill, None
        if fill is not None:
            fill(self)
        return super().parse_known_args(args, namespace)

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the call and exit with code 2."""
        self.exit(2, f"{self.format_usage()}{self.prog}: {translated(message)}\n")


def folder(typed: str) -> Path:
    """Return the folder that was typed. Raises ArgumentTypeError for nothing, which would be this one."""
    if not typed.strip():
        raise argparse.ArgumentTypeError(_("The name of the folder is empty."))
    return Path(typed).expanduser()


def server(typed: str) -> ServerAddress:
    """Return the server that was typed. Raises ArgumentTypeError, which repeats no password."""
    from laverma_desk.domain.server_address import parse_address  # noqa: PLC0415 (few calls name one)
    from laverma_desk.explain import explain  # noqa: PLC0415

    try:
        return parse_address(typed)
    except RuleBroken as error:
        raise argparse.ArgumentTypeError(explain(error)) from None


def add_period(parser: Parser, day: Callable[[str], date], *, required: bool = True) -> None:
    """Add --from and --to as `first` and `last`; `day` reads a date."""
    add = parser.options.add_argument
    first = _("the first day, for example 01.01.2022")
    add("--from", dest="first", type=day, metavar=_("DAY"), required=required, help=first)
    add("--to", dest="last", type=day, metavar=_("DAY"), required=required, help=_("the last day, included"))


def add_file(parser: Parser, sentence: str, *, optional: bool = False) -> None:
    """Add a file as `file`; the sentence says what for."""
    parser.operands.add_argument(
        "file", type=Path, metavar=_("FILE"), help=sentence, nargs="?" if optional else None
    )


def add_folder(parser: Parser, sentence: str, *, required: bool = True) -> None:
    """Add --out, a folder; the sentence says what for."""
    parser.options.add_argument("--out", type=folder, metavar=_("FOLDER"), required=required, help=sentence)


def translated(message: str) -> str:
    """Return in the interface language what argparse says in English."""
    for pattern, sentence in _SENTENCES:
        found = re.fullmatch(pattern, message, re.DOTALL)
        if found is not None:
            return sentence() % {name: value.replace("'", "") for name, value in found.groupdict().items()}
    return message


_SENTENCES: tuple[tuple[str, Callable[[], str]], ...] = (
    (
        r"the following arguments are required: (?P<names>.+)",
        lambda: _("This is missing: %(names)s"),
    ),
    (
        r"unrecognized arguments: (?P<names>.+)",
        lambda: _("This is not known: %(names)s"),
    ),
    (
        r"argument (?P<name>.+): expected (one argument|at least one argument)",
        lambda: _("%(name)s needs a value."),
    ),
    (
        r"argument (?P<name>.+): invalid choice: '?(?P<value>.*?)'? \(choose from (?P<known>.+)\)",
        lambda: _("“%(value)s” is not possible for %(name)s. Possible are: %(known)s"),
    ),
    (
        r"argument (?P<name>.+): ignored explicit argument '?(?P<value>.*?)'?",
        lambda: _("%(name)s takes no value, “%(value)s” is too much."),
    ),
    # What our own types say of a value is said in the interface language already.
    (r"argument (?P<name>.+?): (?P<said>.+)", lambda: "%(name)s: %(said)s"),
)
